"""Personal data in a text: numbers of identity and family cards, telephone numbers, e-mail addresses.

One place for the patterns: the rule ASP-04, the public edition and the scan of finished files look for the same.
Amounts of rupiah, coordinates, dates, NIP and codes of accounts are no personal data here and must not be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from pipeline.model.message import Message, say


class Mark(NamedTuple):
    """Personal data at the characters ``start`` to ``end`` of a text, and of which kind."""

    start: int
    end: int
    kind: Message


IDENTITY: Final = say("nomor 16 angka (NIK atau nomor KK)")
PHONE: Final = say("nomor telepon")
EMAIL: Final = say("alamat surel")

_DOT: Final = "•"
_SIGN = r"[ \u00a0.\-\u2010-\u2013/]"
_GAP = rf"{_SIGN}{{0,3}}"
_LIKE_PHONE = re.compile(r"(?:\d[^\w@]{0,4}+){6}\d")
_LIKE_CARD = re.compile(r"(?:\d[^\w@]{0,4}+){11}\d")
_LIKE_EMAIL = re.compile(r"@|[(\[][aA][tT][)\]]")
"""What every text of a kind holds; most texts hold none of it, and are done with."""

_FREE = r"(?<![\d])(?<!\d[.,])"
"""Not within a number: neither a digit nor a decimal sign of one stands before."""

_WHOLE_IDENTITY = re.compile(rf"{_FREE}\d{{16}}(?!\d)")
_GROUPED_IDENTITY = re.compile(
    rf"{_FREE}(?:\d{{4}}(?:{_SIGN}{{1,3}}\d{{4}}){{3}}|\d{{6}}{_GAP}\d{{6}}{_GAP}\d{{4}}"
    rf"|(?:\d{{2}}{_SIGN}){{3}}\d{{6}}{_SIGN}\d{{4}}|(?:\d{{2}}{_SIGN}){{6}}\d{{4}})(?!\d)"
)
_LABELLED_IDENTITY = re.compile(
    r"\b(?:nik|ktp|kartu keluarga|kk)\b[\s.:;=()-]{0,5}(\d(?:[ .-]?\d){11,17})(?![\d])", re.IGNORECASE
)
_COUNTRY = rf"(?:\(?(?:\+|00)62\)?{_GAP}\(?0?\)?|62{_GAP}|\(?0 ?)"
_MOBILE = re.compile(rf"{_FREE}(?<!\w){_COUNTRY}8[ -]?[1-35-9][ .-]?\d\)?(?:{_GAP}\d{{1,4}}){{2,4}}+(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\w.,/-])(?:\(0[2-79]\d{1,2}\)[ -]{0,3}\d{2,4}(?:[ .-]?\d{2,4}){1,2}"
    r"|0[2-79]\d{1,2}(?: ?[-\u2010-\u2013] ?| )\d{6,8}"
    r"|\+62[ -]?[2-79]\d{1,2}[ -]{0,3}\d{3,4}[ -]?\d{2,4})(?![\d]|[.,]\d)"
)
_LABEL = (
    r"\b(?:telepon|telpon|telp|tlp|tilp|handphone|ponsel|hape|hp|whatsapp|wa|hubungi|hub|kontak|cp|fax|faks)\b"
    r"(?:\s*/?\s*(?:hp|wa|telp|tlp))?"
)
_LABELLED_PHONE = re.compile(
    rf"{_LABEL}[\s.:;=()-]{{0,5}}(?:no(?:mor)?[\s.:]{{0,3}})?(\+?\d(?:[ .()-]{{0,2}}\d){{6,14}})(?!\d)", re.IGNORECASE
)
_BARE_MOBILE = re.compile(r"(?<![\w.,/-])8(?:1[1-9]|2[1-38]|3[1-38]|5[1-9]|7[7-9]|8[1-9]|9[5-9])\d{7,9}(?![\w.,]\w|\w)")
"""A mobile number whose first 0 a spreadsheet has taken away."""
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@| ?(?:\(at\)|\[at\]) ?)[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z][\w-]{1,62}",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:([. \u00a0])\d{3})(?:\1\d{3})*")
_RUPIAH_BEFORE = re.compile(r"\b(?:rp|idr)\.?\s*$", re.IGNORECASE)
_RUPIAH_AFTER = re.compile(r"\s*(?:,-|,00|rupiah\b)", re.IGNORECASE)


def find(text: str) -> tuple[Mark, ...]:
    """All personal data in ``text``, in order and without overlap."""
    if _LIKE_PHONE.search(text) is None and _LIKE_EMAIL.search(text) is None:
        return ()
    found: list[Mark] = []
    for mark in sorted(_all(text), key=lambda each: (each.start, -each.end)):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return tuple(found)


def hidden(text: str) -> str:
    """``text`` with every letter and digit of personal data as a dot; each character keeps its place."""
    signs = list(text)
    for mark in find(text):
        signs[mark.start : mark.end] = [_DOT if sign.isalnum() else sign for sign in signs[mark.start : mark.end]]
    return "".join(signs)


def _all(text: str) -> Iterator[Mark]:
    for kind, like, pattern, group, accepted in _KINDS:
        for match in pattern.finditer(text) if like.search(text) is not None else ():
            start, end = match.span(group)
            if accepted(match[group]) and not _is_amount(text, start, end):
                yield Mark(start, end, kind)


def _always(_text: str) -> bool:
    return True


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _of_a_person(text: str) -> bool:
    """Could the 16 digits be of a card? They hold a province and a date; years and shares in a row do not."""
    digits = _digits(text)
    day, month = int(digits[6:8]), int(digits[8:10])
    return "11" <= digits[:2] <= "97" and day % 40 in range(1, 32) and month in range(1, 13)


def _mobile(text: str) -> bool:
    national = _digits(text).removeprefix("00").removeprefix("62").removeprefix("0")
    return 9 <= len(national) <= 12 and national.startswith("8")


def _landline(text: str) -> bool:
    return 8 <= len(_digits(text)) <= 13


def _labelled(text: str) -> bool:
    digits = _digits(text)
    return 7 <= len(digits) <= 15 and not (len(digits) == 8 and digits.startswith(("19", "20")))  # a date, two years


def _no_round_number(text: str) -> bool:
    return not text.endswith("000")


_Kind = tuple[Message, re.Pattern[str], re.Pattern[str], int, Callable[[str], bool]]
_KINDS: tuple[_Kind, ...] = (
    (IDENTITY, _LIKE_CARD, _WHOLE_IDENTITY, 0, _always),
    (IDENTITY, _LIKE_CARD, _GROUPED_IDENTITY, 0, _of_a_person),
    (IDENTITY, _LIKE_CARD, _LABELLED_IDENTITY, 1, _always),
    (PHONE, _LIKE_PHONE, _MOBILE, 0, _mobile),
    (PHONE, _LIKE_PHONE, _LANDLINE, 0, _landline),
    (PHONE, _LIKE_PHONE, _LABELLED_PHONE, 1, _labelled),
    (PHONE, _LIKE_PHONE, _BARE_MOBILE, 0, _no_round_number),
    (EMAIL, _LIKE_EMAIL, _EMAIL, 0, _always),
)


def _is_amount(text: str, start: int, end: int) -> bool:
    """Is it money: after "Rp", before "rupiah", or written in groups of three as amounts are?"""
    if _RUPIAH_BEFORE.search(text, max(0, start - 6), start) or _RUPIAH_AFTER.match(text, end):
        return True
    return _AMOUNT.fullmatch(text, start, end) is not None
