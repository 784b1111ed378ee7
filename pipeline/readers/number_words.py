"""Numbers as people write them in a ``waktu`` cell: in digits the Indonesian way, and in words."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.readers.time_grammar import DIGITS, JOINED, PARTS, SHARES


def decimal(digits: str) -> Fraction:
    """Decimal comma or point; a point before three digits groups thousands, as Indonesian writes it."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        return Fraction(digits.replace(".", ""))
    return Fraction(digits.replace(",", "."))


def spelt(text: str) -> Fraction | None:
    """A number in Indonesian words up to 999,999, with "setengah"; None when it is none."""
    words = JOINED.sub(r"\1 \2", text).replace("se ", "se").split()
    if not words:
        return None
    total, group, ones = Fraction(0), 0, 0
    for position, word in enumerate(words):
        if word in PARTS and position == len(words) - 1:
            total += PARTS[word]
        elif word in SHARES and ones and position == len(words) - 1:
            total, ones = total + Fraction(ones, SHARES[word]), 0
        elif word in DIGITS:
            ones = DIGITS[word]
        elif word in ("sepuluh", "sebelas"):
            group += 10 if word == "sepuluh" else 11
        elif word == "belas" and ones:
            group, ones = group + 10 + ones, 0
        elif word == "puluh" and ones:
            group, ones = group + 10 * ones, 0
        elif word == "seratus" or (word == "ratus" and ones):
            group, ones = group + 100 * (ones or 1), 0
        elif word == "seribu" or (word == "ribu" and group + ones):
            total, group, ones = total + 1000 * ((group + ones) or 1), 0, 0
        else:
            return None
    return total + group + ones
