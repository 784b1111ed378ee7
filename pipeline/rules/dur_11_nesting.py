"""Langkah di dalam langkah lain yang tidak muat atau tidak ada.

Apa: Kolom dalam menyebut langkah lain yang ada, tidak melingkar, dan waktunya cukup untuk langkah di dalamnya.
Mengapa: Langkah di dalam langkah lain tidak menambah jumlah waktu; bila tidak muat, jumlah waktunya keliru.
Salah: langkah 5 reses 6 hari kerja; langkah 6 dalam 5, mendengarkan keluhan 8 hari kerja
Benar: langkah 5 reses 6 hari kerja; langkah 6 dalam 5, mendengarkan keluhan 3 hari kerja
Sumber: Konvensi. Bila hanya jumlah langkah di dalamnya yang tidak muat, menjadi catatan: mungkin berjalan bersamaan.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.office import WorkHours
from pipeline.model.sop import Sop
from pipeline.model.timing import describe_hours, hosts, span_of
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.shapes import numbered, numbers

_CLEAR = say("Isi dalam dengan nomor langkah yang memuat langkah ini, atau kosongkan.")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose host does not exist, is the row itself or lies inside it, and per row or sum of rows that
    takes longer than its host."""
    nested = hosts(sop)
    for row, step in enumerate(sop.steps):
        if step.within is None:
            continue
        if row not in nested.host and row not in nested.circular:
            yield _missing(sop, row, step.within)
    for circle in nested.circles:
        yield _circle(sop, circle)
    for host, inner in nested.inner.items():
        yield from _too_long(sop, host, inner, ctx.office.hours)


def _missing(sop: Sop, row: int, within: int) -> Hit:
    return Hit(
        ("langkah", row, "dalam"),
        say("Langkah {n} disebut di dalam langkah {t}, yang tidak ada.", n=numbered(sop.steps[row], row), t=within),
        _CLEAR,
    )


def _circle(sop: Sop, circle: tuple[int, ...]) -> Hit:
    if len(circle) == 1:
        message = say("Langkah {n} disebut di dalam dirinya sendiri.", n=numbers(sop, circle))
    else:
        message = say("Langkah {rows} saling memuat lewat kolom dalam.", rows=numbers(sop, circle))
    return Hit(("langkah", circle[0], "dalam"), message, _CLEAR)


def _too_long(sop: Sop, host: int, inner: tuple[int, ...], hours: WorkHours) -> Iterator[Hit]:
    outer = span_of(sop.steps[host].time, hours)
    if outer is None or outer.high is None:
        return
    spans = {row: span for row in inner if (span := span_of(sop.steps[row].time, hours)) is not None}
    most = {row: span.high if span.high is not None else span.low for row, span in spans.items()}
    longer = [row for row, value in most.items() if value > outer.high]
    for row in longer:
        yield _longer(sop, row, host)
    total = sum(most.values(), Fraction(0))
    if not longer and total > outer.high:
        yield _sum(sop, host, tuple(most), describe_hours(total, hours))


def _longer(sop: Sop, row: int, host: int) -> Hit:
    inside, outside = sop.steps[row].time, sop.steps[host].time
    return Hit(
        ("langkah", row, "waktu"),
        say(
            "Langkah {n} ({t}) lebih lama daripada langkah {host} ({u}), yang memuatnya.",
            n=numbered(sop.steps[row], row),
            t=inside.text if inside is not None else "",
            host=numbered(sop.steps[host], host),
            u=outside.text if outside is not None else "",
        ),
        say("Perbaiki salah satu waktunya, atau kosongkan dalam bila langkah itu tidak terjadi di dalamnya."),
        related=(Pointer(("langkah", host, "waktu"), say("langkah yang memuat")),),
    )


def _sum(sop: Sop, host: int, rows: tuple[int, ...], total: str) -> Hit:
    time = sop.steps[host].time
    return Hit(
        ("langkah", host, "waktu"),
        say(
            "Langkah {rows} di dalam langkah {n} berjumlah {total}, lebih lama daripada {t}.",
            rows=numbers(sop, rows),
            n=numbered(sop.steps[host], host),
            total=total,
            t=time.text if time is not None else "",
        ),
        say(
            "Perpanjang waktu langkah itu, atau kurangi waktu langkah di dalamnya. Biarkan bila langkah di dalamnya "
            "berjalan bersamaan."
        ),
        severity=Severity.INFO,
        related=tuple(Pointer(("langkah", row, "waktu"), say("ikut dijumlahkan")) for row in rows),
    )


RULE = Rule(
    code="DUR-11",
    name="waktu-di-dalam-tidak-muat",
    severity=Severity.WARNING,
    summary=say("Langkah di dalam langkah lain yang tidak muat atau tidak ada"),
    source="konvensi",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
