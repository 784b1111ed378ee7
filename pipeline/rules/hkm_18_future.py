"""Peraturan lebih muda daripada SOP.

Apa: Tahun peraturan tidak sesudah tahun Tanggal Efektif SOP.
Mengapa: Peraturan yang belum ada tidak dapat menjadi dasar; tahun atau tanggalnya salah ketik.
Salah: PP Nomor 12 Tahun 2081 pada SOP tahun 2023
Benar: PP Nomor 12 Tahun 2018 pada SOP tahun 2023
Sumber: UU 12/2011 Lampiran II angka 42.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation of a later year than the SOP's own date, or than today for one without date."""
    limit = (sop.date or ctx.facts.today).year
    for index, citation in enumerate(ctx.citations):
        if citation.year is None or citation.year <= limit or limit <= 1:
            continue
        yield Hit(
            ("dasar_hukum", index),
            say(
                id="Peraturan tahun {y} lebih muda daripada SOP (tahun {d}).",
                en="A regulation of {y} is younger than the SOP ({d}).",
                y=citation.year,
                d=limit,
            ),
            say(
                id="Periksa tahun peraturan dan tanggal SOP; salah satu keliru.",
                en="Check the year of the regulation and the date of the SOP; one of them is wrong.",
            ),
        )


RULE = Rule(
    code="HKM-18",
    name="peraturan-belum-ada",
    severity=Severity.ERROR,
    summary=say(id="Peraturan lebih muda daripada SOP", en="A regulation is younger than the SOP"),
    source="UU 12/2011 Lampiran II angka 42",
    doc=__doc__,
    check=check,
)
