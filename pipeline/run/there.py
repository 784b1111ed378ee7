"""What a worker of a cluster does: it lays out the files of a parcel, does the work, and sends back what came of it.

A worker holds one pool of converters as long as it lives, and keeps pieces that are needed again within ``_MOST``.
"""

from __future__ import annotations

import atexit
import hashlib
import pickle
import shutil
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pipeline.convert.libreoffice import Job, Outcome
from pipeline.errors import TertibError
from pipeline.model.message import Message
from pipeline.run import sameness
from pipeline.run.hands import travelling
from pipeline.run.outcome import internal
from pipeline.run.parcels import Lacking, Parcel, Piece, unpacked
from pipeline.run.templates import Shelf
from pipeline.run.workforce import DrawTask, Pool, drawn

_MOST: Final = 64 << 20
"""Bytes of pieces that a worker keeps."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a job there; the PDF itself when there is no ``error``."""

    error: TertibError | None
    pages: int = 0
    sha256: str = ""
    finished: object = None
    pdf: bytes = b""


def traits_there(families: tuple[str, ...]) -> dict[str, str]:
    """The traits of this worker."""
    return sameness.traits(families)


def perform(data: bytes) -> bytes:
    """Do the work of a pickled ``Parcel``; what came of it, pickled: ``Rendered``, TertibError, ``Made``, ``Lacking``.

    Raises nothing of its own: a fault of the program is told of the one document.
    """
    parcel: Parcel = pickle.loads(data)
    with _LOCK:
        try:
            result = _bench().perform(parcel)
        except Exception as fault:  # noqa: BLE001 - one document must not cost the others theirs
            result = travelling(internal(fault))
    return pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)


_LOCK: Final = threading.Lock()
_BENCH: list[_Bench] = []


def _bench() -> _Bench:
    if not _BENCH:
        _BENCH.append(_Bench(_own_folder()))
        atexit.register(_BENCH[0].close)
    return _BENCH[0]


def _own_folder() -> Path:
    """A folder that goes with the worker: what a killed one leaves is removed when the next one starts there."""
    try:
        from distributed import get_worker

        base: str | None = get_worker().local_directory
    except (ImportError, ValueError):
        base = None
    return Path(tempfile.mkdtemp(prefix="tertib-", dir=base))


@dataclass(slots=True)
class _Bench:
    """The place of one worker: files that it keeps, templates it has compiled, its pool."""

    folder: Path
    kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    size: int = 0
    shelf: Shelf = field(default_factory=Shelf)
    pool: Pool = field(default_factory=lambda: Pool(1))
    warm: bool = False

    def close(self) -> None:
        self.pool.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def perform(self, parcel: Parcel) -> object:
        contents = {**self.kept, **parcel.contents}
        lacking = tuple(piece.sha256 for piece in parcel.pieces if piece.sha256 not in contents)
        if lacking:
            return Lacking(lacking)
        for sha256 in sorted(parcel.keep):
            self._keep(sha256, contents[sha256])
        desk = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            files = {piece: self._lay_out(piece, contents, desk, parcel) for piece in parcel.pieces if piece.name}
            task = unpacked(parcel, files, contents)
            return _told(self._do(task, desk), {str(path): piece.told for piece, path in files.items()})
        finally:
            shutil.rmtree(desk, ignore_errors=True)

    def _do(self, task: DrawTask | Job, desk: Path) -> object:
        if isinstance(task, DrawTask):
            made = drawn(task, self.shelf)
            return travelling(made) if isinstance(made, TertibError) else made
        return self._convert(replace(task, pdf=desk / "pdf" / task.pdf.name))

    def _convert(self, job: Job) -> Made:
        job.pdf.parent.mkdir()
        outcomes: list[Outcome] = []
        if not self.warm:
            self.warm = True
            self.pool.warm()  # a LibreOffice that stays for the documents to come
        try:
            self.pool.convert([job], outcomes.append)
        except TertibError as error:
            return Made(travelling(error))
        (done,) = outcomes
        if done.error is not None:
            return Made(travelling(done.error))
        return Made(None, done.pages, done.sha256, done.finished, job.pdf.read_bytes())

    def _lay_out(self, piece: Piece, contents: dict[str, bytes], desk: Path, parcel: Parcel) -> Path:
        """The file of ``piece`` under its own name: where it stays for the next task, or on the ``desk``."""
        data = contents[piece.sha256]
        if hashlib.sha256(data).hexdigest() != piece.sha256:
            raise ValueError(f"{piece.name} came damaged")
        base = self.folder / "tetap" if piece.sha256 in parcel.keep else desk
        path = base / piece.sha256[:16] / piece.name
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return path

    def _keep(self, sha256: str, data: bytes) -> None:
        if sha256 not in self.kept:
            self.kept[sha256] = data
            self.size += len(data)
        self.kept.move_to_end(sha256)
        while self.size > _MOST and len(self.kept) > 1:
            gone, old = self.kept.popitem(last=False)
            self.size -= len(old)
            shutil.rmtree(self.folder / "tetap" / gone[:16], ignore_errors=True)


def _told(result: object, paths: dict[str, str]) -> object:
    """``result`` with the paths of files as people know them."""
    error = result.error if isinstance(result, Made) else result
    if isinstance(error, TertibError):
        error.message = _renamed(error.message, paths)
    return result


def _renamed(message: Message, paths: dict[str, str]) -> Message:
    def one(fact: str | float | Message) -> str | float | Message:
        if isinstance(fact, Message):
            return _renamed(fact, paths)
        if isinstance(fact, str):
            for there, told in paths.items():
                fact = fact.replace(there, told)
        return fact

    return replace(message, facts=tuple((name, one(fact)) for name, fact in message.facts))
