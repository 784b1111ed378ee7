"""The gate around LibreOffice: real conversions, and programs that misbehave as it was seen to."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from pipeline.convert import libreoffice
from pipeline.convert.batch import Batches
from pipeline.convert.libreoffice import Job, Outcome, convert, find_soffice
from pipeline.convert.pool import Offices
from pipeline.errors import MissingProgramError, OutputError, ProofError
from pipeline.model.message import say
from pipeline.model.particulars import Particulars
from pipeline.pdf.finish import finish

POSIX = sys.platform != "win32"


@pytest.fixture(autouse=True)
def forget(real_libreoffice: None) -> Iterator[None]:
    """The program is looked for once a process; these tests change it, or are about the real one."""
    find_soffice.cache_clear()
    yield
    find_soffice.cache_clear()


def test_the_newest_of_several_in_opt_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libreoffice7.6", "libreoffice24.8", "libreoffice", "other"):
        program = tmp_path / name / "program" / "soffice"
        program.parent.mkdir(parents=True)
        program.touch()
    monkeypatch.delenv("TERTIB_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pipeline.convert.libreoffice.OPT", tmp_path)
    assert find_soffice() == tmp_path / "libreoffice24.8/program/soffice"


def docx(path: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(path)
    return path


def job(folder: Path, name: str, *texts: str) -> Job:
    paper = docx(folder / f"{name}.docx", *texts)
    return Job(paper, folder / f"{name}.pdf", 1, texts, finish=lambda pdf: finish(pdf, Particulars(name, name)))


def fake(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """A program that takes LibreOffice's place; ``$out`` is the folder for PDFs, ``$docs`` the documents."""
    program = folder / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        'while [ "$#" -gt 0 ]; do case "$1" in --outdir) out="$2"; shift;; *.docx) docs="$docs $1";; esac\n'
        "shift; done\n" + body
    )
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("TERTIB_SOFFICE", str(program))


@pytest.mark.usefixtures("libreoffice")
def test_documents_become_proved_pdfs_with_equal_bytes(tmp_path: Path) -> None:
    jobs = [job(tmp_path, f"d{n}", f"Dokumen nomor {n}") for n in range(libreoffice.FEW)]
    seen: list[Outcome] = []
    outcomes = convert(jobs[:3], workers=2, on_done=seen.append)
    assert [outcome.error for outcome in outcomes] == [None] * 3
    assert sorted(o.job.pdf.name for o in seen) == ["d0.pdf", "d1.pdf", "d2.pdf"]
    first = [j.pdf.read_bytes() for j in jobs[:3]]
    with Offices(find_soffice() or Path(), 1) as offices:
        again = convert(jobs, workers=1, offices=offices)
        assert offices.kept, "this LibreOffice stays"
    assert [outcome.error for outcome in again] == [None] * libreoffice.FEW
    assert [j.pdf.read_bytes() for j in jobs[:3]] == first
    assert [o.sha256 for o in again[:3]] == [o.sha256 for o in outcomes]


@pytest.mark.usefixtures("libreoffice")
def test_a_bad_document_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    good, other = job(tmp_path, "baik", "Baik"), job(tmp_path, "lain", "Lain")
    bad = Job(tmp_path / "rusak.docx", tmp_path / "rusak.pdf", 1, ("Rusak",))
    bad.docx.write_bytes(b"PK\x03\x04 bukan dokumen")
    outcomes = convert([good, bad, other], workers=1)
    assert [o.error is None for o in outcomes] == [True, False, True]
    assert isinstance(outcomes[1].error, ProofError)
    assert not bad.pdf.exists()


@pytest.mark.usefixtures("libreoffice")
def test_a_pdf_without_its_promised_text_does_not_appear(tmp_path: Path) -> None:
    good = job(tmp_path, "x", "Isi")
    good.pdf.write_bytes(b"lama")
    outcome = convert([Job(good.docx, good.pdf, 1, ("Tidak ada di sana",))], workers=1)[0]
    assert isinstance(outcome.error, ProofError)
    assert "Tidak ada di sana" in outcome.error.text("id")
    assert good.pdf.read_bytes() == b"lama"
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.usefixtures("libreoffice")
def test_a_wrong_number_of_pages_is_told(tmp_path: Path) -> None:
    good = job(tmp_path, "x", "Isi")
    outcome = convert([Job(good.docx, good.pdf, 2, ())], workers=1)[0]
    assert isinstance(outcome.error, ProofError)


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize("error", [ProofError(say("Templat salah.")), OSError(28, "penuh")])
def test_what_cannot_be_finished_is_an_error_of_its_own_document(error: Exception, tmp_path: Path) -> None:
    good, bad = job(tmp_path, "baik", "Baik"), job(tmp_path, "buruk", "Buruk")

    def refuse(_pdf: Path) -> None:
        raise error

    bad.pdf.write_bytes(b"lama")
    outcomes = convert([replace(bad, finish=refuse), good], workers=1)
    assert isinstance(outcomes[0].error, ProofError | OutputError)
    assert outcomes[1].error is None
    assert bad.pdf.read_bytes() == b"lama"


def test_without_libreoffice_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIB_SOFFICE", str(tmp_path / "tidak-ada"))
    with pytest.raises(MissingProgramError) as error:
        convert([job(tmp_path, "x", "Isi")], workers=1)
    assert error.value.exit_code == 3
    assert "libreoffice-writer" in error.value.text("id")


FAULTS = {
    "says nothing and makes nothing": "exit 0",
    "fails": "exit 77",
    "makes an empty file": 'for d in $docs; do : > "$out/$(basename "$d" .docx).pdf"; done',
    "makes half a file": 'for d in $docs; do printf "%%PDF-1.6\\nhalf" > "$out/$(basename "$d" .docx).pdf"; done',
    "hangs": "sleep 60",
    "hangs with half a file": 'for d in $docs; do printf "%%PDF" > "$out/$(basename "$d" .docx).pdf"; done; sleep 60',
}


@pytest.mark.skipif(not POSIX, reason="the stand-in program is a shell script")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_program_that_lies_is_found_out(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, tmp_path, FAULTS[fault])
    jobs = [job(tmp_path, "a", "A"), job(tmp_path, "b", "B")]
    jobs[0].pdf.write_bytes(b"lama")
    outcomes = convert(jobs, workers=1, patience=0.5)
    assert all(isinstance(outcome.error, ProofError) for outcome in outcomes)
    assert jobs[0].pdf.read_bytes() == b"lama"
    assert not jobs[1].pdf.exists()


def test_who_interrupts_does_not_wait_until_all_that_is_there_is_proved(tmp_path: Path) -> None:
    jobs = tuple(job(tmp_path, f"d{n}", "Isi") for n in range(3))
    for number in range(3):
        (tmp_path / f"{number:06d}.pdf").write_bytes(b"%PDF")
    stop, told = threading.Event(), list[Job]()

    def tell(outcome: Outcome) -> None:
        told.append(outcome.job)
        stop.set()

    left = [0, 1, 2]
    batches = Batches(tmp_path, jobs, tell, lambda job, _made: Outcome(job), stop, 1.0)
    batches.collect(left, tmp_path, final=True)
    assert told == [jobs[0]]
    assert left == [1, 2]


def test_no_documents_need_no_program() -> None:
    assert libreoffice.convert([], workers=2) == ()
