"""A run result on which the formats differ: several lines, wide signs, tables, accepted findings, faults."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity, Stage
from pipeline.model.message import say
from pipeline.model.result import DocumentResult, Failure, RunResult
from pipeline.report.html_parts import RuleText
from pipeline.report.view import View

SOP = "contoh/sop/reses"
YAML = "inputs/contoh/sop/reses.yaml"
CSV = "inputs/contoh/sop/reses.langkah.csv"
LINES = {
    (YAML, 1): "nomor: 000.8.3.3/7/2026",
    (YAML, 3): "judul: SOP <Reses> & Pokir",
    (YAML, 9): "peringatan: >",
    (YAML, 10): "  Bila terlambat,",
    (YAML, 11): "  日程 bergeser \u202eterbalik",
    (YAML, 12): "  dan laporan tertunda",
    (YAML, 13): "  setahun.",
    (CSV, 3): "2\tMe\u0301nyusun\t漢字 laporan\t3 hri",
    (CSV, 4): "3\tMencatat\t\t3 hri",
    (CSV, 5): "4\tMengirim\t\t3 hri",
}
RULES = (
    RuleText(
        "IDN-09",
        "judul-lain-isi",
        Severity.ERROR,
        say("Judul tidak sesuai isi"),
        say("Halaman identitas"),
        (("Apa", "Judul menyebut isinya."), ("Mengapa", "Orang mencari SOP menurut judul."), ("Sumber", "PermenPAN")),
    ),
    RuleText(
        "DUR-01",
        "waktu-tidak-terbaca",
        Severity.WARNING,
        say("Waktu tidak terbaca"),
        say("Waktu"),
        cases=((say("Satuan tidak dikenal"), say("Tulis hari")),),
        confidence=Confidence.MEDIUM,
    ),
)


def _finding(code: str, name: str, severity: Severity, place: Place, id: str, en: str, **more: object) -> Finding:
    values = {"help": say("Perbaiki."), "document": SOP, **more}
    return Finding(
        code=code,
        name=name,
        severity=severity,
        place=place,
        message=say(id),
        **values,  # type: ignore[arg-type]
    )


def _time(row: int) -> Finding:
    at = {3: 24, 4: 13, 5: 13}[row]
    return _finding(
        "DUR-01", "waktu-tidak-terbaca", Severity.WARNING, Place(CSV, row, at, row, at + 5, cell=f"D{row}"),
        f'Waktu langkah {row - 1} "3 hri" tidak terbaca.', f'The time of step {row - 1}, "3 hri", cannot be read.',
        source="formulir resmi", confidence=Confidence.MEDIUM, path=("langkah", row - 2, "waktu"), step=row - 1,
        subject=f"langkah {row}",
    )  # fmt: skip


ACCEPTED = replace(_time(3), code="DUR-08", name="jam-panjang", subject="x")
RESULT = RunResult(
    findings=(
        _finding(
            "ATR-01", "aturan-tidak-dikenal", Severity.WARNING, Place("--select"), 'Aturan "X" tidak dikenal.',
            'There is no rule "X".', document=None,
        ),
        _finding(
            "IDN-09", "judul-lain-isi", Severity.ERROR, Place(YAML, 3, 8, 3, 27),
            "Judul: 100% \u201c<Reses> & Pokir\u201d, bukan isinya.\nBaris kedua.",
            "Title: 100% \u201c<Reses> & Pokir\u201d, not the content.\nSecond line.",
            source="PermenPANRB 35/2012", blocks=True, path=("judul",), subject="sop <reses> & pokir",
            related=(Related(Place(YAML, 1, 8, 1, 24), say("nomornya di sini")),) * 2,
        ),
        _finding(
            "IDN-12", "peringatan-kabur", Severity.INFO, Place(YAML, 9, 13, 14, 1), "Peringatan kabur.", "Vague.",
            path=("peringatan",), source="konvensi", confidence=Confidence.LOW, help=say(""),
        ),
        _finding(
            "ATR-05", "pengecualian-dipakai", Severity.INFO, Place(YAML, 20, 5, 20, 30),
            "Temuan DUR-08 dikecualikan oleh Kabag sampai 2027-06-30.", "The finding DUR-08 is accepted by Kabag.",
            accepts=(ACCEPTED,),
        ),
        _time(3), _time(4), _time(5),
        _finding(
            "BHS-01", "salah-ketik", Severity.INFO,
            Place("inputs/kantor dua/sop/b\u00e9 100%.xlsx", sheet="langkah", cell="B4"),
            "Salah ketik: \x07\u202e.", "A typing error: \x07\u202e.", document="kantor dua/sop/b\u00e9 100%",
        ),
        _finding(
            "INT-01", "aturan-gagal", Severity.ERROR, Place("/tempat/lain/sop/a b.yaml"), "Aturan gagal.",
            "A rule failed.", document="lain/sop/a b", blocks=True,
        ),
        _finding("MSK-02", "berkas-tak-dapat-dibuka", Severity.ERROR, Place("inputs/contoh/kantor.yaml"),
                 "Tidak dapat dibuka.", "Cannot be opened.", document=None),
    ),
    documents=(
        DocumentResult(SOP, Stage.FINAL, ("outputs/contoh/sop/reses.docx",), title="Reses"),
        DocumentResult("contoh/sop/bersih", Stage.DRAFT),
    ),
    failures=(Failure(say("LibreOffice tidak ditemukan."), 3, SOP),),
    notes=(say("Keluaran lama tidak diubah."),),
)  # fmt: skip
VIEW = View("id", "1.2.3", LINES, width=100, rules=RULES)
