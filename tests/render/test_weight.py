"""What a template costs LibreOffice, counted."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from PIL import Image

from pipeline.render.slim import slim
from pipeline.render.weight import WORTH_TELLING, Weight, advice, lasting, reasons, weigh
from pipeline.resources import packaged_templates
from pipeline.run.templates import TEMPLATES
from tests.render.fat import fat_template
from tests.render.packages import package, parts_of


def _weight(path: Path) -> Weight:
    return weigh(parts_of(path), path.stat().st_size)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_shipped_templates_are_light(name: str) -> None:
    weight = _weight(packaged_templates() / name)
    assert (weight.curable, weight.rest, weight.fonts) == (0, 0, 0)
    assert list(reasons(weight)) == list(advice(weight)) == list(lasting(weight)) == []


def test_a_template_begun_from_a_blank_document(tmp_path: Path) -> None:
    path = fat_template(tmp_path / "sop.docx")
    weight = _weight(path)
    assert weight.styles == 192
    assert weight.unused_styles == 158
    assert weight.unused_tables == 98
    assert weight.unused_lists == 9
    assert weight.tables == 3
    assert weight.cells > 200
    assert weight.spare > 400_000
    assert 100 < weight.curable < 250
    told = [message.id for message in reasons(weight)]
    assert [words.split(" (")[0] for words in told] == [
        "158 dari 192 gaya tidak dipakai",
        "3 tabel bergaris lewat gaya tabel",
        f"{weight.marks} tanda penyuntingan dan pemeriksa ejaan",
        "437 KB bagian yang tidak berguna bagi cetakan",
    ]
    assert weigh(slim(parts_of(path)).parts, 0).curable < 1


TABLE = "<w:tbl><w:tblPr><w:tblStyle w:val='G'/></w:tblPr><w:tblGrid/>{}</w:tbl>"
BORDERS = "<w:tblBorders><w:top w:val='single'/></w:tblBorders>"
STYLE = f"<w:style w:type='table' w:styleId='G'><w:tblPr>{BORDERS}</w:tblPr></w:style>"


def _row(*texts: str) -> str:
    cells = (f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr>{''.join(cells)}</w:tr>"


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([_row("a", "b")], 2),
        ([_row("a"), _row("{%tr for x in y %}"), _row("b", "c"), _row("{%tr endfor %}"), _row("d")], 1 + 2 * 15 + 1),
        ([_row("{%tc for x in y %}", "a", "{%tc endfor %}", "b")], 5 + 1),
        ([_row("{%tr if x %}"), _row("b"), _row("{%tr endif %}")], 1),
    ],
)
def test_cells_count_as_often_as_tags_repeat_them(rows: list[str], cells: int) -> None:
    assert weigh(package(TABLE.format("".join(rows)), STYLE), 0).cells == cells


@pytest.mark.parametrize(
    ("side", "kind", "width", "told"),
    [(354, "PNG", 30, False), (440, "PNG", 30, False), (1_000, "PNG", 30, True), (1_000, "JPEG", 30, True)],
)
def test_pictures_larger_than_they_print(tmp_path: Path, side: int, kind: str, width: int, told: bool) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(picture, kind)
    document = docx.Document()
    document.add_picture(io.BytesIO(picture.getvalue()), width=Mm(width))
    document.save(str(tmp_path / "a.docx"))
    weight = _weight(tmp_path / "a.docx")
    assert bool(weight.pictures) is told
    if told:
        assert (weight.pictures[0].width, weight.pictures[0].enough) == (1_000, (354, 354))
        assert (weight.rest > WORTH_TELLING) is (kind == "PNG")
        assert "1000x1000 piksel, padahal 354x354" in next(advice(weight)).id


def test_embedded_fonts() -> None:
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held = dict(package("<w:p/>"))
    font = b'<w:font w:name="A"><w:embedRegular/></w:font></w:styles>'
    held["word/fontTable.xml"] = held["word/styles.xml"].replace(b"</w:styles>", font)
    held["word/_rels/fontTable.xml.rels"] = held["word/_rels/document.xml.rels"].replace(
        f'{rels}/styles" Target="styles.xml"'.encode(), f'{rels}/font" Target="fonts/a.odttf"'.encode()
    )
    held["word/fonts/a.odttf"] = b"x" * 4096
    weight = weigh(tuple(held.items()), 0)
    assert weight.fonts == 4096
    assert "huruf tertanam 4 KB" in next(advice(weight)).id
    assert [message.id for message in lasting(weight)] == ["huruf tertanam 4 KB"]


def test_tables_that_keep_their_style() -> None:
    bands = '<w:tblStylePr w:type="band1Horz"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    look = "<w:tblStyle w:val='G'/><w:tblLook w:val='0000'/>"
    body = TABLE.replace("<w:tblStyle w:val='G'/>", look).format(_row(*"abcde") * 20)
    weight = weigh(package(body, STYLE.replace("</w:style>", bands)), 0)
    assert (weight.tables, weight.cells, weight.left) == (0, 0, 100)
    assert weight.rest > WORTH_TELLING
    assert [message.id for message in lasting(weight)] == [
        "1 tabel dengan gaya tabel yang bergantung pada baris (kira-kira 20 milidetik)"
    ]
    assert "selang-seling" in next(advice(weight)).id
    assert "matikan Baris Bergaris" in next(advice(weight)).id
