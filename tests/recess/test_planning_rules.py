"""The rules on proposals for the planning system (PKR) against their case files, read from disk as offices write them.

A case has the rows of ``aspirasi`` as what differs from a good one; ``di`` names row and column of every finding.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.finding import Confidence, Finding, Severity
from pipeline.model.message import Message
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.recess.checks import check_recess
from pipeline.recess.rules.base import RecessContext, findings_of
from pipeline.recess.rules.registry import RECESS_RULES
from pipeline.rules.calendar import Calendar
from tests.recess import small

CODES = [f"PKR-{number:02}" for number in range(1, 12)]
RULES = {rule.code: rule for rule in RECESS_RULES}
FILES = Path(__file__).parent / "cases"
CASES = {code: yaml.safe_load((FILES / f"{code}.yaml").read_text(encoding="utf-8")) for code in CODES}
HEAD = "id,usulan,bidang,opd,satuan,harga"
ENTRIES = ("K1,Pembangunan drainase lingkungan,Pekerjaan Umum,Dinas PU,m,650000",)
GOOD = {
    "pertemuan_id": "P1",
    "anggota_id": "A1",
    "uraian": "Pembangunan drainase lingkungan",
    "bidang": "Pekerjaan Umum",
    "opd": "Dinas PU",
    "kecamatan": "Contoh Timur",
    "desa": "Contoh Mekar",
    "volume": "100",
    "satuan": "m",
    "anggaran": "65000000",
    "prioritas": "Tinggi",
    "status": "Diusulkan",
    "keterangan": "",
    "masalah": "Jalan tergenang",
    "gagasan": "Saluran di kedua sisi",
    "kamus": "K1",
    "foto": "saluran.jpg",
    "lintang": "-7.4245",
    "bujur": "109.2302",
    "program": "Program Pengelolaan Drainase",
    "jenis": "",
    "sumber": "",
    "kewenangan": "",
    "penerima": "",
}


def rows_of(case: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a case; ``kali`` repeats one, each in a place of its own."""
    found: list[dict[str, str]] = []
    for given in case.get("aspirasi", [{}]):
        for _ in range(given.get("kali", 1)):
            number = len(found) + 1
            own = {"id": f"U{number}", "lokasi": f"Dusun {number}", "lintang": f"{-7.4245 + number / 100:.4f}"}
            cells = {key: str(value) for key, value in given.items() if key != "kali"}
            found.append({**GOOD, **own, **cells})
    return found


def table_of(case: Mapping[str, Any]) -> list[list[str]]:
    dropped = case.get("tanpa", [])
    columns = [name for name in ("id", "lokasi", *GOOD) if name not in dropped]
    return [columns, *([row[name] for name in columns] for row in rows_of(case))]


def found_in(case: Mapping[str, Any], code: str, root: Path) -> tuple[list[str], Sequence[Finding]]:
    """What the rule finds, as "row column", and the findings."""
    tables = small.tables()
    tables["aspirasi"] = table_of(case)
    planning = case.get("pokir", {"tahun_anggaran": 2027})
    main = small.MAIN + (yaml.safe_dump({"pokir": planning}) if planning else "") + case.get("reses", "")
    folder = small.write(root, tables, main, small.OFFICE + case.get("kantor", ""))
    entries = case.get("kamus", ENTRIES)
    if entries:
        (folder.parent.parent / "kamus-usulan.csv").write_text("\n".join([HEAD, *entries, ""]), encoding="utf-8")
    item = read_recess(folder, read_office(folder.parent.parent, root), root)
    ctx = RecessContext(item, small.recess_of(item), Calendar({}), case.get("hari_ini"))
    findings = list(findings_of(RULES[code], ctx))
    return [where(finding, tables["aspirasi"][0]) for finding in findings], findings


def where(finding: Finding, header: Sequence[str]) -> str:
    """Row and column of a cell of ``aspirasi``; the line of ``reses.yaml``."""
    cell = re.fullmatch(r"([A-Z])(\d+)", finding.place.cell or "")
    if cell is None:
        return f"baris {finding.place.line}"
    column = header[ord(cell[1]) - ord("A")]
    return f"{cell[2]} {column}"


def ident(value: object) -> str | None:
    return str(value["apa"]) if isinstance(value, Mapping) else None


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_both_kinds_of_cases(code: str) -> None:
    assert CASES[code]["lolos"]
    assert CASES[code]["gagal"]


@pytest.mark.parametrize(("code", "case"), [(c, case) for c in CODES for case in CASES[c]["lolos"]], ids=ident)
def test_passes(code: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    assert found_in(case, code, tmp_path)[0] == []


@pytest.mark.parametrize(("code", "case"), [(c, case) for c in CODES for case in CASES[c]["gagal"]], ids=ident)
def test_fails(code: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    places, findings = found_in(case, code, tmp_path)
    assert places == case["di"]
    assert {f.severity.value for f in findings} == {case.get("tingkat", RULES[code].severity.value)}
    assert case.get("pesan", "") in findings[0].message.id
    assert case.get("bantuan", "") in findings[0].help.id
    for finding in findings:
        assert finding.confidence is Confidence.HIGH or finding.severity is not Severity.ERROR
        assert "{" not in finding.message.id + finding.message.en + finding.help.id + finding.help.en


def test_a_good_row_passes_every_rule(tmp_path: Path) -> None:
    found = {code: found_in({"aspirasi": [{"kali": 6}]}, code, tmp_path)[0] for code in CODES}
    assert found == {code: [] for code in CODES}


def test_thousands_of_equal_faults_are_told_shortly(tmp_path: Path) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(table_of({"aspirasi": [{"kali": 300, "foto": "", "program": "", "volume": ""}, {}]}))
    folder = small.write(tmp_path, main=small.MAIN + "pokir: {tahun_anggaran: 2027}\n")
    (folder / "aspirasi.csv").write_text(buffer.getvalue(), encoding="utf-8")
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    found = [f for f in check_recess(item, Calendar({}), dt.date(2026, 3, 1)) if f.code in CODES]
    assert len(found) == 3 * 21
    last = [f.message.id for f in found if "baris lagi" in f.message.id]
    assert len(last) == 3
    assert all("279 baris lagi: 23–301" in text for text in last)


def test_places_and_messages_are_of_this_package() -> None:
    assert all(RULES[code].check is not None for code in CODES)
    assert all(isinstance(RULES[code].about, Message) and RULES[code].source for code in CODES)
