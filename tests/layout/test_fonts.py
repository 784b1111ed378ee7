"""Widths and line breaks against figures read from the fonts themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.fonts import PT, Font, find_metrics
from pipeline.layout.lines import wrap

ARIAL = Font("Arial", 10)


@pytest.mark.parametrize(
    ("text", "units"),
    # Advance widths of Arial in 1/1000 of the size, from its public AFM: A 667, V 667, space 278, i 222, W 944.
    [("A", 667), ("AV", 1334), ("i i", 722), ("W", 944)],
)
def test_width_is_the_sum_of_advance_widths(text: str, units: int) -> None:
    assert ARIAL.width(text) == units * 10 * PT // 1000


def test_metric_compatible_names_share_their_metrics() -> None:
    assert find_metrics("Liberation Sans", bold=False) is find_metrics("Arial", bold=False)
    assert find_metrics("Carlito", bold=True) is find_metrics("Calibri", bold=True)


def test_an_unknown_font_is_known_as_unknown() -> None:
    font = Font("Huruf Yang Tidak Ada", 10)
    assert not font.known
    assert font.width("A") == ARIAL.width("A")


@given(st.text(alphabet="abc defghi-klmn", max_size=120), st.integers(5, 60))
def test_lines_fit_and_lose_nothing(text: str, millimetres: int) -> None:
    width = millimetres * 36000
    lines = wrap(text, ARIAL, width)
    assert all(ARIAL.width(line) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_hyphen_may_end_a_line() -> None:
    assert wrap("Perundang-undangan", ARIAL, ARIAL.width("Perundang-un")) == ["Perundang-", "undangan"]
