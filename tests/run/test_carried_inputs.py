"""``asal.json`` of a PDF from outside: whatever it says, it is read or refused, and nothing leaves its folder."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.pdf.carried import Carried
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run import carried_inputs
from pipeline.run.archive_book import LIST
from pipeline.run.carried_inputs import Bundle, CannotRebuildError, altered, lay_out, opened
from pipeline.run.origin import particulars_of_sop

ROOT = Path(__file__).resolve().parents[2]
VALUES: list[Any] = [None, 1, -5, True, "", "x", [], {}, [1], {"a": 1}, "\0", "../x", "a" * 999, ["asal.json"]]
Files = dict[str, Carried]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What the PDF of a sample SOP would carry."""
    docx = tmp_path_factory.mktemp("docx") / "pelaksanaan-reses.docx"
    docx.write_bytes(b"docx")
    item = read_sop(ROOT / "inputs/contoh/sop/pelaksanaan-reses.yaml", read_office(ROOT / "inputs/contoh", ROOT), ROOT)
    said = particulars_of_sop(item, Template.load(packaged_templates() / "sop.docx"), (), None, docx)
    return {one.name: Carried(one.name, one.data) for one in said.attachments}


def read(files: Files, monkeypatch: pytest.MonkeyPatch) -> Bundle:
    """``opened`` of a PDF that carries ``files``."""
    monkeypatch.setattr(carried_inputs, "carried", lambda _: files)
    return opened(b"")


def test_what_was_written_is_read(files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bundle = read(files, monkeypatch)
    assert bundle.document == "contoh/sop/pelaksanaan-reses"
    assert bundle.docx == b"docx"
    assert bundle.has_inputs
    assert altered(bundle) == []
    assert lay_out(bundle, tmp_path) == tmp_path / "contoh/sop/pelaksanaan-reses.yaml"
    said = bundle.particulars()
    assert [one.name for one in said.attachments] == list(files)
    assert [signer.field for signer in said.signers] == ["ttdpengesah"]


def test_what_was_taken_out_is_named(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    left = {name: one for name, one in files.items() if name != "kantor.yaml"}
    with pytest.raises(CannotRebuildError) as error:
        read(left, monkeypatch)
    assert error.value.text("id").endswith("yang hilang: kantor.yaml.")


def test_a_book_says_where_its_inputs_are(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotRebuildError) as error:
        read({LIST: Carried(LIST, b"no,nomor\r\n")}, monkeypatch)
    assert "Buku tidak membawa masukan" in error.value.message.id
    assert "tertib verify --rebuild outputs/KANTOR/sop/*.pdf" in error.value.message.id


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in ``value``."""
    yield before
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*before, key))


def with_value(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """A copy of ``value`` with ``new`` at ``place``."""
    if not place:
        return new
    made = copy.deepcopy(value)
    target = made
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = new
    return made


def test_any_value_anywhere_is_read_or_refused(files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = json.loads(files["asal.json"].data)
    counts = {"read": 0, "refused": 0}
    folder = tmp_path / "dalam"
    for place in list(places(whole)):
        for value in VALUES:
            changed = json.dumps(with_value(whole, place, value)).encode()
            try:
                bundle = read({**files, "asal.json": Carried("asal.json", changed)}, monkeypatch)
                altered(bundle)
                if bundle.has_inputs:
                    lay_out(bundle, folder)
                counts["read"] += 1
            except CannotRebuildError:
                counts["refused"] += 1
    assert counts["refused"] > counts["read"] > 0
    assert list(tmp_path.iterdir()) == [folder]
