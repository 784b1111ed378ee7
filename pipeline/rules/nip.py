"""The civil servant's number (NIP): 18 digits that say birth date, first appointment, sex and sequence.

Source: Perka BKN 22/2007 (8-6-1-3). There is no check digit.
"""

from __future__ import annotations

import datetime as dt
import re

from pipeline.model.message import Message, say

_SEPARATORS = re.compile(r"[\s.\-]")
_LABEL = re.compile(r"^\s*NIP\b[.:]?\s*", re.IGNORECASE)


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
    if early is not None or contract:
        return early
    return _appointment_fault(digits, day) or _tail_fault(digits)


def _shape_fault(digits: str) -> Message | None:
    if not digits.isascii() or not digits.isdigit():
        return say(id="NIP berisi tanda selain angka", en="the NIP holds signs other than digits")
    if len(digits) == 16:
        return say(
            id="berisi 16 angka; ini panjang NIK (nomor KTP), bukan NIP",
            en="it has 16 digits; that is the length of a NIK (identity card), not of a NIP",
        )
    if len(digits) == 9:
        return say(id="berisi 9 angka; ini NIP lama", en="it has 9 digits; that is an old NIP")
    if len(digits) != 18:
        return say(id="berisi {n} angka, seharusnya 18", en="it has {n} digits, it should have 18", n=len(digits))
    return None


def _birth(digits: str) -> dt.date | None:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _birth_fault(digits: str, day: dt.date) -> Message | None:
    born = _birth(digits)
    if born is None:
        return say(
            id="delapan angka pertama ({d}) bukan tanggal lahir yang ada",
            en="the first eight digits ({d}) are not a birth date that exists",
            d=digits[:8],
        )
    age = _years(born, day)
    if not 17 <= age <= 75:
        return say(
            id="menurut tanggal lahir di NIP, umurnya {age} tahun pada tanggal SOP",
            en="by the birth date in the NIP its holder is {age} years old on the day of the SOP",
            age=age,
        )
    return None


def _appointment_fault(digits: str, day: dt.date) -> Message | None:
    year, month = int(digits[8:12]), int(digits[12:14])
    if not 1 <= month <= 12:
        return say(
            id="bulan pengangkatan (angka ke-13 dan 14) adalah {m}, seharusnya 01 sampai 12",
            en="the month of appointment (digits 13 and 14) is {m}, it should be 01 to 12",
            m=digits[12:14],
        )
    born = _birth(digits)
    if born is not None and year - born.year < 17:
        return say(
            id="menurut NIP, diangkat tahun {y} padahal lahir tahun {b}",
            en="by the NIP, appointed in {y} though born in {b}",
            y=year,
            b=born.year,
        )
    if (year, month) > (day.year, day.month):
        return say(
            id="menurut NIP, pengangkatan pertama ({m}/{y}) sesudah tanggal SOP",
            en="by the NIP, the first appointment ({m}/{y}) is after the day of the SOP",
            m=digits[12:14],
            y=year,
        )
    return None


def _tail_fault(digits: str) -> Message | None:
    if digits[14] not in "12":
        return say(
            id="angka ke-15 adalah {d}, seharusnya 1 (pria) atau 2 (wanita)",
            en="digit 15 is {d}, it should be 1 (man) or 2 (woman)",
            d=digits[14],
        )
    if digits[15:] == "000":
        return say(id="nomor urut 000 tidak ada", en="the sequence number 000 does not exist")
    return None


def _years(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
