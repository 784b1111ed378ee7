"""The civil servant's number (NIP): 18 digits that say birth date, first appointment, sex and sequence.

Source: Perka BKN 22/2007 (8-6-1-3). There is no check digit.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.model.message import Message, say
from pipeline.model.office import Sex

_SEPARATORS = re.compile(r"[\s.\-]")
_CONTRACT_LABEL = r"NI\s*\.?\s*PPPK|NIP\s*-?\s*PPPK|NIP\s*3K|NIPPPK"
_LABEL = re.compile(rf"^\s*(?:{_CONTRACT_LABEL}|NIP)\b[.:]?\s*", re.IGNORECASE)
_CONTRACT = re.compile(rf"^\s*(?:{_CONTRACT_LABEL})\b", re.IGNORECASE)
_AGES = (17, 65)
"""Youngest and oldest holder of a NIP on the day of a document, in years."""
_LEAST_AT_START, _MOST_AT_START, _MOST_BY_EXCEPTION = 18, 35, 46
"""Age at the first appointment: the rule, and the exception for contract staff (PP 48/2005)."""


@dataclass(frozen=True, slots=True)
class Nip:
    """What the digits of a NIP say. ``start`` is the first day of the month of appointment, None for PPPK, whose
    number has a code there; ``sex`` is None where the digit says neither."""

    born: dt.date
    start: dt.date | None
    sex: Sex | None


def is_contract(text: str) -> bool:
    """Is the number labelled as that of a contract employee (NI PPPK)?"""
    return bool(_CONTRACT.match(text))


def told(text: str, *, contract: bool = False) -> Nip | None:
    """What a NIP says; None when its shape or its birth date is wrong."""
    digits = normalize(text)
    born = None if _shape_fault(digits) else _birth(digits)
    if born is None:
        return None
    if contract or is_contract(text):
        return Nip(born, None, None)
    month = int(digits[12:14])
    start = _calendar(int(digits[8:12]), month, 1)
    return Nip(born, start, {"1": Sex.MAN, "2": Sex.WOMAN}.get(digits[14]))


def normalize(text: str) -> str:
    """``"NIP. 19680430 199002 1 003"`` -> ``"196804301990021003"``."""
    return _SEPARATORS.sub("", _LABEL.sub("", text))


def fault(text: str, day: dt.date, *, contract: bool = False) -> Message | None:
    """What is wrong with a NIP on a document of ``day``; None when nothing is.

    ``contract`` is for PPPK, whose number has a code instead of the month of appointment: only its shape and birth
    date are judged.
    """
    digits = normalize(text)
    early = _shape_fault(digits) or _birth_fault(digits, day)
    if early is not None or contract or is_contract(text):
        return early
    return _appointment_fault(digits) or _tail_fault(digits)


def doubt(text: str, *, contract: bool = False) -> Message | None:
    """What is unusual about a NIP without fault: an appointment later in life than the rule allows."""
    said = told(text, contract=contract)
    if said is None or said.start is None:
        return None
    age = years(said.born, said.start)
    if age <= _MOST_AT_START:
        return None
    if age <= _MOST_BY_EXCEPTION:
        return say(
            "menurut NIP, pemiliknya diangkat pada umur {age} tahun; batasnya 35, kecuali bekas tenaga honorer", age=age
        )
    return say(
        "menurut NIP, pemiliknya diangkat pada umur {age} tahun; bekas tenaga honorer pun paling tua 46 tahun", age=age
    )


def _shape_fault(digits: str) -> Message | None:
    if not digits.isascii() or not digits.isdigit():
        return say("NIP berisi tanda selain angka")
    if len(digits) == 16:
        return say("berisi 16 angka; ini panjang NIK (nomor KTP), bukan NIP")
    if len(digits) == 9:
        return say("berisi 9 angka; ini NIP lama yang sudah diganti NIP 18 angka")
    if len(digits) != 18:
        return say("berisi {n} angka, seharusnya 18", n=len(digits))
    return None


def _birth(digits: str) -> dt.date | None:
    return _calendar(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _birth_fault(digits: str, day: dt.date) -> Message | None:
    born = _birth(digits)
    if born is None:
        return say("delapan angka pertama ({d}) bukan tanggal lahir yang ada", d=digits[:8])
    age = years(born, day)
    if not _AGES[0] <= age <= _AGES[1]:
        return say("menurut tanggal lahir di NIP, umurnya {age} tahun pada tanggal SOP", age=age)
    return None


def _appointment_fault(digits: str) -> Message | None:
    year, month = int(digits[8:12]), int(digits[12:14])
    if not 1 <= month <= 12:
        return say("bulan pengangkatan (angka ke-13 dan 14) adalah {m}, seharusnya 01 sampai 12", m=digits[12:14])
    born = _birth(digits)
    # A birthday later in the month of appointment counts as reached: the NIP does not say the day.
    if born is not None and (year - born.year) - (month < born.month) < _LEAST_AT_START:
        return say(
            "menurut NIP, diangkat bulan {m} tahun {y} padahal lahir tahun {b}", m=digits[12:14], y=year, b=born.year
        )
    return None


def _tail_fault(digits: str) -> Message | None:
    if digits[14] not in "12":
        return say("angka ke-15 adalah {d}, seharusnya 1 (pria) atau 2 (wanita)", d=digits[14])
    if digits[15:] == "000":
        return say("nomor urut 000 tidak ada")
    return None


def years(born: dt.date, day: dt.date) -> int:
    """Full years from ``born`` to ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
