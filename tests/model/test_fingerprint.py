"""The key of a finding: it follows the content, not the row, the line or the language."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.fingerprint import DIGITS, fingerprint, quoted_subject, told_apart
from pipeline.model.message import say
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.rules.base import Facts
from pipeline.rules.engine import check_sop

ROOT = Path(__file__).parents[2]
TEXT = say("a")
SEEDS = sorted((ROOT / "inputs/banyumas/sop").glob("*.langkah.csv"))
LINKS = ("no", "ya", "tidak", "lanjut", "dalam")


def finding(subject: str = "x", **more: object) -> Finding:
    values = {"document": "a/sop/b", "path": ("langkah", 3, "waktu"), "subject": subject, **more}
    return Finding("DUR-01", "n", Severity.ERROR, TEXT, TEXT, Place("f.csv", 7), **values)  # type: ignore[arg-type]


def test_it_is_hexadecimal_and_the_same_every_time() -> None:
    key = fingerprint(finding())
    assert len(key) == DIGITS
    assert int(key, 16) >= 0
    assert key == "bca573465d4879846ece9a71"


def test_row_line_severity_and_wording_do_not_count() -> None:
    moved = Finding(
        "DUR-01", "other", Severity.INFO, say("c"), TEXT, Place("f.csv", 99, 4),
        document="a/sop/b", path=("langkah", 8, "waktu"), subject="x", step=9,
    )  # fmt: skip
    assert fingerprint(moved) == fingerprint(finding())


@pytest.mark.parametrize(
    "other",
    [
        finding("y"),
        finding(document="a/sop/c"),
        finding(path=("langkah", 3, "output")),
        finding(ordinal=1),
    ],
)
def test_content_counts(other: Finding) -> None:
    assert fingerprint(other) != fingerprint(finding())


def test_equal_findings_are_numbered_in_order() -> None:
    told = told_apart([finding(), finding("y"), finding(), finding(ordinal=5)])
    assert [one.ordinal for one in told] == [0, 0, 1, 2]
    assert len({fingerprint(one) for one in told}) == 4


def test_a_finding_without_place_in_the_form_goes_by_file_and_column() -> None:
    def at(place: Place) -> str:
        return fingerprint(Finding("MSK-09", "n", Severity.ERROR, TEXT, TEXT, place))

    first = at(Place("inputs/a/jabatan.csv", 3, cell="C3"))
    assert at(Place("inputs/a/jabatan.csv", 9, cell="C9")) == first
    assert at(Place("inputs/a/jabatan.csv", 3, cell="D3")) != first
    assert at(Place("inputs/b/jabatan.csv", 3, cell="C3")) != first
    assert at(Place("/srv/x/inputs/a/jabatan.csv", 3, cell="C3")) == at(Place("/y/inputs/a/jabatan.csv", cell="C3"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [("7;Menyusun  Laporan;3 hari;8", ";menyusun laporan;3 hari;"), ("1,A 2,3", ",a 2,"), ("waktu: 3", "waktu: 3")],
)
def test_cells_of_row_numbers_are_no_subject(text: str, subject: str) -> None:
    assert quoted_subject(text) == subject


def keys(folder: Path, name: str) -> Counter[str]:
    office = read_office(folder, folder)
    item = read_sop(folder / "sop" / f"{name}.yaml", office, folder)
    return Counter(fingerprint(found) for found in check_sop(item, Facts(today=dt.date(2026, 11, 21))))


def shifted(cell: str, after: int) -> str:
    return str(int(cell) + 1) if cell.isdigit() and int(cell) > after else cell


@pytest.mark.parametrize("table", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("part", [0, 0.4, 0.8])
def test_a_new_step_revives_and_hides_nothing(table: Path, part: float, tmp_path: Path) -> None:
    folder = tmp_path / "banyumas"
    shutil.copytree(ROOT / "inputs/banyumas", folder)
    name = table.name.removesuffix(".langkah.csv")
    before = keys(folder, name)
    copy = folder / "sop" / table.name
    with copy.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    after = int(len(rows) * part)
    rows = [{**row, **{key: shifted(row.get(key, ""), after) for key in LINKS if key in row}} for row in rows]
    new = {**rows[after - 1], "no": str(after + 1), "kegiatan": "Mengarsipkan salinan berita acara rapat"}
    new |= dict.fromkeys(("jenis", "ya", "tidak", "cabang", "lanjut", "dalam"), "")
    rows.insert(after, {key: new[key] for key in columns})
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    gone = before - keys(folder, name)
    assert before
    assert not gone
