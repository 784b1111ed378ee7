"""The recap as versioned JSON: every line with its ids and the row it came from, so that one search finds it.

Every member, meeting, proposal and need is one line of the file: ``grep`` or ``findstr`` for an id shows all of it.
The schema is ``data/rekapitulasi.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model.recap import ComparedNeed, Comparison, CrossTable, Dimension, Duty, Need, Recap, RowLabels, Tally
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, EarlierNeed, Meeting, Proposal, RecessInput, TableSource

SCHEMA_VERSION = 1
INVENTORY = "rekapitulasi"

KEYS: Mapping[Dimension, str] = {
    Dimension.DISTRICT: "dapil",
    Dimension.FRACTION: "fraksi",
    Dimension.COMMISSION: "komisi",
    Dimension.FIELD: "bidang",
    Dimension.AGENCY: "opd",
    Dimension.SUBDISTRICT: "kecamatan",
    Dimension.VILLAGE: "desa",
    Dimension.PRIORITY: "prioritas",
    Dimension.STATUS: "status",
}
_MOST_CELLS = 1_000_000
_Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Documents:
    """In which document what is printed, as paths below the folder of the recess without suffix.

    ``members`` by id of the member, ``groups`` by dimension and label, ``inventory`` by number of the need: the annex
    volume that holds it, where the inventory of the plenary is in volumes.
    """

    members: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[Dimension, Mapping[str, str]] = field(default_factory=dict)
    inventory: Mapping[int, str] = field(default_factory=dict)

    def of_row(self, row: Proposal, labels: Mapping[Dimension, str]) -> list[str]:
        """The reports of the member who heard ``row`` and of that member's groups."""
        found = [self.members.get(row.member_id)]
        found += [self.groups[one].get(labels.get(one, "")) for one in self.groups]
        return [name for name in found if name]

    def of_need(self, number: int) -> str:
        """The document of the plenary that lists the need."""
        return self.inventory.get(number, INVENTORY)


def recap_json(
    item: RecessInput, recap: Recap, labels: RowLabels | None = None, documents: Documents | None = None
) -> bytes:
    """The recap as UTF-8 JSON, equal bytes for equal arguments; see ``recap_lines``."""
    return b"".join(recap_lines(item, recap, labels, documents))


def recap_lines(
    item: RecessInput, recap: Recap, labels: RowLabels | None = None, documents: Documents | None = None
) -> Iterator[bytes]:
    """The lines of the file one after the other, so that memory does not grow with the rows.

    ``labels`` (``pipeline.recess.labels.row_labels``) name the groups of rows; without them and without ``documents``
    lines lack their groups and the documents that print them.
    """
    writer = _Writer(item, recap, labels or _no_labels, documents or Documents())
    yield b"{\n"
    yield from _pairs(writer.head())
    yield from _array("members", writer.members())
    yield from _array("meetings", writer.meetings())
    yield from _array("needs", map(writer.need, recap.needs))
    yield from _array("proposals", writer.proposals())
    if recap.comparison is not None:
        yield from _pairs({"comparison": _comparison(recap.comparison)})
        yield from _array("compared", (writer.compared(one) for one in recap.comparison.needs))
    yield b'"complete": true\n}\n'


def _no_labels(_: Proposal) -> Mapping[Dimension, str]:
    return {}


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _pairs(values: Mapping[str, object]) -> Iterator[bytes]:
    for key, value in values.items():
        yield _line(key) + b": " + _line(value) + b",\n"


