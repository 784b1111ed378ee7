"""Writing under the output folder: nothing half-made is ever visible there.

A file is written in full to ``OUTPUT/.tertib/kerja``, flushed to the disk, and renamed into place. One run at a
time owns an output folder; what a killed run left in ``kerja`` is removed by the next one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pipeline.disk import sync_folder, umask
from pipeline.errors import OutputError
from pipeline.model.message import say
from pipeline.model.reasons import why
from pipeline.resources import here
from pipeline.run.events import Listener
from pipeline.run.files import Index

PRIVATE = ".tertib"
"""Folder under the output folder that belongs to the program: lock, state, work in progress."""

INDEX = "berkas.json"
"""What was known of files when they were last read (``pipeline.run.files.Index``)."""

MAX_NAME = 120
"""Longest stem of a file name made from a title or id; leaves room for folders below the 260 signs of Windows."""

_NO_TEXT = re.compile("[\ud800-\udfff]")
"""Bytes of a file name that are no UTF-8, as Python holds them."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LOCK_WAIT = 900.0
_LOCK_STEP = 0.2


def safe_name(text: str, *, limit: int = MAX_NAME) -> str:
    """``text`` as a file name stem that Windows, macOS and Linux accept; different texts stay different.

    Forbidden signs become ``-``; a name that had to be shortened, or was no text, ends in eight hex digits of its hash.
    """
    name = _FORBIDDEN.sub("-", _NO_TEXT.sub("-", text)).strip().rstrip(". ")
    name = re.sub(r"\s+", " ", name) or "tanpa-nama"
    if _RESERVED.fullmatch(name):
        name = f"{name}-"
    if len(name) <= limit and len(name.encode()) <= limit * 2 and not _NO_TEXT.search(text):
        return name
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cut = name.encode()[: limit - 9].decode(errors="ignore").rstrip(". -")
    return f"{cut}-{mark}"


def explain_os_error(error: OSError, path: Path) -> OutputError:
    """The error of the operating system in the words of people, with what to do about it."""
    cause = _CAUSES.get(error.errno or 0)
    if cause is None:
        cause = say("{why}. Periksa folder itu atau pilih folder lain dengan --output.", why=why(error))
    return OutputError(
        say("Tidak dapat menulis {path}: {cause} Keluaran sebelumnya tidak diubah.", path=here(path), cause=cause)
    )


_NO_ACCESS = say("tidak ada izin menulis. Minta izin kepada pengelola komputer atau pilih folder lain dengan --output.")
_FULL = say("penyimpanan penuh. Kosongkan ruang penyimpanan atau pilih folder lain dengan --output.")
_CAUSES = {
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: say("folder itu hanya dapat dibaca. Pilih folder lain dengan --output."),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.ENOTDIR: say(
        "ada berkas di tempat yang seharusnya folder. Pindahkan berkas itu atau pilih folder lain dengan --output."
    ),
    errno.EISDIR: say("ada folder dengan nama itu. Ganti nama folder itu atau pilih folder lain dengan --output."),
    errno.ENAMETOOLONG: say(
        "nama atau jalur berkas terlalu panjang. Pendekkan nama berkas masukan atau pilih folder lain dengan --output."
    ),
}
_CAUSES[errno.EEXIST] = _CAUSES[errno.ENOTDIR]


@dataclass(frozen=True, slots=True)
class Outputs:
    """An output folder that this run owns. All paths are absolute."""

    folder: Path
    index: Index = field(default_factory=Index, compare=False)
    written: dict[Path, str] = field(default_factory=dict, compare=False)
    """SHA-256 of what ``write`` put, or found, in place."""

    @property
    def private(self) -> Path:
        """The program's own folder."""
        return self.folder / PRIVATE

    @property
    def work(self) -> Path:
        """Where files are made before they are renamed into place."""
        return self.private / "kerja"

    def path(self, *parts: str) -> Path:
        """A place under the folder; every part is made safe as a file name (a suffix such as ``.docx`` is kept)."""
        return self.folder.joinpath(*(_safe_part(part) for part in parts))

    def holds(self, path: Path, data: bytes) -> bool:
        """Does ``path`` hold exactly ``data``? Raises OutputError when it cannot be read."""
        try:
            return path.is_file() and path.read_bytes() == data
        except OSError as error:
            raise explain_os_error(error, path) from error

    def write(self, path: Path, data: bytes) -> bool:
        """Put ``data`` at ``path`` in one step; False when it already holds exactly that. Raises OutputError."""
        try:
            self.written[path] = hashlib.sha256(data).hexdigest()
            if self.holds(path, data):
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._write_aside(data)
            try:
                temporary.replace(path)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            sync_folder(path.parent)
        except OSError as error:
            raise explain_os_error(error, path) from error
        return True

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there. Raises OutputError."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise explain_os_error(error, path) from error

    def fresh_folder(self) -> Path:
        """A new empty folder in the work folder."""
        try:
            self.work.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(dir=self.work))
        except OSError as error:
            raise explain_os_error(error, self.work) from error

    def discard(self, folders: Iterable[Path]) -> None:
        """Remove ``folders`` of the work folder that are done with; what cannot be removed waits for the next run."""
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _write_aside(self, data: bytes) -> Path:
        self.work.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.work)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                write_synced(file, data)
            temporary.chmod(0o666 & ~umask())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary


def write_synced(file: IO[bytes], data: bytes) -> None:
    """Write and flush to the disk, so that a rename after it never shows an empty file."""
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def own(
    folder: Path, listener: Listener, explain: Callable[[OSError, Path], OutputError] = explain_os_error
) -> Iterator[Outputs]:
    """Own the output folder ``folder``: it is made, proved writable, locked and swept. Raises OutputError.

    ``explain`` says what keeps this run from it, for a folder that ``--output`` does not name.
    """
    outputs = Outputs(folder, Index(folder / PRIVATE / INDEX, folder))
    try:
        outputs.work.mkdir(parents=True, exist_ok=True)
        lock = (outputs.private / "kunci").open("ab")
    except OSError as error:
        raise explain(error, folder) from error
    with lock:
        _wait_for(lock, folder, listener)
        try:
            _sweep(outputs)
            _prove_writable(outputs)
        except OSError as error:
            raise explain(error, folder) from error
        yield outputs


def _wait_for(lock: IO[bytes], folder: Path, listener: Listener) -> None:
    deadline = time.monotonic() + _LOCK_WAIT
    told = False
    while not try_lock(lock):
        if not told:
            listener.note(
                say("Proses tertib lain sedang menulis ke {folder}; menunggu sampai selesai ...", folder=here(folder))
            )
            told = True
        if time.monotonic() > deadline:
            raise OutputError(
                say(
                    "Proses tertib lain masih menulis ke {folder}. Tunggu sampai selesai, lalu jalankan lagi.",
                    folder=here(folder),
                )
            )
        time.sleep(_LOCK_STEP)


def try_lock(lock: IO[bytes]) -> bool:
    """Take the lock if it is free; the system gives it back when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # lockf, not flock: a forked worker that outlives a killed run must not keep the folder locked.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sweep(outputs: Outputs) -> None:
    for left in outputs.work.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _prove_writable(outputs: Outputs) -> None:
    for folder in (outputs.folder, outputs.work):
        handle, name = tempfile.mkstemp(dir=folder, prefix=".tertib-uji-")
        os.close(handle)
        Path(name).unlink()


def _safe_part(part: str) -> str:
    stem, dot, suffix = part.rpartition(".")
    if dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,5}", suffix):
        return f"{safe_name(stem)}.{suffix}"
    return safe_name(part)
