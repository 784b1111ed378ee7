"""Prosedur bertentangan dengan undang-undang.

Apa: SOP tidak mengatur hal yang menurut undang-undang dilakukan dengan cara lain, seperti pemilihan Pimpinan DPRD.
Mengapa: Pimpinan DPRD tidak dipilih; kursinya diisi partai menurut urutan perolehan kursi. SOP yang mengatur pemilihan
    tidak dapat dijalankan.
Salah: Proses Pemilihan Pimpinan DPRD: pemilihan dilakukan melalui pemungutan suara
Benar: Fasilitasi Pengusulan dan Peresmian Pimpinan DPRD: menyampaikan usul partai politik kepada kepala daerah
Sumber: UU 23/2014 Pasal 164 ayat (2), pimpinan DPRD kabupaten/kota. Pimpinan komisi, badan, dan panitia khusus memang
    dipilih dari dan oleh anggotanya.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.prose import texts

_LEADERS = (
    r"(?:unsur\s+)?(?:pimpinan|(?:wakil\s+)?ketua)\s+(?:dewan(?!\s+pe)|dprd|dewan\s+perwakilan\s+rakyat\s+daerah)\b"
)
_ELECTION = re.compile(
    rf"\b(?:pemilihan|memilih|pemungutan\s+suara(?:\s+\w+){{0,3}})\s+(?:calon\s+)?{_LEADERS}|{_LEADERS}\s+(?:dipilih|terpilih)\b",
    re.IGNORECASE,
)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit, at the first text that has the leaders of the council elected; the others are related places."""
    if not any(word in ctx.prose for word in ("pemilihan", "memilih", "pemungutan", "dipilih", "terpilih")):
        return
    places: list[DataPath] = [path for path, text in _every(sop) if _ELECTION.search(text)]
    if not places:
        return
    yield Hit(
        places[0],
        say("Pimpinan DPRD tidak dipilih: kursinya diisi partai politik menurut urutan perolehan kursi."),
        say("Ganti dengan SOP pengusulan dan peresmian Pimpinan DPRD menurut usul partai politik."),
        related=tuple(Pointer(path, say("juga di sini")) for path in places[1:]),
    )


def _every(sop: Sop) -> Iterator[tuple[DataPath, str]]:
    """What the SOP itself lays down; the name of another SOP under *keterkaitan* is that SOP's matter."""
    yield from (pair for pair in texts(sop) if pair[0][0] != "keterkaitan")
    yield ("tujuan",), sop.purpose


RULE = Rule(
    code="NAR-03",
    name="bertentangan-undang-undang",
    severity=Severity.WARNING,
    summary=say("Prosedur bertentangan dengan undang-undang"),
    source="UU 23/2014 Pasal 164 ayat (2)",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
