"""What became of each need between two recesses, and that a comparison or a report that does not agree never leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import ProofError
from pipeline.model.inputs import OfficeInput
from pipeline.model.office import Office, RegionKind
from pipeline.model.recap import (
    Change,
    ComparedNeed,
    Comparison,
    Dimension,
    FieldChange,
    GroupReport,
    Need,
    Recap,
    Tally,
)
from pipeline.model.recess import Earlier, History, Proposal, Recess, RecessInput
from pipeline.recess.comparison import compare, earlier_of, is_done, reconcile_comparison
from pipeline.recess.recap import group_reports, make_recap
from pipeline.recess.reconcile import reconcile, reconcile_groups
from tests.recess.rows import recess

CASES = yaml.safe_load(Path(__file__).with_name("comparison.yaml").read_text(encoding="utf-8"))


def rows(lines: Sequence[str]) -> tuple[Proposal, ...]:
    """Rows of one member and one village."""
    found = []
    for number, line in enumerate(lines, 2):
        text, location, volume, status = ([part.strip() for part in line.split("|")] + [""] * 3)[:4]
        amount, _, unit = volume.partition(" ")
        found.append(
            Proposal(
                f"U{number}",
                number,
                "P2",
                "A2",
                text,
                subdistrict="Cikalong",
                village="Sukamaju",
                location=location,
                volume=amount,
                unit=unit,
                status=status,
                amount=1000 * number,
            )
        )
    return tuple(found)


def item_of(found: Recess, partial: frozenset[str] = frozenset()) -> RecessInput:
    folder = Path("inputs/contoh")
    office = OfficeInput(Office("contoh", folder, "", "", RegionKind.REGENCY), {}, (), ())
    return RecessInput(found.id, folder / "reses" / "1", found, office, {}, (), (), partial=partial)


def earlier(lines: Sequence[str]) -> Earlier:
    found = earlier_of(item_of(recess(rows(lines))))
    assert found is not None
    return found


def told(line: ComparedNeed) -> str:
    return f"{line.change.value} (pernah selesai)" if line.was_done else line.change.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["apa"]))
def test_what_became_of_each_need(case: Mapping[str, Any]) -> None:
    recap = make_recap(recess(rows(case["kini"])), history=History(earlier=earlier(case["lalu"])))
    assert recap.comparison is not None
    assert [told(line) for line in recap.comparison.needs] == case["hasil"]


@pytest.mark.parametrize(
    ("status", "done"),
    [
        ("Selesai", True),
        ("SELESAI 2025", True),
        ("sudah dilaksanakan", True),
        ("Terealisasi", True),
        ("Diakomodasi dalam APBD 2026", True),
        ("Belum selesai", False),
        ("tidak terealisasi", False),
        ("Sebagian selesai", False),
        ("dalam proses penyelesaian", False),
        ("Akan selesai tahun depan", False),
        ("Diusulkan", False),
        ("Terverifikasi", False),
        ("", False),
        ("-", False),
    ],
)
def test_what_says_that_a_need_is_met(status: str, done: bool) -> None:
    assert is_done(status) is done


def test_of_tables_that_were_not_read_to_the_end_nothing_is_said() -> None:
    found = recess(rows(["Jalan Melati"]))
    assert earlier_of(item_of(found)) is not None
    assert earlier_of(item_of(found, frozenset({"aspirasi"}))) is None
    assert earlier_of(replace(item_of(found), recess=None)) is None


def test_who_reported() -> None:
    found = earlier(["Jalan Melati"])
    assert found.members["A2"] == "Anggota Contoh 02"
    assert found.reported == {"A2", "A3", "A4", "A99"}


NOW = recess(rows(["Jalan Melati", "Jalan Mawar", "Bantuan modal"]))
BEFORE = earlier(["Jalan Melati", "Pasar | | | Selesai"])


@pytest.mark.parametrize(
    "change",
    [
        lambda found: replace(found, needs=found.needs[1:]),
        lambda found: replace(found, needs=(*found.needs, found.needs[-1])),
        lambda found: replace(found, needs=found.needs[:-1]),
        lambda found: replace(found, counts={**found.counts, Change.NEW: 9}),
        lambda found: replace(found, fields=(*found.fields, FieldChange("Lain", 1, 0))),
        lambda found: replace(found, fields=(*found.fields, FieldChange("Lain", 0, 1))),
    ],
)
def test_a_wrong_comparison_is_caught(change: Callable[[Comparison], Comparison]) -> None:
    recap = make_recap(NOW)
    comparison = compare(recap, BEFORE)
    reconcile_comparison(recap, BEFORE, comparison)
    with pytest.raises(ProofError, match="RES-12"):
        reconcile_comparison(recap, BEFORE, change(comparison))


def cell(found: Recap, tally: Tally) -> Recap:
    first, *others = found.cross.cells
    return replace(found, cross=replace(found.cross, cells=((first[0] + tally, *first[1:]), *others)))


def renumbered(need: Need) -> Need:
    """``need`` with a row that nobody wrote."""
    return replace(need, rows=(replace(need.lead, row=99),))


@pytest.mark.parametrize(
    "change",
    [
        lambda found: cell(found, Tally(heard=1)),
        lambda found: cell(found, Tally(heard_unpriced=1)),
        lambda found: cell(found, Tally(amount=1)),
        lambda found: replace(found, cross=replace(found.cross, rows=found.cross.rows[1:])),
        lambda found: replace(found, duties=found.duties[1:]),
        lambda found: replace(found, needs=(*found.needs[:-1], replace(found.needs[-1], rows=found.needs[0].rows))),
        lambda found: replace(found, needs=(renumbered(found.needs[0]), *found.needs[1:])),
    ],
)
def test_a_wrong_recap_is_caught(change: Callable[[Recap], Recap]) -> None:
    recap = make_recap(NOW)
    reconcile(recap)
    with pytest.raises(ProofError, match="RES-12"):
        reconcile(change(recap))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, total=one.total + Tally(needs=1)),
        lambda one: replace(one, elsewhere=one.elsewhere + 1),
        lambda one: replace(one, needs=one.needs[1:]),
        lambda one: replace(one, fields=one.fields[1:]),
        lambda one: replace(one, meetings=one.meetings + 1),
        lambda one: replace(one, duties=(*one.duties, *one.duties)),
        lambda one: replace(one, label="Lain"),
        lambda one: replace(
            one,
            tables={
                **one.tables,
                Dimension.FIELD: replace(one.tables[Dimension.FIELD], lines=one.tables[Dimension.FIELD].lines[1:]),
            },
        ),
    ],
)
def test_a_wrong_report_of_a_group_is_caught(change: Callable[[GroupReport], GroupReport]) -> None:
    recap = make_recap(NOW)
    reports = list(group_reports(recap, Dimension.FRACTION))
    position = next(n for n, report in enumerate(reports) if report.total.heard)
    reports[position] = change(reports[position])
    with pytest.raises(ProofError, match="RES-12"):
        reconcile_groups(recap, Dimension.FRACTION, reports)


def test_an_edition_in_other_words_has_the_comparison_of_the_first() -> None:
    before = earlier(["Rehab rumah, hubungi 081 | RT 1 RW 1"])
    whole = make_recap(recess(rows(["Rehab rumah, hubungi 082 | RT 1 RW 1"])), history=History(earlier=before))
    told_before = replace(before, needs=(replace(before.needs[0], text="Rehab rumah"),))
    public = recess(rows(["Rehab rumah | RT 1 RW 1"]))
    edition = make_recap(public, history=History(earlier=told_before), like=whole)
    assert whole.comparison is not None
    assert edition.comparison is not None
    assert edition.comparison.counts == whole.comparison.counts
    assert [told(line) for line in edition.comparison.needs] == ["Baru", "Tidak diusulkan lagi"]
    assert edition.comparison.needs[0].need is edition.needs[0]
    assert edition.comparison.needs[1].earlier is told_before.needs[0]
