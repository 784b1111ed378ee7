"""Reads the text of a ``waktu`` cell: a duration, a schedule, something unmeasurable, or unreadable.

The grammar is that of the form as 348 published SOPs use it (``docs``, input formats): numbers in digits or words,
ranges, limits, sums, rates, several values. A misspelled unit is never guessed: it is unreadable, with a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from pipeline.model.duration import Bound, Duration, Quantity, TimeKind, TimeValue, Unit
from pipeline.model.timing import describe
from pipeline.readers.time_grammar import (
    AFTER_NUMBER,
    CALENDAR,
    DIGITS,
    FRACTIONS,
    FULL_UNITS,
    JOIN,
    MARK,
    NOTHING,
    NUMBER,
    PARTS,
    PREFIX,
    QUALIFIERS,
    RANGE,
    RATE,
    SCHEDULES,
    SLASHED,
    SLOPPY,
    SPELT,
    SUFFIX,
    TIMES,
    UNIT_WORDS,
    UNITS,
    UNMEASURABLE,
    VOCABULARY,
    WORD,
)

MAX_CHARS = 300
"""A longer cell holds no duration, whatever it is."""


class _Unreadable(Exception):  # noqa: N818 - a signal inside this module
    """``suggestion`` is the nearest readable text, "" when there is none."""

    def __init__(self, suggestion: str = "") -> None:
        super().__init__(suggestion)
        self.suggestion = suggestion


@lru_cache(maxsize=4096)
def parse_time(text: str) -> TimeValue:
    """What the ``waktu`` cell ``text`` says; never raises.

    Several values (``a; b``) give several durations; if one of them is no duration, the cell is what that one is.
    ``suggestion`` is filled for unreadable text and for sloppy but clear writing (``15Menit``, ``3 hari.``).
    """
    if len(text) > MAX_CHARS:
        return TimeValue(text, TimeKind.UNREADABLE)
    clean = _clean(text)
    if not clean:
        return TimeValue(text, TimeKind.EMPTY)
    if NOTHING.fullmatch(clean):
        return TimeValue(text, TimeKind.UNMEASURABLE)
    values = [_value(part) for part in re.split(r"\s*[;\n]\s*", clean) if part.strip(" .")]
    durations = tuple(duration for value in values for duration in value.durations)
    kinds = [value.kind for value in values]
    for kind in (TimeKind.UNREADABLE, TimeKind.UNMEASURABLE, TimeKind.SCHEDULE):
        if kind in kinds:
            suggestions = [value.suggestion or value.text for value in values]
            known = kind is TimeKind.UNREADABLE and all(v.suggestion or v.kind is not kind for v in values)
            return TimeValue(text, kind, durations, "; ".join(suggestions) if known else "")
    if not durations:
        return TimeValue(text, TimeKind.UNREADABLE)
    return TimeValue(text, TimeKind.MEASURED, durations, _neater(text, durations))


def _clean(text: str) -> str:
    text = re.sub(r"[^\S\n]+", " ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    text = re.sub(r"[‐-―−]", "-", text).lower().rstrip(" .") or text
    # "1 (satu hari)" is another way to write "1 (satu) hari".
    return re.sub(rf"(\d) ?\(([a-z ]+?) ({UNIT_WORDS})( kerja| kalender)?\)", r"\1 (\2) \3\4", text)


def _neater(text: str, durations: tuple[Duration, ...]) -> str:
    """How a sloppily written value should look: full stop, missing or doubled blanks, abbreviated unit."""
    abbreviated = any(word in UNITS and word not in FULL_UNITS for word in AFTER_NUMBER.findall(text.lower()))
    if not abbreviated and not SLOPPY.search(text):
        return ""
    return "; ".join(describe(duration) for duration in durations)


def _value(text: str) -> TimeValue:
    """One value without ``;``."""
    text = text.strip(" .")
    try:
        return TimeValue(text, TimeKind.MEASURED, (_duration(text),))
    except _Unreadable as error:
        suggestion = error.suggestion
    if UNMEASURABLE.fullmatch(text) or NOTHING.fullmatch(text):
        return TimeValue(text, TimeKind.UNMEASURABLE)
    if SCHEDULES.fullmatch(text) or CALENDAR.search(text):
        return TimeValue(text, TimeKind.SCHEDULE)
    return TimeValue(text, TimeKind.UNREADABLE, (), suggestion or _corrected(text))


def _duration(text: str) -> Duration:
    per = ""
    rate = RATE.search(text)
    if rate:
        per, text = rate.group(1).strip(), text[: rate.start()]
    bound, text = _bound(text)
    scanner = _Scanner(text)
    low, open_end = scanner.sum()
    high = low
    if scanner.skip(RANGE) and not scanner.done:
        high, unfinished = scanner.sum()
        if unfinished:
            raise _Unreadable
        if open_end:
            low = [*low, Quantity(open_end.pop(), high[0].unit)] if len(high) == 1 else _fail()
    if open_end or not scanner.done:
        raise _Unreadable
    if len(low) == len(high) == 1 and low[0].unit is high[0].unit and low[0].amount > high[0].amount:
        raise _Unreadable(describe(Duration(tuple(high), tuple(low), bound, per)))
    return Duration(tuple(low), tuple(high), bound, per)


def _fail() -> list[Quantity]:
    raise _Unreadable


def _bound(text: str) -> tuple[Bound, str]:
    for bound, pattern in PREFIX:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return bound, text[found.end() :]
    for bound, pattern in SUFFIX:
        found = pattern.search(text)
        if found and found.start():
            return bound, text[: found.start()]
    return Bound.EXACT, text


class _Scanner:
    """Reads numbers and units from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.at = 0

    @property
    def done(self) -> bool:
        return self.at >= len(self.text)

    def skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return bool(found)

    def sum(self) -> tuple[list[Quantity], list[Fraction]]:
        """Quantities up to a range sign or the end; the second list holds a number left without unit (``5`` of
        ``5-10 menit``)."""
        quantities: list[Quantity] = []
        while True:
            mark = self.at
            if quantities:
                self.skip(JOIN)
            amount = self.number()
            if amount is None:
                self.at = mark
                if not quantities:
                    raise _Unreadable
                return quantities, []
            unit = self.unit()
            if unit is None:
                return quantities, [amount]
            if any(quantity.unit is unit for quantity in quantities):
                raise _Unreadable
            quantities.append(_whole_days(amount, unit, self.text))

    def number(self) -> Fraction | None:
        self.skip(re.compile(r"\s+"))
        start = self.at
        amount = self._digits()
        if amount is None:
            return self._words()
        times = TIMES.match(self.text, self.at)
        if times:
            self.at = times.end()
            second = self._digits()
            amount = amount * second if second is not None else amount
        spelt = SPELT.match(self.text, self.at)
        if spelt:
            said = _spelt(spelt.group(1))
            if said is None and times is None and _word_unit(spelt.group(1)):
                return amount
            if said != amount:
                raise _Unreadable(_joined(self.text[start : self.at], self.text[spelt.end() :]))
            self.at = spelt.end()
        return amount

    def _digits(self) -> Fraction | None:
        slashed = SLASHED.match(self.text, self.at)
        if slashed and int(slashed.group(3)):
            self.at = slashed.end()
            return Fraction(int(slashed.group(1) or 0)) + Fraction(int(slashed.group(2)), int(slashed.group(3)))
        amount: Fraction | None = None
        found = NUMBER.match(self.text, self.at)
        if found:
            self.at = found.end()
            amount = _decimal(found.group())
        mark = re.compile(r"\s?([½¼¾⅓⅔])").match(self.text, self.at)
        if mark:
            self.at = mark.end()
            amount = (amount or Fraction(0)) + FRACTIONS[mark.group(1)]
        return amount

    def _words(self) -> Fraction | None:
        """A number in words; ``sehari`` leaves ``hari`` to be read as the unit."""
        words = list(WORD.finditer(self.text, self.at))
        count = 0
        while count < len(words) and (count == 0 or self.text[words[count - 1].end() : words[count].start()].isspace()):
            count += 1
        for used in range(min(count, 8), 0, -1):
            if words[0].start() != self.at:
                return None
            amount = _spelt(self.text[self.at : words[used - 1].end()])
            if amount is not None:
                self.at = words[used - 1].end()
                return amount
        if words and words[0].start() == self.at and words[0].group().startswith("se"):
            rest = words[0].group()[2:]
            if rest in UNITS and len(rest) > 2:
                self.at += 2
                return Fraction(1)
        return None

    def unit(self) -> Unit | None:
        self.skip(re.compile(r"\s+"))
        mark = MARK.get(self.text[self.at : self.at + 1])
        if mark:
            self.at += 1
            return mark
        found = WORD.match(self.text, self.at)
        unit = UNITS.get(found.group()) if found else None
        if found is None or unit is None:
            return None
        self.at = found.end()
        if self.text[self.at : self.at + 1] == "." and found.group() not in FULL_UNITS:
            self.at += 1
        qualifier = re.compile(r"\s*\(?\s*([a-z]+)\s*\)?").match(self.text, self.at)
        if qualifier and (unit, qualifier.group(1)) in QUALIFIERS:
            self.at = qualifier.end()
            return QUALIFIERS[unit, qualifier.group(1)]
        return unit


