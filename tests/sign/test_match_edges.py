"""Matching at its edges: how much may be lost, which of several counts, and what is read how often."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from pipeline.sign.match import Candidate, How, Originals
from tests.sign import paper
from tests.sign.paper import altered, write
from tests.sign.test_match import candidate, found

WORDS = [f"kata{number:02d}" for number in range(20)]


def sheet(words: list[str]) -> bytes:
    """One page with one word to a line, and a word that stands on it."""
    return paper.paper([f"{word}" for word in words], pages=1, box=None)


@pytest.mark.parametrize(("kept", "fits"), [(16, True), (15, True), (13, False)])
def test_three_words_in_ten_may_be_lost(kept: int, fits: bool) -> None:
    """Of 22 words, "hlm" and its number among them."""
    data = sheet(WORDS[:kept])
    assert found(data, candidates=(candidate("uji/sop/a", sheet(WORDS)),)) == (["uji/sop/a"] * fits, How.TEXT)


def test_of_versions_with_the_same_bytes_the_first_counts() -> None:
    data = sheet(WORDS)
    versions = (candidate("uji/sop/a", data, "v002"), candidate("uji/sop/a", data, "v001"))
    assert found(data + b"\n", candidates=versions) == (["v002"], How.BYTES)


def test_a_version_that_fits_counts_before_a_nearer_one_that_does_not() -> None:
    """A short original to which much was added, and a longer one that lost too much."""
    short, long = WORDS[:9], [*WORDS[:14], *(f"lain{number:02d}" for number in range(10))]
    versions = (candidate("uji/sop/a", sheet(long), "panjang"), candidate("uji/sop/a", sheet(short), "pendek"))
    added = sheet([*short, *WORDS[9:14], *(f"baru{number:02d}" for number in range(8))])
    assert found(added, "uji/sop/a", versions) == (["pendek"], How.ID)


def test_a_file_that_begins_with_two_originals_is_of_both() -> None:
    one = sheet(WORDS)
    two = one + b"\n% lanjutan"
    pair = (candidate("uji/sop/b", two), candidate("uji/sop/a", one))
    assert found(two + b"\n% tanda tangan", candidates=pair) == (["uji/sop/b", "uji/sop/a"], How.BYTES)


def test_a_file_never_begins_with_nothing() -> None:
    empty = candidate("uji/sop/kosong", b"")
    assert found(sheet(WORDS), candidates=(empty, candidate("uji/sop/a", sheet(WORDS)))) == (["uji/sop/a"], How.BYTES)


def test_a_file_never_begins_with_more_than_it_holds() -> None:
    data = sheet(WORDS)
    longer = replace(candidate("uji/sop/a", data), size=len(data) + 5)
    assert found(data, candidates=(longer,)) == (["uji/sop/a"], How.TEXT)


def test_what_stands_in_the_band_does_not_count() -> None:
    plain = sheet(WORDS)
    footed = altered(plain, write(72, 30, "kaki halaman yang panjang"))
    pair = (candidate("uji/sop/kaki", footed), candidate("uji/sop/polos", plain))
    assert found(altered(plain, write(72, 500, "lagi")), candidates=pair)[0] == ["uji/sop/kaki", "uji/sop/polos"]


def test_an_original_whose_file_is_gone_is_passed_over() -> None:
    def gone() -> bytes:
        raise FileNotFoundError

    missing = Candidate("uji/sop/hilang", "hilang", "0" * 64, 5, gone)
    assert found(sheet(WORDS), candidates=(missing,)) == ([], How.TEXT)


def test_an_original_is_read_once_for_all_files() -> None:
    data, read = sheet(WORDS), []

    def give() -> bytes:
        read.append(1)
        return data

    originals = Originals([Candidate("uji/sop/a", "a", hashlib.sha256(data).hexdigest(), len(data), give)])
    for word in ("satu", "dua"):
        assert originals.match(altered(data, write(72, 500, word)), "").found
    assert len(read) == 1
