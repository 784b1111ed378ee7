"""Who acts, receives and takes part in a sentence: a table of sentences with what is expected of each."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.actors import names_of
from pipeline.rules.parties import doers, kin, parties
from pipeline.rules.sentences import Mood, parse

TABLE = Path(__file__).with_name("sentences.csv")
COLUMNS = (
    *("Kepala Bagian Umum", "Kepala Bagian Umum dan Keuangan", "Kepala Subbagian Keuangan"),
    *("Pengadministrasi Perkantoran", "Bendahara Pengeluaran", "Kab. Penganggaran dan Pengawasan"),
)
NAMES = names_of((), COLUMNS, "Kabupaten Contoh")
"""``+`` divides the clauses of a row, ``&`` several actors in one."""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cells(text: str, count: int) -> list[list[str]]:
    """A cell of the table by clauses; an empty cell is empty in all of them."""
    parts = text.split("+") if text else [""] * count
    return [[name.strip() for name in part.split("&") if name.strip()] for part in parts]


def known(phrases: tuple[str, ...]) -> list[str]:
    """The known names in several phrases, each once."""
    return list(dict.fromkeys(party.name for phrase in phrases for party in parties(phrase, NAMES) if party.name))


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["kalimat"]))
def test_table(row: dict[str, str]) -> None:
    clauses = parse(row["kalimat"]).clauses
    count = len(clauses)
    assert [[clause.mood.value] for clause in clauses] == cells(row["bentuk"], count)
    assert [[clause.verb] if clause.verb else [] for clause in clauses] == cells(row["kata_kerja"], count)
    acting = [[party.name or party.written for party in doers(clause, NAMES)] for clause in clauses]
    assert acting == cells(row["pelaku"], count)
    assert [known(clause.recipients) for clause in clauses] == cells(row["penerima"], count)
    assert [known(clause.companions) for clause in clauses] == cells(row["bersama"], count)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len({row["kalimat"] for row in rows()}) >= 120


def test_dewan_alone_is_resolved_by_its_verb_unless_the_office_says_who_it_is() -> None:
    def who(text: str) -> tuple[str, ...]:
        return doers(parse(text).clauses[0], NAMES)[0].choices

    assert who("Dewan mencatat hasil reses") == ("Anggota DPRD",)
    assert who("Dewan menyetujui jadwal reses") == ("Pimpinan DPRD", "Rapat Paripurna")
    assert who("Dewan menyusun laporan") == ("Anggota DPRD", "Pimpinan DPRD")


def test_who_sends_something_neither_acts_nor_receives() -> None:
    clause = parse("Menerima surat dari Bupati dan Camat").clauses[0]
    assert (clause.doer, clause.recipients, clause.companions) == ("", (), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bagian Umum", "Kepala Bagian Umum", True),
        ("Komisi", "Komisi terkait", True),
        ("Ketua DPRD", "Pimpinan DPRD", True),
        ("Anggota DPRD", "Badan Musyawarah", True),
        ("Sekretaris DPRD", "Pimpinan DPRD", False),
        ("Kepala Bagian Umum", "Kepala Subbagian Umum", False),
        ("Bupati", "Anggota DPRD", False),
    ],
)
def test_kin(one: str, other: str, same: bool) -> None:
    assert kin(one, other) is same
    assert kin(other, one) is same


def test_any_text_is_read() -> None:
    for text in ("", " ", "(", ")", "((", ",", "dan", "oleh", "kepada", "dan menyusun", "menyusun oleh", "1. ", "di-"):
        assert parse(text).clauses
        assert isinstance(parties(text, NAMES), tuple)
    assert parse("()").mood is Mood.OTHER


WORDS = st.sampled_from(
    (
        *("menyusun", "disusun", "menugaskan", "laporan", "dan", "serta", "atau", ",", ";", "(", ")", ".", "/", "oleh"),
        *("kepada", "ke", "untuk", "dengan", "bersama", "dari", "yang", "kemudian", "Dewan", "DPRD", "Kabag", "Umum"),
        *("Sekretaris DPRD", "Kepala Bagian Umum dan Keuangan", "penyusunan", "?", "1.", "Kab.", "", "\n", "é"),
    )
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join)))
def test_whatever_is_written_is_read_to_its_end(text: str) -> None:
    clauses = parse(text).clauses
    assert clauses
    for clause in clauses:
        phrases = (clause.doer, *clause.recipients, *clause.companions)
        found = [party for phrase in phrases for party in parties(phrase, NAMES, clause.verb)]
        assert all(party.written for party in found)
        assert all(party.name in party.choices for party in found if party.name)
