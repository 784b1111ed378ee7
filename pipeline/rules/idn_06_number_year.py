"""Tahun pada nomor berbeda dengan tanggal SOP.

Apa: Tahun di akhir nomor sama dengan tahun Tanggal Pembuatan, Revisi, atau Efektif.
Mengapa: Tahun yang berbeda biasanya sisa salinan SOP lama.
Salah: nomor 000.8.3.3/006/2021 dengan tanggal efektif 2 Januari 2023
Benar: nomor 000.8.3.3/006/2023 dengan tanggal efektif 2 Januari 2023
Sumber: Konvensi penomoran naskah dinas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*$")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit when the number ends in a year that none of the dates has."""
    match = _YEAR.search(sop.number)
    years = sorted({day.year for day in (sop.created, sop.revised, sop.effective) if day is not None})
    if match is None or not years or int(match[1]) in years:
        return
    yield Hit(
        ("nomor",),
        say("Nomor menyebut tahun {n}, sedangkan tanggal SOP tahun {d}.", n=match[1], d=", ".join(map(str, years))),
        say("Samakan tahun pada nomor dengan tahun penetapan, atau perbaiki tanggalnya."),
    )


RULE = Rule(
    code="IDN-06",
    name="tahun-nomor",
    severity=Severity.WARNING,
    summary=say("Tahun pada nomor berbeda dengan tanggal SOP"),
    source="Konvensi penomoran naskah dinas",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
