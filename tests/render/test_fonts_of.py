"""The fonts that the print of a DOCX asks for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from pipeline.errors import ProofError
from pipeline.render import fonts as module
from pipeline.render.fonts import fonts_of

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _font(name: str) -> str:
    return f'<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}"/></w:rPr>'


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def _paragraph(content: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def _style(kind: str, name: str, font: str = "", *, based: str = "", default: bool = False) -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    flag = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{flag}>{parent}{_font(font) if font else ""}</w:style>'


STYLES = (
    f"<w:styles {NS}><w:docDefaults><w:rPrDefault>{_font('Baku')}</w:rPrDefault></w:docDefaults>"
    + _style("paragraph", "Biasa", default=True)
    + _style("paragraph", "Judul", "Huruf Judul")
    + _style("paragraph", "Sub", based="Judul")
    + _style("paragraph", "Lingkar", based="Lingkar")
    + _style("character", "Tegas", "Huruf Tegas")
    + _style("table", "Kisi", "Huruf Tabel")
    + '<w:style w:type="paragraph" w:styleId="Tema"><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Lama"/></w:rPr>'
    "</w:style></w:styles>"
)
THEME = (
    f'<a:theme {NS}><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface="Besar"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Kecil"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)


def _docx(body: str, parts: Mapping[str, tuple[str, str]] | None = None, styles: str = STYLES) -> bytes:
    """A document with ``body``; ``parts`` are further parts by relation id: kind and XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        if styles:
            package.writestr("word/styles.xml", styles)
        package.writestr("word/theme/theme1.xml", THEME)
        relations = ""
        for key, (kind, content) in (parts or {}).items():
            package.writestr(f"word/bagian{key}.xml", content)
            relations += f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="bagian{key}.xml"/>'
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
    return out.getvalue()


def _table(content: str) -> str:
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="Kisi"/></w:tblPr><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>'


def _box(content: str) -> str:
    text = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
    old = f"<mc:Fallback><w:txbxContent>{_paragraph(_run('lama', _font('Cadangan')))}</w:txbxContent></mc:Fallback>"
    return _paragraph(f"<w:r><mc:AlternateContent><mc:Choice>{text}</mc:Choice>{old}</mc:AlternateContent></w:r>")


BODIES: Mapping[str, tuple[str, set[str]]] = {
    "the default": (_paragraph(_run("isi")), {"Baku"}),
    "the run's own": (_paragraph(_run("isi", _font("Sendiri")), "Judul"), {"Sendiri"}),
    "of a paragraph style": (_paragraph(_run("isi"), "Judul"), {"Huruf Judul"}),
    "of the style it is based on": (_paragraph(_run("isi"), "Sub"), {"Huruf Judul"}),
    "a style based on itself": (_paragraph(_run("isi"), "Lingkar"), {"Baku"}),
    "an unknown style": (_paragraph(_run("isi"), "Asing"), {"Baku"}),
    "of a character style": (_paragraph(_run("isi", '<w:rPr><w:rStyle w:val="Tegas"/></w:rPr>')), {"Huruf Tegas"}),
    "of a table style": (_table(_paragraph(_run("isi"))), {"Huruf Tabel"}),
    "a paragraph style goes before a table's": (_table(_paragraph(_run("isi"), "Judul")), {"Huruf Judul"}),
    "of the theme": (_paragraph(_run("isi"), "Tema"), {"Kecil"}),
    "of a text box": (_box(_paragraph(_run("isi", _font("Kotak")))), {"Kotak"}),
    "an empty run": (_paragraph(_run("", _font("Kosong")) + _run("isi")), {"Baku"}),
    "a run of spaces": (_paragraph(_run("  ", _font("Kosong")) + _run("isi")), {"Baku"}),
    "a run of signs": (_paragraph(_run("→ ☐", _font("Tanda")) + _run("isi")), {"Baku"}),
    "a run of digits": (_paragraph(_run("12", _font("Angka"))), {"Angka"}),
    "hidden text": (_paragraph(_run("isi", "<w:rPr><w:vanish/></w:rPr>")), set()),
    "nothing": ("", set()),
    "several": (_paragraph(_run("a", _font("Satu")) + _run("b", _font("Dua")) + _run("c")), {"Satu", "Dua", "Baku"}),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("large", [False, True], ids=["whole", "as a stream"])
def test_fonts_of_a_body(name: str, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    body, fonts = BODIES[name]
    if large:
        monkeypatch.setattr(module, "_LARGE", 0)
    assert fonts_of(_docx(body)) == fonts


def _story(font: str) -> str:
    return f"<w:hdr {NS}>{_paragraph(_run('kepala', _font(font)))}</w:hdr>"


@pytest.mark.parametrize(
    ("references", "fonts"),
    [
        ('<w:headerReference w:type="default" r:id="r1"/>', {"Satu"}),
        (
            '<w:headerReference w:type="default" r:id="r1"/><w:footerReference w:type="default" r:id="r2"/>',
            {"Satu", "Dua"},
        ),
        ('<w:headerReference w:type="first" r:id="r1"/>', set()),
        ('<w:headerReference w:type="first" r:id="r1"/><w:titlePg/>', {"Satu"}),
        ('<w:headerReference w:type="first" r:id="r1"/><w:titlePg w:val="0"/>', set()),
        ('<w:headerReference w:type="even" r:id="r1"/>', set()),
        ("", set()),
    ],
)
def test_only_headers_that_print_count(references: str, fonts: set[str]) -> None:
    parts = {"r1": ("header", _story("Satu")), "r2": ("footer", _story("Dua"))}
    assert fonts_of(_docx(f"<w:sectPr>{references}</w:sectPr>", parts)) == fonts


def test_the_sections_before_the_last_count_too() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>'
    body = f"<w:p><w:pPr>{section}</w:pPr></w:p><w:sectPr/>"
    assert fonts_of(_docx(body, {"r1": ("header", _story("Satu"))})) == {"Satu"}


def test_charts_count_with_what_they_state() -> None:
    chart = f'<c:chartSpace {NS}><a:latin typeface="Bagan"/><a:latin typeface="+mj-lt"/></c:chartSpace>'
    assert fonts_of(_docx("", {"r1": ("chart", chart)})) == {"Bagan", "Besar"}


def test_without_styles_nothing_is_asked() -> None:
    assert fonts_of(_docx(_paragraph(_run("isi")), styles="")) == frozenset()


@pytest.mark.parametrize("data", [b"", b"bukan docx", _docx("<w:p>")[:80]], ids=["empty", "text", "cut off"])
def test_what_is_no_document_is_told(data: bytes) -> None:
    with pytest.raises(ProofError):
        fonts_of(data)


def test_broken_xml_is_told() -> None:
    with pytest.raises(ProofError):
        fonts_of(_docx("<w:p>"))
