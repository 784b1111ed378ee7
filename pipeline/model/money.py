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
    WORDS = "kata"  # 1.500 juta, 2 m, lima juta
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


_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
"""Full-width signs of East Asian keyboards. Not more of NFKC: it makes a plain digit of the mark of a footnote."""
_PREFIX = re.compile(r"^(?:rp|idr)\s*[.:]?\s*", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:±|\+/-|~|sekitar|kurang lebih|kira-kira|lebih kurang)\s*", re.IGNORECASE)
"""Before an estimate: every amount here is one."""
_UNIT = re.compile(r"\s*rupiah\.?$", re.IGNORECASE)
_NUMBER = r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+"
_WHOLE = re.compile(rf"^({_NUMBER})(?:,(?:-+|0+|=)|[.;]?-+)?$")
_DECIMAL = re.compile(r"^([0-9]{4,}|0)\.([0-9]{1,2}|[0-9]{4,})$")
"""A number as programs write it: four digits before the point cannot be a group of thousands."""
_CENTS = re.compile(r"^(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}$")
_FOREIGN = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+|,?-+)?$")
_SCALED = re.compile(
    r"^([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(ribu|rb|juta|jt|miliar|milyar|m|triliun|trilyun|t)\.?(?:\s*,?-+)?$",
    re.IGNORECASE,
)
_SCALES = {
    **{"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "m": 9},
    **{"triliun": 12, "trilyun": 12, "t": 12},
}
_UNSURE = frozenset({"m", "t"})
"""Letters that are also units of volume: "500 m" in this column is more likely metres than a budget."""
_EMPTY = re.compile(
    r"[-–—_.?*xX\s]*|(?:belum|blm|tidak|tdk|tak|tanpa|nihil|kosong|menyusul)(?:[\s.,(][^0-9]*)?|n/?a|tbd|nan|null",
    re.IGNORECASE,
)
"""What a cell says when nobody has estimated anything."""


def thousands(number: int) -> str:
    """``1250000`` -> "1.250.000"."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """``1250000`` -> "Rp1.250.000" (no space after Rp, as the spelling rules EYD want)."""
    return f"-Rp{thousands(-amount)}" if amount < 0 else f"Rp{thousands(amount)}"


def parse_rupiah(text: str) -> Money:
    """Read ``1250000``, ``1.250.000``, ``Rp1.250.000``, ``Rp 1.500.000,-``, ``Rp. 1.500.000,00``, ``1,5 juta``.

    Nothing is guessed: ``1,250,000``, ``1.500 juta`` or ``2 m`` is a fault, with the text that would have been right.
    """
    if text.isascii() and text.isdigit():
        return _within_limit(text)
    plain = " ".join(text.translate(_WIDE).split())
    if _EMPTY.fullmatch(plain):
        return Money()
    plain = _ABOUT.sub("", plain)
    bare = _PREFIX.sub("", plain)
    is_money = bare != plain
    plain = _UNIT.sub("", bare)
    is_money = is_money or plain != bare
    if _EMPTY.fullmatch(plain):  # "Rp -", as the format for bookkeeping shows nothing
        return Money()
    whole = _WHOLE.match(plain)
    if whole:
        return _within_limit(whole[1])
    decimal = _DECIMAL.match(plain)
    if decimal:
        return _decimal(decimal[1], decimal[2])
    scaled = _SCALED.match(plain)
    return _scaled(scaled[1], scaled[2].lower(), is_money=is_money) if scaled else _fault(plain)


def _within_limit(text: str) -> Money:
    digits = re.sub(r"[^0-9]", "", text).lstrip("0") or "0"
    if len(digits) > len(str(LIMIT)) or int(digits) > LIMIT:
        return Money(fault=MoneyFault.TOO_LARGE)
    return Money(int(digits))


def _decimal(whole: str, part: str) -> Money:
    if not part.strip("0") or _within_limit(whole).fault:
        return _within_limit(whole)
    return Money(fault=MoneyFault.CENTS, suggestion=thousands(int(whole)))


def _scaled(digits: str, unit: str, *, is_money: bool) -> Money:
    """``1,5`` and ``juta``: read where only one amount can be meant, else a fault that asks for it."""
    head, sign, part = digits.replace(",", ".").partition(".")
    amount = Fraction(f"{head}{sign}{part}") * 10 ** _SCALES[unit]
    if amount.denominator != 1 or amount > LIMIT:
        return Money(fault=MoneyFault.WORDS if amount <= LIMIT else MoneyFault.TOO_LARGE)
    if len(part) == 3:  # 1.500 juta: one and a half million, or one and a half billion?
        return Money(fault=MoneyFault.WORDS)
    if unit in _UNSURE and not is_money:
        return Money(fault=MoneyFault.WORDS, suggestion=thousands(int(amount)))
    return Money(int(amount))


def _fault(plain: str) -> Money:
    if re.match(r"^(?:[-−]|\()\s*(?:rp\.?\s*)?[0-9]", plain, re.IGNORECASE):
        return Money(fault=MoneyFault.NEGATIVE)
    if _FOREIGN.match(plain):
        digits = re.sub(r"[^0-9]", "", re.sub(r"\.0+$", "", plain))
        return Money(fault=MoneyFault.FOREIGN, suggestion=thousands(int(digits)))
    if _CENTS.match(plain):
        return Money(fault=MoneyFault.CENTS, suggestion=plain.partition(",")[0])
    return Money(fault=MoneyFault.UNREADABLE)
