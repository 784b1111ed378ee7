"""How the rules read citations, sentences, titles, dates and NIP."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import TertibError
from pipeline.model.office import OwnRegulation
from pipeline.rules import nip, vocabulary
from pipeline.rules.calendar import Calendar
from pipeline.rules.canonical import printed
from pipeline.rules.citations import parse_citation, rank_of
from pipeline.rules.engine import Facts, check_sop
from pipeline.rules.gazettes import Published
from pipeline.rules.register import own_fault, packaged, promulgated, register_for
from pipeline.rules.sentences import Mood, parse
from pipeline.rules.topics import stems, topic_of
from tests.rules import desk

DAY = dt.date(2023, 1, 2)


@pytest.mark.parametrize(
    ("text", "short", "region"),
    [
        ("Undang-Undang Nomor 27 Tahun 2009 Tentang Majelis", "UU 27/2009", ""),
        ("1. Undang-undang Republik Indonesia Nomor 17 Tahun 2003 tentang Keuangan Negara;", "UU 17/2003", ""),
        ("UU No. 23/2014", "UU 23/2014", ""),
        ("PP 12 Th 2018", "PP 12/2018", ""),
        ("Perppu Nomor 2 Tahun 2014 tentang X", "Perppu 2/2014", ""),
        ("Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2014 tentang X", "Perppu 2/2014", ""),
        ("Permenpan RB No 35 Tahun 2012", "PermenPAN-RB 35/2012", ""),
        ("Permenpan 35/2012", "PermenPAN-RB 35/2012", ""),
        (
            "Peraturan Menteri Negara Pendayagunaan Aparatur Negara Nomor PER/21/M.PAN/11/2008 tentang Pedoman",
            "PermenPAN PER/21/M.PAN/11/2008",
            "",
        ),
        ("Peraturan Menteri Keuangan Nomor 215/PMK.05/2016 tentang X", "PMK 215/PMK.05/2016", ""),
        ("Peraturan Bupati Banyumas Nomor 86 Tahun 2021 tentang X", "Perbup 86/2021", "kabupaten banyumas"),
        ("Peraturan Wali Kota Bekasi Nomor 3 Tahun 2021 tentang X", "Perwal 3/2021", "kota bekasi"),
        ("Perda Kab. Banyumas No. 6 Tahun 2023 ttg X", "Perda 6/2023", "kabupaten banyumas"),
        ("Peraturan Daerah Nomor 16 Tahun 2016 tentang X", "Perda 16/2016", ""),
        ("Peraturan DPRD Kota Bekasi Nomor 1 Tahun 2020 tentang Tata Tertib", "Peraturan DPRD 1/2020", "kota bekasi"),
    ],
)
def test_citations(text: str, short: str, region: str) -> None:
    citation = parse_citation(text)
    assert (citation.short, citation.region) == (short, region)
    assert citation.complete


def test_a_citation_ends_before_gazette_and_amendments() -> None:
    citation = parse_citation(
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah (Lembaran Negara Republik Indonesia Tahun 2014 "
        "Nomor 244) sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 6 Tahun 2023 tentang X;"
    )
    assert (citation.number, citation.year, citation.about) == ("23", 2014, "Pemerintahan Daerah")
    assert citation.amended


def test_ranks() -> None:
    order = ("UU", "PP", "Perpres", "Permendagri", "Perda Provinsi X", "Pergub X", "Perda Kabupaten X", "Perbup X")
    ranks = [rank_of(parse_citation(f"{kind} Nomor 1 Tahun 2020 tentang Y")) or 0 for kind in order]
    assert ranks == sorted(set(ranks))
    assert rank_of(parse_citation("Peraturan DPRD Nomor 1 Tahun 2020 tentang Y")) == 12


def test_every_packaged_row_is_found_by_its_own_citation_and_its_references_exist() -> None:
    register = register_for((), "Kabupaten Banyumas")
    for row in packaged().values():
        assert register.find(parse_citation(row.long)) is row
        for reference in (*row.revoked_by, *row.partly_by, *row.amended_by):
            assert register.named(reference) is not None
    assert all(register.named(name) is not None for name in promulgated())


def test_the_offices_row_goes_before_the_packaged_one() -> None:
    own = OwnRegulation("UU", "27", 2009, "MPR, DPR, DPD, dan DPRD", "berlaku")
    row = register_for((own,), "Kabupaten Contoh").named("UU 27/2009")
    assert row is not None
    assert not row.revoked


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"kind": ""}, "jenis"),
        ({"kind": "Perbub"}, "jenis"),
        ({"number": " "}, "nomor"),
        ({"status": "berlku"}, "status"),
        ({"confidence": "yakin"}, "keyakinan"),
        ({"revoked_by": "Perbup"}, "dicabut_oleh"),
        ({"revoked_by": "sebagian: Perbub 3/2022"}, "dicabut_oleh"),
        ({"amended_by": "Perbup 3/2022; dan lain-lain"}, "diubah_oleh"),
        ({"gazette": "LN 12"}, "lembaran"),
        ({"supplement": "enam"}, "tambahan"),
        ({}, None),
        ({"revoked_by": "Perbup Contoh 3/2022", "gazette": "12", "promulgated": dt.date(2020, 2, 3)}, None),
    ],
)
def test_what_is_wrong_in_an_own_row_is_known_by_its_column(changed: dict[str, Any], column: str | None) -> None:
    row = {"kind": "Perbup Contoh", "number": "2", "year": 2020, "about": "Tata Kerja", **changed}
    assert own_fault(OwnRegulation(**row)) == column


def test_an_own_row_knows_its_day_its_gazette_and_what_revoked_it() -> None:
    old = OwnRegulation("Perbup", "2", 2020, "Lama", "dicabut", "Perbup Contoh 3/2022", gazette="7")
    new = OwnRegulation("Perbup Contoh", "3", 2022, "Baru", promulgated=dt.date(2022, 5, 9))
    register = register_for((old, new), "Kabupaten Contoh")
    row = register.named("Perbup 2/2020")
    assert row is not None
    assert row.published == Published(7, None)
    assert register.revocation(row) == ("Perbup Contoh 3/2022", dt.date(2022, 5, 9))
    assert printed(row, gazettes=True).endswith("tentang Lama (Berita Daerah Kabupaten Contoh Tahun 2020 Nomor 7)")


@pytest.mark.parametrize(
    "row",
    ["PP,1,tahun,X,berlaku,,,tinggi", "PP,1,2020,X,berlku,,,tinggi", "PP,1,2020,X", "PP,1,2020,X,dicabut,PP,,tinggi"],
)
def test_a_wrong_packaged_row_names_file_and_row(tmp_path: Path, row: str) -> None:
    path = tmp_path / "daftar.csv"
    header = "jenis,nomor,tahun,tentang,status,dicabut_oleh,diubah_oleh,keyakinan"
    path.write_text(f"{header}\nPP,2,2020,X,berlaku,,,tinggi\n{row}\n", encoding="utf-8")
    with pytest.raises(TertibError, match=r"daftar\.csv, row 3"):
        packaged(path)


def test_a_wrong_word_list_names_file_and_columns() -> None:
    with pytest.raises(TertibError, match=r"words\.csv, row 1"):
        vocabulary.rows("words.csv", ("lain",))


def test_word_lists_hold_no_word_twice() -> None:
    for name, columns in (("typos.csv", ("salah", "benar", "jenis")), ("words.csv", ("jenis", "kata"))):
        table = vocabulary.rows(name, columns)
        assert len(set(table)) == len(table)
    assert {kind for _, kind in vocabulary.typos().values()} == {"ketik", "baku"}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2023, 1, 2), True),
        (dt.date(2023, 1, 1), False),
        (dt.date(2023, 1, 23), False),
        (dt.date(2024, 2, 14), False),
        (dt.date(2025, 8, 18), False),
        (dt.date(2026, 12, 25), False),
        (dt.date(2026, 11, 21), False),
        (dt.date(2019, 8, 17), False),
        (dt.date(2019, 8, 19), True),
    ],
)
def test_working_days(day: dt.date, works: bool) -> None:
    assert Calendar({}).is_workday(day) is works


def test_six_day_offices_and_own_days_off() -> None:
    calendar = Calendar({dt.date(2024, 1, 4): "Hari Jadi"}, days_per_week=6)
    assert calendar.is_workday(dt.date(2024, 1, 6))
    assert not calendar.is_workday(dt.date(2024, 1, 7))
    assert not calendar.is_workday(dt.date(2024, 1, 4))


@pytest.mark.parametrize(
    ("text", "mood", "subject", "second"),
    [
        ("Menyusun laporan", Mood.ACTIVE, "", ""),
        ("Dewan mendengarkan keluhan masyarakat", Mood.ACTIVE, "Dewan", ""),
        ("Persetujuan Dewan disampaikan kepada Sekretaris DPRD", Mood.PASSIVE, "Persetujuan Dewan", ""),
        ("Surat yang telah diterima dicatat", Mood.PASSIVE, "Surat yang telah diterima", ""),
        ("Menyampaikan laporan untuk dibahas dan ditetapkan", Mood.ACTIVE, "", ""),
        ("Dewan Menyusun laporan hasil reses, laporan diserahkan kepada dewan", Mood.ACTIVE, "Dewan", "diserahkan"),
        ("Menerima dan mencatat surat", Mood.ACTIVE, "", "mencatat"),
        ("Penyusunan laporan", Mood.NOMINAL, "", ""),
        ("Apakah lengkap", Mood.QUESTION, "", ""),
        ("", Mood.OTHER, "", ""),
    ],
)
def test_sentences(text: str, mood: Mood, subject: str, second: str) -> None:
    sentence = parse(text)
    assert (sentence.mood, sentence.subject, sentence.second) == (mood, subject, second)


def test_recipients_and_agents() -> None:
    sentence = parse("Laporan disampaikan oleh Sekretaris DPRD kepada Kab. Penganggaran dan Pengawasan untuk dibahas.")
    assert sentence.agent == "Sekretaris DPRD"
    assert sentence.recipients == ("Kab. Penganggaran dan Pengawasan",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("penyusunan", "menyusun"), ("pengarsipan", "arsip"), ("penetapan", "menetapkan"), ("persuratan", "surat")],
)
def test_kin_words_share_a_stem(one: str, other: str) -> None:
    assert stems(one) & stems(other)


def test_topics() -> None:
    assert topic_of("SOP Penyusunan Rencana Kerja").touches("Dokumen Renja")
    assert topic_of("Penyusunan Renstra").touches("Rancangan Rencana Strategis")
    assert not topic_of("Penyusunan Renstra").touches("Rencana kegiatan reses")


@given(st.text(max_size=24))
def test_any_text_is_judged_as_nip(text: str) -> None:
    nip.fault(text, DAY)


def test_the_nip_of_the_published_sop_is_valid() -> None:
    assert nip.fault("NIP. 19680430 199002 1 003", DAY) is None


WORDS = st.sampled_from(
    ["Dewan", "melaksanakan", "reses", "kepada", ",", "dan", "disampaikan", "Nomor", "Tahun", "2014", "tentang", "UU"]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=12).map(" ".join))

MANY = st.lists(TEXTS, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    title=TEXTS,
    number=TEXTS,
    legal=st.lists(TEXTS, max_size=4),
    actors=st.lists(TEXTS, max_size=3),
    rows=st.lists(TEXTS, max_size=4),
)
def test_no_text_crashes_a_rule(title: str, number: str, legal: list[str], actors: list[str], rows: list[str]) -> None:
    steps: list[dict[str, Any]] = [
        {"no": i, "kegiatan": text, "pelaksana": actors[:1], "output": text, "waktu": text, "kelengkapan": text}
        for i, text in enumerate(rows, start=1)
    ]
    sop = {"judul": title, "nomor": number, "dasar_hukum": legal, "pelaksana": actors, "langkah": steps}
    sop |= {"keterkaitan": legal, "peringatan": rows, "pengesah": {"nama": title, "jabatan": number, "nip": title}}
    found = check_sop(desk.item({"sop": sop}), Facts(today=desk.TODAY))
    assert [f.message.id for f in found if f.code == "INT-01"] == []
