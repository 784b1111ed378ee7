"""Bags, judged by the reference implementation of the format and by the program's own check."""

from __future__ import annotations

import datetime as dt
import logging
import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from pipeline.archive import bagit as bags
from pipeline.archive.bag_proof import decoded, prove
from pipeline.archive.parcel import Parcel
from pipeline.archive.storage import checked
from pipeline.errors import ArchiveError, OutputError
from tests.archive.samples import filled, local, parcel

DAY = dt.date(2026, 4, 1)
DOCUMENTS = {
    "sop/reses": [
        {"reses.pdf": b"%PDF satu", "reses.docx": b"PK satu", "sumber/sop/reses.yaml": b"judul: Reses\n"},
        {"reses.pdf": b"%PDF dua", "reses.docx": b"PK satu", "sumber/sop/reses.yaml": b"judul: Reses\n"},
    ],
    "reses/2026-masa-1": [{"rekapitulasi.pdf": b"%PDF", "anggota/a b.pdf": b"%PDF a", "anggota/é.pdf": b""}],
}


@pytest.fixture(autouse=True)
def quiet() -> None:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    filled(local(tmp_path / "arsip"), tmp_path / "kerja", DOCUMENTS)
    return tmp_path / "arsip"


def export(archive: Path, target: Path, items: tuple[str, ...] | None = None, day: dt.date = DAY) -> bool:
    """One export."""
    return bags.export(parcel(local(archive), items), target, day, "tertib 1")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_archive_becomes_a_valid_bag(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "serah/contoh"
    assert export(archive, target)
    bag = bagit.Bag(str(target))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert files(target / "data") == files(archive)
    assert bag.info["External-Identifier"] == "urn:x-tertib:contoh"
    assert bag.info["Source-Organization"] == "Sekretariat DPRD Kabupaten Contoh"
    assert bag.info["Bagging-Date"] == "2026-04-01"
    sizes = [len(data) for data in files(archive).values()]
    assert bag.info["Payload-Oxum"] == f"{sum(sizes)}.{len(sizes)}"
    assert prove(target, "serah").findings == ()


def test_one_document_becomes_a_bag_of_its_own(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "serah"
    assert export(archive, target, ("sop/reses",))
    bagit.Bag(str(target)).validate()
    names = files(target / "data")
    assert {name.split("/")[0] for name in names} == {"sop", "BACA-SAYA.txt", "format.txt", "catatan.jsonl"}
    assert "sop/reses/v002/reses.pdf" in names


def test_the_same_archive_makes_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    export(archive, tmp_path / "a")
    export(archive, tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_what_is_there_already_is_left_as_it_is(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "serah"
    export(archive, target)
    before = files(target)
    assert not export(archive, target, day=DAY + dt.timedelta(days=9))
    assert files(target) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def _delete(bag: Path) -> None:
    (bag / "data/sop/reses/v001/reses.pdf").unlink()


def _change(bag: Path) -> None:
    path = bag / "data/sop/reses/v001/reses.pdf"
    path.write_bytes(b"%PDF lain"[: path.stat().st_size])


def _add(bag: Path) -> None:
    (bag / "data/lain.txt").write_bytes(b"x")


def _retell(bag: Path) -> None:
    path = bag / "bag-info.txt"
    path.write_bytes(path.read_bytes().replace(b"Contoh", b"Cantik"))


def _declare(bag: Path) -> None:
    (bag / "bagit.txt").write_bytes(b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")


TAMPERED: dict[str, Callable[[Path], None]] = {
    "missing": _delete, "changed": _change, "extra": _add, "told otherwise": _retell, "declared otherwise": _declare,
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_a_bag_that_was_changed_is_noticed_and_not_overwritten(archive: Path, tmp_path: Path, how: str) -> None:
    target = tmp_path / "serah"
    export(archive, target)
    TAMPERED[how](target)
    before = files(target)
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(target)).validate()
    assert not prove(target, "serah").whole
    with pytest.raises(OutputError):
        export(archive, target)
    assert files(target) == before


def test_another_folder_is_not_overwritten(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "serah").mkdir()
    (tmp_path / "serah/surat.txt").write_bytes(b"penting")
    with pytest.raises(OutputError):
        export(archive, tmp_path / "serah")
    assert files(tmp_path / "serah") == {"surat.txt": b"penting"}


def test_a_damaged_archive_makes_no_bag(archive: Path, tmp_path: Path) -> None:
    (archive / "sop/reses/v001/reses.pdf").write_bytes(b"%PDF lain")
    with pytest.raises(ArchiveError):
        export(archive, tmp_path / "serah")
    assert not (tmp_path / "serah").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_a_killed_export_left_is_removed_a_day_later(archive: Path, tmp_path: Path) -> None:
    for name, age in (("lama", 2 * 86400), ("baru", 60)):
        left = tmp_path / f".tertib-ekspor-{name}"
        (left / "data").mkdir(parents=True)
        os.utime(left, (time.time() - age,) * 2)
    export(archive, tmp_path / "serah")
    assert [path.name for path in tmp_path.glob(".tertib-ekspor-*")] == [".tertib-ekspor-baru"]


_SIGNS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/\\\u2028\u2029")
_NAMES = st.one_of(
    st.text(_SIGNS, min_size=1, max_size=40),
    st.sampled_from(["a b", " awal", "akhir ", "é", "e\u0301", "#", "~a", "a'b\"c", "x" * 180, "نص", "a*b?", "-a"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(_NAMES, min_size=1, max_size=5))
def test_odd_names_survive(tmp_path_factory: pytest.TempPathFactory, names: set[str]) -> None:
    assume(len({unicodedata.normalize("NFC", name) for name in names}) == len(names))
    assume(all(len(name.encode()) < 200 and name.strip(". ") and _fits(f"sumber/{name}") for name in names))
    folder = tmp_path_factory.mktemp("nama")
    version = {"a.pdf": b"%PDF"} | {f"sumber/{name}": name.encode() for name in names}
    filled(local(folder / "arsip"), folder / "kerja", {"sop/a": [version]})
    export(folder / "arsip", folder / "serah")
    assert prove(folder / "serah", "serah").findings == ()
    assert files(folder / "serah/data") == files(folder / "arsip")
    # The reference implementation reads neither %25 (RFC 8493, 2.1.3) nor a blank at the end of a name.
    if not any("%" in name or name != name.rstrip() for name in names):
        bagit.Bag(str(folder / "serah")).validate()


def _fits(name: str) -> bool:
    try:
        return checked(name) == name
    except ArchiveError:
        return False


@example("a%0Ab%0d%25")
@given(st.text(_SIGNS | st.sampled_from("%\r\n")))
def test_names_in_manifests_read_back(name: str) -> None:
    told = bags.encoded(name)
    assert decoded(told) == name
    assert not set("\r\n") & set(told)


def test_numbers_of_signs_are_read_in_either_case() -> None:
    """RFC 8493 leaves it open."""
    assert decoded("a%0db%0Dc%0ad%25e%2f") == "a\rb\rc\nd%e%2f"


def test_a_link_in_the_place_of_a_file_is_no_file(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "serah"
    export(archive, target)
    path = target / "data/sop/reses/v001/reses.pdf"
    path.rename(tmp_path / "reses.pdf")
    path.symlink_to(tmp_path / "reses.pdf")
    found = [(fault.code, fault.place.file) for fault in prove(target, "serah").findings]
    assert found[0] == ("ARS-04", "serah/data/sop/reses/v001/reses.pdf")


@pytest.mark.parametrize(
    ("size", "told"), [(0, "0 B"), (999, "999 B"), (1000, "1 KB"), (1001, "2 KB"), (999_001, "1 MB"), (10**13, "10 TB")]
)
def test_sizes_are_told_in_whole_numbers_rounded_up(size: int, told: str) -> None:
    assert bags._size(size) == told


def test_a_bag_tells_of_the_office_on_one_line_each(tmp_path: Path) -> None:
    storage = local(tmp_path / "arsip")
    made = filled(storage, tmp_path / "kerja", {"sop/a": [{"a.pdf": b"%PDF"}]})
    made = made.told(DAY, {"unit": " Sekretariat\n DPRD\r\n", "alamat": "Jalan\nContact-Email: palsu"})
    told = bags._info(Parcel(storage, made, "contoh", ("sop/a",)), [1], DAY, "tertib").decode()
    assert "Source-Organization: Sekretariat DPRD\n" in told
    assert "Organization-Address: Jalan Contact-Email: palsu\n" in told
    assert "\nContact-Email: palsu" not in told


def test_a_text_about_the_archive_that_was_changed_makes_no_bag(archive: Path, tmp_path: Path) -> None:
    path = archive / "BACA-SAYA.txt"
    path.write_bytes(path.read_bytes() + b"palsu")
    with pytest.raises(ArchiveError):
        export(archive, tmp_path / "serah")
