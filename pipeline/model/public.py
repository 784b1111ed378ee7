"""The edition of a recess that may be given to anybody, and what was taken out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.model.message import Message
from pipeline.model.recess import RecessInput

GONE = "[data pribadi dihapus]"
"""Stands where personal data stood."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Personal data that was taken out: the cell (``table`` "" is ``reses.yaml``) and the kind, never the value."""

    table: str
    row: int
    column: str
    kind: Message


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """``item`` without personal data. ``values`` are the removed ones, to look for in finished files (``normal``)."""

    item: RecessInput
    removed: tuple[Removed, ...]
    values: frozenset[str] = field(default=frozenset(), repr=False)


def normal(text: str) -> str:
    """One form of an address or number: an address in small letters, a number as its digits without 0 or 62 in front.

    "+62 812-3456-7890" and "0812 3456 7890" are equal.
    """
    plain = re.sub(r"\s*[(\[]at[)\]]\s*", "@", text.casefold())
    if "@" in plain:
        return plain.strip()
    digits = "".join(str(int(sign)) for sign in plain if sign.isdecimal())
    if len(digits) in (16, 18):  # a card or an official's number, not a telephone
        return digits
    national = digits.removeprefix("00")
    return (national.removeprefix("62") if len(national) > 9 else national).lstrip("0")
