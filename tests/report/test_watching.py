"""The lines of ``tertib watch``."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Lang, say
from pipeline.model.result import Failure
from pipeline.model.turn import Came, Turn
from pipeline.report.watching import as_json, as_text

ROOT = Path(__file__).parents[2]
AT = dt.datetime(2026, 3, 1, 10, 42, 7, tzinfo=dt.timezone(dt.timedelta(hours=7)))
FILE = "inputs/uji/sop/a.yaml"
BOTH = ("uji/sop/a", "uji/sop/b")
OUT = ("outputs/uji/sop/a.docx", "outputs/uji/sop/a.pdf")
MINOR = Finding("KEG-01", "kata", Severity.WARNING, say("kata kerja lebih dahulu"), say("-"), Place(FILE, 4, 2))
MAJOR = replace(MINOR, code="HKM-01", severity=Severity.ERROR, message=say("sudah\ndicabut"), blocks=True)
FAILURE = Failure(say("teks hilang"), 4, "uji/sop/a")


def turn(came: Came, *documents: str, **more: object) -> Turn:
    return replace(Turn(AT, came, (FILE,), documents or BOTH[:1]), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (turn(Came.BUILT, docx=0.0812, pdf=0.739), "uji/sop/a: DOCX 0,08 dtk, PDF 0,74 dtk, tanpa temuan"),
        (turn(Came.BUILT, docx=0.08, findings=(MINOR,)), "uji/sop/a: DOCX 0,08 dtk, 1 temuan"),
        (turn(Came.BUILT, pdf=0.7), "uji/sop/a: PDF 0,7 dtk, tanpa temuan"),
        (turn(Came.UNCHANGED), "uji/sop/a: tidak ada yang berubah, tanpa temuan"),
        (
            turn(Came.BUILT, *BOTH, docx=0.2, pdf=1.5, held=BOTH[1:], findings=(MAJOR, MINOR)),
            "inputs/uji/sop/a.yaml: DOCX 0,2 dtk, PDF 1,5 dtk, 2 SOP (1 ditahan), 2 temuan, 1 menahan",
        ),
        (
            turn(Came.HELD, held=BOTH[:1], findings=(MAJOR,)),
            "uji/sop/a: ditahan, 1 temuan, 1 menahan; yang pertama di inputs/uji/sop/a.yaml:4; "
            "keluaran lama tidak diubah",
        ),
        (turn(Came.HELD, held=BOTH[:1], failures=(FAILURE,)), "uji/sop/a: gagal dibuat; keluaran lama tidak diubah"),
        (
            turn(Came.GONE, outputs=OUT),
            "uji/sop/a: masukannya tidak ada lagi; yang dibuat darinya tidak diubah: "
            "outputs/uji/sop/a.docx, outputs/uji/sop/a.pdf",
        ),
        (turn(Came.GONE), "uji/sop/a: masukannya tidak ada lagi"),
        (
            turn(Came.CHECKED, "uji/reses/2026-masa-1", command="tertib recap inputs/uji/reses/2026-masa-1"),
            "uji/reses/2026-masa-1: tanpa temuan; dokumennya disusun dengan tertib recap inputs/uji/reses/2026-masa-1",
        ),
        (
            Turn(AT, Came.CHECKED, ("templates/buku-sop.docx",), command="tertib book"),
            "templates/buku-sop.docx: templat berubah; untuk memakainya jalankan tertib book",
        ),
        (
            replace(turn(Came.READY, *BOTH, held=BOTH[:1], findings=(MAJOR, MINOR)), files=("inputs/uji", "templates")),
            "inputs/uji, templates: 2 SOP (1 ditahan), 2 temuan, 1 menahan. Diawasi; tekan Ctrl-C untuk berhenti.",
        ),
        (
            replace(turn(Came.UNCHANGED, *BOTH), files=(FILE, "x")),
            "2 berkas: tidak ada yang berubah, 2 SOP, tanpa temuan",
        ),
    ],
)
def test_the_line_of_a_save(told: Turn, line: str) -> None:
    assert as_text(told, "id").splitlines()[0] == f"10.42.07 {line}"


def test_findings_failures_and_notes_stand_below_in_short() -> None:
    told = turn(Came.HELD, held=BOTH[:1], findings=(MAJOR, MINOR), failures=(FAILURE,), notes=(say("Catatan."),))
    rows = as_text(told, "id").splitlines()[1:]
    assert rows == [
        "  teks hilang",
        f"  {FILE}:4:2: kesalahan HKM-01 (kata) [menahan]: sudah dicabut",
        f"  {FILE}:4:2: peringatan KEG-01 (kata): kata kerja lebih dahulu",
        "  Catatan.",
    ]


def test_of_many_findings_the_first_five_and_how_to_see_the_rest() -> None:
    rows = as_text(turn(Came.UNCHANGED, findings=(MINOR,) * 7), "id").splitlines()[1:]
    assert len(rows) == 6
    assert rows[-1] == f"  dan 2 lagi; semuanya: tertib check {FILE}"
    assert len(as_text(turn(Came.UNCHANGED, findings=(MINOR,) * 5), "id").splitlines()) == 6


def test_in_the_beginning_only_what_holds_back_is_listed() -> None:
    assert len(as_text(turn(Came.READY, *BOTH, findings=(MAJOR, MINOR)), "id").splitlines()) == 2


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        (turn(Came.BUILT, docx=0.1, findings=(MINOR,), notes=(say("Catatan."),)), 0),
        (turn(Came.READY, *BOTH), 0),
        (turn(Came.HELD, held=BOTH[:1], findings=(MAJOR, MINOR), notes=(say("Catatan."),)), 2),
        (turn(Came.HELD, held=BOTH[:1], failures=(FAILURE,)), 2),
        (turn(Came.CHECKED, findings=(MAJOR,), command="tertib recap x"), 2),
    ],
)
def test_quiet_tells_what_holds_back_and_nothing_else(told: Turn, rows: int) -> None:
    assert len(as_text(told, "id", quiet=True).splitlines()) == rows


def test_colour_marks_what_is_held_back() -> None:
    held = turn(Came.HELD, held=BOTH[:1], findings=(MAJOR,))
    assert as_text(held, "id", color=True).startswith("\x1b[1;31m10.42.07")
    assert "\x1b" not in as_text(turn(Came.UNCHANGED), "id", color=True) + as_text(held, "id")


def test_a_name_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in as_text(turn(Came.UNCHANGED, "uji/sop/\x1b[2J"), "id")


def test_a_line_of_json() -> None:
    told = turn(Came.BUILT, docx=0.08123, pdf=0.7, findings=(MAJOR,), failures=(FAILURE,), outputs=OUT)
    text = as_json(replace(told, notes=(say("Catatan."),)), "id")
    data = json.loads(text)
    assert text.count("\n") == 1
    assert {key: data[key] for key in ("result", "files", "documents", "docx_seconds", "pdf_seconds", "outputs")} == {
        "result": "built",
        "files": [FILE],
        "documents": ["uji/sop/a"],
        "docx_seconds": 0.081,
        "pdf_seconds": 0.7,
        "outputs": list(OUT),
    }
    assert (data["at"], data["schema_version"], data["held"]) == ("2026-03-01T10:42:07+07:00", 1, [])
    assert data["findings"][0]["code"] == "HKM-01"
    assert data["failures"] == [{"document": "uji/sop/a", "message": "teks hilang", "exit_code": 4}]
    assert data["notes"] == ["Catatan."]


@pytest.mark.parametrize(("page", "lang"), [("docs/tutorial.md", "en"), ("docs/tutorial.id.md", "id")])
def test_the_lines_in_the_tutorial(page: str, lang: Lang) -> None:
    document, file = "sukamaju/sop/penerimaan-surat", "inputs/sukamaju/sop/penerimaan-surat.yaml"
    at = [AT.replace(minute=minute, second=second) for minute, second in ((41, 58), (42, 7), (43, 15))]
    held = replace(MAJOR, place=Place(file, 9))
    told = [
        Turn(at[0], Came.READY, ("inputs/sukamaju",), (document,), findings=(MINOR,) * 3),
        Turn(at[1], Came.BUILT, (file,), (document,), docx=0.08, pdf=0.41, findings=(MINOR,) * 3),
        Turn(at[2], Came.HELD, (file,), (document,), (document,), findings=(held,)),
    ]
    lines = [as_text(turn, lang).splitlines()[0] for turn in told]
    assert "```text\n" + "\n".join(lines) + "\n```\n" in (ROOT / page).read_text(encoding="utf-8")
