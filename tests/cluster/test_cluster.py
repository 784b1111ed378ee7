"""``tertib build --cluster``: workers that are real processes, some of them killed, and the same bytes as without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import SOP, STEPS, Desk
from tests.cluster.farm import Farm

TITLES = ("Pengelolaan Arsip", "Penerimaan Tamu", "Peminjaman Kendaraan")
"""The same in every test: LibreOffice converts them once."""


def put_sops(desk: Desk, *titles: str) -> None:
    """SOPs of these titles, besides the one that is there."""
    for number, title in enumerate(titles, 2):
        text = SOP.replace("Penerimaan Surat Masuk", title).replace("/001/", f"/{number:03d}/")
        desk.put(f"sop/sop-{number}.yaml", text.replace("surat.langkah", f"sop-{number}.langkah"))
        desk.put(f"sop/sop-{number}.langkah.csv", STEPS.replace("surat", f"berkas {number}"))


def made(desk: Desk, folder: str) -> dict[str, str]:
    """The documents in an output folder by their hashes."""
    return {name: sha for name, sha in desk.visible(folder).items() if not name.startswith("temuan")}


def test_documents_are_those_that_this_computer_makes(desk: Desk, workshop: Farm) -> None:
    put_sops(desk, *TITLES)
    there = desk.run("build", "--cluster", workshop.address, "-o", "sana", "--also", "svg")
    assert there.code == 0, there.all
    assert "3 pekerja dipakai" in there.err
    here = desk.run("build", "-o", "sini", "--also", "svg")
    assert here.code == 0, here.all
    assert made(desk, "sana") == made(desk, "sini")
    assert len([name for name in made(desk, "sana") if name.endswith(".pdf")]) == 4


def test_what_a_killed_worker_had_is_done_by_others(desk: Desk, workshop: Farm) -> None:
    put_sops(desk, *TITLES, "Mematikan Sekali Lampu")
    before = [worker.poll() for worker in workshop.workers]
    done = desk.run("build", "--cluster", workshop.address)
    assert done.code == 0, done.all
    assert len([name for name in made(desk, "outputs") if name.endswith(".pdf")]) == 5
    died = [worker.poll() for worker in workshop.workers]
    assert before.count(None) - died.count(None) == 1
    workshop.hire()
    workshop.settle(before.count(None))


def test_a_document_that_kills_its_workers_is_named_and_costs_nobody_else(desk: Desk, workshop: Farm) -> None:
    alive = [worker.poll() for worker in workshop.workers].count(None)
    for _ in range(4 - alive):
        workshop.hire()
    workshop.settle(4)
    put_sops(desk, *TITLES, "Mematikan Pekerja Malam")
    done = desk.run("build", "--cluster", workshop.address)
    assert done.code == 4, done.all
    assert "uji/sop/sop-5" in done.all
    assert "3 pekerja klaster berhenti mendadak" in done.all
    pdfs = [name for name in made(desk, "outputs") if name.endswith(".pdf")]
    assert sorted(pdfs) == [f"uji/sop/{name}.pdf" for name in ("sop-2", "sop-3", "sop-4", "surat")]
    assert [worker.poll() for worker in workshop.workers].count(None) == 1
    for _ in range(2):
        workshop.hire()
    workshop.settle(3)


def test_a_worker_with_another_converter_is_not_used(
    desk: Desk, workshop: Farm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "lain" / "soffice"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    workshop.hire(TERTIB_SOFFICE=str(other))
    workshop.settle(4)
    try:
        done = desk.run("build", "--cluster", workshop.address)
        assert done.code == 0, done.all
        assert "3 pekerja dipakai" in done.err
        assert "tidak dipakai: LibreOffice soffice" in done.err
    finally:
        workshop.workers.pop().kill()
        workshop.settle(3)


def test_recap_on_the_cluster_is_that_of_this_computer(desk: Desk, workshop: Farm) -> None:
    assert desk.run("new", "reses", "inputs/uji/reses/2026-masa-1").code == 0
    there = desk.run("recap", "--cluster", workshop.address, "-o", "sana", "--only", "rekapitulasi")
    here = desk.run("recap", "-o", "sini", "--only", "rekapitulasi")
    assert (there.code, here.code) == (0, 0), there.all + here.all
    assert made(desk, "sana") == made(desk, "sini")
    assert any(name.endswith("rekapitulasi.pdf") for name in made(desk, "sana"))
