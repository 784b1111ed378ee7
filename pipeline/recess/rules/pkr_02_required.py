"""Isian yang diminta SIPD kosong.

Apa: Usulan yang dimasukkan ke SIPD memuat masalah, alamat (`lokasi` atau `desa`), volume, satuan, dan OPD.
    Kolom `masalah` yang tidak ada atau seluruhnya kosong diberi satu temuan. Gagasan yang kosong diisi dengan `uraian`.
Mengapa: Usulan tanpa isian itu ditolak saat dimasukkan atau diverifikasi.
Salah: volume kosong, satuan kosong
Benar: volume 200, satuan m
Sumber: Isian usulan pokok-pokok pikiran di SIPD; penolakan usulan tanpa alamat dan volume oleh perencana daerah.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned
from pipeline.recess.units import quantity

_EMPTY = frozenset(("", "-", "–", "—"))
_FILL_IN = say(
    "Isi sel ini; tanpa itu usulan tidak dapat dimasukkan ke SIPD. Bila baris ini pengaduan, isi kolom `jenis`."
)


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each cell that is empty, one for a column that is empty throughout."""
    rows = planned(ctx)
    found = Gathered()
    for _, row in rows:
        for column in _lacking(row):
            found.add(column, row, _HITS[column], ctx)
        if quantity(row.volume, row.unit) == 0:
            found.add("nol", row, _zero, ctx)
    yield from found.hits(len(rows))


def _lacking(row: Proposal) -> Iterator[str]:
    if row.problem in _EMPTY:
        yield "masalah"
    if row.location in _EMPTY and row.village in _EMPTY:
        yield "lokasi"
    if row.volume in _EMPTY:
        yield "volume"
    if row.unit in _EMPTY:
        yield "satuan"
    if row.agency in _EMPTY:
        yield "opd"


def _hit(column: str, what: Message) -> Callable[[RecessContext, Proposal], Hit]:
    return lambda ctx, row: Hit(ctx.proposal(row, column), what, _FILL_IN)


_HITS = {
    "masalah": _hit("masalah", say("usulan ini tanpa `masalah`")),
    "lokasi": _hit("lokasi", say("usulan ini tanpa alamat (`lokasi` atau `desa`)")),
    "volume": _hit("volume", say("usulan ini tanpa `volume`")),
    "satuan": _hit("satuan", say("usulan ini tanpa `satuan`")),
    "opd": _hit("opd", say("usulan ini tanpa `opd`")),
}


def _zero(ctx: RecessContext, row: Proposal) -> Hit:
    help = say("Tulis berapa yang diminta, lebih dari nol.")
    return Hit(ctx.proposal(row, "volume"), say("volume usulan ini nol"), help)


RULE = Rule(
    code="PKR-02",
    name="isian-sipd-kosong",
    severity=Severity.ERROR,
    about=say("Masalah, alamat, volume, satuan, atau OPD usulan kosong."),
    source="isian usulan pokok-pokok pikiran DPRD (SIPD)",
    doc=__doc__,
    check=check,
)
