"""Cuts a long inventory into annex volumes: at borders of dapil, then of field, then of rows. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.recap import DistrictGroup, FieldGroup, Need, Tally, Volume
from pipeline.recess.grouping import need_tally

MAX_ROWS = 5_000
"""Needs that one document lists at most; Word and LibreOffice open and turn such a table without delay."""

TallyOf = Callable[[Sequence[Need]], Tally]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A field, or a part of one (``part`` of ``parts``), of a district."""

    district: str
    field: FieldGroup
    part: int = 1
    parts: int = 1


def volumes_of(
    groups: Sequence[DistrictGroup] | Sequence[FieldGroup],
    *,
    stem: str,
    most: int = MAX_ROWS,
    tally: TallyOf = need_tally,
) -> tuple[Volume, ...]:
    """The annexes of a document whose inventory is ``groups``; () when it has at most ``most`` needs and needs none.

    Files are called ``stem`` with "-lampiran-01" behind. A district that fits into a volume is not cut, and neither
    is a field that does; small districts share one. ``tally`` sums a part of a field that had to be cut.
    """
    districts = [_district(group) for group in groups]
    if sum(_size(piece.field) for pieces in districts for piece in pieces) <= most:
        return ()
    cut = [[part for piece in pieces for part in _cut(piece, most, tally)] for pieces in districts]
    pieces = Counter(piece.district for some in cut for piece in some)
    heaps = list(_heaps(cut, most))
    return tuple(_volume(number, len(heaps), f"{stem}-lampiran-", heap, pieces) for number, heap in enumerate(heaps, 1))


def _district(group: DistrictGroup | FieldGroup) -> list[_Piece]:
    if isinstance(group, DistrictGroup):
        return [_Piece(group.label, field) for field in group.fields]
    return [_Piece("", group)]


def _size(field: FieldGroup) -> int:
    return len(field.needs)


def _cut(piece: _Piece, most: int, tally: TallyOf) -> Iterator[_Piece]:
    """``piece``, or parts of it that are alike in size when it is longer than a volume."""
    needs = piece.field.needs
    parts = -(-len(needs) // most)
    if parts <= 1:
        yield piece
        return
    for part in range(parts):
        some = needs[len(needs) * part // parts : len(needs) * (part + 1) // parts]
        yield _Piece(piece.district, FieldGroup(piece.field.label, some, tally(some)), part + 1, parts)


def _heaps(districts: Iterable[list[_Piece]], most: int) -> Iterator[list[_Piece]]:
    """The pieces of each volume. A district too long for one starts a volume of its own and ends one."""
    heap: list[_Piece] = []
    for pieces in districts:
        room = most - sum(_size(piece.field) for piece in heap)
        long = sum(_size(piece.field) for piece in pieces)
        if heap and long > room:
            yield heap
            heap = []
        if long <= most:
            heap += pieces
            continue
        *full, last = _filled(pieces, _even(pieces, most))
        yield from full
        heap = last
        if heap and heap[0].district:
            yield heap
            heap = []
    if heap:
        yield heap


def _even(pieces: Sequence[_Piece], most: int) -> int:
    """The lowest limit by which ``pieces`` fill no more volumes than by ``most``: so no volume is left with a few."""
    fewest = len(_filled(pieces, most))
    limits = range(max(_size(piece.field) for piece in pieces), most)
    return next(iter(limits[bisect_left(limits, True, key=lambda at: len(_filled(pieces, at)) <= fewest) :]), most)


def _filled(pieces: Iterable[_Piece], most: int) -> list[list[_Piece]]:
    heaps: list[list[_Piece]] = [[]]
    for piece in pieces:
        if sum(_size(one.field) for one in heaps[-1]) + _size(piece.field) > most:
            heaps.append([])
        heaps[-1].append(piece)
    return heaps


def _volume(number: int, count: int, stem: str, heap: Sequence[_Piece], pieces: Mapping[str, int]) -> Volume:
    groups = tuple(_groups(heap))
    needs = [need for piece in heap for need in piece.field.needs]
    return Volume(
        number=number,
        count=count,
        stem=f"{stem}{number:0{max(2, len(str(count)))}}",
        title=_title(heap, pieces),
        groups=groups,
        first=needs[0].number,
        last=needs[-1].number,
        needs=len(needs),
        tally=sum((group.tally for group in groups), Tally()),
    )


def _groups(heap: Sequence[_Piece]) -> Iterator[DistrictGroup]:
    for label in dict.fromkeys(piece.district for piece in heap):
        fields = tuple(piece.field for piece in heap if piece.district == label)
        yield DistrictGroup(label, fields, sum((field.tally for field in fields), Tally()))


def _title(heap: Sequence[_Piece], pieces: Mapping[str, int]) -> str:
    """ "Dapil 1, Dapil 2"; of less than a district also the fields: "Dapil 1: Kesehatan s.d. Sosial"."""
    districts = list(dict.fromkeys(piece.district for piece in heap))
    if districts != [""] and len(heap) == sum(pieces[label] for label in districts):
        return ", ".join(districts)
    ends = list(dict.fromkeys((_named(heap[0]), _named(heap[-1]))))
    fields = " s.d. ".join(ends)
    return f"{districts[0]}: {fields}" if districts[0] else fields


def _named(piece: _Piece) -> str:
    return piece.field.label if piece.parts == 1 else f"{piece.field.label} (bagian {piece.part} dari {piece.parts})"
