"""The report as people read it on a terminal."""

from __future__ import annotations

import re

import pytest

from pipeline.model.finding import Place, Severity, Stage
from pipeline.model.message import Lang
from pipeline.model.result import DocumentResult, RunResult
from pipeline.report import formats
from pipeline.report.ending import summary
from pipeline.report.places import span_in_line
from pipeline.report.view import View
from tests.report.report_sample import CSV, LINES, LONG, RESULT, YAML, finding


def full(result: RunResult, *, lang: Lang, **more: object) -> str:
    return formats.render("full", result, View(lang, **more))  # type: ignore[arg-type]


def concise(result: RunResult, *, lang: Lang, **more: object) -> str:
    return formats.render("concise", result, View(lang, **more))  # type: ignore[arg-type]


def test_full_report_shows_place_line_caret_help_and_article() -> None:
    text = full(RESULT, lang="id", lines=LINES)
    assert (
        f"""kesalahan IDN-09 (judul-diawali-sop) [menahan]
  Judul “<Reses> & Pokir” diawali kata SOP.
 --> {YAML}:3:8
  |
3 | judul: SOP <Reses> & Pokir
  |        ^^^^^^^^^^^^^^^^^^^
  = perbaikan: Hapus kata “SOP”.
  = dasar: PermenPANRB 35/2012
  = lihat juga: {YAML}:1: nomor di sini
"""
        in text
    )
    assert f"--> {CSV}:7 sel E7" in text
    assert "--> inputs/contoh/sop/buku.xlsx lembar langkah sel B4" in text
    assert "\ngagal contoh/sop/reses\n  LibreOffice tidak ditemukan.\n" in text
    assert text.endswith(
        "2 dokumen diperiksa: 2 kesalahan, 2 peringatan, 1 catatan. 1 temuan menahan dokumen. 1 kegagalan.\n"
        "Hasil: 1 DOCX di outputs/contoh/sop\n"
    )


def test_english_report_has_no_indonesian_labels() -> None:
    text = full(RESULT, lang="en", lines=LINES)
    assert "error IDN-09 (judul-diawali-sop) [blocks]" in text
    assert "= help: Hapus kata" in text
    assert not re.search(r"perbaikan|dasar:|lihat juga|kesalahan|menahan", text)


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_a_long_line_is_cut_around_its_marked_part(width: int) -> None:
    text = full(RESULT, lang="id", lines=LINES, width=width)
    rows = text.splitlines()
    caret = next(row for row in rows if "^" in row and "SASARAN" in rows[rows.index(row) - 1])
    quoted = rows[rows.index(caret) - 1]
    assert quoted[caret.index("^") : caret.rindex("^") + 1] == "SASARAN"
    assert len(quoted) <= width


def test_colours_only_when_asked() -> None:
    assert "\x1b" not in full(RESULT, lang="id", lines=LINES) + concise(RESULT, lang="id")
    colored = full(RESULT, lang="id", lines=LINES, color=True)
    assert "\x1b[1;31mkesalahan\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == full(RESULT, lang="id", lines=LINES)


def test_concise_report_is_one_line_per_finding() -> None:
    rows = concise(RESULT, lang="id").splitlines()
    assert len(rows) == len(RESULT.findings) + len(RESULT.failures) + len(RESULT.notes) + 2
    assert rows[0].startswith(f"{YAML}:3:8: kesalahan IDN-09 (judul-diawali-sop) [menahan]: Judul")


def test_quiet_shows_only_what_blocks() -> None:
    assert concise(RESULT, lang="id", quiet=True).count("\n") == 2
    assert full(RunResult((), ()), lang="id", quiet=True) == ""


def test_nothing_found_is_said() -> None:
    text = full(RunResult((), ()), lang="id")
    assert text == summary(RunResult((), ()), "id") + "\n"


@pytest.mark.parametrize(
    ("place", "line", "marked"),
    [
        (Place("f", 1), "  a: b  ", "a: b"),
        (Place("f", 1, 3), "  a: b", "a"),
        (Place("f", 1, 3, 1, 4), "  a: b", "a"),
        (Place("f", 1, 6, 4, 2), "  a: b c", "b c"),
        (Place("f", 1, 99, 1, 120), "short", ""),
        (Place("f", 1, 2, 1, 500), "short", "hort"),
    ],
)
def test_marked_part_stays_inside_its_line(place: Place, line: str, marked: str) -> None:
    start, end = span_in_line(place, line)
    assert line[start:end] == marked
    assert end > start


def test_tabs_keep_the_caret_in_place() -> None:
    found = finding("MSK-09", Severity.ERROR, Place("f.yaml", 1, 3, 1, 4))
    rows = full(RunResult((found,), ()), lang="id", lines={("f.yaml", 1): "a\tb"}).splitlines()
    caret = next(row for row in rows if "^" in row)
    assert rows[rows.index(caret) - 1][caret.index("^")] == "b"


def test_sample_is_long_enough() -> None:
    assert len(LONG) > 600


def outputs(*paths: str) -> DocumentResult:
    return DocumentResult(paths[0], Stage.DRAFT, outputs=paths)


SOP = "outputs/contoh/sop"
RECESS = "outputs/contoh/reses/2026-masa-1"


@pytest.mark.parametrize(
    ("documents", "line"),
    [
        ([DocumentResult("a", Stage.DRAFT)], None),
        ([outputs(f"{SOP}/a.docx")], "Hasil: 1 DOCX di outputs/contoh/sop"),
        (
            [outputs(f"{SOP}/a.docx", f"{SOP}/a.pdf"), outputs(f"{SOP}/b.docx", f"{SOP}/b.pdf")],
            "Hasil: 2 DOCX dan 2 PDF di outputs/contoh/sop",
        ),
        (
            [outputs(f"{RECESS}/r.docx", f"{RECESS}/r.json", f"{RECESS}/r.xlsx", f"{RECESS}/anggota/a.docx")],
            f"Hasil: 2 DOCX, 1 JSON dan 1 XLSX di {RECESS}",
        ),
        (
            [outputs(f"{SOP}/a.docx"), outputs("outputs/lain/sop/a.docx")],
            "Hasil: 1 DOCX di outputs/contoh/sop; 1 DOCX di outputs/lain/sop",
        ),
        ([outputs(f"outputs/k{n}/sop/a.docx") for n in range(5)], "Hasil: 5 DOCX di outputs"),
    ],
)
def test_what_was_made_is_the_last_line(documents: list[DocumentResult], line: str | None) -> None:
    result = RunResult((), tuple(documents))
    for report in (full(result, lang="id"), concise(result, lang="id")):
        assert (report.splitlines()[-1] == line) if line else ("Hasil" not in report)
    assert "Hasil" not in full(result, lang="id", quiet=True)
