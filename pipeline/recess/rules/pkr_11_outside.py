"""Koordinat usulan di luar daerah.

Apa: `lintang` dan `bujur` usulan berada di dalam `batas_wilayah` di kantor.yaml; tanpa batas itu, di dalam Indonesia.
    Bila keduanya tertukar atau tanda minusnya hilang, itu yang dikatakan.
Mengapa: Usulan dengan titik di tempat lain ditolak, atau diperiksa di tempat yang salah.
Salah: lintang 109,2302, bujur -7,4245 (tertukar)
Benar: lintang -7,4245, bujur 109,2302
Sumber: Batas wilayah yang ditulis kantor; isian peta pada usulan SIPD.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.office import Bounds
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned
from pipeline.recess.thinning import ALIKE

_COUNTRY = Bounds(-11.2, 94.8, 6.3, 141.2)
"""The box that holds Indonesia."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row whose coordinates lie outside."""
    bounds = ctx.office.bounds
    where = say("daerah (`batas_wilayah` di kantor.yaml)") if bounds else say("Indonesia")
    box = bounds or _COUNTRY
    found = Gathered(ALIKE)
    for _, row in planned(ctx):
        if row.latitude is not None and row.longitude is not None and not _inside(box, row.latitude, row.longitude):
            found.add("lintang", row, partial(_hit, box, where), ctx)
    yield from found.hits()


def _hit(box: Bounds, where: Message, ctx: RecessContext, row: Proposal) -> Hit:
    latitude, longitude = row.latitude or 0, row.longitude or 0
    return Hit(
        ctx.proposal(row, "lintang"),
        say("koordinat {a}; {b} di luar {where}", a=_told(latitude), b=_told(longitude), where=where),
        _help(box, latitude, longitude),
    )


def _inside(box: Bounds, latitude: float, longitude: float) -> bool:
    return box.south <= latitude <= box.north and box.west <= longitude <= box.east


def _help(box: Bounds, latitude: float, longitude: float) -> Message:
    if _inside(box, longitude, latitude):
        return say("`lintang` dan `bujur` tertukar: tukar isi kedua sel.")
    if _inside(box, -latitude, longitude):
        return say("Tanda minus lintang tertukar: tulis {a}.", a=_told(-latitude))
    if _inside(box, -longitude, latitude):
        return say("`lintang` dan `bujur` tertukar, dan tanda minusnya hilang: tulis lintang {a}.", a=_told(-longitude))
    return say("Periksa titiknya di peta; bila benar, perbaiki `batas_wilayah`.")


def _told(degrees: float) -> str:
    """As the files have it, with a decimal comma."""
    return f"{degrees:.6f}".rstrip("0").rstrip(".").replace(".", ",")


RULE = Rule(
    code="PKR-11",
    name="koordinat-di-luar-daerah",
    severity=Severity.ERROR,
    about=say("Koordinat usulan berada di luar daerah."),
    source="batas wilayah yang ditulis kantor",
    doc=__doc__,
    check=check,
)
