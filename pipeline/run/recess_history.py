"""Finds what the other recesses of an office tell a recess: when they were, and what the one before it recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipeline.errors import TertibError
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.recess import Earlier, Held, History, RecessInput
from pipeline.readers import workspace
from pipeline.readers.files import shown
from pipeline.readers.recess_held import main_file, read_held
from pipeline.recess.comparison import earlier_of, held_of
from pipeline.run.recess_safely import safe_recess

NO_COMPARISON = "tidak"
"""``pembanding: tidak``: compare with none."""

_NAMED = 8
"""Most folders that one note names."""
Reader = Callable[[Path, OfficeInput, Path], RecessInput]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Informed:
    """Recesses with their histories, and what people should know about these."""

    items: tuple[RecessInput, ...]
    notes: tuple[Message, ...]


def with_history(items: Sequence[RecessInput], root: Path, read: Reader = safe_recess) -> Informed:
    """``items`` with ``history`` filled in.

    The other recesses of each office are read no further than their main file; the one before in full, once for all of
    ``items``, and not again when it is one of them. What is wrong in it is told where it is checked, not here: when it
    cannot be used a note says so, and the recess goes without comparison. ``history.sources`` are the files read.
    Never raises for what is in the files.
    """
    past = _Past(items, root, read)
    informed = []
    notes: list[Message] = []
    for item in items:
        history, told = past.history(item)
        informed.append(replace(item, history=history))
        notes += told
    return Informed(tuple(informed), tuple(notes))


class _Past:
    """What was read of recesses so far."""

    def __init__(self, items: Sequence[RecessInput], root: Path, read: Reader) -> None:
        self._root = root
        self._read = read
        self._items = {_key(item.folder): item for item in items}
        self._folders: dict[Path, tuple[Path, ...]] = {}
        self._held: dict[Path, Held | None] = {}
        self._earlier: dict[Path, tuple[Earlier | None, tuple[Path, ...]]] = {}
        self._faults: dict[Path, Exception] = {}

    def history(self, item: RecessInput) -> tuple[History, list[Message]]:
        """The history of ``item``, and notes."""
        if item.recess is None:
            return item.history, []
        found = {folder: self._held_in(folder, item) for folder in self._others(item)}
        others = {folder: held for folder, held in found.items() if held is not None}
        sources = [main for folder in found if (main := main_file(folder)) is not None]
        folder, notes = _chosen(item, others)
        unread = [folder for folder, held in found.items() if held is None or held.start is None]
        if unread and not item.recess.previous:
            notes.append(_unread(item, [shown(folder, self._root) for folder in unread]))
        notes += [_crashed(item, shown(one, self._root), self._faults[_key(one)]) for one in self._crashes_of(unread)]
        earlier = None
        if folder is not None:
            earlier, files = self._in_full(folder, item)
            sources += files
            fault = self._faults.get(_key(folder))
            if earlier is None:
                told = shown(folder, self._root)
                notes.append(_unusable(item, told) if fault is None else _crashed(item, told, fault))
        return History(tuple(others.values()), earlier, tuple(dict.fromkeys(sources))), notes

    def _others(self, item: RecessInput) -> Iterable[Path]:
        """The folders of the other recesses of the office."""
        office = workspace.office_of(item.folder)
        if office not in self._folders:
            try:
                self._folders[office] = workspace.find((office,), self._root).recesses
            except TertibError:  # the folder went away, or may not be opened
                self._folders[office] = ()
        own = _key(item.folder)
        return (folder for folder in self._folders[office] if _key(folder) != own)

    def _held_in(self, folder: Path, item: RecessInput) -> Held | None:
        key = _key(folder)
        if key not in self._held:
            known = self._items.get(key)
            if known is not None:
                self._held[key] = held_of(known.recess) if known.recess is not None else None
            else:
                self._held[key] = self._safely(key, lambda: read_held(folder, item.office.office.id, self._root))
        return self._held[key]

    def _in_full(self, folder: Path, item: RecessInput) -> tuple[Earlier | None, tuple[Path, ...]]:
        key = _key(folder)
        if key not in self._earlier:
            found = self._items.get(key) or self._read(folder, item.office, self._root)
            self._earlier[key] = self._safely(key, lambda: earlier_of(found)), found.sources
        return self._earlier[key]

    def _crashes_of(self, folders: Iterable[Path]) -> list[Path]:
        return [folder for folder in folders if _key(folder) in self._faults]

    def _safely(self, key: Path, make: Callable[[], _T | None]) -> _T | None:
        """What ``make`` gives; None when it crashes, which is kept to be told."""
        try:
            return make()
        except Exception as fault:  # noqa: BLE001 - a fault in another recess costs the comparison, not this recess
            self._faults[key] = fault
            return None


def _chosen(item: RecessInput, others: dict[Path, Held]) -> tuple[Path | None, list[Message]]:
    """The folder of the recess to compare with: the one that ``pembanding`` names, else the last one before."""
    recess = item.recess
    if recess is None or recess.previous.casefold() == NO_COMPARISON:
        return None, []
    if recess.previous:
        named = next((folder for folder in others if folder.name.casefold() == recess.previous.casefold()), None)
        return named, [] if named else [_unknown(item, recess.previous, others)]
    if recess.start is None:
        return None, []
    before = [(held.start, folder.name, folder) for folder, held in others.items() if held.start]
    earlier = [one for one in before if one[0] < recess.start]
    return (max(earlier)[2] if earlier else None), []


def _unknown(item: RecessInput, named: str, others: Iterable[Path]) -> Message:
    names = sorted(folder.name for folder in others)
    return say(
        "{id_}: reses pembanding `{named}` tidak ada atau tidak terbaca; yang terbaca: {names}. Perbandingan tidak "
        "dibuat.",
        id_=item.id,
        named=named,
        names=", ".join(names[:_NAMED]) or "–",
    )


def _unread(item: RecessInput, folders: Sequence[str]) -> Message:
    return say(
        "{id_}: `mulai` reses lain tidak terbaca, jadi reses itu tidak dipakai sebagai pembanding: {folders}{more}.",
        id_=item.id,
        folders=", ".join(folders[:_NAMED]),
        more=say(", dan {n} lagi", n=len(folders) - _NAMED) if len(folders) > _NAMED else NOTHING,
    )


def _unusable(item: RecessInput, folder: str) -> Message:
    return say(
        "{id_}: data reses sebelumnya ({folder}) tidak terbaca seluruhnya, jadi perbandingan tidak dibuat. Periksa "
        "dengan: tertib check {folder}",
        id_=item.id,
        folder=folder,
    )


def _crashed(item: RecessInput, folder: str, fault: Exception) -> Message:
    return say(
        "{id_}: reses lain ({folder}) tidak dapat dipakai sebagai pembanding karena kesalahan program ({kind}: "
        "{fault}). Laporkan pesan ini kepada pengelola tertib.",
        id_=item.id,
        folder=folder,
        kind=type(fault).__name__,
        fault=fault,
    )


def _key(folder: Path) -> Path:
    return folder.resolve()
