"""Offices that stay: one bad document costs its neighbours nothing, and nobody waits for what will not come."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.convert import libreoffice, places
from pipeline.convert.job import Job, Outcome
from pipeline.convert.pool import Offices
from pipeline.errors import OutputError, ProofError
from tests.convert.offices import ENDS, SILENT, calls, office_like

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in program is a script of POSIX")
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    libreoffice.find_soffice.cache_clear()
    yield
    libreoffice.find_soffice.cache_clear()


def jobs_of(folder: Path, *texts: str) -> list[Job]:
    jobs = []
    for number, text in enumerate(texts):
        docx = folder / f"d{number}.docx"
        docx.write_text(f"{text} {number}", encoding="utf-8")
        jobs.append(Job(docx, folder / f"d{number}.pdf"))
    return jobs


def taken(job: Job, made: Path) -> Outcome:
    """In the place of the proof: the stand-in makes no PDF that would hold."""
    text = made.read_text()
    assert text.startswith("PDF of"), "half a PDF is not believed"
    job.pdf.write_text(text)
    return Outcome(job, None, 1, text)


def converted(
    folder: Path, jobs: list[Job], workers: int = 2, start: str = "pass", patience: float = 20.0
) -> list[str]:
    """The errors of ``jobs``, "" for none; ``patience`` is in seconds."""
    told: list[Outcome] = []
    with Offices(office_like(folder, start), workers, patience) as offices, ThreadPoolExecutor(1) as hands:
        left = offices.convert(jobs, lambda job, made: hands.submit(taken, job, made), told.append)
    assert len(told) + len(left) == len(jobs)
    found = {outcome.job.pdf: outcome for outcome in told}
    for job in jobs:
        outcome = found[job.pdf]
        assert (outcome.error is None) == job.pdf.exists()
        if outcome.error is None:
            assert job.pdf.read_text() == f"PDF of {job.docx.read_text()}", "nobody gets another's"
    return ["" if found[job.pdf].error is None else type(found[job.pdf].error).__name__ for job in jobs]


def test_documents_are_handed_to_offices_that_stay(tmp_path: Path) -> None:
    assert converted(tmp_path, jobs_of(tmp_path, *["good"] * 12)) == [""] * 12
    assert sorted(calls(tmp_path)) == ["document"] * 12 + ["office"] * 2


@pytest.mark.parametrize("fault", ["hangs", "crashes", "fails", "nothing"])
def test_a_bad_document_costs_its_neighbours_nothing(fault: str, tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, "good", fault, "good", "good")
    assert converted(tmp_path, jobs, workers=1, patience=2.0) == ["", "ProofError", "", ""]
    assert calls(tmp_path).count("document") == 5, "what failed was tried once more"


def test_what_an_office_in_trouble_does_not_make_a_fresh_one_makes(tmp_path: Path) -> None:
    assert converted(tmp_path, jobs_of(tmp_path, "good", "weary", "good"), workers=1) == ["", "", ""]
    assert calls(tmp_path).count("office") == 2


def test_three_bad_ones_in_ten(tmp_path: Path) -> None:
    kinds = ("fails", "nothing", "crashes")
    texts = [kinds[number % 3] if number % 10 < 3 else "good" for number in range(200)]
    expected = ["" if text == "good" else "ProofError" for text in texts]
    assert converted(tmp_path, jobs_of(tmp_path, *texts)) == expected


def test_a_warm_office_is_given_even_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = office_like(tmp_path)
    monkeypatch.setenv("TERTIB_SOFFICE", str(program))
    with Offices(program, 2) as offices, ThreadPoolExecutor(1) as hands:
        offices.heat()
        for text in ("good", "crashes", "good"):
            jobs = jobs_of(tmp_path, text)
            (outcome,) = libreoffice.convert(
                jobs, workers=2, offices=offices, begin=lambda job, made: hands.submit(taken, job, made)
            )
            assert (outcome.error is None) == (text == "good")
    assert "alone" not in calls(tmp_path)


@pytest.mark.parametrize("start", [ENDS, SILENT])
def test_where_no_office_stays_batches_do_the_work(start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIB_SOFFICE", str(office_like(tmp_path, start)))
    jobs = jobs_of(tmp_path, *["good"] * 12)

    def begin(job: Job, made: Path) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        future.set_result(taken(job, made))
        return future

    outcomes = libreoffice.convert(jobs, workers=2, patience=1.0, begin=begin)
    assert [outcome.job for outcome in outcomes] == jobs
    assert all(job.pdf.read_text() == f"PDF of {job.docx.read_text()}" for job in jobs)
    assert calls(tmp_path) == ["alone"] * 12


def test_an_office_is_started_anew_after_many_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.convert.pool.RENEW", 3)
    assert converted(tmp_path, jobs_of(tmp_path, *["good"] * 7), workers=1) == [""] * 7
    assert calls(tmp_path).count("office") == 3


def test_what_breaks_while_it_is_told_ends_the_offices(tmp_path: Path) -> None:
    def refuse(_: Outcome) -> None:
        raise KeyboardInterrupt

    with Offices(office_like(tmp_path), 2) as offices, ThreadPoolExecutor(1) as hands:
        with pytest.raises(KeyboardInterrupt):
            offices.convert(
                jobs_of(tmp_path, *["good"] * 6, "hangs"), lambda job, made: hands.submit(taken, job, made), refuse
            )
        assert offices._offices == []
        assert offices.stays, "that they were ended says nothing of the program"


def test_who_closes_does_not_wait_for_an_office_that_is_starting(tmp_path: Path) -> None:
    offices = Offices(office_like(tmp_path, SILENT), 1, patience=600.0)
    heating = threading.Thread(target=offices.heat)
    heating.start()
    deadline = time.monotonic() + 60
    while not offices._offices or not offices._offices[0].alive:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    offices.close()
    heating.join(30.0)
    assert not heating.is_alive()


def test_no_room_for_temporary_files_is_told_of_every_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIB_SOFFICE", str(office_like(tmp_path)))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tidak-ada"))
    outcomes = libreoffice.convert(jobs_of(tmp_path, *["good"] * 8), workers=1)
    assert all(isinstance(outcome.error, OutputError) for outcome in outcomes)


def test_a_disk_that_is_full_for_a_while_costs_what_came_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = jobs_of(tmp_path, *["good"] * 8)
    real = shutil.copyfile

    def copy(source: Path, target: Path) -> Path:
        if source in {job.docx for job in jobs[3:5]}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return real(source, target)

    monkeypatch.setattr("pipeline.convert.pool.shutil.copyfile", copy)
    assert converted(tmp_path, jobs) == ["", "", "", "OutputError", "OutputError", "", "", ""]


def test_a_document_that_is_gone_is_an_error_of_its_own(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, "good", "good")
    jobs[0].docx.unlink()
    told: list[Outcome] = []
    with Offices(office_like(tmp_path), 1) as offices, ThreadPoolExecutor(1) as hands:
        offices.convert(jobs, lambda job, made: hands.submit(taken, job, made), told.append)
    assert [type(outcome.error) for outcome in told] == [ProofError, type(None)]


_PARENT = """
import sys, time
from pathlib import Path
from pipeline.convert.pool import Offices
offices = Offices(Path(sys.argv[1]), 1)
offices.heat()
print(offices._own_folder(), (offices._own_folder() / "kantor-1/profil/pid").read_text(), flush=True)
time.sleep(600)
"""


def test_nothing_is_left_of_a_run_that_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    line = [sys.executable, "-c", _PARENT, str(office_like(tmp_path))]
    parent = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    folder, office = parent.stdout.readline().split()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for_end(int(office))
    assert Path(folder).is_dir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with places.working_folder() as own, places.working_folder() as other:
        assert not Path(folder).exists()
        assert own.is_dir()
        assert other.is_dir()
    assert not list(tmp_path.glob("tertib-*"))


def wait_for_end(pid: int) -> None:
    """Wait until the process has ended; the test fails where it does not within a minute."""
    deadline = time.monotonic() + 60
    while _runs(pid):
        assert time.monotonic() < deadline, "it outlives who started it"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # one that has ended may still wait to be asked how
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
