"""``check --fix`` where things go wrong: whatever happens, every file is either as it was or as it should be."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.run import fix, mending
from tests.cli.desk import SOP, STEPS, Desk

WRONG = "Jika surat tidak dicatat, maka surat sulit di sampaikan kembali"
RIGHT = "Jika surat tidak dicatat, maka surat sulit disampaikan kembali"
GOOD_SOP = SOP.replace("Pemerintahan Daerah\n", "Pemerintahan Daerah.\n")
LINE = "peringatan: Jika surat tidak dicatat, maka surat sulit ditemukan kembali\n"


def sop(desk: Desk, line: str, name: str = "surat") -> Path:
    """The SOP with ``line`` in the place of its warning."""
    assert LINE in GOOD_SOP
    return desk.put(f"sop/{name}.yaml", GOOD_SOP.replace(LINE, line))


def fixed(desk: Desk) -> str:
    """What became of the SOP's file after its head and before its tail, which have to stay."""
    ran = desk.run("check", "--fix", "--select", "BHS-01")
    assert ran.code in (0, 1), ran.err
    text = (desk.office / "sop/surat.yaml").read_bytes().decode()
    head, tail = GOOD_SOP.split(LINE)
    assert text.startswith(head)
    assert text.endswith(tail)
    return text[len(head) : len(text) - len(tail)]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (f"peringatan: {WRONG}   # di sampaikan\n", f"peringatan: {RIGHT}   # di sampaikan\n"),
        (f"peringatan: '{WRONG}'\n", f"peringatan: '{RIGHT}'\n"),
        (f'peringatan: "{WRONG}" # ya\n', f'peringatan: "{RIGHT}" # ya\n'),
        (f"peringatan:\n  - {WRONG}\n  - lain\n", f"peringatan:\n  - {RIGHT}\n  - lain\n"),
        (f"peringatan: [{{}}, {WRONG!r}]\n".replace("{}, ", ""), f"peringatan: [{RIGHT!r}]\n"),
        (
            "peringatan: >-\n  Jika surat tidak dicatat,\n  maka surat sulit di sampaikan kembali\n",
            "peringatan: >-\n  Jika surat tidak dicatat,\n  maka surat sulit disampaikan kembali\n",
        ),
        (
            "peringatan: |-\n  Jika surat tidak dicatat,\n  maka surat sulit di sampaikan kembali\n",
            "peringatan: |-\n  Jika surat tidak dicatat,\n  maka surat sulit disampaikan kembali\n",
        ),
        (
            "peringatan: Jika surat tidak dicatat,\n  maka surat sulit di sampaikan\n  kembali\n",
            "peringatan: Jika surat tidak dicatat,\n  maka surat sulit disampaikan\n  kembali\n",
        ),
    ],
)
def test_yaml_in_every_style(desk: Desk, line: str, after: str) -> None:
    sop(desk, line)
    assert fixed(desk) == after


@pytest.mark.parametrize(
    "line",
    [
        f"peringatan: &sama {WRONG}\npencatatan_lain: *sama\n",
        f"peringatan:\n  - &sama {WRONG}\n  - *sama\n",
    ],
)
def test_a_value_that_stands_for_others_too_is_left_alone_and_not_promised(desk: Desk, line: str) -> None:
    sop(desk, line)
    assert fixed(desk) == line
    ran = desk.run("check", "--select", "BHS-01")
    assert "BHS-01" in ran.out
    assert "--fix" not in ran.out


def test_the_same_value_twice_in_a_list_is_put_right_at_both_places(desk: Desk) -> None:
    sop(desk, f"peringatan:\n  - {WRONG}\n  - {WRONG}\n")
    assert fixed(desk) == f"peringatan:\n  - {RIGHT}\n  - {RIGHT}\n"


