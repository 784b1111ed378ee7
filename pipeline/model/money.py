"""Rupiah as people write it and as documents print it. Amounts are whole rupiah (int)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

LIMIT = 10**13
"""Ten trillion rupiah, far above the budget of any region: a larger amount is a typing error."""


class MoneyFault(StrEnum):
    """Why a text is not an amount of rupiah."""

    NEGATIVE = "negatif"
    FOREIGN = "pemisah asing"  # 1,250,000 with the separators of another country
    CENTS = "pecahan rupiah"
    WORDS = "kata"  # 150 juta
    TOO_LARGE = "terlalu besar"
    UNREADABLE = "tak terbaca"


@dataclass(frozen=True, slots=True)
class Money:
    """A cell that should hold rupiah: ``amount``, or ``fault`` with a ``suggestion`` ("" when there is none).

    Both are None for an empty cell.
    """

    amount: int | None = None
    fault: MoneyFault | None = None
    suggestion: str = ""


_PREFIX = re.compile(r"^(?:rp\.?|idr)\s*", re.IGNORECASE)
_NUMBER = r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+"
_WHOLE = re.compile(rf"^({_NUMBER})(?:,(?:-+|0+|=)|\.?-+)?$")
_CENTS = re.compile(r"^(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}$")
_FOREIGN = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?$")
_SCALED = re.compile(
    r"^([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(ribu|rb|juta|jt|miliar|milyar|m|triliun|t)\.?(?:\s+rupiah)?$", re.IGNORECASE
)
_SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "m": 9, "triliun": 12, "t": 12}
_EMPTY = frozenset({"", "-", "--", "–", "—"})


def thousands(number: int) -> str:
    """``1250000`` -> "1.250.000"."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """``1250000`` -> "Rp1.250.000" (no space after Rp, as the spelling rules EYD want)."""
    return f"-Rp{thousands(-amount)}" if amount < 0 else f"Rp{thousands(amount)}"


def parse_rupiah(text: str) -> Money:
    """Read ``1250000``, ``1.250.000``, ``Rp1.250.000``, ``Rp 1.500.000,-`` and ``Rp. 1.500.000,00``.

    Nothing is guessed: ``1,250,000`` or ``150 juta`` is a fault with the text that would have been right.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    if plain in _EMPTY:
        return Money()
    plain = _PREFIX.sub("", plain)
    whole = _WHOLE.match(plain)
    if whole:
        return _within_limit(whole[1])
    return _fault(plain)


def _within_limit(text: str) -> Money:
    digits = re.sub(r"[^0-9]", "", text).lstrip("0") or "0"
    if len(digits) > len(str(LIMIT)) or int(digits) > LIMIT:
        return Money(fault=MoneyFault.TOO_LARGE)
    return Money(int(digits))


def _fault(plain: str) -> Money:
    if re.match(r"^(?:-|\()\s*(?:rp\.?\s*)?[0-9]", plain, re.IGNORECASE):
        return Money(fault=MoneyFault.NEGATIVE)
    if _FOREIGN.match(plain):
        return Money(
            fault=MoneyFault.FOREIGN, suggestion=thousands(int(plain.split(".", maxsplit=1)[0].replace(",", "")))
        )
    if _CENTS.match(plain):
        return Money(fault=MoneyFault.CENTS, suggestion=plain.partition(",")[0])
    scaled = _SCALED.match(plain)
    if scaled:
        amount = Fraction(scaled[1].replace(",", ".")) * 10 ** _SCALES[scaled[2].lower()]
        suggestion = thousands(int(amount)) if amount.denominator == 1 and amount <= LIMIT else ""
        return Money(fault=MoneyFault.WORDS, suggestion=suggestion)
    return Money(fault=MoneyFault.UNREADABLE)
