"""Langkah di dalam reses berjumlah lebih dari batas.

Apa: Langkah yang terjadi selama reses (mendengarkan, menjawab, mencatat) berlangsung di dalam hari reses.
Mengapa: Ditulis berurutan, waktunya ditambahkan pada reses dan melampaui batas.
Salah: reses 6 hari, lalu mendengarkan 3 hari, menjawab 3 hari, mencatat 3 hari: 15 hari
Benar: langkah mendengarkan, menjawab, mencatat dengan kolom dalam berisi nomor langkah reses
Sumber: PP 12/2018 Pasal 87: paling lama 6 hari (kabupaten/kota) atau 8 hari (provinsi).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.model.timing import describe_number
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.recess_days import SOURCE, Days, days_of, following_rows, limit_of, recess_rows, severity_of
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per recess whose row and the rows during it, read one after the other, exceed the limit."""
    limit = limit_of(ctx.office)
    for host in recess_rows(sop):
        rows = (host, *following_rows(sop, ctx, host))
        days = [days_of(sop.steps[row], ctx.office.hours) for row in rows]
        stated = [d for d in days if d is not None]
        total = sum(stated, Days(Fraction(0)))
        if len(rows) < 2 or total.total <= limit:
            continue
        names = [numbered(sop.steps[row], row) for row in rows]
        yield Hit(
            ("langkah", host, "waktu"),
            say(
                "Langkah {a} sampai {b} berjumlah {sum} hari, sedangkan reses paling lama {m} hari.",
                a=names[0],
                b=names[-1],
                sum=describe_number(Fraction(round(total.total * 10), 10)),
                m=limit,
            ),
            say(
                "Bila langkah {rest} berlangsung selama reses, isi kolom dalam pada baris itu dengan {a}; "
                "bila tidak, kurangi waktunya.",
                rest=", ".join(names[1:]),
                a=names[0],
            ),
            severity=severity_of(total, ctx.office),
            related=tuple(Pointer(("langkah", row, "waktu"), say("ikut dijumlahkan")) for row in rows[1:]),
        )


RULE = Rule(
    code="RES-02",
    name="jumlah-hari-reses",
    severity=Severity.ERROR,
    summary=say("Langkah di dalam reses berjumlah lebih dari batas"),
    source=SOURCE,
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
