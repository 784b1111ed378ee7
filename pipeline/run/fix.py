"""``tertib check --fix`` and ``--diff``: puts right in the input files what the program can put right by itself."""

from __future__ import annotations

import datetime as dt
import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pipeline.disk import sync_folder
from pipeline.errors import OutputError
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.run.check import check
from pipeline.run.events import Listener
from pipeline.run.mending import Fixed, fixed_files, is_done
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from pipeline.run.writing import PRIVATE, own, write_synced

BACKUPS: Final = "sebelum-perbaikan"


def check_and_fix(settings: Settings, listener: Listener, now: dt.datetime) -> Outcome:
    """``check --fix``: put right what can be, then check again. Raises UsageError, OutputError."""
    # The baseline is that of the files as they will be.
    first = check(replace(settings, update_baseline=False), listener)
    files = fixed_files(first.result.findings, settings.root)
    told = write_fixes(files, first.result.findings, settings, now, listener) if files else (_NOTHING,)
    outcome = check(settings, listener) if files or settings.update_baseline else first
    return replace(outcome, notes=(*told, *outcome.notes))


def check_and_diff(settings: Settings, listener: Listener) -> tuple[str, Outcome]:
    """``check --diff``: what ``--fix`` would change, and the findings. Writes nothing. Raises UsageError."""
    outcome = check(replace(settings, update_baseline=False), listener)
    return diff(fixed_files(outcome.result.findings, settings.root)), outcome


_NOTHING = say("Tidak ada temuan yang dapat diperbaiki otomatis.")


def diff(files: Iterable[Fixed]) -> str:
    """What would change, as a unified diff."""
    parts: list[str] = []
    for file in files:
        before, after = (_lines(data) for data in (file.before, file.after))
        parts += difflib.unified_diff(before, after, f"a/{file.name}", f"b/{file.name}")
    return "".join(part if part.endswith("\n") else f"{part}\n\\ No newline at end of file\n" for part in parts)


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)


@dataclass(slots=True)
class _Written:
    """What became of the files: those written, and the names of those left alone, because somebody changed them since
    they were read or because they are marked read-only."""

    files: list[Fixed] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)


def write_fixes(
    files: Sequence[Fixed], findings: Iterable[Finding], settings: Settings, now: dt.datetime, listener: Listener
) -> tuple[Message, ...]:
    """Write the files, each by rename, after keeping what they were; what to say of it. Raises OutputError.

    One run at a time does so: the output folder, where the earlier texts are kept, is owned meanwhile.
    """
    written = _Written()
    with own(settings.output, listener) as outputs:
        folder = _unused(outputs.folder / PRIVATE / BACKUPS / f"{now:%Y%m%d-%H%M%S}")
        for file in files:
            try:
                _write(file, folder, written)
            except OSError as error:
                raise _refused(error, file, written, settings.relative(folder)) from error
    return tuple(_told(written, findings, settings.relative(folder)))


def _write(file: Fixed, folder: Path, written: _Written) -> None:
    # A link stays a link: the file it leads to is replaced.
    target = file.path.resolve()
    now = target.read_bytes()
    if now == file.after:
        written.files.append(file)  # by way of a link it was written before
    elif now != file.before:
        written.changed.append(file.name)
    elif not target.stat().st_mode & _WRITABLE:
        written.locked.append(file.name)
    else:
        _keep(folder / _inside(file.name), file.before)
        _replace(target, file.after)
        written.files.append(file)


_WRITABLE: Final = 0o222


def _unused(folder: Path) -> Path:
    """``folder``, or one beside it where an earlier run of the same second kept something."""
    several = (folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 1000)))
    return next((each for each in several if not each.exists()), folder)


def _inside(name: str) -> Path:
    """``name`` as a path that stays inside the folder of what is kept."""
    return Path(*(part.replace(":", "") for part in Path(name).parts if part not in ("/", "\\", "..")))


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_synced(file, data)


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.baru")
    try:
        with temporary.open("wb") as file:
            write_synced(file, data)
        temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    except BaseException:
        if temporary.is_file():
            temporary.unlink()
        raise
    sync_folder(target.parent)


def _told(written: _Written, findings: Iterable[Finding], folder: str) -> list[Message]:
    told = []
    if written.files:
        done = {value for file in written.files for value in file.done}
        told.append(
            say(
                "{count} temuan diperbaiki di {files} berkas. Naskah sebelumnya disimpan di {folder}.",
                count=sum(is_done(finding, done) for finding in findings),
                files=len(written.files),
                folder=folder,
            )
        )
    if written.changed:
        told.append(
            say(
                "Tidak diperbaiki, karena berubah selagi diperiksa: {names}. Jalankan sekali lagi.",
                names=", ".join(written.changed),
            )
        )
    if written.locked:
        told.append(
            say("Tidak diperbaiki, karena ditandai hanya dapat dibaca: {names}.", names=", ".join(written.locked))
        )
    return told


def _refused(error: OSError, file: Fixed, written: _Written, folder: str) -> OutputError:
    """The error where ``file`` cannot be written; it and the files after it are as they were."""
    remedy = _REMEDIES.get(error.errno or 0, _LOOK)
    if not written.files:
        return OutputError(
            say(
                "{file} tidak dapat diperbaiki: {why}. {remedy} Tidak ada berkas yang diubah.",
                file=file.name,
                why=why(error),
                remedy=remedy,
            )
        )
    return OutputError(
        say(
            "{file} tidak dapat diperbaiki: {why}. {remedy} Berkas ini tidak diubah; {n} berkas sebelumnya sudah "
            "diperbaiki, naskah lamanya di {folder}.",
            file=file.name,
            why=why(error),
            remedy=remedy,
            n=len(written.files),
            folder=folder,
        )
    )


_FREE = say("Kosongkan ruang penyimpanan, lalu jalankan lagi.")
_ALLOW = say("Tutup berkas itu bila terbuka di program lain, atau minta izin kepada pengelola komputer.")
_LOOK = say("Periksa berkas dan foldernya, lalu jalankan lagi.")
_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _FREE),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY), _ALLOW),
}
