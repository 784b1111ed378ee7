"""Citations as they are written: every form in ``tests/data/citations.csv`` is understood, or rightly not."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import kinds
from pipeline.rules.canonical import canonical, replacement
from pipeline.rules.citations import Citation, parse_citation, rank_of
from pipeline.rules.impact import likely
from pipeline.rules.official_form import official_form
from pipeline.rules.register import Regulation, packaged, register_for

TABLE = Path(__file__).parents[1] / "data" / "citations.csv"
with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
REGISTER = register_for((), "Kabupaten Banyumas")
PACKAGED = list(packaged().values())


def read_as(citation: Citation) -> str:
    """``"UU 23/2014"``; a minus and the kind alone where number or year are missing."""
    if citation.kind == "UUD":
        return f"UUD {citation.year}"
    if not citation.complete:
        return f"-{citation.kind}"
    return citation.short


def amended_by(citation: Citation) -> str:
    if citation.amendment is None:
        return ""
    named = ", ".join(by.short for by in citation.amendment.by)
    return ("*" if citation.amendment.several else "") + named or "-"


def test_the_table_is_as_long_as_promised() -> None:
    assert len(ROWS) >= 150
    assert len({row["teks"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["teks"][:60])
def test_read(row: dict[str, str]) -> None:
    read = parse_citation(row["teks"])
    gazettes = [f"{g.series} {g.year}/{g.number}" if g.year else f"{g.series} {g.number}" for g in read.gazettes]
    assert {
        "teks": row["teks"] if read.also else read.text,
        "dibaca": read_as(read),
        "daerah": read.region,
        "tentang": read.about,
        "lembaran": "; ".join(gazettes),
        "diubah_dengan": amended_by(read),
        "juga": ", ".join(each.short for each in read.also),
    } == row


@pytest.mark.parametrize("row", PACKAGED, ids=lambda row: row.short)
def test_a_row_of_the_register_reads_back_in_every_form(row: Regulation) -> None:
    forms = [row.long, f"{row.long};", f"1. {row.long.upper()}.", row.short]
    forms += [replacement(row, REGISTER, dt.date(2026, 1, 1), gazettes=full) for full in (False, True)]
    for form in forms:
        read = parse_citation(form)
        assert REGISTER.find(read) is row, form
        assert not read.also, form
    assert parse_citation(row.long).about == row.about


@pytest.mark.parametrize("row", PACKAGED, ids=lambda row: row.short)
def test_what_is_suggested_needs_no_correction(row: Regulation) -> None:
    text = canonical(parse_citation(row.short), REGISTER, dt.date(2026, 1, 1), gazettes=True)
    assert text == canonical(parse_citation(text), REGISTER, dt.date(2026, 1, 1), gazettes=True)
    if "Pengganti Undang-Undang" not in text and "(SOP)" not in text:
        assert official_form(text).slips == ()


def test_lines_of_one_item_are_regulations_of_their_own() -> None:
    read = parse_citation("UU 23/2014 tentang Pemerintahan Daerah\nPP 18/2016 tentang Perangkat Daerah")
    assert (read.about, [each.short for each in read.also]) == ("Pemerintahan Daerah", ["PP 18/2016"])


def test_each_regulation_of_an_item_is_put_right_by_itself() -> None:
    read = parse_citation("UU No. 99/2020 tentang Contoh dan PP 98/2020 tentang Contoh;")
    told = [canonical(each, REGISTER, dt.date(2024, 1, 1), gazettes=False) for each in (read, *read.also)]
    assert told == [
        "Undang-Undang Nomor 99 Tahun 2020 tentang Contoh",
        "Peraturan Pemerintah Nomor 98 Tahun 2020 tentang Contoh",
    ]


def test_ranks_follow_the_hierarchy() -> None:
    order = (
        *("UUD 1945", "TAP MPR VII/MPR/2001", "UU 1/2020", "PP 1/2020", "Perpres 1/2020", "Permenkes 1/2020"),
        *("SE Mendagri Nomor 1 Tahun 2020", "Perda Provinsi X 1/2020", "Pergub X 1/2020", "Perda Kota X 1/2020"),
        *("Perwal X 1/2020", "Peraturan DPRD Kota X 1/2020", "Keputusan Sekretaris DPRD Kota X Nomor 1 Tahun 2020"),
    )
    assert [rank_of(parse_citation(text)) for text in order] == list(range(1, 14))
    same = (("Perppu 1/2020", 3), ("Keppres 1/1990", 5), ("Peraturan BKN 1/2020", 6), ("Permen Angkasa 1/2020", 6))
    same += (("Kepmendagri 1/2020", 7), ("SKB 3 Menteri 1/2020", 7), ("Perbup X 1/2020", 11), ("Kepbup X 1/2020", 13))
    assert [rank_of(parse_citation(text)) for text, _ in same] == [rank for _, rank in same]
    assert rank_of(parse_citation("Perda 1/2020")) is None
    assert rank_of(parse_citation("Perda 1/2020"), "kabupaten x") == 10


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Peraturan Menteri PAN dan RB Nomor 35 Tahun 2012", "PermenPAN-RB 35/2012"),
        ("Peraturan Menteri Negara Pendayagunaan Aparatur Negara Nomor 35 Tahun 2012", "PermenPAN-RB 35/2012"),
        ("Peraturan Kepala ANRI Nomor 5 Tahun 2021", "Peraturan ANRI 5/2021"),
        ("Peraturan Kepala Komisi Informasi Nomor 1 Tahun 2021", "PerKI 1/2021"),
    ],
)
def test_another_name_of_the_issuer_finds_the_regulation(typed: str, found: str) -> None:
    row = REGISTER.find(parse_citation(typed))
    assert row is not None
    assert row.short == found


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Perturan Bupati Banyumas", "Peraturan Bupati"), ("Permendargi", "Permendagri"), ("Hasil rapat", "")],
)
def test_the_nearest_kind(typed: str, name: str) -> None:
    assert kinds.nearest(typed) == name


WORDS = st.sampled_from(
    [
        *("Undang-Undang", "Peraturan", "Menteri", "Bupati", "Daerah", "Nomor", "No.", "Tahun", "tentang", "UU", "PP"),
        *("sebagaimana", "telah", "diubah", "dengan", "terakhir", "jo.", "dan", ";", ",", "(", ")", "LN", "TLN", "/"),
        *(
            "Lembaran",
            "Negara",
            "2014",
            "23",
            "23/2014",
            "1.",
            "Pasal",
            "ayat",
            "(1)",
            "PER/21/M.PAN/11/2008",
            "…",
            "\n",
        ),
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    read = parse_citation(text)
    assert read.text == text or (read.also and read.text in text)
    assert all(isinstance(short, str) for short in likely(text))
    assert canonical(read, REGISTER, dt.date(2024, 1, 1), gazettes=True) is not None
    assert official_form(text).text is not None


@given(st.sampled_from(PACKAGED), st.sampled_from(["", ";", ".", "; dan"]), st.integers(1, 20))
def test_marks_and_numbers_around_a_citation_change_nothing(row: Regulation, mark: str, number: int) -> None:
    read = parse_citation(f"{number}. {row.long}{mark}")
    assert (read.short, read.about) == (row.short, row.about)
