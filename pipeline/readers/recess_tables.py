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
from pipeline.model.recess import PROPOSALS, Meeting, Member, Proposal, evidence
from pipeline.model.recess_rules import RecessRule
from pipeline.readers import faults
from pipeline.readers.dates import parse_date
from pipeline.readers.faults import Collector
from pipeline.readers.recess_columns import NOT_PRINTED, OF_FORMAT
from pipeline.readers.tables import Row, Table, TableSpec

_COUNT = re.compile(r"(\d{1,6}|\d{1,3}(?:\.\d{3})+)(?:\s*(?:orang|org|peserta))?", re.IGNORECASE)
_NEEDED = ("id", "uraian", "bidang", "opd", "kecamatan", "desa")


def settled(table: Table) -> Table:
    """``table`` with its columns under the names that the readers use, where offices name them in other ways.

    A serial number stands in for a missing id, a name for a missing ``anggota_id``. Where a proposal has ``lokasi``
    and ``lokasi_usulan``, or ``lokasi`` alone beside the date of a meeting, ``lokasi`` is where the meeting was held.
    """
    columns = dict(table.columns)
    if "id" not in columns and "no" in columns:
        columns["id"] = columns["no"]
    if "anggota_id" not in columns and "nama_anggota" in columns:
        columns["anggota_id"] = columns["nama_anggota"]
    if table.name == PROPOSALS:
        if "lokasi" in columns and "tempat" not in columns and ("lokasi_usulan" in columns or "tanggal" in columns):
            columns["tempat"] = columns.pop("lokasi")
        if "lokasi_usulan" in columns:
            columns.setdefault("lokasi", columns["lokasi_usulan"])
    return replace(table, columns=columns)


def missing_columns(table: Table, spec: TableSpec, collector: Collector) -> None:
    """Report each column that ``table`` lacks, the required ones apart: what stands in it would silently print as "–".

    A column that no report prints is a warning.
    """
    for column in spec.columns:
        if column.required or table.has(column.name) or column.name not in OF_FORMAT[spec.sheet]:
            continue
        collector.add(
            faults.COLUMN_MISSING,
            table.place(table.header),
            say("kolom `{name}` tidak ada", name=column.name),
            say(
                "Tambahkan kolom `{name}` ({about}); selnya boleh kosong bila memang tidak ada datanya.",
                name=column.name,
                about=column.about,
            ),
        )
        if (spec.sheet, column.name) in NOT_PRINTED:
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
            cells.get("unsur", ""),
            cells.get("pendamping", ""),
            tuple(part for text in cells.get("acara", "").split(";") if (part := text.strip())),
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
            get("jenis", ""),
            get("sumber", ""),
            get("kewenangan", ""),
            get("masalah", ""),
            get("gagasan", ""),
            get("kamus", ""),
            get("foto", ""),
            None,
            None,
            get("program", ""),
            get("penerima", ""),
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
            say("id `{v}` sudah dipakai baris {n}", v=found, n=seen[found]),
            say("Beri id lain pada salah satunya."),
        )
    seen.setdefault(found, row.number)
    return True


def _needs(table: Table, row: Row, cells: Mapping[str, str], names: tuple[str, ...], collector: Collector) -> None:
    for name in names:
        if table.has(name) and not cells[name]:
            collector.add(
                faults.INCOMPLETE,
                table.place(row, name),
                say("`{name}` kosong", name=name),
                say("Isi sel ini."),
            )


def _required(table: Table, row: Row, cells: Mapping[str, str], collector: Collector) -> None:
    for name in _NEEDED:
        if table.has(name) and not cells[name]:
            message = say("`{name}` pada aspirasi ini kosong", name=name)
            _report(recess_rules.REQUIRED, table, row, name, message, _FILL_IN, collector)
    if table.has("anggota_id") and not (cells["anggota_id"] or cells.get("pertemuan_id")):
        message = say("aspirasi ini tidak menyebut anggota atau pertemuannya")
        _report(recess_rules.REQUIRED, table, row, "anggota_id", message, _FILL_IN, collector)


_FILL_IN = say("Isi sel ini; barisnya tetap dihitung sebagai “Tidak diisi”.")


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
        say("jumlah peserta `{t}` tidak terbaca", t=text[:40]),
        say("Tulis dengan angka saja, misalnya 125."),
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


_WHY: Mapping[MoneyFault, Message] = {
    MoneyFault.NEGATIVE: say("bernilai negatif"),
    MoneyFault.FOREIGN: say("memakai koma sebagai pemisah ribuan"),
    MoneyFault.CENTS: say("memuat pecahan rupiah"),
    MoneyFault.WORDS: say("ditulis dengan kata"),
    MoneyFault.TOO_LARGE: say("melebihi {limit}", limit=rupiah(LIMIT)),
    MoneyFault.UNREADABLE: say("tidak terbaca sebagai rupiah"),
}


def _bad_amount(text: str, fault: MoneyFault) -> Message:
    return say("anggaran `{t}` {why}", t=text[:60], why=_WHY[fault])


def _money_help(suggestion: str) -> Message:
    if suggestion:
        return say("Maksud Anda {s}? Sampai diperbaiki, usulan ini dihitung tanpa anggaran.", s=suggestion)
    return say("Tulis angka rupiah bulat, misalnya 1.250.000. Sampai diperbaiki, usulan ini dihitung tanpa anggaran.")


def _report(
    rule: RecessRule, table: Table, row: Row, column: str, message: Message, help: Message, collector: Collector
) -> None:
    collector.findings.append(rule.finding(table.place(row, column), message, help, document=collector.document))
