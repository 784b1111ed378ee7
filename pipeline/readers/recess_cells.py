"""Single cells of the tables of a recess as values: amounts, counts, times of day, coordinates.

What cannot be read is a finding at the cell; the value is then None, or the text as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model import recess_rules
from pipeline.model.finding import Place, Severity
from pipeline.model.message import Message, say
from pipeline.model.money import LIMIT, MoneyFault, parse_rupiah, rupiah, thousands
from pipeline.model.recess_rules import RecessRule
from pipeline.readers import faults
from pipeline.readers.faults import Collector, Fault
from pipeline.readers.number_words import spelt
from pipeline.readers.tables import Row, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, and where what is wrong with it is told."""

    table: Table
    row: Row
    column: str
    collector: Collector

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.table.place(self.row, self.column)

    def fault(self, fault: Fault, message: Message, help: Message, severity: Severity | None = None) -> None:
        """Tell a fault of the input."""
        self.collector.add(fault, self.place, message, help, severity=severity)

    def rule(self, rule: RecessRule, message: Message, help: Message) -> None:
        """Tell what a rule of the catalogue finds."""
        self.collector.findings.append(rule.finding(self.place, message, help, document=self.collector.document))


_SHOWN = 60
"""Signs of a cell that a finding repeats."""

_WHY: Mapping[MoneyFault, Message] = {
    MoneyFault.NEGATIVE: say("bernilai negatif"),
    MoneyFault.FOREIGN: say("memakai koma sebagai pemisah ribuan"),
    MoneyFault.CENTS: say("memuat pecahan rupiah"),
    MoneyFault.WORDS: say("dapat dibaca lebih dari satu cara"),
    MoneyFault.TOO_LARGE: say("melebihi {limit}", limit=rupiah(LIMIT)),
    MoneyFault.UNREADABLE: say("tidak terbaca sebagai rupiah"),
}
_SCALES = {"triliun": 12, "trilyun": 12, "miliar": 9, "milyar": 9, "juta": 6}


def amount(text: str, cell: Cell) -> int | None:
    """Whole rupiah; None for a cell that states none, or one that cannot be read (told, with what may be meant)."""
    money = parse_rupiah(text)
    if money.fault is None:
        return money.amount
    why, suggestion = _WHY[money.fault], money.suggestion
    if money.fault is MoneyFault.UNREADABLE and (words := _words(text)) is not None:
        if text.lstrip().lower().startswith(_FIGURES) and parse_rupiah(text.partition("(")[0]).amount == words:
            return words  # "1.500.000 (satu juta lima ratus ribu)": figures and words agree
        why, suggestion = say("ditulis dengan kata"), thousands(words)
    cell.rule(
        recess_rules.AMOUNT,
        say("anggaran `{t}` {why}", t=text[:_SHOWN], why=why),
        say("Maksud Anda {s}? Sampai diperbaiki, usulan ini dihitung tanpa anggaran.", s=suggestion)
        if suggestion
        else say(
            "Tulis angka rupiah bulat, misalnya 1.250.000. Sampai diperbaiki, usulan ini dihitung tanpa anggaran."
        ),
    )
    return None


_FIGURES = ("rp", *"0123456789")
_BRACKETS = re.compile(r"[^()]*\(([^()]+)\)\s*")


def _words(text: str) -> int | None:
    """The amount in Indonesian words ("lima juta rupiah"), alone or in brackets after figures."""
    if len(text) > 300:
        return None
    bracketed = _BRACKETS.fullmatch(text)
    plain = re.sub(r"\brupiah\b|\.", " ", (bracketed[1] if bracketed else text).casefold())
    total, rest = Fraction(0), " ".join(plain.split())
    for word, zeros in _SCALES.items():
        head, found, tail = rest.partition(word)
        if found:
            value = spelt("satu" if head.strip() == "se" else head.strip())
            if value is None:
                return None
            total, rest = total + value * 10**zeros, tail.strip()
    value = spelt(rest) if rest else Fraction(0)
    total += value if value is not None else 0
    return int(total) if value is not None and 0 < total <= LIMIT and total.denominator == 1 else None


_NOBODY_COUNTED = frozenset({"", "-", "–", "?"})
_COUNT = re.compile(
    r"(?:±|\+/-|~|sekitar|kurang lebih)?\s*(\d{1,6}|\d{1,3}(?:\.\d{3})+)(?:[.,]0)?"
    r"\s*(?:orang|org|jiwa|peserta|warga)?\.?",
    re.IGNORECASE,
)


def participants(text: str, cell: Cell) -> int | None:
    """How many people came."""
    if text in _NOBODY_COUNTED:
        return None
    found = _COUNT.fullmatch(text)
    if found:
        return int(found[1].replace(".", ""))
    cell.fault(
        faults.NUMBER,
        say("jumlah peserta `{t}` tidak terbaca", t=text[:40]),
        say("Tulis dengan angka saja, misalnya 125."),
    )
    return None


