"""Where an archive lies: a folder, or by its address S3-compatible storage or SFTP (``pipeline.archive.remote``).

Paths inside a storage are relative, with ``/``. A file appears under its name whole or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import shutil
import stat
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.disk import sync_folder, umask
from pipeline.errors import ArchiveError, OutputError
from pipeline.model.message import say
from pipeline.model.reasons import why

PRIVATE: Final = ".tertib"
"""Folder at the top of an archive for the program's own unfinished work; nothing in it belongs to the archive."""
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_STRANGE: Final = re.compile(r"[\x00-\x1f\x7f\\\u2028\u2029\x85\ud800-\udfff]")
_WINDOWS_LIMIT: Final = 259
_CHUNK: Final = 1 << 20
Content = bytes | Path


@dataclass(frozen=True, slots=True)
class Hashes:
    """SHA-256 and SHA-512 of the same bytes as hex."""

    sha256: str
    sha512: str


def copy_hashing(source: BinaryIO, target: BinaryIO | None = None) -> Hashes:
    """Both hashes of what is left of ``source``, read once and piece by piece; copied to ``target`` if given."""
    short, long = hashlib.sha256(), hashlib.sha512()
    while piece := source.read(_CHUNK):
        short.update(piece)
        long.update(piece)
        if target is not None:
            target.write(piece)
    return Hashes(short.hexdigest(), long.hexdigest())


class MissingError(ArchiveError):
    """A file that is not in the storage."""


class UnreadableError(ArchiveError):
    """A file that is there and cannot be read."""


