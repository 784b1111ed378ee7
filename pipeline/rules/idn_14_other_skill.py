"""Kualifikasi menyebut orang, pelaksana, atau pekerjaan lain.

Apa: Kualifikasi berisi kemampuan yang diperlukan semua pelaksana kegiatan ini, bukan nama orang atau jabatan, dan bukan
    kemampuan untuk pekerjaan lain.
Mengapa: Orang berganti, SOP tetap; kemampuan untuk pekerjaan lain adalah sisa berkas yang disalin.
Salah: Bapak Contoh; Kepala Subbagian Umum; kemampuan perencanaan pada SOP reses
Benar: Memahami tata cara pelaksanaan reses
Sumber: PermenPAN-RB 35/2012, unsur identitas: kualifikasi adalah kemampuan umum semua pelaksana.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.office import Official
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.foreign import foreign_subject

_HONORIFIC = re.compile(r"\b(?:Bapak|Bpk\.?|Ibu|Sdr\.?|Sdri\.?|Saudara|Saudari|Drs\.?|Dra\.?)\s+[A-Z][a-z]+|\bNIP\b")
_FEWEST_WORDS = 2
"""A name of one word may be any word."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """At most one hit per qualification."""
    for index, text in enumerate(sop.qualifications):
        told = _person(text, ctx) or _performer(text, ctx) or _foreign(text, sop)
        if told is not None:
            yield Hit(("kualifikasi_pelaksana", index), *told)


def _person(text: str, ctx: Context) -> tuple[Message, Message] | None:
    lower = text.lower()
    named = any(name in lower for name in _names(ctx.office.officials))
    if not named and not _HONORIFIC.search(text):
        return None
    return (
        say('Kualifikasi "{q}" menyebut orang.', q=text),
        say('Tulis kemampuan yang diperlukan, misalnya "Memahami tata naskah dinas".'),
    )


@lru_cache(maxsize=64)
def _names(officials: tuple[Official, ...]) -> tuple[str, ...]:
    """Names of officials without their titles, in lower case."""
    bare = (official.name.partition(",")[0].split() for official in officials)
    plain = ([word for word in words if not word.endswith(".")] for words in bare)
    return tuple(" ".join(words).lower() for words in plain if len(words) >= _FEWEST_WORDS)


def _performer(text: str, ctx: Context) -> tuple[Message, Message] | None:
    if ctx.names.resolve(text) is None:
        return None
    return (
        say('Kualifikasi "{q}" adalah pelaksana, bukan kemampuan.', q=text),
        say("Tulis kemampuan yang diperlukan semua pelaksana; pelaksananya sudah ada pada tabel."),
    )


def _foreign(text: str, sop: Sop) -> tuple[Message, Message] | None:
    word = foreign_subject(text, sop)
    if not word:
        return None
    return (
        say('Kualifikasi "{q}" untuk pekerjaan lain: tidak ada langkah tentang {w}.', q=text, w=word),
        say("Ganti dengan kemampuan untuk kegiatan ini. Periksa apakah butir ini tersalin dari SOP lain."),
    )


RULE = Rule(
    code="IDN-14",
    name="kualifikasi-lain-pokok",
    severity=Severity.WARNING,
    summary=say("Kualifikasi menyebut orang, pelaksana, atau pekerjaan lain"),
    source="PermenPAN-RB 35/2012, unsur identitas: kualifikasi pelaksana",
    doc=__doc__,
    check=check,
)
