"""What travels: tasks with their files, what a worker keeps, and how errors come back."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert.libreoffice import Job
from pipeline.errors import TemplateError, TertibError
from pipeline.model.inputs import SopInput
from pipeline.model.particulars import Attachment, Particulars, Relation
from pipeline.run import sameness, there
from pipeline.run.baseline import begin
from pipeline.run.check import check_sops, select
from pipeline.run.document import Rendered
from pipeline.run.events import Silent
from pipeline.run.finishing import Finishing
from pipeline.run.parcels import Lacking, Packer, Parcel, files_of, unpacked
from pipeline.run.settings import Settings
from pipeline.run.templates import Shelf
from pipeline.run.workforce import DrawTask, drawn
from tests.cli.desk import Desk

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates/sop.docx"


@pytest.fixture
def item(desk: Desk) -> SopInput:
    """The SOP of the desk, of an office with a logo."""
    desk.put("logo.png", (ROOT / "inputs/contoh/logo.png").read_bytes())
    desk.edit("kantor.yaml", "tempat: Contoh", "tempat: Contoh\nlogo: logo.png")
    settings = Settings(desk.folder, desk.folder / "outputs", dt.date(2026, 3, 1))
    (found,) = check_sops(select(settings), settings, Silent(), begin(settings)).items
    return found


@pytest.fixture(autouse=True)
def bench() -> Iterator[None]:
    """A worker that has nothing yet."""
    yield
    while there._BENCH:
        there._BENCH.pop().close()


def done(parcel: Parcel) -> Any:
    """What comes back for a parcel."""
    return pickle.loads(there.perform(pickle.dumps(parcel)))


def test_a_drawing_made_there_is_the_one_made_here(item: SopInput) -> None:
    task = DrawTask(item, TEMPLATE, "surat.docx", frozenset({"svg", "bpmn"}))
    here, made = drawn(task, Shelf()), done(Packer().pack(task))
    assert isinstance(here, Rendered)
    assert made == here


def test_what_others_need_travels_once(item: SopInput) -> None:
    packer, held = Packer(), set[str]()
    task = DrawTask(item, TEMPLATE, "surat.docx")
    first, second = packer.pack(task, held), packer.pack(replace(task, name="lain.docx"), held)
    assert (len(first.contents), first.keep) == (3, frozenset())
    assert second.keep == set(first.contents)
    assert isinstance(done(second), Rendered)
    third = packer.pack(task, second.keep)
    assert not third.contents
    assert done(third) == done(first)


def test_who_has_lost_what_it_had_asks_for_it(item: SopInput) -> None:
    packer = Packer()
    task = DrawTask(item, TEMPLATE, "surat.docx")
    packer.pack(task)
    parcel = packer.pack(task, {piece.sha256 for piece in packer.pack(task).pieces})
    answer = done(parcel)
    assert isinstance(answer, Lacking)
    assert set(answer.pieces) == {piece.sha256 for piece in parcel.pieces}


def test_a_worker_keeps_no_more_than_it_may(item: SopInput, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(there, "_MOST", 1)
    packer = Packer()
    task = DrawTask(item, TEMPLATE, "surat.docx")
    packer.pack(task)
    assert isinstance(done(packer.pack(task)), Rendered)
    assert len(there._bench().kept) == 1


def test_an_error_names_files_as_they_are_called_here(desk: Desk, item: SopInput) -> None:
    broken = desk.put("templates/sop.docx", b"bukan Word")
    answer = done(Packer().pack(DrawTask(item, broken, "surat.docx")))
    assert isinstance(answer, TemplateError)
    assert "inputs/uji/templates/sop.docx" in answer.message.id
    here = drawn(DrawTask(item, broken, "surat.docx"), Shelf())
    assert isinstance(here, TertibError)
    assert answer.message.id == here.message.id


def test_a_job_brings_all_that_its_pdf_carries(tmp_path: Path) -> None:
    docx, carried = tmp_path / "a.docx", tmp_path / "kantor.yaml"
    docx.write_bytes(b"docx")
    carried.write_bytes(b"yaml")
    files = [(docx.name, docx), (carried.name, carried), ("asal.json", b"{}")]
    attached = tuple(Attachment(name, data, "text/plain", Relation.DATA, name) for name, data in files)
    job = Job(docx, tmp_path / "a.pdf", finish=Finishing("a.pdf", docx, Particulars("x", "X", attachments=attached)))
    assert list(files_of(job)) == [docx, carried]
    parcel = Packer().pack(job)
    moved = {piece: tmp_path / "sana" / piece.name for piece in parcel.pieces}
    copy = unpacked(parcel, moved, parcel.contents)
    assert copy.docx == copy.finish.docx == tmp_path / "sana/a.docx"
    contents = [one.content for one in copy.finish.particulars.attachments]
    assert contents == [tmp_path / "sana/a.docx", tmp_path / "sana/kantor.yaml", b"{}"]


def test_a_file_that_came_damaged_is_a_fault_of_that_document(item: SopInput) -> None:
    parcel = Packer().pack(DrawTask(item, TEMPLATE, "surat.docx"))
    damaged = replace(parcel, contents={sha: data[:-1] + b"?" for sha, data in parcel.contents.items()})
    answer = done(damaged)
    assert isinstance(answer, TertibError)
    assert "came damaged" in answer.message.id


def test_traits_are_the_same_twice_and_name_what_differs() -> None:
    here = sameness.traits()
    assert here == sameness.traits()
    assert {"tertib", "Python", "LibreOffice", "lxml", "qpdf", "zlib"} <= here.keys()
    assert sameness.differences(here, dict(here)) is None
    other = {**here, "Python": "CPython 3.0", "lxml": "-"}
    told = sameness.differences(here, other)
    assert told is not None
    assert told.id == f"Python CPython 3.0 (di sini {here['Python']}); lxml - (di sini {here['lxml']})"
    many = sameness.differences(here, {})
    assert many is not None
    assert many.id.endswith(f"dan {len(here) - 4} perbedaan lain")


def test_fonts_are_compared_by_their_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    font = tmp_path / "a.ttf"
    monkeypatch.setattr(sameness, "_font_files", lambda: iter([(["Carlito"], font), (["Tak Dipakai"], font)]))
    font.write_bytes(b"1")
    first = sameness.traits()
    font.write_bytes(b"2")
    second = sameness.traits()
    assert {name for name in first if first[name] != second[name]} == {"huruf Carlito"}
