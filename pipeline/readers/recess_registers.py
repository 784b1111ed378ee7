"""The registers of an office that only recesses need: areas, agencies, and the closed list of proposals (kamus).

All three are optional. A row that cannot be used is reported and left out; so is one that repeats another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Message, say
from pipeline.model.money import parse_rupiah
from pipeline.model.naming import fold
from pipeline.model.region import AGENCIES, AREAS, DICTIONARY, Agency, Area, Entry, Region
from pipeline.readers import faults
from pipeline.readers.csvfile import read_table
from pipeline.readers.faults import Collector, Fault
from pipeline.readers.files import is_there
from pipeline.readers.nearest import did_you_mean
from pipeline.readers.registers import split
from pipeline.readers.rows import MOST_FAULTS
from pipeline.readers.tables import Column, Row, Table, TableSpec


def _column(name: str, about: Message, *synonyms: str, required: bool = False, example: str = "") -> Column:
    return Column(name, about, required, synonyms, example)


AREA_TABLE = TableSpec(
    AREAS,
    (
        _column("dapil", say("daerah pemilihan"), "daerah pemilihan", "nama dapil", required=True, example="Dapil 1"),
        _column(
            "kecamatan",
            say("kecamatan"),
            *("kec", "nama kecamatan", "distrik"),
            required=True,
            example="Kecamatan Contoh",
        ),
        _column(
            "desa",
            say("desa atau kelurahan"),
            *("kelurahan", "desa/kelurahan", "kelurahan/desa", "nama desa", "nama desa/kelurahan"),
            *("nagari", "gampong", "kampung", "pekon"),
            example="Desa Contoh",
        ),
    ),
)
_AGENCY_NAMES = ("opd", "skpd", "perangkat daerah", "nama opd", "nama skpd", "nama perangkat daerah")
AGENCY_TABLE = TableSpec(
    AGENCIES,
    (
        _column(
            "nama", say("nama perangkat daerah"), *_AGENCY_NAMES, required=True, example="Dinas Pekerjaan Umum Contoh"
        ),
        _column(
            "kode",
            say("kode perangkat daerah di sistem perencanaan"),
            *("kode skpd", "kode opd", "kode perangkat daerah"),
            example="1.03.0.00.0.00.01.0000",
        ),
        _column("singkatan", say("singkatan; beberapa dipisah `;`"), "singkatan opd", "alias", example="DPU"),
        _column(
            "urusan",
            say("urusan pemerintahan yang diampu, dipisah `;`"),
            *("bidang", "bidang urusan", "urusan pemerintahan"),
            example="Pekerjaan Umum dan Penataan Ruang; Pertanahan",
        ),
    ),
)
DICTIONARY_TABLE = TableSpec(
    DICTIONARY,
    (
        _column(
            "id",
            say("pengenal di kamus usulan"),
            *("id kamus", "id_kamus", "kode"),
            required=True,
            example="K001",
        ),
        _column(
            "usulan",
            say("usulan yang boleh diajukan"),
            *("kamus", "kamus usulan", "nama usulan", "uraian", "giat_teks", "kegiatan"),
            required=True,
            example="Pembangunan drainase lingkungan",
        ),
        _column("bidang", say("bidang urusan"), "urusan", "bidang urusan", example="Pekerjaan Umum dan Penataan Ruang"),
        _column(
            "opd", say("perangkat daerah yang melaksanakan"), *_AGENCY_NAMES[1:], example="Dinas Pekerjaan Umum Contoh"
        ),
        _column("satuan", say("satuan volume"), "unit", example="meter"),
        _column(
            "harga",
            say("harga satu satuan (rupiah)"),
            *("harga satuan", "harga per satuan", "anggaran", "biaya", "biaya satuan"),
            example="650000",
        ),
    ),
)
_PASSED_OVER = frozenset(
    fold(name)
    for name in (
        *("no", "nomor", "no urut", "kode wilayah", "provinsi", "kabupaten", "kabupaten/kota", "kode_skpd", "id_skpd"),
        *("pekerjaan", "program", "id_program", "outcome_teks", "output_teks", "prioritas_teks", "jenis_profil"),
        *("kelompok", "tipe", "jenis", "is_locked", "tahun", "tahun_anggaran"),
    )
)
"""Columns that exports of the planning system have besides: they are not read, and nothing needs to be said."""
REGION_TABLES: tuple[TableSpec, ...] = (AREA_TABLE, AGENCY_TABLE, DICTIONARY_TABLE)


def region_files(office_folder: Path) -> tuple[Path, ...]:
    """The registers that are there: what a recess depends on besides its own files."""
    paths = (office_folder / f"{spec.sheet}.csv" for spec in REGION_TABLES)
    return tuple(path for path in paths if is_there(path))


def read_region(office_folder: Path, root: Path, collector: Collector) -> Region:
    """The registers of the office in ``office_folder``. Never raises for what is in the files.

    A register of which a row cannot be read counts as absent: what is not in it may well be in that row.
    """
    areas, agencies, dictionary = (_register(path, root, spec, collector) for spec, path in _paths(office_folder))
    region = Region(
        areas.whole(_areas(areas)),
        agencies.whole(_agencies(agencies)),
        dictionary.whole(_entries(dictionary)),
        _Places({register.table.name: register for register in (areas, agencies, dictionary) if register.table.file}),
    )
    _known_agencies(region, dictionary)
    return region


def _paths(folder: Path) -> Iterator[tuple[TableSpec, Path]]:
    return ((spec, folder / f"{spec.sheet}.csv") for spec in REGION_TABLES)


def _register(path: Path, root: Path, spec: TableSpec, collector: Collector) -> _Register:
    """The register in ``path``, an empty one without a file. A column that is not read does no harm here."""
    before = len(collector.findings)
    table = read_table(path, root, spec, collector) if is_there(path) else None
    collector.findings[before:] = _milder(collector.findings[before:])
    partial = any(finding.blocks for finding in collector.findings[before:])
    return _Register(table or Table("", {}, (), Row(1, 1, ()), name=spec.sheet), collector, partial)


def _milder(findings: list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        if finding.code != faults.COLUMN_UNKNOWN.code:
            yield finding
        elif fold(finding.subject) not in _PASSED_OVER:
            yield replace(finding, severity=Severity.WARNING)


_Record = TypeVar("_Record", Area, Agency, Entry)


@dataclass(slots=True)
class _Register:
    """Rows of one register with what they need, and no entry twice; ``used`` are the rows by their number.

    ``partial`` says that a row is not used though it is not there twice.
    """

    table: Table
    collector: Collector
    partial: bool = False
    used: dict[int, Row] = field(default_factory=dict)
    _seen: dict[object, Row] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)

    def records(
        self, needed: tuple[str, ...], key: str, identity: Callable[[Mapping[str, str]], object]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The number and the cells of each row that can be used; ``key`` is the column that names it."""
        for row, cells in self.table.records():
            lacking = [name for name in needed if not cells.get(name)]
            for name in lacking:
                self._lacks(row, name)
            self.partial = self.partial or bool(lacking)
            if lacking or self._is_twice(row, key, identity(cells)):
                continue
            self.used[row.number] = row
            yield row.number, {column.name: cells.get(column.name, "") for column in _COLUMNS[self.table.name]}

    def whole(self, records: Iterator[_Record]) -> tuple[_Record, ...]:
        """``records``, or none of them when there should be more."""
        found = tuple(records)
        return () if self.partial else found

    def add(self, fault: Fault, row: Row, column: str, message: Message, help: Message) -> None:
        """Report a fault of a cell; of one kind in one column only so many are told one by one."""
        kind = f"{fault.code} {column}"
        count = self._told[kind] = self._told.get(kind, 0) + 1
        if count <= MOST_FAULTS:
            self.collector.add(fault, self.table.place(row, column), message, help)
        elif count == MOST_FAULTS + 1:
            self.collector.add(
                fault,
                Place(self.table.file),
                say("lebih dari {n} baris bermasalah serupa pada kolom `{name}`", n=MOST_FAULTS, name=column),
                say("Selebihnya tidak disebut satu per satu; perbaiki seluruh kolom itu."),
            )

    def _lacks(self, row: Row, name: str) -> None:
        """A cell that is empty; a whole column that is missing is told already."""
        if self.table.has(name):
            self.add(
                faults.INCOMPLETE,
                row,
                name,
                say("sel `{name}` kosong", name=name),
                say("Isi sel ini; sampai itu daftar ini tidak dipakai untuk mencocokkan apa pun."),
            )

    def _is_twice(self, row: Row, key: str, identity: object) -> bool:
        first = self._seen.setdefault(identity, row)
        if first is row:
            return False
        self.add(
            faults.TWICE,
            row,
            key,
            say("`{text}` sudah ada di baris {line}", text=self.table.text(row, key), line=first.line),
            say("Hapus salah satu; yang dipakai adalah yang pertama."),
        )
        return True


