"""Peraturan daerah lain.

Apa: Peraturan Bupati, Wali Kota, DPRD, dan Perda yang dikutip adalah peraturan daerah sendiri.
Mengapa: Peraturan daerah lain tidak berlaku di sini; biasanya sisa SOP yang disalin.
Salah: Peraturan Bupati Cilacap dalam SOP Kabupaten Banyumas
Benar: Peraturan Bupati Banyumas
Sumber: UU 12/2011 Pasal 8; UU 23/2014 tentang peraturan kepala daerah.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import is_local

_WITHIN = ("kabupaten ", "kota ")
_PROVINCE = "provinsi "
_ALIKE = 0.85


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per regulation of another region. A province's may be a basis for its regencies and cities as well."""
    home = ctx.register.home
    for index, citation in ctx.cited:
        if is_local(citation) and _is_foreign(citation.region, home):
            yield Hit(
                ("dasar_hukum", index),
                say("Ini peraturan {r}, sedangkan SOP ini milik {h}.", r=citation.region.title(), h=home.title()),
                _help(citation.region, home),
            )


def _is_foreign(region: str, home: str) -> bool:
    if not region or not home.startswith((*_WITHIN, _PROVINCE)) or region == home:
        return False
    if region.startswith(_PROVINCE):
        return home.startswith(_PROVINCE)
    # "Peraturan Daerah Contoh" does not say of which kind the region is.
    return region.startswith(_WITHIN) or region != home.partition(" ")[2]


def _help(region: str, home: str) -> Message:
    from difflib import SequenceMatcher  # for a foreign region only

    if SequenceMatcher(None, region, home).ratio() >= _ALIKE:
        return say(
            "Bila yang dimaksud {h}, perbaiki ejaannya; bila bukan, ganti dengan peraturan {h} tentang hal yang sama.",
            h=home.title(),
        )
    return say("Ganti dengan peraturan {h} tentang hal yang sama.", h=home.title())


RULE = Rule(
    code="HKM-16",
    name="peraturan-daerah-lain",
    severity=Severity.ERROR,
    summary=say("Peraturan daerah lain"),
    source="UU 12/2011 Pasal 8",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
