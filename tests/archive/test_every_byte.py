"""A small archive, changed in every way that one can think of: it is always noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.archive import desk, log
from pipeline.archive.storage import LocalStorage
from pipeline.archive.verify import verify
from tests.archive.desk import TOP, VERSION, add, add_signed, item, tree

NAMES = [*TOP, *(f"sop/s/v001/{name.replace('reses', 's')}" for name in VERSION), "sop/s/v002/s.ttd.pdf"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SOP as made and signed, as short as it can be."""
    folder = tmp_path_factory.mktemp("arsip") / "arsip"
    add(folder, item(folder.parent, name="s", title="S", number="1", docx=b"PK"))
    add_signed(folder, desk.load(LocalStorage(folder, None, "arsip")).log.filed[0])
    assert verify(folder, "arsip").findings == ()
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_byte_of_every_file_counts(archive: Path, name: str) -> None:
    """One bit is enough; which one goes round, so that letters become others, and text becomes none."""
    path = archive / name
    whole = path.read_bytes()
    unnoticed = []
    with path.open("r+b", buffering=0) as file:
        for place, byte in enumerate(whole):
            file.seek(place)
            file.write(bytes([byte ^ (1 << place % 8)]))
            if not _noticed(archive):
                unnoticed.append(place)
            file.seek(place)
            file.write(bytes([byte]))
    assert unnoticed == []
    assert verify(archive, "arsip").findings == ()


def _noticed(archive: Path) -> bool:
    return not verify(archive, "arsip").whole


def _lengths(size: int) -> Iterator[int]:
    yield from (0, 1, size // 2, size - 2, size - 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_lengthened_gone_or_renamed(archive: Path, name: str) -> None:
    path = archive / name
    whole = path.read_bytes()
    ways = [whole[:length] for length in _lengths(len(whole))] + [whole + b"\n", whole + b"\0", b"\xef\xbb\xbf" + whole]
    for changed in ways:
        path.write_bytes(changed)
        assert changed == whole or not verify(archive, "arsip").whole, len(changed)
    path.unlink()
    assert not verify(archive, "arsip").whole
    other = path.with_name(f"x-{path.name}")
    other.write_bytes(whole)
    assert not verify(archive, "arsip").whole
    other.rename(path)
    assert verify(archive, "arsip").findings == ()


def test_files_that_take_each_others_place(archive: Path) -> None:
    before = tree(archive)
    names = list(before)
    for number, name in enumerate(names):
        for other in names[number + 1 :]:
            if before[name] == before[other]:
                continue
            (archive / name).write_bytes(before[other])
            (archive / other).write_bytes(before[name])
            assert not verify(archive, "arsip").whole, (name, other)
            (archive / name).write_bytes(before[name])
            (archive / other).write_bytes(before[other])
    assert verify(archive, "arsip").findings == ()


def _log_ways(whole: bytes) -> Iterator[tuple[str, bytes]]:
    lines = whole.splitlines(keepends=True)
    for number in range(len(lines)):
        yield f"without line {number + 1}", b"".join(lines[:number] + lines[number + 1 :])
        yield f"line {number + 1} twice", b"".join([*lines[: number + 1], *lines[number:]])
        yield f"cut after line {number}", b"".join(lines[:number])
        for other in range(number + 1, len(lines)):
            swapped = list(lines)
            swapped[number], swapped[other] = swapped[other], swapped[number]
            yield f"lines {number + 1} and {other + 1} swapped", b"".join(swapped)
    yield "other line ends", whole.replace(b"\n", b"\r\n")
    yield "blank line", whole + b"\n"


def test_lines_of_the_log_gone_doubled_swapped(archive: Path) -> None:
    path = archive / log.NAME
    whole = path.read_bytes()
    for told, changed in _log_ways(whole):
        path.write_bytes(changed)
        assert not verify(archive, "arsip").whole, told
    path.write_bytes(whole)


@pytest.mark.parametrize("version", ["v001", "v002"])
def test_a_version_gone_with_its_line(archive: Path, tmp_path: Path, version: str) -> None:
    path = archive / log.NAME
    whole = path.read_bytes()
    place = archive / "sop/s" / version
    place.rename(tmp_path / "hilang")
    path.write_bytes(b"".join(line for line in whole.splitlines(keepends=True) if version.encode() not in line))
    proved = verify(archive, "arsip")
    (tmp_path / "hilang").rename(place)
    path.write_bytes(whole)
    assert not proved.whole
    assert verify(archive, "arsip").findings == ()
