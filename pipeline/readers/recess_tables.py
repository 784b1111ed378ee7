"""The three tables of a recess: what their columns are, and rows turned into values.

A wrong cell is a finding at its row and column; the rest of the row is used all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.model import recess_rules
from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.money import LIMIT, MoneyFault, parse_rupiah, rupiah
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, Meeting, Member, Proposal, evidence
from pipeline.model.recess_rules import RecessRule
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.fields import parse_date
from pipeline.readers.tables import Column, Row, Table, TableSpec


def _column(name: str, id: str, en: str, *synonyms: str, required: bool = False) -> Column:
    return Column(name, say(id=id, en=en), required, synonyms)


_SUBDISTRICT = _column("kecamatan", "kecamatan", "kecamatan", "kec", required=True)
_VILLAGE = _column("desa", "desa atau kelurahan", "village", "kelurahan", "desa/kelurahan", required=True)
_FRACTION = _column("fraksi", "fraksi, dicocokkan dengan anggota.csv", "fraksi, checked against anggota.csv")
_DISTRICT = _column("dapil", "dapil, dicocokkan dengan anggota.csv", "dapil, checked against anggota.csv")

MEMBER_TABLE = TableSpec(
    MEMBERS,
    (
        _column("id", "pengenal anggota", "identifier of the member", "id anggota", "anggota_id", required=True),
        _column("nama", "nama anggota", "name", "nama anggota", required=True),
        _column("fraksi", "fraksi", "fraksi", "nama fraksi", required=True),
        _column("komisi", "komisi; kosong untuk pimpinan DPRD", "komisi; empty for leaders", "akd"),
        _column("dapil", "daerah pemilihan", "electoral district", "daerah pemilihan", required=True),
        _column("jabatan", "jabatan di DPRD", "position in the council"),
    ),
)
MEETING_TABLE = TableSpec(
    MEETINGS,
    (
        _column("id", "pengenal pertemuan", "identifier of the meeting", "id pertemuan", "pertemuan_id", required=True),
        _column("anggota_id", "id di anggota.csv", "id in anggota.csv", "id anggota", required=True),
        _column("tanggal", "tanggal (2026-02-03)", "date (2026-02-03)", "tgl", "hari/tanggal", required=True),
        _column("jam", "jam mulai (09.00)", "time (09.00)", "pukul", "waktu", required=True),
        _SUBDISTRICT,
        _VILLAGE,
        _column("tempat", "tempat pertemuan", "venue", "lokasi", required=True),
        _column("peserta", "jumlah peserta", "number of participants", "jumlah peserta", "jml peserta"),
        _column("foto", "jumlah foto atau nama berkasnya", "number or file names of photos", "dokumentasi"),
        _column("daftar_hadir", "`ada` atau nama berkasnya", "`ada` or its file name", "absensi"),
        _FRACTION,
        _DISTRICT,
    ),
)
PROPOSAL_TABLE = TableSpec(
    PROPOSALS,
    (
        _column("id", "pengenal aspirasi", "identifier of the proposal", "no", "id aspirasi", required=True),
        _column("pertemuan_id", "id di pertemuan.csv", "id in pertemuan.csv", "id pertemuan"),
        _column("anggota_id", "id di anggota.csv", "id in anggota.csv", "id anggota", required=True),
        _column("uraian", "aspirasi atau usulan", "what is asked for", "aspirasi", "usulan", required=True),
        _column("bidang", "bidang urusan", "field of government", "urusan", "bidang urusan", required=True),
        _column("opd", "perangkat daerah", "agency", "perangkat daerah", "skpd", "opd pengampu", required=True),
        _SUBDISTRICT,
        _VILLAGE,
        _column("lokasi", "lokasi rinci", "exact location", "lokasi usulan", "alamat"),
        _column("volume", "volume", "volume", "vol"),
        _column("satuan", "satuan volume", "unit of the volume"),
        _column("anggaran", "perkiraan anggaran (rupiah)", "estimate (rupiah)", "perkiraan anggaran", "biaya"),
        _column("prioritas", "Tinggi, Sedang atau Rendah", "Tinggi, Sedang or Rendah"),
        _column("status", "status usulan", "status", "status usulan"),
        _column("keterangan", "keterangan", "remark", "ket"),
        _FRACTION,
        _DISTRICT,
    ),
)
RECESS_TABLES = (MEMBER_TABLE, MEETING_TABLE, PROPOSAL_TABLE)

_EXTRA = frozenset({(table, name) for table in (MEETINGS, PROPOSALS) for name in ("fraksi", "dapil")})
"""Columns that a table may have on top of those of its format: they only repeat the register of members."""
_NOT_PRINTED = frozenset({(PROPOSALS, "keterangan")})

_COUNT = re.compile(r"(\d{1,6}|\d{1,3}(?:\.\d{3})+)(?:\s*(?:orang|org|peserta))?", re.IGNORECASE)
_NEEDED = ("id", "uraian", "bidang", "opd", "kecamatan", "desa")


def missing_columns(table: Table, spec: TableSpec, collector: Collector) -> None:
    """Report each column that ``table`` lacks, the required ones apart: what stands in it would silently print as "–".

    A column that no report prints is a warning.
    """
    for column in spec.columns:
        place = (spec.sheet, column.name)
        if column.required or table.has(column.name) or place in _EXTRA:
            continue
        collector.add(
            faults.COLUMN_MISSING,
            table.place(table.header),
            say(id="kolom `{name}` tidak ada", en="column `{name}` is missing", name=column.name),
            say(
                id="Tambahkan kolom `{name}` ({about}); selnya boleh kosong bila memang tidak ada datanya.",
                en="Add column `{name}` ({about_en}); its cells may stay empty where there are no data.",
                name=column.name,
                about=column.about.id,
                about_en=column.about.en,
            ),
        )
        if place in _NOT_PRINTED:
            collector.findings[-1] = replace(collector.findings[-1], severity=Severity.WARNING)


def members(table: Table, collector: Collector) -> Iterator[Member]:
    """The members of ``table``; a row without an id cannot be referred to and is reported and left out."""
    seen: dict[str, int] = {}
    for row, cells in table.records():
        _needs(table, row, cells, ("id", "nama", "fraksi", "dapil"), collector)
        if not _identified(table, row, cells, seen, collector):
            continue
        yield Member(
            cells["id"],
            row.number,
            cells.get("nama", ""),
            cells.get("fraksi", ""),
            "" if cells.get("komisi") in (None, "-", "–") else cells["komisi"],
            cells.get("dapil", ""),
            cells.get("jabatan", ""),
        )


def meetings(table: Table, collector: Collector) -> Iterator[Meeting]:
    """The meetings of ``table``; what a report needs of them is checked later (rule RES-05)."""
    seen: dict[str, int] = {}
    for row, cells in table.records():
        _needs(table, row, cells, ("id",), collector)
        if not _identified(table, row, cells, seen, collector):
            continue
        date = cells.get("tanggal", "")
        yield Meeting(
            cells["id"],
            row.number,
            cells.get("anggota_id", ""),
            parse_date(date, table.place(row, "tanggal"), collector) if date else None,
            cells.get("jam", ""),
            cells.get("kecamatan", ""),
            cells.get("desa", ""),
            cells.get("tempat", ""),
            _participants(table, row, cells, collector),
            evidence(cells.get("foto", "")),
            evidence(cells.get("daftar_hadir", "")),
        )


def proposals(table: Table, collector: Collector, meeting_members: Mapping[str, str]) -> Iterator[Proposal]:
    """Every row of ``table``: none is left out, whatever is wrong with it.

    ``meeting_members`` maps meetings to their members: a row that names only its meeting belongs to that member.
    """
    seen: dict[str, int] = {}
    for row, cells in table.records():
        _identified(table, row, cells, seen, collector)
        _required(table, row, cells, collector)
        get = cells.get
        meeting = get("pertemuan_id", "")
        yield Proposal(
            get("id", ""),
            row.number,
            meeting,
            get("anggota_id", "") or meeting_members.get(meeting, ""),
            get("uraian", ""),
            get("bidang", ""),
            get("opd", ""),
            get("kecamatan", ""),
            get("desa", ""),
            get("lokasi", ""),
            get("volume", ""),
            get("satuan", ""),
            _amount(table, row, cells, collector),
            get("prioritas", ""),
            get("status", ""),
            get("keterangan", ""),
            get("fraksi", ""),
            get("dapil", ""),
        )


def _identified(table: Table, row: Row, cells: Mapping[str, str], seen: dict[str, int], collector: Collector) -> bool:
    """Has the row an id? A second row with the same id is reported and still used."""
    found = cells.get("id", "")
    if not found:
        return False
    if found in seen:
        collector.add(
            faults.TWICE,
            table.place(row, "id"),
            say(
                id="id `{v}` sudah dipakai baris {n}", en="id `{v}` is already used in row {n}", v=found, n=seen[found]
            ),
            say(id="Beri id lain pada salah satunya.", en="Give one of them another id."),
        )
    seen.setdefault(found, row.number)
    return True


def _needs(table: Table, row: Row, cells: Mapping[str, str], names: tuple[str, ...], collector: Collector) -> None:
    for name in names:
        if table.has(name) and not cells[name]:
            collector.add(
                faults.INCOMPLETE,
                table.place(row, name),
                say(id="`{name}` kosong", en="`{name}` is empty", name=name),
                say(id="Isi sel ini.", en="Fill in this cell."),
            )


def _required(table: Table, row: Row, cells: Mapping[str, str], collector: Collector) -> None:
    for name in _NEEDED:
        if table.has(name) and not cells[name]:
            message = say(id="`{name}` pada aspirasi ini kosong", en="`{name}` of this proposal is empty", name=name)
            _report(recess_rules.REQUIRED, table, row, name, message, _FILL_IN, collector)
    if table.has("anggota_id") and not (cells["anggota_id"] or cells.get("pertemuan_id")):
        message = say(
            id="aspirasi ini tidak menyebut anggota atau pertemuannya",
            en="this proposal names neither its member nor its meeting",
        )
        _report(recess_rules.REQUIRED, table, row, "anggota_id", message, _FILL_IN, collector)


_FILL_IN = say(
    id="Isi sel ini; barisnya tetap dihitung sebagai “Tidak diisi”.",
    en="Fill in this cell; the row still counts, as “Tidak diisi”.",
)


def _participants(table: Table, row: Row, cells: Mapping[str, str], collector: Collector) -> int | None:
    text = cells.get("peserta", "")
    if text in ("", "-", "–"):
        return None
    found = _COUNT.fullmatch(text)
    if found:
        return int(found[1].replace(".", ""))
    collector.add(
        faults.NUMBER,
        table.place(row, "peserta"),
        say(id="jumlah peserta `{t}` tidak terbaca", en="number of participants `{t}` cannot be read", t=text[:40]),
        say(id="Tulis dengan angka saja, misalnya 125.", en="Write digits only, for example 125."),
    )
    return None


def _amount(table: Table, row: Row, cells: Mapping[str, str], collector: Collector) -> int | None:
    text = cells.get("anggaran", "")
    if not text:
        return None
    money = parse_rupiah(text)
    if money.fault is not None:
        _report(
            recess_rules.AMOUNT,
            table,
            row,
            "anggaran",
            _bad_amount(text, money.fault),
            _money_help(money.suggestion),
            collector,
        )
    return money.amount


_WHY: Mapping[MoneyFault, tuple[str, str]] = {
    MoneyFault.NEGATIVE: ("bernilai negatif", "is negative"),
    MoneyFault.FOREIGN: ("memakai koma sebagai pemisah ribuan", "separates thousands by commas"),
    MoneyFault.CENTS: ("memuat pecahan rupiah", "holds fractions of a rupiah"),
    MoneyFault.WORDS: ("ditulis dengan kata", "is written in words"),
    MoneyFault.TOO_LARGE: (f"melebihi {rupiah(LIMIT)}", f"exceeds {rupiah(LIMIT)}"),
    MoneyFault.UNREADABLE: ("tidak terbaca sebagai rupiah", "does not read as rupiah"),
}


def _bad_amount(text: str, fault: MoneyFault) -> Message:
    why_id, why_en = _WHY[fault]
    return say(id="anggaran `{t}` {why_id}", en="amount `{t}` {why_en}", t=text[:60], why_id=why_id, why_en=why_en)


def _money_help(suggestion: str) -> Message:
    if suggestion:
        return say(
            id="Maksud Anda {s}? Sampai diperbaiki, usulan ini dihitung tanpa anggaran.",
            en="Did you mean {s}? Until corrected, the proposal counts without an amount.",
            s=suggestion,
        )
    return say(
        id="Tulis angka rupiah bulat, misalnya 1.250.000. Sampai diperbaiki, usulan ini dihitung tanpa anggaran.",
        en="Write whole rupiah, for example 1.250.000. Until corrected, the proposal counts without an amount.",
    )


def _report(
    rule: RecessRule, table: Table, row: Row, column: str, message: Message, help: Message, collector: Collector
) -> None:
    collector.findings.append(rule.finding(table.place(row, column), message, help, document=collector.document))
