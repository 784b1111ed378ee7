"""Number and title of the SOPs of an office that a run does not check, for the rules that judge SOPs together.

``tertib check inputs/x/sop/a.yaml`` must know that ``SOP B`` exists without reading all of ``b.yaml``: two lines of
text are looked for, and only where they are written in an unusual way is the file parsed. Workbooks are not opened
(each takes longer than a whole SOP): their SOPs count as there, with a number and title that nobody knows.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from pipeline.model.finding import Place, Stage
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.sop import Sop
from pipeline.readers.faults import Collector
from pipeline.readers.files import MAX_BYTES, shown
from pipeline.readers.nodes import MapNode, TextNode
from pipeline.readers.workspace import SOP_SUFFIXES

_KEYS = ("nomor", "judul")
_SETTLED = 2_500_000_000
"""Nanoseconds after which another change of a file gives it another time, on every file system."""
_LINE = re.compile(r"(?m)^(?P<key>nomor|judul):(?P<value>[^\n]*)\n(?P<more>[ \t]+\S)?")
_PLAIN = re.compile(r"[^\s'\"|>&*!%@`{\[#][^#'\"\\]*")
_QUOTED = re.compile(r"(?P<mark>['\"])(?P<text>[^'\"\\]*)(?P=mark)")


def siblings(selected: Collection[Path], office: OfficeInput, root: Path) -> tuple[SopInput, ...]:
    """The other SOPs beside ``selected``, in the order of names; ``sop`` has a number and a title only, or is None
    where these are not known."""
    folders = {path.parent for path in selected}
    names = {os.path.realpath(path) for path in selected}  # unlike resolve(), this bears a link to itself
    found: list[SopInput] = []
    for folder in sorted(folders):
        told = f"{shown(folder, root)}/" if root in folder.parents else ""
        beside = [name for name, real in _entries(folder) if real not in names]
        found += [_sibling(folder / name, f"{told}{name}" if told else "", office, root) for name in beside]
    return tuple(found)


def _entries(folder: Path) -> list[tuple[str, str]]:
    """The SOPs in ``folder``, in order: their names, and where they really lie."""
    base = os.path.realpath(folder)
    try:
        with os.scandir(folder) as scan:
            found = [
                (entry.name, os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(base, entry.name))  # noqa: PTH118 - a thousand of them
                for entry in scan
                if entry.name.lower().endswith(SOP_SUFFIXES) and entry.name[0] not in ".~"
            ]
    except OSError:  # only what is in it may be opened, by name
        return []
    return sorted(found)


def _sibling(path: Path, told: str, office: OfficeInput, root: Path) -> SopInput:
    id = f"{office.office.id}/sop/{path.stem}"
    values = _values(path, root)
    sop = Sop(id, Stage.DRAFT, number=values["nomor"], title=values["judul"]) if values is not None else None
    return SopInput(id, path, sop, office, {(): Place(told or shown(path, root))}, (), (path,))


def _values(path: Path, root: Path) -> dict[str, str] | None:
    if path.suffix.lower() not in (".yaml", ".yml"):
        return None
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if found.st_size > MAX_BYTES:
        return None
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _SETTLED:
        return _stated(path, root)
    return _kept(path, root, (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))


@lru_cache(maxsize=4096)
def _kept(path: Path, root: Path, _stamp: tuple[int, int, int, int]) -> dict[str, str] | None:
    """Number and title in the file at ``path``, read once for as long as nobody changes it."""
    return _stated(path, root)


def _stated(path: Path, root: Path) -> dict[str, str] | None:
    """Number and title in the file at ``path``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    found = dict.fromkeys(_KEYS, "")
    for line in _LINE.finditer(text if text.endswith("\n") else f"{text}\n"):
        value = _simple(line["value"].strip())
        if value is None or line["more"] or found[line["key"]]:
            return _parsed(path, root)
        found[line["key"]] = value
    return found if found["judul"] else _parsed(path, root)


def _simple(text: str) -> str | None:
    """The value of a line as it is usually written; None when only a parser can tell."""
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return quoted["text"].strip()
    return text if not text or (_PLAIN.fullmatch(text) and ": " not in text and not text.endswith(":")) else None


def _parsed(path: Path, root: Path) -> dict[str, str] | None:
    from pipeline.readers.yamlfile import read_yaml

    node = read_yaml(path, root, Collector(None))
    if not isinstance(node, MapNode):
        return None
    values = {key: node.entries.get(key) for key in _KEYS}
    return {key: (value.text or "").strip() if isinstance(value, TextNode) else "" for key, value in values.items()}