def _array(key: str, values: Iterable[object]) -> Iterator[bytes]:
    """``values`` one a line. An empty array is one line, too."""
    yield _line(key) + b": ["
    between = b"\n"
    for value in values:
        yield between + _line(value)
        between = b",\n"
    yield b"\n],\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the lines are made of."""

    item: RecessInput
    recap: Recap
    labels: RowLabels
    documents: Documents

    def source(self, table: str, row: int) -> str:
        found: TableSource | None = self.item.tables.get(table)
        return found.source(row) if found is not None and row else ""

    def head(self) -> _Json:
        recap, recess = self.recap, self.recap.recess
        return {
            "schema_version": SCHEMA_VERSION,
            "id": recess.id,
            "year": recess.year,
            "session": recess.session,
            "start": recess.start.isoformat() if recess.start else None,
            "end": recess.end.isoformat() if recess.end else None,
            "stage": recess.stage.value,
            "note": recess.note,
            "participants": recap.participants,
            "total": _tally(recap.total),
            "tables": {
                KEYS[dimension]: [{"label": line.label, **_tally(line.tally)} for line in table.lines]
                for dimension, table in recap.tables.items()
            },
            "table_totals": {KEYS[dimension]: _tally(table.total) for dimension, table in recap.tables.items()},
            "cross": _cross(recap.cross) if recap.cross is not None else None,
        }

    def members(self) -> Iterator[_Json]:
        duties = {duty.member.id: duty for duty in self.recap.duties}
        for activity in self.recap.activities:
            member = activity.member
            document = self.documents.members.get(member.id)
            yield {
                "id": member.id,
                "name": member.name,
                "fraction": member.fraction,
                "commission": member.commission,
                "district": member.district,
                "position": member.position,
                "source": self.source(MEMBERS, member.row),
                "meetings": activity.meetings,
                "participants": activity.participants,
                "heard": activity.heard,
                "duties": _duty(duties[member.id]) if member.id in duties else None,
                "documents": [document] if document else [],
            }

    def meetings(self) -> Iterator[_Json]:
        return map(self.meeting, self.recap.recess.meetings)

    def meeting(self, meeting: Meeting) -> _Json:
        document = self.documents.members.get(meeting.member_id)
        return {
            "id": meeting.id,
            "source": self.source(MEETINGS, meeting.row),
            "member": meeting.member_id,
            "date": meeting.date.isoformat() if meeting.date else None,
            "time": meeting.time,
            "subdistrict": meeting.subdistrict,
            "village": meeting.village,
            "venue": meeting.venue,
            "participants": meeting.participants,
            "documents": [document] if document else [],
        }

    def need(self, need: Need) -> _Json:
        """A need is printed wherever one of its rows is, and in the inventory."""
        printed = [name for row in need.rows for name in self.documents.of_row(row, self.labels(row))]
        return {
            "number": need.number,
            "text": need.lead.text,
            "amount": need.amount,
            "amounts": list(need.amounts),
            "proposals": [row.id for row in need.rows],
            "sources": [self.source(PROPOSALS, row.row) for row in need.rows],
            "members": list(dict.fromkeys(row.member_id for row in need.rows)),
            "scores": list(need.scores),
            "counted_in": {KEYS[one]: label for one, label in self.labels(need.lead).items()},
            "documents": list(dict.fromkeys((self.documents.of_need(need.number), *printed))),
        }

    def proposals(self) -> Iterator[_Json]:
        """In file order."""
        lines = [(row.row, need, at) for need in self.recap.needs for at, row in enumerate(need.rows)]
        lines.sort(key=lambda line: line[0])
        return (self.proposal(need.rows[at], need, at) for _, need, at in lines)

    def proposal(self, row: Proposal, need: Need, at: int) -> _Json:
        labels = self.labels(row)
        return {
            "id": row.id,
            "source": self.source(PROPOSALS, row.row),
            "need": need.number,
            "counted": at == 0,
            "score": need.scores[at] if need.scores else None,
            "member": row.member_id,
            "meeting": row.meeting_id,
            "text": row.text,
            "field": row.field,
            "agency": row.agency,
            "subdistrict": row.subdistrict,
            "village": row.village,
            "location": row.location,
            "volume": row.volume,
            "unit": row.unit,
            "amount": row.amount,
            "priority": row.priority,
            "status": row.status,
            "remark": row.remark,
            "kind": row.kind,
            "origin": row.origin,
            "authority": row.authority,
            "groups": {KEYS[one]: label for one, label in labels.items()},
            "documents": list(
                dict.fromkeys((*self.documents.of_row(row, labels), self.documents.of_need(need.number)))
            ),
        }

    def compared(self, one: ComparedNeed) -> _Json:
        return {
            "change": one.change.value,
            "need": one.need.number if one.need else None,
            "text": one.need.lead.text if one.need else None,
            "sources": [self.source(PROPOSALS, row.row) for row in one.need.rows] if one.need else [],
            "earlier": _earlier(one.earlier) if one.earlier else None,
            "score": one.score if one.need and one.earlier else None,
        }


def _tally(tally: Tally) -> dict[str, int | None]:
    """Sums are null where nothing was recorded."""
    return {
        "heard": tally.heard,
        "heard_amount": tally.recorded_heard_amount,
        "needs": tally.needs,
        "amount": tally.recorded_amount,
        "unpriced": tally.unpriced,
        "heard_unpriced": tally.heard_unpriced,
    }


def _duty(duty: Duty) -> _Json:
    """What the report must hold by PP 12/2018 art. 88(5)."""
    return {
        "reported": duty.reported,
        "time_and_place": duty.time_and_place,
        "heard": duty.heard,
        "documented": duty.documented,
        "complete": duty.complete,
    }


def _cross(cross: CrossTable) -> _Json | None:
    """Counts and amounts of needs, ``[row][column]``; null where a table has more cells than anybody reads."""
    if len(cross.rows) * len(cross.columns) > _MOST_CELLS:
        return None
    return {
        "row_dimension": KEYS[cross.row_dimension],
        "column_dimension": KEYS[cross.column_dimension],
        "rows": list(cross.rows),
        "columns": list(cross.columns),
        "needs": [[cell.needs for cell in cells] for cells in cross.cells],
        "amounts": [[cell.recorded_amount for cell in cells] for cells in cross.cells],
    }


def _comparison(comparison: Comparison) -> _Json:
    return {
        "previous": comparison.previous.id,
        "counts": {change.value: count for change, count in comparison.counts.items()},
        "fields": [{"label": one.label, "now": one.now, "before": one.before} for one in comparison.fields],
    }


def _earlier(need: EarlierNeed) -> _Json:
    return {
        "number": need.number,
        "text": need.text,
        "field": need.field,
        "agency": need.agency,
        "subdistrict": need.subdistrict,
        "village": need.village,
        "location": need.location,
        "status": need.status,
        "amount": need.amount,
        "source": need.source,
        "heard": need.heard,
    }
