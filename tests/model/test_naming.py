"""Names of actors as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.naming import ActorIndex, expand, fold
from pipeline.model.office import Position

REGION = "Kabupaten Contoh"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sub. Bagian FPKA", "subbagianfpka"),
        ("  Anggota   DPRD ", "anggotadprd"),
        ("Perundang-undangan", "perundangundangan"),
        ("Kabag.\u00a0Umum", "kabagumum"),
        ("", ""),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Kabag Umum", "Kepala Bagian Umum"),
        ("Kabag. Umum", "Kepala Bagian Umum"),
        ("Ka. Bag. Umum", "Kepala Bagian Umum"),
        ("Kab. Penganggaran dan Pengawasan", "Kepala Bagian Penganggaran dan Pengawasan"),
        ("Kab. Contoh", "Kabupaten Contoh"),
        ("Bupati Kab. Contoh", "Bupati Kabupaten Contoh"),
        ("Kasubbag Risalah", "Kepala Subbagian Risalah"),
        ("Kasubag. Risalah", "Kepala Subbagian Risalah"),
        ("Kasub.Bag Risalah", "Kepala Subbagian Risalah"),
        ("Ka. Sub Bag Risalah", "Kepala Subbagian Risalah"),
        ("Ka. Sub. Bagian Risalah", "Kepala Subbagian Risalah"),
        ("Sub. Bagian FPKA", "Subbagian FPKA"),
        ("Kepala Sub Bagian Risalah", "Kepala Subbagian Risalah"),
        ("Sekwan", "Sekretaris DPRD"),
        ("Sekretaris Dewan", "Sekretaris DPRD"),
        ("Kabel", "Kabel"),
        ("Kepala Bagian Umum", "Kepala Bagian Umum"),
    ],
)
def test_expand(name: str, full: str) -> None:
    assert expand(name, REGION) == full


POSITIONS = (
    Position("Anggota DPRD", aliases=("Dewan", "Anggota Dewan")),
    Position("Pimpinan DPRD", aliases=("Pimpinan Dewan",)),
    Position("Badan Musyawarah", "Banmus", ("Bamus",)),
    Position("Kepala Bagian Umum"),
    Position("Sekretaris DPRD", "Sekwan"),
)
COLUMNS = ("Dewan", "Sekretaris DPRD", "Pimpinan DPRD", "Kab. Penganggaran dan Pengawasan", "Kabag. Umum", "Masyarakat")
INDEX = ActorIndex(COLUMNS, POSITIONS, REGION)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Dewan", 0),
        ("anggota dprd", 0),
        ("Anggota Dewan", 0),
        ("SEKWAN", 1),
        ("Pimpinan Dewan", 2),
        ("Kabag. Penganggaran & Pengawasan", None),
        ("Kepala Bagian Penganggaran dan Pengawasan", 3),
        ("Kabag Umum", 4),
        ("Kepala Bagian Umum", 4),
        ("masyarakat.", 5),
        ("Banmus", None),
        ("Pimpinan", None),
        ("", None),
    ],
)
def test_column(name: str, column: int | None) -> None:
    assert INDEX.column(name) == column


def test_lookup_knows_positions_without_column() -> None:
    match = INDEX.lookup("Bamus")
    assert match is not None
    assert (match.column, match.position) == (None, POSITIONS[2])


def test_own_name_goes_before_a_shared_position() -> None:
    index = ActorIndex(("Dewan", "Anggota DPRD"), POSITIONS)
    assert (index.column("Dewan"), index.column("Anggota DPRD"), index.column("Anggota Dewan")) == (0, 1, 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pimpinan Dewan memberi persetujuan kepada Sekretaris DPRD.", ["Pimpinan Dewan", "Sekretaris DPRD"]),
        ("Dewan mendengarkan keluhan masyarakat", ["Dewan", "masyarakat"]),
        ("menyampaikan kepada Kab. Penganggaran dan Pengawasan.", ["Kab. Penganggaran dan Pengawasan"]),
        ("menyampaikan kepada Bupati Kab. Contoh", []),
        ("Anggota Dewan, Banmus, dan Kabag. Umum", ["Anggota Dewan", "Banmus", "Kabag. Umum"]),
        ("", []),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in INDEX.mentions(text)] == found


def test_leading() -> None:
    mention = INDEX.leading("Pimpinan Dewan memberi persetujuan")
    assert mention is not None
    assert (mention.start, mention.end, mention.match.column) == (0, 14, 2)
    assert INDEX.leading("Memberi persetujuan kepada Dewan") is None


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    fold(text)
    expand(text, text)
    INDEX.lookup(text)
    for mention in INDEX.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
