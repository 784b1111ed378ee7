"""Satu usulan tercatat dua kali oleh anggota yang sama.

Apa: Dua baris milik satu anggota dengan uraian dan tempat yang sama, atau dengan entri kamus yang sama dan koordinat
    berjarak paling jauh 50 meter. Bila reses.yaml tidak berisi `pokir`, hanya baris yang tertulis dua kali dalam satu
    pertemuan, dengan volume, anggaran, dan prioritas yang sama: didengar dua kali bukan kesalahan.
Mengapa: Usulan yang dimasukkan dua kali dihitung dua kali di SIPD dan dikembalikan saat diverifikasi.
Salah: U0007 dan U0031 milik A01: Pembangunan drainase, Jalan Contoh Raya KM 5
Benar: Satu baris saja; bila memang dua pekerjaan, tempatnya dibedakan di `lokasi`
Sumber: Konvensi. Baris yang disebut dalam `gabung` atau `pisah` di reses.yaml tidak diberi temuan. Usulan yang sama
    dari beberapa anggota digabung dalam laporan dan bukan kesalahan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import cos, hypot, radians

from pipeline.model.finding import Confidence, Related, Severity
from pipeline.model.message import Message, say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.text import squash

_NEAR = 50.0
"""Metres."""
_METRES = 111_320.0
"""Length of a degree of latitude, and of longitude at the equator."""
_CELL = _NEAR / _METRES
_HELP = say(
    "Hapus salah satu; bila memang dua usulan, bedakan `lokasi` atau uraiannya, atau tulis keduanya dalam `pisah` di "
    "reses.yaml."
)


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row that repeats an earlier one."""
    declared = _declared(ctx)
    told: set[int] = set()
    for first, row in _same_text(ctx):
        if not declared[first.id] & declared[row.id]:
            told.add(row.row)
            message = say("uraian dan tempatnya sama dengan {id}, milik anggota yang sama", id=_name(first))
            yield _hit(ctx, first, row, message, "uraian")
    for first, row, metres in _same_place(ctx):
        if row.row not in told and not declared[first.id] & declared[row.id]:
            message = say(
                "kamusnya sama dengan {id}, milik anggota yang sama, dan jaraknya hanya {m} meter",
                id=_name(first),
                m=round(metres),
            )
            yield _hit(ctx, first, row, message, "kamus")


def _declared(ctx: RecessContext) -> defaultdict[str, set[int]]:
    """The groups of ``gabung`` and ``pisah`` in which an id stands: the office knows of those."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate((*ctx.recess.together, *ctx.recess.apart)):
        for id in group:
            found[id].add(number)
    return found


def _same_text(ctx: RecessContext) -> Iterator[tuple[Proposal, Proposal]]:
    seen: dict[tuple[str, ...], Proposal] = {}
    places: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for row, plain in zip(ctx.recess.proposals, ctx.plain, strict=True):
        written = (row.subdistrict, row.village, row.location)
        place = places.get(written)
        if place is None:
            place = places[written] = tuple(map(squash, written))
        if not plain or not row.member_id or not any(place):
            continue
        first = seen.setdefault((row.member_id, plain, *place, *_also(ctx, row)), row)
        if first is not row:
            yield first, row


def _also(ctx: RecessContext, row: Proposal) -> tuple[str, ...]:
    """What has to agree besides text and place. Without an exact place the same words may mean two things; and what is
    not entered anywhere may well have been heard twice, so that only a row typed twice is a fault."""
    size = (row.volume, row.unit, str(row.amount))
    if ctx.recess.planning is None:
        return (*size, row.meeting_id, row.priority, row.remark)
    return () if row.location.strip(" -–") else size


def _same_place(ctx: RecessContext) -> Iterator[tuple[Proposal, Proposal, float]]:
    """Rows with one entry of the kamus near an earlier one; those that repeat one are not compared with others."""
    cells: defaultdict[tuple[str, str, int, int], list[Proposal]] = defaultdict(list)
    for row in ctx.recess.proposals:
        if row.latitude is None or row.longitude is None or not row.entry or not row.member_id:
            continue
        entry = squash(row.entry)
        at = (int(row.latitude // _CELL), int(row.longitude // _CELL))
        near = next(
            (
                (other, metres)
                for down in (-1, 0, 1)
                for right in (-1, 0, 1)
                for other in cells.get((row.member_id, entry, at[0] + down, at[1] + right), ())
                if (metres := _distance(other, row)) <= _NEAR
            ),
            None,
        )
        if near is None:
            cells[row.member_id, entry, *at].append(row)
        else:
            yield near[0], row, near[1]


def _distance(one: Proposal, other: Proposal) -> float:
    """Metres between two proposals; flat, which at this distance is exact enough."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return float("inf")
    down = (one.latitude or 0) - (other.latitude or 0)
    right = (one.longitude or 0) - (other.longitude or 0)
    return hypot(down, right * cos(radians(one.latitude or 0))) * _METRES


def _name(row: Proposal) -> Message:
    return say("{id} (baris {n})", id=row.id, n=row.row) if row.id else say("baris {n}", n=row.row)


def _hit(ctx: RecessContext, first: Proposal, row: Proposal, message: Message, column: str) -> Hit:
    related = (Related(ctx.place(ctx.proposal(first, column)), say("usulan pertama")),)
    return Hit(ctx.proposal(row, column), message, _HELP, related=related)


RULE = Rule(
    code="PKR-07",
    name="usulan-ganda",
    severity=Severity.WARNING,
    about=say("Satu usulan tercatat dua kali oleh anggota yang sama."),
    source="konvensi",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
