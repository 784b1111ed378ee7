"""The schemas for editors agree with the readers: what one takes the other takes, what one marks the other reports."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from pipeline.model.finding import Severity
from pipeline.readers.fields import Field, Shape
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.readers.schema import FILES, KINDS, TABLES, schema_of
from pipeline.readers.sop import read_sop
from pipeline.run.schema import FOLDER, file_name, schema_text, write_schemas
from pipeline.run.schema import KINDS as SHOWN

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "inputs").rglob("*.yaml")) + sorted((ROOT / "pipeline/data/new").rglob("*.yaml"))
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
WORDS = ("no", "salah", "01", "2026-13-45")


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and ``no`` are texts, as the readers take them."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:null")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def kind_of(path: Path) -> str:
    return path.stem if path.stem in ("kantor", "reses") else "sop"


def faults(kind: str, data: object) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(schema_of(kind, "id")).iter_errors(data)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_schemas_are_valid_schemas(kind: str, lang: Any) -> None:
    jsonschema.Draft7Validator.check_schema(schema_of(kind, lang))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_example_names_its_schema_and_agrees_with_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    modeline = MODELINE.match(text)
    assert modeline is not None
    if "inputs" in path.parts:
        named = (path.parent / modeline[1]).resolve()
        assert named == ROOT / "inputs" / FOLDER / file_name(kind_of(path))
    assert faults(kind_of(path), yaml.load(text, Loader)) == []


@pytest.mark.parametrize("kind", FILES)
def test_the_schemas_beside_the_examples_are_current(kind: str) -> None:
    stored = ROOT / "inputs" / FOLDER / file_name(kind)
    assert stored.read_text(encoding="utf-8") == schema_text(kind, "id"), "run: tertib schema -o inputs/.skema"


def leaves(fields: tuple[Field, ...], path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Field]]:
    found = []
    for field in fields:
        found.append(((*path, field.key), field))
        if field.shape is Shape.MAPPING:
            found += leaves(field.fields, (*path, field.key))
    return found


CASES = [(kind, path, field) for kind, (_, fields) in FILES.items() for path, field in leaves(fields)]


@pytest.mark.parametrize(("kind", "path", "field"), CASES, ids=lambda value: str(value) if value else "-")
def test_every_field_has_words_and_an_example_that_its_schema_takes(
    kind: str, path: tuple[str, ...], field: Field
) -> None:
    part = schema_of(kind, "id")
    for key in path:
        options = part.get("anyOf", [part])
        part = next(option for option in options if "properties" in option)["properties"][key]
    assert part["description"]
    assert field.choices or field.fields or part["examples"]
    for example in part.get("examples", ()):
        jsonschema.validate(example, part)


@pytest.mark.parametrize("kind", TABLES)
def test_every_column_has_words_and_an_example(kind: str) -> None:
    for name, cell in schema_of(kind, "id")["properties"].items():
        assert cell["description"], name
        assert cell["examples"], name


def found_by_reader(kind: str, text: str, tmp_path: Path) -> list[str]:
    """Codes of the errors that the reader has about ``text`` as the YAML file of ``kind``."""
    office = tmp_path / "kantor-contoh"
    office.mkdir()
    main = "pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\njenis_daerah: kabupaten\n"
    (office / "kantor.yaml").write_text(text if kind == "kantor" else main, encoding="utf-8")
    read = read_office(office, tmp_path)
    findings = read.findings
    if kind == "sop":
        (office / "sop").mkdir()
        (office / "sop" / "x.yaml").write_text(text, encoding="utf-8")
        findings = read_sop(office / "sop" / "x.yaml", read, tmp_path).findings
    if kind == "reses":
        folder = office / "reses" / "1"
        folder.mkdir(parents=True)
        (folder / "reses.yaml").write_text(text, encoding="utf-8")
        findings = read_recess(folder, read, tmp_path).findings
    shape = ("MSK-08", "MSK-09", "MSK-10")
    return [finding.code for finding in findings if finding.code in shape and finding.severity is Severity.ERROR]


WRONG = [
    ("sop", "judulx: X\n"),
    ("sop", "judul: [a, b]\n"),
    ("sop", "tanggal: 2026-01-02\n"),
    ("sop", "status: beres\n"),
    ("sop", "riwayat: teks\n"),
    ("sop", "langkah: [teks]\n"),
    ("sop", "langkah:\n  - {no: 1, kegiatn: X, pelaksana: Y}\n"),
    ("sop", "pengesah: {jabatan: X, sebagai: Wakil}\n"),
    ("sop", "dasar_hukum: {a: b}\n"),
    ("kantor", "jenis_daerah: desa\n"),
    ("kantor", "kertas: A3\n"),
    ("kantor", "aturan: {tingkat: {HKM-01: parah}}\n"),
    ("kantor", "aturan: {tingkat: {HKM-01: {akhir: error}}}\n"),
    ("kantor", "jam_kerja: 8\n"),
    ("reses", "hitungan_hari: minggu\n"),
    ("reses", "tahun: 2026\nmasa: 1\nmulai: 2026-02-02\nselesai: 2026-02-07\npenandatangan: [setwan]\n"),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_what_the_schema_marks_the_reader_reports(kind: str, text: str, tmp_path: Path) -> None:
    assert faults(kind, yaml.load(text, Loader))
    assert found_by_reader(kind, text, tmp_path)


RIGHT = [
    ("sop", "judul: 2026\ntanggal: {revisi: '-'}\nriwayat: {revisi: 1, uraian: X}\n"),
    ("sop", "pengesah: setwan\nperingatan: satu\nlangkah: x.langkah.csv\n"),
    ("sop", "langkah:\n  - {nomor: 1, aktivitas: X, aktor: [Y, Z], cabang: {A: 1}}\n"),
    ("kantor", "jam_kerja: {jam_per_hari: '7,5', hari_per_minggu: 5}\naturan: {tingkat: {HKM-01: {final: error}}}\n"),
    ("reses", "tahun: 2025/2026\nmasa: 1\ndasar: [X]\n"),
]


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_what_the_reader_takes_the_schema_takes(kind: str, text: str, tmp_path: Path) -> None:
    assert found_by_reader(kind, text, tmp_path) == []
    assert faults(kind, yaml.load(text, Loader)) == []


def test_all_schemas_can_be_written(tmp_path: Path) -> None:
    made = write_schemas(tmp_path / "skema", SHOWN, "en")
    assert [path.name for path in made] == [file_name(kind) for kind in SHOWN]
    assert json.loads(made[1].read_text(encoding="utf-8"))["title"] == "An SOP: sop/NAME.yaml"
    assert sorted(path.name for path in (tmp_path / "skema").iterdir()) == sorted(path.name for path in made)
