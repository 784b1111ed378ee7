"""What findings on the tables of a recess are about: the record of their row, by its id and not by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from pipeline.model.finding import Finding
from pipeline.model.fingerprint import normalised
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, Meeting, Member, Proposal, RecessInput

_ROW: Final = re.compile(r"\d+$")


_Key = tuple[str, str | None, int]


def with_subjects(item: RecessInput, findings: Iterable[Finding]) -> Iterator[Finding]:
    """``findings`` on rows of the tables of ``item`` with the record they are about; the others as they are."""
    found = tuple((finding, _row(finding)) for finding in findings)
    records = _records(item, {row for _, row in found if row is not None})
    for finding, row in found:
        record = records.get(row) if row is not None else None
        yield finding if record is None else replace(finding, subject=f"{record}\x1e{finding.subject}")


def _row(finding: Finding) -> _Key | None:
    place = finding.place
    number = _ROW.search(place.cell or "")
    return (place.file, place.sheet, int(number.group())) if number else None


def _records(item: RecessInput, wanted: AbstractSet[_Key]) -> dict[_Key, str]:
    """The wanted records by file, sheet and row (the header is 1)."""
    recess = item.recess
    if recess is None or not wanted:
        return {}
    found = {}
    for name, rows in ((MEMBERS, recess.members), (MEETINGS, recess.meetings), (PROPOSALS, recess.proposals)):
        table = item.tables.get(name)
        if table is None:
            continue
        for one in rows:
            key = (table.file, table.sheet, one.row)
            if key in wanted:
                found[key] = _text(one)
    return found


def _text(record: Member | Meeting | Proposal) -> str:
    """What people know a record by, besides its id."""
    if isinstance(record, Member):
        return normalised(f"{record.id} {record.name}")
    if isinstance(record, Meeting):
        return normalised(f"{record.id} {record.member_id}")
    return normalised(f"{record.id} {record.text}")
