"""Number and title of SOPs that are not read themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.inputs import OfficeInput
from pipeline.readers.office import read_office
from pipeline.readers.siblings import siblings
from tests.readers.sample import Write

SPELLINGS = [
    ("nomor: 1/2\njudul: Pelaksanaan Reses\n", ("1/2", "Pelaksanaan Reses")),
    ("judul: 'Pelaksanaan Reses'\nnomor: \"1/2\"", ("1/2", "Pelaksanaan Reses")),
    ("judul: Pelaksanaan Reses   # usulan\nnomor:\n", ("", "Pelaksanaan Reses")),
    ("judul: >-\n  Pelaksanaan\n  Reses\nnomor: 1/2\n", ("1/2", "Pelaksanaan Reses")),
    ("judul: Pelaksanaan\n  Reses\nnomor: 1/2\n", ("1/2", "Pelaksanaan Reses")),
    ("judul: 'Reses ''A'''\n", ("", "Reses 'A'")),
    ("{judul: Pelaksanaan Reses, nomor: 1/2}\n", ("1/2", "Pelaksanaan Reses")),
    ("\ufeffjudul: Pelaksanaan Reses\r\nnomor: 1/2\r\n", ("1/2", "Pelaksanaan Reses")),
    ("langkah:\n  - judul: Bukan ini\njudul: Pelaksanaan Reses\n", ("", "Pelaksanaan Reses")),
    ("judul: [Reses]\n", ("", "")),
    ("nomor: 1/2\n", ("1/2", "")),
]


@pytest.fixture
def office(write: Write, tmp_path: Path) -> OfficeInput:
    write("k/kantor.yaml", "pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\n")
    return read_office(tmp_path / "k", tmp_path)


@pytest.mark.parametrize(("text", "found"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_spellings(write: Write, tmp_path: Path, office: OfficeInput, text: str, found: tuple[str, str]) -> None:
    own = write("k/sop/a.yaml", "judul: A\n")
    write("k/sop/b.yaml", text)
    (other,) = siblings([own], office, tmp_path)
    assert other.sop is not None
    assert (other.sop.number, other.sop.title) == found
    assert (other.id, other.places[()].file) == ("k/sop/b", "k/sop/b.yaml")


@pytest.mark.parametrize(
    ("name", "data"),
    [("b.xlsx", b"PK"), ("b.yaml", b"judul: \xff\xfe"), ("b.yaml", b"judul: [a\n"), ("b.yaml", b"- a\n")],
)
def test_what_is_not_known(write: Write, tmp_path: Path, office: OfficeInput, name: str, data: bytes) -> None:
    own = write("k/sop/a.yaml", "judul: A\n")
    (tmp_path / "k/sop" / name).write_bytes(data)
    (other,) = siblings([own], office, tmp_path)
    assert other.sop is None


def test_all_others_once_and_nothing_else(write: Write, tmp_path: Path, office: OfficeInput) -> None:
    own = [write(f"k/sop/{name}.yaml", "judul: A\n") for name in "ab"]
    for name in ("d.yaml", "c.yml", "c.langkah.csv", "~$x.xlsx", ".e.yaml", "x.txt"):
        write(f"k/sop/{name}", "judul: B\n")
    assert [other.path.name for other in siblings(own, office, tmp_path)] == ["c.yml", "d.yaml"]
    assert siblings([], office, tmp_path) == ()


def test_one_that_changes_is_read_again(write: Write, tmp_path: Path, office: OfficeInput) -> None:
    own = write("k/sop/a.yaml", "judul: A\n")
    for title in ("Reses", "Rapat Paripurna", "Rapat Paripurni"):  # the last in the same moment, and no longer
        write("k/sop/b.yaml", f"judul: {title}\n")
        (other,) = siblings([own], office, tmp_path)
        assert other.sop is not None
        assert other.sop.title == title


def test_the_place_of_one_in_the_working_folder(write: Write, tmp_path: Path, office: OfficeInput) -> None:
    own = write("k/sop/a.yaml", "judul: A\n")
    write("k/sop/b.yaml", "judul: B\n")
    (other,) = siblings([own], office, tmp_path / "k/sop")
    assert other.places[()].file == "b.yaml"
