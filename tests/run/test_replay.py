"""When a run is given again and when it is not: whatever was touched since, a change is never taken for none."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert.libreoffice import find_soffice
from pipeline.model.message import say
from pipeline.run import basis, files, replay
from pipeline.run.events import Silent
from pipeline.run.printed import printed, remember
from pipeline.run.settings import Settings
from pipeline.run.steps import STEPS, step
from tests.cli.desk import OFFICE, OFFICIALS, POSITIONS, SOP
from tests.cli.desk import STEPS as TABLE
from tests.shared import made_once, shared_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere contents are read every time")
DAY = dt.date(2026, 11, 22)
DOCX, PDF = "outputs/uji/sop/surat.docx", "outputs/uji/sop/surat.pdf"


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory, libreoffice: None) -> Path:
    """A working folder in which every command has run."""
    folder = shared_folder(tmp_path_factory) / "lagi"
    return made_once(folder, lambda: _work(folder))


def _work(folder: Path) -> None:
    office = folder / "inputs/uji"
    (office / "sop").mkdir(parents=True)
    texts = {"kantor.yaml": OFFICE, "jabatan.csv": POSITIONS, "pejabat.csv": OFFICIALS}
    for name, text in {**texts, "sop/surat.yaml": SOP, "sop/surat.langkah.csv": TABLE}.items():
        (office / name).write_text(text, encoding="utf-8")
        os.utime(office / name, (1_700_000_000, 1_700_000_000))
    (folder / "huruf").mkdir()
    (folder / "huruf/a.ttf").write_bytes(b"huruf")
    (folder / "program").mkdir()
    (folder / "program/a.py").write_bytes(b"program")
    with pytest.MonkeyPatch.context() as patch:
        stand_in(folder, patch)
        patch.setattr(files, "_FINE", 0)  # everything was written a moment ago
        patch.setattr(files, "_COARSE", 0)
        for name in STEPS:
            outcome = step(name)(settings_in(folder), Silent())
            assert outcome.exit_code == 0, outcome


def stand_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Fonts, program and templates that nobody works on while the tests run."""
    patch.setattr(basis, "_FONT_FOLDERS", (str(folder / "huruf"),))
    patch.setattr(basis, "PACKAGE", folder / "program")
    patch.setattr(replay, "packaged_templates", lambda: folder / "templat")


def settings_in(folder: Path) -> Settings:
    return Settings(folder, folder / "outputs", DAY)


