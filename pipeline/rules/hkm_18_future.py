"""Peraturan lebih muda daripada SOP.

Apa: Tahun peraturan tidak sesudah tahun Tanggal Efektif SOP atau revisinya yang terakhir, dan bukan tahun yang belum
tiba.
Mengapa: Peraturan yang belum ada tidak dapat menjadi dasar; tahun atau tanggalnya salah ketik.
Salah: PP Nomor 12 Tahun 2081 pada SOP tahun 2023
Benar: PP Nomor 12 Tahun 2018 pada SOP tahun 2023
Sumber: UU 12/2011 Lampiran II angka 42.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation, or amendment it names, of a later year than the SOP's own date, or than today."""
    today = ctx.facts.year
    own = _last_year(sop, today)
    for index, cited in ctx.cited:
        named = cited.amendment.by if cited.amendment is not None else ()
        for citation in (cited, *named):
            message = _message(citation.year, own, today)
            if message is not None:
                yield Hit(("dasar_hukum", index), message, _HELP)
                break


def _last_year(sop: Sop, today: int) -> int:
    """The last year in which the legal basis can have been written; a revision that is only planned is none."""
    if sop.date is None:
        return today
    revised = sop.revised.year if sop.revised is not None else 0
    return revised if sop.date.year < revised <= today else sop.date.year


def _message(year: int | None, own: int, today: int) -> Message | None:
    # A run that does not know today's date (year 1) judges nothing by it.
    if year is None or own <= 1:
        return None
    if year > own:
        return say("Peraturan tahun {y} lebih muda daripada SOP (tahun {d}).", y=year, d=own)
    if year > today > 1:
        return say("Tahun peraturan {y} belum tiba.", y=year)
    return None


_HELP = say("Periksa tahun peraturan dan tanggal SOP; salah satu keliru.")


RULE = Rule(
    code="HKM-18",
    name="peraturan-belum-ada",
    severity=Severity.ERROR,
    summary=say("Peraturan lebih muda daripada SOP"),
    source="UU 12/2011 Lampiran II angka 42",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
