"""The recap as a workbook for further work: real numbers, filters, frozen headers, and no cell that can run.

A text that begins with ``=``, ``+``, ``-`` or ``@`` is stored as text and marked as such (quote prefix), so that it
neither is a formula now nor becomes one when someone edits the cell. There are no formulas at all: sums are numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.model.dates import long_date
from pipeline.model.finding import Stage
from pipeline.model.recap import Recap, RowLabels, Tally
from pipeline.model.recess import Recess, RecessInput
from pipeline.render.workbook_cells import Sheet, parts_of
from pipeline.render.workbook_sheets import CROSS_SHEET, FIRST_SHEET, MAX_COLUMNS, Source, sheet_name, sheets_of

if TYPE_CHECKING:
    from pipeline.render.workbook_file import Line

_ROMAN = {1: "I", 2: "II", 3: "III"}
_STAGES = {Stage.DRAFT: "draf", Stage.REVIEW: "tinjau", Stage.FINAL: "final"}


def recap_workbook(item: RecessInput, recap: Recap, labels: RowLabels | None = None, *, public: bool = False) -> bytes:
    """The workbook as bytes, equal for equal arguments: every row, every need, every table of totals.

    ``labels`` (``pipeline.recess.labels.row_labels``) name the groups of rows as the tables do; without them rows say
    what was typed, and a pivot has a line for each spelling.
    """
    from pipeline.render.workbook_file import write

    source = Source.of(item, recap, labels, public=public)
    sheets = [part for sheet in sheets_of(source) for part in parts_of(sheet)]
    return write(FIRST_SHEET, tuple(_guide(item, recap, sheets, public)), sheets, recap.recess.id)


def _guide(item: RecessInput, recap: Recap, sheets: Sequence[Sheet], public: bool) -> Iterator[Line]:
    from pipeline.render.workbook_file import Line

    recess = recap.recess
    yield Line((f"Rekapitulasi Hasil Reses {_period(recess)}",), "title")
    yield Line((f"DPRD {item.office.office.region}",), "note")
    if recess.start and recess.end:
        yield Line((f"{long_date(recess.start)} s.d. {long_date(recess.end)}",), "note")
    yield Line((f"Tahap: {_STAGES.get(recess.stage, recess.stage.value)}",), "note")
    if public:
        yield Line(("Edisi publik: data pribadi dan keterangan sudah dihapus.",), "note")
    yield Line()
    yield from _figures(recap)
    yield Line()
    yield from _agreement(recap)
    yield Line()
    yield Line(("Lembar", "Baris", "Isi"), "head")
    for sheet in sheets:
        yield Line((sheet.name, sheet.count, sheet.about), link=sheet.name)
    if recap.cross is not None and len(recap.cross.columns) > MAX_COLUMNS:
        yield Line((f"Lembar {CROSS_SHEET} tidak dibuat: lebih dari {MAX_COLUMNS} bidang yang berbeda.",), "note")
    yield Line()
    yield Line(("Cara memakai",), "head")
    for text in _USE:
        yield Line((text,), "note")


_USE = (
    "Aspirasi adalah setiap catatan; usulan adalah aspirasi yang meminta hal yang sama, dihitung satu kali.",
    "Sebuah usulan dihitung pada dapil, fraksi, dan komisi anggota yang pertama kali mencatatnya.",
    "Sumber menyebut berkas dan baris asalnya. Ctrl+F atas ID atau No. Usulan menemukannya di semua lembar.",
    "PivotTable: klik satu sel di lembar Data, lalu Sisipkan > PivotTable. Jumlahkan Usulan Dihitung untuk banyaknya "
    "usulan dan Anggaran Dihitung untuk perkiraan anggaran.",
    "Baris Jumlah berada di luar penyaring: angkanya tetap jumlah seluruh baris, bukan jumlah yang disaring.",
    "Sel kosong pada anggaran berarti tidak diisi, bukan nol rupiah.",
)


def _period(recess: Recess) -> str:
    session = f"Masa {_ROMAN.get(recess.session, recess.session)} " if recess.session else ""
    return f"{session}Tahun {recess.year}".strip() if recess.year else session.strip()


def _figures(recap: Recap) -> Iterator[Line]:
    from pipeline.render.workbook_file import Line

    total = recap.total
    yield Line(("Angka pokok", "Jumlah"), "head")
    yield Line(("Aspirasi tercatat", total.heard))
    yield Line(("Usulan (yang sama dihitung satu kali)", total.needs))
    yield Line(("Perkiraan anggaran usulan (Rp)", total.recorded_amount))
    yield Line(("Perkiraan anggaran semua aspirasi (Rp)", total.recorded_heard_amount))
    yield Line(("Usulan tanpa perkiraan anggaran", total.unpriced))
    yield Line(("Pertemuan", len(recap.recess.meetings)))
    yield Line(("Peserta", recap.participants))


def _agreement(recap: Recap) -> Iterator[Line]:
    """What each table adds up to. That they agree was proved when the recap was made (RES-12), and is again below."""
    from pipeline.render.workbook_file import Line

    tables = recap.tables.values()
    agree = all(table.total == recap.total == sum((line.tally for line in table.lines), Tally()) for table in tables)
    yield Line(("Kecocokan jumlah", "Aspirasi", "Usulan", "Perkiraan anggaran (Rp)"), "head")
    for table in tables:
        total = table.total
        yield Line((sheet_name(table.dimension), total.heard, total.needs, total.recorded_amount))
    total = recap.total
    yield Line(("Keseluruhan", total.heard, total.needs, total.recorded_amount), "total")
    said = "Semua tabel berjumlah sama dengan keseluruhan; diperiksa saat berkas ini dibuat."
    yield Line((said if agree else "Ada tabel yang jumlahnya berbeda.",), "note")
