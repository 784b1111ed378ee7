"""The grid of a table has as many columns as docxtpl's own repair gives it, whatever its tags make of its rows."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docxtpl_peer import DOCUMENT, compared
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render.columns import with_certain_columns, with_columns
from pipeline.render.template import Template

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTEXT = {"nol": [], "dua": ["a", "b"], "lima": list("abcde"), "ya": True, "tidak": False, "n": 3}


def cell(text: str = "x", span: str = "", inside: str = "") -> str:
    grid = f'<w:gridSpan w:val="{span}"/>' if span else ""
    properties = f'<w:tcPr><w:tcW w:w="9" w:type="dxa"/>{grid}</w:tcPr>'
    return f"<w:tc>{properties}{inside}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (1000, 2000, 3501)) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def looped(what: str, *cells: str) -> str:
    return f"{cell(f'{{%tc for c in {what} %}}')}{''.join(cells)}{cell('{%tc endfor %}')}"


def when(what: str, *cells: str) -> str:
    return f"{cell(f'{{%tc if {what} %}}')}{''.join(cells)}{cell('{%tc endif %}')}"


def rows(tag: str, end: str, *inner: str) -> str:
    return f"{row(cell(f'{{%tr {tag} %}}'))}{''.join(inner)}{row(cell(f'{{%tr {end} %}}'))}"


def template(path: Path, *blocks: str) -> Template:
    document = Document()
    for block in blocks:
        document.element.body.insert(0, parse_xml(block.replace("<w:tbl>", f'<w:tbl xmlns:w="{NS}">', 1)))
    document.save(str(path))
    return Template.load(path)


PLAIN = row(cell(), cell(), cell())
TABLES = {
    "as it stands": table(PLAIN, PLAIN),
    "a cell too many": table(PLAIN, row(*[cell()] * 5)),
    "a column too many": table(row(cell(), cell())),
    "a span": table(PLAIN, row(cell(span="2"), cell())),
    "a span beyond the grid": table(row(cell(span="5"), cell())),
    "columns by a loop": table(row(cell(), looped("lima", cell("{{ c }}")), cell())),
    "columns by an empty loop": table(row(cell(), looped("nol", cell("{{ c }}")), cell())),
    "a span that a value gives": table(row(cell(), looped("dua", cell())), row(cell(span="{{ n }}"))),
    "a span in a loop": table(row(looped("lima", cell(span="2")))),
    "only spans": table(row(looped("dua", cell(span="3"))), row(looped("nol", cell()))),
    "rows by a loop": table(PLAIN, rows("for b in lima", "endfor", PLAIN)),
    "wide rows by a loop": table(PLAIN, rows("for b in dua", "endfor", row(*[cell()] * 6))),
    "wide rows by an empty loop": table(PLAIN, rows("for b in nol", "endfor", row(*[cell()] * 6))),
    "no row at all": table(rows("for b in nol", "endfor", PLAIN)),
    "a row that is": table(PLAIN, rows("if ya", "endif", row(*[cell()] * 4))),
    "a row that is not": table(PLAIN, rows("if tidak", "endif", row(*[cell()] * 4))),
    "a cell that is": table(row(cell(), when("ya", cell(), cell()), cell())),
    "a cell that is not": table(row(cell(), when("tidak", cell(), cell()), cell())),
    "a loop in a loop": table(rows("for b in dua", "endfor", row(cell(), looped("lima", cell()), cell()))),
    "two loops": table(row(looped("dua", cell()), looped("lima", cell()))),
    "a table inside": table(row(cell(inside=table(row(*[cell()] * 5))), cell(), cell())),
    "loops inside and outside": table(
        row(looped("dua", cell(inside=table(row(looped("lima", cell())), PLAIN))), cell())
    ),
    "spans inside and outside": table(
        row(cell(span="4", inside=table(rows("for b in dua", "endfor", row(cell(span="{{ n }}")))))),
        row(looped("dua", cell())),
    ),
}


@pytest.mark.parametrize("block", TABLES.values(), ids=TABLES)
def test_as_docxtpl(block: str, tmp_path: Path) -> None:
    ours, theirs = compared(template(tmp_path / "t.docx", block), CONTEXT)
    assert ours == theirs


def test_each_table_has_its_own(tmp_path: Path) -> None:
    ours, theirs = compared(template(tmp_path / "t.docx", *TABLES.values()), CONTEXT)
    assert ours == theirs


CELLS = st.recursive(
    st.sampled_from([cell(), cell(span="2"), cell(span="{{ n }}"), looped("dua", cell()), when("tidak", cell())]),
    lambda inner: st.builds(looped, st.sampled_from(["nol", "dua", "lima"]), inner),
    max_leaves=3,
)
ROWS = st.lists(CELLS, min_size=1, max_size=4).map(lambda cells: row(*cells))
LOOPED_ROWS = st.builds(
    lambda tag, inner: rows(tag, f"end{tag.split()[0]}", inner),
    st.sampled_from(["for b in dua", "for b in nol", "if ya", "if tidak"]),
    ROWS,
)
INNER = st.lists(ROWS | LOOPED_ROWS, min_size=1, max_size=3).map(lambda inner: cell(inside=table(*inner)))
TABLE = st.lists(ROWS | LOOPED_ROWS | INNER.map(row), min_size=1, max_size=4).map(
    lambda found: table(row(cell(), cell()), *found)
)


@settings(max_examples=25)
@given(blocks=st.lists(TABLE, min_size=1, max_size=2))
def test_any_tables_as_docxtpl(blocks: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    ours, theirs = compared(template(tmp_path_factory.mktemp("t") / "t.docx", *blocks), CONTEXT)
    assert ours == theirs


@pytest.mark.parametrize(
    ("name", "open_grids"),
    [
        ("as it stands", 0),
        ("a cell too many", 0),
        ("rows by a loop", 0),
        ("a span", 0),
        ("wide rows by a loop", 1),
        ("columns by a loop", 1),
        ("a cell that is", 1),
        ("loops inside and outside", 2),
    ],
)
def test_only_what_the_values_decide_stays_open(name: str, open_grids: int) -> None:
    source = re.sub(r"<w:t[rc]>(?:(?!<w:t[rc]>).)*?{%t[rc] (.*?)%}.*?</w:t[rc]>", r"{% \1 %}", TABLES[name])
    source = re.sub(r"<w:tr>({%[^<]*%})</w:tr>", r"\1", source)
    changed, grids = with_certain_columns(source)
    assert len(grids) == open_grids
    assert bool(re.search("[\x00-\x1f]", changed)) == bool(open_grids)


@pytest.mark.parametrize("grid", ["", "<w:gridCol/><w:gridCol/>", '<w:gridCol w:w="0"/>', '<w:gridCol w:w="9"/><w:x/>'])
def test_a_grid_without_widths_stays_as_it_is(grid: str) -> None:
    written = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{{% for c in dua %}}{row(cell(), cell())}{{% endfor %}}</w:tbl>"
    changed, grids = with_certain_columns(written)
    assert with_columns(changed.encode(), grids).decode() == written


@pytest.mark.parametrize("name", TABLES)
def test_no_sign_is_left(name: str, tmp_path: Path) -> None:
    data = template(tmp_path / "t.docx", TABLES[name]).render(CONTEXT)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(DOCUMENT)
    assert xml.count(b"<w:tbl>") == TABLES[name].count("<w:tbl>") or "inside" in name
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", xml)
