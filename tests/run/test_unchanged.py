"""Why a document is made again: each cause by its name, and nothing else is made."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert.libreoffice import Job, OnDone, find_soffice
from pipeline.run import basis, standing
from pipeline.run.book import book
from pipeline.run.build import build
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from pipeline.run.workforce import DrawTask, Here, OnDrawn
from tests.cli.desk import OFFICE, OFFICIALS, POSITIONS, SOP, STEPS
from tests.shared import made_once, shared_folder

DAY = dt.date(2026, 11, 22)
NAMES = ("surat", "tamu", "undangan")


class Counting(Here):
    """This computer; it writes down what it was asked for."""

    def __init__(self) -> None:
        super().__init__(2)
        self.drawn: list[str] = []
        self.converted: list[str] = []

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        self.drawn += [task.name for task in tasks]
        super().draw(tasks, on_drawn)

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        self.converted += [job.pdf.name for job in jobs]
        super().convert(jobs, on_done)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, libreoffice: None) -> Path:
    """A working folder with three SOPs and their book."""
    folder = shared_folder(tmp_path_factory) / "tiga"
    return made_once(folder, lambda: _work(folder))


def _work(folder: Path) -> None:
    office = folder / "inputs/uji"
    (office / "sop").mkdir(parents=True)
    for name, text in {"kantor.yaml": OFFICE, "jabatan.csv": POSITIONS, "pejabat.csv": OFFICIALS}.items():
        (office / name).write_text(text, encoding="utf-8")
    for number, name in enumerate(NAMES, 1):
        text = SOP.replace("Penerimaan Surat Masuk", f"Penerimaan Surat {number}").replace("001/", f"00{number}/")
        (office / f"sop/{name}.yaml").write_text(text.replace("surat.langkah", f"{name}.langkah"), encoding="utf-8")
        (office / f"sop/{name}.langkah.csv").write_text(STEPS, encoding="utf-8")
    for part in ("huruf", "program"):
        (folder / part).mkdir()
        (folder / part / "a").write_bytes(b"a")
    with pytest.MonkeyPatch.context() as patch:
        stand_in(folder, patch)
        for run in (build, book):
            outcome = run(Settings(folder, folder / "outputs", DAY), Silent())
            assert outcome.exit_code == 0, outcome


def stand_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Fonts and program that nobody works on while the tests run."""
    patch.setattr(basis, "_FONT_FOLDERS", (str(folder / "huruf"),))
    patch.setattr(basis, "PACKAGE", folder / "program")


class Place:
    """A copy of the working folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.patch = patch
        self.settings = Settings(folder, folder / "outputs", DAY, explain=True)

    def path(self, name: str) -> Path:
        return self.folder / name

    def build(self, **how: Any) -> tuple[Counting, Outcome]:
        work = Counting()
        return work, build(replace(self.settings, **how), Silent(), work)

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Inode and time of everything people see, but the report."""
        every = self.path("outputs/uji").rglob("*")
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in every if path.is_file()}


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    folder = tmp_path / "tempat"
    shutil.copytree(made, folder)
    stand_in(made, monkeypatch)
    yield Place(folder, monkeypatch)
    find_soffice.cache_clear()


def codes(outcome: Outcome) -> dict[str, list[str]]:
    documents = outcome.result.documents
    return {one.id.rpartition("/")[2]: [why.code for why in one.why or ()] for one in documents if one.why is not None}


def test_nothing_is_drawn_or_written_when_nothing_changed(place: Place) -> None:
    before = place.stamps()
    work, outcome = place.build()
    assert (work.drawn, work.converted, outcome.exit_code) == ([], [], 0)
    assert codes(outcome) == {name: [] for name in NAMES}
    assert place.stamps() == before
    told = [note.text("id") for note in outcome.notes]
    assert [f"uji/sop/{name}: tidak berubah." for name in NAMES] == told


