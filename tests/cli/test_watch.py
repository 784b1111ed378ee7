"""``tertib watch`` as people run it: a process of its own, files that are really saved."""

from __future__ import annotations

import json
import queue
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.run.writing import try_lock
from tests.cli.desk import Desk

PATIENCE = 60.0
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ended by signals")


class Watching:
    """A process that watches; ``until`` waits for a line of it."""

    def __init__(self, desk: Desk, *args: str, **environment: str) -> None:
        self.process = desk.start("watch", *args, **environment)
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)

    def until(self, pattern: str) -> str:
        """The next line in which ``pattern`` is found."""
        end = time.monotonic() + PATIENCE
        seen = []
        while time.monotonic() < end:
            try:
                seen.append(self._lines.get(timeout=0.2))
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            if re.search(pattern, seen[-1]):
                return seen[-1]
        stderr = self.process.stderr.read() if self.process.poll() is not None and self.process.stderr else ""
        raise AssertionError(f"{pattern!r} not in {seen}; {stderr}")

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End it; its exit code and what it said on stderr."""
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, err


@pytest.fixture
def watching(desk: Desk) -> Iterator[list[Watching]]:
    desk.edit("sop/surat.yaml", "status: final", "status: draf")
    started: list[Watching] = []
    yield started
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


def left_running(folder: Path) -> list[str]:
    """Processes that name ``folder``."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:
            continue
        if bytes(folder) in command:
            found.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return found


@pytest.mark.usefixtures("libreoffice")
def test_a_saved_file_becomes_its_documents_and_ctrl_c_leaves_nothing_running(
    desk: Desk, watching: list[Watching], tmp_path: Path
) -> None:
    temporary = tmp_path / "sementara"
    temporary.mkdir()
    watching.append(one := Watching(desk, TMPDIR=str(temporary)))
    assert "1 SOP" in one.until("Ctrl-C")
    docx, pdf = (desk.folder / f"outputs/uji/sop/surat.{kind}" for kind in ("docx", "pdf"))
    before = docx.read_bytes(), pdf.read_bytes()

    aside = desk.put("sop/C07E1A00", (desk.office / "sop/surat.yaml").read_bytes().replace(b"Komputer", b"Mesin tik"))
    aside.replace(desk.office / "sop/surat.yaml")
    line = one.until("surat")
    assert re.fullmatch(
        r"\d\d\.\d\d\.\d\d uji/sop/surat: DOCX \d+,\d+ dtk, PDF \d+,\d+ dtk, (\d+ temuan|tanpa temuan)\n", line
    )
    made = docx.read_bytes(), pdf.read_bytes()
    assert made[0] != before[0]
    assert made[1] != before[1]

    good = (desk.office / "sop/surat.yaml").read_text("utf-8")
    desk.put("sop/surat.yaml", good + "langkah: [\n")
    assert "inputs/uji/sop/surat.yaml:" in one.until("surat: ditahan")
    desk.put("sop/surat.yaml", good)
    one.until("surat: tidak ada yang berubah")
    assert (docx.read_bytes(), pdf.read_bytes()) == made

    code, err = one.end()
    assert (code, err.splitlines()[-1]) == (0, "Pengawasan selesai.")
    assert left_running(temporary) == []


def test_lines_of_json_without_pdf(desk: Desk, watching: list[Watching]) -> None:
    watching.append(one := Watching(desk, "--format", "json", "--no-pdf", "--quiet", "inputs/uji/sop/surat.yaml"))
    ready = json.loads(one.until("ready"))
    assert (ready["documents"], ready["files"]) == (["uji/sop/surat"], ["inputs/uji"])
    desk.edit("sop/surat.langkah.csv", "1 jam", "2 jam")
    built = json.loads(one.until("built"))
    assert (built["files"], built["pdf_seconds"]) == (["inputs/uji/sop/surat.langkah.csv"], None)
    assert built["outputs"] == ["outputs/uji/sop/surat.docx"]
    assert one.end(signal.SIGTERM) == (0, "")


def test_another_command_may_use_the_folder_meanwhile_and_a_closed_terminal_ends_the_watching(
    desk: Desk, watching: list[Watching]
) -> None:
    watching.append(one := Watching(desk, "--no-pdf"))
    one.until("Ctrl-C")
    with (desk.folder / "outputs/.tertib/kunci").open("ab") as lock:
        assert try_lock(lock)
    assert one.end(signal.SIGHUP)[0] == 0


@pytest.mark.parametrize(
    ("args", "words"), [(["--format", "sarif"], "text, json"), (["inputs/tidak-ada"], "tidak ada"), (["-x"], "-x")]
)
def test_wrong_use(desk: Desk, args: list[str], words: str) -> None:
    ran = desk.run("watch", *args)
    assert (ran.code, words in ran.err) == (2, True)


def test_a_folder_of_outputs_that_cannot_be_is_said_at_once(desk: Desk) -> None:
    (desk.folder / "outputs").write_text("bukan folder")
    ran = desk.run("watch", "--no-pdf")
    assert ran.code == 2
    assert "outputs" in ran.err
