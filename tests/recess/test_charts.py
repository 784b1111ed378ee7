"""Charts show what they say, read the same everywhere, and carry their data."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from pipeline.model.form import MM
from pipeline.render.charts import TOP, Bars, draw, shortened, top, top_pairs

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LINES = st.lists(st.tuples(st.text(max_size=20), st.integers(0, 10**15)), max_size=40)
PAIRS = st.lists(st.tuples(st.text(max_size=20), st.integers(0, 999), st.integers(0, 999)), max_size=40)


def bars(labels: tuple[str, ...] = ("Pertanian", "Kesehatan"), **given: Any) -> Bars:
    values = given.pop("values", tuple(range(len(labels), 0, -1)))
    return Bars("bidang", "Usulan menurut bidang", labels, given.pop("series", (("Usulan", values),)), **given)


def part(chart: Any, ending: str) -> bytes:
    (found,) = [part.data for part in chart.parts if part.name.endswith(ending)]
    return bytes(found)


def cached(xml: bytes, kind: str) -> list[list[str]]:
    root = etree.fromstring(xml)
    return [[v.text or "" for v in series.iterfind(f"{C}{kind}//{C}v")] for series in root.iter(f"{C}ser")]


@given(LINES)
def test_the_bars_sum_to_the_whole(lines: list[tuple[str, int]]) -> None:
    found = top(lines, of="bidang")
    assert sum(value for _, value in found) == sum(value for _, value in lines)
    assert len(found) <= TOP + 1
    shown = [value for _, value in found[:TOP]]
    assert shown == sorted(shown, reverse=True)


@given(PAIRS)
def test_pairs_of_bars_sum_to_the_whole(lines: list[tuple[str, int, int]]) -> None:
    found = top_pairs(lines, of="bidang", keep=5)
    for side in (1, 2):
        assert sum(int(line[side]) for line in found) == sum(int(line[side]) for line in lines)
    assert len(found) <= 6


def test_the_rest_says_how_many_it_sums() -> None:
    assert top([(f"B{n}", 20 - n) for n in range(15)], of="bidang")[-1] == ("Lainnya (3 bidang)", 8 + 7 + 6)
    assert top([("a", 1), ("b", 2)], of="bidang") == (("b", 2), ("a", 1))
    assert [label for label, _ in top([(str(n), 1) for n in range(13)], of="bidang")][-1] == "12"  # one needs no sum


def test_the_chart_shows_its_data_without_opening_them() -> None:
    chart = draw(bars(values=(1_234, 7)), width=140 * MM, number=301)
    xml = part(chart, "charts/bidang.xml")
    assert cached(xml, "cat") == [["Pertanian", "Kesehatan"]]
    assert cached(xml, "val") == [["1234", "7"]]


def test_the_data_inside_are_those_of_the_chart() -> None:
    labels = ("=1+1", "B & <c>")
    pair = (("Reses ini", (3, 4)), ("Reses sebelumnya", (5, 0)))
    chart = draw(bars(labels, series=pair), width=140 * MM, number=301)
    sheet = load_workbook(io.BytesIO(part(chart, ".xlsx"))).active
    assert sheet is not None
    assert list(sheet.values) == [(None, "Reses ini", "Reses sebelumnya"), ("=1+1", 3, 5), ("B & <c>", 4, 0)]
    assert sheet["A2"].data_type == "s"
    assert cached(part(chart, "charts/bidang.xml"), "val") == [["3", "4"], ["5", "0"]]


@given(st.lists(st.text(st.characters(), min_size=1, max_size=30), min_size=2, max_size=5))
def test_any_label_makes_a_sound_chart(labels: list[str]) -> None:
    chart = draw(bars(tuple(labels)), width=140 * MM, number=301)
    (shown,) = cached(part(chart, "charts/bidang.xml"), "cat")
    assert len(shown) == len(labels)
    wrapped = f'<x xmlns:w="w" xmlns:wp="wp">{chart.gambar}</x>'
    assert etree.fromstring(wrapped).find(".//{*}docPr") is not None
    assert len(list(load_workbook(io.BytesIO(part(chart, ".xlsx"))).active.rows)) == len(labels) + 1  # type: ignore[union-attr]


def test_the_parts_refer_to_each_other() -> None:
    chart = draw(bars(), width=140 * MM, number=301)
    names = {part.name for part in chart.parts}
    assert names == {"word/charts/bidang.xml", "word/charts/_rels/bidang.xml.rels", "word/embeddings/bidang.xlsx"}
    (shown,) = [part for part in chart.parts if part.rid]
    assert f'r:id="{shown.rid}"' in chart.gambar
    assert b"../embeddings/bidang.xlsx" in part(chart, ".rels")
    assert b'externalData r:id="rId1"' in part(chart, "charts/bidang.xml")


def test_equal_input_gives_equal_bytes() -> None:
    first, second = (draw(bars(), width=140 * MM, number=301) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(part(first, ".xlsx"))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("greatest", "unit"),
    [
        (9_999_999, "ribu rupiah"),
        (10_000_000, "juta rupiah"),
        (999_499_999_999, "juta rupiah"),
        (999_500_000_000, "miliar rupiah"),
    ],
)
def test_rupiah_in_a_unit_that_reads_well(greatest: int, unit: str) -> None:
    assert draw(bars(values=(greatest, 1), money=True), width=140 * MM, number=1).judul.endswith(f"({unit})")


def test_the_alternative_text_tells_the_main_figures() -> None:
    labels = tuple(f"Bidang {n}" for n in range(8))
    text = draw(bars(labels, values=(2_000, 7, 6, 5, 4, 3, 2, 1)), width=140 * MM, number=1).keterangan
    assert text == (
        "Grafik batang usulan menurut bidang: Bidang 0 2.000; Bidang 1 7; Bidang 2 6; Bidang 3 5; Bidang 4 4; "
        "dan 3 batang lain. Jumlah 2.028."
    )
    money = draw(bars(values=(2_500_000, 0), money=True), width=140 * MM, number=1).keterangan
    assert "Pertanian Rp2.500.000" in money


def test_a_label_is_cut_between_words() -> None:
    assert shortened("Perumahan  Rakyat dan Kawasan Permukiman", 30) == "Perumahan Rakyat dan Kawasan…"
    assert shortened("x" * 40, 30) == "x" * 29 + "…"
    assert shortened("Sosial", 30) == "Sosial"


def test_labels_that_begin_alike_can_be_told_apart() -> None:
    names = tuple(f"Dinas Pekerjaan Umum dan Penataan Ruang Bidang {part}" for part in ("Bina Marga", "Cipta Karya"))
    (shown,) = cached(part(draw(bars(names), width=100 * MM, number=1), "charts/bidang.xml"), "cat")
    assert len(set(shown)) == 2
    assert shown[0].endswith("Bina Marga")


def test_more_bars_are_higher_and_two_series_have_a_legend() -> None:
    def height(chart: Any) -> int:
        return int(chart.gambar.split('cy="')[1].split('"')[0])

    few, many = (draw(bars(tuple(map(str, range(n)))), width=MM, number=1) for n in (2, 12))
    assert height(few) < height(many)
    pair = draw(bars(series=(("a", (1, 2)), ("b", (1, 2)))), width=MM, number=1)
    assert b"<c:legend>" in part(pair, "bidang.xml")
    assert b"<c:legend>" not in part(few, "bidang.xml")
