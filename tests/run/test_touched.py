"""What a changed file touches."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.run.settings import Settings
from pipeline.run.touched import Scope, Touched

FILES = {
    "inputs/satu/kantor.yaml": "logo: lambang.png\n",
    "inputs/satu/lambang.png": "",
    "inputs/satu/jabatan.csv": "",
    "inputs/satu/sop/a.yaml": "judul: A\n",
    "inputs/satu/sop/a.langkah.csv": "",
    "inputs/satu/sop/b.yaml": "langkah: bersama.csv\n",
    "inputs/satu/sop/bersama.csv": "",
    "inputs/satu/sop/c.xlsx": "",
    "inputs/satu/reses/2026-masa-1/reses.yaml": "",
    "inputs/satu/reses/2026-masa-1/aspirasi.csv": "",
    "inputs/satu/templates/sop.docx": "",
    "inputs/dua/kantor.yaml": "unit: Sekretariat DPRD\n",
    "inputs/dua/sop/d.yml": "judul: D\n",
    "templates/sop.docx": "",
    "templates/rekap-reses.docx": "",
    "outputs/satu/sop/a.docx": "",
}
FIRST = ["satu/sop/a.yaml", "satu/sop/b.yaml", "satu/sop/c.xlsx"]
EVERY = [*FIRST, "dua/sop/d.yml"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def scope(root: Path, *paths: str) -> Scope:
    return Scope(Settings(root, root / "outputs", dt.date(2026, 3, 1), tuple(map(Path, paths))))


def touched(root: Path, *names: str, paths: Sequence[str] = ()) -> Touched:
    watched = scope(root, *paths)
    return watched.touched([root / name for name in names if watched.is_input(root / name)])


def told(paths: Sequence[Path], root: Path) -> list[str]:
    return [path.relative_to(root / "inputs").as_posix() for path in paths]


@pytest.mark.parametrize(
    ("name", "sops"),
    [
        ("inputs/satu/sop/a.yaml", FIRST[:1]),
        ("inputs/satu/sop/a.langkah.csv", FIRST[:1]),
        ("inputs/satu/sop/bersama.csv", FIRST[1:2]),
        ("inputs/satu/sop/c.xlsx", FIRST[2:]),
        ("inputs/satu/sop/lain.csv", []),
        ("inputs/satu/kantor.yaml", FIRST),
        ("inputs/satu/jabatan.csv", FIRST),
        ("inputs/satu/pejabat.csv", FIRST),
        ("inputs/satu/lambang.png", FIRST),
        ("inputs/satu/foto.png", []),
        ("inputs/satu/templates/sop.docx", FIRST),
        ("inputs/dua/kantor.yaml", EVERY[3:]),
        ("inputs/dua/templates/sop.docx", EVERY[3:]),
        ("inputs/satu", FIRST),
        ("inputs/satu/sop/~$c.xlsx", []),
        ("inputs/satu/sop/.~lock.c.xlsx#", []),
        ("inputs/satu/sop/.a.yaml.swp", []),
        ("inputs/satu/sop/a.yaml~", []),
        ("inputs/satu/sop/a.yaml.bak", []),
        ("inputs/satu/sop/4913", []),
        ("inputs/satu/sop/C07E1A00", []),
        ("inputs/satu/.git/sop/a.yaml", []),
        ("inputs/satu/arsip/sop/a.yaml", []),
        ("outputs/satu/sop/a.docx", []),
        ("inputs/catatan.docx", []),
    ],
)
def test_sops_that_are_made_of_a_file(root: Path, name: str, sops: list[str]) -> None:
    found = touched(root, name)
    assert sorted(told(found.sops, root)) == sorted(sops)
    assert (found.gone, found.recesses, found.commands) == ((), (), ())


def test_the_template_of_all_offices(root: Path) -> None:
    assert sorted(told(touched(root, "templates/sop.docx").sops, root)) == sorted(EVERY)


def test_templates_of_what_is_not_made_while_watching(root: Path) -> None:
    names = ("templates/rekap-reses.docx", "inputs/satu/templates/buku-sop.docx")
    found = touched(root, *names)
    assert found.commands == (("tertib book", root / names[1]), ("tertib recap", root / names[0]))
    assert found.sops == ()


def test_files_of_a_recess(root: Path) -> None:
    folder = "inputs/satu/reses/2026-masa-1"
    found = touched(root, f"{folder}/aspirasi.csv", f"{folder}/reses.yaml", f"{folder}/~$aspirasi.csv")
    assert found == Touched(recesses=(root / folder,))
    assert touched(root, f"{folder}/foto/a.png") == Touched()


def test_only_what_was_asked_for(root: Path) -> None:
    chosen = ["inputs/satu/sop/a.yaml"]
    assert scope(root, *chosen).roots == (root / "inputs/satu", root / "templates")
    for name in ("inputs/satu/kantor.yaml", "templates/sop.docx", "inputs/satu/sop/a.langkah.csv"):
        assert told(touched(root, name, paths=chosen).sops, root) == FIRST[:1]
    assert touched(root, "inputs/satu/sop/b.yaml", "inputs/dua/sop/d.yml", paths=chosen) == Touched()
    assert told(touched(root, "inputs/satu/kantor.yaml", paths=["inputs/satu/jabatan.csv"]).sops, root) == FIRST


def test_a_new_sop_and_one_that_is_gone(root: Path) -> None:
    watched = scope(root)
    new, old = root / "inputs/satu/sop/baru.yaml", root / "inputs/satu/sop/a.yaml"
    old.rename(new)
    found = watched.touched([old, new])
    assert (found.sops, found.gone) == ((new,), (old,))
    assert new in watched.sops
    assert old not in watched.sops
    assert watched.touched([old]) == Touched()  # told once


def test_a_folder_that_is_gone(root: Path) -> None:
    watched = scope(root)
    shutil.rmtree(root / "inputs/satu/sop")
    assert told(sorted(watched.touched([root / "inputs/satu/sop"]).gone), root) == FIRST


def test_an_office_that_comes(root: Path) -> None:
    watched = scope(root)
    shutil.copytree(root / "inputs/satu", root / "inputs/tiga")
    assert [path.parent.parent.name for path in watched.touched([root / "inputs/tiga"]).sops] == ["tiga"] * 3


def test_a_path_that_is_not_there(root: Path) -> None:
    with pytest.raises(UsageError):
        scope(root, "inputs/empat")
