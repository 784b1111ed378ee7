"""Slips: found with their place and the words around them; right words, names and foreign words are left alone."""

from __future__ import annotations

import pytest

from pipeline.rules.spelling import corrected, nearest, slips
from pipeline.rules.vocabulary import rows

WORDS = dict(rows("vocabulary.csv", ("kata", "jenis")))


@pytest.mark.parametrize(
    ("word", "rights"),
    [
        ("penyelengaraan", ("penyelenggaraan",)),  # a letter missing
        ("spesifikkasi", ("spesifikasi",)),  # one too many
        ("melakulan", ("melakukan",)),  # one wrong
        ("peraturna", ("peraturan",)),  # two exchanged
        ("pengadan", ("pengadaan", "pengaduan")),  # either may be meant
    ],
)
def test_a_slip_finds_the_word_it_was_meant_to_be(word: str, rights: tuple[str, ...]) -> None:
    assert nearest(word) == rights


@pytest.mark.parametrize(
    "word",
    ["laporkan", "penyusun", "system", "kendari", "laporannya", "berkali", "lembah", "xyzzy", "anggita", "menegaskan"],
)
def test_other_words_are_left_alone(word: str) -> None:
    assert nearest(word) == ()


def test_no_word_of_the_vocabulary_is_a_slip() -> None:
    assert [word for word in WORDS if nearest(word)] == []
    assert [slip.wrong for word in WORDS for slip in slips(word)] == []


def test_the_vocabulary_is_sorted_lower_case_and_without_doubles() -> None:
    table = rows("vocabulary.csv", ("kata", "jenis"))
    assert len(table) == len(WORDS)
    assert set(WORDS.values()) == {"bidang", "pasif", "lain"}
    assert all(word == word.lower() and word.isalpha() for word in WORDS)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Persetujuan Pmpinan DPRD", "Persetujuan Pimpinan DPRD"),
        ("Laporan telah di sampaikan, lalu diarsipkan", "Laporan telah disampaikan, lalu diarsipkan"),
        ("PENYELENGARAAN RAPAT", "PENYELENGGARAAN RAPAT"),
        ("Draft Spesifkasi/KAK", "Draft Spesifikasi/KAK"),
        ("Kegitan", ""),
    ],
)
def test_the_words_around_are_shown_set_right(text: str, phrase: str) -> None:
    (slip,) = slips(text)
    assert text[slip.start : slip.end] == slip.wrong
    assert corrected(text, slip) == phrase
