"""What the signature rules share: where the signer stands, ranks and grades."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.finding import DataPath
from pipeline.model.inputs import SopInput
from pipeline.model.office import Official
from pipeline.model.sop import Sop
from pipeline.rules import nip

_COUNCIL = re.compile(
    r"(?:wakil )?ketua(?: [ivx]+)? (?:dprd|dewan|komisi|fraksi|panitia khusus|pansus|badan (?:musyawarah|anggaran"
    r"|kehormatan|pembentukan)|bapemperda)\b|(?:wakil )?pimpinan (?:dprd|dewan)\b|anggota (?:dprd|dewan|komisi)\b"
)
_MARK = re.compile(
    r"(?P<mark>(?:plt|plh|pjs|pj|an(?=[.\s]+[A-Z])|a\s*[./]\s*n|ub(?=[.\s]+[A-Z])|u\s*[./]\s*b|u\s*[./]\s*p)"
    r"(?![a-z])\.?)[\s:]*",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^a-z]")
_SPELLINGS = {
    **{"plt": "Plt.", "plh": "Plh.", "pj": "Pj.", "pjs": "Pjs."},
    **{"an": "a.n.", "ub": "u.b.", "up": "u.p."},
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
"""Grades of contract employees (PPPK)."""

_JUNIOR = ("Muda", "Muda Tingkat I", "", "Tingkat I")
GRADES: dict[str, str] = {
    **{f"I/{letter}": f"Juru {part}".strip() for letter, part in zip("abcd", _JUNIOR, strict=True)},
    **{f"II/{letter}": f"Pengatur {part}".strip() for letter, part in zip("abcd", _JUNIOR, strict=True)},
    **{f"III/{letter}": f"Penata {part}".strip() for letter, part in zip("abcd", _JUNIOR, strict=True)},
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""Grade -> rank of a civil servant."""


def signer_path(_sop: Sop) -> DataPath:
    """Where the signer stands; the reader maps it to the row of ``pejabat.csv`` or the mapping itself."""
    return ("pengesah",)


def is_council(signer: Official) -> bool:
    """Is the signer a leader or member of the council, who has no NIP?"""
    return bool(_COUNCIL.match(plain_office(acting(signer.position).office)))


def is_contract(signer: Official) -> bool:
    """Is the signer a contract employee (PPPK): a grade in Roman numerals alone, or a number labelled so?"""
    grade = plain_grade(signer.grade)
    return (bool(grade) and "/" not in grade) or nip.is_contract(signer.nip)


@dataclass(frozen=True, slots=True)
class Acting:
    """A position as typed: the marks before it (as written, and in their usual spelling), and the office itself."""

    written: tuple[str, ...]
    marks: tuple[str, ...]
    office: str


@lru_cache(maxsize=1024)
def acting(position: str) -> Acting:
    """``"PLT Sekretaris DPRD"`` -> ``Acting(("PLT",), ("Plt.",), "Sekretaris DPRD")``."""
    written: list[str] = []
    marks: list[str] = []
    rest = position.strip()
    while match := _MARK.match(rest):
        written.append(match["mark"].strip())
        marks.append(_SPELLINGS[_LETTERS.sub("", match["mark"].lower())])
        rest = rest[match.end() :].lstrip(" /,")
    return Acting(tuple(written), tuple(marks), rest)


@lru_cache(maxsize=1024)
def plain_office(position: str) -> str:
    """An office for comparing: lower case, DPRD in its short form, blanks single, "wali kota" in two words."""
    text = " ".join(position.lower().replace(",", " ").split())
    text = text.replace("dewan perwakilan rakyat daerah", "dprd").replace("walikota", "wali kota")
    return re.sub(r"^(?:sekwan|sekretaris dewan)\b", "sekretaris dprd", text)


def signers(items: Sequence[SopInput]) -> Iterator[tuple[int, DataPath, Official]]:
    """(index of an SOP, data path, official) of everyone in the register of the office of ``items``, and of every
    signer that an SOP states itself."""
    office = items[0].office.office
    for row, official in enumerate(office.officials):
        yield 0, ("pejabat", row), official
    for index, item in enumerate(items):
        if item.sop is not None and item.sop.signer is not None and item.sop.signer not in office.officials:
            yield index, ("pengesah",), item.sop.signer


def plain_grade(text: str) -> str:
    """``"IV / C"`` -> ``"IV/c"``."""
    head, _, tail = "".join(text.split()).strip("()").replace(".", "/").partition("/")
    return f"{head.upper()}/{tail.lower()}" if tail else head.upper()


def plain_rank(text: str) -> str:
    """``"Pembina Tk. I"`` -> ``"pembina tingkat i"``."""
    words = text.lower().replace("tk.", "tingkat ").replace(",", " ").split()
    return " ".join("tingkat" if word == "tk" else "i" if word == "1" else word for word in words)
