"""What becomes a version of its own, what a version tells, and which signed files come into one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive import desk, log, manifest, store
from pipeline.archive.facts import Facts
from pipeline.archive.log import Filed, Log
from pipeline.archive.storage import Hashes, Storage, open_storage
from pipeline.archive.store import Item, Signed
from pipeline.errors import ArchiveError, OutputError
from tests.archive.samples import DAY, local

BUILT = {"reses.pdf": b"%PDF satu", "reses.docx": b"PK", "reses.csv": b"a;b\n", "reses.ttd.json": b"{}"}
EFFECTIVE = dt.date(2025, 1, 31)


def item(folder: Path, files: Mapping[str, bytes], **facts: object) -> Item:
    """Something to file, from files in ``folder``."""
    folder.mkdir(exist_ok=True)
    paths = {}
    for number, (name, data) in enumerate(files.items()):
        paths[name] = folder / f"{number}"
        paths[name].write_bytes(data)
    return Item("sop", "reses", paths, {"sop/reses.yaml": b"judul: x\n", "pejabat.csv": b"nama\n"}, **facts)  # type: ignore[arg-type]


class Shelf:
    """An archive whose versions are filed one by one."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.log: Log = desk.begun(desk.load(storage), DAY, {"kantor": "contoh"})[0].log

    def put(self, made: store.Plan) -> Filed:
        """Write a version and enter it in the log."""
        store.put(made, self.storage)
        self.log = self.log.with_version(DAY, made.facts, made.manifests)
        self.storage.put(log.NAME, log.render(self.log))
        return self.log.filed[-1]

    def file(self, made: Item) -> Filed:
        return self.put(store.plan(made, len(self.log.filed) + 1, DAY))

    def sign(self, original: Filed, signed: Mapping[str, Signed]) -> Filed | None:
        """File signed files of ``original``; None when there is nothing to file."""
        made = store.plan_signed(original, signed, self.log, self.storage, len(self.log.filed) + 1, DAY)
        return None if made is None else self.put(made)

    def names(self, filed: Filed) -> set[str]:
        every = manifest.read(self.storage, filed.place)
        return {name for name in every if name != "versi.json" and not name.startswith("sumber/")}


@pytest.fixture
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """In a folder, unless asked for elsewhere."""
    if getattr(request, "param", "local") == "local":
        return Shelf(local(tmp_path / "arsip"))
    return Shelf(open_storage(f"memory://uji{tmp_path}", base=tmp_path))


everywhere = pytest.mark.parametrize("shelf", ["local", "memory"], indirect=True)


def report(*signers: tuple[str, bool | None]) -> bytes:
    """What was found of a signed file, as it is filed with it."""
    told = [{"penanda_tangan": name, "sesuai_penetapan": agreed} for name, agreed in signers]
    return json.dumps({"tanda_tangan": told}).encode()


def signed(data: bytes, *signers: tuple[str, bool | None]) -> Signed:
    others = tuple(name for name, agreed in signers if agreed is False)
    return Signed(data, report(*signers), tuple(name for name, _ in signers), others)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({}, False),
        ({"reses.docx": b"PK lain"}, False),
        ({"reses.ttd.json": b"[]"}, False),
        ({"reses.ttd.pdf": b"%PDF bertanda tangan"}, False),
        ({"reses.csv": b"a;c\n"}, True),
        ({"reses.csv": None}, True),
        ({"PETA.CSV": b"a;b\n"}, True),
        ({"PETA.TTD.JSON": b"{}"}, False),
    ],
)
def test_what_people_read_makes_a_version(
    shelf: Shelf, tmp_path: Path, change: dict[str, bytes | None], changed: bool
) -> None:
    latest = shelf.file(item(tmp_path / "satu", BUILT))
    files = {name: data for name, data in {**BUILT, **change}.items() if data is not None}
    now = item(tmp_path / "dua", files)
    assert store.has_changed(now, latest, shelf.storage) is changed
    assert store.has_changed(now, None, shelf.storage)


