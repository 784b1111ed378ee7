"""Keterkaitan menyebut SOP yang tidak ada di kantor.

Apa: Setiap SOP pada keterkaitan ada di antara SOP kantor itu, dengan judul yang sama.
Mengapa: Pembaca mencari SOP yang terkait; judul yang berbeda atau SOP yang belum ada tidak akan ditemukan.
Salah: SOP Pelaksanan Resess, sedangkan judul SOP kantor Pelaksanaan Reses
Benar: SOP Pelaksanaan Reses
Sumber: PermenPAN-RB 35/2012, unsur identitas: keterkaitan. Bila tidak ada judul yang mirip, menjadi catatan: SOP itu
    mungkin hanya ada di atas kertas atau milik unit lain. Tidak diperiksa bila hanya satu SOP yang ada, atau bila ada
    SOP lain yang judulnya tidak terbaca.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.model.finding import Confidence, Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.model.naming import bare_title, fold
from pipeline.rules.base import Hit, Pointer, Rule
from pipeline.rules.shapes import names_itself

_ELSEWHERE = re.compile(
    r"\b(?:dinas|inspektorat|bappeda|bapperida|bkd|bkpsdm|bpkad|bkad|setda|sekretariat daerah|kecamatan|kelurahan|opd"
    r"|skpd|pemda|kementerian|bagian (?:hukum|organisasi|umum setda|pengadaan))\b",
    re.IGNORECASE,
)
"""The SOP of another office is not in the register of this one."""
_WORD = re.compile(r"\w{3,}")
_NUMBER = re.compile(r"\d[\w.\-/]*\d")
_NEAR = 0.8
"""Least likeness of two words, from 0 to 1, at which one is taken for a slip of the other."""
_MOST_SLIPS = 2
_MOST_TOLD = 4
_MOST = 40
"""Titles looked at for a likeness."""


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit per related SOP whose title is like one of the office's, and one per name that is like none of them."""
    if len(items) < 2 or any(item.sop is None or not item.sop.title.strip() for item in items):
        return
    register = _Register(items)
    unknown: dict[str, list[tuple[int, int, str]]] = {}
    for index, place, name in _unresolved(items, register):
        near = register.nearest(name, index)
        if near is None:
            unknown.setdefault(fold(bare_title(name)), []).append((index, place, name))
        else:
            yield _misspelled(name, index, place, near, items)
    for places in unknown.values():
        yield _unknown(places)


def _unresolved(items: Sequence[SopInput], register: _Register) -> Iterator[tuple[int, int, str]]:
    for index, item in enumerate(items):
        for place, name in enumerate(item.sop.related if item.sop is not None else ()):
            key = fold(bare_title(name))
            if not key or _ELSEWHERE.search(name) or register.knows(name, key):
                continue
            if item.sop is not None and not names_itself(name, item.sop.title):
                yield index, place, name


def _message(name: str) -> Message:
    return say('"{name}" tidak ada di antara SOP kantor ini.', name=name)


def _misspelled(name: str, index: int, place: int, near: int, items: Sequence[SopInput]) -> Hit:
    sop = items[near].sop
    return Hit(
        ("keterkaitan", place),
        _message(name),
        say(
            'Mungkin maksudnya "SOP {title}"? Samakan judulnya.', title=bare_title(sop.title) if sop is not None else ""
        ),
        related=(Pointer(("judul",), say("judul yang mirip"), near),),
        item=index,
    )


def _unknown(places: Sequence[tuple[int, int, str]]) -> Hit:
    """Told once for all the SOPs that name it: where it is missing is not in any one of them."""
    (index, place, name), *more = places
    here = say("disebut juga di sini")
    return Hit(
        ("keterkaitan", place),
        _message(name),
        say("Samakan dengan judul SOP yang dimaksud, atau tambahkan SOP itu. Milik unit lain: tulis nama unitnya."),
        severity=Severity.INFO,
        related=tuple(Pointer(("keterkaitan", at), here, other) for other, at, _ in more[:_MOST_TOLD]),
        item=index,
    )


class _Register:
    """Titles and numbers of an office; titles also by their words, to look at few of them for a likeness."""

    def __init__(self, items: Sequence[SopInput]) -> None:
        self._titles = [bare_title(item.sop.title) if item.sop is not None else "" for item in items]
        self._keys = {fold(title) for title in self._titles}
        self._numbers = {fold(item.sop.number) for item in items if item.sop is not None}
        self._words: dict[str, list[int]] = {}
        for index, title in enumerate(self._titles):
            for word in set(_words(title)):
                self._words.setdefault(word, []).append(index)
        self._found: dict[tuple[str, str], int | None] = {}

    def knows(self, name: str, key: str) -> bool:
        """Is this the title or the number of an SOP, whatever its capitals and punctuation?"""
        if key in self._keys or key in self._numbers:
            return True
        return any(fold(number) in self._numbers for number in _NUMBER.findall(name) if len(fold(number)) > 4)

    def nearest(self, name: str, besides: int) -> int | None:
        """The SOP, other than ``besides``, whose title is most like ``name``; None when none is near."""
        key = (fold(bare_title(name)), fold(self._titles[besides]))
        if key not in self._found:
            self._found[key] = self._nearest(bare_title(name), besides)
        return self._found[key]

    def _nearest(self, name: str, besides: int) -> int | None:
        wanted = _words(name)
        known = sorted(set(wanted) & self._words.keys(), key=lambda word: len(self._words[word]))
        likely = dict.fromkeys(index for word in known for index in self._words[word][:_MOST])
        found = [
            (_likeness(wanted, _words(self._titles[index])), -index)
            for index in [index for index in likely if index != besides][:_MOST]
        ]
        likeness, index = max(found, default=(0.0, 0))
        return -index if likeness else None


def _likeness(one: list[str], other: list[str]) -> float:
    """From 0 to 1: the part of the words that two titles share, 0 unless all words of the shorter one are in the
    other, but for slips in spelling. "Surat Masuk" and "Surat Keluar" are not alike."""
    short, long = sorted((list(dict.fromkeys(one)), list(dict.fromkeys(other))), key=len)
    left = [word for word in short if word not in long]
    if len(left) > _MOST_SLIPS:
        return 0.0
    free = [word for word in long if word not in short]
    for word in left:
        match = next((candidate for candidate in free if _slip(word, candidate)), None)
        if match is None:
            return 0.0
        free.remove(match)
    return (len(short) - len(left) / 2) / len(long) if long else 0.0


@lru_cache(maxsize=65536)
def _slip(word: str, other: str) -> bool:
    from difflib import SequenceMatcher  # needed for names that do not resolve only

    if abs(len(word) - len(other)) > 2 or word[0] != other[0]:
        return False
    return SequenceMatcher(None, word, other).ratio() >= _NEAR


def _words(title: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(title)]


RULE = Rule(
    code="IDN-11",
    name="keterkaitan-tidak-ada",
    severity=Severity.WARNING,
    summary=say("Keterkaitan menyebut SOP yang tidak ada di kantor"),
    source="PermenPAN-RB 35/2012, unsur identitas: keterkaitan",
    doc=__doc__,
    compare=compare,
    confidence=Confidence.HIGH,
)
