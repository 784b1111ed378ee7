"""Dasar hukum tanpa nomor, tahun, atau judul.

Apa: Setiap dasar hukum memuat jenis, nomor, tahun, dan "tentang".
Mengapa: Tanpa itu peraturannya tidak dapat ditemukan dan tidak dapat diperiksa.
Salah: Peraturan Gubernur Nomor ... Tahun ... tentang ...
Benar: Peraturan Pemerintah Nomor 12 Tahun 2018 tentang Pedoman Penyusunan Tata Tertib DPRD
Sumber: UU 12/2011 Lampiran II tentang dasar hukum.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, joined, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import suggestion
from pipeline.rules.citations import Citation
from pipeline.rules.titles import titled

_UNNUMBERED = frozenset(("UUD",))


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation that lacks a part or holds a placeholder; an unknown kind of text only lacks a number."""
    for index, citation in ctx.cited:
        missing = _missing(citation)
        if missing or citation.placeholder:
            yield Hit(("dasar_hukum", index), _message(missing), _help(sop, ctx, index, citation))


def _message(missing: list[Message]) -> Message:
    parts = missing or [say("masih berisi tempat isian")]
    told = joined(", ", parts)
    return say("Dasar hukum ini belum lengkap: {m}.", m=told)


def _help(sop: Sop, ctx: Context, index: int, citation: Citation) -> Message:
    """The whole citation where the register knows it, by its number or by its title."""
    known = ctx.register.find(citation) if citation.complete else None
    if known is not None and known.about:
        return say('Tulis "{t}"', t=suggestion(sop, ctx, index, citation))
    alike = titled(ctx.register, citation.about, citation.kind) if citation.about and not citation.complete else None
    if alike is not None:
        return say('Mungkin yang dimaksud "{t}". Pastikan di JDIH.', t=alike.long)
    return say('Tulis "Jenis Nomor ... Tahun ... tentang ..." lengkap; cari di JDIH bila belum diketahui.')


def _missing(citation: Citation) -> list[Message]:
    if citation.kind in _UNNUMBERED:
        return []
    missing = []
    if not citation.number:
        missing.append(say("tanpa nomor"))
    if citation.year is None:
        missing.append(say("tanpa tahun"))
    if not citation.about:
        missing.append(say("tanpa judul (tentang ...)"))
    return missing


RULE = Rule(
    code="HKM-05",
    name="dasar-hukum-tidak-lengkap",
    severity=Severity.ERROR,
    summary=say("Dasar hukum tanpa nomor, tahun, atau judul"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
