"""How texts for people begin and how they list things."""

from __future__ import annotations

import pytest

from pipeline.model.message import listed, say


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pertemuan P1 tanpa jam", "Pertemuan P1 tanpa jam"),
        ("`uraian` kosong", "`uraian` kosong"),
        ("reses.yaml tidak ada", "reses.yaml tidak ada"),
        ("inputs/contoh tidak ada", "inputs/contoh tidak ada"),
        ("Sudah benar", "Sudah benar"),
        ("kosong.", "Kosong."),
        ("", ""),
    ],
)
def test_sentences_begin_with_a_capital(text: str, expected: str) -> None:
    assert say(text).sentence().text("id") == expected


def test_lists_are_joined_the_indonesian_way() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a dan b"
    assert listed(["a", "b", "c"]) == "a, b, dan c"
