"""Dasar hukum tentang bentuk SOP tidak ada.

Apa: Dasar Hukum memuat PermenPAN-RB 35/2012 atau Permendagri 52/2011.
Mengapa: Keduanya mengatur bentuk SOP; banyak pemeriksa mensyaratkannya.
Salah: hanya peraturan tentang pokok SOP
Benar: ... Peraturan Menteri PAN dan RB Nomor 35 Tahun 2012 tentang Pedoman Penyusunan SOP AP
Sumber: PermenPAN-RB 35/2012; Permendagri 52/2011.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_FORMS = frozenset(("PermenPAN-RB 35/2012", "Permendagri 52/2011"))


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One note when neither is cited."""
    if not ctx.citations or any(c.complete and c.short in _FORMS for c in ctx.citations):
        return
    yield Hit(
        ("dasar_hukum",),
        say(
            id="Dasar hukum tentang bentuk SOP belum disebut.",
            en="The legal basis of the form of an SOP is not cited.",
        ),
        say(
            id="Pertimbangkan menambah {law}.",
            en="Consider adding {law}.",
            law=ctx.register.long("PermenPAN-RB 35/2012"),
        ),
    )


RULE = Rule(
    code="HKM-12",
    name="tanpa-dasar-bentuk",
    severity=Severity.INFO,
    summary=say(id="Dasar hukum tentang bentuk SOP tidak ada", en="The legal basis of the form is missing"),
    source="PermenPAN-RB 35/2012; Permendagri 52/2011",
    doc=__doc__,
    check=check,
)
