"""What watching makes of what is saved, and what it tells."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.convert.libreoffice import find_soffice
from pipeline.errors import OutputError, ProofError
from pipeline.model.message import Message, say
from pipeline.model.turn import Came
from pipeline.run.events import Silent
from tests.run.watched import Watched

A = "uji/sop/a"
FILE = "inputs/uji/sop/a.yaml"


class Progress(Silent):
    """What is shown of progress, and how many lines had been told then."""

    def __init__(self, watched: Watched) -> None:
        self.heard: list[tuple[object, ...]] = []
        self._watched = watched

    def started(self, total: int, label: Message) -> None:
        """A stretch begins."""
        self.heard.append((total, label.id, len(self._watched.turns)))

    def advanced(self, item: str = "") -> None:
        """One is done."""
        self.heard.append((item, len(self._watched.turns)))


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    yield Watched(tmp_path, monkeypatch)
    find_soffice.cache_clear()


def test_everything_is_made_in_the_beginning(watched: Watched) -> None:
    assert watched.watch() == []
    (ready,) = watched.turns
    assert (ready.came, ready.documents, ready.held) == (Came.READY, (A, "uji/sop/b"), ())
    assert ready.files == ("inputs",)
    assert watched.made("a.pdf").is_file()
    assert watched.made("b.docx").is_file()


def test_a_saved_sop_is_made_again_its_docx_first(watched: Watched) -> None:
    watched.watch()
    before = {path: path.read_bytes() for path in watched.made("").iterdir()}
    watched.seen.clear()
    (turn,) = watched.watch(watched.edit("sop/a.yaml", "Komputer", "Mesin tik"))
    assert (turn.came, turn.files, turn.documents, turn.held) == (Came.BUILT, (FILE,), (A,), ())
    assert turn.docx is not None
    assert turn.pdf is not None
    assert 0 < turn.docx < turn.pdf
    assert turn.outputs == ("outputs/uji/sop/a.docx", "outputs/uji/sop/a.pdf")
    changed = {path.name for path, data in before.items() if path.read_bytes() != data}
    assert changed == {"a.docx", "a.pdf"}
    # The last that was converted: the new DOCX stood there beside the old PDF.
    assert watched.seen[-1] == (watched.made("a.docx").read_bytes(), before[watched.made("a.pdf")])


def test_the_steps_the_office_and_the_template_touch_what_is_made_of_them(watched: Watched) -> None:
    steps = watched.edit("sop/a.langkah.csv", "10 menit", "15 menit")
    office = watched.edit("kantor.yaml", "Jalan Contoh Nomor 1", "Jalan Contoh Nomor 2")
    turns = watched.watch(steps, office)
    assert [turn.documents for turn in turns] == [(A,), (A, "uji/sop/b")]
    assert turns[1].files == ("inputs/uji/kantor.yaml",)


def test_a_save_that_changes_nothing(watched: Watched) -> None:
    (turn,) = watched.watch(lambda: watched.put("sop/a.yaml", watched.path("sop/a.yaml").read_text("utf-8")))
    assert (turn.came, turn.docx, turn.pdf, turn.held) == (Came.UNCHANGED, None, None, ())


def test_a_broken_file_leaves_what_was_made_and_is_told_with_its_place(watched: Watched) -> None:
    watched.watch()
    before = watched.made("a.docx").read_bytes(), watched.made("a.pdf").read_bytes()
    broken, mended = (
        watched.edit("sop/a.yaml", "judul: ", "judul: ["),
        watched.edit("sop/a.yaml", "judul: [", "judul: "),
    )
    held, good = watched.watch(broken, mended)
    assert (held.came, held.held, held.docx, held.pdf) == (Came.HELD, (A,), None, None)
    assert held.blocking[0].place.file == FILE
    assert held.findings[0].blocks
    assert (watched.made("a.docx").read_bytes(), watched.made("a.pdf").read_bytes()) == before
    assert (good.came, good.blocking) == (Came.UNCHANGED, ())


def test_half_a_file_is_not_told_when_the_rest_follows(watched: Watched) -> None:
    half, rest = (
        watched.edit("sop/a.yaml", "judul: ", "judul: ["),
        watched.edit("sop/a.yaml", "judul: [", "judul: Uji "),
    )
    (turn,) = watched.watch(half, meanwhile=[rest])
    assert (turn.came, turn.documents) == (Came.BUILT, (A,))


def test_a_file_that_can_be_read_a_moment_later_is_not_told(watched: Watched) -> None:
    def unlocked() -> None:
        watched.edit("sop/a.yaml", "judul: [", "judul: Uji ")()
        watched._saved.clear()  # nobody tells of it: what another program locked is the same file

    (turn,) = watched.watch(watched.edit("sop/a.yaml", "judul: ", "judul: ["), meanwhile=[unlocked])
    assert turn.came is Came.BUILT


def test_what_is_deleted_and_written_again_is_a_save(watched: Watched) -> None:
    text = watched.path("sop/a.yaml").read_text("utf-8").replace("Komputer", "Mesin tik")
    (turn,) = watched.watch(lambda: watched.gone("sop/a.yaml"), meanwhile=[lambda: watched.put("sop/a.yaml", text)])
    assert (turn.came, turn.documents) == (Came.BUILT, (A,))


def test_a_new_name_is_a_new_sop_and_the_old_one_is_told(watched: Watched) -> None:
    def renamed() -> None:
        text = watched.path("sop/a.yaml").read_text("utf-8")
        watched.gone("sop/a.yaml")
        watched.put("sop/c.yaml", text)
        watched._saved.add(watched.path("sop/a.yaml"))

    gone, new = watched.watch(renamed)
    assert (gone.came, gone.documents) == (Came.GONE, (A,))
    assert gone.outputs == ("outputs/uji/sop/a.docx", "outputs/uji/sop/a.pdf")
    assert watched.made("a.pdf").is_file()
    assert (new.came, new.documents) == (Came.BUILT, ("uji/sop/c",))
    assert watched.made("c.pdf").is_file()


def test_a_pdf_that_fails_leaves_the_earlier_pair(watched: Watched) -> None:
    watched.watch()
    before = {path: path.read_bytes() for path in watched.made("").iterdir()}

    def fails() -> None:
        watched.edit("sop/a.yaml", "Komputer", "Mesin tik")()
        watched.error = ProofError(say("teks hilang"))

    (turn,) = watched.watch(fails)
    assert (turn.came, turn.held) == (Came.HELD, (A,))
    assert [failure.message.id for failure in turn.failures] == ["teks hilang"]
    assert {path: path.read_bytes() for path in watched.made("").iterdir()} == before


def test_a_fault_of_the_program_does_not_end_the_watching(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def breaks() -> None:
        watched.edit("sop/a.yaml", "Komputer", "Mesin tik")()
        monkeypatch.setattr("pipeline.run.watch.make_documents", fault)

    def mends() -> None:
        monkeypatch.undo()
        watched.edit("sop/a.yaml", "Mesin tik", "Papan tulis")()

    first, second = watched.watch(breaks, mends, pdf=False)
    assert first.came is Came.HELD
    assert "ZeroDivisionError" in first.failures[0].message.id
    assert second.came is Came.BUILT


def test_without_pdf(watched: Watched) -> None:
    (turn,) = watched.watch(watched.edit("sop/a.yaml", "Komputer", "Mesin tik"), pdf=False)
    assert (turn.came, turn.pdf, turn.outputs) == (Came.BUILT, None, ("outputs/uji/sop/a.docx",))
    assert turn.docx is not None
    assert not watched.made("a.pdf").exists()


def test_a_recess_is_checked_and_the_command_told(watched: Watched) -> None:
    folder = "inputs/uji/reses/2026-masa-1"
    watched.put("reses/2026-masa-1/reses.yaml", "tahun: 2026\nmasa: 1\n")
    (turn,) = watched.watch(lambda: watched.put("reses/2026-masa-1/anggota.csv", "id,nama\n"))
    assert (turn.came, turn.command, turn.held) == (Came.CHECKED, f"tertib recap {folder}", ())
    assert turn.documents == ("uji/reses/2026-masa-1",)
    assert turn.findings


def test_a_recess_alone_can_be_watched(watched: Watched) -> None:
    folder = Path("inputs/uji/reses/2026-masa-1")
    watched.put("reses/2026-masa-1/reses.yaml", "tahun: 2026\nmasa: 1\n")
    rows, office = "id,nama\n", watched.edit("kantor.yaml", "Nomor 1", "Nomor 2")
    (turn,) = watched.watch(lambda: watched.put("reses/2026-masa-1/anggota.csv", rows), office, paths=(folder,))
    assert (turn.came, turn.command) == (Came.CHECKED, f"tertib recap {folder.as_posix()}")
    assert not watched.made("a.docx").exists()


def test_a_template_of_other_documents_names_its_command(watched: Watched) -> None:
    (turn,) = watched.watch(lambda: watched.put("templates/buku-sop.docx", ""))
    assert (turn.came, turn.command, turn.documents) == (Came.CHECKED, "tertib book", ())


def test_the_newest_save_goes_first(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.watch.CHUNK", 1)
    newer = [watched.edit("sop/b.yaml", "Komputer", "Mesin tik")]

    def while_making(timeout: float | None) -> frozenset[Path]:
        if timeout == 0 and watched.turns and newer:
            newer.pop()()
            return frozenset({watched.path("sop/b.yaml")})
        return Watched.next(watched, timeout)

    monkeypatch.setattr(watched, "next", while_making)
    turns = watched.watch(watched.edit("kantor.yaml", "Jalan Contoh Nomor 1", "Jalan Contoh Nomor 2"))
    assert [turn.files for turn in turns] == [("inputs/uji/sop/b.yaml",), ("inputs/uji/kantor.yaml",)]
    assert [turn.documents for turn in turns] == [("uji/sop/b",), (A,)]  # b has been made with the office as it is


def test_of_many_the_progress_is_shown_and_taken_away_before_the_line(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.watch.CHUNK", 1)
    progress = Progress(watched)
    (turn,) = watched.watch(watched.edit("kantor.yaml", "Nomor 1", "Nomor 2"), listener=progress, pdf=False)
    # With the number of lines told until then: that of the beginning.
    assert progress.heard[-4:] == [(2, "Menyusun SOP", 1), (A, 1), ("uji/sop/b", 1), (0, "Menyusun SOP", 1)]
    assert turn.documents == (A, "uji/sop/b")


def test_an_older_save_has_nothing_left_to_do(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = [watched.edit("kantor.yaml", "Nomor 1", "Nomor 2")]

    def while_making(timeout: float | None) -> frozenset[Path]:
        if timeout == 0 and watched.turns and newer:
            newer.pop()()
            return frozenset({watched.path("kantor.yaml")})
        return Watched.next(watched, timeout)

    monkeypatch.setattr(watched, "next", while_making)
    turns = watched.watch(watched.edit("sop/a.yaml", "Komputer", "Mesin tik"))
    assert [turn.files for turn in turns] == [("inputs/uji/kantor.yaml",)]
    assert b"Mesin tik" in zipfile.ZipFile(watched.made("a.docx")).read("word/document.xml")


def test_ctrl_c_while_documents_are_made_is_an_interruption(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    watched.watch()
    before = {path: path.read_bytes() for path in watched.made("").iterdir()}

    def save() -> None:
        watched.edit("sop/a.yaml", "Komputer", "Mesin tik")()
        monkeypatch.setattr(watched, "convert", interrupted)

    with pytest.raises(KeyboardInterrupt):
        watched.watch(save)
    assert {path: path.read_bytes() for path in watched.made("").iterdir()} == before


def test_the_report_is_on_everything_once_it_is_quiet(watched: Watched) -> None:
    watched.watch(watched.edit("sop/b.yaml", "Masuk B", "Masuk A"))
    told = json.loads((watched.settings.output / "temuan.json").read_bytes())
    assert [document["id"] for document in told["documents"]] == [A, "uji/sop/b"]
    # The title of b is that of a now, which only a look at both can tell of a.
    assert {found["document"] for found in told["findings"] if found["code"] == "STR-04"} == {"uji/sop/b"}


def test_a_report_that_cannot_be_written_is_told_and_the_watching_goes_on(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OutputError(say("penyimpanan penuh"))

    def save() -> None:
        watched.edit("sop/a.yaml", "Komputer", "Mesin tik")()
        monkeypatch.setattr("pipeline.run.watch.build", full)

    made, failed = watched.watch(save)
    assert made.came is Came.BUILT
    assert (failed.came, failed.files) == (Came.HELD, ("inputs",))
    assert [failure.message.id for failure in failed.failures] == ["penyimpanan penuh"]
