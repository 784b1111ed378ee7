"""Rujukan tidak ada dalam keterkaitan.

Apa: SOP yang dirujuk sebuah langkah juga disebut dalam keterkaitan.
Mengapa: Keterkaitan di halaman identitas memuat semua SOP yang diperlukan pembaca; rujukan yang tidak ada di sana
    tidak tercari.
Salah: langkah 4 rujukan SOP Penyusunan Renstra, keterkaitan: -
Benar: langkah 4 rujukan SOP Penyusunan Renstra, keterkaitan: SOP Penyusunan Renstra
Sumber: PermenPAN-RB 35/2012, unsur identitas: keterkaitan. Bahwa setiap rujukan juga ada di sana adalah konvensi,
    karena itu peringatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import bare_title, fold, sop_name
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import names_itself, numbered


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per step and SOP it refers to that is not among the related ones; the SOP itself is left to IDN-10."""
    listed = {fold(bare_title(related)) for related in sop.related}
    for row, step in enumerate(sop.steps):
        for name in step.references:
            if fold(bare_title(name)) in listed or names_itself(name, sop.title):
                continue
            yield Hit(
                ("langkah", row, "rujukan"),
                say('Langkah {n} merujuk "{r}", yang tidak ada dalam keterkaitan.', n=numbered(step, row), r=name),
                say('Tambahkan "{s}" ke keterkaitan, atau samakan namanya.', s=sop_name(name)),
            )


RULE = Rule(
    code="ALR-11",
    name="rujukan-tanpa-keterkaitan",
    severity=Severity.WARNING,
    summary=say("SOP yang dirujuk sebuah langkah tidak ada dalam keterkaitan"),
    source="PermenPAN-RB 35/2012, unsur identitas: keterkaitan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
