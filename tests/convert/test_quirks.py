"""What LibreOffice 7.4 does and our code answers, each shown on the program itself: a newer one may behave, and then
the answer can go. Those that the finish step mends are in ``tests/pdf/test_quirks.py``.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from pipeline.convert import process
from pipeline.convert.libreoffice import Job, convert, find_soffice, version
from pipeline.errors import ProofError

POINT = 12700
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


@pytest.fixture(autouse=True)
def known(libreoffice: None, real_libreoffice: None) -> None:
    """Faults are those of one version."""
    if " 7.4." not in version():
        pytest.skip(f"faults of LibreOffice 7.4; this is {version() or 'unknown'}")


def shape(number: int, x: int, y: int, wide: int, high: int, *, drawn: bool = True) -> str:
    """A rectangle at a place in its group, in points, with its number as alternative text."""
    size = f'<a:off x="{x * POINT}" y="{y * POINT}"/><a:ext cx="{wide * POINT}" cy="{high * POINT}"/>'
    fill = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>' if drawn else "<a:noFill/><a:ln><a:noFill/></a:ln>"
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="b{number}" descr="bentuk {number}"/><wps:cNvSpPr/><wps:spPr><a:xfrm>'
        f'{size}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</wps:spPr><wps:bodyPr/></wps:wsp>'
    )


def drawing(kind: str, inside: str) -> str:
    """A drawing of 200 x 100 points, a group (``wpg``) or a canvas (``wpc``)."""
    extent = f'cx="{200 * POINT}" cy="{100 * POINT}"'
    head = (
        f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x='0' y='0'/><a:ext {extent}/><a:chOff x='0' y='0'/>"
        f"<a:chExt {extent}/></a:xfrm></wpg:grpSpPr>{inside}</wpg:wgp>"
    )
    body = head if kind == "wpg" else f"<wpc:wpc><wpc:bg/><wpc:whole/>{inside}</wpc:wpc>"
    name = {"wpg": "wordprocessingGroup", "wpc": "wordprocessingCanvas"}[kind]
    return (
        f'<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires="{kind}"><w:drawing><wp:anchor distT="0" distB="0" '
        'distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="0" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>'
        f'{100 * POINT}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{300 * POINT}'
        f'</wp:posOffset></wp:positionV><wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="900" name="gambar" descr="gambar"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/{name}">{body}</a:graphicData></a:graphic></wp:anchor>'
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def put(folder: Path, name: str, change: Callable[[Any], object]) -> Path:
    document = Document()
    change(document)
    document.add_paragraph("Akhir.")
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


def drawn(inside: str) -> Callable[[Any], object]:
    return lambda document: document.add_paragraph()._p.append(parse_xml(inside))


def lettered(document: Any) -> None:
    run = document.add_paragraph().add_run("Huruf yang tidak ada")
    run.font.name = "Huruf Tak Terpasang"


def foreign(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    for language in list(defaults):
        language.getparent().remove(language)


DOCUMENTS: Mapping[str, Callable[[Any], object]] = {
    "stretched": drawn(drawing("wpg", shape(1, 50, 25, 100, 50))),
    "pinned": drawn(drawing("wpg", shape(1, 0, 0, 200, 100, drawn=False) + shape(2, 50, 25, 100, 50))),
    "canvas": drawn(drawing("wpc", shape(1, 50, 25, 100, 50))),
    "letters": lettered,
    "language": foreign,
}


@pytest.fixture(scope="module")
def made(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The PDF of each document, as LibreOffice makes it."""
    folder = tmp_path_factory.mktemp("ganjil")
    jobs = [
        Job(put(folder, name, change), folder / f"{name}.pdf", finish=lambda _: None)
        for name, change in DOCUMENTS.items()
    ]
    assert [outcome.error for outcome in convert(jobs, workers=1)] == [None] * len(jobs)
    return {job.docx.stem: job.pdf for job in jobs}


def box(path: Path, told: str) -> list[int]:
    """The box of the figure with that alternative text, in whole points."""
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and str(one.get("/Alt", "")) == told:
                return [round(float(side)) for side in one.A.BBox]
    return []


