"""A citation as it should stand: the whole text that a person can copy into the legal basis."""

from __future__ import annotations

import datetime as dt
from typing import Final

from pipeline.model.sop import Sop
from pipeline.rules.base import Context
from pipeline.rules.citations import Amendment, Citation
from pipeline.rules.gazettes import NAMES
from pipeline.rules.official_form import official_form
from pipeline.rules.register import Register, Regulation, long_reference, split_reference

_STATE: Final = frozenset(("UU", "Perppu", "PP", "Perpres", "Keppres"))
_COUNTRY: Final = "Republik Indonesia"
_MARKS: Final = " ;.,"


def suggestion(sop: Sop, ctx: Context, index: int, citation: Citation) -> str:
    """What item ``index`` of the legal basis should read, its last mark included.

    Gazettes are given where the item or another one of the list gives them.
    """
    item = ctx.citations[index]
    is_last = index == len(sop.legal_basis) - 1 and citation == (item, *item.also)[-1]
    mark = "." if is_last else ";"
    return f"{canonical(citation, ctx.register, ctx.day, gazettes=in_full(ctx))}{mark}"


def in_full(ctx: Context) -> bool:
    """Is the legal basis written in full, with gazettes, as in a regulation?"""
    return any(citation.gazettes for _, citation in ctx.cited)


def canonical(citation: Citation, register: Register, day: dt.date, *, gazettes: bool) -> str:
    """The corrected citation without last mark: from the register where it knows it, else its own words put right."""
    row = register.find(citation) if citation.complete else None
    if row is None or not row.about:
        return official_form(citation.text.strip(_MARKS)).text.strip(_MARKS)
    full = gazettes or bool(citation.gazettes)
    return f"{printed(row, gazettes=full)}{_clause(citation, row, register, day, full)}"


def replacement(row: Regulation, register: Register, day: dt.date, *, gazettes: bool) -> str:
    """How a regulation of the register is cited on ``day``, with its amendments."""
    return f"{printed(row, gazettes=gazettes)}{amended(row, register, day, gazettes=gazettes)}"


def printed(row: Regulation, *, gazettes: bool) -> str:
    """A regulation of the register with its gazette, where that is wanted and known."""
    entry = gazette_of(row) if gazettes else ""
    return f"{row.long} ({entry})" if entry else row.long


def gazette_of(row: Regulation) -> str:
    """``"Lembaran Negara Republik Indonesia Tahun 2014 Nomor 244, Tambahan ... Nomor 5587"``; "" when unknown."""
    if row.published is None:
        return ""
    kind = "LN" if row.kind in _STATE else "BN" if not row.region else "LD" if row.kind == "Perda" else "BD"
    place = row.region.title() or _COUNTRY
    parts = []
    if row.published.number is not None:
        parts.append(f"{NAMES[kind]} {place} Tahun {row.year} Nomor {row.published.number}")
    if row.published.supplement is not None:
        parts.append(f"{NAMES['T' + kind]} {place} Nomor {row.published.supplement}")
    return ", ".join(parts)


def amended(row: Regulation, register: Register, day: dt.date, *, gazettes: bool) -> str:
    """The clause that belongs behind ``row`` on ``day``, with a blank before it; "" when nothing had amended it."""
    past = register.amendments(row, day)
    if not past:
        return ""
    last = register.named(past[-1])
    kind, number, year = split_reference(past[-1])
    name = printed(last, gazettes=gazettes) if last is not None else long_reference(kind, number, year)
    if len(past) == 1:
        return f" sebagaimana telah diubah dengan {name}"
    return f" sebagaimana telah beberapa kali diubah, terakhir dengan {name}"


def _clause(citation: Citation, row: Regulation, register: Register, day: dt.date, full: bool) -> str:
    clause = citation.amendment
    if clause is not None and _knows_more(clause, row, register):
        return f" {official_form(clause.text).text}"
    made = amended(row, register, day, gazettes=full)
    return made if made or clause is None else f" {official_form(clause.text).text}"


def _knows_more(clause: Amendment, row: Regulation, register: Register) -> bool:
    """Does the clause name an amendment that the register does not know?"""
    return any(by.short not in row.amended_by and register.find(by) is None for by in clause.by)
