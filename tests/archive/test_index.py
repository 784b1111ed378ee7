"""The index: what archivists read of each version, whatever its kind and stage."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest

from pipeline.archive import index
from pipeline.archive.facts import Facts
from pipeline.archive.log import Log
from pipeline.archive.storage import Hashes
from tests.archive.desk import DAY, OFFICE


def row(kind: str = "sop", name: str = "a", **facts: Any) -> dict[str, str]:
    """The one row of the index of a log with one version."""
    settings = index.settings_of(OFFICE) | {"reses": {"kode_klasifikasi": "100.3"}}
    made = Log().opened(DAY).told(DAY, settings)
    made = made.with_version(DAY, Facts(kind, name, 1, DAY, **facts), Hashes("a" * 64, "b" * 128))
    (found,) = csv.DictReader(io.StringIO(index.render(made).decode("utf-8-sig"), newline=""), delimiter=";")
    assert index.rows_in(index.render(made)) == 1
    return found


STATES: list[tuple[dict[str, Any], str]] = [
    ({"stage": "final"}, "pertinggal"),
    ({"stage": ""}, "pertinggal"),
    ({"stage": "draf"}, "konsep"),
    ({"stage": "final", "signers": ("A",), "original": 1}, "asli"),
    ({"stage": "final", "signers": ("A",), "original": 1, "partly": (2, 5)}, "asli (2 dari 5)"),
]


@pytest.mark.parametrize(("facts", "told"), STATES)
def test_the_degree_of_completion(facts: dict[str, Any], told: str) -> None:
    assert row(**facts)["tingkat_perkembangan"] == told


@pytest.mark.parametrize(
    ("kind", "code"), [("sop", "000.8.3.3"), ("reses", "100.3"), ("buku", "000.8.3.3"), ("lain", "")]
)
def test_each_kind_is_kept_as_the_office_says(kind: str, code: str) -> None:
    assert row(kind)["kode_klasifikasi"] == code


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [
        ("sop", "Rapat", "SOP Rapat"),
        ("sop", "Penyusunan SOP", "Penyusunan SOP"),
        ("sop", "Isopoda", "SOP Isopoda"),
        ("buku", "Buku SOP 2026", "Buku SOP 2026"),
        ("sop", "", "SOP a"),
    ],
)
def test_the_kind_is_told_once(kind: str, title: str, told: str) -> None:
    assert row(kind, title=title)["uraian"] == told


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert row(number=f"{sign}1+1")["nomor"] == f"'{sign}1+1"


def test_years_pages_and_signers() -> None:
    assert row(year=2024)["tahun"] == "2024"
    assert row()["tahun"] == str(DAY.year)
    assert row()["jumlah"] == "1 naskah"
    assert row(pages=3)["jumlah"] == "1 naskah, 3 halaman"
    assert row(signers=("A", "B"))["penanda_tangan"] == "A; B"
    assert row(effective=dt.date(2025, 1, 2))["tanggal_efektif"] == "2025-01-02"


@pytest.mark.parametrize(
    ("told", "months"), [(12, 12), (1, 1), (1200, 1200), (0, 24), (-1, 24), (1201, 24), ("12", 24), (None, 24)]
)
def test_months_that_make_no_sense_are_the_usual_ones(told: object, months: int) -> None:
    assert index.review_months(Log().opened(DAY).told(DAY, {"masa_tinjau": told})) == months


def _old(**change: str) -> bytes:
    cells = dict.fromkeys(index.OLD_COLUMNS, "x")
    cells |= {"versi": "v001", "folder": "sop/a/v001", "sha256_manifes": "a" * 64} | change
    return "\r\n".join([";".join(index.OLD_COLUMNS), ";".join(cells.values()), ""]).encode()


def test_an_index_of_the_first_format_is_read() -> None:
    assert index.old_rows(_old()) == {"sop/a/v001": "a" * 64}
    assert index.old_rows(b"no;nama\r\n1;a\r\n") is None


@pytest.mark.parametrize(
    "change",
    [
        {"versi": "1"},
        {"folder": "a/v001"},
        {"folder": "x/sop/a/v001"},
        {"sha256_manifes": "a" * 63},
        {"sha256_manifes": "A" * 64},
    ],
)
def test_a_line_of_the_first_format_that_is_none_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        index.old_rows(_old(**change))
