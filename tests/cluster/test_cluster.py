"""``tertib build --cluster``: workers that are real processes, some of them killed, and the same bytes as without."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from pipeline.run.build import build
from pipeline.run.cluster import Cluster
from pipeline.run.outcome import Outcome
from tests.cli.desk import Desk
from tests.cluster.farm import Farm
from tests.cluster.work import TITLES, Breaking, made, put_sops, settings_at


def test_documents_are_those_that_this_computer_makes(desk: Desk, workshop: Farm) -> None:
    put_sops(desk, *TITLES)
    workshop.staff(2)
    there = desk.run("build", "--cluster", workshop.address, "-o", "sana", "--also", "svg")
    assert there.code == 0, there.all
    assert "2 pekerja dipakai" in there.err
    here = desk.run("build", "-o", "sini", "--also", "svg")
    assert here.code == 0, here.all
    assert made(desk, "sana") == made(desk, "sini")
    assert len([name for name in made(desk, "sana") if name.endswith(".pdf")]) == 4


def test_recap_on_the_cluster_is_that_of_this_computer(desk: Desk, workshop: Farm) -> None:
    workshop.staff(1)
    assert desk.run("new", "reses", "inputs/uji/reses/2026-masa-1").code == 0
    there = desk.run("recap", "--cluster", workshop.address, "-o", "sana", "--only", "rekapitulasi")
    here = desk.run("recap", "-o", "sini", "--only", "rekapitulasi")
    assert (there.code, here.code) == (0, 0), there.all + here.all
    assert made(desk, "sana") == made(desk, "sini")
    assert any(name.endswith("rekapitulasi.pdf") for name in made(desk, "sana"))


def test_a_worker_with_another_converter_is_not_used(desk: Desk, workshop: Farm, tmp_path: Path) -> None:
    other = tmp_path / "lain" / "soffice"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    workshop.staff(1)
    before = workshop.alive
    stranger = workshop.hire(TERTIB_SOFFICE=str(other))
    workshop.settle(before + 1)
    try:
        done = desk.run("build", "--cluster", workshop.address)
        assert done.code == 0, done.all
        assert f"{before} pekerja dipakai" in done.err
        assert "tidak dipakai: LibreOffice soffice" in done.err
    finally:
        stranger.kill()
        stranger.wait()
        workshop.settle(before)


def test_what_a_killed_worker_had_is_done_by_others(desk: Desk, workshop: Farm) -> None:
    put_sops(desk, *TITLES, "Mematikan Sekali Lampu")
    workshop.staff(2)
    before = workshop.alive
    done = desk.run("build", "--cluster", workshop.address)
    assert done.code == 0, done.all
    assert len([name for name in made(desk, "outputs") if name.endswith(".pdf")]) == 5
    assert workshop.alive == before - 1


def test_a_document_that_kills_its_workers_is_named_and_costs_nobody_else(desk: Desk, workshop: Farm) -> None:
    workshop.staff(4)
    before = workshop.alive
    put_sops(desk, *TITLES, "Mematikan Pekerja Malam")
    done = desk.run("build", "--cluster", workshop.address)
    assert done.code == 4, done.all
    assert "uji/sop/sop-5" in done.all
    assert "3 pekerja klaster berhenti mendadak" in done.all
    pdfs = [name for name in made(desk, "outputs") if name.endswith(".pdf")]
    assert sorted(pdfs) == [f"uji/sop/{name}.pdf" for name in ("sop-2", "sop-3", "sop-4", "surat")]
    assert workshop.alive == before - 3


def test_a_scheduler_that_says_nothing_is_taken_for_gone(desk: Desk, workshop: Farm) -> None:
    put_sops(desk, *TITLES)
    workshop.staff(1)
    listener = Breaking("Menyusun DOCX", lambda: workshop.scheduler.send_signal(signal.SIGSTOP))
    try:
        with Cluster(workshop.address, listener, patience=2) as workforce:
            began = time.monotonic()
            outcome: Outcome = build(settings_at(desk.folder), listener, workforce)
            took = time.monotonic() - began
    finally:
        workshop.scheduler.send_signal(signal.SIGCONT)
    assert took < 60
    assert outcome.exit_code == 2
    assert any("tidak dapat dihubungi lagi" in failure.message.id for failure in outcome.report.failures)


def test_a_scheduler_that_goes_away_leaves_what_is_done(desk: Desk, workshop: Farm) -> None:
    put_sops(desk, *TITLES)
    settings = settings_at(desk.folder)
    workshop.staff(1)
    listener = Breaking("Membuat PDF", workshop.scheduler.kill)
    with Cluster(workshop.address, listener, patience=2) as workforce:
        began = time.monotonic()
        outcome: Outcome = build(settings, listener, workforce)
        took = time.monotonic() - began
    assert took < 60  # not the minutes that the library would wait
    assert outcome.exit_code == 2
    assert [
        failure.message.id for failure in outcome.report.failures if "tidak dapat dihubungi lagi" in failure.message.id
    ]
    done = [name for name in made(desk, "outputs") if name.endswith(".pdf")]
    assert 0 < len(done) < 4
    before = made(desk, "outputs")
    again = desk.run("build")
    assert again.code == 0, again.all
    after = made(desk, "outputs")
    assert len([name for name in after if name.endswith(".pdf")]) == 4
    assert all(after[name] == before[name] for name in done)
