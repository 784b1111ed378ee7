"""The sheets of ``rekapitulasi.xlsx``: what stands in which column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.recap import (
    UNSTATED,
    ComparedNeed,
    Comparison,
    CrossTable,
    Dimension,
    Duty,
    Need,
    Recap,
    RowLabels,
    Tally,
    TotalTable,
)
from pipeline.model.recess import MEETINGS, PROPOSALS, Proposal, RecessInput, TableSource
from pipeline.render.workbook_cells import Column, Row, Sheet, Value, number

FIRST_SHEET = "Baca dahulu"
ROWS_SHEET = "Data"
NEEDS_SHEET = "Usulan"
MEMBERS_SHEET = "Anggota"
MEETINGS_SHEET = "Pertemuan"
CROSS_SHEET = "Kecamatan x Bidang"
CROSS_AMOUNT_SHEET = "Kecamatan x Bidang (Rp)"
COMPARISON_SHEET = "Perbandingan"
FIELD_CHANGE_SHEET = "Perbandingan per Bidang"
TABLE = "DataReses"
COUNTED = ("Aspirasi", "Usulan Dihitung", "Perkiraan Anggaran", "Anggaran Dihitung")
"""The last columns of the sheet of rows: their sums are the grand total."""
MAX_COLUMNS = 1_000
"""A cross table with more columns than people could look at is left out."""

_SHEET_NAMES = {Dimension.AGENCY: "Per Perangkat Daerah", Dimension.VILLAGE: "Per Desa"}
_SUM = "Jumlah"


@dataclass(frozen=True, slots=True)
class Source:
    """What the sheets are made of. ``labels`` are those of the tables of totals."""

    recap: Recap
    proposals: TableSource
    meetings: TableSource | None
    labels: RowLabels
    public: bool = False

    @classmethod
    def of(cls, item: RecessInput, recap: Recap, labels: RowLabels | None, *, public: bool) -> Source:
        """From what was read and totalled. Without ``labels`` groups are told as they were typed."""
        stated = labels or _as_typed(recap)
        return cls(recap, item.tables[PROPOSALS], item.tables.get(MEETINGS), stated, public)

    def name(self, member_id: str) -> str:
        """The name of a member, or the id where the register does not have it."""
        member = self.recap.members.get(member_id)
        return member.name if member and member.name else member_id


def _as_typed(recap: Recap) -> RowLabels:
    def labels(row: Proposal) -> dict[Dimension, str]:
        member = recap.members.get(row.member_id)
        return {
            Dimension.DISTRICT: member.district if member else "",
            Dimension.FRACTION: member.fraction if member else "",
            Dimension.COMMISSION: member.commission if member else "",
            Dimension.FIELD: row.field,
            Dimension.AGENCY: row.agency,
            Dimension.SUBDISTRICT: row.subdistrict,
            Dimension.VILLAGE: row.village,
            Dimension.PRIORITY: row.priority,
            Dimension.STATUS: row.status,
        }

    return labels


def sheets_of(source: Source) -> Iterator[Sheet]:
    """All sheets but the first, in order."""
    recap = source.recap
    yield _rows_sheet(source)
    yield _needs_sheet(source)
    yield _members_sheet(recap)
    if source.meetings is not None:
        yield _meetings_sheet(source, source.meetings)
    for table in recap.tables.values():
        yield _totals_sheet(table)
    if recap.cross is not None and len(recap.cross.columns) <= MAX_COLUMNS:
        total = recap.tables[recap.cross.column_dimension].lines
        sums = [line.tally for line in total]
        yield _cross_sheet(CROSS_SHEET, "banyaknya usulan", recap.cross, sums, lambda tally: tally.needs)
        yield _cross_sheet(CROSS_AMOUNT_SHEET, "perkiraan anggaran usulan", recap.cross, sums, _amount)
    if recap.comparison is not None:
        yield _comparison_sheet(recap.comparison, source)
        yield _field_change_sheet(recap.comparison)


_ROW_COLUMNS = (
    Column("No. Usulan", 10, plain=True), Column("ID", 10), Column("Sumber", 34), Column("Tanggal", 12),
    Column("ID Pertemuan", 12, repeats=True), Column("ID Anggota", 10, repeats=True), Column("Anggota", 26, True),
    Column("Dapil", 12, True), Column("Fraksi", 24, True), Column("Komisi", 14, True), Column("Bidang", 30, True),
    Column("Perangkat Daerah", 30, True), Column("Kecamatan", 20, True), Column("Desa/Kelurahan", 30, True),
    Column("Prioritas", 11, True), Column("Status", 18, True), Column("Jenis", 12, True), Column("Asal", 12, True),
    Column("Kewenangan", 14, True), Column("Tempat Pertemuan", 26, True), Column("Lokasi", 34), Column("Uraian", 60),
    Column("Volume", 10), Column("Satuan", 10, True), Column("Keterangan", 34, True), Column("Kemiripan (%)", 10),
    *(Column(name, 18) for name in COUNTED),
)  # fmt: skip


def _rows_sheet(source: Source) -> Sheet:
    about = (
        "Satu baris untuk setiap baris aspirasi.csv, siap untuk PivotTable (nama tabel: DataReses). Usulan Dihitung "
        "dan Anggaran Dihitung berisi angka hanya pada baris pertama setiap usulan."
    )
    return Sheet(ROWS_SHEET, about, _ROW_COLUMNS, source.recap.total.heard, lambda: _rows(source), table=TABLE)


def _rows(source: Source) -> Iterator[Row]:
    """One line for each row of the input, in file order."""
    recap = source.recap
    lines = [(row.row, need, at) for need in recap.needs for at, row in enumerate(need.rows)]
    lines.sort(key=lambda line: line[0])
    for _, need, at in lines:
        row = need.rows[at]
        meeting = recap.meetings.get(row.meeting_id)
        labels = source.labels(row)
        leads = at == 0
        yield (
            need.number,
            row.id,
            source.proposals.source(row.row),
            meeting.date if meeting else None,
            row.meeting_id,
            row.member_id,
            source.name(row.member_id),
            *(labels[dimension] for dimension in Dimension),
            row.kind,
            row.origin,
            row.authority,
            meeting.venue if meeting else "",
            row.location,
            row.text,
            number(row.volume),
            row.unit,
            row.remark,
            need.scores[at] if need.scores else None,
            1,
            int(leads),
            row.amount,
            need.amount if leads else 0,
        )


_NEED_COLUMNS = (
    Column("No.", 8, plain=True), Column("Uraian", 60), Column("Bidang", 30, True),
    Column("Perangkat Daerah", 30, True), Column("Kecamatan", 20, True), Column("Desa/Kelurahan", 30, True),
    Column("Lokasi", 34), Column("Volume", 10), Column("Satuan", 10, True), Column("Perkiraan Anggaran", 20),
    Column("Perkiraan Lain", 24), Column("Prioritas", 11, True), Column("Status", 18, True), Column("Dapil", 12, True),
    Column("Jumlah Aspirasi", 10), Column("Pengusul", 40, True), Column("ID Aspirasi", 24), Column("Sumber", 40),
    Column("Kemiripan Terendah (%)", 12),
)  # fmt: skip


def _needs_sheet(source: Source) -> Sheet:
    total = source.recap.total
    about = (
        "Satu baris untuk setiap usulan: aspirasi yang meminta hal yang sama digabung, semua pengusul dan sumbernya "
        "disebut. Perkiraan Anggaran adalah perkiraan tertinggi di antara aspirasinya."
    )
    sums = _sums(_NEED_COLUMNS, {"Perkiraan Anggaran": total.recorded_amount, "Jumlah Aspirasi": total.heard})
    return Sheet(NEEDS_SHEET, about, _NEED_COLUMNS, total.needs, lambda: _needs(source), sums)


def _needs(source: Source) -> Iterator[Row]:
    for need in source.recap.needs:
        lead = need.lead
        labels = source.labels(lead)
        others = [amount for amount in need.amounts if amount != need.amount]
        yield (
            need.number,
            lead.text,
            labels[Dimension.FIELD],
            labels[Dimension.AGENCY],
            labels[Dimension.SUBDISTRICT],
            labels[Dimension.VILLAGE],
            lead.location,
            number(lead.volume),
            lead.unit,
            need.amount,
            "; ".join(map(str, others)) if len(others) > 1 else next(iter(others), None),
            labels[Dimension.PRIORITY],
            labels[Dimension.STATUS],
            labels[Dimension.DISTRICT],
            len(need.rows),
            "; ".join(_names(need, source)),
            "; ".join(row.id for row in need.rows if row.id),
            "; ".join(source.proposals.source(row.row) for row in need.rows),
            min(need.scores) if len(need.rows) > 1 and need.scores else None,
        )


def _names(need: Need, source: Source) -> Iterable[str]:
    return dict.fromkeys(source.name(row.member_id) or UNSTATED for row in need.rows)


_MEMBER_COLUMNS = (
    Column("ID", 8), Column("Nama", 30), Column("Jabatan", 22, True), Column("Fraksi", 26, True),
    Column("Komisi", 14, True), Column("Dapil", 12, True), Column("Pertemuan", 12), Column("Peserta", 12),
    Column("Aspirasi", 12), Column("Waktu dan Tempat", 12, True), Column("Tanggapan dan Aspirasi", 14, True),
    Column("Dokumentasi", 14, True), Column("Isi Laporan Lengkap", 14, True), Column("Reses Berikutnya", 30, True),
)  # fmt: skip


def _members_sheet(recap: Recap) -> Sheet:
    about = (
        "Kegiatan setiap anggota dan isi wajib laporannya menurut PP 12/2018 Pasal 88 ayat (5). Yang tidak melaporkan "
        "tidak dapat melaksanakan reses berikutnya (ayat (6))."
    )
    meetings = sum(activity.meetings for activity in recap.activities)
    sums = _sums(
        _MEMBER_COLUMNS, {"Pertemuan": meetings, "Peserta": recap.participants, "Aspirasi": recap.total.heard}, "Nama"
    )
    return Sheet(MEMBERS_SHEET, about, _MEMBER_COLUMNS, len(recap.activities), lambda: _members(recap), sums)


def _members(recap: Recap) -> Iterator[Row]:
    duties = {duty.member.id: duty for duty in recap.duties}
    for activity in recap.activities:
        member = activity.member
        known = (member.id, member.name, member.position, member.fraction, member.commission, member.district)
        yield (*known, activity.meetings, activity.participants, activity.heard, *_duty(duties.get(member.id)))


def _duty(duty: Duty | None) -> Row:
    if duty is None:
        return ("",) * 5
    said = (duty.time_and_place, duty.heard, duty.documented, duty.complete)
    next_time = "" if duty.reported else "Tidak dapat: belum ada laporan"
    return (*("ya" if one else "tidak" for one in said), next_time)


_MEETING_COLUMNS = (
    Column("ID", 10), Column("Anggota", 26, True), Column("Tanggal", 12), Column("Jam", 10, True),
    Column("Kecamatan", 20, True), Column("Desa/Kelurahan", 22, True), Column("Tempat", 34), Column("Peserta", 12),
    Column("Foto", 20), Column("Daftar Hadir", 20), Column("Sumber", 34),
)  # fmt: skip


def _meetings_sheet(source: Source, table: TableSource) -> Sheet:
    meetings = source.recap.recess.meetings
    columns = tuple(one for one in _MEETING_COLUMNS if not (source.public and one.name in ("Foto", "Daftar Hadir")))

    def rows() -> Iterator[Row]:
        for one in meetings:
            place = (one.subdistrict, one.village, one.venue, one.participants)
            shown = () if source.public else (number(one.photos), number(one.attendance))
            who = (one.id, source.name(one.member_id), one.date, one.time)
            yield (*who, *place, *shown, table.source(one.row))

    sums = _sums(columns, {"Peserta": source.recap.participants})
    return Sheet(MEETINGS_SHEET, "Satu baris untuk setiap pertemuan.", columns, len(meetings), rows, sums)


_TALLY_COLUMNS = (
    Column("Aspirasi", 12),
    Column("Usulan", 12),
    Column("Perkiraan Anggaran", 22),
    Column("Anggaran Semua Aspirasi", 24),
    Column("Usulan Tanpa Anggaran", 22),
)


def sheet_name(dimension: Dimension) -> str:
    """The name of the sheet with the totals by ``dimension``."""
    return _SHEET_NAMES.get(dimension, f"Per {dimension.value}")


def _totals_sheet(table: TotalTable) -> Sheet:
    columns = (Column(table.dimension.value, 44), *_TALLY_COLUMNS)

    def rows() -> Iterator[Row]:
        return ((line.label, *_tally(line.tally)) for line in table.lines)

    total = (_SUM, *_tally(table.total))
    about = f"Jumlah per {table.dimension.value}. Jumlah di akhir lembar sama dengan angka pokok."
    return Sheet(sheet_name(table.dimension), about, columns, len(table.lines), rows, total)


def _cross_sheet(
    name: str, what: str, cross: CrossTable, sums: Sequence[Tally], read: Callable[[Tally], Value]
) -> Sheet:
    heads = (*cross.columns, _SUM)
    columns = (Column(cross.row_dimension.value, 30), *(Column(head, 16) for head in heads))

    def rows() -> Iterator[Row]:
        for label, cells in zip(cross.rows, cross.cells, strict=True):
            yield (label, *(_shown(read, cell) for cell in cells), read(sum(cells, Tally())))

    total = (_SUM, *(read(one) for one in sums), read(sum(sums, Tally())))
    about = (
        f"{cross.row_dimension.value} menurut {cross.column_dimension.value.lower()}: {what}. Makin tua warnanya, "
        "makin besar angkanya. Jumlah tiap baris dan kolom sama dengan lembar Per Kecamatan dan Per Bidang."
    )
    return Sheet(name, about, columns, len(cross.rows), rows, total, scale=(1, max(1, len(cross.columns))))


def _shown(read: Callable[[Tally], Value], tally: Tally) -> Value:
    """Nothing where there is no need at all, so that the table can be read at a glance."""
    return read(tally) if tally.needs else None


def _amount(tally: Tally) -> Value:
    return tally.recorded_amount


_COMPARISON_COLUMNS = (
    Column("Perubahan", 20, True), Column("No. Usulan", 10, plain=True), Column("Uraian", 50),
    Column("Bidang", 26, True), Column("Kecamatan", 20, True), Column("Desa/Kelurahan", 20, True),
    Column("Lokasi", 30), Column("Perkiraan Anggaran", 20), Column("Sumber", 34),
    Column("No. pada Reses Lalu", 10, plain=True), Column("Uraian pada Reses Lalu", 50),
    Column("Status pada Reses Lalu", 18, True), Column("Anggaran pada Reses Lalu", 20),
    Column("Sumber pada Reses Lalu", 34), Column("Kemiripan (%)", 10),
)  # fmt: skip


def _comparison_sheet(comparison: Comparison, source: Source) -> Sheet:
    about = "Setiap usulan reses ini dan reses sebelumnya: selesai, diusulkan lagi, baru, atau tidak diusulkan lagi."

    def rows() -> Iterator[Row]:
        return (_compared(one, source) for one in comparison.needs)

    return Sheet(COMPARISON_SHEET, about, _COMPARISON_COLUMNS, len(comparison.needs), rows)


def _compared(one: ComparedNeed, source: Source) -> Row:
    need, earlier = one.need, one.earlier
    lead = need.lead if need else None
    place = lead or earlier
    where = (place.field, place.subdistrict, place.village, place.location) if place else ("",) * 4
    before = (earlier.number, earlier.text, earlier.status, earlier.amount, earlier.source) if earlier else (None,) * 5
    return (
        one.change.value,
        need.number if need else None,
        lead.text if lead else None,
        *where,
        need.amount if need else None,
        source.proposals.source(lead.row) if lead else None,
        *before,
        one.score if need and earlier else None,
    )


def _field_change_sheet(comparison: Comparison) -> Sheet:
    columns = (Column("Bidang", 44), Column("Reses Lalu", 14), Column("Reses Ini", 14), Column("Selisih", 14))

    def rows() -> Iterator[Row]:
        return ((one.label, one.before, one.now, one.now - one.before) for one in comparison.fields)

    before, now = (sum(one.before for one in comparison.fields), sum(one.now for one in comparison.fields))
    about = "Banyaknya usulan tiap bidang pada reses ini dan reses sebelumnya."
    return Sheet(FIELD_CHANGE_SHEET, about, columns, len(comparison.fields), rows, (_SUM, before, now, now - before))


def _tally(tally: Tally) -> Row:
    return (tally.heard, tally.needs, tally.recorded_amount, tally.recorded_heard_amount, tally.unpriced)


def _sums(columns: Sequence[Column], values: dict[str, Value], label: str = "") -> Row:
    """A total row: "Jumlah" in the column ``label`` (the first one by default), ``values`` in theirs."""
    first = label or columns[0].name
    return tuple(_SUM if one.name == first else values.get(one.name) for one in columns)
