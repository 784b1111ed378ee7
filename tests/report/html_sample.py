"""A result with two offices and findings of every kind, for the tests of ``temuan.html``; some texts are hostile."""

from __future__ import annotations

import datetime as dt

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity, Stage
from pipeline.model.message import Lang, say, verbatim
from pipeline.model.result import EVERY_RULE, DocumentResult, DurationSummary, RunResult
from pipeline.report import html
from pipeline.report.html_parts import RuleText

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"' & `x`"
DAY = dt.date(2026, 11, 21)


def finding(code: str, severity: Severity, document: str | None, text: str, **more: object) -> Finding:
    """A finding in line 5 of the file of its document."""
    file = f"inputs/{document}.yaml" if document else "inputs/alfa/kantor.yaml"
    values = {"name": f"aturan-{code.lower()}", "help": verbatim(f"Perbaiki {text}."), "place": Place(file, 5), **more}
    return Finding(
        code=code,
        severity=severity,
        document=document,
        message=say("Temuan tentang {t}.", t=text),
        **values,  # type: ignore[arg-type]
    )


ACCEPTED = finding("HKM-04", Severity.WARNING, "beta/sop/dua", "urutan", path=("dasar_hukum", 1))
FINDINGS = (
    finding("MSK-24", Severity.WARNING, None, "kantor", path=("kantor", "unit")),
    finding(
        "HKM-01", Severity.ERROR, "alfa/sop/reses", "undang-undang yang dicabut", blocks=True,
        path=("dasar_hukum", 0), source="UU 17/2014", confidence=Confidence.MEDIUM,
        place=Place("inputs/alfa/sop/reses.yaml", 12, 5, 12, 20),
        related=(Related(Place("inputs/alfa/sop/reses.yaml", 3), say("tanggalnya")),),
    ),
    finding(
        "DUR-01", Severity.ERROR, "alfa/sop/reses", HOSTILE, path=("langkah", 2, "waktu"), step=3,
        place=Place("inputs/alfa/sop/reses.langkah.csv", 4, cell="E4"),
    ),
    finding("BHS-01", Severity.WARNING, "alfa/sop/reses", "salah ketik", path=("peringatan", 0)),
    finding("BHS-03", Severity.INFO, "alfa/sop/rapat", "spasi ganda", path=("langkah", 0, "kegiatan"), step=1),
    finding("ATR-05", Severity.INFO, "beta/sop/dua", "pengecualian", path=("kecuali", 0), accepts=(ACCEPTED,)),
    finding("ALR-03", Severity.ERROR, "beta/sop/dua", "alur buntu", path=("langkah", 4), step=5, blocks=True),
    finding("MSK-05", Severity.ERROR, "beta/sop/tiga", "YAML", blocks=True),
)  # fmt: skip
DOCUMENTS = (
    DocumentResult(
        "alfa/sop/reses", Stage.FINAL, ("outputs/alfa/sop/reses & rekap.docx",),
        DurationSummary("1 hari kerja", "1 hari kerja", "2 hari kerja", say("1 hari = 7,5 jam")),
        title=f"Pelaksanaan Reses {HOSTILE}",
    ),
    DocumentResult("alfa/sop/rapat", Stage.DRAFT, title="Rapat Paripurna"),
    DocumentResult("alfa/sop/bersih", Stage.DRAFT, title="Tanpa Temuan"),
    DocumentResult("alfa/reses/2026-masa-1", Stage.DRAFT, title="Rekapitulasi Reses"),
    DocumentResult("beta/sop/dua", Stage.REVIEW, title="SOP Dua", unchecked=("BHS-01", "BHS-03")),
    DocumentResult("beta/sop/tiga", Stage.DRAFT, unchecked=(EVERY_RULE,)),
)  # fmt: skip
RESULT = RunResult(FINDINGS, DOCUMENTS)
LINES = {("inputs/alfa/sop/reses.yaml", 12): "  - Undang-Undang Nomor 17 <b>Tahun</b> 2014"}
RULES = tuple(
    RuleText(
        code, f"aturan-{code.lower()}", Severity.ERROR, say("Ringkasan {c}", c=code),
        say("Keluarga {f}", f=code[:3]),
        (("Apa", f"Apa {HOSTILE}"), ("Mengapa", "Sebab"), ("Salah", "contoh buruk"), ("Benar", "contoh baik")),
    )
    for code in ("HKM-01", "HKM-04", "DUR-01", "BHS-01", "BHS-03", "ALR-03", "ATR-05", "MSK-05", "MSK-24", "IDN-01")
)  # fmt: skip


def page(result: RunResult = RESULT, lang: Lang = "id") -> str:
    """The page of a result."""
    return html.render(result, lang=lang, today=DAY, version="1.2.3", base="outputs", lines=LINES, rules=RULES)


def many(documents: int, each: int) -> RunResult:
    """So many SOPs in ten offices with so many findings each."""
    names = [f"kantor-{number % 10}/sop/prosedur-{number:04}" for number in range(documents)]
    codes = ("HKM-01", "DUR-01", "BHS-01", "ALR-03")
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return RunResult(
        tuple(
            finding(codes[row % 4], levels[row % 3], name, f"hal {row} pada langkah yang panjang keterangannya")
            for name in names
            for row in range(each)
        ),
        tuple(DocumentResult(name, Stage.DRAFT, title=f"Prosedur {name[-4:]}") for name in names),
    )
