"""Alat yang dipakai tidak ada dalam Peralatan.

Apa: Aplikasi dan alat yang disebut dalam langkah (SIPD, kamera, proyektor, kendaraan dinas) tercantum dalam Peralatan.
Mengapa: Peralatan adalah daftar yang disiapkan sebelum bekerja; yang tidak tercantum tidak tersedia.
Salah: langkah "Mengunggah usulan ke SIPD", peralatan: [Komputer]
Benar: langkah "Mengunggah usulan ke SIPD", peralatan: [Komputer, SIPD]
Sumber: PermenPAN-RB 35/2012, unsur identitas: peralatan dan perlengkapan; pencocokan dengan langkah adalah kebiasaan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.model.told import told_list
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.identity_words import telling_words, tools
from pipeline.rules.prose import printed
from pipeline.rules.shapes import numbered

_NAMED = re.compile(r"\b(?:[Aa]plikasi|[Ss]istem [Ii]nformasi)\s+((?:[A-Z][\w-]*[A-Z0-9][\w-]*|e-[A-Za-z]+))")
_SOME = re.compile(
    r"\b(?:melalui|dengan|pada|ke(?: dalam)?|menggunakan|di)\s+(?:aplikasi|sistem informasi)\b", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"\b(?:aplikasi|sistem|software|perangkat lunak|website|situs|laman|portal|online)\b", re.IGNORECASE
)
_ANY_PROGRAM = re.compile(r"^\W*(?:aplikasi|sistem informasi)(?:\s+(?:terkait|pendukung|yang \w+))?\W*$", re.IGNORECASE)


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit naming every tool that steps use and the list of equipment lacks; an empty list is IDN-01."""
    if not sop.equipment:
        return
    has = " ; ".join(sop.equipment)
    lacking: dict[str, tuple[int, str]] = {}
    for path, text in printed(sop).holding(_telling()):
        match path:
            case ("langkah", int(row), str(column), *_) if column != "keterangan":
                for tool in used(text):
                    if tool not in lacking and not _is_listed(tool, has, sop.equipment):
                        lacking[tool] = row, column
    if lacking:
        yield Hit(
            ("peralatan",),
            say("Peralatan tidak memuat {tools} yang dipakai dalam langkah.", tools=told_list(list(lacking))),
            say("Tambahkan ke Peralatan, atau hapus dari langkah bila tidak dipakai."),
            related=tuple(_pointer(tool, at, sop) for tool, at in lacking.items()),
            subject=" ".join(lacking),
        )


def _pointer(tool: str, at: tuple[int, str], sop: Sop) -> Pointer:
    row, column = at
    path: DataPath = ("langkah", row, column)
    number = numbered(sop.steps[row], row)
    return Pointer(path, say("{t} dipakai pada langkah {n}", t=tool, n=number))


@cache
def _telling() -> tuple[str, ...]:
    """One of these is in every text that speaks of a tool or program."""
    return ("aplikasi", "sistem", *dict.fromkeys(word for word, _ in telling_words()))


@lru_cache(maxsize=16384)
def used(text: str) -> tuple[str, ...]:
    """The tools and programs that ``text`` speaks of; a program without a name is "aplikasi"."""
    lower = text.lower()
    near = dict.fromkeys(tool for word, tool in telling_words() if word in lower)
    found = [tool.name for tool in near if tool.used.search(text)]
    named = [f"aplikasi {match[1]}" for match in _NAMED.finditer(text)]
    found += [name for name in named if not any(tool.lower() in name.lower() for tool in found)]
    if not found and _SOME.search(text):
        found.append("aplikasi")
    return tuple(found)


def _is_listed(tool: str, has: str, equipment: tuple[str, ...]) -> bool:
    known = next((row for row in tools() if row.name == tool), None)
    if known is not None and known.listed.search(has):
        return True
    if known is not None and not known.name[:2].isupper():
        return False
    # A program: "Aplikasi" alone stands for any, and any program for one without a name.
    if any(_ANY_PROGRAM.match(item) for item in equipment):
        return True
    if tool == "aplikasi":
        return bool(_PROGRAM.search(has))
    return tool.removeprefix("aplikasi ").lower() in has.lower()


RULE = Rule(
    code="IDN-16",
    name="alat-tidak-tercantum",
    severity=Severity.WARNING,
    summary=say("Alat yang dipakai tidak ada dalam Peralatan"),
    source="PermenPAN-RB 35/2012, unsur identitas: peralatan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
