"""Nomor diketik di awal butir.

Apa: Butir dasar hukum, kualifikasi pelaksana, peralatan, pencatatan, keterkaitan, dan peringatan ditulis tanpa nomor,
huruf, atau tanda butir di depannya.
Mengapa: Formulir menomori butir itu sendiri, sehingga nomor yang diketik tercetak dua kali: "1. 1. Undang-Undang".
Salah: dasar_hukum: 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Benar: dasar_hukum: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Sumber: Konvensi templat: nomor butir diberikan oleh formulir, bukan oleh penulis; karena itu peringatan. Butir di
bawah kalimat yang berakhir dengan titik dua tidak dinilai.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule

_MARK = re.compile(
    r"(?:(?P<number>\d{1,2})(?:[.)]\s+|[.)](?=[A-Z]))|(?P<letter>[a-z])(?:[.)]\s+|\)(?=[A-Z]))"
    r"|(?P<sign>[-\u2013\u2022\u25aa\u00b7*])\s*(?=[^\W\d_]))(?=\w)"
)
_FURTHER = re.compile(r"[;\n]\s*(?:\d{1,2}[.)]|[a-z][.)]|[-\u2022])\s")
"""Another number within the item, which then holds several: taking the first away would leave the others."""

_HELP = say("Hapus nomor, huruf, atau tanda di awal butir: formulir menomori sendiri.")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per list of which items begin with a number of the list, a letter or a bullet."""
    for key, items in (
        ("dasar_hukum", sop.legal_basis),
        ("kualifikasi_pelaksana", sop.qualifications),
        ("keterkaitan", sop.related),
        ("peralatan", sop.equipment),
        ("peringatan", sop.warnings),
        ("pencatatan", sop.records),
    ):
        marks = {index: mark for index, text in enumerate(items) if (mark := _MARK.match(text))}
        if marks and _numbers(items, marks):
            yield _hit(key, items, marks)


def _numbers(items: tuple[str, ...], marks: dict[int, re.Match[str]]) -> bool:
    """Are these surely the list's own numbers: several of them, or one that is right, and none of a list within?"""
    if any(index - 1 not in marks and items[index - 1].rstrip().endswith(":") for index in marks if index):
        return False
    return len(marks) > 1 or any(_stands_for(mark, index, len(items)) for index, mark in marks.items())


def _stands_for(mark: re.Match[str], index: int, count: int) -> bool:
    """Is this the number or letter of the item at ``index``, or a bullet before the only one?"""
    if mark["sign"]:
        return count == 1
    return index == (int(mark["number"]) - 1 if mark["number"] else ord(mark["letter"]) - ord("a"))


def _hit(key: str, items: tuple[str, ...], marks: dict[int, re.Match[str]]) -> Hit:
    first, mark = next(iter(marks.items()))
    several = len({mark.lastgroup for mark in marks.values()}) > 1
    sure = not several and not any(_FURTHER.search(items[index]) for index in marks)
    return Hit(
        (key,) if len(marks) > 1 else (key, first),
        _message(first + 1, len(marks), mark.group().strip()),
        _HELP,
        span=None if len(marks) > 1 else mark.span(),
        fixes=tuple(Replacement((key, at), "", each.span()) for at, each in marks.items()) if sure else (),
    )


def _message(item: int, count: int, mark: str) -> Message:
    if count == 1:
        return say('Butir {n} diawali "{m}" yang diketik, jadi tercetak dengan dua nomor.', n=item, m=mark)
    return say('{c} butir diawali nomor yang diketik ("{m}"), jadi tercetak dengan dua nomor.', c=count, m=mark)


RULE = Rule(
    code="BHS-07",
    name="nomor-diketik",
    severity=Severity.WARNING,
    summary=say("Nomor diketik di awal butir"),
    source="Konvensi templat: formulir menomori butirnya sendiri",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
    fixable=True,
)