@everywhere
@pytest.mark.parametrize(
    ("name", "print_of", "changed"),
    [
        ("reses.pdf", lambda _: "sama", False),
        ("reses.pdf", lambda path: path.read_text(), True),
        ("reses.pdf", lambda _: "", True),
        ("reses.pdf", None, True),
        ("reses.csv", lambda _: "sama", True),
    ],
)
def test_only_a_pdf_is_the_same_by_its_print(
    shelf: Shelf, tmp_path: Path, name: str, print_of: Callable[[Path], str] | None, changed: bool
) -> None:
    latest = shelf.file(item(tmp_path / "satu", BUILT))
    now = item(tmp_path / "dua", {**BUILT, name: b"%PDF dua"})
    assert store.has_changed(now, latest, shelf.storage, print_of) is changed


@pytest.mark.parametrize(
    ("facts", "year"),
    [({}, DAY.year), ({"effective": EFFECTIVE}, 2025), ({"effective": EFFECTIVE, "year": 2024}, 2024)],
)
def test_the_year_of_a_record(tmp_path: Path, facts: dict[str, object], year: int) -> None:
    assert store.plan(item(tmp_path / "satu", BUILT, **facts), 1, DAY).facts.year == year


@pytest.mark.parametrize(("name", "file"), [("a\\b", "a.pdf"), ("reses", "../a.pdf"), ("reses", "a\nb.pdf")])
def test_names_that_no_storage_can_have_are_refused(name: str, file: str) -> None:
    with pytest.raises(ArchiveError) as error:
        store.planned(Facts("sop", name, 1, DAY), {file: b""}, {file: Hashes("", "")})
    assert "nama ini tidak dapat dipakai" in error.value.text("id")


@everywhere
def test_a_file_that_changes_while_it_is_filed_makes_no_version(shelf: Shelf, tmp_path: Path) -> None:
    made = item(tmp_path / "satu", BUILT)
    plan = store.plan(made, 1, DAY)
    made.files["reses.pdf"].write_bytes(b"%PDF lain")
    with pytest.raises(OutputError) as error:
        store.put(plan, shelf.storage)
    assert "berubah selagi diarsipkan" in error.value.text("id")
    assert not shelf.storage.exists("sop/reses/v001/manifest-sha256.txt")


@pytest.mark.parametrize(
    ("name", "data", "whole"),
    [
        ("lain.txt", b"", False),
        ("sumber/lain.txt", b"", False),
        ("sumber/.DS_Store", b"", True),
        ("reses.csv", b"a;c\n", False),
        ("reses.csv", None, False),
        ("manifest-sha256.txt", b"", False),
        ("manifest-sha256.txt", None, False),
    ],
)
def test_a_version_is_whole_with_its_files_and_no_others(
    shelf: Shelf, tmp_path: Path, name: str, data: bytes | None, whole: bool
) -> None:
    filed = shelf.file(item(tmp_path / "satu", BUILT))
    proof = filed.manifests.sha256
    assert store.is_whole(filed.place, proof, shelf.storage)
    assert not store.is_whole(filed.place, "0" * 64, shelf.storage)
    if data is None:
        shelf.storage.remove(f"{filed.place}/{name}")
    else:
        shelf.storage.put(f"{filed.place}/{name}", data)
    assert store.is_whole(filed.place, proof, shelf.storage) is whole


def test_a_version_tells_of_itself(shelf: Shelf, tmp_path: Path) -> None:
    filed = shelf.file(item(tmp_path / "satu", BUILT, effective=EFFECTIVE, pages=3))
    assert store.facts_in(filed.place, shelf.storage) == (filed.facts, filed.manifests)
    shelf.storage.remove(f"{filed.place}/manifest-sha512.txt")
    assert store.facts_in(filed.place, shelf.storage)[1] == Hashes(filed.manifests.sha256, "")
    shelf.storage.put("sop/lain/v001/versi.json", shelf.storage.read(f"{filed.place}/versi.json"))
    with pytest.raises(ValueError, match="sop/lain/v001"):
        store.facts_in("sop/lain/v001", shelf.storage)


TWO = {"publik/reses.pdf": b"%PDF umum", "reses.pdf": b"%PDF satu", "reses.csv": b"a;b\n"}


