"""Tables finished as their text passes: as if the whole document stood in memory, yet never more than a few rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.render.lazy import Lazy
from pipeline.render.long_tables import CUT, GROUP_STYLE, LONG_CELL, MUST_CUT, SUM_STYLE, well_broken
from pipeline.render.paper import refit
from pipeline.render.template import Template
from pipeline.resources import packaged_templates

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"


def row(text: str = "x", *, style: str = "", head: bool = False, inner: str = "", kept: bool = False) -> str:
    """One row of one cell; ``inner`` stands in the cell before its paragraph."""
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    keep = "<w:keepNext/>" if kept else ""
    return (
        f'<w:tr w:rsidR="00A1">{properties}<w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/></w:tcPr>{inner}'
        f'<w:p><w:pPr><w:pStyle w:val="{style or "Isi"}"/>{keep}</w:pPr><w:r><w:t xml:space="preserve">'
        f"{text}</w:t></w:r></w:p></w:tc></w:tr>"
    )


def table(rows: Sequence[str]) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


def document(*blocks: str) -> str:
    return f'<w:document xmlns:w="{NS}"><w:body>{"".join(blocks)}</w:body></w:document>'


def cut(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def finished_in_memory(xml: str) -> bytes:
    """What ``well_broken`` is to give, worked out on the tree; of a table whose only sum is at its end."""
    root = etree.fromstring(xml)
    for node in root.iter(f"{W}tbl"):
        rows = node.findall(f"{W}tr")
        head = sum(1 for each in rows if each.find(f"{W}trPr/{W}tblHeader") is not None)
        styles = [each.find(f"{W}tc/{W}p/{W}pPr/{W}pStyle").get(f"{W}val") for each in rows]
        end = styles.index(SUM_STYLE) if SUM_STYLE in styles else None
        long = [sum(len(t.text or "") for t in each.iter(f"{W}t")) > LONG_CELL for each in rows]
        kept = set(range(head + 1)) if head else set()
        if head and end is not None:
            kept |= set(range(max(end - 2, head), len(rows)))
        for at in kept & set(range(len(rows) - 1)):
            if (end is not None and at >= end - 1) or not long[at]:
                for paragraph in rows[at].iter(f"{W}p"):
                    if paragraph.find(f"{W}pPr/{W}keepNext") is None:
                        paragraph.find(f"{W}pPr").insert(1, etree.Element(f"{W}keepNext"))
        for at in (at for at, is_long in enumerate(long) if is_long):
            properties = rows[at].find(f"{W}trPr")
            for split in properties.findall(f"{W}cantSplit"):
                properties.remove(split)
    return bytes(etree.tostring(root, method="c14n"))


def finished(xml: str, size: int = 1 << 16) -> bytes:
    return bytes(etree.tostring(etree.fromstring("".join(well_broken(cut(xml, size)))), method="c14n"))


LONG = "kata " * (LONG_CELL // 5 + 1)
ESCAPED = "&amp;" * (LONG_CELL // 2)  # long as written, not as read
KINDS: dict[str, Callable[[], str]] = {
    "b": row,
    "l": lambda: row(LONG),
    "e": lambda: row(ESCAPED),
    "k": lambda: row(kept=True),
    "t": lambda: row(inner=table([row("dalam", head=True), row("dalam"), row("dalam", style=SUM_STYLE)])),
}


@st.composite
def tables(draw: Any) -> str:
    """Any number of header rows, body rows of every kind, perhaps a sum, perhaps notes below it."""
    head = [row("kepala", head=True)] * draw(st.integers(0, 2))
    body = [KINDS[kind]() for kind in draw(st.lists(st.sampled_from(list(KINDS)), max_size=12))]
    if head and draw(st.booleans()):
        body.append(row("Jumlah", style=SUM_STYLE))
        body += [row("catatan", style="TertibTabelCatatan")] * draw(st.integers(0, 2))
    return table([*head, *body] or [row()])


@settings(max_examples=150)
@given(st.lists(tables(), min_size=1, max_size=3), st.sampled_from([1, 7, 13, 400, 1 << 16]))
def test_the_same_as_with_the_whole_document_in_memory(found: list[str], size: int) -> None:
    xml = document(*(f"<w:p><w:r><w:t>di antara</w:t></w:r></w:p>{each}" for each in found), "<w:sectPr/>")
    assert finished(xml, size) == finished_in_memory(xml)


def kept(xml: str) -> str:
    """For each row of the first table: k when it stays with the next."""
    rows = etree.fromstring("".join(well_broken([xml]))).find(f".//{W}tbl").findall(f"{W}tr")
    return "".join("k" if each.find(f".//{W}keepNext") is not None else "-" for each in rows)


SUM = row("Jumlah", style=SUM_STYLE)
HEAD = row("kepala", head=True)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([HEAD, *[row()] * 5, SUM], "kk--kk" + "-"),
        ([HEAD, SUM], "k-"),
        ([HEAD], "-"),
        ([HEAD, row(), SUM, *[row()] * 9, SUM], "kk-" + "-" * 7 + "kk-"),  # a sum between: pages break after it
        ([HEAD, *[row()] * 4, SUM, SUM, row()], "kk-kkkk-"),
        ([HEAD, *[row()] * 4, SUM, *[row()] * 4, SUM, SUM, row("catatan")], "kk-kk-" + "--kkkk-"),
        ([row(), row(), SUM, row()], "----"),
    ],
)
def test_sums_between_and_at_the_end(rows: list[str], expected: str) -> None:
    assert kept(document(table(rows))) == expected


GROUP = row("Bidang", style=GROUP_STYLE)
MERGED = row().replace("</w:tcPr>", "<w:vMerge/></w:tcPr>")


def parts(rows: Sequence[str]) -> list[Any]:
    """The tables that a table of ``rows`` becomes."""
    root = etree.fromstring("".join(well_broken(cut(document(table(rows)), 5_000))))
    found = root.findall(f".//{W}body/{W}tbl")
    broken = [node.find(f"{W}pPr/{W}pageBreakBefore") is not None for node in root.findall(f"{W}body/{W}p")]
    assert broken == [True] * (len(found) - 1)
    assert [node.tag for node in root.find(f"{W}body")] == [f"{W}tbl", *[f"{W}p", f"{W}tbl"] * (len(found) - 1)]
    return list(found)


@pytest.mark.parametrize(
    ("rows", "lengths"),
    [
        ([row()] * (CUT - 1), [CUT - 1]),
        ([row()] * (MUST_CUT + 4), [MUST_CUT + 4]),  # so few more are no table of their own
        ([row()] * 1_000, [MUST_CUT - 1, MUST_CUT, MUST_CUT, 401 - MUST_CUT]),
        ([*[row()] * (CUT + 9), GROUP, *[row()] * (CUT - 2), GROUP, *[row()] * 20], [CUT + 9, CUT + 19 + 1]),
        ([*[row()] * (MUST_CUT - 2), GROUP, *[row()] * 20], [MUST_CUT - 2, 21]),
        ([*[row()] * (MUST_CUT - 1), *[MERGED] * 5, *[row()] * 9], [MUST_CUT + 4, 9]),
    ],
)
def test_a_long_table_goes_on_as_another(rows: list[str], lengths: list[int]) -> None:
    rows = [each.replace(">x<", f">nomor {n}<") for n, each in enumerate(rows)]
    found = parts([HEAD, *rows])
    texts = [["".join(each.itertext()) for each in node.iterchildren(f"{W}tr")] for node in found]
    assert [len(some) - 1 for some in texts] == lengths
    assert {some[0] for some in texts} == {"kepala"}
    assert [text for some in texts for text in some[1:]] == [
        "".join(etree.fromstring(f'<a xmlns:w="x">{each}</a>').itertext()) for each in rows
    ]
    for node in found:
        assert [child.tag for child in node][:2] == [f"{W}tblPr", f"{W}tblGrid"]
        assert node[2].find(f"{W}trPr/{W}tblHeader") is not None
        keeps = [each.find(f".//{W}keepNext") is not None for each in node.iterchildren(f"{W}tr")]
        assert keeps[:3] == [True, True, False]
        assert keeps[-1] is False
    for node in found[:-1]:
        assert node[-2].find(f".//{W}keepNext") is not None


@pytest.mark.parametrize(
    "rows",
    [
        [row()] * 1_000,  # no header: nothing to repeat
        [HEAD.replace("<w:p>", '<w:bookmarkStart w:id="1" w:name="a"/><w:p>'), *[row()] * 1_000],
        [HEAD, row(inner=table([HEAD, *[row()] * 1_000]))],
        [HEAD, *[f"<w:sdt><w:sdtContent>{row()}</w:sdtContent></w:sdt>"] * 1_000],
    ],
)
def test_tables_that_stay_whole(rows: list[str]) -> None:
    assert len(parts(rows)) == 1


def test_rows_are_not_hoarded() -> None:
    def rows() -> Iterator[str]:
        yield from ('<w:document xmlns:w="x"><w:body><w:tbl>', HEAD)
        for number in range(1_000):
            given.append(number)
            yield row(f"nomor {number}")
        yield from ("</w:tbl></w:body>", "</w:document>")

    given: list[int] = []
    behind = [
        given[-1] - int(last[-1])
        for text in well_broken(rows())
        if given and (last := re.findall(r"nomor (\d+)", text))
    ]
    assert len(behind) > 900
    assert max(behind) < 10


def package(path: Path, *blocks: str) -> Template:
    """The recess template with another body."""
    with (
        zipfile.ZipFile(packaged_templates() / "rekap-reses.docx") as old,
        zipfile.ZipFile(path, "w") as new,
    ):
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = document(*blocks, SECTION).encode()
            elif info.filename.startswith("word/header"):
                data = f'<w:hdr xmlns:w="{NS}"><w:p/></w:hdr>'.encode()
            new.writestr(info.filename, data)
    return Template.load(path)


SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1" w:right="1000" w:bottom="1" w:left="1000" '
    'w:header="1" w:footer="1" w:gutter="0"/></w:sectPr>'
)
LOOP = [
    HEAD,
    row("{%tr for b in baris %}"),
    row("{{ loop.index }}/{{ loop.length }} {{ b.isi }}{% if loop.last %} akhir{% endif %}"),
    row("{%tr endfor %}"),
    SUM,
]


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return etree.fromstring(found.read("word/document.xml"))


def canonical(root: Any) -> bytes:
    return bytes(etree.tostring(etree.fromstring(re.sub(rb">\s+<", b"><", etree.tostring(root))), method="c14n"))


AWKWARD = ["A & B < C > D", "“kutip” 'satu' \"dua\"", "{{ bukan }}", "]]>", "a\nb\tc", "\x01\ud800", "<w:tr>", LONG]


@pytest.mark.parametrize("paper", ["", "F4", "A4", "Legal"])
def test_streamed_as_rendered_and_finished(paper: str, tmp_path: Path) -> None:
    template = package(tmp_path / "t.docx", table(LOOP))
    values = {name: "x" for name in template.variables} | {"baris": [{"isi": text} for text in AWKWARD]}

    rendered = template.render(values)
    root = body(rendered)
    refit(root, paper)
    expected = etree.fromstring(finished_in_memory(etree.tostring(root).decode()))
    streamed = template.stream(values, paper=paper)
    assert canonical(body(streamed)) == canonical(expected)
    assert streamed == template.stream(values, paper=paper)
    with zipfile.ZipFile(io.BytesIO(streamed)) as one, zipfile.ZipFile(io.BytesIO(rendered)) as other:
        assert one.namelist() == other.namelist()
        assert {info.date_time for info in one.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_lazy_rows_are_lists_to_a_template(tmp_path: Path) -> None:
    template = package(tmp_path / "t.docx", table(LOOP), "<w:p><w:r><w:t>{{ baris[1].isi }}</w:t></w:r></w:p>")
    others = {name: "x" for name in template.variables}
    rows = Lazy(range(50), lambda index, item: {"isi": f"{index}={item}"})
    assert template.stream(others | {"baris": rows}) == template.stream(others | {"baris": list(rows)})
    assert "50/50 49=49 akhir" in "".join(body(template.stream(others | {"baris": rows})).itertext())


def test_lazy() -> None:
    made: list[int] = []

    def make(index: int, item: str) -> str:
        made.append(index)
        return f"{index}{item}"

    lazy = Lazy("abc", make)
    assert (len(lazy), bool(lazy), made) == (3, True, [])
    assert list(lazy) == list(lazy) == ["0a", "1b", "2c"]
    assert (lazy[1], lazy[-1], lazy[1:], lazy[::2]) == ("1b", "2c", ["1b", "2c"], ["0a", "2c"])
    with pytest.raises(IndexError):
        lazy[3]


def test_a_fault_in_making_a_row_is_not_blamed_on_the_template(tmp_path: Path) -> None:
    template = package(tmp_path / "t.docx", table(LOOP))
    values = {name: "x" for name in template.variables}
    with pytest.raises(RuntimeError, match="item 2"):
        template.stream(values | {"baris": Lazy([1, 1, 0], lambda _, item: {"isi": 1 // item})})
    with pytest.raises(TemplateError, match=r"t\.docx"):
        template.stream(values | {"baris": [{"ada": 1}]})


@pytest.mark.parametrize(
    "block",
    [
        table([row("{% if baris %}")]) + "<w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>{% for b in baris %}</w:t></w:r></w:p>" + table([row("{% endfor %}")]),
        "<w:p><w:r><w:t>{%p if baris %}</w:t></w:r></w:p>" + table([row("{%tr endif %}"), row()]),
    ],
)
def test_tags_that_close_elsewhere(block: str, tmp_path: Path) -> None:
    template = package(tmp_path / "t.docx", block)
    values = {name: "x" for name in template.variables} | {"baris": []}
    with pytest.raises(TemplateError, match=r"word/document\.xml"):
        template.stream(values)


def test_properties_of_cells_in_the_order_of_the_schema(tmp_path: Path) -> None:
    cell = (
        '<w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/><w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
        '<w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:r><w:t>{% colspan 1 + 1 %}{% cellbg "F2F2F2" %}a</w:t></w:r></w:p></w:tc>'
    )
    template = package(tmp_path / "t.docx", table([f"<w:tr>{cell}</w:tr>"]))
    values = {name: "x" for name in template.variables}
    for data in (template.stream(values), template.render(values)):
        names = [etree.QName(node).localname for node in body(data).find(f".//{W}tcPr")]
        assert names == ["tcW", "gridSpan", "tcBorders", "shd", "vAlign"]
