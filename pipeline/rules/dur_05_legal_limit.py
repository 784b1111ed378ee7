"""Waktu melebihi batas menurut peraturan.

Apa: Langkah, atau seluruh prosedur, tidak memakan waktu lebih dari batas peraturan yang mengaturnya.
Mengapa: Prosedur yang diikuti dengan tertib pun akan melanggar peraturan.
Salah: SOP Pelayanan Informasi Publik dengan jalur lazim 25 hari kerja
Benar: SOP Pelayanan Informasi Publik dengan jalur lazim 9 hari kerja
Sumber: Daftar batas waktu di dalam program: UU 14/2008, UU 23/2014, UU 25/2009, UU 15/2004, PP 13/2019. Yang pasalnya
    belum pasti, dan yang masih dapat diperpanjang, menjadi peringatan. Hari reses diperiksa RES-01 dan RES-02.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.model.timing import describe_hours, measure, span_of
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.legal_limits import Limit, limits
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per step, and one for the whole SOP, that takes longer than the law allows."""
    for limit in limits():
        if limit.whole and limit.concerns(sop.title):
            yield from _whole(sop, ctx, limit)
        elif not limit.whole:
            yield from _steps(sop, ctx, limit)


def _whole(sop: Sop, ctx: Context, limit: Limit) -> Iterator[Hit]:
    hours = ctx.office.hours
    typical = measure(sop, ctx.flow, hours).typical
    if typical is None or typical <= limit.days * hours.hours_per_day:
        return
    message = say(
        "Jalur yang lazim dari prosedur ini memakan {t}; batasnya {days} hari kerja.",
        t=describe_hours(typical, hours),
        days=limit.days,
    )
    yield _hit(("langkah",), message, limit, typical / hours.hours_per_day)


def _steps(sop: Sop, ctx: Context, limit: Limit) -> Iterator[Hit]:
    hours = ctx.office.hours
    for row, step in enumerate(sop.steps):
        span = span_of(step.time, hours) if limit.concerns(step.activity) else None
        if span is None or step.time is None:
            continue
        longest = span.low if span.high is None else span.high
        if longest > limit.days * hours.hours_per_day:
            message = say(
                "Langkah {n} memakan {t}; batasnya {days} hari kerja.",
                n=numbered(step, row),
                t=step.time.text,
                days=limit.days,
            )
            yield _hit(("langkah", row, "waktu"), message, limit, longest / hours.hours_per_day)


def _hit(path: tuple[str | int, ...], message: Message, limit: Limit, days: Fraction) -> Hit:
    extended = days <= limit.most
    if extended:
        advice = say(
            "Jadikan paling lama {days} hari kerja. Sampai {most} hari kerja hanya bila diberitahukan tertulis.",
            days=limit.days,
            most=limit.most,
        )
    else:
        advice = say("Jadikan paling lama {days} hari kerja ({source}).", days=limit.days, source=limit.source)
    sure = limit.confidence is Confidence.HIGH and not extended
    severity = Severity.ERROR if sure else Severity.WARNING
    return Hit(path, message, advice, severity=severity, source=limit.source)


RULE = Rule(
    code="DUR-05",
    name="waktu-melebihi-batas",
    severity=Severity.ERROR,
    summary=say("Waktu melebihi batas menurut peraturan"),
    source="Daftar batas waktu menurut peraturan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
