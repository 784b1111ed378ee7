"""Every ``waktu`` text seen in published SOPs, and the rest of the grammar."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.duration import Bound, Duration, Quantity, TimeKind, Unit
from pipeline.model.timing import describe
from pipeline.readers.durations import parse_time

CASES = list(csv.DictReader((Path(__file__).parents[1] / "data" / "durations.csv").open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("case", CASES, ids=[case["waktu"] or "kosong" for case in CASES])
def test_table(case: dict[str, str]) -> None:
    value = parse_time(case["waktu"])
    assert value.text == case["waktu"]
    assert value.kind.name.lower() == case["jenis"]
    assert "; ".join(describe(duration) for duration in value.durations) == case["dibaca"]
    assert value.suggestion == case["saran"]


def test_suggestions_are_readable() -> None:
    for case in CASES:
        if case["saran"]:
            assert parse_time(case["saran"]).kind is TimeKind.MEASURED


def one(amount: int | str, unit: Unit) -> tuple[Quantity, ...]:
    return (Quantity(Fraction(amount), unit),)


EXACT = [
    ("3 hari", Duration(one(3, Unit.DAY), one(3, Unit.DAY))),
    ("2 hari efektif", Duration(one(2, Unit.WORKDAY), one(2, Unit.WORKDAY))),
    ("5-10 menit", Duration(one(5, Unit.MINUTE), one(10, Unit.MINUTE))),
    ("30 menit - 3 Jam", Duration(one(30, Unit.MINUTE), one(3, Unit.HOUR))),
    ("maks. 3 hari", Duration(one(3, Unit.DAY), one(3, Unit.DAY), Bound.AT_MOST)),
    ("±1 hari", Duration(one(1, Unit.DAY), one(1, Unit.DAY), Bound.ABOUT)),
    ("minimal 2 jam", Duration(one(2, Unit.HOUR), one(2, Unit.HOUR), Bound.AT_LEAST)),
    ("2 menit/berkas", Duration(one(2, Unit.MINUTE), one(2, Unit.MINUTE), Bound.EXACT, "berkas")),
    ("1½ jam", Duration(one("3/2", Unit.HOUR), one("3/2", Unit.HOUR))),
    ("1 x 24 jam", Duration(one(1, Unit.CALENDAR_DAY), one(1, Unit.CALENDAR_DAY))),
    (
        "2 bulan 1 minggu",
        Duration(
            (Quantity(Fraction(2), Unit.MONTH), Quantity(Fraction(1), Unit.WEEK)),
            (Quantity(Fraction(2), Unit.MONTH), Quantity(Fraction(1), Unit.WEEK)),
        ),
    ),
]


@pytest.mark.parametrize(("text", "duration"), EXACT, ids=[case[0] for case in EXACT])
def test_values(text: str, duration: Duration) -> None:
    assert parse_time(text).durations == (duration,)


@given(
    amount=st.integers(1, 9999),
    unit=st.sampled_from(list(Unit)),
    bound=st.sampled_from(list(Bound)),
    per=st.sampled_from(["", "berkas", "orang"]),
)
def test_what_is_described_is_read_back(amount: int, unit: Unit, bound: Bound, per: str) -> None:
    duration = Duration(one(amount, unit), one(amount, unit), bound, per)
    assert parse_time(describe(duration)).durations == (duration,)


PIECES = st.sampled_from(
    (
        *(
            "1",
            "2",
            "3",
            "10",
            "1,5",
            "2.5",
            "1.500",
            "0",
            "½",
            "1½",
            "1/2",
            "3/4",
            "5/10",
            "1 x 24",
            "2 kali 3",
            "1,125",
        ),
        *(
            "(satu)",
            "(dua)",
            "(sepuluh)",
            "dua",
            "setengah",
            "seratus dua puluh",
            "duapuluh",
            "tiga perempat",
            "sehari",
        ),
        *("menit", "jam", "hari", "hari kerja", "hari kalender", "minggu", "bulan", "tahun", "mnt", "HK", "menti", "'"),
        *("-", "–", "s.d.", "s/d", "sampai", "atau", "dan", "+", ",", ";", "±", "maks.", "paling lama", "minimal", "<"),
        *("/berkas", "per orang", "(maksimal)", ".", "antara", "sebelum rapat", "Januari", "sehari", "H-3"),
    )
)


@given(st.lists(PIECES, min_size=1, max_size=7).map(" ".join) | st.lists(PIECES, max_size=5).map("".join))
def test_what_is_printed_anew_means_the_same(text: str) -> None:
    value = parse_time(text)
    printed = "; ".join(describe(duration) for duration in value.durations)
    if value.kind is TimeKind.MEASURED:
        assert parse_time(printed).durations == value.durations
    if value.suggestion:
        assert parse_time(value.suggestion).kind in (TimeKind.MEASURED, TimeKind.SCHEDULE, TimeKind.UNMEASURABLE)


@given(st.text(max_size=60) | st.from_regex(r"[0-9 .,/()½x±-]{0,12}(hari|jam|menit)[a-z /;.]{0,12}"))
def test_never_raises(text: str) -> None:
    assert parse_time(text).text == text


def test_long_cell_is_unreadable() -> None:
    assert parse_time("1 " * 100_000).kind is TimeKind.UNREADABLE
