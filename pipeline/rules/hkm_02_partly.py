"""Dasar hukum dicabut sebagian untuk urusan DPRD.

Apa: Ketentuan DPRD dalam UU 17/2014 sudah dicabut UU 23/2014.
Mengapa: UU 17/2014 masih berlaku bagi MPR, DPR, dan DPD, tetapi tidak lagi bagi DPRD.
Salah: Undang-Undang Nomor 17 Tahun 2014 sebagai dasar SOP Sekretariat DPRD
Benar: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Sumber: UU 23/2014 Pasal 409 huruf d.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_MD3 = "UU 17/2014"
_SINCE = 2014


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation of UU 17/2014 without the law on regional government beside it."""
    cited = {citation.short for citation in ctx.citations if citation.complete}
    if "DPRD" not in ctx.office.unit.upper() or "UU 23/2014" in cited or ctx.day.year < _SINCE:
        return
    for index, citation in enumerate(ctx.citations):
        if citation.complete and citation.short == _MD3:
            yield Hit(
                ("dasar_hukum", index),
                say(
                    id="Ketentuan DPRD dalam UU 17/2014 (Pasal 314-412, 418-421) sudah dicabut UU 23/2014.",
                    en="The provisions on councils in UU 17/2014 (art. 314-412, 418-421) were revoked by UU 23/2014.",
                ),
                say(
                    id="Ganti dengan {new}.",
                    en="Replace it by {new}.",
                    new=ctx.register.long("UU 23/2014"),
                ),
            )


RULE = Rule(
    code="HKM-02",
    name="dicabut-sebagian",
    severity=Severity.WARNING,
    summary=say(
        id="Dasar hukum dicabut sebagian untuk urusan DPRD", en="The part of a legal basis on councils was revoked"
    ),
    source="UU 23/2014 Pasal 409 huruf d",
    doc=__doc__,
    check=check,
)
