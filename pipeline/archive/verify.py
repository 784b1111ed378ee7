"""Proves an archive: what is missing, changed, extra or unreadable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.archive import manifest, store
from pipeline.archive.litter import is_litter
from pipeline.errors import ArchiveError
from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Message, say

MISSING: Final = ("ARS-01", "berkas-hilang")
CHANGED: Final = ("ARS-02", "berkas-berubah")
EXTRA: Final = ("ARS-03", "berkas-tambahan")
UNREADABLE: Final = ("ARS-04", "berkas-tak-terbaca")

_RESTORE: Final = say(
    "Ambil kembali dari salinan cadangan. Isi versi arsip tidak boleh diubah: perubahan menjadi versi baru."
)
_REMOVE: Final = say("Pindahkan berkas itu ke luar arsip; isi arsip hanya ditambah oleh tertib archive.")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at (``versions``, ``files``) and what is wrong with it."""

    findings: tuple[Finding, ...]
    versions: int
    files: int


def find_archives(path: Path) -> tuple[Path, ...]:
    """Archives and single versions at, above or below ``path``: what ``verify`` can be given, sorted."""
    for folder in (path, *path.parents):
        if _is_archive(folder) or (folder / manifest.NAME).is_file():
            return (folder,)
        if folder.name == "arsip":
            break
    if path.is_file():
        return ()
    # A version whose manifest is gone shows only by its folder's name, so whole archives come before versions.
    archives = [folder for folder in _folders(path) if _is_archive(folder)]
    loose = [f for f in _folders(path) if (f / manifest.NAME).is_file() and not any(a in f.parents for a in archives)]
    return tuple(sorted([*archives, *loose]))


def verify(folder: Path, told: str) -> Verified:
    """Prove the archive or version ``folder``, told as ``told`` in findings. Raises nothing for what is in it."""
    if (folder / manifest.NAME).is_file() and not _is_archive(folder):
        findings, files = _version(folder, told)
        return Verified(tuple(findings), 1, files)
    return _archive(folder, told)


def latest_faults(archive: Path, item: str, told: str) -> tuple[Finding, ...]:
    """What is wrong with the latest version of ``item`` ("sop/NAME"), present or listed; none when it has none.

    An index that cannot be read is left to ``verify``.
    """
    try:
        rows = {row.folder: row for row in store.read_index(archive) if row.folder.startswith(f"{item}/")}
    except ArchiveError:
        rows = {}
    present = store.versions(archive / item)
    known = max((*present, *(row.version for row in rows.values())), default=0)
    if not known:
        return ()
    name = f"{item}/{store.version_name(known)}"
    if known not in present:
        return (_finding(MISSING, f"{told}/{name}", _SAY_NO_FOLDER),)
    findings, _ = _version(archive / name, f"{told}/{name}")
    if name in rows and not _manifest_is(archive / name, rows[name].manifest):
        findings.append(_finding(CHANGED, f"{told}/{name}/{manifest.NAME}", _SAY_MANIFEST))
    return tuple(findings)


def _archive(archive: Path, told: str) -> Verified:
    findings: list[Finding] = []
    try:
        rows = {row.folder: row for row in store.read_index(archive)}
    except ArchiveError as error:
        rows = {}
        findings.append(_finding(UNREADABLE, f"{told}/{store.INDEX}", error.message))
    present = list(_version_folders(archive))
    count = 0
    for name in sorted({*present, *rows}):
        if name not in present:
            findings.append(_finding(MISSING, f"{told}/{name}", _SAY_NO_FOLDER))
            continue
        more, files = _version(archive / name, f"{told}/{name}")
        count += files
        findings += more
        row = rows.get(name)
        if row is not None and not _manifest_is(archive / name, row.manifest):
            findings.append(_finding(CHANGED, f"{told}/{name}/{manifest.NAME}", _SAY_MANIFEST))
        if row is None and rows:
            findings.append(_finding(EXTRA, f"{told}/{name}", _SAY_NOT_LISTED))
    if present and not (archive / store.INDEX).is_file():
        findings.append(_finding(MISSING, f"{told}/{store.INDEX}", _SAY_NO_INDEX))
    findings += [_extra(f"{told}/{name}") for name in _stray(archive)]
    return Verified(tuple(findings), len(present), count)


