"""Opening files: everything that is not UTF-8 text is named for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers import files
from pipeline.readers.faults import Collector
from pipeline.readers.files import is_there, line_column, read_text, shown

CASES = [
    ("utf-16", "﻿judul: Reses".encode("utf-16-le"), ("MSK-03", None, None), "UTF-16"),
    ("cp1252", "a: 1\nb: caf\xe9\n".encode("cp1252"), ("MSK-03", 2, 7), "Windows-1252"),
    ("cp1252 after mark", b"\xef\xbb\xbfab\xe9", ("MSK-03", 1, 3), "Windows-1252"),
    ("workbook", b"PK\x03\x04\xff\xfe", ("MSK-03", None, None), "bukan berkas teks"),
    ("empty", b"", ("MSK-04", None, None), "kosong"),
    ("blank", b"\xef\xbb\xbf \n\n", ("MSK-04", None, None), "kosong"),
    ("nul", b"a: 1\nb: x\x00y\n", ("MSK-18", 2, 5), "U+0000"),
    ("escape", b"a: \x1b[0m\n", ("MSK-18", 1, 4), "U+001B"),
]


@pytest.mark.parametrize(("data", "place", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_not_a_text_file(tmp_path: Path, data: bytes, place: tuple[str, int | None, int | None], words: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    collector = Collector()
    assert read_text(path, tmp_path, collector) is None
    (finding,) = collector.findings
    assert (finding.code, finding.place.line, finding.place.column) == place
    assert words in finding.message.id
    assert finding.blocks


def test_mark_is_dropped_and_line_ends_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"\xef\xbb\xbfno\r\n1\r\n")
    assert read_text(path, tmp_path, Collector()) == "no\r\n1\r\n"


def test_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "reses.yaml").write_text("a: 1")
    collector = Collector()
    assert read_text(tmp_path / "rese.yaml", tmp_path, collector) is None
    assert collector.findings[0].code == "MSK-01"
    assert "reses.yaml?" in collector.findings[0].help.id


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").mkdir()
    collector = Collector()
    assert read_text(tmp_path / "f.yaml", tmp_path, collector) is None
    assert collector.findings[0].code == "MSK-02"


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("a: 1")

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    collector = Collector()
    assert read_text(path, tmp_path, collector) is None
    assert collector.findings[0].code == "MSK-02"


def test_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 3)
    (tmp_path / "f.yaml").write_text("a: 1")
    collector = Collector()
    assert read_text(tmp_path / "f.yaml", tmp_path, collector) is None
    assert collector.findings[0].code == "MSK-12"


def test_paths_are_shown_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(tmp_path / "inputs" / "a.yaml", tmp_path) == "inputs/a.yaml"
    monkeypatch.chdir(tmp_path)
    assert shown(Path("inputs/a.yaml"), tmp_path) == "inputs/a.yaml"
    assert shown(Path("inputs/a.yaml"), Path()) == "inputs/a.yaml"
    assert shown(Path("/elsewhere/a.yaml"), tmp_path) == "/elsewhere/a.yaml"


@pytest.mark.parametrize(("position", "place"), [(0, (1, 1)), (2, (2, 1)), (5, (3, 1)), (6, (4, 1)), (7, (4, 2))])
def test_line_column(position: int, place: tuple[int, int]) -> None:
    assert line_column("a\nb\r\n\rcd", position) == place


def test_slugs_are_indonesian_and_unique() -> None:
    from pipeline.readers.faults import DATE, FAULTS

    names = [fault.name for fault in (*FAULTS, DATE)]
    assert len(set(names)) == len(names)
    english = {
        "file",
        "key",
        "row",
        "column",
        "unknown",
        "missing",
        "wrong",
        "value",
        "twice",
        "date",
        "number",
        "sheet",
    }
    assert not english & {word for name in names for word in name.split("-")}


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "/a.csv", "a\nb", "kantor.yaml/a.csv", "\x00"])
def test_a_name_that_no_file_can_have_is_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "kantor.yaml").write_text("unit: a\n", encoding="utf-8")
    assert not is_there(tmp_path / name)


def test_a_link_that_leads_nowhere_is_there(tmp_path: Path) -> None:
    (tmp_path / "putar").symlink_to("putar")
    (tmp_path / "lepas").symlink_to("tidak-ada")
    assert is_there(tmp_path / "putar")
    assert is_there(tmp_path / "lepas")
