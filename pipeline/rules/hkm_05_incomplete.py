"""Dasar hukum tanpa nomor, tahun, atau judul.

Apa: Setiap dasar hukum memuat jenis, nomor, tahun, dan "tentang".
Mengapa: Tanpa itu peraturannya tidak dapat ditemukan dan tidak dapat diperiksa.
Salah: Peraturan Gubernur Nomor ... Tahun ... tentang ...
Benar: Peraturan Pemerintah Nomor 12 Tahun 2018 tentang Pedoman Penyusunan Tata Tertib DPRD
Sumber: UU 12/2011 Lampiran II tentang dasar hukum.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import Citation

_UNNUMBERED = frozenset(("UUD",))


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation that lacks a part or holds a placeholder; an unknown kind of text only lacks a number."""
    for index, citation in enumerate(ctx.citations):
        missing = _missing(citation)
        if not missing and not citation.placeholder:
            continue
        yield Hit(
            ("dasar_hukum", index),
            say(
                id="Dasar hukum ini belum lengkap: {m}.",
                en="This legal basis is not complete: {e}.",
                m=", ".join(part for part, _ in missing) or "masih berisi tempat isian",
                e=", ".join(part for _, part in missing) or "it still holds a placeholder",
            ),
            say(
                id='Tulis "Jenis Nomor ... Tahun ... tentang ..." lengkap; cari di JDIH bila belum diketahui.',
                en='Write kind, "Nomor", "Tahun" and "tentang" in full; the legal database (JDIH) has them.',
            ),
        )


def _missing(citation: Citation) -> list[tuple[str, str]]:
    if citation.kind in _UNNUMBERED:
        return []
    missing = []
    if not citation.number:
        missing.append(("tanpa nomor", "no number"))
    if citation.year is None:
        missing.append(("tanpa tahun", "no year"))
    if not citation.about:
        missing.append(("tanpa judul (tentang ...)", "no subject (tentang ...)"))
    return missing


RULE = Rule(
    code="HKM-05",
    name="dasar-hukum-tidak-lengkap",
    severity=Severity.ERROR,
    summary=say(id="Dasar hukum tanpa nomor, tahun, atau judul", en="A legal basis lacks its number, year or subject"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
)
