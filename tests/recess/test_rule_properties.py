"""Whatever the data of a recess are: no rule fails, what is not sure is no error, and thousands of faults stay few."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.finding import Confidence, Finding, Place, Severity, Stage
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import say
from pipeline.model.office import Office, RegionKind
from pipeline.model.recess import (
    MEETINGS,
    MEMBERS,
    PROPOSALS,
    TABLES,
    Earlier,
    Held,
    History,
    Meeting,
    Member,
    Proposal,
    Recess,
    RecessInput,
    TableSource,
)
from pipeline.model.region import Agency, Area, Region
from pipeline.recess.checks import check_recess
from pipeline.recess.thinning import ALIKE, SAME, thinned
from pipeline.rules.calendar import Calendar
from tests.recess import small

WORDS = st.sampled_from(
    (
        *("", "A1", "A2", "a1", "Dapil 1", "Dapil I", "Fraksi Contoh", "F-Contoh", "Contoh Timur", "Kec. Contoh Timur"),
        *(
            "Contoh Mekar",
            "09.00",
            "9:00 WIB",
            "=1+1",
            "-",
            "Keluhan warga; usulan jalan",
            "0812 3456 7890",
            "Dinas PU",
        ),
        *("Pertanian", "usulan", "pengaduan", "Perbaikan jalan desa yang rusak parah", "x" * 2_000, "²", "Ⅳ", "\n"),
    )
)
TEXT = WORDS | st.text(max_size=12)
DAY = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)) | st.just(dt.date.max) | st.just(dt.date.min)


def built(kind: type, row: int, draw: st.DrawFn) -> object:
    names = [name for name in kind.__dataclass_fields__ if name not in ("id", "row")]  # type: ignore[attr-defined]
    plain = {"date", "participants", "agenda", "attachments", "amount", "latitude", "longitude"}
    values = {name: draw(TEXT) for name in names if name not in plain}
    if kind is Meeting:
        values |= {"date": draw(DAY), "agenda": tuple(draw(st.lists(TEXT, max_size=2)))}  # type: ignore[dict-item]
    return kind(draw(TEXT), row, **values)


@st.composite
def inputs(draw: st.DrawFn) -> RecessInput:
    rows = {
        kind: tuple(built(kind, row + 2, draw) for row in range(draw(st.integers(0, 6))))
        for kind in (Member, Meeting, Proposal)
    }
    recess = Recess(
        "contoh/reses/x",
        draw(st.sampled_from(Stage)),
        draw(st.sampled_from(("", "2026", "2025/2026", "x"))),
        draw(st.sampled_from((None, 1, 3))),
        draw(DAY),
        draw(DAY),
        day_count=draw(st.sampled_from(("", "kalender", "kerja"))),
        announced=draw(DAY),
        last_of_term=draw(st.booleans()),
        plenaries=tuple(draw(st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)), max_size=2))),
        members=rows[Member],  # type: ignore[arg-type]
        meetings=rows[Meeting],  # type: ignore[arg-type]
        proposals=rows[Proposal],  # type: ignore[arg-type]
    )
    held = st.builds(Held, TEXT, st.sampled_from(("2026", "2025/2026")), st.sampled_from((None, 1, 2)), DAY, DAY)
    earlier = st.builds(Earlier, held, st.dictionaries(TEXT, TEXT, max_size=3), st.frozensets(TEXT, max_size=2))
    region = Region(
        tuple(draw(st.lists(st.builds(Area, TEXT, TEXT, TEXT), max_size=3))),
        tuple(draw(st.lists(st.builds(Agency, TEXT, affairs=st.tuples(TEXT)), max_size=3))),
    )
    history = History(tuple(draw(st.lists(held, max_size=4))), draw(st.none() | earlier))
    return with_tables(recess, draw(st.sampled_from(RegionKind)), draw(DAY), region, history)


def with_tables(
    recess: Recess,
    kind: RegionKind = RegionKind.REGENCY,
    term_end: dt.date | None = None,
    region: Region | None = None,
    history: History | None = None,
) -> RecessInput:
    office = Office("contoh", Path("inputs/contoh"), "Pemerintah Kabupaten Contoh", "Setwan", kind, term_end=term_end)
    tables = {
        name: TableSource(f"{name}.csv", lambda row, column, name=name: cell(name, row, column)) for name in TABLES
    }
    return RecessInput(
        recess.id,
        Path("reses/x"),
        recess,
        OfficeInput(office, {}, (), ()),
        {(): Place("reses.yaml")},
        (),
        (),
        tables,
        frozenset(),
        region or Region(),
        history or History(),
    )


COLUMNS: Counter[str] = Counter()


def cell(name: str, row: int, column: str | None) -> Place:
    """Cells as a table has them: each column has its own letter."""
    if column is None:
        return Place(f"{name}.csv", row, 1, cell=f"A{row}")
    letter = chr(ord("A") + COLUMNS.setdefault(column, len(COLUMNS)) % 26)
    return Place(f"{name}.csv", row, 2, row, 3, cell=f"{letter}{row}")


@settings(max_examples=100, deadline=None)
@given(inputs())
def test_no_rule_fails(item: RecessInput) -> None:
    for finding in check_recess(item, Calendar({})):
        assert finding.confidence is Confidence.HIGH or finding.severity is not Severity.ERROR
        assert finding.document == item.id
        assert finding.message.id
        assert finding.help.en


def test_thousands_of_faults_are_told_in_few_findings() -> None:
    rows = tuple(
        Proposal(f"U{n}", n, "P9", "A9", f"uraian {n}", "Pertanian", "Dinas Sosial", "Contoh", "Desa", fraction=f"F{n}")
        for n in range(2, 3002)
    )
    members = (Member("A1", 2, "Anggota Contoh 01", "Fraksi Contoh", "", "Dapil 1"),)
    found = check_recess(with_tables(Recess("x", Stage.DRAFT, members=members, proposals=rows)), Calendar({}))
    by_message = Counter((finding.code, finding.message.key) for finding in found)
    assert max(by_message.values()) <= SAME
    told = [finding for finding in found if "baris lagi" in finding.message.id]
    assert {finding.code for finding in told} == {"RES-09", "ASP-02"}
    assert all("23–3001" in finding.message.id and len(finding.related) == 9 for finding in told)
    assert all(f"{3000 - SAME - 1} baris lagi" in finding.message.id for finding in told)


def faults(count: int, *, same: bool) -> list[Finding]:
    message = (lambda n: say("`{v}` salah", v="x")) if same else (lambda n: say("`{v}` salah", v=n))
    place = [Place("aspirasi.csv", n, cell=f"D{n}") for n in range(2, count + 2)]
    return [Finding("XXX-01", "x", Severity.ERROR, message(n), say("Perbaiki."), each) for n, each in enumerate(place)]


@pytest.mark.parametrize(("same", "most"), [(True, SAME), (False, ALIKE)])
@pytest.mark.parametrize("more", [-1, 0, 1, 2, 100])
def test_every_row_is_told_either_way(more: int, most: int, same: bool) -> None:
    found = list(thinned(faults(most + more, same=same)))
    assert len(found) == most + min(more, 1)
    rows = {int(re.sub(r"\D", "", finding.place.cell or "")) for finding in found}
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", found[-1].message.id.partition("lagi: ")[2]):
        rows |= set(range(int(first), int(last or first) + 1))
    assert rows == set(range(2, most + more + 2))


def test_the_order_of_columns_matters_to_no_finding(tmp_path: Path) -> None:
    """A table with its columns turned round has the same findings, at the same rows."""
    edits = [{"table": PROPOSALS, "row": 6, "column": "anggota_id", "value": "A9"}]
    tables = small.spoiled([*edits, {"table": MEETINGS, "row": 2, "column": "jam", "value": ""}])
    turned = {name: [row[::-1] for row in rows] if name != MEMBERS else rows for name, rows in tables.items()}
    found = [
        sorted(
            (f.code, f.message.id, re.sub(r"\D", "", f.place.cell or ""))
            for f in small.findings(small.read(path, each))
        )
        for path, each in ((tmp_path / "a", tables), (tmp_path / "b", turned))
    ]
    assert found[0] == found[1]
    assert found[0]
