"""Work that is shared among processes: the same results as by one, and one that dies costs one document."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pebble import ProcessExpired

from pipeline.convert.job import Job, Outcome
from pipeline.convert.libreoffice import find_soffice
from pipeline.convert.pool import Offices
from pipeline.errors import ProofError, TemplateError, TertibError
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import Rendered, render_sop
from pipeline.run.hands import Hands
from pipeline.run.outcome import InternalError
from pipeline.run.workforce import EACH, DrawTask, Here, Pool
from tests.convert.offices import ENDS, STAYS, calls, office_like
from tests.run.fates import Fate
from tests.run.small import inputs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script of POSIX")
MANY = 2 * EACH


@pytest.fixture(autouse=True)
def _soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TERTIB_SOFFICE", str(office_like(tmp_path)))
    find_soffice.cache_clear()
    yield
    find_soffice.cache_clear()


def jobs_of(folder: Path, *kinds: str) -> list[Job]:
    """PDFs of one blank page on their way, with these fates."""
    page = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page)
    jobs = []
    for number, kind in enumerate(kinds):
        docx = folder / f"d{number}.docx"
        docx.write_bytes(page.getvalue())
        jobs.append(Job(docx, folder / f"d{number}.pdf", 1, finish=Fate(kind)))
    return jobs


def told_of(pool: Pool, jobs: list[Job]) -> list[Outcome]:
    """What ``pool`` tells of ``jobs``, in their order."""
    told: list[Outcome] = []
    pool.convert(jobs, told.append)
    assert len(told) == len(jobs)
    return sorted(told, key=lambda outcome: jobs.index(outcome.job))


def test_a_process_that_dies_costs_one_document(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, *["good"] * 9, "dies", "fails", *["good"] * 9)
    with Pool(2) as pool:
        told = told_of(pool, jobs)
    assert [outcome.error is None for outcome in told] == [job.finish == Fate("good") for job in jobs]
    assert all(job.pdf.exists() == (job.finish == Fate("good")) for job in jobs)
    died, failed = told[9].error, told[10].error
    assert isinstance(died, InternalError)
    assert "d9.pdf" in died.text("id")
    assert isinstance(failed, ProofError)
    assert "ValueError: the cause" in str(failed.__cause__), "its cause is kept for --verbose"
    assert os.getpid() not in {outcome.finished[1] for outcome in told if isinstance(outcome.finished, tuple)}


def _children() -> set[int]:
    """The processes of this one that are there for its work."""
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


@pytest.mark.parametrize("waiting", [1, 40])
def test_processes_that_die_with_nothing_to_do_cost_nothing(waiting: int) -> None:
    before = _children()
    hands = Hands(2)
    try:
        assert hands.submit(os.getppid).result(60) == os.getpid()
        killed = _children() - before
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        told = [hands.submit(os.getppid) for _ in range(waiting)]  # some are handed to nobody
        results = [future.exception(60) or future.result() for future in told]
        assert {type(one) for one in results} <= {int, BrokenProcessPool, ProcessExpired}
        deadline = time.monotonic() + 60
        while (last := hands.submit(os.getppid)).exception(60) is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert last.result() == os.getpid(), "there are others for what comes then"
        assert not _children() & killed
    finally:
        hands.close()
    assert _children() == before


def test_a_few_documents_start_nothing(tmp_path: Path) -> None:
    with Pool(2) as pool:
        told = told_of(pool, jobs_of(tmp_path, "good", "good"))
    assert [outcome.finished for outcome in told] == [("good", os.getpid())] * 2
    assert set(calls(tmp_path)) == {"alone"}


def test_a_warm_pool_has_an_office_for_a_single_document(tmp_path: Path) -> None:
    with Pool(2) as pool:
        pool.warm()
        (told,) = told_of(pool, jobs_of(tmp_path, "good"))
    assert told.finished == ("good", os.getpid())
    assert calls(tmp_path) == ["office", "document"]


def test_an_office_that_is_started_late_is_ended_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heated: list[Offices] = []
    heat = Offices.heat

    def late(offices: Offices) -> None:
        time.sleep(0.3)
        heat(offices)
        heated.append(offices)

    monkeypatch.setattr(Offices, "heat", late)
    with Pool(1) as pool:
        pool.warm()
    (offices,) = heated
    assert calls(tmp_path) == ["office"], "it was started after everything had been ended"
    assert not offices.kept


@pytest.mark.parametrize(("start", "notes"), [(ENDS, 1), (STAYS, 0)])
def test_where_no_office_stays_that_is_said(start: str, notes: int, tmp_path: Path) -> None:
    office_like(tmp_path, start)
    with Pool(1) as pool:
        told = told_of(pool, jobs_of(tmp_path, *["good"] * 12))
        assert len(pool.notes) == notes
    assert [outcome.error for outcome in told] == [None] * 12
    assert calls(tmp_path).count("alone") == 12 * notes


def test_a_pool_that_was_closed_can_be_used_again(tmp_path: Path) -> None:
    pool = Pool(2)
    pool.close()
    assert [outcome.error for outcome in told_of(pool, jobs_of(tmp_path, "good"))] == [None]
    pool.close()
    pool.close()


def tasks_of(folder: Path) -> list[DrawTask]:
    """Three SOPs to be drawn, again and again, and proved already: that is what takes time."""
    made = inputs(folder, 3)
    office = read_office(made.path(""), folder)
    template = packaged_templates() / "sop.docx"
    loaded = Template.load(template)
    items = [read_sop(path, office, folder) for path in sorted(made.path("sop").glob("*.yaml"))]
    tasks = [DrawTask(item, template, item.path.name, proved=_digest(render_sop(loaded, item))) for item in items]
    return [tasks[number % 3] for number in range(MANY)]


def _digest(made: Rendered) -> str:
    return hashlib.sha256(made.docx).hexdigest()


def test_many_are_drawn_as_one_is(tmp_path: Path) -> None:
    tasks = tasks_of(tmp_path)
    tasks[-1] = replace(tasks[-1], template=tmp_path / "tidak-ada.docx")
    alone, shared = list[Rendered | TertibError](), dict[int, Rendered | TertibError]()
    Here(1).draw(tasks[:3], lambda _, made: alone.append(made))
    with Pool(2) as pool:
        pool.draw(tasks, shared.__setitem__)
    assert sorted(shared) == list(range(MANY))
    assert [shared[place] == alone[place % 3] for place in range(MANY - 1)] == [True] * (MANY - 1)
    assert isinstance(shared[MANY - 1], TemplateError)
