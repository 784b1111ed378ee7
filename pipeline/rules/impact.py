"""Which SOPs a regulation concerns: citations of it in any form, of what it amended and of what amended it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.model.finding import Place, place_of
from pipeline.model.impact import Relation, Status, Use
from pipeline.model.inputs import SopInput
from pipeline.model.sop import Sop
from pipeline.rules.base import Facts
from pipeline.rules.canonical import canonical
from pipeline.rules.citations import Citation, parse_citation, short_name
from pipeline.rules.kinds import nearest
from pipeline.rules.register import Register, Regulation, register_for
from pipeline.rules.status import PARLIAMENTS, REGIONS, cited_today, status_on, successor
from pipeline.rules.titles import amended_by_title, titled


@dataclass(frozen=True, slots=True)
class Asked:
    """The regulation asked for, as one office's register knows it."""

    citation: Citation
    register: Register

    @property
    def row(self) -> Regulation | None:
        """Its row, None when the register does not know it."""
        return self.register.find(self.citation)

    @property
    def short(self) -> str:
        """Its short name."""
        return self.row.short if self.row is not None else self.citation.short


def asked_for(citation: Citation, item: SopInput | None) -> Asked:
    """``citation`` for the office of ``item``; for no office when there is none."""
    office = item.office.office if item is not None else None
    return Asked(citation, register_for(office.regulations, office.region) if office else register_for((), ""))


def status_of(asked: Asked, day: dt.date) -> tuple[str, Status, str]:
    """Full citation ("" when unknown), status on ``day``, and the short name of what stands in its place."""
    row = asked.row
    long = row.long if row is not None and row.about else ""
    return long, status_on(row, asked.register, day), _replacement(row, asked.register, item=None)


def uses(item: SopInput, wanted: Citation, facts: Facts) -> Iterator[Use]:
    """Every citation of ``item`` that concerns ``wanted``, in the order of its legal basis."""
    sop = item.sop
    if sop is None:
        return
    asked = asked_for(wanted, item)
    day = facts.as_of or sop.date or facts.today
    for index, text in enumerate(sop.legal_basis):
        first = parse_citation(text)
        for citation in (first, *first.also):
            relation = _relation(citation, asked)
            if relation is not None:
                yield _use(item, sop, index, citation, relation, asked, day, facts)


def _relation(citation: Citation, asked: Asked) -> Relation | None:
    """How ``citation`` concerns what is asked for; None when it does not."""
    if _is(citation, asked):
        return Relation.ITSELF
    if citation.amendment is not None and any(_is(by, asked) for by in citation.amendment.by):
        return Relation.IN_CLAUSE
    if not citation.complete:
        return None
    row, wanted = asked.register.find(citation), asked.row
    short = row.short if row is not None else citation.short
    if (wanted is not None and short in wanted.amended_by) or _amends(citation.about, asked):
        return Relation.AMENDS
    about = wanted.about if wanted is not None else asked.citation.about
    amended = amended_by_title(about)
    if (row is not None and asked.short in row.amended_by) or (
        amended is not None and _is(amended, Asked(citation, asked.register))
    ):
        return Relation.AMENDED_BY
    return None


def _is(citation: Citation, asked: Asked) -> bool:
    wanted = asked.citation
    if not citation.complete or citation.year != wanted.year:
        return False
    row = asked.register.find(citation)
    if row is not None and asked.row is not None:
        return row is asked.row
    home = asked.register.home
    regions = {each.region or home for each in (citation, wanted)} if citation.region or wanted.region else {""}
    return (citation.kind, citation.number) == (wanted.kind, wanted.number) and len(regions) == 1


def _amends(about: str, asked: Asked) -> bool:
    amended = amended_by_title(about)
    return amended is not None and _is(amended, asked)


def _use(
    item: SopInput,
    sop: Sop,
    index: int,
    citation: Citation,
    relation: Relation,
    asked: Asked,
    day: dt.date,
    facts: Facts,
) -> Use:
    register = asked.register
    row = register.find(citation)
    instead = _replacement(row, register, item)
    gazettes = bool(citation.gazettes)
    text = sop.legal_basis[index].rstrip()
    mark = text[-1:] if text.endswith((";", ".")) else ""
    suggested = (
        cited_today(instead, register, day, facts.today, gazettes=gazettes)
        if instead
        else canonical(citation, register, day, gazettes=gazettes)
    )
    return Use(
        document=item.id,
        title=sop.title,
        place=place_of(item.places, ("dasar_hukum", index)) or Place(item.path.as_posix()),
        item=index + 1,
        text=sop.legal_basis[index],
        cited=row.short if row is not None else citation.short,
        relation=relation,
        day=day,
        status=status_on(row, register, day),
        replacement=instead,
        suggestion=f"{suggested}{mark}",
    )


def _replacement(row: Regulation | None, register: Register, item: SopInput | None) -> str:
    """What replaced a regulation in the end; for a council that of its own part of the law on the parliaments."""
    if row is None or not row.revoked:
        own = row is not None and row.short == PARLIAMENTS and item is not None and _of_council(item)
        return REGIONS if own else ""
    known = register.revocation(row)
    new = successor(register, known[0]) if known is not None else ""
    return REGIONS if new == PARLIAMENTS and (item is None or _of_council(item)) else new


def _of_council(item: SopInput) -> bool:
    return "DPRD" in item.office.office.unit.upper()


def likely(text: str) -> tuple[str, ...]:
    """What may be meant by a citation that cannot be understood, by short names; empty when nothing is near."""
    read = parse_citation(text)
    register = register_for((), "")
    if read.complete:
        return ()
    if not read.kind:
        name = nearest(text)
        known = parse_citation(f"{name} {text.split(maxsplit=len(name.split()))[-1]}") if name else read
        if known.complete:
            return (known.short,)
        read = replace(read, kind=known.kind, number=known.number) if known.kind else read
    return _by_parts(read, text, register)


def _by_parts(read: Citation, text: str, register: Register) -> tuple[str, ...]:
    if read.kind and read.about:
        alike = titled(register, read.about, read.kind)
        return (alike.short,) if alike is not None else ()
    number = read.number or next((word for word in text.split() if word.isdecimal()), "")
    rows = sorted(
        (row for row in register.rows.values() if read.kind and (row.kind, row.number) == (read.kind, number)),
        key=lambda row: row.year or 0,
    )
    return tuple(short_name(row.kind, row.number, row.year) for row in rows[-3:])
