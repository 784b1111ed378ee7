"""What is told of a document that was made again; nothing is made here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.convert.libreoffice import Job
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import ProofError, TertibError, UsageError
from pipeline.model.message import say
from pipeline.render import proof
from pipeline.run import rebuild as module
from pipeline.run.carried_inputs import Bundle, CannotRebuildError
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.rebuild import rebuild
from pipeline.run.rebuild_docx import Made
from pipeline.run.settings import Settings

PDF = b"%PDF satu"


class Desk:
    """A PDF, what it says it was made from, and what comes of making it again."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "a.pdf"
        self.path.write_bytes(PDF)
        self.paths: tuple[Path, ...] = ()
        self.origin: dict[str, Any] = {
            "docx": {"berkas": "a.docx"},
            "masukan": [{"berkas": "a.yaml"}],
            "tidak_dibawa": [],
            "sidik": "ab" * 32,
            "program": {"versi": pipeline.__version__, "libreoffice": "LO"},
            "dokumen": "k/sop/a",
            "judul": "A",
            "pdf": {"penulis": "", "perihal": "", "kata_kunci": [], "tanggal": "", "penanda_tangan": []},
        }
        self.altered: list[str] = []
        self.made = Made(b"docx", "ab" * 32)
        self.again = PDF
        self.error: TertibError | None = None
        for name, played in {
            "opened": lambda _: Bundle(self.origin, {"a.docx": b"docx"}),
            "altered": lambda _: self.altered,
            "prove_package": lambda *_: None,
            "lay_out": lambda _, folder: folder,
            "docx_again": lambda *_: self.made,
            "docx_differences": lambda one, two: [] if one == two else [say("DOCX lain.")],
            "pdf_differences": lambda *_: [say("Halaman 1 lain.")],
            "find_soffice": lambda: folder,
            "libreoffice": lambda: "LO",
            "convert": self._convert,
        }.items():
            monkeypatch.setattr(module, name, played)
        monkeypatch.setattr(Bundle, "particulars", lambda _: None)

    def _convert(self, jobs: Sequence[Job], workers: int) -> tuple[Conversion, ...]:
        assert workers == 1
        (job,) = jobs
        assert job.docx.read_bytes() == self.made.docx
        job.pdf.write_bytes(self.again)
        return (Conversion(job, self.error),)

    def run(self) -> Outcome:
        settings = Settings(self.path.parent, self.path.parent / "outputs", dt.date(2026, 3, 1), paths=self.paths)
        return rebuild(self.path, settings, Silent())

    def told(self) -> tuple[int, list[str], list[str]]:
        """Exit code, problems, notes."""
        outcome = self.run()
        problems = [one.error.message.text("id") for one in outcome.problems]
        return outcome.exit_code, problems, [note.text("id") for note in outcome.notes]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


WHOLE = "1 berkas masukan utuh; DOCX yang dibuat dari situ sama persis."


def test_the_same_is_told_as_identical(desk: Desk) -> None:
    assert desk.told() == (0, [], [WHOLE, f"PDF yang dibuat ulang sama persis, {len(PDF)} byte."])
    closing = desk.run().result.closing
    assert closing is not None
    assert "identik" in closing.text("id")


def test_what_was_added_behind_it_is_counted(desk: Desk) -> None:
    desk.again = PDF[:5]
    code, problems, notes = desk.told()
    assert (code, problems) == (0, [])
    assert f"dengan 5 byte pertama; {len(PDF) - 5} byte sesudahnya" in notes[1]


def test_each_difference_is_told(desk: Desk) -> None:
    desk.made = Made(b"lain", "cd" * 32)
    desk.again = b"%PDF dua"
    code, (problem,), notes = desk.told()
    assert (code, notes) == (5, [])
    assert problem.startswith("a.pdf berbeda dari yang dibuat ulang: Sidik masukan ")
    assert problem.endswith(" DOCX lain. Halaman 1 lain.")


def test_files_that_are_not_those_on_record_are_named_and_nothing_is_made(desk: Desk) -> None:
    desk.altered = [f"{n}.csv" for n in range(9)]
    desk.error = ProofError(say("nobody asks for it"))
    code, (problem,), _ = desk.told()
    assert code == 5
    assert "7.csv" in problem
    assert "8.csv" not in problem


def test_where_inputs_stayed_out_the_docx_that_is_carried_is_proved_and_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved: list[tuple[bytes, str]] = []
    monkeypatch.setattr(proof, "prove_docx", lambda data, name: proved.append((data, name)))
    desk.origin["masukan"] = []
    desk.origin["tidak_dibawa"] = [{"jalur": f"{n}.csv", "alasan": "terlalu besar"} for n in range(5)]
    code, problems, notes = desk.told()
    assert (code, problems, proved) == (0, [], [(b"docx", "a.docx")])
    assert "2.csv: terlalu besar; 3.csv: terlalu besar)" in notes[0]


@pytest.mark.parametrize(
    ("key", "value", "code", "words"),
    [
        ("versi", "99.0", 2, "dibuat tertib 99.0, di sini"),
        ("libreoffice", "lain", 3, "LibreOffice lain (lain; di sini LO)"),
        ("libreoffice", "", 3, "LibreOffice lain (?; di sini LO)"),
    ],
)
def test_a_difference_under_other_programs_proves_nothing(
    desk: Desk, key: str, value: str, code: int, words: str
) -> None:
    desk.origin["program"][key] = value
    assert desk.told()[0] == 0
    desk.again = b"%PDF dua"
    found, (problem,), notes = desk.told()
    assert (found, notes) == (code, [WHOLE, "Halaman 1 lain."])
    assert words in problem


def test_of_several_each_line_names_its_file(desk: Desk) -> None:
    desk.paths = (Path("a.pdf"), Path("b.pdf"))
    desk.again = b"%PDF dua"
    assert desk.told()[2] == [f"a.pdf: {WHOLE}"]
    desk.origin["program"]["versi"] = "99.0"
    _, (problem,), notes = desk.told()
    assert notes == [f"a.pdf: {WHOLE}", "a.pdf: Halaman 1 lain."]
    assert problem.startswith("a.pdf: PDF ini dibuat tertib 99.0")


def test_errors_are_told_as_what_they_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.error = ProofError(say("teks hilang"))
    code, problems, notes = desk.told()
    assert (code, problems, notes) == (4, ["teks hilang"], [WHOLE])

    def fails(_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(module, "opened", fails)
    desk.paths = (Path("a.pdf"), Path("b.pdf"))
    (problem,) = desk.run().problems
    assert "Kesalahan program" in problem.error.message.text("id")
    assert isinstance(problem.error.__cause__, KeyError)
    desk.path.unlink()
    with pytest.raises(UsageError) as error:
        desk.run()
    assert not isinstance(error.value, CannotRebuildError)
    assert "a.pdf tidak dapat dibaca" in error.value.text("id")