_SAY_NO_FOLDER: Final = say("Versi ini tercatat di indeks tetapi foldernya tidak ada.")
_SAY_MANIFEST: Final = say(
    "Manifes tidak sama dengan yang tercatat di indeks: isi versi ini atau indeks pernah diubah."
)
_SAY_NOT_LISTED: Final = say(
    "Versi ini tidak tercatat di indeks. Jalankan tertib archive untuk mencatatnya bila memang berasal dari sana."
)
_SAY_NO_INDEX: Final = say("Indeks arsip tidak ada. Jalankan tertib archive: indeks disusun lagi dari isi arsip.")


def _version(folder: Path, told: str) -> tuple[list[Finding], int]:
    """Findings of one version and the number of files that were read."""
    try:
        promised = manifest.read(folder)
    except ArchiveError as error:
        kind = UNREADABLE if (folder / manifest.NAME).exists() else MISSING
        return [_finding(kind, f"{told}/{manifest.NAME}", error.message)], 0
    present = {path.relative_to(folder).as_posix() for path in _files(folder)} - {manifest.NAME}
    findings = [_judge(folder, name, promised[name], told) for name in sorted(promised)]
    findings += [_extra(f"{told}/{name}") for name in sorted(present - set(promised)) if not _is_litter(name)]
    return [finding for finding in findings if finding is not None], len(promised)


def _judge(folder: Path, name: str, promised: str, told: str) -> Finding | None:
    path = folder / name
    place = f"{told}/{name}"
    if not path.is_symlink() and not path.exists():
        return _finding(MISSING, place, say("Berkas ini hilang dari arsip."))
    if path.is_symlink() or not path.is_file():
        return _finding(UNREADABLE, place, say("Ini bukan berkas biasa."))
    try:
        actual = manifest.file_hash(path)
    except OSError as error:
        cause = error.strerror or str(error)
        return _finding(UNREADABLE, place, say("Tidak dapat dibaca ({x}).", x=cause))
    if actual != promised:
        changed = say("Isi berkas ini berubah sejak diarsipkan (SHA-256 tidak sama dengan manifes).")
        return _finding(CHANGED, place, changed)
    return None


def _extra(place: str) -> Finding:
    text = say("Berkas ini tidak tercatat di manifes.")
    return _finding(EXTRA, place, text, _REMOVE)


def _finding(kind: tuple[str, str], place: str, message: Message, remedy: Message = _RESTORE) -> Finding:
    code, name = kind
    return Finding(code, name, Severity.ERROR, message, remedy, Place(place))


def _is_litter(name: str) -> bool:
    return is_litter(name.rpartition("/")[2])


def _manifest_is(folder: Path, promised: str) -> bool:
    try:
        return manifest.file_hash(folder / manifest.NAME) == promised
    except OSError:
        return True  # told already, as a manifest that is missing or cannot be read


def _is_archive(folder: Path) -> bool:
    return (folder / store.INDEX).is_file() or (folder.name == "arsip" and any(_version_folders(folder)))


def _version_folders(archive: Path) -> Iterator[str]:
    """Version folders below ``archive``, relative to it, also those whose manifest is gone."""
    for folder in _folders(archive):
        for number in store.versions(folder):
            path = folder / store.version_name(number)
            if path.is_dir() and len(path.relative_to(archive).parts) == 3:
                yield path.relative_to(archive).as_posix()


def _stray(archive: Path) -> Iterator[str]:
    inside = tuple(f"{name}/" for name in _version_folders(archive))
    for path in sorted(_files(archive)):
        name = path.relative_to(archive).as_posix()
        if name != store.INDEX and not name.startswith(inside) and not is_litter(path.name):
            yield name


def _files(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        yield from (Path(base, name) for name in names)
        yield from (Path(base, name) for name in folders if Path(base, name).is_symlink())


def _folders(folder: Path) -> Iterator[Path]:
    for base, _, _ in os.walk(folder):
        yield Path(base)
