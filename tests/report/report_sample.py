"""A run result that holds one of everything a report can show."""

from __future__ import annotations

from pipeline.model.finding import Finding, Place, Related, Severity, Stage
from pipeline.model.message import say
from pipeline.model.result import DocumentResult, DurationSummary, Failure, RunResult

SOP = "contoh/sop/reses"
YAML = "inputs/contoh/sop/reses.yaml"
CSV = "inputs/contoh/sop/reses.langkah.csv"
LONG = "dasar_hukum: " + "kata " * 80 + "SASARAN " + "ekor " * 60
LINES = {(YAML, 3): "judul: SOP <Reses> & Pokir", (CSV, 7): "5;Rekap;Kabag;;3 hri;;", (YAML, 9): LONG}


def finding(code: str, severity: Severity, place: Place, **more: object) -> Finding:
    """A finding with texts that need escaping."""
    values = {
        "name": "judul-diawali-sop",
        "message": say("Judul \u201c<Reses> & Pokir\u201d diawali kata SOP."),
        "help": say("Hapus kata \u201cSOP\u201d."),
        "document": SOP,
        **more,
    }
    return Finding(code=code, severity=severity, place=place, **values)  # type: ignore[arg-type]


RULE = say("1 hari = 7,5 jam")
RESULT = RunResult(
    findings=(
        finding(
            "IDN-09", Severity.ERROR, Place(YAML, 3, 8, 3, 27), source="PermenPANRB 35/2012", blocks=True,
            related=(Related(Place(YAML, 1), say("nomor di sini")),),
        ),
        finding("MUT-02", Severity.WARNING, Place(CSV, 7, cell="E7")),
        finding("BHS-01", Severity.INFO, Place("inputs/contoh/sop/buku.xlsx", 4, 2, sheet="langkah", cell="B4")),
        finding("HKM-01", Severity.WARNING, Place(YAML, 9, 14 + 5 * 80, 9, 14 + 5 * 80 + 7), help=say("")),
        finding("MSK-02", Severity.ERROR, Place("inputs/contoh/kantor.yaml"), document=None),
    ),
    documents=(
        DocumentResult(
            SOP, Stage.FINAL, ("outputs/contoh/sop/reses & rekap.docx",),
            DurationSummary("1 hari kerja", "2 hari kerja", "3 hari kerja", RULE), {"crossings": 0},
        ),
        DocumentResult("contoh/sop/kosong", Stage.DRAFT),
    ),
    failures=(Failure(say("LibreOffice tidak ditemukan."), 3, SOP),),
    notes=(say("Keluaran lama tidak diubah."),),
)  # fmt: skip
