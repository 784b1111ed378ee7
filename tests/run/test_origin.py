"""What the PDF of an SOP says of itself and carries: its inputs by their places, who signs it, and what stays out."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.model.finding import Finding, Place, Severity, Stage
from pipeline.model.inputs import SopInput
from pipeline.model.message import say
from pipeline.model.particulars import Attachment, Particulars, Relation, Signer
from pipeline.model.result import DocumentResult
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run import origin
from pipeline.run.origin import author_of, fingerprint, is_packaged, particulars_of_sop, plain, signers_of_sop

ROOT = Path(__file__).resolve().parents[2]
NAME = "penyelenggaraan-rapat-paripurna"
TEMPLATE = packaged_templates() / "sop.docx"


@pytest.fixture(scope="module")
def sop() -> SopInput:
    """A final SOP of the sample office."""
    return read_sop(ROOT / f"inputs/contoh/sop/{NAME}.yaml", read_office(ROOT / "inputs/contoh", ROOT), ROOT)


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    path = tmp_path / f"{NAME}.docx"
    path.write_bytes(b"docx")
    return path


def said(item: SopInput, docx: Path, template: Path = TEMPLATE, **more: Any) -> Particulars:
    return particulars_of_sop(item, Template.load(template), more.get("findings", ()), more.get("result"), docx)


def asal(told: Particulars) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(told.attachments[0].data)
    return value


def names(told: Particulars) -> list[str]:
    return [one.name for one in told.attachments]


def with_sop(item: SopInput, **changes: object) -> SopInput:
    assert item.sop is not None
    return replace(item, sop=replace(item.sop, **changes))  # type: ignore[arg-type]


def test_what_it_says_of_itself(sop: SopInput, docx: Path) -> None:
    assert sop.sop is not None
    told = said(sop, docx)
    assert (told.document, told.title, told.date) == (f"contoh/sop/{NAME}", sop.sop.title, sop.sop.date)
    assert told.subject == f"Standar Operasional Prosedur – {sop.sop.number}"
    office = sop.office.office
    assert told.keywords == ("SOP", sop.sop.number, office.unit, office.region)
    bare = said(with_sop(sop, title="", number="", effective=None, revised=None, created=None), docx)
    assert (bare.title, bare.subject) == (NAME, "Standar Operasional Prosedur")
    assert bare.keywords == ("SOP", office.unit, office.region)
    assert asal(bare)["pdf"]["tanggal"] == ""


def test_what_it_carries_and_in_which_order(sop: SopInput, docx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "libreoffice", lambda: "LO 1")
    told = said(sop, docx)
    kinds = [(one.name, one.relation, one.mime.rpartition("/")[2]) for one in told.attachments]
    assert kinds[:3] == [
        ("asal.json", Relation.SUPPLEMENT, "json"),
        (f"{NAME}.yaml", Relation.SOURCE, "yaml"),
        (f"{NAME}.langkah.csv", Relation.DATA, "csv"),
    ]
    assert kinds[-1][:2] == (docx.name, Relation.SOURCE)
    assert ("logo.png", Relation.DATA, "png") in kinds
    value = asal(told)
    assert [one["berkas"] for one in value["masukan"]] == names(told)[1:-1]
    for one in value["masukan"]:
        data = (ROOT / "inputs" / one["jalur"]).read_bytes()
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
    assert sop.sop is not None
    assert value["sidik"] == fingerprint(sop.sop, sop.office.office, TEMPLATE)
    assert value["docx"] == {"berkas": docx.name, "sha256": hashlib.sha256(b"docx").hexdigest()}
    assert value["program"] == {"nama": "tertib", "versi": pipeline.__version__, "libreoffice": "LO 1"}
    assert (value["jenis"], value["tahap"], value["tidak_dibawa"]) == ("sop", "final", [])
    assert value["templat"] == {
        "nama": "sop.docx",
        "sha256": hashlib.sha256(TEMPLATE.read_bytes()).hexdigest(),
        "bawaan": True,
        "berkas": "",
    }


def test_a_template_of_the_office_is_carried_under_a_name_of_its_own(sop: SopInput, docx: Path, tmp_path: Path) -> None:
    own = tmp_path / "sop.docx"
    shutil.copy(TEMPLATE, own)
    assert is_packaged(own)
    with own.open("ab") as file:
        file.write(b"\0")
    assert not is_packaged(own)
    assert not is_packaged(docx)
    template = Template.load(TEMPLATE)
    told = particulars_of_sop(sop, replace(template, path=own), (), None, docx)
    assert told.attachments[-1].name == asal(told)["templat"]["berkas"] == "templat-sop.docx"
    assert told.attachments[-1].relation is Relation.SOURCE
    assert asal(told)["templat"]["bawaan"] is False


def test_a_template_is_never_carried_under_the_name_of_the_docx(sop: SopInput, tmp_path: Path) -> None:
    own, docx = tmp_path / "sop.docx", tmp_path / "templat-sop.docx"
    own.write_bytes(TEMPLATE.read_bytes() + b"\0")
    docx.write_bytes(b"docx")
    told = particulars_of_sop(sop, replace(Template.load(TEMPLATE), path=own), (), None, docx)
    assert names(told)[-2:] == ["templat-sop.docx", "2-templat-sop.docx"]


def test_inputs_are_told_as_they_were_when_they_were_read(sop: SopInput, docx: Path) -> None:
    first, register = sop.sources[0], sop.office.sources[0]
    office = replace(sop.office, digests={**sop.office.digests, register: "bb"})
    told = asal(said(replace(sop, digests={**sop.digests, first: "aa"}, office=office), docx))
    proofs = {one["berkas"]: one["sha256"] for one in told["masukan"]}
    assert (proofs[first.name], proofs[register.name]) == ("aa", "bb")


def test_names_that_are_taken_get_their_folders_before_them(sop: SopInput, docx: Path, tmp_path: Path) -> None:
    office = replace(sop.office.office, folder=tmp_path / "contoh")
    places = ("a/Data.csv", "b/data.csv", "c/a/data.csv", "a/asal.json", f"x/{docx.name}", "a-data.csv", "d/a/data.csv")
    for place in places:
        (office.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (office.folder / place).write_bytes(place.encode())
    item = replace(sop, sources=tuple(office.folder / place for place in places), digests={})
    item = replace(item, office=replace(sop.office, office=replace(office, logo=None), sources=(), digests={}))
    told = asal(said(item, docx))
    assert {one["jalur"]: one["berkas"] for one in told["masukan"]} == {
        "contoh/a/Data.csv": "Data.csv",
        "contoh/b/data.csv": "b-data.csv",
        "contoh/c/a/data.csv": "a-data.csv",
        "contoh/a/asal.json": "a-asal.json",
        f"contoh/x/{docx.name}": f"x-{docx.name}",
        "contoh/a-data.csv": "contoh-a-data.csv",
        "contoh/d/a/data.csv": "d-a-data.csv",
    }


def test_an_ending_in_capitals_says_the_same(sop: SopInput, docx: Path, tmp_path: Path) -> None:
    office = replace(sop.office.office, folder=tmp_path / "contoh", logo=None)
    office.folder.mkdir()
    for name in ("a.YAML", "b.Csv", "c.lain"):
        (office.folder / name).write_bytes(b"x")
    item = replace(sop, sources=tuple(sorted(office.folder.iterdir())), digests={})
    told = said(replace(item, office=replace(sop.office, office=office, sources=(), digests={})), docx)
    assert [one.mime for one in told.attachments[1:4]] == ["application/yaml", "text/csv", "application/octet-stream"]


def test_what_lies_outside_or_is_too_large_stays_out_and_is_named(
    sop: SopInput, docx: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = replace(sop.office.office, folder=tmp_path / "contoh", logo=None)
    office.folder.mkdir()
    for name, size in (("a.yaml", 10), ("b.csv", 30), ("c.csv", 20)):
        (office.folder / name).write_bytes(b"x" * size)
    (tmp_path / "luar.csv").write_bytes(b"x")
    paths = [office.folder / name for name in ("a.yaml", "b.csv", "c.csv", "a.yaml", "../luar.csv")]
    item = replace(sop, sources=(*paths, tmp_path / "luar.csv"), digests={})
    item = replace(item, office=replace(sop.office, office=office, sources=(), digests={}))
    monkeypatch.setattr(origin, "MOST_BYTES", 30)
    told = asal(said(item, docx))
    assert [one["berkas"] for one in told["masukan"]] == ["a.yaml", "c.csv"]
    assert told["tidak_dibawa"] == [
        {"jalur": "luar.csv", "alasan": "di luar folder kantor"},
        {"jalur": "luar.csv", "alasan": "di luar folder kantor"},
        {"jalur": "contoh/b.csv", "alasan": "terlalu besar"},
    ]


def test_findings_are_those_of_the_document_told_from_its_office(sop: SopInput, docx: Path) -> None:
    def found(document: str, file: str) -> Finding:
        return Finding("STR-01", "x", Severity.WARNING, say("a"), say("b"), Place(file), document=document)

    result = DocumentResult(sop.id, Stage.FINAL, ("x.pdf",))
    findings = (
        found(sop.id, f"/srv/inputs/contoh/sop/{NAME}.yaml"),
        found(sop.id, "/srv/lain/x.csv"),
        found("contoh/sop/lain", "contoh/sop/lain.yaml"),
    )
    told = said(sop, docx, findings=findings, result=result)
    (report,) = [one for one in told.attachments if one.name == "temuan.json"]
    assert names(told).index("temuan.json") == len(told.attachments) - 2
    value = json.loads(report.data)
    assert [one["place"]["file"] for one in value["findings"]] == [f"contoh/sop/{NAME}.yaml", "x.csv"]
    assert value["documents"][0]["outputs"] == []
    assert isinstance(report, Attachment)


def test_the_author_is_the_office(sop: SopInput) -> None:
    office = sop.office.office
    assert office.region
    for unit, author in (
        ("Sekretariat DPRD", f"Sekretariat DPRD {office.region}"),
        (f"Sekretariat DPRD {office.region}", f"Sekretariat DPRD {office.region}"),
        ("", office.region),
    ):
        assert author_of(replace(office, unit=unit)) == author


def test_nobody_signs_before_the_last_stage_or_without_a_place(sop: SopInput) -> None:
    fields = frozenset({"ttdpengesah"})
    (signer,) = signers_of_sop(sop, fields)
    assert sop.sop is not None
    assert sop.sop.signer is not None
    assert (signer.field, signer.name) == ("ttdpengesah", sop.sop.signer.name)
    assert signer.position.endswith(sop.sop.signer.position)
    (acting,) = signers_of_sop(with_sop(sop, signer=replace(sop.sop.signer, capacity="Plt.")), fields)
    assert acting.position == f"Plt. {sop.sop.signer.position}"
    assert signers_of_sop(sop, frozenset()) == ()
    assert signers_of_sop(with_sop(sop, stage=Stage.REVIEW), fields) == ()
    assert signers_of_sop(with_sop(sop, signer=None), fields) == ()
    assert signers_of_sop(replace(sop, sop=None), fields) == ()


@pytest.mark.parametrize(
    ("nip", "told"), [("19700101 199003 1 001", "197001011990031001"), ("1.2", "12"), ("-", "-"), ("A 1", "A 1")]
)
def test_a_number_of_digits_has_no_gaps(nip: str, told: str) -> None:
    assert plain(Signer("ttd", "A", nip=nip)).nip == told
