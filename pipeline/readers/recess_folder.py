"""The tables of a recess folder: where each stands, and what is made of one that is not there."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, Meeting, Member, Proposal, TableSource
from pipeline.readers.csvfile import read_table
from pipeline.readers.faults import Collector
from pipeline.readers.files import is_there, shown
from pipeline.readers.proposal_columns import PROPOSAL_TABLE
from pipeline.readers.recess_columns import MEETING_TABLE, MEMBER_TABLE, RECESS_TABLES
from pipeline.readers.recess_dates import DayReader
from pipeline.readers.recess_files import Files
from pipeline.readers.recess_people import People
from pipeline.readers.recess_period import other_recesses
from pipeline.readers.recess_rows import data_rows
from pipeline.readers.recess_single import Meetings, can_give, members_of
from pipeline.readers.recess_tables import Proposals, meetings, members, missing_columns, settled
from pipeline.readers.tables import Row, Table, TableSpec

WORKBOOK = "reses.xlsx"
_MAIN = {MEMBERS: "nama", MEETINGS: "tanggal", PROPOSALS: "uraian"}
"""The column that a row of the table always fills."""


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of the three tables as values."""

    members: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    proposals: tuple[Proposal, ...]


@dataclass(slots=True)
class Tables:
    """The tables below ``folder``. ``partial`` names those of which not every row could be read."""

    folder: Path
    root: Path
    collector: Collector
    partial: set[str] = field(default_factory=set)
    paths: list[Path] = field(default_factory=list)
    _sources: dict[str, TableSource] = field(default_factory=dict)

    def records(self, start: dt.date | None, end: dt.date | None, session: int | None, year: str) -> Records:
        """Everything that the tables say; ``start`` and ``end`` help to tell what a date means."""
        proposals = self._table(PROPOSAL_TABLE)
        other_recesses(proposals, session, year, self.collector)
        members_ = self._members(proposals)
        people = People(members_)
        files = Files(self.folder)
        days = DayReader((proposals.text(row, "tanggal") for row in proposals.rows), start, end)
        made = Meetings(proposals, people, days, files, self.collector)
        meetings_ = self._meetings(made, people, files, start, end)
        reader = Proposals(proposals, people, meetings_, files, days, self.collector, made.ids)
        found = Records(members_, meetings_, tuple(reader.read()))
        self.paths += dict.fromkeys(file.path for meeting in meetings_ for file in meeting.attachments)
        return found

    def sources(self) -> Mapping[str, TableSource]:
        """Where the rows of each table stand."""
        for spec in RECESS_TABLES:
            if spec.sheet not in self._sources:
                self._sources[spec.sheet] = _source(_nothing(self._path(spec), self.root))
        return self._sources

    def _members(self, proposals: Table) -> tuple[Member, ...]:
        if self._is_made_of(proposals, MEMBER_TABLE):
            columns = {**proposals.columns, "nama": proposals.columns["nama_anggota"]}
            self._sources[MEMBERS] = _source(replace(proposals, columns=columns))
            return members_of(proposals, self.collector)
        return tuple(members(self._table(MEMBER_TABLE), self.collector))

    def _meetings(
        self, made: Meetings, people: People, files: Files, start: dt.date | None, end: dt.date | None
    ) -> tuple[Meeting, ...]:
        if self._is_made_of(made.table, MEETING_TABLE):
            self._sources[MEETINGS] = _source(made.table)
            return made.read()
        table = self._table(MEETING_TABLE)
        days = DayReader((table.text(row, "tanggal") for row in table.rows), start, end)
        return tuple(meetings(table, people, days, files, self.collector))

    def _is_made_of(self, proposals: Table, spec: TableSpec) -> bool:
        """Is there no table of its own, and do the rows of the proposals tell what would stand in it?"""
        path = self._path(spec)
        absent = not is_there(path) or (path.name == WORKBOOK and not _has_sheet(path, spec.sheet))
        return absent and can_give(proposals, spec.sheet)

    def _path(self, spec: TableSpec) -> Path:
        names = (f"{spec.sheet}.csv", f"{spec.sheet}.xlsx", WORKBOOK)
        return next((path for name in names if is_there(path := self.folder / name)), self.folder / names[0])

    def _table(self, spec: TableSpec) -> Table:
        path = self._path(spec)
        self.paths.append(path)
        told = len(self.collector.findings)
        table = read_table(path, self.root, spec, self.collector)
        if (
            table is None
            or spec.lacking(table.columns)[:1] == spec.columns[:1]
            or any(finding.blocks for finding in self.collector.findings[told:])
        ):
            self.partial.add(spec.sheet)
        if table is None:
            self._sources[spec.sheet] = _source(nothing := _nothing(path, self.root))
            return nothing
        table = data_rows(settled(table), spec, _MAIN[spec.sheet], self.collector)
        missing_columns(table, spec, self.collector)
        self._sources[spec.sheet] = _source(table)
        return table


def _has_sheet(path: Path, sheet: str) -> bool:
    from pipeline.readers.workbooks import sheet_names

    return sheet in sheet_names(path)


def _nothing(path: Path, root: Path) -> Table:
    return Table(file=shown(path, root), columns={}, rows=(), header=Row(1, 1, ()))


class _Lines(Mapping[int, int]):
    """Row -> line of the file, for the rows of a table; takes 16 bytes a row."""

    __slots__ = ("_lines", "_rows")

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows = array("q", (row.number for row in rows))
        self._lines = array("q", (row.line for row in rows))

    def __getitem__(self, row: int) -> int:
        at = bisect_left(self._rows, row)
        if at == len(self._rows) or self._rows[at] != row:
            raise KeyError(row)
        return self._lines[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _source(table: Table) -> TableSource:
    """Where the rows of ``table`` stand; of the table only the text of the file is kept, to find cells in."""
    lines = _Lines(table.rows)
    kept = replace(table, rows=())

    def locate(number: int, column: str | None) -> Place:
        if number == table_header:
            return kept.place(kept.header, column)
        line = lines.get(number)
        return Place(kept.file, sheet=kept.sheet) if line is None else kept.place(Row(number, line, ()), column)

    table_header = kept.header.number
    return TableSource(kept.file, locate, kept.sheet, {} if kept.sheet else lines)
