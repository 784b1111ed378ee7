"""Recesses for the cases of the rules: the small correct one, with what a case changes in it.

``reses`` and ``kantor`` set keys of the two files (null takes one out); ``ubah`` are edits of cells as in ``small``;
``baris`` adds rows to tables, ``ganti`` replaces all rows of a table. ``wilayah``, ``opd`` and ``kamus`` are rows of
the registers; ``lain`` other recesses of the office, ``sebelumnya`` the one before.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from pipeline.model.finding import Finding
from pipeline.model.recess import Earlier, Held, History, RecessInput
from pipeline.model.region import Agency, Area, Entry, Region
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.recess.checks import check_recess
from pipeline.rules.calendar import calendar_of
from tests.recess import small

CASES = Path(__file__).parent / "cases"
Case = Mapping[str, Any]


def load(code: str) -> Mapping[str, list[Case]]:
    """The cases of a rule: those that pass (``lolos``) and those that fail (``gagal``)."""
    found: Mapping[str, list[Case]] = yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8"))
    return found


def item(case: Case, root: Path) -> RecessInput:
    """The recess of ``case``, written below ``root`` and read."""
    tables = small.spoiled(case.get("ubah", ()))
    for name, rows in case.get("ganti", {}).items():
        tables[name][1:] = csv.reader(rows)
    for name, rows in case.get("baris", {}).items():
        tables[name] += csv.reader(rows)
    main, office = (_set(text, case.get(key, {})) for text, key in ((small.MAIN, "reses"), (small.OFFICE, "kantor")))
    folder = small.write(root, tables, main, office)
    found = read_recess(folder, read_office(folder.parent.parent, root), root)
    return replace(found, region=_region(case), history=_history(case))


def findings(found: RecessInput) -> tuple[Finding, ...]:
    """Everything found while reading and by the rules."""
    return (*found.findings, *check_recess(found, calendar_of(found.office.office)))


def place_of(finding: Finding, root: Path) -> str:
    """ "aspirasi D2", or "reses KEY" for what stands in ``reses.yaml``."""
    place = finding.place
    name = Path(place.file).stem
    if place.cell or place.line is None:
        return f"{name} {place.cell or ''}".strip()
    line = (root / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    return f"{name} {line.partition(':')[0]}"


def _set(text: str, values: Mapping[str, Any]) -> str:
    data = {**yaml.safe_load(text), **values}
    # One key a line, lists too: a finding is known by the key of its line.
    return "".join(
        yaml.safe_dump(
            {key: value}, default_flow_style=None if isinstance(value, list) else False, allow_unicode=True, width=9999
        )
        for key, value in data.items()
        if value is not None
    )


def _region(case: Case) -> Region:
    return Region(
        areas=tuple(Area(*row) for row in csv.reader(case.get("wilayah", ()))),
        agencies=tuple(Agency(row[0], *row[1:3], tuple(row[3:])) for row in csv.reader(case.get("opd", ()))),
        dictionary=tuple(
            Entry(*row[:5], price=int(row[5]) if row[5:] else None) for row in csv.reader(case.get("kamus", ()))
        ),
    )


def _history(case: Case) -> History:
    before = case.get("sebelumnya")
    return History(
        others=tuple(map(_held, case.get("lain", ()))),
        earlier=Earlier(_held(before), before["anggota"], frozenset(before["lapor"])) if before else None,
    )


def _held(values: Mapping[str, Any]) -> Held:
    def day(key: str) -> dt.date | None:
        value = values.get(key)
        return value if isinstance(value, dt.date) else None

    return Held(
        f"contoh/reses/{values['folder']}",
        str(values.get("tahun", "")),
        values.get("masa"),
        day("mulai"),
        day("selesai"),
    )
