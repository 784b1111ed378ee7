"""Peraturan daerah lain.

Apa: Peraturan Bupati, Wali Kota, DPRD, dan Perda yang dikutip adalah peraturan daerah sendiri.
Mengapa: Peraturan daerah lain tidak berlaku di sini; biasanya sisa SOP yang disalin.
Salah: Peraturan Bupati Cilacap dalam SOP Kabupaten Banyumas
Benar: Peraturan Bupati Banyumas
Sumber: UU 12/2011 Pasal 8; UU 23/2014 tentang peraturan kepala daerah.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import LOCAL_EXECUTIVE, Citation

_KINDS = ("kabupaten ", "kota ")
_LOCAL = LOCAL_EXECUTIVE | {"Perda", "Peraturan DPRD", "Keputusan DPRD", "Keputusan Sekretaris DPRD"}


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per regulation of another regency or city; a province's may be a basis for both."""
    home = ctx.register.home
    if not home.startswith(_KINDS):
        return
    for index, citation in enumerate(ctx.citations):
        if citation.kind in _LOCAL and _is_foreign(citation, home):
            yield Hit(
                ("dasar_hukum", index),
                say(
                    id="Ini peraturan {r}, sedangkan SOP ini milik {h}.",
                    en="This is a regulation of {r}; the SOP is of {h}.",
                    r=citation.region.title(),
                    h=home.title(),
                ),
                say(
                    id="Ganti dengan peraturan {h} tentang hal yang sama.",
                    en="Replace it by the regulation of {h} on the same matter.",
                    h=home.title(),
                ),
            )


def _is_foreign(citation: Citation, home: str) -> bool:
    region = citation.region
    if not region.startswith(_KINDS):
        return False
    if region == home:
        return False
    # "Peraturan Bupati Banyumas" is of the regency by its kind; "Peraturan Daerah Kota ..." says the kind itself.
    return region.partition(" ")[2].split()[:1] != home.partition(" ")[2].split()[:1] or (
        region.partition(" ")[0] != home.partition(" ")[0]
    )


RULE = Rule(
    code="HKM-16",
    name="peraturan-daerah-lain",
    severity=Severity.ERROR,
    summary=say(id="Peraturan daerah lain", en="A regulation of another region"),
    source="UU 12/2011 Pasal 8",
    doc=__doc__,
    check=check,
)