def test_one_step_of_one_sop_makes_that_sop_and_the_book(place: Place) -> None:
    before = place.stamps()
    steps = place.path("inputs/uji/sop/tamu.langkah.csv")
    steps.write_text(STEPS.replace("Menyimpan surat masuk", "Menyimpan semua surat"), encoding="utf-8")
    work, outcome = place.build()
    assert (work.drawn, work.converted) == (["tamu.docx"], ["tamu.pdf"])
    assert codes(outcome) == {"surat": [], "tamu": ["input-changed"], "undangan": []}
    assert "inputs/uji/sop/tamu.langkah.csv berubah" in outcome.notes[1].text("id")
    joined = book(place.settings, Silent())
    assert [why.code for why in joined.result.documents[0].why or ()] == ["content"]
    after = place.stamps()
    assert {name for name in after if after[name] != before[name]} == {
        "tamu.docx", "tamu.pdf", "tamu.ttd.json", "buku-sop.pdf",
    }  # fmt: skip
    again = book(place.settings, Silent())
    assert [one.why for one in again.result.documents] == [()]


def comment(place: Place) -> None:
    path = place.path("inputs/uji/sop/surat.yaml")
    path.write_text(f"{path.read_text(encoding='utf-8')}# catatan\n", encoding="utf-8")


def register(place: Place) -> None:
    path = place.path("inputs/uji/jabatan.csv")
    path.write_text(f"{path.read_text(encoding='utf-8')}Pelaksana,,,Sekretariat DPRD,internal\n", encoding="utf-8")


def template(place: Place) -> None:
    found = standing.packaged_templates() / "sop.docx"
    place.path("inputs/uji/templates").mkdir()
    shutil.copyfile(found, place.path("inputs/uji/templates/sop.docx"))
    with place.path("inputs/uji/templates/sop.docx").open("ab") as file:
        file.write(b"\0")


def font(place: Place) -> None:
    place.path("huruf/a").write_bytes(b"lain")
    place.patch.setattr(basis, "_FONT_FOLDERS", (str(place.path("huruf")),))


def library(place: Place) -> None:
    place.patch.setattr(basis, "_versions", lambda: (("lxml", "99"),))


def no_pdf(place: Place) -> None:
    place.path("outputs/uji/sop/surat.pdf").unlink()


def other_docx(place: Place) -> None:
    place.path("outputs/uji/sop/surat.docx").write_bytes(b"disunting")


def early_record(place: Place) -> None:
    """What the first version of the program left."""
    path = place.path("outputs/.tertib/catatan-sop.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    path.unlink()
    rows = [{name: value for name, value in row.items() if name not in ("basis", "drawn")} for row in rows]
    value = {"schema_version": 1, "outputs": {row.pop("key"): row for row in rows}}
    place.path("outputs/.tertib/state.json").write_text(json.dumps(value), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "code", "how_many", "converted"),
    [
        (comment, "input-changed", 1, True),
        (register, "input-changed", 3, True),
        (template, "template", 3, True),
        (font, "fonts", 3, True),
        (library, "libraries", 3, True),
        (no_pdf, "pdf-missing", 1, True),
        (other_docx, "docx-changed", 1, False),
        (early_record, "unknown", 3, False),
    ],
)
def test_what_changed_is_named_and_made_again(
    place: Place, change: Callable[[Place], None], code: str, how_many: int, converted: bool
) -> None:
    change(place)
    work, outcome = place.build()
    found = codes(outcome)
    assert [name for name in NAMES if found[name]] == list(NAMES[:how_many])
    assert all(found[name] == [code] for name in NAMES[:how_many])
    assert len(work.drawn) == how_many
    assert len(work.converted) == (how_many if converted else 0)
    work, outcome = place.build()
    assert (work.drawn, work.converted) == ([], [])


def test_whoever_asks_for_it_gets_everything_anew(place: Place) -> None:
    before = place.stamps()
    work, outcome = place.build(force=True)
    assert (len(work.drawn), len(work.converted)) == (3, 3)
    assert all(why[0] == "forced" for why in codes(outcome).values())
    assert {name for name, stamp in place.stamps().items() if stamp != before[name]} == {f"{n}.pdf" for n in NAMES}


@pytest.mark.skipif(os.name != "posix", reason="needs a LibreOffice that can be copied")
def test_without_libreoffice_what_is_there_will_do(place: Place) -> None:
    place.patch.setenv("TERTIB_SOFFICE", str(place.path("tidak-ada")))
    find_soffice.cache_clear()
    font(place)
    work, outcome = place.build()
    assert (len(work.drawn), work.converted, outcome.exit_code) == (3, [], 0)
