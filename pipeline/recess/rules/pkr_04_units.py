"""Satuan atau anggaran tidak cocok dengan kamus, atau harga satuan jauh dari yang lain.

Apa: Bila reses.yaml berisi `pokir` dan usulan ada di kamus, satuannya sama dengan satuan kamus, dan anggarannya
    volume kali harga kamus (selisih sampai 10 persen dibiarkan). Pada reses apa pun: anggaran dibagi volume tidak
    seratus kali lebih besar atau lebih kecil daripada harga tengah usulan lain yang sejenis dengan satuan yang sama.
Mengapa: Usulan dengan satuan lain tidak dapat dimasukkan; anggaran yang salah ketik tiga nol merusak semua jumlah.
Salah: volume 200, satuan m, anggaran 130.000 (usulan lain sejenis sekitar Rp650.000 per m)
Benar: volume 200, satuan m, anggaran 130.000.000
Sumber: Satuan dan harga kamus usulan SIPD; batas sepuluh persen dan seratus kali adalah konvensi, jadi hanya
    peringatan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from statistics import median

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.money import rupiah
from pipeline.model.recess import Proposal
from pipeline.model.region import Entry
from pipeline.recess.affairs import affair_of
from pipeline.recess.dictionary import Dictionary
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned
from pipeline.recess.thinning import ALIKE
from pipeline.recess.units import MEASURED, quantity, unit_key

_TOLERANCE = Fraction(1, 10)
_FAR = 100
"""A price is far when it is so many times the usual one, or the usual one so many times it."""
_SAME_TEXT, _SAME_FIELD = 4, 8
"""Prices needed to know the usual one: of proposals with one text, or in one field."""
_Prices = dict[tuple[str, str, str], list[float]]


def check(ctx: RecessContext) -> Iterator[Hit]:
    """Hits against the kamus first; a row that has one is not compared with the others."""
    told: set[int] = set()
    found = Gathered(ALIKE)
    dictionary = Dictionary(ctx.region.dictionary)
    for index, row in planned(ctx) if dictionary.entries else ():
        entry = dictionary.entry(row, ctx.plain[index])
        if entry is None:
            continue
        if entry.unit and row.unit and unit_key(row.unit) != unit_key(entry.unit):
            found.add("satuan", row, partial(_other_unit, entry), ctx)
            told.add(index)
        elif _costs_otherwise(row, entry):
            found.add("anggaran", row, partial(_other_amount, entry), ctx)
            told.add(index)
    for row, price, middle in _far_off(ctx, told):
        found.add("harga", row, partial(_far, price, middle), ctx)
    yield from found.hits()


def _other_unit(entry: Entry, ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "satuan"),
        say("satuan `{a}`, sedangkan kamus {id} memakai `{b}`", a=row.unit, id=entry.id, b=entry.unit),
        say("Tulis volume dalam satuan kamus, atau pilih entri kamus lain."),
    )


def _costs_otherwise(row: Proposal, entry: Entry) -> bool:
    volume = quantity(row.volume, row.unit)
    if not volume or row.amount is None or not entry.price or not row.unit:
        return False
    expected = volume * entry.price
    return abs(row.amount - expected) > expected * _TOLERANCE


def _other_amount(entry: Entry, ctx: RecessContext, row: Proposal) -> Hit:
    expected = (quantity(row.volume, row.unit) or 0) * (entry.price or 0)
    return Hit(
        ctx.proposal(row, "anggaran"),
        say(
            "anggaran {a}, sedangkan menurut kamus {id} {v} {u} x {p} = {b}",
            a=rupiah(row.amount or 0),
            id=entry.id,
            v=row.volume,
            u=entry.unit,
            p=rupiah(entry.price or 0),
            b=rupiah(round(expected)),
        ),
        say("Periksa volume dan anggaran; selisih sampai 10 persen dibiarkan."),
    )


def _far_off(ctx: RecessContext, told: set[int]) -> Iterator[tuple[Proposal, float, float]]:
    """Prices per unit far from the usual: of the same text, or where one text is rare, of the same field."""
    prices: _Prices = defaultdict(list)
    found = []
    for index, row in enumerate(ctx.recess.proposals):
        price = _price(row)
        if price is not None:
            unit = unit_key(row.unit)
            keys = (unit, "text", ctx.plain[index]), (unit, "field", _field(row))
            for key in keys:
                prices[key].append(price)
            if index not in told:
                found.append((row, price, keys))
    usual = {key: median(values) for key, values in prices.items() if len(values) >= _SAME_TEXT}
    for row, price, (same_text, same_field) in found:
        middle = usual.get(same_text)
        if middle is None and same_text[0] in MEASURED and len(prices[same_field]) >= _SAME_FIELD:
            middle = usual.get(same_field)
        if middle and not middle / _FAR < price < middle * _FAR:
            yield row, price, middle


def _price(row: Proposal) -> float | None:
    if not row.amount or not row.unit or not row.volume:
        return None
    volume = quantity(row.volume, row.unit)
    return row.amount / float(volume) if volume else None


def _field(row: Proposal) -> str:
    affair = affair_of(row.field)
    return affair.name if affair else row.field


def _far(price: float, middle: float, ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "anggaran"),
        say(
            "anggaran {a} untuk {v} {u} berarti {p} per {u}, sedangkan usulan sejenis sekitar {m}",
            a=rupiah(row.amount or 0),
            v=row.volume,
            u=row.unit,
            p=rupiah(round(price)),
            m=rupiah(round(middle)),
        ),
        say("Periksa anggaran, volume, dan satuannya.{zeros}", zeros=_zeros(price / middle)),
    )


def _zeros(ratio: float) -> Message:
    """A factor near a thousand: three noughts too many or too few."""
    if 1 / 3000 < ratio < 1 / 300:
        return say(" Mungkin kurang tiga nol.")
    return say(" Mungkin kelebihan tiga nol.") if 300 < ratio < 3000 else NOTHING


RULE = Rule(
    code="PKR-04",
    name="satuan-atau-harga",
    severity=Severity.WARNING,
    about=say("Satuan atau anggaran tidak cocok dengan kamus, atau harga satuannya jauh dari usulan sejenis."),
    source="kamus usulan pokok-pokok pikiran DPRD (SIPD); konvensi",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
