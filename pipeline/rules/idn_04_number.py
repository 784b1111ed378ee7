"""Nomor SOP berspasi atau tidak lengkap.

Apa: Nomor SOP ditulis tanpa spasi di dalamnya, tanpa bagian kosong, dan tidak berakhir dengan garis miring.
Mengapa: Nomor adalah kunci arsip; nomor yang ditulis berbeda-beda tidak dapat ditemukan kembali.
Salah: 800/ 006.4  / 2023
Benar: 000.8.3.3/006/2023
Sumber: Tata naskah dinas daerah; catatan pemeriksa atas SOP Sekretariat DPRD. Nomor yang tidak mengikuti `pola_nomor`
    dalam kantor.yaml menjadi peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule

_BLANKS = re.compile(r"(?<=[/.-])\s+(?=\S)|(?<=\S)\s+(?=[/.-])")
_LONGEST = 80
"""Nobody numbers so, and patterns take long on long texts."""
_ANY_BLANKS = re.compile(r"\s+")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """At most one hit: what is wrong with the shape of the number."""
    number = sop.number
    if not number.strip():
        return
    fault = _fault(number.strip())
    if fault is not None:
        tidy = re.sub(r"\s*/\s*", "/", " ".join(number.split())).strip("/")
        yield Hit(
            ("nomor",),
            fault,
            say('Tulis tanpa spasi dan lengkap, misalnya "{tidy}".', tidy=tidy.replace(" ", "")),
            fixes=tuple(_fixes(number)),
        )
        return
    if ctx.office.number_pattern and not _matches(ctx.office.number_pattern, number):
        yield Hit(
            ("nomor",),
            say('Nomor "{n}" tidak mengikuti pola nomor kantor.', n=number),
            say("Sesuaikan nomor, atau perbaiki `pola_nomor` di kantor.yaml ({p}).", p=ctx.office.number_pattern),
            severity=Severity.WARNING,
        )


def _fixes(number: str) -> Iterator[Replacement]:
    """Blanks beside a slash, a full stop or a hyphen are left out; none where others or empty parts stay."""
    blanks = list(_BLANKS.finditer(number))
    if len(blanks) == len(_ANY_BLANKS.findall(number)) and not re.search(r"^\s*/|/\s*/|/\s*$", number):
        yield from (Replacement(("nomor",), "", blank.span()) for blank in blanks)


def _fault(number: str) -> Message | None:
    if number.endswith("/") or number.startswith("/") or re.search(r"/\s*/", number):
        return say('Nomor SOP "{n}" mempunyai bagian yang kosong.', n=number)
    if re.search(r"\s", number):
        return say('Nomor SOP "{n}" memuat spasi.', n=number)
    return None


def _matches(pattern: str, number: str) -> bool:
    if len(number) > _LONGEST:
        return False
    try:
        return re.fullmatch(pattern, number) is not None
    except re.error:
        return True  # an unusable pattern is the reader's finding


RULE = Rule(
    code="IDN-04",
    name="nomor-berspasi",
    severity=Severity.ERROR,
    summary=say("Nomor SOP berspasi atau tidak lengkap"),
    source="Tata naskah dinas daerah",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
