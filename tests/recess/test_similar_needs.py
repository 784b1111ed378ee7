"""Which proposals are one need: measured on pairs judged by hand, and what the office says always wins."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.model.recess import Proposal
from pipeline.recess.needs import merge
from pipeline.recess.similar_needs import THRESHOLD, Asked, Profiler, similarity
from tests.recess import desk

PAIRS = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text(encoding="utf-8"))


def asked(side: str) -> Asked:
    """A proposal of the pairs: text | location | volume unit | field."""
    text, location, volume, field = ([part.strip() for part in side.split("|")] + [""] * 3)[:4]
    number, _, unit = volume.partition(" ")
    return Asked(text, "Cikalong", "Sukamaju", location, field, volume=number, unit=unit)


def score(one: str, other: str) -> int:
    """Of a pair, both ways round: which came first must not matter."""
    profiler = Profiler()
    first, second = profiler.profile(asked(one)), profiler.profile(asked(other))
    assert first is not None
    assert second is not None
    assert similarity(first, second) == similarity(second, first)
    return similarity(first, second)


def measured(threshold: int) -> tuple[float, float]:
    """Precision and recall on the pairs."""
    merged = [sum(score(*pair) >= threshold for pair in PAIRS[kind]) for kind in ("sama", "beda")]
    return merged[0] / sum(merged), merged[0] / len(PAIRS["sama"])


def test_no_pair_of_different_needs_is_merged_and_few_of_the_same_are_missed() -> None:
    assert len(PAIRS["sama"]) + len(PAIRS["beda"]) >= 200
    precision, recall = measured(THRESHOLD)
    assert precision == 1.0, [pair for pair in PAIRS["beda"] if score(*pair) >= THRESHOLD]
    assert recall >= 0.95, [pair for pair in PAIRS["sama"] if score(*pair) < THRESHOLD]


def test_a_lower_threshold_would_merge_different_needs() -> None:
    assert measured(80)[0] < 0.99


def row(number: int, text: str, **cells: object) -> Proposal:
    """Row ``number`` of a table, in one village unless ``cells`` say otherwise."""
    return Proposal(f"U{number}", number, text=text, **{"subdistrict": "Cikalong", "village": "Sukamaju", **cells})  # type: ignore[arg-type]


def groups(rows: list[Proposal], **said: list[list[str]]) -> list[list[str]]:
    """Ids of the rows of each need."""
    return [[one.id for one in need.rows] for need in merge(rows, {}, **said)]


def test_a_row_is_like_the_lead_of_its_need_and_not_only_like_a_neighbour() -> None:
    chain = [f"Perbaikan saluran irigasi tersier sawah kebun{extra}" for extra in ("", " tambak", " tambak kolam")]
    assert groups([row(number, text) for number, text in enumerate(chain, 2)]) == [["U2", "U3"], ["U4"]]
    assert groups([row(number, text) for number, text in enumerate(chain[1:], 2)]) == [["U2", "U3"]]


@pytest.mark.parametrize(
    ("cells", "other"),
    [
        ({"village": "Sukasari"}, {}),
        ({"subdistrict": "Cibeber"}, {}),
        ({"kind": "usulan"}, {"kind": "pengaduan"}),
        ({"entry": "K1"}, {"entry": "K2"}),
        ({"recipient": "Kelompok A"}, {"recipient": "Kelompok B"}),
        ({"latitude": -6.9, "longitude": 107.1}, {"latitude": -6.9, "longitude": 107.2}),
        ({"agency": "Dinas A"}, {"agency": "Dinas B"}),
    ],
)
def test_what_a_row_states_beside_its_text_may_not_differ(cells: dict[str, object], other: dict[str, object]) -> None:
    text = "Perbaikan jembatan gantung"
    assert groups([row(2, text, **cells), row(3, text, **other)]) == [["U2"], ["U3"]]
    assert groups([row(2, text, **cells), row(3, text, **cells)]) == [["U2", "U3"]]


def test_the_office_always_wins() -> None:
    rows = [row(2, "Jalan Melati"), row(3, "Bantuan modal"), row(4, "jalan melati"), row(5, "BANTUAN MODAL")]
    assert groups(rows) == [["U2", "U4"], ["U3", "U5"]]
    assert groups(rows, together=[["U2", "U3"]]) == [["U2", "U3", "U4", "U5"]]
    assert groups(rows, apart=[["U2", "U4"]]) == [["U2"], ["U3", "U5"], ["U4"]]
    assert groups(rows, together=[["U3", "U4"], ["U4", "U5"]]) == [["U2"], ["U3", "U4", "U5"]]
    assert groups(rows, together=[["U2", "U4"]], apart=[["U4", "U2"]]) == [["U2"], ["U3", "U5"], ["U4"]]
    assert groups(rows, together=[["U2", "U99"]], apart=[["U98"]]) == [["U2", "U4"], ["U3", "U5"]]


def test_a_row_that_stays_apart_does_not_take_the_lead_from_the_first() -> None:
    rows = [row(number, "Perbaikan jembatan gantung") for number in range(2, 6)]
    assert groups(rows, apart=[["U2", "U3"]]) == [["U2", "U4", "U5"], ["U3"]]


def test_scores_stand_beside_the_rows() -> None:
    rows = [row(2, "Perbaikan jembatan gantung"), row(3, "mohon perbaikan jembatan gantung.")]
    rows.append(row(4, "Rehab jembatan gantung yang rapuh"))
    (need,) = merge(rows, {})
    assert need.scores[:2] == (100, 100)
    assert THRESHOLD <= need.scores[2] < 100


def test_the_same_words_are_found_among_any_number_of_other_volumes() -> None:
    rows = [row(number, "Perbaikan jembatan gantung", volume=str(number), unit="m") for number in range(2, 202)]
    again = row(202, "Rehab jembatan gantung yang rapuh", volume="201", unit="meter")
    assert groups([*rows, again])[-1] == ["U201", "U202"]


def test_of_many_merged_rows_twenty_are_told_singly_and_the_others_counted(tmp_path: Path) -> None:
    end = "1,unit,,Rendah,Diusulkan,"
    place = "Pekerjaan Umum,Dinas PU,Contoh Timur,Contoh Mekar"
    rows = [
        f"{id}{number},{meeting},{text},{place},Dusun {number},{end}"
        for number in range(10, 42)
        for id, meeting, text in (
            ("X", "P1,A1", "Perbaikan jembatan gantung"),
            ("Y", "P2,A2", "Rehab jembatan gantung yang rapuh"),
        )
    ]
    found = desk.findings(desk.item({"baris": {"aspirasi": rows}}, tmp_path))
    told = [finding.message.id for finding in found if finding.code == "ASP-06"]
    assert len(told) == 21
    assert told[-1].startswith("12 aspirasi lain juga digabung karena mirip: X30 = Y30, ")
    assert told[-1].endswith(", dan 2 lagi")
