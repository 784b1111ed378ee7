"""Total waktu yang dinyatakan berbeda dari waktu langkah.

Apa: total_waktu sama dengan waktu menurut alur: jalur terpendek, lazim, atau terpanjang.
Mengapa: Masyarakat dan penilai membaca totalnya; bila tidak cocok dengan langkahnya, salah satunya keliru.
Salah: total_waktu 10 hari kerja, sedangkan langkahnya 2 + 3 + 3 hari kerja
Benar: total_waktu 8 hari kerja
Sumber: PermenPAN-RB 15/2014, standar pelayanan: jangka waktu penyelesaian. Total boleh dibulatkan ke atas dalam
    satuannya, dan "paling lama" boleh lebih longgar. Kolom total tidak ada pada tabel SOP: tanpa total_waktu tidak ada
    yang diperiksa.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from pipeline.model.duration import Bound, Quantity, TimeValue
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, joined, say
from pipeline.model.office import WorkHours
from pipeline.model.sop import Sop
from pipeline.model.timing import Span, Totals, conversion, describe_hours, excluded, in_hours, measure, span_of
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.mixed_units import kinds_of

_LOOSE = Fraction(1, 10)
"""An estimate ("± 8 hari") may be so much off."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when the stated total fits none of the ways of adding up the steps."""
    hours = ctx.office.hours
    stated = span_of(sop.total, hours)
    if sop.total is None or stated is None or any(duration.per for duration in sop.total.durations):
        return
    found = measure(sop, ctx.flow, hours)
    if found.typical is None or len(kinds_of(sop)) > 1 or _agrees(sop.total, stated, found, hours):
        return
    yield Hit(("total_waktu",), _message(sop.total, found, hours), _advice(sop, stated, found, hours))


def _agrees(total: TimeValue, stated: Span, found: Totals, hours: WorkHours) -> bool:
    ways = [value for value in (found.shortest, found.typical, found.longest) if value is not None]
    usual = found.typical or Fraction(0)
    bounds = {duration.bound for duration in total.durations}
    if stated.high is None or found.unmeasured or found.open:
        return stated.high is None or stated.high >= usual
    if Bound.AT_MOST in bounds:
        return usual <= stated.high
    if stated.low != stated.high:
        return stated.low <= usual <= stated.high
    if Bound.ABOUT in bounds:
        return any(abs(value - stated.high) <= _LOOSE * value for value in ways)
    units = [in_hours((Quantity(Fraction(1), quantity.unit),), hours) for quantity in total.durations[0].high]
    return any(stated.high in (value, ceil(value / min(units)) * min(units)) for value in ways)


def _message(total: TimeValue, found: Totals, hours: WorkHours) -> Message:
    return say(
        'total_waktu "{t}" tidak cocok dengan waktu langkah: menurut alur {typical} (terpendek {shortest}, '
        "terpanjang {longest}), jumlah semua baris {rows}.",
        t=total.text,
        typical=describe_hours(found.typical or Fraction(0), hours),
        shortest=describe_hours(found.shortest or Fraction(0), hours),
        longest=describe_hours(found.longest or Fraction(0), hours),
        rows=describe_hours(found.rows or Fraction(0), hours),
    )


def _advice(sop: Sop, stated: Span, found: Totals, hours: WorkHours) -> Message:
    typical = describe_hours(found.typical or Fraction(0), hours)
    left_out = excluded(sop, found)
    rule = joined("; ", (conversion(hours), left_out) if left_out is not None else (conversion(hours),))
    if stated.high == found.rows:
        return say(
            "Angka itu jumlah semua baris: pilihan lain, langkah yang bersamaan, dan langkah di dalamnya ikut "
            'terhitung. Tulis "{s}". Hitungan: {rule}.',
            s=typical,
            rule=rule,
        )
    return say('Tulis "{s}", atau perbaiki waktu langkahnya. Hitungan: {rule}.', s=typical, rule=rule)


RULE = Rule(
    code="DUR-06",
    name="total-waktu-berbeda",
    severity=Severity.WARNING,
    summary=say("Total waktu yang dinyatakan berbeda dari waktu langkah"),
    source="PermenPAN-RB 15/2014, jangka waktu penyelesaian",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