def near(found: list[int], wanted: list[int]) -> bool:
    return len(found) == 4 and all(abs(one - other) <= 2 for one, other in zip(found, wanted, strict=True))


def test_a_group_is_stretched_unless_a_child_is_as_big(made: Mapping[str, Path]) -> None:
    assert near(box(made["stretched"], "bentuk 1"), [150, 367, 350, 467])  # twice as big as it should be
    assert near(box(made["pinned"], "bentuk 2"), [150, 417, 250, 467])


def test_a_canvas_is_not_drawn(made: Mapping[str, Path]) -> None:
    with pikepdf.open(made["canvas"]) as pdf:
        assert b"1 0 0 rg" not in pdf.pages[0].obj.Contents.read_bytes()
    with pikepdf.open(made["pinned"]) as pdf:
        assert b"1 0 0 rg" in pdf.pages[0].obj.Contents.read_bytes()


def test_a_missing_font_is_replaced_without_a_word(made: Mapping[str, Path]) -> None:
    with pikepdf.open(made["letters"]) as pdf:
        fonts = [str(font.BaseFont) for font in pdf.pages[0].obj.Resources.Font.values()]
    assert fonts
    assert not any("TakTerpasang" in name for name in fonts)


def test_a_document_without_a_language_is_taken_for_english(made: Mapping[str, Path]) -> None:
    with pikepdf.open(made["language"]) as pdf:
        assert str(pdf.Root.Lang) == "en-US"


@cache
def _soffice() -> str:
    find_soffice.cache_clear()
    return str(find_soffice())


def raw(folder: Path, document: Path, options: Mapping[str, object] | None = None) -> tuple[int, Path]:
    """The exit code of LibreOffice and where its PDF should be."""
    filtered = "pdf" if options is None else f"pdf:writer_pdf_Export:{json.dumps(options)}"
    command = [_soffice(), f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to"]
    done = subprocess.run(
        [*command, filtered, "--outdir", str(folder), str(document)], capture_output=True, check=False
    )
    return done.returncode, folder / f"{document.stem}.pdf"


def test_the_exit_code_lies(tmp_path: Path) -> None:
    code, pdf = raw(tmp_path, tmp_path / "tidak-ada.docx")
    assert (code, pdf.exists()) == (0, False)
    cut = tmp_path / "terpotong.docx"
    cut.write_bytes(put(tmp_path, "utuh", lambda _: None).read_bytes()[:2000])
    code, pdf = raw(tmp_path, cut)
    assert (code, pdf.exists()) == (0, False)
    empty = tmp_path / "kosong.docx"
    empty.touch()
    code, pdf = raw(tmp_path, empty)
    assert (code, pdf.exists()) == (0, True)  # a blank page
    outcome = convert([Job(empty, tmp_path / "hasil.pdf", 1, ("Isi",))], workers=1)[0]
    assert isinstance(outcome.error, ProofError)


def test_an_unknown_option_is_ignored_without_a_word(tmp_path: Path) -> None:
    document = put(tmp_path, "x", lambda _: None)
    code, pdf = raw(tmp_path, document, {"UseTaggedPdf": {"type": "boolean", "value": "true"}})
    assert code == 0
    with pikepdf.open(pdf) as found:
        assert "/StructTreeRoot" not in found.Root
    # So the options that we give are held against what they do.
    code, pdf = raw(tmp_path, document, process.EXPORT)
    with pikepdf.open(pdf) as found:
        assert "/StructTreeRoot" in found.Root
        assert b"<pdfaid:part>3<" in found.Root.Metadata.read_bytes()
        assert b"<pdfuaid:part>1<" in found.Root.Metadata.read_bytes()


def test_tags_without_pdf_ua_map_types_to_themselves(tmp_path: Path) -> None:
    document = put(tmp_path, "x", lambda d: d.add_heading("Judul", 1))
    _, pdf = raw(tmp_path, document, {"UseTaggedPDF": {"type": "boolean", "value": "true"}})
    with pikepdf.open(pdf) as found:
        roles = {str(key): str(value) for key, value in found.Root.StructTreeRoot.RoleMap.items()}
    assert any(key == value for key, value in roles.items())
