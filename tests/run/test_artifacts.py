"""From DOCX to PDFs in place: what is made, what is left as it is, and what is told when it cannot be made."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert.libreoffice import Job, OnDone
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.model.particulars import (
    Attachment,
    Box,
    Check,
    Particulars,
    Relation,
    Signer,
    SigningPlace,
    Verdict,
)
from pipeline.run import artifacts as module
from pipeline.run.artifact import Artifact, put_docx
from pipeline.run.artifacts import Pdfs, make_pdfs
from pipeline.run.events import Silent
from pipeline.run.finishing import Finished
from pipeline.run.settings import Settings
from pipeline.run.state import Made, State, digest
from pipeline.run.writing import Outputs

PLACE = SigningPlace(Signer("ttd", "Pejabat Contoh"), Box(1, 1, 1, 1, 1))
OPEN = (Check("teks", Verdict.PASSED), Check("huruf", Verdict.NOT_CHECKED))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Told(Silent):
    """A listener that remembers."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def started(self, total: int, label: Message) -> None:
        self.heard.append((total, label.text("id")))

    def advanced(self, item: str = "") -> None:
        self.heard.append(item)


class Desk:
    """An output folder, and somebody who makes PDFs of DOCX without LibreOffice."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.settings = Settings(root, root / "outputs", dt.date(2026, 3, 1))
        (root / "inputs").mkdir()
        (root / "inputs/a.yaml").write_bytes(b"a")
        self.settings.output.mkdir()
        self.outputs = Outputs(self.settings.output)
        self.carried = b"asal"
        self.jobs: list[Job] = []
        self.saved: list[list[str]] = []
        self.error: ProofError | None = None
        self.finished = Finished((PLACE,))
        self.program = root / "soffice"
        self.program.write_bytes(b"")
        self._patch = monkeypatch
        self.with_program(True)

    def with_program(self, there: bool) -> None:
        """Is there a LibreOffice?"""
        self._patch.setattr(module, "find_soffice", lambda: self.program if there else None)

    def draw(self, *_: object) -> None:
        """Nothing is drawn here."""
        raise AssertionError

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """PDFs that say what DOCX they were made of."""
        for job in jobs:
            self.jobs.append(job)
            self.saved.append([path.stem for path, _ in State(self.outputs).all()])
            if self.error is not None:
                on_done(Conversion(job, self.error))
                continue
            data = b"%PDF " + job.docx.read_bytes()
            job.pdf.write_bytes(data)
            on_done(Conversion(job, None, 2, sha256(data), self.finished))

    def artifact(self, name: str = "a", **more: Any) -> Artifact:
        def describe(_: Path) -> Particulars:
            asal = Attachment("asal.json", self.carried, "application/json", Relation.SUPPLEMENT, "")
            return Particulars("k/a", "A", attachments=(asal,))

        return Artifact(
            f"k/{name}", self.outputs.folder / f"k/{name}.docx", (self.root / "inputs/a.yaml",), describe, **more
        )

    def make(self, docx: bytes, artifact: Artifact | None = None, *, first: bool = False, **how: Any) -> Pdfs:
        """One run."""
        self.jobs.clear()
        ready = put_docx(artifact or self.artifact(), docx, self.outputs, first=first)
        return make_pdfs([ready], replace(self.settings, **how), self.outputs, Silent(), self)

    @property
    def docx(self) -> Path:
        return self.outputs.folder / "k/a.docx"

    @property
    def pdf(self) -> Path:
        return self.docx.with_suffix(".pdf")

    @property
    def made(self) -> Made:
        made = State(self.outputs).get(self.pdf)
        assert made is not None
        return made

    def files(self) -> Mapping[str, bytes]:
        """What people see."""
        every = self.outputs.folder.rglob("*")
        found = {path.relative_to(self.outputs.folder).as_posix(): path for path in every if path.is_file()}
        return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".tertib")}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def told(pdfs: Pdfs) -> str:
    texts = [
        *(problem.error.message.text("id") for problem in pdfs.problems),
        *(note.text("id") for note in pdfs.notes),
    ]
    return "\n".join(texts)


def test_what_was_made_is_placed_and_written_down(desk: Desk) -> None:
    made = desk.make(b"satu", desk.artifact(title="A", number="1", stage="final", pages=2, texts=("x",)))
    assert made == Pdfs(frozenset({desk.pdf}))
    assert set(desk.files()) == {"k/a.docx", "k/a.pdf", "k/a.ttd.json"}
    assert (desk.docx.read_bytes(), desk.pdf.read_bytes()) == (b"satu", b"%PDF satu")
    beside = desk.files()["k/a.ttd.json"].decode()
    assert json.loads(beside)["sha256"] == sha256(b"%PDF satu")
    assert desk.made == Made(
        "k/a", sha256(b"satu"), sha256(b"%PDF satu"), {"inputs/a.yaml": sha256(b"a")}, desk.made.converter, 2, "A", "1",
        "final", sha256(b"asal"), beside,
    )  # fmt: skip
    assert desk.made.converter
    assert [(job.docx, job.pages, job.texts) for job in desk.jobs] == [(desk.docx, 2, ("x",))]
    assert not any(path.is_dir() for path in desk.outputs.work.iterdir())


def test_what_did_not_change_is_not_made_again(desk: Desk) -> None:
    desk.make(b"satu")
    (desk.root / "inputs/a.yaml").write_bytes(b"a # catatan")
    desk.pdf.with_suffix(".ttd.json").unlink()
    desk.docx.write_bytes(b"disunting")
    again = desk.make(b"satu", desk.artifact(title="Baru", number="2", stage="final"))
    assert (again, desk.jobs, desk.docx.read_bytes()) == (Pdfs(frozenset({desk.pdf})), [], b"satu")
    assert (desk.made.title, desk.made.number, desk.made.stage) == ("Baru", "2", "final")
    assert desk.made.sources == {"inputs/a.yaml": sha256(b"a # catatan")}
    assert desk.pdf.with_suffix(".ttd.json").read_text() == desk.made.sidecar
    assert desk.make(b"satu", force=True).ready == {desk.pdf}
    assert len(desk.jobs) == 1


def other_docx(_: Desk) -> bytes:
    return b"dua"


def other_origin(desk: Desk) -> bytes:
    desk.carried = b"lain"
    return b"satu"


def no_pdf(desk: Desk) -> bytes:
    desk.pdf.unlink()
    return b"satu"


@pytest.mark.parametrize("change", [other_docx, other_origin, no_pdf])
def test_what_changed_is_made_again(desk: Desk, change: Callable[[Desk], bytes]) -> None:
    desk.make(b"satu")
    docx = change(desk)
    assert desk.make(docx) == Pdfs(frozenset({desk.pdf}))
    assert len(desk.jobs) == 1
    assert (desk.docx.read_bytes(), desk.pdf.read_bytes()) == (docx, b"%PDF " + docx)
    assert desk.made.carried == sha256(desk.carried)


def test_a_check_that_was_not_made_is_told_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.finished = Finished((PLACE,), OPEN)
    assert "yang tidak diperiksa: huruf." in told(desk.make(b"satu"))
    monkeypatch.setattr(module, "check_again", lambda made, *_: made)
    assert "yang tidak diperiksa: huruf." in told(desk.make(b"satu"))
    assert desk.jobs == []
    monkeypatch.setattr(module, "check_again", lambda made, *_: replace(made, unchecked=()))
    assert told(desk.make(b"satu")) == ""
    assert (desk.jobs, desk.made.unchecked) == ([], ())
    desk.make(b"dua")
    monkeypatch.setattr(module, "check_again", lambda *_: None)
    desk.make(b"dua")
    assert len(desk.jobs) == 1


@pytest.mark.parametrize("program", [True, False])
def test_where_no_pdf_is_made_the_docx_goes_in_and_the_old_pdf_is_told(desk: Desk, program: bool) -> None:
    desk.make(b"satu")
    desk.with_program(program)
    made = desk.make(b"dua", pdf=not program)
    assert (made.ready, desk.jobs) == (frozenset(), [])
    assert (desk.docx.read_bytes(), desk.pdf.read_bytes()) == (b"dua", b"%PDF satu")
    assert "k/a.pdf masih yang lama" in told(made)
    assert ("LibreOffice" in told(made)) is not program


def test_without_libreoffice_what_is_current_is_ready(desk: Desk) -> None:
    desk.make(b"satu")
    desk.with_program(False)
    assert desk.make(b"satu") == Pdfs(frozenset({desk.pdf}))
    desk.pdf.unlink()
    assert "masih yang lama" not in told(desk.make(b"satu"))


@pytest.mark.parametrize("first", [False, True])
def test_what_fails_leaves_the_earlier_pair_and_the_new_docx_to_be_looked_at(desk: Desk, first: bool) -> None:
    desk.make(b"satu")
    desk.error = ProofError(say("teks hilang"))
    before = desk.files()
    made = desk.make(b"dua", first=first)
    assert (made.ready, made.unchanged, desk.files()) == (frozenset(), frozenset({desk.docx}), before)
    assert [(problem.document, problem.error) for problem in made.problems] == [("k/a", desk.error)]
    assert "tetap yang lama" in told(made)
    assert "masih yang lama dan" not in told(made)
    assert (desk.outputs.private / "gagal/k/a.docx").read_bytes() == b"dua"


def test_a_docx_that_is_to_come_first_does_not_wait_for_its_pdf(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make(b"satu")
    seen = []

    def convert(jobs: Sequence[Job], on_done: OnDone) -> None:
        seen.append((desk.docx.read_bytes(), desk.pdf.read_bytes()))
        Desk.convert(desk, jobs, on_done)

    monkeypatch.setattr(desk, "convert", convert)
    made = desk.make(b"dua", first=True)
    assert seen == [(b"dua", b"%PDF satu")]
    assert (made.ready, desk.docx.read_bytes(), desk.pdf.read_bytes()) == ({desk.pdf}, b"dua", b"%PDF dua")


def test_an_interrupted_run_gives_the_earlier_docx_its_place_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make(b"satu")
    before = desk.files()

    def interrupted(*_: object) -> None:
        assert desk.docx.read_bytes() == b"dua"
        raise KeyboardInterrupt

    monkeypatch.setattr(desk, "convert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        desk.make(b"dua", first=True)
    assert desk.files() == before


def test_a_pdf_that_fails_beside_the_same_docx_is_told_as_old(desk: Desk) -> None:
    desk.make(b"satu")
    desk.error = ProofError(say("teks hilang"))
    desk.carried = b"lain"
    assert "masih yang lama" not in told(desk.make(b"satu"))  # it is the one made of this DOCX
    desk.pdf.write_bytes(b"%PDF disunting")
    made = desk.make(b"satu")
    assert "k/a.pdf masih yang lama" in told(made)
    assert made.unchanged == frozenset()


def test_what_does_not_pass_the_last_look_is_not_placed(desk: Desk) -> None:
    def inspect(pdf: Path) -> None:
        assert pdf.read_bytes() == b"%PDF satu"
        raise ProofError(say("halaman terpotong"))

    made = desk.make(b"satu", desk.artifact(inspect=inspect))
    assert "halaman terpotong" in told(made)
    assert set(desk.files()) == {"k/a.docx"}


def test_a_pdf_that_somebody_changed_is_kept_aside_and_told(desk: Desk) -> None:
    desk.make(b"satu")
    desk.pdf.write_bytes(b"%PDF ditandatangani")
    made = desk.make(b"dua")
    assert made.ready == {desk.pdf}
    assert "mungkin sudah ditandatangani" in told(made)
    assert sorted(data for name, data in desk.files().items() if name.endswith(".pdf")) == [
        b"%PDF ditandatangani",
        b"%PDF dua",
    ]


def test_a_file_in_the_place_of_the_sidecar_is_told_and_the_pdf_is_ready(desk: Desk) -> None:
    desk.make(b"satu")
    desk.pdf.with_suffix(".ttd.json").write_bytes(b"catatan saya")
    made = desk.make(b"satu")
    assert made.ready == {desk.pdf}
    assert [problem.document for problem in made.problems] == ["k/a"]
    assert desk.pdf.with_suffix(".ttd.json").read_bytes() == b"catatan saya"


def test_a_pdf_that_cannot_be_placed_brings_the_earlier_docx_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make(b"satu")
    before = desk.files()

    def locked(*_: object) -> bool:
        raise PermissionError(13, "locked")

    monkeypatch.setattr(module, "is_foreign", locked)
    made = desk.make(b"dua")
    assert (made.ready, desk.files()) == (frozenset(), before)
    assert digest(desk.pdf) == desk.made.pdf
    desk.docx.unlink()
    desk.make(b"dua")
    assert set(desk.files()) == set(before) - {"k/a.docx"}


def test_what_is_told_of_one_that_is_ready_is_told_beside_one_that_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.finished = Finished((PLACE,), OPEN)
    desk.make(b"satu")
    desk.pdf.with_suffix(".ttd.json").write_bytes(b"catatan saya")
    desk.error = ProofError(say("teks hilang"))
    monkeypatch.setattr(module, "check_again", lambda made, *_: made)
    both = [put_docx(desk.artifact(name), b"satu", desk.outputs) for name in "ab"]
    made = make_pdfs(both, desk.settings, desk.outputs, Silent(), desk)
    assert made.ready == {desk.pdf}
    assert [problem.document for problem in made.problems] == ["k/a", "k/b"]
    assert "yang tidak diperiksa: huruf." in told(made)


@pytest.mark.parametrize(("every", "saved"), [(-1.0, [[], ["a"], ["a", "b"]]), (1000.0, [[], [], []])])
def test_a_run_that_is_killed_has_its_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, every: float, saved: list[list[str]]
) -> None:
    monkeypatch.setattr(module, "_SAVE_EVERY", every)
    three = [put_docx(desk.artifact(name), b"satu", desk.outputs) for name in "abc"]
    listener = Told()
    make_pdfs(three, desk.settings, desk.outputs, listener, desk)
    assert listener.heard == [(3, "Membuat PDF"), "k/a", "k/b", "k/c"]
    assert desk.saved == saved
    assert [path.stem for path, _ in State(desk.outputs).all()] == ["a", "b", "c"]
