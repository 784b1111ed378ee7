"""Nothing half-made is ever visible under an output folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import OutputError
from pipeline.model.message import Message
from pipeline.run import writing
from pipeline.run.events import Silent
from pipeline.run.writing import MAX_NAME, own, safe_name


class Heard(Silent):
    """Remembers notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, message: Message) -> None:
        self.notes.append(message.id)


def files(folder: Path) -> list[str]:
    """Everything people see: all but the program's own folder."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if writing.PRIVATE not in path.parts
    )


def test_a_file_appears_whole_and_once(tmp_path: Path) -> None:
    with own(tmp_path / "out", Silent()) as outputs:
        path = outputs.path("banyumas", "sop", "reses.docx")
        assert outputs.write(path, b"one") is True
        before = path.stat()
        assert outputs.write(path, b"one") is False
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        assert outputs.write(path, b"two") is True
        assert path.read_bytes() == b"two"
        assert list(outputs.work.iterdir()) == []
    assert files(tmp_path / "out") == ["banyumas", "banyumas/sop", "banyumas/sop/reses.docx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_full_disk_leaves_the_earlier_file_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with own(tmp_path / "out", Silent()) as outputs:
        path = outputs.path("a.docx")
        outputs.write(path, b"earlier")
        monkeypatch.setattr(os if step == "fsync" else Path, step, full)
        with pytest.raises(OutputError) as caught:
            outputs.write(path, b"later")
        monkeypatch.undo()
        assert path.read_bytes() == b"earlier"
        assert list(outputs.work.iterdir()) == []
    assert "penyimpanan penuh" in caught.value.text("id")
    assert "--output" in caught.value.text("en")


def test_interrupt_while_writing_leaves_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with own(tmp_path / "out", Silent()) as outputs:
        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            outputs.write(outputs.path("a.docx"), b"x")
        monkeypatch.undo()
        assert list(outputs.work.iterdir()) == []
    assert files(tmp_path / "out") == []


def test_scraps_of_a_killed_run_are_swept(tmp_path: Path) -> None:
    with own(tmp_path / "out", Silent()) as outputs:
        folder = outputs.fresh_folder()
        (folder / "half.pdf").write_bytes(b"%PDF")
        (outputs.work / "half").write_bytes(b"x")
    with own(tmp_path / "out", Silent()) as outputs:
        assert list(outputs.work.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError) as caught, own(tmp_path / "out", Silent()):
        pytest.fail("must not come here")
    assert str(tmp_path / "out") in caught.value.text("id")
    assert "--output" in caught.value.text("id")
    assert caught.value.exit_code == 2


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    with own(tmp_path / "out", Silent()) as outputs:
        outputs.path("a.docx").mkdir()
        with pytest.raises(OutputError, match=r"a\.docx"):
            outputs.write(outputs.path("a.docx"), b"x")
        assert list(outputs.work.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENAMETOOLONG, errno.EIO])
def test_every_cause_has_place_and_remedy_in_both_languages(code: int) -> None:
    error = writing.explain_os_error(OSError(code, os.strerror(code)), Path("x/y.docx"))
    for text in (error.text("id"), error.text("en")):
        assert "y.docx" in text
        assert "--output" in text
    assert "Keluaran sebelumnya tidak diubah" in error.text("id")


def test_too_long_a_path_is_told(tmp_path: Path) -> None:
    with own(tmp_path / "out", Silent()) as outputs:
        with pytest.raises(OutputError, match="too long"):
            outputs.write(outputs.folder / ("x" * 300), b"x")
        assert list(outputs.work.iterdir()) == []


def test_second_run_waits_and_says_so(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from pipeline.run.writing import own;"
        "from pipeline.run.events import Silent\n"
        "with own(Path(sys.argv[1]), Silent()):\n print('in', flush=True); sys.stdin.read()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdin is not None
    assert first.stdout is not None
    assert first.stdout.readline() == "in\n"
    heard = Heard()
    threading.Timer(0.5, first.stdin.close).start()
    with own(tmp_path / "out", heard):
        assert first.wait(timeout=30) == 0
    first.stdout.close()
    assert len(heard.notes) == 1
    assert "menunggu" in heard.notes[0]


def test_a_killed_run_does_not_keep_the_folder_locked(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from pipeline.run.writing import own;"
        "from pipeline.run.events import Silent\n"
        "with own(Path(sys.argv[1]), Silent()):\n print('in', flush=True); time.sleep(60)\n"
    )
    first = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out")], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "in\n"
    first.kill()
    first.wait()
    first.stdout.close()
    heard = Heard()
    with own(tmp_path / "out", heard):
        pass
    assert heard.notes == []


def test_patience_with_another_run_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "try_lock", lambda _: False)
    monkeypatch.setattr(writing, "_LOCK_WAIT", 0.0)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with pytest.raises(OutputError, match="still writing"), own(tmp_path / "out", Silent()):
        pytest.fail("must not come here")


FORBIDDEN = '<>:"/\\|?*'


@given(st.text(max_size=400))
def test_names_suit_every_system(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= MAX_NAME
    assert len(name.encode()) <= 2 * MAX_NAME
    assert not set(name) & set(FORBIDDEN)
    assert not any(ord(sign) < 32 for sign in name)
    assert name == name.strip()
    assert not name.endswith(".")
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pelaksanaan-reses", "pelaksanaan-reses"),
        ("H. Nama, S.H., M.Si.", "H. Nama, S.H., M.Si"),
        ("a/b:c", "a-b-c"),
        ("con", "con-"),
        ("LPT1.docx", "LPT1.docx-"),
        ("  ", "tanpa-nama"),
        ("..", "tanpa-nama"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_long_names_stay_different() -> None:
    assert safe_name("x" * 300 + "a") != safe_name("x" * 300 + "b")


def test_suffix_of_a_long_name_is_kept(tmp_path: Path) -> None:
    path = writing.Outputs(tmp_path).path("banyumas", "sop", "n" * 300 + ".docx")
    assert path.suffix == ".docx"
    assert len(path.name) < 200
