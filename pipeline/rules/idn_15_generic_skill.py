"""Kualifikasi hanya umum.

Apa: Sedikitnya satu kualifikasi menyebut kemampuan khusus untuk kegiatan ini.
Mengapa: "Memahami tugas dan fungsi" berlaku bagi setiap pegawai dan tidak membantu memilih pelaksana.
Salah: kualifikasi_pelaksana: [Memahami tupoksi, Mampu mengoperasikan komputer]
Benar: kualifikasi_pelaksana: [Memahami tata cara pelaksanaan reses, Mampu mengoperasikan komputer]
Sumber: PermenPAN-RB 35/2012, unsur identitas: kualifikasi pelaksana.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.foreign import foreign_subject
from pipeline.rules.identity_words import kind, spoken
from pipeline.rules.vocabulary import words


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit when every qualification is one that any employee has, or is for other work (IDN-14)."""
    if not sop.qualifications or not all(spoken(text) for text in sop.qualifications):
        return
    special = [text for text in sop.qualifications if not _is_generic(text)]
    if not all(foreign_subject(text, sop) for text in special):
        return
    yield Hit(
        ("kualifikasi_pelaksana",),
        say("Kualifikasi hanya kemampuan umum; tidak satu pun khusus untuk kegiatan ini."),
        say('Tambahkan kemampuan yang diperlukan kegiatan ini, misalnya "Memahami tata cara ...".'),
    )


def _is_generic(text: str) -> bool:
    return all(word in _general() or len(word) < 2 for word in spoken(text))


@cache
def _general() -> frozenset[str]:
    return kind("skill") | words("generic") | words("function")


RULE = Rule(
    code="IDN-15",
    name="kualifikasi-umum",
    severity=Severity.INFO,
    summary=say("Kualifikasi hanya umum"),
    source="PermenPAN-RB 35/2012, unsur identitas: kualifikasi pelaksana",
    doc=__doc__,
    check=check,
)
