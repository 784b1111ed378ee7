"""The recap as JSON: one search for an id tells where it comes from and where it is printed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.model.recap import Change, ComparedNeed, Comparison, Dimension, FieldChange, Recap
from pipeline.model.recess import EarlierNeed, Held, RecessInput
from pipeline.recess.labels import row_labels
from pipeline.recess.recap import make_recap
from pipeline.render.recap_json import KEYS, Documents, recap_json, recap_lines
from pipeline.resources import data_file
from tests.recess import small

SCHEMA = json.loads(data_file("rekapitulasi.schema.json").read_text(encoding="utf-8"))
DOCUMENTS = Documents(
    members={"A1": "anggota/anggota-contoh-01", "A2": "anggota/anggota-contoh-02"},
    groups={
        Dimension.DISTRICT: {"Dapil 1": "dapil/dapil-1"},
        Dimension.FRACTION: {"Fraksi Contoh Melati": "fraksi/melati", "Fraksi Contoh Dahlia": "fraksi/dahlia"},
    },
    inventory={1: "rekapitulasi-lampiran-1"},
)


@pytest.fixture
def item(tmp_path: Path) -> RecessInput:
    return small.read(tmp_path)


@pytest.fixture
def recap(item: RecessInput) -> Recap:
    return make_recap(small.recess_of(item))


def compared(recap: Recap) -> Recap:
    earlier = EarlierNeed(7, "Jalan", "PU", "Dinas PU", "K", "D", "L", "Selesai", None, "lalu/aspirasi.csv:9")
    lines = (
        ComparedNeed(Change.REPEATED, recap.needs[0], earlier, 93),
        ComparedNeed(Change.NEW, recap.needs[1], None),
        ComparedNeed(Change.OPEN, None, earlier),
    )
    counts = {Change.DONE: 0, Change.REPEATED: 1, Change.NEW: 1, Change.OPEN: 1}
    return replace(recap, comparison=Comparison(Held("2025-masa-3"), lines, counts, (FieldChange("PU", 2, 1),)))


def made(item: RecessInput, recap: Recap) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(recap_json(item, recap, row_labels(recap), DOCUMENTS))
    return data


def test_it_follows_its_schema(item: RecessInput, recap: Recap) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    validator.validate(made(item, recap))
    validator.validate(made(item, compared(recap)))
    validator.validate(json.loads(recap_json(item, recap)))


def test_the_schema_knows_every_field(item: RecessInput, recap: Recap) -> None:
    closed = json.loads(json.dumps(SCHEMA).replace('"required"', '"additionalProperties": false, "required"'))
    Draft202012Validator(closed).validate(made(item, compared(recap)))


def test_no_key_stands_twice_and_the_last_day_is_told(item: RecessInput, recap: Recap) -> None:
    """Of two equal keys a reader keeps one: the last day of the recess was once lost to the mark of the end."""
    pairs = json.loads(recap_json(item, compared(recap)), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys))
    assert recap.recess.end is not None
    assert made(item, recap)["end"] == recap.recess.end.isoformat()
    assert keys[-1] == "complete"


def test_an_empty_recess_follows_the_schema(item: RecessInput) -> None:
    empty = make_recap(replace(small.recess_of(item), proposals=(), meetings=(), members=()))
    Draft202012Validator(SCHEMA).validate(made(item, empty))


def test_it_names_the_source_of_every_line(item: RecessInput, recap: Recap, tmp_path: Path) -> None:
    data = made(item, recap)
    folder = tmp_path / "inputs/contoh/reses/2026-masa-1"
    for key in ("proposals", "meetings", "members"):
        assert data[key]
        for row in data[key]:
            file, line = row["source"].rsplit(":", 1)
            lines = (folder / Path(file).name).read_text(encoding="utf-8").splitlines()
            assert lines[int(line) - 1].startswith(f"{row['id']},")
    assert [row["id"] for row in data["proposals"]] == ["U1", "U2", "U3", "U4", "U5"]
    needs = {need["number"]: need for need in data["needs"]}
    for row in data["proposals"]:
        assert row["id"] in needs[row["need"]]["proposals"]
        assert row["source"] in needs[row["need"]]["sources"]


def test_one_search_finds_a_whole_line(item: RecessInput, recap: Recap) -> None:
    lines = recap_json(item, recap, row_labels(recap), DOCUMENTS).decode().splitlines()
    found = [json.loads(line.rstrip(",")) for line in lines if '"U3"' in line]
    assert [line.get("proposals") or line["id"] for line in found] == [["U1", "U3"], "U3"]
    need, row = found
    assert row["documents"] == [
        "anggota/anggota-contoh-02", "dapil/dapil-1", "fraksi/dahlia", "rekapitulasi-lampiran-1",
    ]  # fmt: skip
    assert set(row["documents"]) <= set(need["documents"])
    assert "fraksi/melati" in need["documents"]
    assert (row["counted"], need["counted_in"]["fraksi"]) == (False, "Fraksi Contoh Melati")


@pytest.mark.parametrize("dimension", list(Dimension))
def test_every_table_adds_up_from_the_lines(dimension: Dimension, item: RecessInput, recap: Recap) -> None:
    data = made(item, recap)
    key = KEYS[dimension]
    heard: dict[str, int] = {}
    for row in data["proposals"]:
        heard[row["groups"][key]] = heard.get(row["groups"][key], 0) + 1
    assert heard == {line["label"]: line["heard"] for line in data["tables"][key] if line["heard"]}
    assert data["table_totals"][key] == data["total"]


def test_the_cross_table_adds_up(item: RecessInput, recap: Recap) -> None:
    cross = made(item, recap)["cross"]
    assert sum(map(sum, cross["needs"])) == recap.total.needs
    assert sum(amount or 0 for row in cross["amounts"] for amount in row) == recap.total.amount


def test_the_comparison_names_both_sources(item: RecessInput, recap: Recap) -> None:
    data = made(item, compared(recap))
    first, second, third = data["compared"]
    assert (first["earlier"]["source"], first["score"]) == ("lalu/aspirasi.csv:9", 93)
    assert first["sources"] == data["needs"][0]["sources"]
    assert (second["earlier"], third["need"]) == (None, None)


def test_it_is_streamed(item: RecessInput, recap: Recap) -> None:
    pieces = list(recap_lines(item, recap))
    assert max(map(len, pieces)) < 4_000
    assert b"".join(pieces) == recap_json(item, recap)


def test_texts_of_any_kind_stay_one_line(item: RecessInput) -> None:
    text = 'Baris\nkedua "kutip" \\ \u2028 \ud800'
    rows = (replace(small.recess_of(item).proposals[0], text=text),)
    recap = make_recap(replace(small.recess_of(item), proposals=rows))
    data = recap_json(item, recap).decode()
    assert json.loads(data)["proposals"][0]["text"] == text.replace("\ud800", "?")
