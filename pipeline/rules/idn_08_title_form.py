"""Judul memuat awalan SOP atau titik di akhir.

Apa: Nama SOP ditulis tanpa "Standar Operasional Prosedur (SOP)" di depannya dan tanpa titik di akhir.
Mengapa: Formulir sudah bertuliskan SOP, sehingga judul tercetak ganda.
Salah: STANDAR OPERASIONAL PROSEDUR (SOP) PENYUSUNAN RENSTRA
Benar: Penyusunan Renstra
Sumber: Konvensi penulisan judul.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """At most one hit."""
    title = sop.title.strip()
    bare = bare_title(title).rstrip(".").strip()
    if title in ("", bare):
        return
    yield Hit(
        ("judul",),
        say('Judul "{t}" memuat awalan "SOP" atau titik di akhir.', t=title),
        say('Tulis "{b}" saja.', b=bare),
        fixes=(Replacement(("judul",), bare),) if bare else (),
    )


RULE = Rule(
    code="IDN-08",
    name="judul-berawalan-sop",
    severity=Severity.WARNING,
    summary=say("Judul memuat awalan SOP atau titik di akhir"),
    source="Konvensi penulisan judul",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
    fixable=True,
)
