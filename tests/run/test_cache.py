"""What has not changed is not checked again, and whatever changes is: the cache is never wrong."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.finding import Stage
from pipeline.model.result import RunResult
from pipeline.run import cache as module
from pipeline.run import check as checking
from tests.run.small import ROWS, TODAY, Inputs, inputs, table


@dataclass
class Watch:
    """An office that is checked with a cache, and what had to be checked for it."""

    inputs: Inputs
    sops: list[str] = field(default_factory=list)
    together: int = 0

    def check(self, **settings: Any) -> RunResult:
        """A check with the cache, which has to say what one without says."""
        fresh = self.inputs.check(**settings)
        self.sops.clear()
        self.together = 0
        found = self.inputs.check(cache=self.inputs.root / "cache", **settings)
        assert found == fresh
        return found


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch(inputs(tmp_path))
    sop, together = checking.check_sop, checking.check_together

    def counted_sop(item: Any, facts: Any) -> Any:
        made.sops.append(item.path.stem)
        return sop(item, facts)

    def counted_together(*args: Any) -> Any:
        made.together += 1
        return together(*args)

    monkeypatch.setattr(checking, "check_sop", counted_sop)
    monkeypatch.setattr(checking, "check_together", counted_together)
    monkeypatch.setattr(module, "FEWEST", 1)
    monkeypatch.setattr(module, "_program", lambda: b"always the same")
    return made


ALL = ["sop-1", "sop-2", "sop-3"]
PROGRAM = module._program


def test_nothing_is_checked_twice(watch: Watch) -> None:
    first = watch.check()
    assert (watch.sops, watch.together) == (ALL, 1)
    assert len(first.findings) > 10
    assert watch.check() == first
    assert (watch.sops, watch.together) == ([], 0)


def same_length(inputs: Inputs) -> None:
    inputs.change("sop/sop-2.yaml", "Nomor 23 Tahun 2014", "Nomor 32 Tahun 2004")


def steps(inputs: Inputs) -> None:
    inputs.change("sop/sop-2.langkah.csv", "2 hri", "3 hri")


def removed_table(inputs: Inputs) -> None:
    inputs.path("sop/sop-2.langkah.csv").unlink()


def other_table(inputs: Inputs) -> None:
    inputs.write("sop/lain.csv", table(ROWS[:3]))
    inputs.change("sop/sop-2.yaml", "sop-2.langkah.csv", "lain.csv")


@pytest.mark.parametrize("change", [same_length, steps, removed_table, other_table])
def test_a_changed_sop_is_checked_alone(watch: Watch, change: Callable[[Inputs], None]) -> None:
    before = watch.check()
    change(watch.inputs)
    assert watch.check() != before
    assert watch.sops == ["sop-2"]
    assert watch.together == 1


def test_a_table_that_appears_beside_an_sop_is_seen(watch: Watch) -> None:
    watch.inputs.change("sop/sop-2.yaml", "langkah: sop-2.langkah.csv\n", "")
    watch.inputs.path("sop/sop-2.langkah.csv").unlink()
    before = watch.check()
    watch.check()
    assert watch.sops == []
    watch.inputs.write("sop/sop-2.langkah.csv", table(ROWS))
    assert watch.check() != before
    assert watch.sops == ["sop-2"]
    watch.inputs.path("sop/sop-2.langkah.csv").unlink()
    assert watch.check() == before


def test_a_table_outside_the_folder_counts_too(watch: Watch) -> None:
    watch.inputs.write("bersama/langkah.csv", table(ROWS))
    watch.inputs.change("sop/sop-2.yaml", "sop-2.langkah.csv", "../bersama/langkah.csv")
    watch.inputs.path("sop/sop-2.langkah.csv").unlink()
    before = watch.check()
    watch.inputs.change("bersama/langkah.csv", "2 hri", "3 hri")
    assert watch.check() != before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kantor.yaml", "pemerintah: Pemerintah Kota Lain\naturan: {abaikan: [KEG]}\n"),
        ("jabatan.csv", "nama\nKepala Bagian Umum\n"),
        ("pejabat.csv", "id,nama,nip,jabatan\nsetwan,Orang Lain,1,Kepala Dinas\n"),
        ("regulasi.csv", "jenis,nomor,tahun,tentang,status\nUU,23,2014,Pemerintahan Daerah,dicabut\n"),
        ("hari-libur.csv", "tanggal,keterangan\n2026-02-02,Libur\n"),
    ],
)
def test_files_of_the_office_count(watch: Watch, name: str, text: str) -> None:
    before = watch.check()
    had = watch.inputs.path(name)
    old = had.read_text(encoding="utf-8") if had.exists() else None
    watch.inputs.write(name, text)
    assert watch.check() != before
    assert watch.sops == ALL
    had.unlink() if old is None else watch.inputs.write(name, old)
    assert watch.check() == before
    assert watch.sops == []


@pytest.mark.parametrize(
    "settings",
    [
        {"stage": Stage.DRAFT},
        {"strict": True},
        {"select": ("DUR",)},
        {"ignore": ("DUR",)},
        {"as_of": dt.date(2000, 1, 1)},
    ],
)
def test_settings_count(watch: Watch, settings: dict[str, Any]) -> None:
    before = watch.check()
    watch.check(**settings)
    assert watch.sops == ALL
    assert watch.check() == before
    assert watch.sops == []


def test_the_language_and_the_place_do_not_count(watch: Watch) -> None:
    watch.check()
    watch.check(lang="en")
    assert watch.sops == []
    moved = watch.inputs.root.with_name("moved")
    shutil.copytree(watch.inputs.root, moved)
    Watch(Inputs(moved, watch.inputs.settings)).inputs.check(root=moved, cache=moved / "cache")
    assert watch.sops == []


def test_the_day_counts_for_what_asks_for_it_only(watch: Watch) -> None:
    until = TODAY + dt.timedelta(days=1)
    accepted = f"kecuali: [{{aturan: DUR-01, alasan: Contoh, oleh: Sekretaris DPRD, sampai: {until}}}]\n"
    watch.inputs.change("sop/sop-1.yaml", "langkah:", f"{accepted}langkah:")
    before = watch.check()
    assert watch.check(today=until) == before
    assert watch.sops == ["sop-1"]
    after = watch.check(today=until + dt.timedelta(days=1))
    assert after != before
    assert watch.sops == ["sop-1"]
    watch.check(today=until + dt.timedelta(days=1))
    assert watch.sops == []
    watch.check(today=until.replace(year=until.year + 1))
    assert watch.sops == ALL, "a regulation of that year is no longer to come"


def test_facts_know_when_they_are_asked_for_the_day() -> None:
    facts = module.watched(checking.Facts(today=TODAY, strict=True))
    assert facts.strict
    assert facts.asked == ""
    assert facts.year == TODAY.year
    assert facts.asked == str(TODAY.year)
    assert facts.today == TODAY
    assert facts.asked == TODAY.isoformat()
    assert facts.year == TODAY.year
    assert facts.asked == TODAY.isoformat()
    assert module.watched(facts).asked == ""


def test_new_and_removed_sops_count_for_the_others(watch: Watch) -> None:
    watch.check()
    copied = watch.inputs.path("sop/sop-1.yaml").read_text(encoding="utf-8")
    watch.inputs.write("sop/sop-4.yaml", copied)
    with_copy = watch.check()
    assert (watch.sops, watch.together) == (["sop-4"], 1)
    assert "STR-04" in {finding.code for finding in with_copy.findings}
    watch.inputs.path("sop/sop-4.yaml").unlink()
    assert "STR-04" not in {finding.code for finding in watch.check().findings}


def test_a_part_of_an_office_is_judged_with_the_others_in_mind(watch: Watch) -> None:
    watch.check()
    path = watch.inputs.path("sop/sop-1.yaml")
    watch.check(paths=(path,))
    assert watch.sops == []
    watch.inputs.change("sop/sop-2.yaml", "Surat Masuk 2", "Surat Masuk 1")
    watch.inputs.change("sop/sop-2.yaml", "/002/", "/001/")
    assert watch.check(paths=(path,)).findings is not None


def test_another_program_starts_anew(watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, elsewhere = tmp_path / "package", tmp_path / "elsewhere"
    shutil.copytree(module.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "_program", PROGRAM)
    monkeypatch.setattr(module, "PACKAGE", package)
    watch.check()
    shutil.copytree(package, elsewhere)
    monkeypatch.setattr(module, "PACKAGE", elsewhere)
    watch.check()
    assert watch.sops == [], "the same program elsewhere"
    for name in ("rules/keg_02_passive.py", "data/regulations.csv", "readers/sop.py", "model/timing.py"):
        file = elsewhere / name
        file.chmod(0o644)
        file.write_bytes(file.read_bytes().replace(b"a", b"e", 1))
        watch.check()
        assert watch.sops == ALL, name
    (elsewhere / "rules" / "new_rule.py").write_text("")
    watch.check()
    assert watch.sops == ALL


def test_what_cannot_be_read_is_looked_at_every_time(watch: Watch) -> None:
    watch.inputs.path("sop/sop-2.langkah.csv").unlink()
    for _ in range(2):
        watch.check()
    assert watch.sops == ["sop-2"]
    watch.inputs.write("sop/sop-2.langka.csv", table(ROWS))  # now there is a name to suggest
    watch.check()
    assert watch.sops == ["sop-2"]


def test_a_crash_is_not_kept(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("x")

    with monkeypatch.context() as patch:
        patch.setattr(checking, "totals", broken)
        watch.check()
    assert "INT-01" not in {finding.code for finding in watch.check().findings}
    assert watch.sops == ALL


def test_a_file_that_changes_while_it_is_read_is_not_kept(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    read = checking.safe_sop

    def reading(path: Path, *rest: Any) -> Any:
        item = read(path, *rest)
        if path.stem == "sop-2" and "2 hri" in watch.inputs.path("sop/sop-2.langkah.csv").read_text():
            steps(watch.inputs)  # after it was read, before anything is kept
        return item

    before = watch.inputs.check()
    with monkeypatch.context() as patch:
        patch.setattr(checking, "safe_sop", reading)
        watch.inputs.check(cache=watch.inputs.root / "cache")
    assert watch.check() != before


@pytest.mark.parametrize("place", ["inputs", "inputs/kantor/.cache"])
def test_the_cache_is_never_among_the_inputs(watch: Watch, place: str) -> None:
    folder = watch.inputs.root / place
    before = sorted(watch.inputs.root.rglob("*"))
    watch.inputs.check(cache=folder)
    watch.inputs.check(cache=folder, paths=(watch.inputs.root / "inputs/kantor",))
    assert sorted(watch.inputs.root.rglob("*")) == before


def test_a_cache_that_cannot_be_used_is_no_trouble(watch: Watch) -> None:
    (watch.inputs.root / "cache").write_text("a file")
    watch.check()
    assert watch.check().findings
    assert watch.sops == ALL


def test_values_of_another_shape_are_passed_over(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.check()
    for value in ([], {}, {"x": 1}, "text", 3, {"date": "", "others": [], "document": [], "findings": [[]]}):
        with monkeypatch.context() as patch:
            patch.setattr("pipeline.run.store.Store.get", lambda *_, value=value: value)
            watch.check()
            assert watch.sops == ALL


_EDITS: tuple[tuple[str, str, str], ...] = (
    ("sop/sop-1.yaml", "Komputer", "Printer_"),
    ("sop/sop-1.yaml", "/001/", "/002/"),
    ("sop/sop-2.langkah.csv", "2 hri", "3 hri"),
    ("sop/sop-2.langkah.csv", "secepatnya", "10 menit"),
    ("sop/sop-3.yaml", "status: final", "status: draf"),
    ("jabatan.csv", "Kabag Umum", "Kabag_Umum"),
    ("kantor.yaml", "kabupaten", "kota"),
)


@pytest.mark.parametrize("seed", range(6))
def test_any_run_of_edits_gives_what_a_fresh_check_gives(watch: Watch, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        name, old, new = chance.choice(_EDITS)
        path = watch.inputs.path(name)
        if old not in path.read_text(encoding="utf-8"):
            old, new = new, old
        watch.inputs.change(name, old, new)
        watch.check(today=TODAY + dt.timedelta(days=chance.randrange(3)), strict=chance.random() < 0.3)
