"""A library that is not installed: it is named, with what to do; what does not need it works, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.office import Workplace
from tests.reliability.stages import Stage

PDF = "outputs/uji/sop/surat.pdf"
NEEDED = [
    ("click", ("check",)),
    ("yaml", ("check",)),
    ("pikepdf", ("build", "--force")),
    ("pikepdf", ("verify", "kembali/surat.pdf")),
    ("pyhanko", ("archive", "--signed", "kembali")),
    ("pyhanko", ("sign", PDF)),
]
NOT_NEEDED = [("pikepdf", ("check", "inputs/uji/sop")), ("pyhanko", ("verify", "outputs/uji/arsip"))]


@pytest.fixture
def place(stages: tuple[Stage, ...], tmp_path: Path) -> Workplace:
    """A folder with an archive, and a signed file that came back."""
    return stages[-1].before.copy(tmp_path / "tempat")


@pytest.mark.parametrize(("library", "command"), NEEDED)
def test_what_is_missing_is_named(place: Workplace, library: str, command: tuple[str, ...]) -> None:
    before = documents(place)
    code, told = place.run(*command, *(place.key() if command[0] == "sign" else ()), without=library)
    said = " ".join(told.split())
    assert code == 2, told
    assert f"Bagian {library} dari program ini tidak terpasang" in said
    assert "setup.sh venv requirements.lock" in said
    assert "Traceback" not in said
    assert "esalahan program" not in said
    assert documents(place) == before


@pytest.mark.parametrize(("library", "command"), NOT_NEEDED)
def test_what_does_not_need_it_works(place: Workplace, library: str, command: tuple[str, ...]) -> None:
    code, told = place.run(*command, without=library)
    assert code == 0, told


@pytest.mark.parametrize("library", ["fsspec", "s3fs"])
def test_an_archive_elsewhere_needs_more(place: Workplace, library: str) -> None:
    office = place.folder / "inputs/uji/kantor.yaml"
    office.write_text(f"{office.read_text(encoding='utf-8')}arsip: {{alamat: s3://ember/arsip}}\n", encoding="utf-8")
    before = documents(place)
    code, told = place.run("archive", without=library)
    said = " ".join(told.split())
    assert code == 2, told
    assert "Arsip di s3:// memerlukan bagian tambahan yang belum terpasang. Pasang di folder Tertib dengan: " in said
    assert 'pip install -e ".[s3]"' in said
    assert "Traceback" not in said
    assert documents(place) == before


def documents(place: Workplace) -> dict[str, str]:
    """All that is visible but the report of the last run."""
    return {name: digest for name, digest in place.visible().items() if not name.startswith("temuan.")}
