"""Reads a recess folder: ``reses.yaml`` and the tables of members, meetings and proposals beside it."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import say
from pipeline.model.recess import Meeting, Member, Proposal, Recess, RecessInput, TableSource
from pipeline.readers import faults
from pipeline.readers.csvfile import read_table
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Reading
from pipeline.readers.files import is_there, shown
from pipeline.readers.nearest import nearest
from pipeline.readers.nodes import MapNode, Node
from pipeline.readers.proposal_columns import PROPOSAL_TABLE
from pipeline.readers.recess_columns import MEETING_TABLE, MEMBER_TABLE, RECESS_TABLES
from pipeline.readers.recess_fields import RECESS_FIELDS
from pipeline.readers.recess_main import agreeing, checked_groups, planning, plenaries, previous, signer
from pipeline.readers.recess_registers import read_region, region_files
from pipeline.readers.recess_tables import meetings, members, missing_columns, proposals, settled
from pipeline.readers.tables import Row, Table, TableSpec
from pipeline.readers.yamlfile import read_yaml

MAIN_FILES = ("reses.yaml", "reses.yml", "reses.xlsx")
WORKBOOK = "reses.xlsx"
SHEET = "reses"


def read_recess(folder: Path, office: OfficeInput, root: Path) -> RecessInput:
    """The recess in ``folder``: every fault of its files is a finding, every row that can be used is used.

    Tables come from ``anggota.csv``, ``pertemuan.csv`` and ``aspirasi.csv``; what is not there comes from the sheets
    of ``reses.xlsx``, and so does what ``reses.yaml`` says. Never raises for what is in the files.
    """
    document = f"{office.office.id}/reses/{folder.resolve().name}"
    collector = Collector(document)
    main = next((folder / name for name in MAIN_FILES if is_there(folder / name)), folder / MAIN_FILES[0])
    collector.places[()] = Place(shown(main, root))
    if not is_there(main):
        _no_main(main, root, collector)
        return RecessInput(document, folder, None, office, collector.places, tuple(collector.findings), (), {})
    reading = _reading(main, root, collector)
    partial: set[str] = set()
    tables = {spec.sheet: _table(folder, root, spec, collector, partial) for spec in RECESS_TABLES}
    recess = None
    if reading is not None:
        recess = _recess(document, folder, reading, office, tables, partial, collector)
    region = read_region(office.office.folder, root, collector)
    paths = dict.fromkeys([main, *(_path(folder, spec) for spec in RECESS_TABLES)])
    return RecessInput(
        id=document,
        folder=folder,
        recess=recess,
        office=office,
        places=collector.places,
        findings=tuple(collector.findings),
        sources=(*(path for path in paths if is_there(path)), *region_files(office.office.folder)),
        tables={name: _source(table) for name, table in tables.items()},
        partial=frozenset(partial),
        region=region,
    )


def _no_main(main: Path, root: Path, collector: Collector) -> None:
    """Report a folder with data but without what says which recess it is; tell a main file under another name."""
    others = sorted(path.name for path in main.parent.glob("*") if not path.name.startswith((".", "~")))
    tables = [f"{spec.sheet}.csv" for spec in RECESS_TABLES]
    books = [name for name in others if name.lower().endswith((".xlsx", ".xlsm"))]
    near = nearest(main.name, [name for name in others if name not in tables]) or (books[0] if len(books) == 1 else "")
    named = WORKBOOK if near in books else main.name
    collector.add(
        faults.MISSING,
        Place(shown(main, root)),
        say(
            "folder ini berisi data reses ({names}), tetapi tidak ada `reses.yaml` atau `reses.xlsx`",
            names=", ".join(others[:4]) + (", ..." if len(others) > 4 else ""),
        ),
        say("Ganti nama `{near}` menjadi `{named}` bila itu berkasnya.", near=near, named=named)
        if near
        else say(
            "Buat `reses.yaml` di folder itu: tahun, masa, mulai, selesai, penandatangan. Contoh: tertib new reses."
        ),
    )


def _reading(path: Path, root: Path, collector: Collector) -> Reading | None:
    node: Node | None
    if path.suffix == ".xlsx":
        from pipeline.readers.workbooks import read_mapping

        node = read_mapping(path, root, SHEET, RECESS_FIELDS, collector)
    else:
        node = read_yaml(path, root, collector)
    if isinstance(node, MapNode):
        return Reading(node, RECESS_FIELDS, (), collector)
    if node is not None:
        collector.add(
            faults.WRONG_TYPE,
            node.place,
            say("isi berkas harus pasangan `kunci: isi`"),
            say("Mulai dari contoh: `tertib new reses`."),
            blocks=True,
        )
    return None


def _path(folder: Path, spec: TableSpec) -> Path:
    path = folder / f"{spec.sheet}.csv"
    workbook = folder / WORKBOOK
    return workbook if is_there(workbook) and not is_there(path) else path


def _table(folder: Path, root: Path, spec: TableSpec, collector: Collector, partial: set[str]) -> Table:
    path = _path(folder, spec)
    told = len(collector.findings)
    table = read_table(path, root, spec, collector)
    if table is None or not table.has("id") or any(finding.blocks for finding in collector.findings[told:]):
        partial.add(spec.sheet)
    if table is None:
        return Table(file=shown(path, root), columns={}, rows=(), header=Row(1, 1, ()))
    table = settled(table)
    missing_columns(table, spec, collector)
    return table


def _source(table: Table) -> TableSource:
    rows = {row.number: row for row in table.rows}

    def locate(number: int, column: str | None) -> Place:
        row = rows.get(number)
        return Place(table.file, sheet=table.sheet) if row is None else table.place(row, column)

    lines = {} if table.sheet else {row.number: row.line for row in table.rows}
    return TableSource(table.file, locate, table.sheet, lines)


def _recess(
    document: str,
    folder: Path,
    reading: Reading,
    office: OfficeInput,
    tables: dict[str, Table],
    partial: set[str],
    collector: Collector,
) -> Recess:
    _complete(reading, collector)
    read_members: tuple[Member, ...] = tuple(members(tables[MEMBER_TABLE.sheet], collector))
    read_meetings: tuple[Meeting, ...] = tuple(meetings(tables[MEETING_TABLE.sheet], collector))
    owners = {meeting.id: meeting.member_id for meeting in reversed(read_meetings)}
    read_proposals: tuple[Proposal, ...] = tuple(proposals(tables[PROPOSAL_TABLE.sheet], collector, owners))
    known = PROPOSAL_TABLE.sheet not in partial
    together = checked_groups(reading, "gabung", read_proposals, known)
    return Recess(
        id=document,
        stage=reading.stage(),
        year=reading.text("tahun"),
        session=reading.integer("masa", 1, 3),
        start=reading.date("mulai"),
        end=reading.date("selesai"),
        reported=reading.date("tanggal_laporan"),
        day_count=reading.choice("hitungan_hari", ""),
        legal_basis=tuple(text for text in reading.texts("dasar") if text),
        signer=signer(reading, office),
        note=reading.text("catatan"),
        announced=reading.date("pengumuman"),
        last_of_term=reading.choice("persidangan_terakhir", "tidak") == "ya",
        plenaries=plenaries(reading),
        planning=planning(reading),
        together=together,
        apart=agreeing(reading, together, checked_groups(reading, "pisah", read_proposals, known)),
        previous=previous(reading, folder),
        members=read_members,
        meetings=read_meetings,
        proposals=read_proposals,
    )


def _complete(reading: Reading, collector: Collector) -> None:
    for key in ("tahun", "masa", "mulai", "selesai", "penandatangan"):
        if reading.get(key) is None:
            collector.add(
                faults.INCOMPLETE,
                reading.place(key),
                say("`{key}` belum diisi", key=key),
                say("Isi `{key}`; sampai itu tercetak kosong.", key=key),
            )
