"""``tertib build`` with a bad template, a full disk, a crash, or a stop in the middle: earlier outputs stay."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.rules import registry
from tests.cli.desk import HALF, Desk

TEMPLATES = Path(__file__).parents[2] / "templates"
DOCX = "uji/sop/surat.docx"


@pytest.mark.parametrize("command", ["build", "recap"])
def test_a_template_folder_that_does_not_exist_is_a_usage_error(desk: Desk, command: str) -> None:
    (desk.folder / "templat").mkdir()
    for name, words in (
        ("nope", "periksa namanya"),
        ("tempalt", "maksud Anda templat?"),
        ("inputs/uji/kantor.yaml", ""),
    ):
        ran = desk.run(command, "--templates", name)
        assert (ran.code, ran.out) == (2, "")
        assert f"--templates: folder {name} tidak ada" in ran.err
        assert words in ran.err
    assert desk.visible() == {}


BROKEN = {
    "not a document": lambda path: path.write_bytes(b"bukan docx"),
    "empty": lambda path: path.write_bytes(b""),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_corrupt_template_is_told_and_nothing_changes(desk: Desk, name: str) -> None:
    folder = desk.folder / "templates"
    folder.mkdir()
    BROKEN[name](folder / "sop.docx")
    before = desk.visible() if (desk.folder / "outputs").exists() else {}
    ran = desk.run("build")
    assert ran.code == 2, ran.all
    assert "templates/sop.docx" in " ".join(ran.out.split())
    assert "Traceback" not in ran.all
    assert {k: v for k, v in desk.visible().items() if k.startswith("uji/")} == before


def test_a_misspelled_tag_in_a_template_is_told(desk: Desk) -> None:
    folder = desk.office / "templates"
    folder.mkdir()
    misspell(TEMPLATES / "sop.docx", folder / "sop.docx", "{{ ", "{{ salah_")
    ran = desk.run("build")
    assert ran.code == 2, ran.all
    assert "sop.docx" in ran.out
    assert "salah_" in ran.out
    assert "Traceback" not in ran.all
    assert DOCX not in desk.visible()


def misspell(source: Path, target: Path, old: str, new: str) -> None:
    """A template with the first tag that starts with ``old`` changed."""
    from docx import Document

    document = Document(str(source))
    for element in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if element.text and old in element.text:
            element.text = element.text.replace(old, new, 1)
            break
    else:
        pytest.fail(f"no {old} in {source}")
    document.save(str(target))


def test_an_unwritable_output_folder_is_told_before_work_begins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> object:
        pytest.fail("work began")

    monkeypatch.setattr("pipeline.run.build.check_sops", never)
    (desk.folder / "keluaran").write_text("sebuah berkas")
    ran = desk.run("build", "-o", "keluaran")
    assert ran.code == 2
    assert "keluaran" in ran.err
    assert "--output" in ran.err
    assert (desk.folder / "keluaran").read_text() == "sebuah berkas"


def test_a_full_disk_leaves_earlier_outputs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    assert desk.run("build").code == 3
    before = desk.visible()
    desk.edit("sop/surat.yaml", "Buku agenda surat masuk", "Buku agenda surat")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.run.writing.os.fsync", full)
    ran = desk.run("build")
    assert ran.code == 2
    assert "penyimpanan penuh" in ran.all
    assert desk.visible() == before


def test_a_crash_is_told_without_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> object:
        raise ZeroDivisionError("sengaja")

    monkeypatch.setattr("pipeline.run.workforce.render_sop", crash)
    ran = desk.run("build")
    assert ran.code == 2
    assert "ZeroDivisionError" in ran.out
    assert "--verbose" in ran.out
    assert "Traceback" not in ran.all
    assert "Traceback" in desk.run("build", "--verbose").err
    monkeypatch.setattr("pipeline.run.check.select", crash)
    ran = desk.run("check")
    assert (ran.code, ran.out) == (2, "")
    assert "sengaja" in ran.err
    assert "Traceback" not in ran.err


def test_a_crashing_rule_is_an_internal_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> object:
        raise ZeroDivisionError("sengaja")

    first = next(rule for rule in registry.RULES if rule.check)
    monkeypatch.setattr(registry, "RULES", (replace(first, check=crash),))  # type: ignore[arg-type]
    ran = desk.run("check")
    assert ran.code == 2
    assert first.code in ran.out


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the fake converter has started."""
    deadline = time.monotonic() + 120
    while not path.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail("\n".join(process.communicate()))
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_stop_in_the_middle_leaves_no_half_file(desk: Desk, monkeypatch: pytest.MonkeyPatch, how: int) -> None:
    mark = desk.folder / "mulai"
    program = desk.fake_soffice(monkeypatch, f"Path({str(mark)!r}).touch(); {HALF}; time.sleep(600)")
    # A shell that runs the tests in the background lets them ignore SIGINT, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = desk.start("build", TERTIB_SOFFICE=str(program))
    signal.signal(signal.SIGINT, before)
    wait_for(mark, process)
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in out + err
    if how != signal.SIGKILL:
        assert process.returncode == 130, err
        assert "Dihentikan" in err
    assert set(desk.visible()) == {DOCX}
    stop_fakes(program)
    desk.no_soffice(monkeypatch)
    assert desk.run("build").code == 3, "the next run is not hindered"
    assert list((desk.folder / "outputs/.tertib/kerja").iterdir()) == []


def stop_fakes(program: Path) -> None:
    """End fake converters that a killed run left behind (only those started from ``program``)."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(program).encode() in entry.read_bytes():
                os.kill(int(entry.parent.name), signal.SIGKILL)
        except OSError:
            continue
