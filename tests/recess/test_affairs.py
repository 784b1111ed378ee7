"""Fields of government by the names people use, and the agencies that carry them."""

from __future__ import annotations

import pytest

from pipeline.recess.affairs import affair_of, affairs, fits

GROUPS = {"wajib pelayanan dasar": 6, "wajib non-pelayanan dasar": 18, "pilihan": 8}

FIELDS = [
    ("Pendidikan", ("Pendidikan",)),
    ("BIDANG KESEHATAN", ("Kesehatan",)),
    ("1.03 Pekerjaan Umum & Penataan Ruang", ("Pekerjaan Umum dan Penataan Ruang",)),
    (
        "Ketentraman dan Ketertiban Umum serta Perlindungan Masyarakat",
        ("Ketenteraman, Ketertiban Umum, dan Pelindungan Masyarakat",),
    ),
    ("Koperasi dan UKM", ("Koperasi, Usaha Kecil, dan Menengah",)),
    ("pertanian–perikanan–peternakan", ("Pertanian", "Kelautan dan Perikanan")),
    ("Pendidikan dan Kebudayaan", ("Pendidikan", "Kebudayaan")),
    ("kemasyarakatan/keagamaan", ("Sosial", "Keagamaan")),
    ("Kesehatan Hewan", ("Pertanian",)),
    ("Pemuda dan Olahraga", ("Kepemudaan dan Olah Raga",)),
]


def test_the_law_names_thirty_two_affairs() -> None:
    groups = [affair.group for affair in affairs()]
    assert {group: groups.count(group) for group in GROUPS} == GROUPS
    assert len({affair.name for affair in affairs()}) == len(affairs())


@pytest.mark.parametrize(("text", "parts"), FIELDS)
def test_a_field_is_known_by_its_usual_names(text: str, parts: tuple[str, ...]) -> None:
    found = affair_of(text)
    assert found is not None
    assert found.parts == parts


@pytest.mark.parametrize("text", ["", "-", "apa saja", "Kesehatan Mental Hewan Laut", "Usulan"])
def test_what_is_no_field_is_not_guessed(text: str) -> None:
    assert affair_of(text) is None


def test_every_affair_is_found_by_its_own_name() -> None:
    assert [affair_of(affair.name) for affair in affairs()] == list(affairs())


AGENCIES = [
    ("Kesehatan", "Dinas Kesehatan Kabupaten Contoh", True),
    ("Kesehatan", "Dinkes", True),
    ("Kesehatan", "Dinas Pertanian", False),
    ("Kesehatan", "Kecamatan Pasar Contoh", None),
    ("Kesehatan", "Pemerintah Desa Contoh", None),
    ("Kesehatan", "", None),
    ("Kesehatan", "Dinas Contoh", None),
    ("Infrastruktur", "Dishub", True),
    ("Infrastruktur", "Dinas PU dan Penataan Ruang", True),
    ("Infrastruktur", "Dinas Sosial", False),
    ("Kebudayaan", "Dinas Pendidikan dan Kebudayaan", True),
    ("Perdagangan", "Dinas Perindustrian dan Perdagangan", True),
    ("Keagamaan", "Bagian Kesra Setda", True),
]


@pytest.mark.parametrize(("field", "agency", "expected"), AGENCIES)
def test_agencies_are_known_by_words_of_their_names(field: str, agency: str, expected: bool | None) -> None:
    affair = affair_of(field)
    assert affair is not None
    assert fits(affair, agency) is expected
