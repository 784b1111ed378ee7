"""Finds what the PATH arguments mean: offices, SOP files and recess folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.model.reasons import why
from pipeline.readers.files import is_there
from pipeline.readers.nearest import nearest
from pipeline.resources import here

SOP_SUFFIXES = (".yaml", ".yml", ".xlsx", ".xlsm")
RECESS_FILES = ("reses.yaml", "reses.yml", "reses.xlsx")
_RECESS_SUFFIXES = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml")
OFFICE_FILES = (
    *("kantor.yaml", "jabatan.csv", "pejabat.csv", "regulasi.csv", "hari-libur.csv"),
    *("wilayah.csv", "opd.csv", "kamus-usulan.csv"),
)
SKIPPED = frozenset(("outputs", "arsip", "__pycache__", "node_modules"))
"""Names of folders in which there are no inputs."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to work on: SOP files, recess folders, and the offices they belong to, each once and in order."""

    sops: tuple[Path, ...]
    recesses: tuple[Path, ...]
    offices: tuple[Path, ...]


def find(paths: Sequence[Path], root: Path) -> Selection:
    """The selection that ``paths`` mean; ``inputs/`` under ``root`` when there are none. Relative paths start there.

    An office means all its SOPs and recesses, ``sop/`` all SOPs (whatever is named like one, a folder too: its reader
    says what is wrong with it), a folder under ``reses/`` with data a recess even when its main file is missing,
    ``NAME.langkah.csv`` its SOP, an office's own register its office, a file of a recess folder that recess. Raises
    UsageError for a path that does not exist, that is none of these, or below which there is nothing.
    """
    wanted = [_plain(root / path) for path in paths] or [root / "inputs"]
    if root / "inputs" in wanted and not (root / "inputs").is_dir():
        raise UsageError(
            say(
                "Tidak ada folder inputs di sini ({root}). Pindah dahulu ke folder Tertib dengan cd, "
                "atau sebutkan letak masukannya.",
                root=root,
            )
        )
    found: dict[Path, str] = {}
    for path in wanted:
        before = len(found)
        _check(path, root)
        items = list(_items(path))
        found.update(items)
        if not items and len(found) == before:
            raise _nothing(path, root)
    sops = tuple(path for path, kind in found.items() if kind == "sop")
    recesses = tuple(path for path, kind in found.items() if kind == "reses")
    bare = [path for path, kind in found.items() if kind == "kantor"]
    offices = dict.fromkeys([*bare, *(office_of(path) for path in (*sops, *recesses))])
    return Selection(sops, recesses, tuple(sorted(offices)))


def _plain(path: Path) -> Path:
    """``path`` without steps back up, so that nothing is found twice under two names."""
    return path.resolve() if ".." in path.parts else path


def office_of(path: Path) -> Path:
    """The office folder of an SOP file or a recess folder (both are two levels below it)."""
    return path.parent.parent


def _items(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_dir():
        yield from _walk(path)
    elif path.name in RECESS_FILES or _is_named(path.parent.parent, "reses"):
        yield path.parent, "reses"
    elif path.name in OFFICE_FILES:
        yield from _walk(path.parent)
    elif path.name.endswith(".langkah.csv"):
        name = path.name.removesuffix(".langkah.csv")
        sop = next((p for s in SOP_SUFFIXES if is_there(p := path.with_name(name + s))), None)
        if sop is not None:
            yield sop, "sop"
    elif path.suffix.lower() in SOP_SUFFIXES:
        yield path, "sop"


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything at or below ``folder``, in the order of names; a link to a folder that it lies in leads nowhere."""
    left: list[tuple[Path, tuple[Path, ...]]] = [(folder, (folder.resolve(),))]
    while left:
        at, real = left.pop()
        entries = _entries(at)
        if _is_recess(at, entries):
            yield at, "reses"
        elif _is_named(at, "sop"):
            yield from ((entry, "sop") for entry in entries if entry.suffix.lower() in SOP_SUFFIXES)
        else:
            if is_there(at / "kantor.yaml"):
                yield at, "kantor"
            left += [(below, where) for below in reversed(entries) if (where := _entered(below, real))]


def _entered(entry: Path, above: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders, as they really lie, in which a walk is in ``entry``; none where it is not to be entered.

    ``above`` are those of the folder that ``entry`` stands in: itself last, before it where links were followed.
    """
    if entry.name in SKIPPED or not os.path.isdir(entry):  # noqa: PTH112 - never raises
        return ()
    if not entry.is_symlink():
        return (*above[:-1], above[-1] / entry.name)
    real = entry.resolve()
    return () if any(folder.is_relative_to(real) for folder in above) else (*above, real)


def _is_recess(folder: Path, entries: Sequence[Path]) -> bool:
    if any(entry.name in RECESS_FILES for entry in entries):
        return True
    return _is_named(folder.parent, "reses") and any(entry.suffix.lower() in _RECESS_SUFFIXES for entry in entries)


def _is_named(folder: Path, name: str) -> bool:
    return folder.name.casefold() == name


def _entries(folder: Path) -> list[Path]:
    """Visible files and folders; lock files of office programs (``~$x.xlsx``, ``.~lock.x#``) are passed over."""
    try:
        with os.scandir(folder) as scan:
            names = sorted(entry.name for entry in scan)
    except OSError as error:
        raise UsageError(
            say("folder {folder} tidak dapat dibuka: {why}; periksa izinnya", folder=here(folder), why=why(error))
        ) from error
    return [folder / name for name in names if not name.startswith((".", "~"))]


def _check(path: Path, root: Path) -> None:
    try:
        path.stat()
    except FileNotFoundError:
        raise _absent(path, root) from None
    except OSError as error:
        message = say("`{shown}` tidak dapat dibuka: {why}", shown=_shown(path, root), why=why(error))
        raise UsageError(message) from error
    except ValueError:  # a name that no file can have
        raise _absent(path, root) from None


def _absent(path: Path, root: Path) -> UsageError:
    shown = _shown(path, root)
    if path.is_symlink():
        return UsageError(say("`{shown}` adalah tautan ke berkas atau folder yang sudah tidak ada", shown=shown))
    near = _near(path, root)
    if near:
        return UsageError(say("`{shown}` tidak ada; maksud Anda `{near}`?", shown=shown, near=near))
    return UsageError(say("`{shown}` tidak ada; periksa namanya", shown=shown))


def _nothing(path: Path, root: Path) -> UsageError:
    shown = _shown(path, root)
    return UsageError(
        say(
            "`{shown}` bukan kantor, SOP (.yaml, .xlsx) atau folder reses, dan tidak memuatnya; "
            "mulai dengan `tertib new`",
            shown=shown,
        )
    )


def _shown(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _near(path: Path, root: Path) -> str:
    """The existing path most like ``path``: each part that does not exist is replaced by the name most like it."""
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return ""
    try:
        return _repaired(root, parts) or _repaired(root / "inputs", parts[-1:], root)
    except (OSError, ValueError, UsageError):
        return ""


def _repaired(folder: Path, parts: Sequence[str], root: Path | None = None) -> str:
    start = root or folder
    for part in parts:
        if not (folder / part).exists():
            if not folder.is_dir():
                return ""
            part = nearest(part, [entry.name for entry in _entries(folder) if entry.name not in SKIPPED], 0.6)  # noqa: PLW2901
            if not part:
                return ""
        folder = folder / part
    return _shown(folder, start)
