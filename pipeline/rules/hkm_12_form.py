"""Dasar hukum tentang bentuk SOP tidak ada.

Apa: Dasar Hukum memuat PermenPAN-RB 35/2012, Permendagri 52/2011, atau pedoman SOP daerah sendiri.
Mengapa: Keduanya mengatur bentuk SOP; banyak pemeriksa mensyaratkannya.
Salah: hanya peraturan tentang pokok SOP
Benar: ... Peraturan Menteri PAN dan RB Nomor 35 Tahun 2012 tentang Pedoman Penyusunan SOP AP
Sumber: PermenPAN-RB 35/2012; Permendagri 52/2011. Kelaziman: daerah yang tidak mensyaratkannya mematikan aturan ini
dengan aturan.abaikan di kantor.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_FORMS = frozenset(("PermenPAN-RB 35/2012", "Permendagri 52/2011"))
_SOP = re.compile(r"\bSOP\b")


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit when neither is cited, nor the region's or agency's own guide to SOPs."""
    if not ctx.citations or ctx.cited_shorts & _FORMS or any(_is_guide(c.about) for _, c in ctx.cited):
        return
    yield Hit(
        ("dasar_hukum",),
        say("Dasar hukum tentang bentuk SOP belum disebut."),
        say(
            'Pertimbangkan menambah "{law}", atau peraturan daerah Anda tentang pedoman SOP.',
            law=ctx.register.long("PermenPAN-RB 35/2012"),
        ),
    )


def _is_guide(about: str) -> bool:
    lower = about.lower()
    return (
        "standar operasional prosedur" in lower or "standar prosedur operasional" in lower or bool(_SOP.search(about))
    )


RULE = Rule(
    code="HKM-12",
    name="tanpa-dasar-bentuk",
    severity=Severity.WARNING,
    summary=say("Dasar hukum tentang bentuk SOP tidak ada"),
    source="PermenPAN-RB 35/2012; Permendagri 52/2011",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
