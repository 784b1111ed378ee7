"""Exports that were changed in every way that one can think of: it is always noticed, and told where it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from pipeline.archive import bagit as bags
from pipeline.archive import ocfl as roots
from pipeline.archive.verify import find_archives, verify
from tests.archive.samples import filled, local, parcel
from tests.archive.test_bagit import DAY, DOCUMENTS, files

PDF = "sop/reses/v001/reses.pdf"
OBJECT = roots.object_path("urn:x-tertib:contoh:sop:reses")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of two documents in three versions."""
    filled(local(tmp_path / "arsip"), tmp_path / "kerja", DOCUMENTS)
    return tmp_path / "arsip"


@pytest.fixture
def bag(archive: Path, tmp_path: Path) -> Path:
    """The archive as a bag."""
    bags.export(parcel(local(archive)), tmp_path / "serah", DAY, "tertib 1")
    return tmp_path / "serah"


@pytest.fixture
def root(archive: Path, tmp_path: Path) -> Path:
    """The archive as a storage root."""
    roots.export(parcel(local(archive)), tmp_path / "gudang")
    return tmp_path / "gudang"


def found(folder: Path) -> set[tuple[str, str]]:
    """Code and file of every finding on an export."""
    return {(one.code, (one.place.file or "").removeprefix("x/")) for one in verify(folder, "x").findings}


def test_exports_are_whole(bag: Path, root: Path) -> None:
    proved = verify(bag, "serah")
    assert (proved.findings, proved.versions, proved.form) == ((), 3, "BagIt")
    proved = verify(root, "gudang")
    assert (proved.findings, proved.versions, proved.form) == ((), 3, "OCFL")


def test_an_export_is_found_as_what_it_is(bag: Path, root: Path, tmp_path: Path) -> None:
    for path in (bag, bag / "data", bag / "data/sop/reses/v001", bag / f"data/{PDF}"):
        assert find_archives(path) == (bag,)
    assert find_archives(root / OBJECT / "v1") == (root,)
    assert find_archives(tmp_path) == (tmp_path / "arsip", root, bag)


@pytest.mark.parametrize("name", ["serah", "gudang"])
def test_every_byte_of_an_export_counts(bag: Path, root: Path, name: str) -> None:
    folder = bag if name == "serah" else root
    for path in [path for path in sorted(folder.rglob("*")) if path.is_file()]:
        if path.name == "ocfl_layout.json" or "extensions" in path.parts:
            continue  # what a layout is called proves nothing
        whole = path.read_bytes()
        for place in {0, len(whole) // 3, len(whole) // 2, len(whole) - 2} if whole else ():
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert not verify(folder, name).whole, (path, place)
        path.write_bytes(whole + b"x")
        assert not verify(folder, name).whole, path
        path.unlink()
        assert not verify(folder, name).whole, path
        path.write_bytes(whole)
    assert verify(folder, name).findings == ()


def _hashed_again(bag: Path) -> None:
    """A payload manifest without a line, and tag manifests that fit it."""
    path = bag / "manifest-sha512.txt"
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if PDF.encode() not in line))
    for kind in ("sha256", "sha512"):
        tags = bag / f"tagmanifest-{kind}.txt"
        lines = [line for line in tags.read_text().splitlines() if not line.endswith(" manifest-sha512.txt")]
        lines.append(f"{hashlib.new(kind, path.read_bytes()).hexdigest()}  manifest-sha512.txt")
        tags.write_text("\n".join(lines) + "\n")


def _moved(bag: Path) -> None:
    (bag / f"data/{PDF}").rename(bag / "reses.pdf")


