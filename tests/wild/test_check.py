"""Whatever the files hold, ``tertib check`` ends with findings that have place, cause and remedy, in every format.

``TERTIB_CONTOH_ACAK`` is the number of examples of each test; the default is for a few seconds.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.model.message import LANGUAGES
from pipeline.readers import registers
from pipeline.readers.office_fields import OFFICE_FIELDS
from pipeline.readers.proposal_columns import PROPOSAL_TABLE
from pipeline.readers.recess import RECESS_FIELDS
from pipeline.readers.recess_columns import RECESS_TABLES
from pipeline.readers.recess_registers import REGION_TABLES
from pipeline.readers.sop_fields import SOP_FIELDS
from pipeline.readers.steps import STEPS as STEP_TABLE
from pipeline.run import cache as caching
from pipeline.run.check import check
from pipeline.run.events import Silent
from pipeline.run.fix import check_and_fix
from pipeline.run.settings import Settings
from tests.wild import forms, office, values
from tests.wild.office import GUEST, OFFICE, SESSION, SOP, STEPS, files, written
from tests.wild.sound import sound_check, sound_findings
from tests.wild.spoiling import spoilt, spoilt_book

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")  # of long lists of texts
EXAMPLES = int(os.environ.get("TERTIB_CONTOH_ACAK", "12"))
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = sorted(files())
TODAY = dt.date(2026, 3, 1)
NOW = dt.datetime(2026, 3, 1, 8)  # noqa: DTZ001 - the time on the office's own clock
SEEDS = st.integers(0, 2**32 - 1)
SPOILT = st.dictionaries(st.sampled_from(NAMES), st.tuples(SEEDS, st.integers(1, 6)), min_size=1, max_size=3)
STYLES = st.integers(0, 3)


@contextmanager
def desk(changes: dict[str, bytes | None]) -> Iterator[Settings]:
    """A working folder with the office, some of its files changed or gone (None)."""
    with TemporaryDirectory() as name:
        root = Path(name)
        written({name: data for name, data in (files() | changes).items() if data is not None}, root)
        yield Settings(root=root, output=root / "outputs", today=TODAY)


def mishaps(drawn: dict[str, tuple[int, int]]) -> dict[str, bytes | None]:
    return {name: spoilt(files()[name], Random(seed), times) for name, (seed, times) in drawn.items()}


@MANY
@given(st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), st.binary(max_size=200)), min_size=1, max_size=3))
def test_any_bytes(changes: dict[str, bytes | None]) -> None:
    with desk(changes) as given:
        sound_check(given)


@MANY
@given(st.dictionaries(st.sampled_from(NAMES), values.VALUES, min_size=1, max_size=2), STYLES)
def test_any_content(changes: dict[str, Any], style: int) -> None:
    with desk({name: forms.as_yaml(value, style) for name, value in changes.items()}) as given:
        sound_check(given)


@MANY
@given(SPOILT)
def test_spoilt_files(drawn: dict[str, tuple[int, int]]) -> None:
    with desk(mishaps(drawn)) as given:
        sound_check(given)


@MANY
@given(forms.mapping(SOP_FIELDS), STYLES)
def test_any_sop(sop: dict[str, Any], style: int) -> None:
    with desk({GUEST: forms.as_yaml(sop, style)}) as given:
        sound_check(given)


@MANY
@given(st.lists(forms.steps(), min_size=1, max_size=8), STYLES)
def test_any_steps(steps: list[dict[str, Any]], style: int) -> None:
    head, _, tail = office.INLINE.partition("langkah:\n")
    rest = "riwayat:" + tail.partition("riwayat:")[2]
    content = f"{head}{rest}".encode() + forms.as_yaml({"langkah": steps}, style if style != 2 else 0)
    with desk({GUEST: content}) as given:
        sound_check(given)


@MANY
@given(forms.table(STEP_TABLE), st.sampled_from([",", ";"]), st.booleans())
def test_any_table_of_steps(rows: list[list[str]], separator: str, quoted: bool) -> None:
    with desk({STEPS: forms.as_csv(rows, separator, quoted=quoted)}) as given:
        sound_check(given)


@MANY
@given(forms.mapping(OFFICE_FIELDS), STYLES)
def test_any_office(kantor: dict[str, Any], style: int) -> None:
    with desk({OFFICE: forms.as_yaml(kantor, style)}) as given:
        sound_check(given)


@MANY
@given(st.tuples(*(st.one_of(st.none(), forms.table(spec)) for spec in registers.OFFICE_TABLES)), st.booleans())
def test_any_registers(tables: tuple[list[list[str]] | None, ...], quoted: bool) -> None:
    named = zip(registers.OFFICE_TABLES, tables, strict=True)
    changes = {f"contoh/{spec.sheet}.csv": forms.as_csv(rows, ",", quoted=quoted) for spec, rows in named if rows}
    with desk(changes) as given:
        sound_check(given)


@MANY
@given(
    st.one_of(st.none(), forms.mapping(RECESS_FIELDS)),
    st.tuples(*(st.one_of(st.none(), forms.table(spec)) for spec in RECESS_TABLES)),
    STYLES,
)
def test_any_recess(main: dict[str, Any] | None, tables: tuple[list[list[str]] | None, ...], style: int) -> None:
    named = zip(RECESS_TABLES, tables, strict=True)
    changes = {f"{SESSION}{spec.sheet}.csv": forms.as_csv(rows, ";", quoted=True) for spec, rows in named if rows}
    if main is not None:
        changes[SESSION + "reses.yaml"] = forms.as_yaml(main, style)
    with desk(changes) as given:
        sound_check(given)


@MANY
@given(
    st.tuples(*(st.one_of(st.none(), forms.table(spec)) for spec in (*REGION_TABLES, PROPOSAL_TABLE))), st.booleans()
)
def test_any_region(tables: tuple[list[list[str]] | None, ...], planned: bool) -> None:
    *registers_, rows = tables
    named = zip(REGION_TABLES, registers_, strict=True)
    changes: dict[str, bytes | None] = {
        f"contoh/{spec.sheet}.csv": forms.as_csv(table, ",", quoted=True) for spec, table in named if table
    }
    if rows:
        changes[f"{SESSION}aspirasi.csv"] = forms.as_csv(rows, ",", quoted=True)
    if planned:
        pokir = b"pokir: {tahun_anggaran: 2027, batas: 2026-02-28}\n"
        changes[f"{SESSION}reses.yaml"] = files()[f"{SESSION}reses.yaml"] + pokir
    with desk(changes) as given:
        sound_check(given)


BOOKS = settings(MANY, max_examples=max(EXAMPLES // 3, 4))
CELLS = st.one_of(
    values.SCALARS, st.datetimes(), st.times(), st.timedeltas(), st.sampled_from(["#REF!", "=A1", "=1/0"])
)


@BOOKS
@given(SEEDS, st.integers(1, 4), st.sampled_from(["spoilt", "part", "bytes"]))
def test_spoilt_workbook(seed: int, times: int, kind: str) -> None:
    book, chance = office.workbook(), Random(seed)
    if kind == "bytes":
        book = chance.randbytes(100)
    else:
        book = spoilt(book, chance, times) if kind == "spoilt" else spoilt_book(book, chance, times)
    with desk({"contoh/sop/buku.xlsx": book, SOP: None}) as given:
        sound_check(given)


@BOOKS
@given(
    st.lists(st.tuples(st.sampled_from([field.key for field in SOP_FIELDS]), CELLS), max_size=8),
    forms.table(STEP_TABLE),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 12), CELLS), max_size=6),
)
def test_any_workbook(main: list[tuple[str, Any]], rows: list[list[Any]], odd: list[tuple[int, int, Any]]) -> None:
    for row, column, value in odd:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = value
    with suppress(ValueError):  # dates before 1900
        book = office.sheets({"sop": [list(pair) for pair in main], "langkah": rows})
        with desk({"contoh/sop/buku.xlsx": book, SOP: None, STEPS: None}) as given:
            sound_check(given)


@BOOKS
@given(st.dictionaries(st.sampled_from(["reses", "anggota", "pertemuan", "aspirasi"]), st.lists(st.lists(CELLS))))
def test_any_workbook_of_a_recess(content: dict[str, list[list[object]]]) -> None:
    gone = {name: None for name in NAMES if name.startswith(SESSION)}
    with suppress(ValueError):
        book = office.sheets({**content, "lain": []})
        with desk({**gone, SESSION + "reses.xlsx": book}) as given:
            sound_check(given)


@MANY
@given(SPOILT)
def test_what_is_put_right_stays_sound(drawn: dict[str, tuple[int, int]]) -> None:
    with desk(mishaps(drawn)) as given:
        once = check_and_fix(given, Silent(), NOW)
        sound_findings(once.report.findings, given.root)
        kept = {path: path.read_bytes() for path in (given.root / "inputs").rglob("*") if path.is_file()}
        again = check_and_fix(given, Silent(), NOW + dt.timedelta(hours=1))
        assert again.report.findings == once.report.findings
        assert kept == {path: path.read_bytes() for path in kept}


@MANY
@given(SPOILT, SPOILT)
def test_cache_is_never_wrong(first: dict[str, tuple[int, int]], then: dict[str, tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch, desk(mishaps(first)) as given:
        patch.setattr(caching, "FEWEST", 1)
        patch.setattr(caching, "_program", lambda: b"always the same")
        kept = replace(given, cache=given.root / "cache")
        for changes in ({}, {}, mishaps(then)):
            written({name: data for name, data in changes.items() if data is not None}, given.root)
            assert check(kept, Silent()).report == check(given, Silent()).report


@MANY
@given(SEEDS, st.integers(1, 8), st.booleans())
def test_spoilt_cache(seed: int, times: int, cold: bool) -> None:
    with pytest.MonkeyPatch.context() as patch, desk({}) as given:
        patch.setattr(caching, "FEWEST", 1)
        patch.setattr(caching, "_program", lambda: b"always the same")
        kept = replace(given, cache=given.root / "cache")
        fresh = check(given, Silent()).report
        assert check(kept, Silent()).report == fresh
        (path,) = (given.root / "cache").glob("*.sqlite3")
        path.write_bytes(
            Random(seed).randbytes(times * 999) if cold else spoilt(path.read_bytes(), Random(seed), times)
        )
        assert check(kept, Silent()).report == fresh
        assert check(kept, Silent()).report == fresh


@MANY
@given(st.one_of(SEEDS, values.VALUES), st.integers(1, 4), st.booleans())
def test_spoilt_baseline(drawn: Any, times: int, update: bool) -> None:
    with desk({}) as given:
        file = given.root / "lama.json"
        made = replace(given, baseline=file, update_baseline=True)
        check(made, Silent())
        whole = isinstance(drawn, int)
        text = spoilt(file.read_bytes(), Random(drawn), times) if whole else json.dumps(drawn, default=str).encode()
        file.write_bytes(text)
        try:
            sound_check(replace(made, update_baseline=update))
        except UsageError as error:
            told = error.message
        else:
            return
        assert all("lama.json" in told.text(lang) for lang in LANGUAGES)
        assert file.read_bytes() == text
