"""What is taken out of a template, and what must never be."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from pipeline.render.proof_names import BODY, STYLES, TYPES, W
from pipeline.render.proof_package import package_faults
from pipeline.render.slim import ALL, Step, slim
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.slim import packed
from pipeline.run.templates import TEMPLATES
from tests.render.fat import fat_template
from tests.render.packages import package, parts_of

TEMPLATE = pytest.mark.parametrize("name", TEMPLATES)


@TEMPLATE
def test_a_template_begun_from_a_blank_document(tmp_path: Path, name: str) -> None:
    path = fat_template(tmp_path / name, source=packaged_templates() / name)
    before = Template.load(path)
    made = slim(parts_of(path))
    assert len(made.done) >= 10
    assert made.kept == ()
    path.write_bytes(packed(made.parts))
    after = Template.load(path)
    assert (after.variables, after.body) == (before.variables, before.body)
    assert next(package_faults(dict(made.parts), ()), None) is None
    styles = etree.fromstring(dict(made.parts)[STYLES])
    kinds = [style.get(W + "type") for style in styles.iter(W + "style")]
    assert kinds.count("table") == 1
    assert len(kinds) < 45
    assert sum(len(data) for _, data in made.parts) < 200_000
    assert slim(made.parts).done == ()


@TEMPLATE
def test_the_shipped_templates_are_lean(name: str) -> None:
    assert slim(parts_of(packaged_templates() / name)).done == ()


def _signing(parts: tuple[tuple[str, bytes], ...]) -> set[str]:
    root = etree.fromstring(dict(parts)[BODY])
    return {node.get(W + "name", "") for node in root.iter(W + "bookmarkStart")}


def test_the_places_of_signatures_stay(tmp_path: Path) -> None:
    parts = parts_of(fat_template(tmp_path / "sop.docx"))
    assert _signing(parts) >= {"ttdpengesah", "ttdpengesahakhir", "_GoBack"}
    assert _signing(slim(parts).parts) == _signing(parts) - {"_GoBack"}


RUN = '<w:r w:rsidR="00AB"><w:t xml:space="preserve">{}</w:t></w:r>'
BOLD = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
ERROR = '<w:proofErr w:type="spellStart"/>'
NOISE = {
    "a tag over two runs": (RUN.format("{{ ju") + ERROR + RUN.format("dul }}"), ["{{ judul }}"]),
    "a tag over three": (RUN.format("{") + RUN.format("{ a }") + RUN.format("}"), ["{{ a }}"]),
    "looks that differ": (RUN.format("a") + BOLD.format("b") + BOLD.format("c"), ["a", "bc"]),
    "a tag for a whole run": (RUN.format("Logo: ") + RUN.format("{{r logo }}"), ["Logo: ", "{{r logo }}"]),
    "such a tag in pieces": (RUN.format("a ") + RUN.format("{{") + RUN.format("r x }}"), ["a ", "{{", "r x }}"]),
    "a line break between": (RUN.format("a") + "<w:r><w:br/></w:r>" + RUN.format("b"), ["a", "b"]),
    "blanks that do not print": ("<w:r><w:t> a</w:t></w:r>" + RUN.format("b"), [" a", "b"]),
    "where the page ended": ("<w:r><w:lastRenderedPageBreak/></w:r>" + RUN.format("a"), ["a"]),
}  # fmt: skip


@pytest.mark.parametrize("name", NOISE)
def test_runs(name: str) -> None:
    runs, expected = NOISE[name]
    made = slim(package(f'<w:p w:rsidR="00CD" w14:paraId="1F">{runs}</w:p>'), {Step.NOISE})
    root = etree.fromstring(dict(made.parts)[BODY])
    assert [node.text for node in root.iter(W + "t")] == expected
    assert b"rsid" not in dict(made.parts)[BODY]
    assert b"proofErr" not in dict(made.parts)[BODY]
    assert b"paraId" not in dict(made.parts)[BODY]


TEXTS = st.sampled_from(["{{", " nomor ", "}}", "{%p if a %}", "{{r b }}", "x", " ", "", "{", "%}", "{{ judul }}"])
PIECES = st.lists(st.tuples(TEXTS, st.booleans(), st.booleans()), max_size=8)


@given(st.lists(PIECES, min_size=1, max_size=3))
def test_no_word_is_lost(paragraphs: list[list[tuple[str, bool, bool]]]) -> None:
    def run(text: str, bold: bool, marked: bool) -> str:
        return (BOLD if bold else RUN).format(text) + (ERROR if marked else "")

    body = "".join(f"<w:p>{''.join(run(*piece) for piece in pieces)}</w:p>" for pieces in paragraphs)
    made = slim(package(body), {Step.NOISE})
    root = etree.fromstring(dict(made.parts)[BODY])
    words = ["".join(text.text or "" for text in each.iter(W + "t")) for each in root.iter(W + "p")]
    assert words == ["".join(piece[0] for piece in pieces) for pieces in paragraphs]
    assert slim(made.parts, {Step.NOISE}).done == ()


def _style(id_: str, more: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{id_}"/>{more}</w:style>'


NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
USED = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>'
LISTED = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
NUM = '<w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
ABSTRACT = '<w:abstractNum w:abstractNumId="{}"><w:lvl w:ilvl="0">{}</w:lvl></w:abstractNum>'
STYLES_KEPT = {
    "named on a page": (USED, _style("A") + _style("B"), "", {"A"}),
    "based on, next, linked": (
        USED,
        _style("A", '<w:basedOn w:val="B"/><w:next w:val="C"/><w:link w:val="D"/>')
        + _style("B", '<w:basedOn w:val="E"/>')
        + "".join(map(_style, "CDEF")),
        "",
        set("ABCDE"),
    ),
    "of runs and tables": (
        '<w:p><w:r><w:rPr><w:rStyle w:val="A"/></w:rPr></w:r></w:p>'
        '<w:tbl><w:tblPr><w:tblStyle w:val="B"/></w:tblPr></w:tbl>',
        _style("A", kind="character") + _style("B", kind="table") + _style("C", kind="table"),
        "",
        {"A", "B"},
    ),
    "of a level of a list in use": (
        f"<w:p>{LISTED.format(1)}</w:p>",
        _style("A") + _style("B"),
        ABSTRACT.format(1, '<w:pStyle w:val="A"/>') + NUM.format(1),
        {"A"},
    ),
    "of a list that a style in use has": (
        USED,
        _style("A", LISTED.format(1)) + _style("B") + _style("C"),
        ABSTRACT.format(1, '<w:pStyle w:val="B"/>') + NUM.format(1),
        {"A", "B"},
    ),
    "asked for by a field": (
        FIELD.format('STYLEREF "Bab Besar"'),
        _style("Bab Besar") + _style("B"),
        "",
        {"Bab Besar"},
    ),
    "of a table of contents": (
        FIELD.format("TOC \\o 1-3"),
        _style("toc 1") + _style("heading 1") + _style("B"),
        "",
        {"toc 1", "heading 1"},
    ),
    "what the manual offers": ("<w:p/>", _style("TertibSel") + _style("B"), "", {"TertibSel"}),
    "a circle": (USED, _style("A", '<w:basedOn w:val="B"/>') + _style("B", '<w:basedOn w:val="A"/>'), "", {"A", "B"}),
}


@pytest.mark.parametrize("name", STYLES_KEPT)
def test_styles_in_use_stay(name: str) -> None:
    body, styles, numbering, kept = STYLES_KEPT[name]
    made = slim(package(body, NORMAL + styles, numbering), {Step.STYLES})
    root = etree.fromstring(dict(made.parts)[STYLES])
    assert {style.get(W + "styleId") for style in root.iter(W + "style")} == kept | {"Normal"}


def test_lists_that_nothing_uses_go() -> None:
    numbering = ABSTRACT.format(1, "") + ABSTRACT.format(2, "") + NUM.format(1) + NUM.format(2)
    made = slim(package(f"<w:p>{LISTED.format(2)}</w:p>", NORMAL, numbering), {Step.STYLES})
    assert re.findall(rb'w:numId="(\d)"|w:abstractNumId="(\d)"', dict(made.parts)["word/numbering.xml"]) == [
        (b"", b"2"),
        (b"2", b""),
    ]
    empty = slim(package("<w:p/>", NORMAL, numbering), {Step.STYLES})
    assert "word/numbering.xml" not in dict(empty.parts)
    assert b"numbering" not in dict(empty.parts)[TYPES]
    assert b"numbering" not in dict(empty.parts)["word/_rels/document.xml.rels"]


def _with_custom(body: str, item: str) -> tuple[tuple[str, bytes], ...]:
    held = dict(package(body, NORMAL))
    relation = (
        b'<Relationship Id="r9" Target="../customXml/item1.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    held[name] = held[name].replace(b"</Relationships>", relation)
    held[TYPES] = held[TYPES].replace(
        b"<Override", b'<Default Extension="xml" ContentType="application/xml"/><Override', 1
    )
    return (*held.items(), ("customXml/item1.xml", item.encode()))


BINDING = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
SOURCES = '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">{}</b:Sources>'


@pytest.mark.parametrize(
    ("body", "item", "stays"),
    [
        ("<w:p/>", SOURCES.format(""), False),
        ("<w:p/>", SOURCES.format("<b:Source/>"), True),
        ("<w:p/>", "<a/>", False),
        (BINDING, "<a/>", True),
    ],
)
def test_data_that_pages_are_filled_from_stay(body: str, item: str, stays: bool) -> None:
    made = slim(_with_custom(body, item), {Step.PARTS})
    assert ("customXml/item1.xml" in dict(made.parts)) is stays
    assert bool(made.done) is not stays


def test_a_part_that_nothing_refers_to_goes() -> None:
    made = slim((*package("<w:p/>", NORMAL), ("word/media/lama.png", b"x" * 5000)), {Step.PARTS})
    assert [message.id for message in made.done] == ["1 bagian yang tidak dirujuk, 5 KB"]
    assert "word/media/lama.png" not in dict(made.parts)


def test_parts_that_need_nothing_stay_byte_for_byte() -> None:
    parts = package("<w:p>  <w:r><w:t>a</w:t></w:r></w:p>", NORMAL + _style("B"))
    made = dict(slim(parts).parts)
    assert {name for name, data in parts if made[name] != data} == {STYLES}
    lean = package("<w:p/>", NORMAL)
    assert slim(lean, ALL).parts == lean


def test_headers_of_any_name_are_read() -> None:
    held = dict(package("<w:p/>", NORMAL + _style("A") + _style("B")))
    relation = (
        b'<Relationship Id="r9" Target="kepala.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    held[name] = held[name].replace(b"</Relationships>", relation)
    held["word/kepala.xml"] = held[BODY].replace(b"<w:p/>", USED.encode())
    made = slim(tuple(held.items()), {Step.STYLES})
    root = etree.fromstring(dict(made.parts)[STYLES])
    assert {style.get(W + "styleId") for style in root.iter(W + "style")} == {"Normal", "A"}


@pytest.mark.parametrize(("colours", "packs"), [(("red", "red"), True), (None, False)])
def test_pictures_are_packed_without_a_loss(colours: tuple[str, str] | None, packs: bool) -> None:
    picture = Image.new("RGBA", (300, 300), "red") if colours else Image.effect_noise((300, 300), 90)
    loose, tight = io.BytesIO(), io.BytesIO()
    picture.save(loose, "PNG", compress_level=0 if packs else 9)
    parts = (*package("<w:p/>", NORMAL), ("word/media/a.png", loose.getvalue()))
    made = slim(parts, {Step.PICTURES})
    tight.write(dict(made.parts)["word/media/a.png"])
    assert bool(made.done) is packs
    assert (len(tight.getvalue()) < len(loose.getvalue())) is packs
    with Image.open(tight) as again:
        assert (again.mode, again.tobytes()) == (picture.mode, picture.tobytes())
    assert slim(made.parts, {Step.PICTURES}).done == ()
