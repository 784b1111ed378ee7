"""Istilah atau pelaku keliru untuk DPRD.

Apa: Rapat seluruh anggota DPRD disebut Rapat Paripurna; layanan informasi publik dikerjakan PPID, bukan Humas.
Mengapa: "Sidang Paripurna" bukan istilah undang-undang untuk DPRD, dan pemohon informasi harus tahu pejabatnya.
Salah: Hasil pembahasan dibawa ke Sidang Paripurna; Informasi publik dikelola oleh bagian Humas
Benar: Membawa hasil pembahasan ke Rapat Paripurna; Mengelola informasi publik (pelaksana: PPID)
Sumber: UU 23/2014: rapat paripurna. UU 14/2008 Pasal 13: Pejabat Pengelola Informasi dan Dokumentasi (PPID).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import printed, texts

_TERM = re.compile(r"\bsidang\s+paripurna\b", re.IGNORECASE)
_PRESS = re.compile(r"\b(?:(?:sub\.?\s*)?(?:bagian|bag\.)\s+)?(?:humas|hubungan\s+masyarakat)\b", re.IGNORECASE)
_SERVICE = re.compile(
    r"\binformasi\s+publik\b|\b(?:permintaan|permohonan|pemohon|pelayanan|layanan)\s+informasi\b", re.IGNORECASE
)
_OFFICER = re.compile(r"\bPPID\b|\bpejabat\s+pengelola\s+informasi\b", re.IGNORECASE)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per text with the wrong term, and per text that gives information service to public relations."""
    yield from _sessions(sop)
    if "humas" in ctx.prose or "hubungan" in ctx.prose:
        yield from _press_office(sop)


def _press_office(sop: Sop) -> Iterator[Hit]:
    if any(_OFFICER.search(text) for _, text in texts(sop)):
        return  # public relations may well help the officer who is named
    whole = _SERVICE.search(sop.title)
    for path, text in texts(sop):
        match = _PRESS.search(text)
        if match and (whole or _SERVICE.search(text)):
            yield Hit(
                path,
                say('Layanan informasi publik bukan tugas "{m}", melainkan PPID.', m=match.group()),
                say("Tulis PPID (Pejabat Pengelola Informasi dan Dokumentasi) sebagai pelaksananya."),
                source="UU 14/2008 Pasal 13, Pejabat Pengelola Informasi dan Dokumentasi",
            )


def _sessions(sop: Sop) -> Iterator[Hit]:
    for path, text in printed(sop).holding(("paripurna",)):
        match = _TERM.search(text) if path[0] != "dasar_hukum" else None
        if match:
            yield Hit(
                path,
                say('"{m}" bukan istilah untuk DPRD.', m=match.group()),
                say('Tulis "Rapat Paripurna".'),
            )


RULE = Rule(
    code="NAR-04",
    name="istilah-dprd",
    severity=Severity.WARNING,
    summary=say("Istilah atau pelaku keliru untuk DPRD"),
    source="UU 23/2014, rapat paripurna",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
