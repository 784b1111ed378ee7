"""What PATH arguments mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.readers.workspace import find

FILES = (
    "inputs/alfa/kantor.yaml",
    "inputs/alfa/jabatan.csv",
    "inputs/alfa/sop/satu.yaml",
    "inputs/alfa/sop/satu.langkah.csv",
    "inputs/alfa/sop/dua.xlsx",
    "inputs/alfa/sop/~$dua.xlsx",
    "inputs/alfa/sop/.dua.yaml",
    "inputs/alfa/sop/catatan.txt",
    "inputs/alfa/reses/2023-masa-1/reses.yaml",
    "inputs/alfa/reses/2023-masa-1/anggota.csv",
    "inputs/alfa/reses/2023-masa-2/reses.xlsx",
    "inputs/alfa/reses/kosong/catatan.txt",
    "inputs/delta/Reses/tanpa-induk/anggota.csv",
    "inputs/delta/Reses/salah-nama/rekap.xlsx",
    "inputs/delta/Reses/salah-nama/.~lock.rekap.xlsx#",
    "inputs/delta/SOP/folder.yaml/isi.txt",
    "inputs/beta/sop/tiga.yaml",
    "inputs/gama/kantor.yaml",
    "docs/a.md",
)
SOPS = ("alfa/sop/dua.xlsx", "alfa/sop/satu.yaml", "beta/sop/tiga.yaml")
RECESSES = ("alfa/reses/2023-masa-1", "alfa/reses/2023-masa-2")
BROKEN = ("delta/Reses/salah-nama", "delta/Reses/tanpa-induk")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1\n")
    return tmp_path


CASES = [
    ((), (*SOPS, "delta/SOP/folder.yaml"), (*RECESSES, *BROKEN), ("alfa", "beta", "delta", "gama")),
    (("inputs",), (*SOPS, "delta/SOP/folder.yaml"), (*RECESSES, *BROKEN), ("alfa", "beta", "delta", "gama")),
    (("inputs/delta/SOP",), ("delta/SOP/folder.yaml",), (), ("delta",)),
    (("inputs/delta/Reses/tanpa-induk",), (), BROKEN[1:], ("delta",)),
    (("inputs/delta/Reses/salah-nama/rekap.xlsx",), (), BROKEN[:1], ("delta",)),
    (("inputs/alfa",), SOPS[:2], RECESSES, ("alfa",)),
    (("inputs/alfa/sop",), SOPS[:2], (), ("alfa",)),
    (("inputs/alfa/sop/satu.yaml",), SOPS[1:2], (), ("alfa",)),
    (("inputs/alfa/sop/satu.langkah.csv",), SOPS[1:2], (), ("alfa",)),
    (("inputs/alfa/sop/dua.xlsx",), SOPS[:1], (), ("alfa",)),
    (("inputs/alfa/reses",), (), RECESSES, ("alfa",)),
    (("inputs/alfa/reses/2023-masa-2",), (), RECESSES[1:], ("alfa",)),
    (("inputs/alfa/reses/2023-masa-1/anggota.csv",), (), RECESSES[:1], ("alfa",)),
    (("inputs/alfa/reses/2023-masa-2/reses.xlsx",), (), RECESSES[1:], ("alfa",)),
    (("inputs/alfa/jabatan.csv",), SOPS[:2], RECESSES, ("alfa",)),
    (("inputs/gama",), (), (), ("gama",)),
    (("inputs/beta", "inputs/alfa/sop", "inputs/beta/sop/tiga.yaml"), (SOPS[2], *SOPS[:2]), (), ("alfa", "beta")),
]


@pytest.mark.parametrize(("paths", "sops", "recesses", "offices"), CASES)
def test_find(
    root: Path, paths: tuple[str, ...], sops: tuple[str, ...], recesses: tuple[str, ...], offices: tuple[str, ...]
) -> None:
    found = find([Path(path) for path in paths], root)
    inputs = root / "inputs"
    assert found.sops == tuple(inputs / name for name in sops)
    assert found.recesses == tuple(inputs / name for name in recesses)
    assert found.offices == tuple(inputs / name for name in offices)


def test_absolute_paths(root: Path) -> None:
    assert find([root / "inputs/beta"], root).sops == (root / "inputs/beta/sop/tiga.yaml",)


ERRORS = [
    ("input/alfa", "`input/alfa` tidak ada; maksud Anda `inputs/alfa`?"),
    ("inputs/alfa/sop/sat.yaml", "`inputs/alfa/sop/sat.yaml` tidak ada; maksud Anda `inputs/alfa/sop/satu.yaml`?"),
    ("allfa", "`allfa` tidak ada; maksud Anda `inputs/alfa`?"),
    ("zzz/yyy", "`zzz/yyy` tidak ada; periksa namanya"),
    ("docs", "`docs` bukan kantor, SOP (.yaml, .xlsx) atau folder reses"),
    ("docs/a.md", "`docs/a.md` bukan kantor, SOP (.yaml, .xlsx) atau folder reses"),
    ("inputs/alfa/reses/kosong", "`inputs/alfa/reses/kosong` bukan kantor"),
    ("a\0b", "tidak ada; periksa namanya"),
]


@pytest.mark.parametrize(("path", "text"), ERRORS)
def test_errors_say_what_to_do(root: Path, path: str, text: str) -> None:
    with pytest.raises(UsageError) as raised:
        find([Path(path)], root)
    assert text in raised.value.text("id")
    assert raised.value.text("en") != raised.value.text("id")


@pytest.mark.parametrize("paths", [[], [Path("inputs")]])
def test_no_inputs_at_all(tmp_path: Path, paths: list[Path]) -> None:
    (tmp_path / "outputs").mkdir()
    with pytest.raises(UsageError, match="inputs") as raised:
        find(paths, tmp_path)
    assert "outputs" not in raised.value.text("id")
    assert "Pindah dahulu ke folder Tertib" in raised.value.text("id")


def test_outputs_are_never_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    with pytest.raises(UsageError, match="check its name"):
        find([Path("output")], tmp_path)


@pytest.mark.parametrize(
    ("link", "target"),
    [("alfa/atas", ".."), ("alfa/diri", "."), ("atas", "../.."), ("beta/sop/lagi", "."), ("alfa/putar", "putar")],
)
@pytest.mark.parametrize("path", ["inputs", "inputs/alfa"])
def test_links_that_turn_in_a_circle_are_passed_over(root: Path, link: str, target: str, path: str) -> None:
    before = find([Path(path)], root)
    (root / "inputs" / link).symlink_to(target)
    assert find([Path(path)], root) == before


def test_two_folders_that_lead_into_each_other(root: Path) -> None:
    before = find([], root)
    (root / "inputs/alfa/lain").symlink_to("../gama")
    (root / "inputs/gama/lain").symlink_to("../alfa")
    found = find([], root)
    assert set(before.sops) < set(found.sops)
    assert len(found.sops) < 3 * len(before.sops)


def test_a_link_to_an_office_elsewhere_is_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("kantor")
    (elsewhere / "sop").mkdir()
    (elsewhere / "sop/jauh.yaml").write_text("a: 1\n")
    (root / "inputs/jauh").symlink_to(elsewhere)
    assert root / "inputs/jauh/sop/jauh.yaml" in find([], root).sops


def test_what_is_named_twice_is_found_once(root: Path) -> None:
    assert find([Path("inputs/alfa"), Path("inputs/beta/../alfa/sop")], root) == find([Path("inputs/alfa")], root)


@pytest.mark.parametrize(("target", "words"), [("tidak-ada", "tautan"), ("putar", "berputar")])
def test_a_link_that_leads_nowhere_is_called_one(root: Path, target: str, words: str) -> None:
    (root / "putar").symlink_to(target)
    with pytest.raises(UsageError) as error:
        find([Path("putar")], root)
    assert words in error.value.text("id")
    assert "maksud Anda" not in error.value.text("id")
