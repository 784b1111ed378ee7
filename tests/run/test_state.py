"""The record of what was made: what is read back, what counts as current, and what identifies the converter."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.run import state as module
from pipeline.run.state import Made, SourceDigests, State, converter_id, digest, has_record, is_current
from pipeline.run.writing import Outputs

MADE = Made(
    "kantor/sop/a",
    "d" * 64,
    "p" * 64,
    {"inputs/a.yaml": "s"},
    "tertib 1",
    2,
    "Judul",
    "1/A",
    "final",
    "c",
    "{}",
    ("x",),
)


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    folder = tmp_path / "outputs"
    folder.mkdir()
    return Outputs(folder)


def test_what_was_put_is_read_back_in_the_order_of_paths(outputs: Outputs) -> None:
    state = State(outputs)
    second, first = outputs.folder / "k/sop/b.pdf", outputs.folder / "k/sop/a.pdf"
    state.put(second, replace(MADE, title="Kedua"))
    state.put(first, MADE)
    assert State(outputs).get(first) is None  # until it is saved
    assert [path for path, _ in state.all()] == [first, second]
    state.save()
    assert not list(outputs.private.glob("*-reses*"))
    assert list(State(outputs).all()) == [(first, MADE), (second, replace(MADE, title="Kedua"))]
    assert State(outputs).get(first) == MADE
    assert State(outputs).get(outputs.folder / "k/sop/c.pdf") is None


def newer(value: Any) -> None:
    value["schema_version"] = 99


def no_list(value: Any) -> None:
    value["outputs"] = []


def early(**changes: Any) -> dict[str, Any]:
    """The record as the first version of the program wrote it."""
    row = {one.name: getattr(MADE, one.name) for one in fields(MADE) if one.name not in ("basis", "drawn")}
    return {"schema_version": 1, "outputs": {"k/a.pdf": {**row, **changes}}}


def no_row(value: Any) -> None:
    value["outputs"]["k/a.pdf"] = 3


def too_little(value: Any) -> None:
    del value["outputs"]["k/a.pdf"]["docx"]


def checks_of_no_kind(value: Any) -> None:
    value["outputs"]["k/a.pdf"]["unchecked"] = 3


def without_later_fields(value: Any) -> None:
    for name in ("title", "number", "stage", "carried", "sidecar", "unchecked"):
        del value["outputs"]["k/a.pdf"][name]


def with_fields_to_come(value: Any) -> None:
    value["outputs"]["k/a.pdf"]["kelak"] = 1


EARLY = replace(MADE, title="", number="", stage="", carried="", sidecar="", unchecked=())


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (newer, None),
        (no_list, None),
        (no_row, None),
        (too_little, None),
        (checks_of_no_kind, None),
        (without_later_fields, EARLY),
        (with_fields_to_come, MADE),
    ],
)
def test_a_record_of_another_kind(outputs: Outputs, change: Callable[[Any], None], read: Made | None) -> None:
    pdf = outputs.folder / "k/a.pdf"
    path = outputs.private / "state.json"
    value = early()
    change(value)
    outputs.private.mkdir()
    path.write_text(json.dumps(value))
    state = State(outputs)
    assert state.get(pdf) == read
    assert has_record(outputs.folder)
    state.put(outputs.folder / "k/sop/b.pdf", MADE)
    state.save()
    assert not path.exists()
    assert State(outputs).get(pdf) == read


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff", b"{}"])
def test_a_record_that_is_none_is_empty(outputs: Outputs, data: bytes) -> None:
    outputs.private.mkdir()
    (outputs.private / "state.json").write_bytes(data)
    (outputs.private / "catatan-sop.jsonl").write_bytes(data)
    assert list(State(outputs).all()) == []


def test_sources_are_told_from_the_working_folder_and_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "kerja"
    (root / "inputs").mkdir(parents=True)
    (root / "inputs/a.yaml").write_bytes(b"a")
    outside = tmp_path / "luar.csv"
    outside.write_bytes(b"b")
    read: list[Path] = []

    def reading(path: Path) -> str:
        read.append(path)
        return digest(path)

    monkeypatch.setattr(module, "digest", reading)
    digests = SourceDigests(root)
    sources = [outside, Path("inputs/a.yaml"), root / "inputs/hilang"]
    expected = {outside.as_posix(): digest(outside), "inputs/a.yaml": digest(root / "inputs/a.yaml")}
    for _ in range(2):
        assert list(digests.of(sources).items()) == [*expected.items(), ("inputs/hilang", "")]
    assert len(read) == 3


def test_the_converter_is_known_by_what_its_build_says(tmp_path: Path) -> None:
    def program(name: str, beside: str = "") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        made = folder / "soffice"
        made.write_bytes(b"program")
        os.utime(made, (1000, 1000))
        if beside:
            (folder / beside).write_bytes(name.encode())
        return made

    one, two = program("satu", "versionrc"), program("dua", "version.ini")
    named = digest(one.parent / "versionrc")[:16]
    assert converter_id(one) == f"tertib {pipeline.__version__}, versionrc {named}"
    assert ", version.ini " in converter_id(two)
    link = tmp_path / "tautan"
    link.symlink_to(one)
    assert converter_id(link) == converter_id(one)
    assert converter_id(program("tiga")).endswith(", soffice 7 1000")
    assert converter_id(tmp_path / "hilang") == f"tertib {pipeline.__version__}"


@pytest.mark.parametrize(
    ("made", "docx", "carried", "converter", "current"),
    [
        ({}, "d", "c", "k", True),
        ({}, "d", "lain", None, True),
        ({}, "lain", "c", "k", False),
        ({"docx": ""}, "", "c", "k", False),
        ({}, "d", "lain", "k", False),
        ({}, "d", "c", "lain", False),
        ({"pdf": "lain"}, "d", "c", "k", False),
        ({"pdf": "lain"}, "d", "c", None, False),
    ],
)
def test_what_is_current(
    tmp_path: Path, made: dict[str, Any], docx: str, carried: str, converter: str | None, current: bool
) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF")
    record = replace(MADE, docx="d", pdf=digest(pdf), carried="c", converter="k")
    assert is_current(replace(record, **made), docx, carried, digest(pdf), converter) is current
    assert not is_current(None, docx, carried, digest(pdf), converter)
    pdf.unlink()
    assert not is_current(replace(record, **made), docx, carried, digest(pdf), converter)