_COLUMNS = {spec.sheet: spec.columns for spec in REGION_TABLES}


def _areas(register: _Register) -> Iterator[Area]:
    """A village lies in one district: named again, in whichever, it is there twice. A kecamatan may be split."""

    def identity(cells: Mapping[str, str]) -> object:
        village = cells.get("desa", "")
        return (fold(cells["kecamatan"]), fold(village) if village else f"\n{fold(cells['dapil'])}")

    needed = ("dapil", "kecamatan")
    key = "desa" if register.table.has("desa") else "kecamatan"
    for number, cells in register.records(needed, key, identity):
        yield Area(cells["dapil"], cells["kecamatan"], cells["desa"], number)


def _agencies(register: _Register) -> Iterator[Agency]:
    for number, cells in register.records(("nama",), "nama", lambda cells: fold(cells["nama"])):
        yield Agency(cells["nama"], cells["kode"], cells["singkatan"], split(cells["urusan"]), number)


def _entries(register: _Register) -> Iterator[Entry]:
    for number, cells in register.records(("id", "usulan"), "id", lambda cells: cells["id"].casefold()):
        price = _price(register, number, cells["harga"])
        yield Entry(cells["id"], cells["usulan"], cells["bidang"], cells["opd"], cells["satuan"], price, number)


