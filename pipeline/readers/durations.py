"""Reads the text of a ``waktu`` cell: a duration, a schedule, something unmeasurable, or unreadable.

The grammar is that of the form as 348 published SOPs use it (``docs``, input formats): numbers in digits or words,
ranges, limits, sums, rates, several values. A misspelled unit is never guessed: it is unreadable, with a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from pipeline.model.duration import Bound, Duration, Quantity, TimeKind, TimeValue, Unit
from pipeline.model.timing import describe
from pipeline.readers.number_words import decimal, spelt
from pipeline.readers.time_grammar import (
    AFTER_NUMBER,
    APART,
    BETWEEN,
    CALENDAR,
    CLOCK,
    FOREIGN,
    FRACTIONS,
    FULL_UNITS,
    JOIN,
    MARK,
    NOTHING,
    NUMBER,
    PREFIX,
    QUALIFIERS,
    RANGE,
    RATE,
    RESTATED,
    SCHEDULES,
    SECONDS,
    SLASH_RANGE,
    SLASHED,
    SLOPPY,
    SPELT,
    SUFFIX,
    TIMES,
    TURNED,
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
    text = re.sub(rf"(\d) ?\(([a-z ]+?) ({UNIT_WORDS})( kerja| kalender)?\)", r"\1 (\2) \3\4", text)
    return TURNED.sub(_digits_first, text) if TURNED.search(text) else text


def _digits_first(turned: re.Match[str]) -> str:
    """``tiga (3)`` as ``3 (tiga)``: the usual order."""
    words = turned[1].split()
    for used in range(len(words), 0, -1):
        if spelt(" ".join(words[-used:])) is not None:
            return " ".join([*words[:-used], f"{turned[2]} ({' '.join(words[-used:])})"])
    return turned[0]


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
    bound, text = _bound(text)
    per = ""
    rate = RATE.search(text)
    if rate:
        per, text = rate.group(1).strip(), text[: rate.start()]
    text = BETWEEN.sub("", text) if BETWEEN.match(text) else text
    _refuse_clock(text)
    scanner = _Scanner(text)
    low, open_end = scanner.sum()
    high = low
    if scanner.skip(RANGE) and not scanner.done:
        high, unfinished = scanner.sum()
        if unfinished:
            raise _Unreadable
        if open_end:
            low = _completed(low, open_end.pop(), high)
    if open_end or not scanner.done:
        raise _Unreadable
    if _least(low) > _most(high):
        raise _Unreadable(describe(Duration(tuple(high), tuple(low), bound, per)))
    return Duration(tuple(low), tuple(high), bound, per)


def _refuse_clock(text: str) -> None:
    """``1.30 jam`` is an hour and a half to most who write it, and 1.3 hours to others."""
    found = CLOCK.fullmatch(text)
    if found:
        minutes = int(found[2])
        raise _Unreadable(f"{found[1]} jam {minutes} menit" if minutes else f"{found[1]} jam")


def _least(quantities: Sequence[Quantity]) -> Fraction:
    """Fewest seconds, whatever a working day or month is taken to be."""
    return sum((quantity.amount * SECONDS[quantity.unit][0] for quantity in quantities), Fraction(0))


def _most(quantities: Sequence[Quantity]) -> Fraction:
    return sum((quantity.amount * SECONDS[quantity.unit][1] for quantity in quantities), Fraction(0))


def _completed(low: list[Quantity], amount: Fraction, high: list[Quantity]) -> list[Quantity]:
    """The lower end whose last number shares the unit of the upper one: ``5`` of ``5-10 menit``."""
    if len(high) != 1 or any(quantity.unit is high[0].unit for quantity in low):
        raise _Unreadable
    return [*low, Quantity(amount, high[0].unit)]


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
        self.rounds = False  # was the last number one of rounds of the clock (``2 x 24``)?

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
            found = _whole_days(amount, unit) if self.rounds else Quantity(amount, unit)
            if any(quantity.unit is found.unit for quantity in quantities):
                raise _Unreadable
            quantities.append(found)

    def number(self) -> Fraction | None:
        self.skip(re.compile(r"\s+"))
        start = self.at
        amount = self._digits()
        if amount is None:
            return self._words()
        times = TIMES.match(self.text, self.at)
        self.rounds = False
        if times:
            self.at = times.end()
            second = self._digits()
            if second is None or second.denominator != 1:
                raise _Unreadable
            amount, self.rounds = amount * second, second == 24
        words = SPELT.match(self.text, self.at)
        if words:
            said = spelt(words.group(1))
            if said is None and times is None and _word_unit(words.group(1)):
                return amount
            if said != amount:
                raise _Unreadable(_joined(self.text[start : self.at], self.text[words.end() :]))
            self.at = words.end()
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
            amount = decimal(found.group())
        mark = re.compile(r"\s?([½¼¾⅓⅔])").match(self.text, self.at)
        if mark and (amount is None or amount.denominator == 1):
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
            amount = spelt(self.text[self.at : words[used - 1].end()])
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


def _whole_days(amount: Fraction, unit: Unit) -> Quantity:
    """``1 x 24 jam`` is a calendar day, whatever the office's working hours."""
    return Quantity(amount / 24, Unit.CALENDAR_DAY) if unit is Unit.HOUR else Quantity(amount, unit)


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
    yield SLASH_RANGE.sub(r"\1-", text)
    yield re.sub(r"(?<=jam) (\d+)$", r" \1 menit", text)
    restated = RESTATED.fullmatch(text)
    if restated:
        yield restated[1]
    yield WORD.sub(lambda match: _near(match.group()), text)
    yield re.sub(r"(?<=\d)[o](?=\s|\d)", "0", re.sub(r"\b[l|](?=\s?\d|\s)", "1", text))


def _near(word: str) -> str:
    if word in UNITS or word in APART or len(word) < 3:
        return word
    if word in FOREIGN:
        return FOREIGN[word]
    from difflib import get_close_matches

    close = get_close_matches(word, VOCABULARY, n=1, cutoff=0.65)
    return close[0] if close else word
