"""Reads a recess folder: ``reses.yaml`` and the tables of members, meetings and proposals beside it."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.finding import Place, Stage
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import Message, say
from pipeline.model.office import Official
from pipeline.model.recess import Meeting, Member, Proposal, Recess, RecessInput, TableSource
from pipeline.readers import faults
from pipeline.readers.csvfile import read_table
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Field, Reading, Shape
from pipeline.readers.files import is_there, shown
from pipeline.readers.nearest import did_you_mean, nearest
from pipeline.readers.nodes import MapNode, Node, TextNode
from pipeline.readers.recess_tables import (
    MEETING_TABLE,
    MEMBER_TABLE,
    PROPOSAL_TABLE,
    RECESS_TABLES,
    meetings,
    members,
    missing_columns,
    proposals,
)
from pipeline.readers.registers import CAPACITIES
from pipeline.readers.tables import Row, Table, TableSpec
from pipeline.readers.yamlfile import read_yaml

MAIN_FILES = ("reses.yaml", "reses.yml", "reses.xlsx")
WORKBOOK = "reses.xlsx"
SHEET = "reses"


def _field(key: str, shape: Shape, about: Message, choices: tuple[str, ...] = (), example: str = "") -> Field:
    return Field(key, shape, about, choices, example=example)


SIGNER_FIELDS = (
    _field("nama", Shape.TEXT, say("Nama dengan gelar"), example="Nama Pejabat, S.H., M.Si."),
    _field("jabatan", Shape.TEXT, say("Jabatan"), example="Sekretaris DPRD"),
    _field("nip", Shape.TEXT, say("NIP"), example="19800101 200501 1 001"),
    _field("pangkat", Shape.TEXT, say("Pangkat"), example="Pembina"),
    _field("golongan", Shape.TEXT, say("Golongan ruang"), example="IV/a"),
    Field(
        "sebagai",
        Shape.CHOICE,
        say("Kosong, Plt., Plh., Pj., a.n., atau u.b."),
        choices=CAPACITIES,
    ),
)
RECESS_FIELDS: tuple[Field, ...] = (
    _field(
        "tahun",
        Shape.TEXT,
        say("Tahun, atau tahun sidang (2025/2026)"),
        example="2026",
    ),
    _field("masa", Shape.INTEGER, say("Masa persidangan, 1 sampai 3"), example="1"),
    _field("mulai", Shape.DATE, say("Hari pertama reses"), example="2026-02-02"),
    _field("selesai", Shape.DATE, say("Hari terakhir reses"), example="2026-02-07"),
    _field(
        "tanggal_laporan",
        Shape.DATE,
        say("Tanggal di atas tanda tangan"),
        example="2026-02-16",
    ),
    _field(
        "hitungan_hari",
        Shape.CHOICE,
        say("Cara menghitung lama reses; kosong: keduanya diperiksa"),
        ("kalender", "kerja"),
    ),
    _field(
        "status",
        Shape.CHOICE,
        say("Tahap dokumen"),
        tuple(stage.value for stage in Stage),
    ),
    _field(
        "dasar",
        Shape.TEXTS,
        say("Dasar hukum"),
        example="Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    ),
    Field(
        "penandatangan",
        Shape.REFERENCE,
        say("id di pejabat.csv, atau pejabatnya sendiri"),
        fields=SIGNER_FIELDS,
        example="setwan",
    ),
    _field(
        "catatan",
        Shape.TEXT,
        say("Catatan, tidak dicetak"),
        example="Dua pertemuan digabung",
    ),
)
"""Keys of ``reses.yaml``."""


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
        recess = _recess(document, reading, office, tables, collector)
    paths = dict.fromkeys([main, *(_path(folder, spec) for spec in RECESS_TABLES)])
    return RecessInput(
        id=document,
        folder=folder,
        recess=recess,
        office=office,
        places=collector.places,
        findings=tuple(collector.findings),
        sources=tuple(path for path in paths if is_there(path)),
        tables={name: _source(table) for name, table in tables.items()},
        partial=frozenset(partial),
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
    document: str, reading: Reading, office: OfficeInput, tables: dict[str, Table], collector: Collector
) -> Recess:
    _complete(reading, collector)
    read_members: tuple[Member, ...] = tuple(members(tables[MEMBER_TABLE.sheet], collector))
    read_meetings: tuple[Meeting, ...] = tuple(meetings(tables[MEETING_TABLE.sheet], collector))
    owners = {meeting.id: meeting.member_id for meeting in reversed(read_meetings)}
    read_proposals: tuple[Proposal, ...] = tuple(proposals(tables[PROPOSAL_TABLE.sheet], collector, owners))
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
        signer=_signer(reading, office, collector),
        note=reading.text("catatan"),
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


def _signer(reading: Reading, office: OfficeInput, collector: Collector) -> Official | None:
    node = reading.get("penandatangan")
    if isinstance(node, MapNode):
        official = reading.mapping("penandatangan")
        return _official(official) if official else None
    if not isinstance(node, TextNode):
        if node is not None:
            reading.wrong("penandatangan", node)
        return None
    wanted = reading.text("penandatangan")
    found = next(
        (official for official in office.office.officials if official.id.casefold() == wanted.casefold()), None
    )
    if found is None:
        collector.add(
            faults.REFERENCE,
            reading.place("penandatangan"),
            say("`{v}` tidak ada di pejabat.csv", v=wanted),
            did_you_mean(wanted, [official.id for official in office.office.officials]),
        )
    return found


def _official(reading: Reading) -> Official:
    return Official(
        name=reading.text("nama"),
        position=reading.text("jabatan"),
        nip=reading.text("nip"),
        rank=reading.text("pangkat"),
        grade=reading.text("golongan"),
        capacity=reading.choice("sebagai", ""),
    )