def _price(register: _Register, number: int, text: str) -> int | None:
    money = parse_rupiah(text)
    if money.fault is not None:
        register.add(
            faults.NUMBER,
            register.used[number],
            "harga",
            say("harga `{t}` tidak terbaca sebagai rupiah bulat", t=text[:60]),
            say("Maksud Anda {s}? Sampai diperbaiki, entri ini tanpa harga.", s=money.suggestion)
            if money.suggestion
            else say("Tulis angka rupiah bulat, misalnya 650000. Sampai diperbaiki, entri ini tanpa harga."),
        )
    return money.amount


def _known_agencies(region: Region, register: _Register) -> None:
    """An agency of the kamus that the register of agencies does not have, once for each; only a warning."""
    known = {
        fold(name) for agency in region.agencies for name in (agency.name, agency.code, *split(agency.abbreviation))
    }
    told: set[str] = set()
    for entry in region.dictionary if region.agencies else ():
        name = fold(entry.agency)
        if name and name not in known and name not in told:
            told.add(name)
            register.add(
                faults.REFERENCE,
                register.used[entry.row],
                "opd",
                say("`{v}` tidak ada di opd.csv", v=entry.agency),
                did_you_mean(entry.agency, [agency.name for agency in region.agencies][:_MOST_NAMES]),
            )
            _soften(register.collector.findings)


_MOST_NAMES = 200


def _soften(findings: list[Finding]) -> None:
    findings[-1] = replace(findings[-1], severity=Severity.WARNING)


class _Places(Mapping[tuple[str | int, ...], Place]):
    """Where the records of the registers stand: ``(register,)``, ``(register, row)`` and ``(register, row, column)``.

    Worked out when asked for: a province has thousands of villages.
    """

    def __init__(self, registers: Mapping[str, _Register]) -> None:
        self._registers = registers

    def __getitem__(self, path: tuple[str | int, ...]) -> Place:
        register = self._registers[str(path[0])] if path else None
        if register is None:
            raise KeyError(path)
        if len(path) == 1:
            return Place(register.table.file)
        row = register.used.get(int(path[1]))
        column = str(path[2]) if len(path) > 2 else None
        if row is None or (column is not None and not register.table.has(column)):
            raise KeyError(path)
        return register.table.place(row, column)

    def __iter__(self) -> Iterator[tuple[str | int, ...]]:
        for name, register in self._registers.items():
            yield (name,)
            for number in register.used:
                yield (name, number)
                yield from ((name, number, column) for column in register.table.columns)

    def __len__(self) -> int:
        return sum(1 for _ in self)