BAGS: dict[str, tuple[Callable[[Path], object], set[tuple[str, str]]]] = {
    "missing": (lambda b: (b / f"data/{PDF}").unlink(), {("ARS-01", f"data/{PDF}"), ("ARS-02", "bag-info.txt")}),
    "changed": (lambda b: (b / f"data/{PDF}").write_bytes(b"%PDF lain"[:9]), {("ARS-02", f"data/{PDF}")}),
    "extra": (
        lambda b: (b / "data/.DS_Store").write_bytes(b"x"),
        {("ARS-03", "data/.DS_Store"), ("ARS-02", "bag-info.txt")},
    ),
    "extra beside": (lambda b: (b / "catatan.txt").write_bytes(b"x"), {("ARS-03", "catatan.txt")}),
    "told otherwise": (
        lambda b: (b / "bag-info.txt").write_bytes((b / "bag-info.txt").read_bytes().replace(b"Contoh", b"Cantik")),
        {("ARS-02", "bag-info.txt")},
    ),
    "no bag any more": (
        lambda b: (b / "bagit.txt").write_bytes(b"BagIt"),
        {("ARS-04", "bagit.txt"), ("ARS-02", "bagit.txt")},
    ),
    "a manifest that names less": (_hashed_again, {("ARS-02", "manifest-sha512.txt")}),
    "no manifest": (lambda b: (b / "manifest-sha256.txt").unlink(), {("ARS-01", "manifest-sha256.txt")}),
    "no tag manifest": (lambda b: (b / "tagmanifest-sha256.txt").unlink(), {("ARS-01", "tagmanifest-sha256.txt")}),
    "moved out": (
        _moved,
        {("ARS-01", f"data/{PDF}"), ("ARS-02", "bag-info.txt"), ("ARS-03", "reses.pdf")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAGS)
def test_faults_of_a_bag_are_told_where_they_are(bag: Path, name: str) -> None:
    damage, expected = BAGS[name]
    damage(bag)
    assert found(bag) == expected


def test_a_system_file_beside_the_payload_is_no_fault(bag: Path) -> None:
    (bag / ".DS_Store").write_bytes(b"x")
    assert found(bag) == set()


@pytest.mark.parametrize("kinds", [["md5"], ["sha1", "sha256"]])
def test_bags_of_other_programs(tmp_path: Path, kinds: list[str]) -> None:
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain/surat.txt").write_bytes(b"x")
    bagit.make_bag(str(tmp_path / "lain"), checksums=kinds)
    (tmp_path / "lain/tambahan.txt").write_bytes(b"x")
    assert found(tmp_path / "lain") == set()
    (tmp_path / "lain/data/surat.txt").write_bytes(b"y")
    assert found(tmp_path / "lain") == {("ARS-02", "data/surat.txt")}


def test_hashes_that_are_not_known_are_not_taken_for_right(bag: Path) -> None:
    for path in bag.glob("*manifest-*"):
        path.unlink()
    (bag / "bag-info.txt").unlink()
    (bag / "manifest-blake3.txt").write_bytes(b"00  data/a\n")
    assert found(bag) == {("ARS-05", "manifest-blake3.txt")}


def _forge(root: Path) -> None:
    """A version that says something else now, with hashes that fit."""
    path = root / OBJECT / "v1/inventory.json"
    path.write_bytes(path.read_bytes().replace(b"diarsipkan", b"dibuang"))
    told = hashlib.sha512(path.read_bytes()).hexdigest()
    path.with_name("inventory.json.sha512").write_text(f"{told} inventory.json\n")


def _foolish(root: Path) -> None:
    path = root / OBJECT / "inventory.json"
    path.write_bytes(json.dumps({"manifest": [1], "head": "v2"}).encode())


ROOTS: dict[str, tuple[Callable[[Path], object], set[tuple[str, str]]]] = {
    "missing": (
        lambda r: (r / OBJECT / "v1/content/reses.pdf").unlink(), {("ARS-01", f"{OBJECT}/v1/content/reses.pdf")}
    ),
    "changed": (
        lambda r: (r / OBJECT / "v1/content/reses.pdf").write_bytes(b"x"),
        {("ARS-02", f"{OBJECT}/v1/content/reses.pdf")},
    ),
    "extra in an object": (
        lambda r: (r / OBJECT / "v1/content/lain.pdf").write_bytes(b"x"),
        {("ARS-03", f"{OBJECT}/v1/content/lain.pdf")},
    ),
    "extra between objects": (
        lambda r: (r / OBJECT.split("/")[0] / "lain.pdf").write_bytes(b"x"),
        {("ARS-03", f"{OBJECT.split('/')[0]}/lain.pdf")},
    ),
    "an empty folder": (lambda r: (r / "lama").mkdir(), {("ARS-03", "lama")}),
    "no sidecar": (
        lambda r: (r / OBJECT / "inventory.json.sha512").unlink(), {("ARS-01", f"{OBJECT}/inventory.json.sha512")}
    ),
    "no inventory of a version": (
        lambda r: (r / OBJECT / "v1/inventory.json").unlink(), {("ARS-01", f"{OBJECT}/v1/inventory.json")}
    ),
    "a forged version": (_forge, {("ARS-02", f"{OBJECT}/v1/inventory.json")}),
    "an inventory that is none": (_foolish, {("ARS-04", f"{OBJECT}/inventory.json")}),
    "another object": (
        lambda r: (r / OBJECT / "0=ocfl_object_1.1").write_bytes(b"x"), {("ARS-02", f"{OBJECT}/0=ocfl_object_1.1")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROOTS)
def test_faults_of_a_root_are_told_where_they_are(root: Path, name: str) -> None:
    damage, expected = ROOTS[name]
    damage(root)
    assert found(root) == expected


def test_a_root_without_objects_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "0=ocfl_1.1").write_bytes(b"ocfl_1.1\n")
    assert found(tmp_path) == {("ARS-01", "x")}


def test_nothing_is_changed_by_looking(bag: Path, root: Path) -> None:
    before = (files(bag), files(root))
    verify(bag, "serah")
    verify(root, "gudang")
    assert (files(bag), files(root)) == before
