"""Hari kerja dijumlahkan dengan hari kalender atau bulan.

Apa: Hari kerja dan hari kalender, bulan, atau tahun tidak dijumlahkan, baik di satu sel maupun dalam total_waktu.
Mengapa: Sebulan berisi 20 sampai 22 hari kerja; jumlahnya berbeda menurut siapa yang menghitung.
Salah: 1 bulan 5 hari kerja
Benar: 26 hari kerja
Sumber: UU 23/2014 Pasal 1 angka 50: hari adalah hari kerja. Jam dan minggu dapat dijumlahkan dengan keduanya.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.mixed_units import Kind, kinds, kinds_in, kinds_of
from pipeline.rules.shapes import numbered, numbers


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per row that adds both kinds of days, and one for a stated total over both."""
    for row, step in enumerate(sop.steps):
        if _mixes(step) and step.time is not None:
            yield Hit(
                ("langkah", row, "waktu"),
                say(
                    'Waktu langkah {n} ("{t}") menjumlahkan hari kerja dengan hari kalender atau bulan.',
                    n=numbered(step, row),
                    t=step.time.text,
                ),
                say("Tulis semuanya dalam hari kerja."),
            )
    if sop.total is not None and sop.total.durations and len(kinds_of(sop)) > 1:
        yield _total(sop, sop.total.text)


def _mixes(step: Step) -> bool:
    durations = step.time.durations if step.time is not None else ()
    return any(len(kinds(side)) > 1 for duration in durations for side in (duration.low, duration.high))


def _total(sop: Sop, text: str) -> Hit:
    rows = {kind: [row for row, step in enumerate(sop.steps) if kind in kinds_in(step.time)] for kind in Kind}
    return Hit(
        ("total_waktu",),
        say(
            'total_waktu "{t}" menjumlahkan hari kerja (langkah {working}) dengan hari kalender, bulan, atau tahun '
            "(langkah {calendar}).",
            t=text,
            working=numbers(sop, rows[Kind.WORKING]) or "-",
            calendar=numbers(sop, rows[Kind.CALENDAR]) or "-",
        ),
        say("Tulis waktu semua langkah dan totalnya dalam hari kerja."),
    )


RULE = Rule(
    code="DUR-07",
    name="satuan-waktu-bercampur",
    severity=Severity.WARNING,
    summary=say("Hari kerja dijumlahkan dengan hari kalender atau bulan"),
    source="UU 23/2014 Pasal 1 angka 50",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
