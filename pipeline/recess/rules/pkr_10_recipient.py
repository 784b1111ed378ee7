"""Usulan hibah atau bantuan sosial tanpa penerima.

Apa: Usulan hibah, bantuan sosial, atau bantuan bagi lembaga (rumah ibadah, pesantren, yayasan, kelompok) menyebut
    penerimanya di kolom `penerima`.
Mengapa: Hibah dan bantuan sosial memerlukan proposal dan kedudukan hukum penerima; keduanya diperiksa sejak awal.
Salah: Hibah untuk masjid, penerima kosong
Benar: Hibah untuk masjid, penerima Takmir Masjid Contoh
Sumber: Konvensi; isian proposal pada usulan SIPD. Dikenali dari kata-katanya, jadi hanya catatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned

_GRANT = re.compile(r"\b(?:hibah|dihibahkan|bansos|bantuan (?:sosial|dana|uang))\b")
_RECEIVERS = (
    r"masjid|mesjid|mushola|musholla|musala|langgar|gereja|pura|vihara|wihara|klenteng|kelenteng|pesantren|ponpes"
    r"|majelis taklim|majlis taklim|madin|tpq|yayasan|lembaga|ormas|organisasi|karang taruna|paguyuban|sanggar"
    r"|kelompok|poktan|gapoktan|kwt|kube|koperasi|panti"
)
_HELP = re.compile(rf"\b(?:bantuan|stimulan|dana)\b.*\b(?:{_RECEIVERS})\b")
_WORSHIP = re.compile(
    r"\b(?:pembangunan|rehab|rehabilitasi|renovasi|perbaikan) (?:\w+ )?"
    r"(?:masjid|mesjid|mushola|musholla|musala|gereja|pura|vihara|wihara|klenteng|kelenteng|pesantren|ponpes|madin|tpq)\b"
)
_ABOUT = re.compile(
    r"\b(?:pendataan|data|dtks|dtsen|tepat sasaran|sosialisasi|pengawasan|keluhan|penyaluran|penerima)\b"
)
"""These speak of the aid that there is."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each grant without a receiver."""
    found = Gathered()
    count = 0
    for index, row in planned(ctx):
        if is_grant(ctx.plain[index]):
            count += 1
            if not row.recipient.strip(" -–"):
                found.add("penerima", row, _hit, ctx)
    yield from found.hits(count)


def is_grant(plain: str) -> bool:
    """Does a squashed text ask for a grant or social aid?"""
    if _GRANT.search(plain) or _HELP.search(plain):
        return _ABOUT.search(plain) is None
    return _WORSHIP.search(plain) is not None


def _hit(ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "penerima"),
        say("usulan hibah atau bantuan ini tanpa penerima"),
        say("Isi `penerima`, dan siapkan proposal serta bukti kedudukan hukum penerimanya."),
    )


RULE = Rule(
    code="PKR-10",
    name="hibah-tanpa-penerima",
    severity=Severity.INFO,
    about=say("Usulan hibah atau bantuan sosial tanpa penerima."),
    source="konvensi; isian usulan pokok-pokok pikiran DPRD (SIPD)",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
