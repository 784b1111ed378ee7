"""What ``tertib verify`` and ``tertib archive --signed`` find in single PDFs: their codes and how they are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Message, say

Kind = tuple[str, str]
"""Code and name of a finding."""

GONE: Final = ("PDF-01", "hasil-hilang")
CHANGED: Final = ("PDF-02", "hasil-berubah")
OUTDATED: Final = ("PDF-03", "masukan-berubah")
UNREADABLE: Final = ("PDF-04", "pdf-tak-terbaca")
UNKNOWN: Final = ("PDF-05", "pdf-tak-dapat-diperiksa")
ALTERED: Final = ("TTD-11", "berubah-sesudah-ditandatangani")
INVALID: Final = ("TTD-14", "tanda-tangan-tidak-sah")
DIFFERENT: Final = ("TTD-15", "isi-lain-dari-naskah-asli")
UNSIGNED: Final = ("TTD-16", "belum-ditandatangani")
UNTRUSTED: Final = ("TTD-17", "penerbit-tidak-diperiksa")
NO_ORIGINAL: Final = ("TTD-18", "naskah-asli-tidak-dikenal")
TWO_ORIGINALS: Final = ("TTD-19", "naskah-asli-ganda")
TWO_RETURNED: Final = ("TTD-20", "berkas-bertanda-tangan-ganda")
OTHER_SIGNER: Final = ("TTD-21", "penanda-tangan-lain")

ABOUT: Final[tuple[tuple[Kind, Severity, Message], ...]] = (
    (GONE, Severity.ERROR, say("Berkas yang menyertai PDF buatan tertib hilang: DOCX, .ttd.json, atau masukannya")),
    (CHANGED, Severity.ERROR, say("PDF, DOCX, atau .ttd.json bukan lagi yang dibuat tertib")),
    (OUTDATED, Severity.ERROR, say("Masukan berubah sejak PDF dibuat")),
    (UNREADABLE, Severity.ERROR, say("PDF tidak dapat dibaca: kosong, rusak, terkunci sandi, atau bukan PDF")),
    (UNKNOWN, Severity.ERROR, say("PDF yang tidak dapat diperiksa: tidak tercatat dan tidak bertanda tangan")),
    (ALTERED, Severity.ERROR, say("PDF berubah sesudah ditandatangani")),
    (INVALID, Severity.ERROR, say("Tanda tangan elektronik tidak sah")),
    (DIFFERENT, Severity.ERROR, say("Isi PDF yang ditandatangani lain dari naskah aslinya")),
    (UNSIGNED, Severity.ERROR, say("PDF yang kembali belum ditandatangani")),
    (UNTRUSTED, Severity.INFO, say("Penerbit sertifikat penanda tangan tidak diperiksa")),
    (NO_ORIGINAL, Severity.ERROR, say("Naskah asli dari PDF yang ditandatangani tidak dikenal")),
    (TWO_ORIGINALS, Severity.ERROR, say("PDF yang ditandatangani cocok dengan beberapa naskah asli")),
    (TWO_RETURNED, Severity.ERROR, say("Beberapa PDF bertanda tangan untuk satu naskah asli")),
    (OTHER_SIGNER, Severity.WARNING, say("Penanda tangan lain dari yang ditetapkan di naskah asli")),
)
"""Every code with its severity and what it is found for, for the catalogue."""

_SEVERITIES: Final = {kind: severity for kind, severity, _ in ABOUT}


def finding(kind: Kind, file: str, message: Message, remedy: Message) -> Finding:
    """A finding on ``file`` (as people are told it)."""
    code, name = kind
    return Finding(code, name, _SEVERITIES[kind], message, remedy, Place(file))


def told_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """``findings`` without remarks that say the same of another file: what to do about them is one thing."""
    kept: list[Finding] = []
    said: set[Message] = set()
    for found in findings:
        if found.severity is Severity.INFO and found.message in said:
            continue
        said.add(found.message)
        kept.append(found)
    return tuple(kept)
