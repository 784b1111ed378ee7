"""Single cells of recess tables: what people write is read, what can be meant in two ways is told."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.faults import Collector
from pipeline.readers.recess_cells import Cell, amount, clock, coordinates, degrees, participants
from pipeline.readers.recess_dates import DayReader
from pipeline.readers.tables import Row, Table

START, END = dt.date(2026, 2, 2), dt.date(2026, 2, 7)


def cell() -> Cell:
    row = Row(2, 2, ("x",))
    table = Table("aspirasi.csv", {"x": 0}, (row,), Row(1, 1, ("x",)), source="x\nx\n")
    return Cell(table, row, "x", Collector("uji"))


def told(at: Cell) -> list[str]:
    return [finding.code for finding in at.collector.findings]


@pytest.mark.parametrize(
    ("text", "value", "help_"),
    [
        ("1.500.000", 1_500_000, None),
        ("1.500.000 (satu juta lima ratus ribu rupiah)", 1_500_000, None),
        ("1.500.000 (dua juta)", None, "2.000.000"),
        ("lima juta rupiah", None, "5.000.000"),
        ("Satu miliar dua ratus juta", None, "1.200.000.000"),
        ("seratus lima puluh ribu", None, "150.000"),
        ("banyak sekali", None, "rupiah bulat"),
        ("juta", None, "rupiah bulat"),
        ("=SUM(A1:A9)", None, "rupiah bulat"),
        ("@100000", None, "rupiah bulat"),
        ("+500.000", None, "rupiah bulat"),
        ("lima " * 100, None, "rupiah bulat"),
    ],
)
def test_amounts(text: str, value: int | None, help_: str | None) -> None:
    at = cell()
    assert amount(text, at) == value
    assert told(at) == ([] if help_ is None else ["ASP-03"])
    assert all(help_ is not None and help_ in finding.help.id for finding in at.collector.findings)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("", None, []), ("-", None, []), ("125", 125, []), ("1.200", 1200, []), ("125 orang", 125, []),
        ("± 100", 100, []), ("sekitar 80 warga", 80, []), ("125.0", 125, []), ("0", 0, []),
        ("100-150", None, ["MSK-27"]), ("banyak", None, ["MSK-27"]), ("60 L + 40 P", None, ["MSK-27"]),
        ("12.5", None, ["MSK-27"]), ("-5", None, ["MSK-27"]), ("9999999", None, ["MSK-27"]),
    ],
)  # fmt: skip
def test_participants(text: str, value: int | None, codes: list[str]) -> None:
    at = cell()
    assert participants(text, at) == value
    assert told(at) == codes


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("", "", []), ("09.00", "09.00", []), ("9:00", "09.00", []), ("09.00 WIB", "09.00 WIB", []),
        ("13:30:00", "13.30", []), ("09.00-11.30", "09.00-11.30", []), ("9.00 s.d. selesai", "09.00 s.d. selesai", []),
        ("Bakda Isya", "Bakda Isya", []), ("pagi", "pagi", ["MSK-27"]), ("Malam.", "Malam.", ["MSK-27"]),
        ("25.00", "25.00", ["MSK-27"]), ("9.75", "9.75", ["MSK-27"]), ("9.60", "9.60", ["MSK-27"]),
        ("9.59", "09.59", []), ("0,375", "0,375", ["MSK-27"]),
    ],
)  # fmt: skip
def test_times(text: str, value: str, codes: list[str]) -> None:
    at = cell()
    assert clock(text, at) == value
    assert told(at) == codes


def test_a_share_of_the_day_is_suggested_as_a_time() -> None:
    at = cell()
    clock("0,375", at)
    assert at.collector.findings[0].help.id == "Maksud Anda 09.00?"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-7.4245", -7.4245), ("-7,4245", -7.4245), ("−7,4245", -7.4245), ("7,4245 LS", -7.4245), ("S 7.4245", -7.4245),
        ("s7.4245", -7.4245), ("109.2302", 109.2302), ("109,2302 BT", 109.2302), ("1,5 LU", 1.5), ("109", 109.0),
        ("7°25'12\"S", -7.42), ("7° 25’ 12,0” LS", -7.42), ("109°13′48″ BT", 109.23), ("7°30' LS", -7.5),
        ("-7°30'", -7.5), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_coordinates(text: str, value: float | None) -> None:
    at = cell()
    assert degrees(text, at) == (None if value is None else pytest.approx(value))
    assert not told(at)


@pytest.mark.parametrize(
    "text", ["-7.424.512", "-74245", "7°75'12\"S", "7°60'12\"S", "7°25'60\"S", "di balai desa", "200", "7,4,5", "N"]
)
def test_coordinates_that_cannot_be_read_are_told(text: str) -> None:
    at = cell()
    assert degrees(text, at) is None
    assert told(at) == ["MSK-27"]


@pytest.mark.parametrize("text", ["-7.4245, 109.2302", "(-7.4245,109.2302)", "-7,4245; 109,2302", "-7.4245 109.2302"])
def test_one_cell_may_hold_both_coordinates(text: str) -> None:
    at = cell()
    assert coordinates(text, "", at, at) == (-7.4245, 109.2302)
    assert not told(at)


@pytest.mark.parametrize(
    ("text", "day", "codes"),
    [
        ("2026-02-03", dt.date(2026, 2, 3), []),
        ("2025-02-03", dt.date(2025, 2, 3), []),  # another year: read, and told by rule RES-08
        ("2026-02-03 00:00:00", dt.date(2026, 2, 3), []),
        ("2026/02/03", dt.date(2026, 2, 3), []),
        ("3 Februari 2026", dt.date(2026, 2, 3), []),
        ("Selasa, 3 Februari 2026", dt.date(2026, 2, 3), []),
        ("Selasa/3 Pebruari 2026", dt.date(2026, 2, 3), []),
        ("3-Feb-26", dt.date(2026, 2, 3), []),
        ("03/02/2026", dt.date(2026, 2, 3), []),
        ("3.2.2026", dt.date(2026, 2, 3), []),
        ("25/02/2026", dt.date(2026, 2, 25), []),
        ("03/02/26", dt.date(2026, 2, 3), []),
        ("Senin, 3 Februari 2026", dt.date(2026, 2, 3), ["TGL-01"]),  # a Tuesday
        ("", None, []),
        ("-", None, []),
        ("03/04/2025", None, ["TGL-01"]),  # neither is near the recess
        ("46056", None, ["TGL-01"]),
        ("32/02/2026", None, ["TGL-01"]),
        ("2026-02-30", None, ["TGL-01"]),
        ("3-4 Februari 2026", None, ["TGL-01"]),
        ("Februari 2026", None, ["TGL-01"]),
        ("kemarin", None, ["TGL-01"]),
        ("02-03-04", None, ["TGL-01"]),
        ("25-02-04", None, ["TGL-01"]),  # 25 February 2004, or 4 February 2025
    ],
)
def test_dates(text: str, day: dt.date | None, codes: list[str]) -> None:
    at = cell()
    assert DayReader([text], START, END).date(text, at) == day
    assert told(at) == codes


@pytest.mark.parametrize(
    ("column", "text", "day"),
    [
        (["02/02/2026", "03/02/2026", "05/02/2026"], "03/04/2025", dt.date(2025, 4, 3)),
        (["02/03/2026", "02/04/2026", "02/05/2026"], "02/06/2026", dt.date(2026, 2, 6)),  # months come first
        (["02/03/2026"], "02/06/2026", None),  # one date shows nothing
        (["02/25/2026", "02/03/2026", "02/04/2026", "02/05/2026"], "02/03/2026", dt.date(2026, 2, 3)),
        (["03/02/2026", "02/04/2026"], "06/07/2026", None),  # one of each
        (["02/03/2026", "02/04/2026", "02/05/2026", "03/02/2026"], "02/06/2026", None),  # not all of one kind
    ],
)
def test_a_column_shows_what_its_dates_mean(column: list[str], text: str, day: dt.date | None) -> None:
    assert DayReader([*column, text], START, END).date(text, cell()) == day


def test_a_date_that_fits_the_recess_both_ways_is_not_guessed() -> None:
    at = cell()
    assert DayReader([], dt.date(2026, 5, 10), dt.date(2026, 5, 30)).date("05/06/2026", at) is None
    assert told(at) == ["TGL-01"]


def test_both_meanings_and_the_number_of_a_date_are_suggested() -> None:
    at = cell()
    days = DayReader([], None, None)
    days.date("03/04/2025", at)
    days.date("46056", at)
    helps = [finding.help.id for finding in at.collector.findings]
    assert helps[0] == "Tulis 2025-04-03 (3 April 2025) atau 2025-03-04 (4 Maret 2025)."
    assert "2026-02-03" in helps[1]


@given(st.text(max_size=40))
def test_any_cell_is_told_once_at_most(text: str) -> None:
    for read in (amount, participants, clock, degrees, DayReader([text], START, END).date):
        at = cell()
        read(text, at)
        assert len(at.collector.findings) <= 1


@given(st.dates(dt.date(2026, 1, 25), dt.date(2026, 2, 14)), st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%Y/%m/%d"]))
def test_every_written_date_reads_back(day: dt.date, form: str) -> None:
    at = cell()
    assert DayReader([], START, END).date(day.strftime(form), at) == day
    assert not told(at)
