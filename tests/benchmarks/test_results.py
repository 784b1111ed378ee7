"""The page of results: parts measured on different days, targets, charts."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import chart, page, record, run
from benchmarks.chart import Bars, Lines
from benchmarks.measure import Measured, Row
from benchmarks.talk import NotDoneError

SVG = "{http://www.w3.org/2000/svg}"
CHECK = Row("`tertib check`", "0.31 s", "", "< 0.5 s", True, "`tertib check` cold, one SOP")
FIGURES = {
    "templates": {
        "warm": {"tertib": {"10": 1.0, "20": 2.0}, "docxtpl": {"10": 40.0, "20": 60.0}},
        "many": {"tertib": {"1": 0.3, "100": 0.5}, "docxtpl": {"1": 0.4, "100": 6.0}},
        "loops": {"tertib": "rows and columns", "docxtpl": "rows and columns"},
    },
    "conversions": {"batch": {"one call": 0.2, "tertib": 0.1, "tertib proved": 0.11, "each": 1.4}, "count": 60},
    "whole": {"tertib": {"1": 2.0, "10": 4.0}, "one call": {"1": 1.0, "10": 3.0}},
}
Parts = Mapping[str, Callable[[], Measured]]


def kept(*rows: Row, date: str = "2026-01-02", figures: object = None, cores: str = "2") -> record.Record:
    return record.Record(date, {"cores": cores}, 3.0, rows, figures if isinstance(figures, dict) else {})


@pytest.fixture
def parts() -> Parts:
    """Two parts that take no time."""
    return {"cold": lambda: Measured((CHECK,)), "books": lambda: Measured((Row("a book", "2 s"),), {"pages": {10: 1}})}


def test_a_run_of_one_part_leaves_the_others_with_their_day(tmp_path: Path, parts: Parts) -> None:
    run.main([], tmp_path, parts)
    stored = record.load(tmp_path / "results.json")
    assert list(stored) == ["cold", "books"]
    assert stored["books"].figures == {"pages": {"10": 1}}
    record.save(tmp_path / "results.json", {name: replace(part, date="2020-02-29") for name, part in stored.items()})
    run.main(["books"], tmp_path, parts)
    dates = {name: part.date for name, part in record.load(tmp_path / "results.json").items()}
    assert dates["cold"] == "2020-02-29" != dates["books"]
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "Part `cold`, measured on 2020-02-29" in text
    assert f"Part `books`, measured on {dates['books']}" in text


def test_a_part_that_fails_costs_the_others_nothing_and_is_told(
    tmp_path: Path, parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    run.main(["books"], tmp_path, parts)
    before = (tmp_path / "results.json").read_text(encoding="utf-8")

    def fails() -> Measured:
        raise NotDoneError("carbone made 0 of 2 documents")

    with pytest.raises(SystemExit, match="not measured, see above: books"):
        run.main([], tmp_path, {"books": fails, "cold": parts["cold"]})
    assert "books ... FAILED: carbone made 0 of 2 documents" in capsys.readouterr().err
    stored = record.load(tmp_path / "results.json")
    assert stored["books"] == record.load_text(before)["books"]
    assert "cold" in stored


def test_a_part_that_is_not_there_is_named(tmp_path: Path, parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.main(["cold", "kue"], tmp_path, parts)
    assert "no such part: kue; there are cold, books" in capsys.readouterr().err
    assert not (tmp_path / "RESULTS.md").exists()


def test_targets_are_met_missed_or_not_measured() -> None:
    missed = Row("memory", "1,600 MB", "", "< 1500 MB", False, "memory, all processes")
    lines = page.targets({"cold": kept(CHECK, Row("nothing of this", "1 s")), "whole": kept(missed)}).splitlines()
    assert len(lines) == 2 + len(page.GOALS)
    assert "| `tertib check` cold, one SOP | < 0.5 s | 0.31 s | 2026-01-02 | met |" in lines
    assert "| memory, all processes | < 1500 MB | 1,600 MB | 2026-01-02 | **missed** |" in lines
    assert "| time for 10x documents | | not measured | | |" in lines


def test_a_target_that_nobody_set_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such target"):
        page.targets({"cold": kept(replace(CHECK, goal="tertib check"))})


def test_other_machines_are_told_by_part() -> None:
    text = page.text({"cold": kept(CHECK), "books": kept(cores="4")}, {})
    assert "Measured on this: cold.\n\n- cores: 2" in text
    assert "Measured on this: books.\n\n- cores: 4" in text
    assert "Measured on this" not in page.text({"cold": kept(CHECK), "books": kept()}, {})


def test_every_part_has_a_title() -> None:
    assert set(run.PARTS) == set(page.TITLES)


def test_results_in_the_repository_can_be_written_again(tmp_path: Path) -> None:
    stored = record.load(run.FOLDER / "results.json")
    if not stored:
        pytest.skip("nothing has been measured yet")
    page.write(tmp_path, stored)
    for name in ("RESULTS.md", *dict(page.charts(stored))):
        assert (tmp_path / name).read_text(encoding="utf-8") == (run.FOLDER / name).read_text(encoding="utf-8"), name


def test_charts_come_from_the_figures() -> None:
    drawn = dict(page.charts({name: kept(figures=json.loads(json.dumps(it))) for name, it in FIGURES.items()}))
    assert set(drawn) == {"chart-templates.svg", "chart-pdf.svg", "chart-growth.svg"}
    assert "naive docxtpl loop" in drawn["chart-templates.svg"]
    assert "0.11 s" in drawn["chart-pdf.svg"]
    assert drawn["chart-growth.svg"].count("<polyline") == 4
    assert dict(page.charts({"cold": kept(CHECK)})) == {}


def test_bars_are_as_long_as_their_values() -> None:
    svg = bar_chart_of({"Tertib": 10.0, "yang lain": 40.0, "a & b <c>": 20.0})
    bars = [node for node in svg.iter(f"{SVG}rect") if node.get("class") in {"ours", "peer"}]
    widths = [float(bar.get("width", "")) for bar in bars]
    assert [width / widths[0] for width in widths] == pytest.approx([1, 4, 2], rel=0.01)
    assert [bar.get("class") for bar in bars] == ["ours", "peer", "peer"]
    assert "a & b <c>" in [node.text for node in svg.iter(f"{SVG}text")]
    assert all(float(bar.get("x", "")) + float(bar.get("width", "")) < chart.WIDTH for bar in bars)


def bar_chart_of(values: Mapping[str, float]) -> ElementTree.Element:
    group = Bars("", values, frozenset({"Tertib"}), (15.0, "target"))
    return ElementTree.fromstring(chart.bar_chart("Judul", "Tentang", [group], "ms"))


def test_lines_rise_with_their_values_and_names_do_not_touch() -> None:
    lines = {f"mesin {n}": {1: 0.5, 10: 1.0, 1000: 90.0 + n} for n in range(5)}
    svg = ElementTree.fromstring(chart.line_chart("Judul", "Tentang", [Lines("", lines), Lines("", lines)]))
    points = [node.get("points", "").split() for node in svg.iter(f"{SVG}polyline")]
    assert len(points) == 10
    for line in points:
        heights = [float(point.split(",")[1]) for point in line]
        assert heights == sorted(heights, reverse=True)
    named = [node for node in svg.iter(f"{SVG}text") if (node.text or "").startswith("mesin")][:5]
    places = sorted(float(node.get("y", "")) for node in named)
    assert min(b - a for a, b in itertools.pairwise(places)) >= chart.LABEL_STEP - 1


def test_charts_are_readable_on_light_and_dark_pages() -> None:
    svg = chart.bar_chart("Judul", "Tentang", [Bars("", {"Tertib": 1.0})], "s")
    light, dark = svg.split("@media (prefers-color-scheme:dark)")
    for kind in ("page", "ink", "soft", "ours", "peer"):
        colours = [re.search(rf"\.{kind}{{fill:(#\w+)", half) for half in (light, dark)]
        assert all(colours), kind
        assert colours[0][1] != colours[1][1], kind  # type: ignore[index]