class Place:
    """A copy of the working folder: every file has another inode, and another time of its attributes."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.patch = patch
        self.settings = settings_in(folder)

    def path(self, name: str) -> Path:
        return self.folder / name

    def again(self, command: str, **how: Any) -> bool:
        """Is the last outcome given again?"""
        return replay.again(command, replace(self.settings, **how), Silent()) is not None


@pytest.fixture
def place(done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    folder = tmp_path / "tempat"
    shutil.copytree(done, folder)
    stand_in(done, monkeypatch)
    yield Place(folder, monkeypatch)
    find_soffice.cache_clear()


def test_what_was_copied_elsewhere_is_known_by_its_content(place: Place) -> None:
    assert [place.again(name) for name in STEPS] == [True] * 4


def test_the_outcome_is_that_of_a_run_with_nothing_to_do(place: Place) -> None:
    for name in STEPS:
        same = replay.again(name, place.settings, Silent())
        place.path(f"outputs/.tertib/terakhir-{name}.json").unlink()
        real = step(name)(place.settings, Silent())
        assert same is not None
        assert (same.report, same.exit_code) == (real.report, real.exit_code)
        assert real.later in (None, real.notes)


def nothing(_: Place) -> None:
    pass


def touched(place: Place) -> None:
    os.utime(place.path("inputs/uji/sop/surat.yaml"))


def written_again(place: Place) -> None:
    path = place.path("inputs/uji/sop/surat.langkah.csv")
    path.write_bytes(path.read_bytes())


def outputs_written_again(place: Place) -> None:
    path = place.path(PDF)
    path.write_bytes(path.read_bytes())


@pytest.mark.parametrize("change", [nothing, touched, written_again, outputs_written_again])
def test_contents_decide(place: Place, change: Callable[[Place], None]) -> None:
    change(place)
    assert [place.again(name) for name in STEPS] == [True] * 4


def like_before(path: Path, data: bytes) -> None:
    """Other content of the same size and time: only the time of the attributes tells."""
    before = path.stat()
    assert len(data) == before.st_size
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def same_size(name: str) -> Callable[[Place], None]:
    def change(place: Place) -> None:
        data = bytearray(place.path(name).read_bytes())
        data[len(data) // 2] ^= 1
        like_before(place.path(name), bytes(data))

    return change


def replaced(name: str) -> Callable[[Place], None]:
    def change(place: Place) -> None:
        path = place.path(name)
        other = path.with_name("lain.sementara")
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        other.write_bytes(bytes(data))
        shutil.copystat(path, other)
        other.replace(path)

    return change


def truncated(name: str) -> Callable[[Place], None]:
    return lambda place: os.truncate(place.path(name), 10)


def gone(name: str) -> Callable[[Place], None]:
    return lambda place: place.path(name).unlink()


def put(name: str, data: bytes = b"x") -> Callable[[Place], None]:
    def change(place: Place) -> None:
        place.path(name).parent.mkdir(parents=True, exist_ok=True)
        place.path(name).write_bytes(data)

    return change


def earlier_clock(place: Place) -> None:
    path = place.path("inputs/uji/sop/surat.yaml")
    path.write_bytes(path.read_bytes() + b"# catatan\n")
    os.utime(path, (1_000_000_000, 1_000_000_000))


def other_font(place: Place) -> None:
    shutil.copytree(place.path("huruf"), place.path("huruf2"))
    (place.path("huruf2/a.ttf")).write_bytes(b"lain!")
    place.patch.setattr(basis, "_FONT_FOLDERS", (str(place.path("huruf2")),))


def other_program(place: Place) -> None:
    place.path("program/a.py").write_bytes(b"lain")
    place.patch.setattr(basis, "PACKAGE", place.path("program"))


def other_library(place: Place) -> None:
    place.patch.setattr(basis, "_versions", lambda: (("lxml", "99"),))


def other_office_program(place: Place) -> None:
    program = place.path("soffice")
    program.write_bytes(b"#!/bin/sh\n")
    place.patch.setenv("TERTIB_SOFFICE", str(program))
    find_soffice.cache_clear()


def other_environment(place: Place) -> None:
    place.patch.setenv("FONTCONFIG_FILE", "/tidak-ada")


ALL = frozenset(STEPS)
MADE = frozenset(("build", "book", "archive"))


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (same_size("inputs/uji/sop/surat.yaml"), ALL),
        (replaced("inputs/uji/kantor.yaml"), ALL),
        (earlier_clock, ALL),
        (put("inputs/uji/sop/lain.yaml"), ALL),
        (put("inputs/uji/templates/sop.docx"), ALL),
        (put("templates/sop.docx"), ALL),
        (put("inputs/baru/kantor.yaml"), ALL),
        (gone("inputs/uji/sop/surat.langkah.csv"), ALL),
        (same_size(PDF), MADE),
        (replaced(PDF), MADE),
        (truncated(PDF), MADE),
        (gone(PDF), MADE),
        (same_size(DOCX), MADE),
        (gone(DOCX), MADE),
        (gone("outputs/uji/sop/surat.ttd.json"), MADE),
        (truncated("outputs/uji/buku-sop.pdf"), frozenset(("book", "archive"))),
        (put("outputs/uji/reses/2026/x.pdf"), frozenset(("recap", "archive"))),
        (same_size("outputs/uji/arsip/catatan.jsonl"), frozenset(("archive",))),
        (gone("outputs/temuan.html"), frozenset(("build", "recap"))),
        (truncated("outputs/temuan.json"), frozenset(("build", "recap"))),
        (same_size("outputs/.tertib/temuan-sop.json"), frozenset(("build", "recap"))),
        (truncated("outputs/.tertib/catatan-sop.jsonl"), MADE),
        (truncated("outputs/.tertib/terakhir-build.json"), frozenset(("build",))),
        (put("outputs/.tertib/terakhir-build.json", b'{"schema_version": 1}'), frozenset(("build",))),
        (put("outputs/.tertib/state.json"), ALL),
        (other_font, ALL),
        (other_program, ALL),
        (other_library, ALL),
        (other_office_program, ALL),
        (other_environment, ALL),
    ],
)
def test_a_change_is_never_taken_for_none(place: Place, change: Callable[[Place], None], runs: frozenset[str]) -> None:
    assert place.again("build")
    change(place)
    assert {name for name in STEPS if not place.again(name)} == runs


@pytest.mark.parametrize(
    "how",
    [
        {"today": DAY + dt.timedelta(days=1)},
        {"force": True},
        {"strict": True},
        {"select": ("HKM",)},
        {"also": frozenset(("svg",))},
        {"lang": "en"},
        {"paths": (Path("inputs/uji"),)},
    ],
)
def test_another_day_or_other_options_are_another_run(place: Place, how: dict[str, Any]) -> None:
    assert not place.again("build", **how)
    assert place.again("build", jobs=7)


def test_a_record_is_written_again_only_where_something_was_touched(place: Place) -> None:
    place.patch.setattr(files, "_FINE", 0)
    place.patch.setattr(files, "_COARSE", 0)
    assert place.again("build")  # copied: all inodes differ
    record = place.path("outputs/.tertib/terakhir-build.json")
    before = record.stat()
    place.patch.setattr(files, "content_digest", lambda path: pytest.fail(f"{path} was read"))
    assert place.again("build")
    assert (record.stat().st_ino, record.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_changes_while_a_run_reads_it_is_not_kept(place: Place) -> None:
    place.patch.setattr(files, "_FINE", 0)
    outcome = replay.again("build", place.settings, Silent())
    record = place.path("outputs/.tertib/terakhir-build.json")
    assert outcome is not None
    with replay.own(place.settings.output, Silent()) as outputs:
        for change, kept in ((nothing, True), (written_again, False)):
            record.unlink(missing_ok=True)
            seen = replay.Seen("build", place.settings, outputs, [place.path("inputs/uji")])
            change(place)
            seen.keep(outcome)
            assert record.exists() is kept


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("inputs/uji/kantor.yaml", True),
        ("templates/sop.docx", True),
        ("inputs/uji/../../inputs/uji/logo.png", True),
        ("inputs/uji/../../logo.png", False),
        ("/logo.png", False),
        ("inputs/uji/.sembunyi/logo.png", False),
    ],
)
def test_a_run_that_read_what_lies_elsewhere_is_not_kept(place: Place, read: str, kept: bool) -> None:
    place.patch.setattr(files, "_FINE", 0)
    outcome = replay.again("build", place.settings, Silent())
    record = place.path("outputs/.tertib/terakhir-build.json")
    record.unlink()
    assert outcome is not None
    with replay.own(place.settings.output, Silent()) as outputs:
        replay.Seen("build", place.settings, outputs).keep(outcome, [place.folder / read])
    assert record.exists() is kept


def test_what_was_printed_is_printed_again_for_the_same_looks_only(place: Place) -> None:
    kept = replay.kept_run("build", place.settings, Silent())
    assert kept is not None
    outcome = kept.outcome()
    assert outcome is not None
    assert replay.mark_of(outcome) == kept.mark
    remember("build", outcome, "lebar 100", "teks", place.settings)
    file = place.path("outputs/.tertib/terakhir-build.txt")
    cases = {(kept.mark, "lebar 100"): "teks", (kept.mark, "lebar 80"): None, ("lain", "lebar 100"): None}
    assert {case: printed("build", *case, place.settings) for case in cases} == cases
    file.write_bytes(file.read_bytes() + b"lagi")
    assert printed("build", kept.mark, "lebar 100", place.settings) is None
    file.unlink()
    remember("build", replace(outcome, later=(), notes=(say("sekali"),)), "lebar 100", "teks", place.settings)
    assert not file.exists()
