"""Which SOPs go into a book, in which order, and what keeps one out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.model.finding import Stage
from pipeline.model.inputs import SopInput
from pipeline.model.sop import Sop
from pipeline.resources import packaged_templates
from pipeline.run.book_guess import guess
from pipeline.run.book_parts import Choice, choose
from pipeline.run.safely import safe_office, safe_sop
from pipeline.run.settings import Settings
from pipeline.run.state import Made, State, digest
from pipeline.run.writing import Outputs
from tests.sign.paper import attach

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def items() -> list[SopInput]:
    """The SOPs of the example, all final."""
    office = safe_office(ROOT / "inputs" / "contoh", ROOT)
    return [safe_sop(path, office, ROOT) for path in sorted((ROOT / "inputs/contoh/sop").glob("*.yaml"))]


def with_sop(item: SopInput, **changes: object) -> SopInput:
    assert isinstance(item.sop, Sop)
    return replace(item, sop=replace(item.sop, **changes))  # type: ignore[arg-type]


class Shelf:
    """An output folder with a PDF on record for each item."""

    def __init__(self, folder: Path, items: Sequence[SopInput]) -> None:
        self.settings = Settings(ROOT, folder, dt.date(2026, 3, 1))
        self.folder = folder / "contoh" / "sop"
        self.folder.mkdir(parents=True)
        self.state = State(Outputs(folder))
        for item in items:
            pdf = self.pdf(item)
            pdf.write_bytes(item.id.encode())
            sources = {self.settings.relative(path): digest(path) for path in item.sources}
            self.state.put(pdf, Made(item.id, "x", digest(pdf), sources, "uji", 2, stage="final"))

    def pdf(self, item: SopInput) -> Path:
        return self.folder / f"{item.path.stem}.pdf"

    def choose(self, items: Sequence[SopInput]) -> Choice:
        return choose(items, self.state, self.folder, self.settings)


def told(choice: Choice) -> list[str]:
    return [fault.message.text("id") for fault in choice.faults]


def test_the_order_is_that_of_numbers(tmp_path: Path, items: list[SopInput]) -> None:
    numbers = ("000.8.3.3/10/2026", "000.8.3.3/9/2026", "", "000.8.3.3/002/2026")
    own = [with_sop(item, number=number) for item, number in zip(items, numbers, strict=True)]
    chosen = Shelf(tmp_path, own).choose(own)
    assert told(chosen) == []
    assert [one.sop.number for one in chosen.chapters] == [numbers[3], numbers[1], numbers[0], ""]


def test_one_number_for_two_is_told(tmp_path: Path, items: list[SopInput]) -> None:
    own = [with_sop(items[0], number="1 / A"), with_sop(items[1], number="1/a"), *items[2:]]
    assert "nomor 1/a dipakai dua SOP" in " ".join(told(Shelf(tmp_path, own).choose(own)))


def test_none_is_no_number_that_two_could_share(tmp_path: Path, items: list[SopInput]) -> None:
    own = [with_sop(item, number="") for item in items[:2]]
    chosen = Shelf(tmp_path, own).choose(own)
    assert (len(chosen.chapters), told(chosen)) == (2, [])


def test_what_is_not_final_is_left_out_and_named(tmp_path: Path, items: list[SopInput]) -> None:
    own = [with_sop(items[0], stage=Stage.DRAFT), with_sop(items[1], stage=Stage.REVIEW), *items[2:]]
    chosen = Shelf(tmp_path, own).choose(own)
    assert (len(chosen.chapters), told(chosen)) == (2, [])
    words = " ".join(note.text("id") for note in chosen.notes)
    assert f"{items[0].sop.title} (draf), {items[1].sop.title} (tinjau)" in words  # type: ignore[union-attr]


def test_each_reason_why_one_is_not_ready(tmp_path: Path, items: list[SopInput]) -> None:
    shelf = Shelf(tmp_path, items)
    shelf.pdf(items[0]).unlink()
    shelf.pdf(items[1]).write_bytes(b"bertanda tangan")
    made = shelf.state.get(shelf.pdf(items[2]))
    assert made is not None
    shelf.state.put(shelf.pdf(items[2]), replace(made, sources={**made.sources, "inputs/contoh/kantor.yaml": "lama"}))
    made = shelf.state.get(shelf.pdf(items[3]))
    assert made is not None
    shelf.state.put(shelf.pdf(items[3]), replace(made, stage="draf"))
    chosen = shelf.choose(items)
    reasons = told(chosen)
    assert chosen.chapters == ()
    for reason, words in zip(
        reasons,
        (
            "PDF-nya belum dibuat",
            "bukan lagi hasil tertib build",
            "PDF-nya belum dibuat",
            "inputs/contoh/kantor.yaml berubah sejak PDF-nya dibuat",
        ),
        strict=True,
    ):
        assert words in reason
        assert "Jalankan tertib build, lalu tertib book lagi." in reason


def test_an_input_that_was_added_since_is_told(tmp_path: Path, items: list[SopInput]) -> None:
    shelf = Shelf(tmp_path, items[:1])
    more = replace(items[0], sources=(*items[0].sources, ROOT / "pyproject.toml"))
    (reason,) = told(shelf.choose([more]))
    assert "masukannya bertambah sejak PDF-nya dibuat" in reason


def test_an_input_of_many_that_changed_is_told_once(tmp_path: Path, items: list[SopInput]) -> None:
    shelf = Shelf(tmp_path, items)
    for item in items[1:]:
        made = shelf.state.get(shelf.pdf(item))
        assert made is not None
        shelf.state.put(shelf.pdf(item), replace(made, sources={**made.sources, "inputs/contoh/kantor.yaml": "lama"}))
    assert told(shelf.choose(items)) == [
        f"Buku tidak dibuat: inputs/contoh/kantor.yaml berubah sejak PDF {len(items) - 1} SOP dibuat. "
        "Jalankan tertib build, lalu tertib book lagi."
    ]


@pytest.mark.parametrize(
    ("origin", "ready"),
    [
        ('{"templat": {"sha256": "lain"}}', False),
        (f'{{"templat": {{"sha256": "{digest(packaged_templates() / "sop.docx")}"}}}}', True),
        # A PDF that does not say it, or not so that it can be read, is not held back.
        ("{}", True),
        ("[1]", True),
        ("bukan JSON", True),
    ],
)
def test_a_template_that_changed_since(tmp_path: Path, items: list[SopInput], origin: str, ready: bool) -> None:
    shelf = Shelf(tmp_path, items[:1])
    pdf = shelf.pdf(items[0])
    with pikepdf.new() as made:
        made.add_blank_page()
        attach(made, "asal.json", origin.encode())
        made.save(pdf)
    record = shelf.state.get(pdf)
    assert record is not None
    shelf.state.put(pdf, replace(record, pdf=digest(pdf)))
    chosen = shelf.choose(items[:1])
    assert (len(chosen.chapters), "sop.docx, berubah sejak" in " ".join(told(chosen))) == (ready, not ready)


def test_an_unreadable_one_stops_the_book(tmp_path: Path, items: list[SopInput]) -> None:
    own = [replace(items[0], sop=None), *items[1:]]
    assert "masukannya tidak terbaca" in " ".join(told(Shelf(tmp_path, items).choose(own)))


@pytest.mark.parametrize(("count", "pages"), [(4, 1), (40, 1), (120, 3)])
def test_more_titles_take_more_pages_of_contents(items: list[SopInput], count: int, pages: int) -> None:
    office = replace(items[0].office.office, paper="F4")
    heads = dict(guess(office, ["Pelaksanaan Reses"] * count))
    assert heads["Penjelasan Singkat"] - heads["Daftar Isi"] == pages