Seal = Callable[[Mapping[str, Hashes]], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a storage; ``plain`` False: a link, a pipe or the like. ``size`` in bytes."""

    path: str
    size: int
    plain: bool = True


class Storage(ABC):
    """A place for files. ``told`` is its address as people are told it, without a secret.

    Reading raises MissingError and UnreadableError; writing, and a place that cannot be reached, OutputError.
    """

    told: str
    local: Path | None = None

    @abstractmethod
    def entries(self, under: str = "") -> Iterator[Entry]:
        """Every file at any depth below the folder ``under``, in a stable order; nothing without such a folder."""

    def empty_folders(self) -> Iterator[str]:
        """Folders with nothing in them, in a stable order; a storage without folders has none."""
        return iter(())

    @abstractmethod
    def exists(self, path: str) -> bool:
        """Is there a file (also a link) at ``path``?"""

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """The file for reading, to be closed by the caller. Links are not followed."""

    @abstractmethod
    def put(self, path: str, content: Content) -> None:
        """Write a file (bytes, or what a local file holds) in one step, also in the place of an old one."""

    @abstractmethod
    def put_folder(self, path: str, files: Mapping[str, Content], seal: Seal | None = None) -> None:
        """Write the new folder ``path`` with ``files`` by their path in it: in one step where the storage can.

        ``seal`` is given both hashes of every file as it was written, and returns the files that come last.
        """

    @abstractmethod
    def remove(self, path: str) -> None:
        """Remove a file of the program's own unfinished work; nothing when it is not there."""

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        with self.open(path) as file:
            try:
                return file.read()
            except OSError as error:
                raise unreadable(f"{self.told}/{path}", error) from error

    def full(self, path: str) -> str:
        """``path`` as people are told it."""
        return f"{self.told}/{path}" if path else self.told


def scheme_of(address: str) -> str:
    """The scheme of an address ("s3", "sftp"), "" for a folder. A Windows drive is none."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""


def open_storage(address: str, *, base: Path, work: Path | None = None, told: str = "") -> Storage:
    """The storage at ``address``: a folder (from ``base``) or ``s3://bucket/path``, ``sftp://host/path``.

    ``work`` is a folder on the same disk for unfinished files of a local storage (default: ``.tertib/kerja`` in it).
    Nothing is written. Raises OutputError when the place cannot be used.
    """
    if scheme_of(address) in ("", "file"):
        root = base / re.sub(r"^file:(//(?=/))?", "", address, flags=re.IGNORECASE)
        return LocalStorage(root, work, told or root.as_posix())
    from pipeline.archive.remote import RemoteStorage

    return RemoteStorage(address)


def checked(path: str) -> str:
    """``path`` when it stays inside the storage and every system can have it. Raises ArchiveError."""
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") for part in parts) or ":" in parts[0] or _STRANGE.search(path):
        raise ArchiveError(
            say(
                "{path}: nama ini tidak dapat dipakai di dalam arsip. Ganti nama berkas atau foldernya (tanpa tanda "
                "kontrol, garis miring terbalik, dan ..), lalu jalankan lagi.",
                path=ascii(path),
            )
        )
    return path


def unreadable(told: str, error: OSError) -> ArchiveError:
    """The error for a file that could not be read."""
    if isinstance(error, FileNotFoundError):
        return MissingError(say("{path} tidak ada.", path=told))
    return UnreadableError(
        say("{path} tidak dapat dibaca: {why}. Periksa izin dan tempat penyimpanannya.", path=told, why=why(error))
    )


def unwritable(told: str, error: OSError) -> OutputError:
    """The error for a file that could not be written."""
    if sys.platform == "win32" and len(told) > _WINDOWS_LIMIT and error.errno in (errno.ENOENT, errno.EINVAL):
        error = OSError(errno.ENAMETOOLONG, "too long")
    return OutputError(
        say(
            "Tidak dapat menulis {path}: {why}. Periksa izin, ruang, dan panjang nama di tempat itu, atau pilih tempat "
            "lain dengan `arsip: alamat` di kantor.yaml. Isi arsip sebelumnya tidak diubah.",
            path=told,
            why=why(error),
        )
    )


class LocalStorage(Storage):
    """A folder. Files are written to ``work``, flushed to the disk, and renamed into place."""

    def __init__(self, root: Path, work: Path | None, told: str) -> None:
        self.local: Path = root
        self.told = told
        self._work = work or root / PRIVATE / "kerja"

    def entries(self, under: str = "") -> Iterator[Entry]:
        """As in ``Storage``. Raises UnreadableError for a folder that cannot be listed."""
        try:
            yield from self._below(self.local / under if under else self.local, f"{under}/" if under else "")
        except OSError as error:
            raise unreadable(self.full(under), error) from error

    def _below(self, folder: Path, prefix: str) -> Iterator[Entry]:
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from self._below(folder / entry.name, f"{prefix}{entry.name}/")
            else:
                status = entry.stat(follow_symlinks=False)
                yield Entry(f"{prefix}{entry.name}", status.st_size, stat.S_ISREG(status.st_mode))

    def empty_folders(self) -> Iterator[str]:
        """As in ``Storage``. A folder that cannot be listed is told by ``entries``."""
        for base, folders, names in os.walk(self.local):
            folders.sort()
            if not folders and not names:
                yield Path(base).relative_to(self.local).as_posix()

    def exists(self, path: str) -> bool:
        """As in ``Storage``."""
        return os.path.lexists(self.local / path) and not (self.local / path).is_dir()

    def open(self, path: str) -> BinaryIO:
        """As in ``Storage``."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        place = self._inside(path)
        handle = -1
        try:
            handle = os.open(place, flags)
            return os.fdopen(handle, "rb")
        except OSError as error:
            if handle >= 0:
                os.close(handle)
            raise unreadable(self.full(path), error) from error

    def put(self, path: str, content: Content) -> None:
        """As in ``Storage``."""
        target = self._inside(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._bench())
            os.close(handle)
            try:
                _fill(Path(name), content)
                Path(name).replace(target)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            sync_folder(target.parent)
        except OSError as error:
            raise unwritable(self.full(path), error) from error
        finally:
            self._tidy()

    def put_folder(self, path: str, files: Mapping[str, Content], seal: Seal | None = None) -> None:
        """As in ``Storage``: filled beside and renamed."""
        target = self._inside(path)
        made: Path | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(dir=self._bench()))
            hashes = {name: _fill(made / checked(name), content) for name, content in files.items()}
            for name, data in (seal(hashes) if seal else {}).items():
                _fill(made / checked(name), data)
            for folder in (path for path in (made, *made.rglob("*")) if path.is_dir()):
                sync_folder(folder)
            made.chmod(0o777 & ~umask())
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "exists", str(target))
            made.rename(target)
            sync_folder(target.parent)
            sync_folder(target.parent.parent)
        except OSError as error:
            raise unwritable(self.full(path), error) from error
        finally:
            if made is not None:
                shutil.rmtree(made, ignore_errors=True)
            self._tidy()

    def remove(self, path: str) -> None:
        """As in ``Storage``; folders that it leaves empty go, too."""
        place = self._inside(path)
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self.full(path), error) from error
        with suppress(OSError):
            for folder in place.parents:
                if folder == self.local:
                    break
                folder.rmdir()

    def _bench(self) -> Path:
        """Where unfinished files are made. Only on one disk can they be renamed into place in one step."""
        self._work.mkdir(parents=True, exist_ok=True)
        if self._work.stat().st_dev != self.local.stat().st_dev:
            self._work = self.local / PRIVATE / "kerja"
            shutil.rmtree(self._work, ignore_errors=True)
            self._work.mkdir(parents=True, exist_ok=True)
        return self._work

    def _tidy(self) -> None:
        """Own empty work folders go; one that somebody gave stays."""
        if self._work.is_relative_to(self.local):
            with suppress(OSError):
                self._work.rmdir()
                self._work.parent.rmdir()

    def _inside(self, path: str) -> Path:
        """The full path; a folder on the way that is a link could lead anywhere, so it is refused."""
        place = self.local
        for part in checked(path).split("/")[:-1]:
            place /= part
            if place.is_symlink():
                raise UnreadableError(
                    say(
                        "{path} adalah tautan, bukan folder. Arsip tidak boleh berisi tautan; pindahkan isinya ke "
                        "sini.",
                        path=place.as_posix(),
                    )
                )
        return self.local / path


def _fill(path: Path, content: Content) -> Hashes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file, _opened(content) as source:
        hashes = copy_hashing(source, file)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o666 & ~umask())
    return hashes


def _opened(content: Content) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