def steps(desk: Desk, text: str) -> bytes:
    path = desk.put("sop/surat.langkah.csv", text.encode())
    ran = desk.run("check", "--fix", "--select", "BHS-01")
    assert ran.code in (0, 1), ran.err
    return path.read_bytes()


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        ("Surat masuk di catat", "Surat masuk dicatat"),
        ('"Surat masuk, di catat"', '"Surat masuk, dicatat"'),
        ('"Surat ""masuk"" di catat"', '"Surat ""masuk"" dicatat"'),
        ('"Surat masuk\ndi catat"', '"Surat masuk\ndicatat"'),
        ("Surat masuk; lembar di catat", "Surat masuk; lembar dicatat"),
        ("Surat di catat; Surat di catat", "Surat di catat; Surat di catat"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeffsep=,\n"])
def test_csv_in_every_style(desk: Desk, cell: str, after: str, end: str, mark: str) -> None:
    before = mark + STEPS.replace("Surat masuk tercatat,,mulai", f"{cell},,mulai")
    assert cell in before
    expected = before.replace(cell, after).replace("\n", end)
    assert steps(desk, before.replace("\n", end)) == expected.encode()


def test_a_yaml_with_byte_order_mark_and_carriage_returns(desk: Desk) -> None:
    before = ("\ufeff" + GOOD_SOP.replace("sulit ditemukan", "sulit di sampaikan")).replace("\n", "\r\n")
    path = desk.put("sop/surat.yaml", before.encode())
    desk.run("check", "--fix", "--select", "BHS-01")
    assert path.read_bytes() == before.replace("di sampaikan", "disampaikan").encode()


def test_a_link_stays_a_link(desk: Desk) -> None:
    path = sop(desk, f"peringatan: {WRONG}\n")
    real = desk.folder / "lain.yaml"
    path.rename(real)
    path.symlink_to(real)
    desk.run("check", "--fix", "--select", "BHS-01")
    assert path.is_symlink()
    assert RIGHT in real.read_text(encoding="utf-8")


def test_who_may_read_a_file_stays_as_it_is(desk: Desk) -> None:
    path = sop(desk, f"peringatan: {WRONG}\n")
    path.chmod(0o640)
    desk.run("check", "--fix", "--select", "BHS-01")
    assert RIGHT in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_alone_and_told(desk: Desk) -> None:
    path = sop(desk, f"peringatan: {WRONG}\n")
    path.chmod(0o444)
    ran = desk.run("check", "--fix", "--select", "BHS-01")
    assert "hanya dapat dibaca" in ran.out
    assert "temuan diperbaiki" not in ran.out
    assert WRONG in path.read_text(encoding="utf-8")


def test_a_file_that_changes_meanwhile_is_left_alone_and_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sop(desk, f"peringatan: {WRONG}\n")
    newer = path.read_text(encoding="utf-8") + "# baru saja ditambahkan\n"
    found = mending.fixed_files

    def edited(*args: object) -> object:
        files = found(*args)  # type: ignore[arg-type]
        path.write_text(newer, encoding="utf-8")
        return files

    monkeypatch.setattr(fix, "fixed_files", edited)
    ran = desk.run("check", "--fix", "--select", "BHS-01")
    assert "berubah selagi diperiksa" in ran.out
    assert path.read_text(encoding="utf-8") == newer


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_told_and_leaves_everything(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = sop(desk, f"peringatan: {WRONG}\n")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    ran = desk.run("check", "--fix", "--select", "BHS-01", "--no-cache")
    monkeypatch.undo()
    assert ran.code == 2
    assert "penyimpanan penuh" in ran.err
    assert "Tidak ada berkas yang diubah" in ran.err
    assert WRONG in path.read_text(encoding="utf-8")
    assert [each.name for each in path.parent.iterdir() if each.name.endswith(".baru")] == []


def test_where_a_later_file_fails_the_earlier_ones_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sop(desk, f"peringatan: {WRONG}\n", "a")
    second = sop(desk, f"peringatan: {WRONG}\n", "b")
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "b.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    ran = desk.run("check", "--fix", "--select", "BHS-01", "--no-cache")
    assert ran.code == 2
    assert "1 berkas sebelumnya sudah diperbaiki" in " ".join(ran.err.split())
    assert RIGHT in first.read_text(encoding="utf-8")
    assert WRONG in second.read_text(encoding="utf-8")


def test_a_run_that_is_killed_between_two_files(desk: Desk) -> None:
    files = [sop(desk, f"peringatan: {WRONG}\n", f"s{number}") for number in range(6)]
    before = files[0].read_bytes()
    code = (
        "import os, signal\nfrom pipeline.run import fix\nreal = fix._replace\ncount = 0\n"
        "def replace(target, data):\n    global count\n    count += 1\n"
        "    if count == 4:\n        os.kill(os.getpid(), signal.SIGKILL)\n    real(target, data)\n"
        "fix._replace = replace\nfrom pipeline.cli.app import main\n"
        "main(['check', '--fix', '--select', 'BHS-01', '--no-cache'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=desk.folder, env=environment, capture_output=True, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    after = before.replace(WRONG.encode(), RIGHT.encode())
    contents = [path.read_bytes() for path in files]
    assert contents == [after] * 3 + [before] * 3
    desk.run("check", "--fix", "--select", "BHS-01", "--no-cache")
    assert [path.read_bytes() for path in files] == [after] * 6


def test_two_runs_at_once(desk: Desk) -> None:
    files = [sop(desk, f"peringatan: {WRONG}\n", f"s{number}") for number in range(8)]
    before = files[0].read_bytes()
    runs = [desk.start("check", "--fix", "--select", "BHS-01") for _ in range(2)]
    ended = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], ended
    after = before.replace(WRONG.encode(), RIGHT.encode())
    assert [path.read_bytes() for path in files] == [after] * 8
    kept = [path for path in (desk.folder / "outputs/.tertib/sebelum-perbaikan").rglob("s*.yaml")]
    assert {path.read_bytes() for path in kept} == {before}
    assert {path.name for path in kept} == {path.name for path in files}


def test_a_second_fix_within_the_same_second_keeps_both_texts(desk: Desk) -> None:
    path = sop(desk, f"peringatan: {WRONG}\n")
    first = path.read_bytes()
    desk.run("check", "--fix", "--select", "BHS-01")
    path.write_bytes(first + b"# lagi\n")
    desk.run("check", "--fix", "--select", "BHS-01")
    kept = [each.read_bytes() for each in (desk.folder / "outputs/.tertib/sebelum-perbaikan").rglob("surat.yaml")]
    assert sorted(kept) == sorted([first, first + b"# lagi\n"])


def test_workbooks_are_not_changed_and_it_says_so(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "sop"
    for row in (("judul", "Pengelolaan Surat"), ("peringatan", WRONG), ("nomor", "01/SOP/2026")):
        sheet.append(row)
    steps_sheet = book.create_sheet("langkah")
    for line in STEPS.splitlines():
        steps_sheet.append(line.split(","))
    path = desk.office / "sop/buku.xlsx"
    book.save(path)
    before = path.read_bytes()
    ran = desk.run("check", "--fix", str(path), "--select", "BHS-01")
    assert path.read_bytes() == before
    assert "BHS-01" in ran.out
    assert "Tidak ada temuan yang dapat diperbaiki otomatis" in ran.out
    assert "1 temuan serupa ada di buku kerja Excel" in " ".join(ran.out.split())
    assert "tertib check --fix (lihat" not in ran.out


def test_the_signer_of_the_register_is_put_right_once_for_all(desk: Desk) -> None:
    desk.edit("pejabat.csv", "Pejabat Contoh,", '"Pejabat Contoh, S.H.,M.Hum",')
    sop(desk, LINE, "kedua")
    ran = desk.run("check", "--fix", "--select", "TTD-04")
    assert '"Pejabat Contoh, S.H., M.Hum.",' in (desk.office / "pejabat.csv").read_text(encoding="utf-8")
    assert "2 temuan diperbaiki di 1 berkas" in ran.out
