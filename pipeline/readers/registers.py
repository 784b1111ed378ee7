"""The registers of an office: positions, officials, its own regulations, extra days off."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.model.finding import Place
from pipeline.model.message import Message, say
from pipeline.model.naming import fold
from pipeline.model.office import ActorKind, Official, OwnRegulation, Position, Sex
from pipeline.readers import faults
from pipeline.readers.dates import parse_date
from pipeline.readers.faults import Collector
from pipeline.readers.fields import not_allowed
from pipeline.readers.tables import Column, Row, Table, TableSpec

CAPACITIES = ("Plt.", "Plh.", "Pj.", "a.n.", "u.b.")
SEXES = tuple(sex.value for sex in Sex)
_SEX_WORDS = {
    **{"pria": Sex.MAN, "lakilaki": Sex.MAN, "l": Sex.MAN},
    **{"wanita": Sex.WOMAN, "perempuan": Sex.WOMAN, "p": Sex.WOMAN},
}


def _column(
    name: str, about: Message, required: bool = False, synonyms: tuple[str, ...] = (), example: str = ""
) -> Column:
    return Column(name, about, required, synonyms, example)


POSITIONS = TableSpec(
    "jabatan",
    (
        _column(
            "nama",
            say("nama jabatan atau pelaksana"),
            True,
            ("jabatan",),
            example="Kepala Bagian Umum",
        ),
        _column("singkatan", say("singkatan"), example="Kabag Umum"),
        _column(
            "alias",
            say("nama lain, dipisah `;`"),
            example="Kabag. Umum; Ka. Bag. Umum",
        ),
        _column("unit", say("unit kerja"), example="Sekretariat DPRD"),
        _column("jenis", say("internal, dprd, atau eksternal"), example="internal"),
    ),
)
OFFICIALS = TableSpec(
    "pejabat",
    (
        _column(
            "id",
            say("pengenal yang dipakai di `pengesah`"),
            True,
            example="setwan",
        ),
        _column("nama", say("nama dengan gelar"), True, example="Kepala Bagian Umum"),
        _column("nip", say("NIP"), example="19800101 200501 1 001"),
        _column("pangkat", say("pangkat"), example="Pembina"),
        _column("golongan", say("golongan ruang"), synonyms=("golongan ruang", "gol"), example="IV/a"),
        _column("jabatan", say("jabatan"), True, example="Sekretaris DPRD"),
        _column(
            "sebagai",
            say("kosong, Plt., Plh., Pj., a.n., atau u.b."),
            example="Plt.",
        ),
        _column(
            "jenis_kelamin",
            say("pria atau wanita; dicocokkan dengan NIP"),
            synonyms=("jk",),
            example="wanita",
        ),
        _column(
            "tanggal_lahir",
            say("tanggal lahir; dicocokkan dengan NIP"),
            synonyms=("tgl lahir",),
            example="1980-01-01",
        ),
    ),
)
REGULATIONS = TableSpec(
    "regulasi",
    (
        _column("jenis", say("jenis peraturan"), True, example="internal"),
        _column("nomor", say("nomor"), True, example="86"),
        _column("tahun", say("tahun"), True, example="2021"),
        _column(
            "tentang",
            say("judul"),
            True,
            example="Organisasi dan Tata Kerja Sekretariat Dewan Perwakilan Rakyat Daerah",
        ),
        _column(
            "status",
            say("berlaku, dicabut, atau diubah"),
            example="berlaku",
        ),
        _column("dicabut_oleh", say("dicabut oleh"), example="UU 23/2014"),
        _column("diubah_oleh", say("diubah oleh"), example="UU 13/2022"),
        _column("keyakinan", say("keyakinan"), example="tinggi"),
        _column(
            "lembaran",
            say("nomor lembaran atau berita (LN, BN, LD, BD)"),
            example="86",
        ),
        _column(
            "tambahan",
            say("nomor tambahan lembaran (TLN, TLD)"),
            example="12",
        ),
        _column(
            "tanggal",
            say("tanggal diundangkan (2023-01-02)"),
            example="2021-12-30",
        ),
    ),
)
DAYS_OFF = TableSpec(
    "hari-libur",
    (
        _column("tanggal", say("tanggal (2023-01-02)"), True, example="2026-03-18"),
        _column("keterangan", say("keterangan"), synonyms=("nama", "ket"), example="Cuti bersama"),
        _column(
            "jenis",
            say("libur, cuti, atau kerja; kosong berarti libur"),
            example="internal",
        ),
    ),
)
KINDS_OF_DAY = ("libur", "cuti", "kerja")
OFFICE_TABLES: tuple[TableSpec, ...] = (POSITIONS, OFFICIALS, REGULATIONS, DAYS_OFF)


def positions(table: Table, collector: Collector) -> tuple[Position, ...]:
    """The rows of ``jabatan.csv``; places are noted under ``("jabatan", index, column)``."""
    register = _Register(table, collector, "nama")
    found: list[Position] = []
    for row in table.rows:
        record = register.record(row, ("nama",), fold(table.text(row, "nama")), len(found))
        if record is not None:
            kind = _actor_kind(table, row, record.get("jenis", ""), collector)
            aliases = split(record.get("alias", ""))
            found.append(Position(record["nama"], record.get("singkatan", ""), aliases, record.get("unit", ""), kind))
    return tuple(found)


def officials(table: Table, collector: Collector) -> tuple[Official, ...]:
    """The rows of ``pejabat.csv``; places are noted under ``("pejabat", index, column)``."""
    register = _Register(table, collector, "id")
    found: list[Official] = []
    for row in table.rows:
        record = register.record(row, ("id", "nama", "jabatan"), table.text(row, "id").casefold(), len(found))
        if record is not None:
            acting = capacity(record.get("sebagai", ""), table.place(row, "sebagai"), collector)
            found.append(
                Official(
                    name=record["nama"],
                    position=record["jabatan"],
                    nip=record.get("nip", ""),
                    rank=record.get("pangkat", ""),
                    grade=record.get("golongan", ""),
                    capacity=acting,
                    id=record["id"],
                    sex=sex(record.get("jenis_kelamin", ""), table.place(row, "jenis_kelamin"), collector),
                    born=parse_date(record["tanggal_lahir"], table.place(row, "tanggal_lahir"), collector)
                    if record.get("tanggal_lahir")
                    else None,
                )
            )
    return tuple(found)


def regulations(table: Table, collector: Collector) -> tuple[OwnRegulation, ...]:
    """The rows of ``regulasi.csv``; places are noted under ``("regulasi", index, column)``."""
    register = _Register(table, collector, "tentang")
    found: list[OwnRegulation] = []
    for row in table.rows:
        record = register.record(row, ("jenis", "tentang"), None, len(found))
        if record is not None:
            found.append(
                OwnRegulation(
                    kind=record["jenis"],
                    number=record.get("nomor", ""),
                    year=_year(record.get("tahun", ""), table.place(row, "tahun"), collector),
                    about=record["tentang"],
                    status=record.get("status", "") or "berlaku",
                    revoked_by=record.get("dicabut_oleh", ""),
                    amended_by=record.get("diubah_oleh", ""),
                    confidence=record.get("keyakinan", "") or "tinggi",
                    gazette=record.get("lembaran", ""),
                    supplement=record.get("tambahan", ""),
                    promulgated=parse_date(record["tanggal"], table.place(row, "tanggal"), collector)
                    if record.get("tanggal")
                    else None,
                )
            )
    return tuple(found)


def days_off(table: Table, collector: Collector) -> tuple[dict[dt.date, str], dict[dt.date, str]]:
    """The rows of ``hari-libur.csv``: days off, and days that are worked though the nation or the week rests.

    Places are noted under ``("hari-libur", index, column)``, both kinds counted together.
    """
    register = _Register(table, collector, "tanggal")
    off: dict[dt.date, str] = {}
    worked: dict[dt.date, str] = {}
    for row in table.rows:
        record = register.record(row, ("tanggal",), table.text(row, "tanggal"), len(off) + len(worked))
        day = parse_date(record["tanggal"], table.place(row, "tanggal"), collector) if record else None
        if record is None or day is None:
            continue
        kind = record.get("jenis", "").casefold()
        if kind and kind not in KINDS_OF_DAY:
            not_allowed("jenis", record["jenis"], KINDS_OF_DAY, table.place(row, "jenis"), collector)
            continue
        (worked if kind == "kerja" else off)[day] = record.get("keterangan", "")
    return off, worked


class _Register:
    """Rows of one register with what they need, and no entry twice."""

    def __init__(self, table: Table, collector: Collector, key: str) -> None:
        self.table = table
        self.collector = collector
        self.key = key
        self.seen: dict[str, Row] = {}

    def record(self, row: Row, needed: tuple[str, ...], identity: str | None, index: int) -> dict[str, str] | None:
        """The cells of ``row`` by column, or None when it lacks something or repeats ``identity``."""
        table = self.table
        record = {column: row.cells[position] for column, position in table.columns.items()}
        if not self._complete(row, record, needed) or (identity is not None and self._is_twice(row, identity)):
            return None
        name = table.name
        self.collector.places[name, index] = table.place(row)
        for column, place in table.places(row).items():
            self.collector.places[name, index, column] = place
        return record

    def _complete(self, row: Row, record: dict[str, str], needed: tuple[str, ...]) -> bool:
        """What the row lacks is reported, unless the whole column is missing (said already)."""
        lacking = [name for name in needed if not record.get(name)]
        for name in lacking:
            if self.table.has(name):
                self.collector.add(
                    faults.INCOMPLETE,
                    self.table.place(row, name),
                    say("sel `{name}` kosong", name=name),
                    say("Isi sel ini; baris tanpa isian ini tidak dipakai."),
                )
        return not lacking

    def _is_twice(self, row: Row, identity: str) -> bool:
        first = self.seen.setdefault(identity, row)
        if first is row:
            return False
        self.collector.add(
            faults.TWICE,
            self.table.place(row, self.key),
            say(
                "`{text}` sudah ada di baris {line}",
                text=self.table.text(row, self.key),
                line=first.number if self.table.sheet else first.line,
            ),
            say("Hapus salah satu; yang dipakai adalah yang pertama."),
        )
        return True


def _actor_kind(table: Table, row: Row, text: str, collector: Collector) -> ActorKind:
    values = tuple(kind.value for kind in ActorKind)
    if text and text.casefold() not in values:
        not_allowed("jenis", text, values, table.place(row, "jenis"), collector)
        return ActorKind.INTERNAL
    return ActorKind(text.casefold()) if text else ActorKind.INTERNAL


def capacity(text: str, place: Place, collector: Collector) -> str:
    """``sebagai`` in its usual spelling, "" when empty or not allowed."""
    by_key = {fold(value): value for value in CAPACITIES}
    if text and fold(text) not in by_key:
        not_allowed("sebagai", text, CAPACITIES, place, collector)
    return by_key.get(fold(text), "")


def sex(text: str, place: Place, collector: Collector) -> Sex | None:
    """``jenis_kelamin``, in any of the usual words; None when empty or not allowed."""
    found = _SEX_WORDS.get(fold(text))
    if text and found is None:
        not_allowed("jenis_kelamin", text, SEXES, place, collector)
    return found


def _year(text: str, place: Place, collector: Collector) -> int | None:
    if re.fullmatch(r"(?:1[89]|20)\d\d", text, re.ASCII):
        return int(text)
    if text:
        collector.add(
            faults.NUMBER,
            place,
            say("`{text}` bukan tahun", text=text),
            say("Tulis empat angka, misalnya 2021."),
        )
    return None


_SEPARATES = re.compile(r"[;\n\r]")


def split(text: str) -> tuple[str, ...]:
    """The items of a ``;`` list (line breaks separate too), blanks and empty items removed."""
    if not _SEPARATES.search(text):
        text = text.strip()
        return (text,) if text else ()
    return tuple(part.strip() for part in _SEPARATES.split(text) if part.strip())
