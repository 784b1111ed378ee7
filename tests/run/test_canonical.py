"""The hash of what a document prints: the same however it is written, another for every change of the print."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.duration import TimeKind, TimeValue
from pipeline.model.finding import Stage
from pipeline.model.office import Office, Official, Position
from pipeline.model.sop import Acceptance, Branch, Revision, Sop, SopType, Step
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.canonical import document_fingerprint, file_digest, fingerprint
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = packaged_templates() / "sop.docx"
NAME = "pelaksanaan-reses"


def sample() -> tuple[Sop, Office]:
    """An SOP of the sample office."""
    office = read_office(ROOT / "inputs/contoh", ROOT)
    sop = read_sop(ROOT / f"inputs/contoh/sop/{NAME}.yaml", office, ROOT).sop
    assert sop is not None
    return sop, office.office


def test_it_does_not_depend_on_how_and_where_the_files_are_written(tmp_path: Path) -> None:
    office = tmp_path / "lain/contoh"
    (office / "sop").mkdir(parents=True)
    source = ROOT / "inputs/contoh"
    for name in ("kantor.yaml", "jabatan.csv", "pejabat.csv", "logo.png"):
        (office / name).write_bytes((source / name).read_bytes())
    lines = (source / f"sop/{NAME}.yaml").read_text().splitlines()
    messy = ["# sebuah catatan", *(line + "   # lagi" if line.startswith("judul:") else line for line in lines)]
    (office / f"sop/{NAME}.yaml").write_bytes("\r\n".join(messy).encode())
    steps = (source / f"sop/{NAME}.langkah.csv").read_bytes()
    (office / f"sop/{NAME}.langkah.csv").write_bytes(steps.replace(b"\n", b"\r\n"))
    found = read_office(office, tmp_path)
    copied = read_sop(office / f"sop/{NAME}.yaml", found, tmp_path).sop
    assert copied is not None
    assert fingerprint(copied, found.office, TEMPLATE) == fingerprint(*sample(), TEMPLATE)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    sop, office = sample()
    one, two = (fingerprint(replace(sop, title=title), office, TEMPLATE) for title in ("Caf\u00e9", "Cafe\u0301"))
    assert one == two


STEP = Step(1, "Menerima surat", ("Pelaksana A",), (0,), time=TimeValue("5 menit", TimeKind.MEASURED))
PRINTED: list[dict[str, Any]] = [
    {"number": "1/2026"},
    {"title": "Lain"},
    {"stage": Stage.REVIEW},
    {"created": dt.date(2020, 1, 1)},
    {"revised": dt.date(2020, 1, 1)},
    {"effective": dt.date(2020, 1, 1)},
    {"signer": Official("Orang Lain", "Sekretaris DPRD")},
    {"signer": Official("Orang Lain", "Sekretaris DPRD", nip="196804301990021003")},
    {"signer": None},
    {"legal_basis": ("Satu",)},
    {"qualifications": ("Satu",)},
    {"related": ("Satu",)},
    {"equipment": ("Satu",)},
    {"warnings": ("Satu",)},
    {"records": ("Satu",)},
    {"actors": ("Satu",)},
    {"steps": (STEP,)},
    {"steps": (replace(STEP, branches=(Branch("Ya", 1),)),)},
    {"steps": (replace(STEP, time=TimeValue("6 menit", TimeKind.MEASURED)),)},
]
SILENT: list[dict[str, Any]] = [
    {"purpose": "Tujuan"},
    {"type": SopType("teknis")},
    {"accepted": (Acceptance("HKM-01", "sebab", "orang", dt.date(2030, 1, 1)),)},
    {"labels": ((("judul",), "Nama"),)},
    {"history": (Revision(1, dt.date(2020, 1, 1), "perubahan"),)},
]


def test_every_value_that_is_printed_changes_it() -> None:
    sop, office = sample()
    found = [fingerprint(replace(sop, **change), office, TEMPLATE) for change in ({}, *PRINTED)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("change", SILENT)
def test_what_is_not_printed_changes_neither_it_nor_the_document(change: dict[str, Any]) -> None:
    sop, office = sample()
    assert fingerprint(replace(sop, **change), office, TEMPLATE) == fingerprint(sop, office, TEMPLATE)
    item = read_sop(ROOT / f"inputs/contoh/sop/{NAME}.yaml", read_office(ROOT / "inputs/contoh", ROOT), ROOT)
    template = Template.load(TEMPLATE)
    one, two = (render_sop(template, replace(item, sop=one)) for one in (sop, replace(sop, **change)))
    assert one.docx == two.docx


def test_a_draft_prints_its_history() -> None:
    sop, office = sample()
    draft = replace(sop, stage=Stage.DRAFT)
    changed = replace(draft, history=(Revision(1, None, "perubahan"),))
    assert fingerprint(draft, office, TEMPLATE) != fingerprint(changed, office, TEMPLATE)


def test_the_values_of_the_office_that_are_printed_change_it(tmp_path: Path) -> None:
    sop, office = sample()
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"lain")
    changes: list[dict[str, Any]] = [
        {"government": "Pemerintah Kota Lain"},
        {"unit": "Lain"},
        {"address": "Lain"},
        {"phone": "Lain"},
        {"email": "Lain"},
        {"website": "Lain"},
        {"mark": "Lain"},
        {"paper": "A4"},
        {"publication": "https://x.example/{dokumen}"},
        {"logo": logo},
        {"logo": None},
    ]
    found = [fingerprint(sop, replace(office, **change), TEMPLATE) for change in ({}, *changes)]
    assert len(set(found)) == len(found)
    others = replace(office, positions=(Position("Lain"),), folder=tmp_path, signing_positions=("Lain",))
    assert fingerprint(sop, others, TEMPLATE) == found[0]


def test_another_template_changes_it(tmp_path: Path) -> None:
    sop, office = sample()
    other = tmp_path / "sop.docx"
    other.write_bytes(TEMPLATE.read_bytes() + b"\0")
    assert fingerprint(sop, office, other) != fingerprint(sop, office, TEMPLATE)
    assert document_fingerprint("a", "b", other) != document_fingerprint("a", "b", TEMPLATE)
    assert document_fingerprint("a", "c", TEMPLATE) != document_fingerprint("a", "b", TEMPLATE)


def test_a_file_that_changed_has_another_digest(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"a")
    first = file_digest(path)
    path.write_bytes(b"ab")
    assert file_digest(path) != first
