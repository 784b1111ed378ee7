"""Work that travels to another computer: a task or job together with the files it reads, and what comes back.

A file travels once to each worker as long as that worker keeps it: templates, logos, registers of an office. Paths of
files that travel are changed on the way into those where they are laid out there.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.convert.libreoffice import Job
from pipeline.model.inputs import OfficeInput
from pipeline.resources import here
from pipeline.run.finishing import Finishing
from pipeline.run.workforce import DrawTask

_REMEMBERED: Final = 4096
"""Files and offices among the last ones sent that are known again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file or a part of a task, by the SHA-256 of its bytes; ``name`` and ``told`` are a file's name and path as
    people are told it."""

    sha256: str
    name: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A task (pickled, with pieces instead of what they stand for), the ``pieces`` it needs, and the bytes of those
    that come with it. ``keep`` are the pieces that others need, too."""

    task: bytes
    pieces: tuple[Piece, ...]
    contents: Mapping[str, bytes]
    keep: frozenset[str] = frozenset()

    @property
    def shared(self) -> frozenset[str]:
        """The pieces that whoever did this task has kept."""
        return self.keep


@dataclass(frozen=True, slots=True)
class Lacking:
    """Instead of a result: the worker does not have (any more) what it was believed to have."""

    pieces: tuple[str, ...] = ()


@dataclass(slots=True)
class Packer:
    """Packs the tasks of one run. Raises OSError for a file that cannot be read."""

    _seen: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _offices: dict[int, tuple[OfficeInput, Piece, bytes, dict[Path, Piece]]] = field(default_factory=dict)

    def pack(self, task: DrawTask | Job, held: Collection[str] = ()) -> Parcel:
        """``task`` for a worker that has the pieces ``held``."""
        pieces: dict[Path, Piece] = {}
        contents: dict[str, bytes] = {}
        for path in files_of(task):
            data = path.read_bytes()
            piece = Piece(hashlib.sha256(data).hexdigest(), path.name, here(path))
            pieces[path] = piece
            contents[piece.sha256] = data
        office: tuple[Piece, ...] = ()
        if isinstance(task, DrawTask):
            piece, data = self._office(task.item.office, pieces)
            office, contents[piece.sha256] = (piece,), data
        packed = _packed(task, pieces, office)
        shared = frozenset(sha for sha in contents if self._again(sha))
        sent = {sha: data for sha, data in contents.items() if sha not in shared or sha not in held}
        return Parcel(packed, (*pieces.values(), *office), sent, shared)

    def _office(self, item: OfficeInput, files: Mapping[Path, Piece]) -> tuple[Piece, bytes]:
        known = self._offices.get(id(item))
        own = {path: piece for path, piece in files.items() if path == item.office.logo}
        if known is None or known[3] != own:
            data = _packed(item, own, ())
            known = (item, Piece(hashlib.sha256(data).hexdigest()), data, own)
            if len(self._offices) > _REMEMBERED:
                self._offices.clear()
            self._offices[id(item)] = known
        return known[1], known[2]

    def _again(self, sha256: str) -> bool:
        """Was this piece sent before?"""
        known = sha256 in self._seen
        self._seen[sha256] = None
        self._seen.move_to_end(sha256)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return known


def files_of(task: DrawTask | Job) -> Iterable[Path]:
    """The files that ``task`` reads."""
    if isinstance(task, DrawTask):
        logo = task.item.office.office.logo
        return dict.fromkeys([task.template, *([] if logo is None else [logo])])
    files = [task.docx]
    if isinstance(task.finish, Finishing):
        files.append(task.finish.docx)
        carried = (attachment.content for attachment in task.finish.particulars.attachments)
        files += [content for content in carried if isinstance(content, Path)]
    return dict.fromkeys(files)


def unpacked(parcel: Parcel, files: Mapping[Piece, Path], contents: Mapping[str, bytes]) -> Any:
    """The task, with the paths of ``files`` where its pieces are; ``contents`` hold the bytes of an office."""

    def load(piece: Piece) -> Any:
        if piece.name:
            return files[piece]
        return _Unpacker(contents[piece.sha256], load).load()

    return _Unpacker(parcel.task, load).load()


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, files: Mapping[Path, Piece], office: tuple[Piece, ...]) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self._files = files
        self._office = office

    def persistent_id(self, obj: Any) -> Piece | None:
        if isinstance(obj, Path):
            return self._files.get(obj)
        return self._office[0] if self._office and isinstance(obj, OfficeInput) else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, data: bytes, load: Any) -> None:
        super().__init__(io.BytesIO(data))
        self._load = load

    def persistent_load(self, pid: Any) -> Any:
        return self._load(pid)


def _packed(value: object, files: Mapping[Path, Piece], office: tuple[Piece, ...]) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, files, office).dump(value)
    return buffer.getvalue()