def test_originals_are_the_pdfs_as_made(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.file(item(tmp_path / "satu", TWO))
    second = shelf.file(item(tmp_path / "dua", {**TWO, "reses.ttd.pdf": b"%PDF lama"}))
    assert shelf.sign(first, {"reses.pdf": signed(b"%PDF satu, ttd", ("A", True))})
    found = [
        (one.filed, one.name, one.size, one.signed is not None) for one in store.originals(shelf.storage, shelf.log)
    ]
    assert found == [
        (first, "publik/reses.pdf", 9, False),
        (first, "reses.pdf", 9, True),
        (second, "publik/reses.pdf", 9, False),
        (second, "reses.pdf", 9, False),
    ]


@everywhere
def test_what_comes_back_in_parts_stays_together(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.file(item(tmp_path / "satu", TWO, effective=EFFECTIVE, pages=4))
    shelf.file(item(tmp_path / "dua", {**TWO, "reses.csv": b"lain\n"}))
    one = shelf.sign(first, {"reses.pdf": signed(b"%PDF satu, ttd", ("A", True), ("B", False), ("D", None))})
    assert one is not None
    both = shelf.sign(first, {"publik/reses.pdf": signed(b"%PDF umum, ttd", ("A", True), ("B", False), ("C", None))})
    assert both is not None
    assert shelf.names(both) == {
        *TWO,
        "reses.ttd.pdf",
        "reses.ttd.pemeriksaan.json",
        "publik/reses.ttd.pdf",
        "publik/reses.ttd.pemeriksaan.json",
    }
    assert shelf.storage.read(f"{both.place}/reses.csv") == TWO["reses.csv"]
    facts = first.facts
    assert one.facts == replace(facts, version=3, signers=("A", "B", "D"), others=("B",), original=1, partly=(1, 2))
    assert both.facts == replace(facts, version=4, signers=("A", "B", "D", "C"), others=("B",), original=1)


def test_nothing_is_filed_twice_nor_what_was_signed_further(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.file(item(tmp_path / "satu", BUILT))
    once, further = signed(b"%PDF ttd", ("A", True)), signed(b"%PDF ttd ttd", ("A", True), ("B", True))
    assert shelf.sign(first, {"reses.pdf": once})
    assert shelf.sign(first, {"reses.pdf": once}) is None
    # Looked at on another day, the same file makes another report, but no version.
    assert shelf.sign(first, {"reses.pdf": replace(once, report=b"{}")}) is None
    last = shelf.sign(first, {"reses.pdf": further})
    assert last is not None
    assert last.facts.signers == ("A", "B")
    assert shelf.sign(first, {"reses.pdf": once}) is None
    other = shelf.sign(first, {"reses.pdf": signed(b"%PDF lain", ("C", True))})
    assert other is not None
    assert other.facts.signers == ("C",)
    assert shelf.sign(first, {"reses.pdf": further}) is not None


@pytest.mark.parametrize("told", [b"bukan JSON", b"[]", b'{"tanda_tangan": 1}', b'{"tanda_tangan": [[]]}', b"{}"])
def test_signers_that_a_report_does_not_tell_are_those_of_the_version(
    shelf: Shelf, tmp_path: Path, told: bytes
) -> None:
    first = shelf.file(item(tmp_path / "satu", TWO))
    assert shelf.sign(first, {"reses.pdf": Signed(b"%PDF satu, ttd", told, ("A", "B"), ("B",))})
    both = shelf.sign(first, {"publik/reses.pdf": signed(b"%PDF umum, ttd", ("C", True))})
    assert both is not None
    assert (both.facts.signers, both.facts.others) == (("A", "B", "C"), ("B",))


def test_a_version_without_the_longer_hashes_is_signed_all_the_same(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.file(item(tmp_path / "satu", BUILT))
    old = replace(first, manifests=Hashes(first.manifests.sha256, ""))
    shelf.storage.remove(f"{first.place}/manifest-sha512.txt")
    made = shelf.sign(old, {"reses.pdf": signed(b"%PDF ttd", ("A", True))})
    assert made is not None
    assert store.is_whole(made.place, made.manifests.sha256, shelf.storage)
