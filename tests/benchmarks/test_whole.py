"""Benchmarks of whole runs and conversions stop when somebody did not do the work; every command is measured."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from benchmarks import cold, converters, pdf_rows, whole
from benchmarks.measure import ROOT
from benchmarks.offices import make_offices
from benchmarks.talk import NotDoneError
from benchmarks.whole import Built

PEERS = ROOT / "benchmarks" / "peers"


def test_every_command_has_its_cold_start() -> None:
    assert set(cold.commands()) <= set(cold.COMMANDS)


def test_a_command_without_measurement_stops_the_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cold, "commands", lambda: iter(["check", "terbang"]))
    with pytest.raises(NotDoneError, match="terbang"):
        cold.cold()


def test_a_missing_pdf_and_one_that_is_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match=r"satu\.pdf is not there"):
        converters.page_counts(tmp_path, ["satu"])
    (tmp_path / "satu.pdf").write_bytes(b"bukan PDF")
    with pytest.raises(NotDoneError, match="cannot be opened"):
        converters.page_counts(tmp_path, ["satu"])


def test_ways_that_make_other_pages_are_told(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    def way(pages: int) -> converters.Way:
        def make(names: object, outbox: Path) -> float:
            writer = PdfWriter()
            for _ in range(pages):
                writer.add_blank_page(100, 100)
            writer.write(outbox / "satu.pdf")
            return 1.0

        return make

    assert converters.turns({"a": way(2), "b": way(2)}, ["satu"], tmp_path, 2) == {"a": [1.0, 1.0], "b": [1.0, 1.0]}
    with pytest.raises(NotDoneError, match="differ in pages"):
        converters.turns({"a": way(2), "b": way(1)}, ["satu"], tmp_path, 1)


@pytest.mark.parametrize("installed", [True, False])
def test_conversions_answer_their_targets(monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    batch = {"one call": [0.2, 0.3, 0.21], "tertib": [0.1], "tertib proved": [0.14], "tertib running": [0.12]}
    single = {"each": [2.0], "tertib proved": [1.5], "tertib running": [0.4]}
    if installed:
        batch["unoserver 2"] = [0.19]
    found = {"count": 60, "batch": batch, "single": single, "each": 1.4}
    monkeypatch.setattr(pdf_rows, "child", lambda *words, module: found)
    monkeypatch.setattr(pdf_rows, "find_soffice", lambda: Path("soffice"))
    measured = pdf_rows.conversions()
    met = {row.goal.rpartition(": ")[2]: row.met for row in measured.rows if row.goal}
    assert met == {"conversion alone": True, "finished and proved": False}
    assert ("2 unoservers, running already 0.190 s" in measured.rows[0].peer) is installed
    assert any(row.value.startswith("not measured") for row in measured.rows) is not installed


def test_without_libreoffice_nothing_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, part in ((pdf_rows, pdf_rows.conversions), (whole, whole.whole)):
        monkeypatch.setattr(module, "find_soffice", lambda: None)
        (row,) = part().rows
        assert row.value == "not measured: LibreOffice is not installed"
        assert row.met is None


def test_what_was_written_again_is_seen(tmp_path: Path) -> None:
    for name in ("a.docx", "a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"x")
    before = whole.stamps(tmp_path)
    whole.untouched(before, tmp_path, set())
    os.utime(tmp_path / "a.pdf", ns=(1, 1))
    whole.untouched(before, tmp_path, {"a.pdf"})
    for but in (set(), {"a.pdf", "a.docx"}, {"b.pdf"}):
        with pytest.raises(NotDoneError, match="written again"):
            whole.untouched(before, tmp_path, but)
    (tmp_path / "b.pdf").unlink()
    with pytest.raises(NotDoneError):
        whole.untouched(before, tmp_path, {"a.pdf"})


def test_growth_and_memory_answer_their_targets() -> None:
    rows = whole.rows([Built(100, 20.0, 900.0, 22.0), Built(1000, 211.0, 1600.0, 220.0)])
    answered = {row.goal: row.met for row in rows if row.goal}
    assert answered == {
        "1,000 SOPs from clean to proved PDFs": True,
        "memory, all processes": False,
        "time for 10x documents": False,
    }


def test_made_offices_have_as_many_sops_as_asked(tmp_path: Path) -> None:
    make_offices(tmp_path, 7, per_office=3)
    assert [len(list(office.glob("sop/*.yaml"))) for office in sorted((tmp_path / "inputs").iterdir())] == [3, 3, 1]
    numbers = {
        line for path in tmp_path.rglob("sop/*.yaml") for line in re.findall(r"(?m)^nomor:.*$", path.read_text())
    }
    assert len(numbers) == 7
    assert all((path.with_suffix(".langkah.csv")).is_file() for path in tmp_path.rglob("sop/*.yaml"))


def test_peers_are_pinned_with_hashes_and_without_addresses() -> None:
    wanted = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = json.loads((PEERS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {name: one for name, one in locked.items() if name}
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    pins = [line for line in (PEERS / "requirements.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert pins
    assert all(re.fullmatch(r"[\w-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}", line) for line in pins)
