"""What a table style says, stated directly on the table: in the order of precedence that Word has, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from pipeline.render.proof_names import BODY, W
from pipeline.render.slim import Slimmed, Step, slim
from tests.render.packages import package

SINGLE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
GRID = f"<w:tblBorders>{''.join(SINGLE.format(side) for side in SIDES)}</w:tblBorders>"
MARGIN = '<w:tblCellMar><w:left w:w="{}" w:type="dxa"/></w:tblCellMar>'
BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:tblPr>'
    '<w:tblCellMar><w:left w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rapat"><w:pPr><w:spacing w:after="40"/><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:b/></w:rPr></w:style>'
)  # fmt: skip


def _style(content: str, based: str = "TableNormal", id_: str = "G") -> str:
    return f'<w:style w:type="table" w:styleId="{id_}"><w:basedOn w:val="{based}"/>{content}</w:style>'


def _cell(text: str = "x", properties: str = "", paragraph: str = "") -> str:
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{paragraph}</w:pPr>{run}</w:p></w:tc>"


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _table(*rows: str, more: str = "", look: str = '<w:tblLook w:val="04A0"/>') -> str:
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="G"/>{more}{look}</w:tblPr><w:tblGrid/>{"".join(rows)}</w:tbl>'


def _slim(body: str, *styles: str) -> tuple[Any, Slimmed]:
    made = slim(package(body, BASE + "".join(styles)), {Step.TABLES, Step.CELLS})
    return etree.fromstring(dict(made.parts)[BODY]), made


def _sides(node: Any) -> dict[str, str]:
    return {} if node is None else {etree.QName(each).localname: each.get(W + "val") for each in node}


PLAIN = _table(_row(_cell(), _cell()))


def test_borders_become_those_of_the_table() -> None:
    root, made = _slim(PLAIN, _style(f"<w:tblPr>{GRID}</w:tblPr>"))
    assert _sides(root.find(f".//{W}tblBorders")) == dict.fromkeys(SIDES, "single")
    assert root.find(f".//{W}tblStyle") is None
    assert [message.id for message in made.done] == ["1 tabel bergaris langsung, bukan lewat gaya tabel"]
    assert made.kept == ()


def test_what_the_table_says_itself_holds() -> None:
    own = '<w:tblBorders><w:top w:val="double"/></w:tblBorders>'
    root, _ = _slim(_table(_row(_cell()), more=own), _style(f"<w:tblPr>{GRID}</w:tblPr>"))
    assert _sides(root.find(f".//{W}tblBorders")) == {**dict.fromkeys(SIDES, "single"), "top": "double"}
    names = [etree.QName(node).localname for node in root.find(f".//{W}tblBorders")]
    assert names == list(SIDES)


def test_styles_are_based_on_others_side_by_side() -> None:
    near = _style('<w:tblPr><w:tblBorders><w:top w:val="nil"/></w:tblBorders></w:tblPr>', based="H")
    root, _ = _slim(PLAIN, near, _style(f"<w:tblPr>{GRID}</w:tblPr>", id_="H"))
    assert _sides(root.find(f".//{W}tblBorders"))["top"] == "nil"
    assert _sides(root.find(f".//{W}tblBorders"))["left"] == "single"


@pytest.mark.parametrize(("width", "stated"), [("108", False), ("60", True)])
def test_margins_are_stated_where_they_differ_from_those_of_any_table(width: str, stated: bool) -> None:
    root, _ = _slim(PLAIN, _style(f"<w:tblPr>{MARGIN.format(width)}</w:tblPr>"))
    assert (root.find(f".//{W}tblCellMar") is not None) is stated


def _region(kind: str, borders: str = "", more: str = "") -> str:
    inner = f"<w:tcPr><w:tcBorders>{borders}</w:tcBorders></w:tcPr>" if borders else ""
    return f'<w:tblStylePr w:type="{kind}">{more}{inner}</w:tblStylePr>'


FRAME = SINGLE.format("left") + SINGLE.format("right") + '<w:insideV w:val="dotted"/><w:bottom w:val="double"/>'


def test_the_first_row() -> None:
    body = _table(_row(_cell(), _cell(), _cell()), _row(_cell(), _cell(), _cell()), look='<w:tblLook w:firstRow="1"/>')
    root, made = _slim(body, _style(_region("firstRow", FRAME)))
    assert made.kept == ()
    cells = [_sides(cell.find(f"{W}tcPr/{W}tcBorders")) for cell in root.iter(W + "tc")]
    assert cells[:3] == [
        {"left": "single", "bottom": "double", "right": "dotted"},
        {"left": "dotted", "bottom": "double", "right": "dotted"},
        {"left": "dotted", "bottom": "double", "right": "single"},
    ]
    assert cells[3:] == [{}, {}, {}]


def test_the_last_column_and_shades() -> None:
    shade = '<w:tcPr><w:shd w:val="clear" w:fill="DDDDDD"/></w:tcPr>'
    body = _table(_row(_cell(), _cell()), _row(_cell(), _cell()), look='<w:tblLook w:lastColumn="1"/>')
    root, _ = _slim(body, _style(_region("lastCol", more=shade)))
    fills = [cell.find(f"{W}tcPr/{W}shd") is not None for cell in root.iter(W + "tc")]
    assert fills == [False, True, False, True]


def test_flags_that_are_off_leave_the_rest_of_the_style_unsaid() -> None:
    body = _table(_row(_cell()), look='<w:tblLook w:val="0600"/>')
    bands = _region("firstRow", FRAME) + _region("band1Horz", FRAME) + _region("nwCell", FRAME)
    root, made = _slim(body, _style(f"<w:tblPr>{GRID}</w:tblPr>{bands}"))
    assert made.kept == ()
    assert root.find(f".//{W}tcBorders") is None


FOR = _row(_cell("{%tr for b in baris %}"))
END = _row(_cell("{%tr endfor %}"))
NEAR = "<w:pPr>{}</w:pPr>"
BOLD = "<w:rPr><w:b/></w:rPr>"
KEPT = {
    "bands": (_table(_row(_cell())), _region("band1Horz", FRAME), "selang-seling"),
    "bands of columns": (
        _table(_row(_cell()), look='<w:tblLook w:val="0200"/>'),
        _region("band1Vert", FRAME),
        "selang-seling",
    ),
    "no flags": (_table(_row(_cell()), look=""), _region("firstRow", FRAME), "tblLook"),
    "a first row that repeats": (_table(FOR, _row(_cell()), END), _region("firstRow", FRAME), "berulang"),
    "a last row that repeats": (
        _table(_row(_cell()), FOR, _row(_cell()), END, look='<w:tblLook w:lastRow="1"/>'),
        _region("lastRow", FRAME),
        "berulang",
    ),
    "a first cell that repeats": (
        _table(_row(_cell("{%tc for a in b %}"), _cell(), _cell("{%tc endfor %}"))),
        _region("firstRow", FRAME),
        "berulang",
    ),
    "corners": (_table(_row(_cell())), _region("nwCell", FRAME), "sudut"),
    "two that meet": (
        _table(_row(_cell(), _cell()), _row(_cell(), _cell())),
        _region("firstRow", '<w:insideV w:val="single"/>') + _region("firstCol", '<w:right w:val="double"/>'),
        "bertemu",
    ),
    "indents": (_table(_row(_cell())), NEAR.format('<w:ind w:left="60"/>'), "ind"),
    "bold twice": (_table(_row(_cell(paragraph='<w:pStyle w:val="Rapat"/>'))), BOLD, "sama-sama"),
    "alignment twice": (
        _table(_row(_cell(paragraph='<w:pStyle w:val="Rapat"/>'))),
        NEAR.format('<w:jc w:val="right"/>'),
        "sama-sama",
    ),
    "a tag with looks of its own": (_table(_row(_cell("{{r logo }}"))), BOLD, "formatnya sendiri"),
    "a table within": (
        _table(_row(f"<w:tc><w:tcPr/><w:tbl><w:tblPr/>{_row(_cell())}</w:tbl><w:p/></w:tc>")),
        BOLD,
        "di dalam tabel",
    ),
    "borders of cells": (_table(_row(_cell())), f"<w:tcPr><w:tcBorders>{FRAME}</w:tcBorders></w:tcPr>", "tcBorders"),
    "several header rows": (
        _table(*[f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{_cell()}</w:tr>"] * 2),
        _region("firstRow", FRAME),
        "kepala",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_what_is_not_certain_is_left_and_told(name: str) -> None:
    body, content, why = KEPT[name]
    before = package(body, BASE + _style(content))
    made = slim(before, {Step.TABLES, Step.CELLS})
    assert dict(made.parts)[BODY] == dict(before)[BODY]
    assert made.done == ()
    assert len(made.kept) == 1
    assert why in made.kept[0].id


def test_a_style_that_is_not_there() -> None:
    _, made = _slim(PLAIN)
    assert "gaya G tidak ada" in made.kept[0].id


def test_a_row_that_repeats_between_fixed_ones() -> None:
    rows = (_row(_cell("Kepala")), FOR, _row(_cell("{{ b }}")), END, _row(_cell("Jumlah")))
    body = _table(*rows, look='<w:tblLook w:firstRow="1" w:lastRow="1"/>')
    root, made = _slim(body, _style(_region("firstRow", FRAME) + _region("lastRow", FRAME)))
    assert made.kept == ()
    bordered = [cell.find(f"{W}tcPr/{W}tcBorders") is not None for cell in root.iter(W + "tc")]
    assert bordered == [True, False, False, False, True]


TEXT = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:i/></w:rPr>'


def test_text_gets_what_no_style_of_its_own_says() -> None:
    cells = (
        _cell(),
        _cell(paragraph='<w:pStyle w:val="Rapat"/>'),
        _cell(paragraph='<w:spacing w:after="99"/>'),
        _cell("{%p if a %}"),
    )
    root, _ = _slim(_table(_row(*cells)), _style(TEXT))
    spacing = [dict(node.attrib) for node in root.iter(W + "spacing")]
    line = {W + "line": "240", W + "lineRule": "auto"}
    assert spacing == [{W + "after": "0", **line}, line, {W + "after": "99", **line}]
    assert len(list(root.iterfind(f".//{W}r/{W}rPr/{W}i"))) == 3
    assert len(list(root.iterfind(f".//{W}pPr/{W}rPr/{W}i"))) == 3


def test_inner_tables_and_outer_ones() -> None:
    inner = _table(_row(_cell()))
    body = _table(_row(f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>"))
    root, made = _slim(body, _style(f"<w:tblPr>{GRID}</w:tblPr>"))
    assert "2 tabel" in made.done[0].id
    assert len(list(root.iter(W + "tblBorders"))) == 2


@pytest.mark.parametrize("content", [_region("firstRow", FRAME), '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'])
def test_styles_of_cells_are_a_step_of_their_own(content: str) -> None:
    body = _table(_row(_cell()), look='<w:tblLook w:firstRow="1"/>') + PLAIN
    parts = package(body, BASE + _style(content).replace('"G"', '"F"') + _style(f"<w:tblPr>{GRID}</w:tblPr>"))
    held = {**dict(parts), BODY: dict(parts)[BODY].replace(b'tblStyle w:val="G"', b'tblStyle w:val="F"', 1)}
    simple = slim(tuple(held.items()), {Step.TABLES})
    assert (len(simple.done), len(simple.kept)) == (1, 1)
    both = slim(tuple(held.items()), {Step.TABLES, Step.CELLS})
    assert "2 tabel" in both.done[0].id
    assert both.kept == ()