def _whole_days(amount: Fraction, unit: Unit, text: str) -> Quantity:
    """``1 x 24 jam`` is a calendar day, whatever the office's working hours."""
    if unit is Unit.HOUR and re.search(r"[x×]\s*24\b", text):
        return Quantity(amount / 24, Unit.CALENDAR_DAY)
    return Quantity(amount, unit)


def _decimal(digits: str) -> Fraction:
    """Decimal comma or point; a point before three digits groups thousands, as Indonesian writes it."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        return Fraction(digits.replace(".", ""))
    return Fraction(digits.replace(",", "."))


def _spelt(text: str) -> Fraction | None:
    """A number in Indonesian words up to 999,999, with "setengah"; None when it is none."""
    words = text.split()
    if not words:
        return None
    total, group, ones = Fraction(0), 0, 0
    for position, word in enumerate(words):
        if word in PARTS and position == len(words) - 1:
            total += PARTS[word]
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


def _word_unit(text: str) -> bool:
    return text in UNITS or text in ("kerja", "kalender")


def _joined(number: str, rest: str) -> str:
    """``number`` and what follows it without the contradicting words, if that can be read."""
    text = " ".join(f"{number} {rest}".split())
    try:
        return describe(_duration(text))
    except _Unreadable:
        return ""


def _corrected(text: str) -> str:
    """A readable text near ``text``: digits torn apart joined, misspelled words replaced. "" when there is none."""
    for candidate in _candidates(text):
        if candidate != text:
            try:
                return describe(_duration(candidate))
            except _Unreadable:
                continue
    return ""


def _candidates(text: str) -> Iterator[str]:
    yield re.sub(r"(?<=\d) (?=\d)", "", text)
    yield WORD.sub(lambda match: _near(match.group()), text)
    yield re.sub(r"(?<=\d)[o](?=\s|\d)", "0", re.sub(r"\b[l|](?=\s?\d|\s)", "1", text))


def _near(word: str) -> str:
    if word in UNITS or len(word) < 3:
        return word
    from difflib import get_close_matches

    close = get_close_matches(word, VOCABULARY, n=1, cutoff=0.65)
    return close[0] if close else word