_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*[.:]\s*(\d{2})(?:[.:]\d{2})?(?!\d)")
_DAY_SHARE = re.compile(r"0[.,]\d{2,17}")
_DAY_PARTS = frozenset({"pagi", "siang", "sore", "petang", "malam"})


def clock(text: str, cell: Cell) -> str:
    """The time with hours and minutes as documents print them: "9:00 WIB" -> "09.00 WIB"; words stay as they are."""
    if not text:
        return ""
    written = text.casefold().strip(" .")
    if written in _DAY_PARTS:
        cell.fault(
            faults.NUMBER,
            say("jam `{t}` hanya menyebut bagian hari", t=text),
            say("Tulis jam mulainya, misalnya 09.00."),
            Severity.WARNING,
        )
        return text
    if any(int(hour) > 24 or int(minute) > 59 for hour, minute in _CLOCK.findall(text)) or _DAY_SHARE.fullmatch(text):
        cell.fault(
            faults.NUMBER,
            say("jam `{t}` tidak terbaca", t=text[:40]),
            say("Maksud Anda {s}?", s=_of_day(text)) if _DAY_SHARE.fullmatch(text) else say("Tulis seperti 09.00."),
        )
        return text
    return _CLOCK.sub(lambda found: f"{int(found[1]):02}.{found[2]}", text)


def _of_day(text: str) -> str:
    """A time that a spreadsheet states as a share of the day: "0,375" -> "09.00"."""
    minutes = round(Fraction(text.replace(",", ".")) * 24 * 60)
    return f"{minutes // 60:02}.{minutes % 60:02}"


_DECIMAL = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{1,17})?")
_PAIR = re.compile(
    r"([-+]?\d{1,3}\.\d+)\s*[,;\s]\s*([-+]?\d{1,3}\.\d+)|([-+]?\d{1,3},\d+)\s*[;\s]\s*([-+]?\d{1,3},\d+)"
)
_SEXAGESIMAL = re.compile(
    r"(\d{1,3})\s*[°º]\s*(?:(\d{1,2})\s*['’′]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|''|’’|′′)\s*)?"
)
_SIDES: Mapping[str, int] = {
    **{"n": 1, "lu": 1, "u": 1, "s": -1, "ls": -1},
    **{"e": 1, "bt": 1, "t": 1, "w": -1, "bb": -1, "b": -1},
}
_SIDE = re.compile(r"^(ls|lu|bt|bb|[nsewutb])\.?\s*(?=\d)|\s*(ls|lu|bt|bb|[nsewutb])\.?$", re.IGNORECASE)


def degrees(text: str, cell: Cell) -> float | None:
    """Degrees of latitude or longitude: "-7,4245", "7.4245 LS" or 7°25'12"S. South and west are negative."""
    plain = text.strip().replace("−", "-")
    if plain in ("", "-", "–"):
        return None
    value = _degrees(plain)
    if value is not None and abs(value) <= 180:
        return float(value)
    cell.fault(
        faults.NUMBER,
        say("koordinat `{t}` tidak terbaca", t=text[:40]),
        say("Tulis derajat dengan pecahan, misalnya -7,4245 (lintang) dan 109,2302 (bujur)."),
    )
    return None


def coordinates(latitude: str, longitude: str, cell: Cell, other: Cell) -> tuple[float | None, float | None]:
    """Both coordinates; one cell may hold the two of them ("-7.4245, 109.2302") when the other is empty."""
    if not latitude and not longitude:
        return None, None
    pair = _PAIR.fullmatch(latitude.strip(" ()")) if not longitude else None
    if pair:
        latitude, longitude = (part for part in pair.groups() if part)
    return degrees(latitude, cell), degrees(longitude, cell if pair else other)


def _degrees(text: str) -> Fraction | None:
    side = _SIDE.search(text)
    sign = _SIDES[(side[1] or side[2]).lower()] if side else 1
    plain = _SIDE.sub("", text, count=1).strip() if side else text
    if _DECIMAL.fullmatch(plain):
        value = Fraction(plain.replace(",", "."))
        return sign * abs(value) if side else value
    parts = _SEXAGESIMAL.fullmatch(plain.lstrip("-").strip())
    if parts is None:
        return None
    minutes, seconds = int(parts[2] or 0), Fraction((parts[3] or "0").replace(",", "."))
    if minutes > 59 or seconds >= 60:
        return None
    value = int(parts[1]) + Fraction(minutes, 60) + seconds / 3600
    return -value if sign < 0 or plain.startswith("-") else value
