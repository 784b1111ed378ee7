"""Personal data is found where it is, whole, and nothing else is taken for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.personal import EMAIL, IDENTITY, PHONE, find, hidden

CASES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "personal.yaml").read_text(encoding="utf-8"))
KINDS = {"nik": IDENTITY, "telepon": PHONE, "surel": EMAIL}


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["text"])
def test_finds(case: dict[str, str]) -> None:
    text = case["text"]
    wanted = [(KINDS[name], part) for name, part in case.items() if name != "text"]
    assert [(mark.kind, text[mark.start : mark.end]) for mark in find(text)] == wanted


@pytest.mark.parametrize("text", CASES["none"])
def test_leaves_alone(text: str) -> None:
    assert [text[mark.start : mark.end] for mark in find(text)] == []


@given(st.text(alphabet="0123456789 .-+()@/abRp\n", max_size=80))
def test_marks_are_in_order_and_apart(text: str) -> None:
    end = 0
    for mark in find(text):
        assert end <= mark.start < mark.end <= len(text)
        end = mark.end


@given(st.integers(0, 10**8 - 1), st.text(alphabet="abc xyz,", max_size=20))
def test_a_mobile_number_is_found_between_any_words(number: int, words: str) -> None:
    phone = f"0812{number:08}"
    text = f"{words} {phone} {words}"
    assert [text[mark.start : mark.end] for mark in find(text)] == [phone]


@pytest.mark.parametrize("text", ["0" * 20_000, "a" * 20_000 + "@", "0812 " * 4_000, "1." * 10_000, "(0" * 10_000])
def test_long_texts_end(text: str) -> None:
    assert all(mark.end > mark.start for mark in find(text))


@pytest.mark.parametrize("case", CASES["found"], ids=str)
def test_hidden_texts_hold_nothing_and_keep_their_length(case: dict[str, str]) -> None:
    text = f"sebelum {case['text']} sesudah"
    shown = hidden(text)
    assert len(shown) == len(text)
    assert shown.startswith("sebelum ")
    assert shown.endswith(" sesudah")
    assert shown.count("•") >= 8
    assert find(shown) == ()
