"""Whole documents against what they were when someone last looked at their pages and found them right.

Canonical form: the printed paragraphs in order, and the drawing in tenths of a millimetre. After a change that is
meant, run with TERTIB_GOLDEN=tulis, look at the pages, and read the difference before committing it.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from presets import drawn_path, is_line

from pipeline.layout.tracks import HEAD
from pipeline.model.form import MM
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden"
NAMES = [
    "banyumas/penyusunan-renstra",
    "contoh/pelaksanaan-reses",
    "contoh/penerimaan-dan-pengolahan-aspirasi",
    "contoh/penyelenggaraan-rapat-paripurna",
    "contoh/penyusunan-rancangan-perda-inisiatif",
]
HASH = re.compile(r"(?:[0-9a-f]{4}·){3}[0-9a-f]{4}")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"


def canonical(docx: bytes) -> dict[str, Any]:
    """What a reader sees of the document: texts, and every shape with its place and points."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    texts = ["".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p")]
    # The short hash below the code changes with every byte of the template, and is tested elsewhere.
    return {
        "texts": [text for text in texts if text and not HASH.fullmatch(text)],
        "shapes": [shape(node) for node in root.iter(WPS + "wsp")],
    }


def shape(node: Any) -> list[Any]:
    """Alt text, box, and for lines the points within it, as they are drawn whatever shape draws them."""
    alt = node.find(WPS + "cNvPr").get("descr")
    if is_line(node):
        points = drawn_path(node)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = [tenths(value) for value in (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))]
        return [alt, box, [[tenths(x - min(xs)), tenths(y - min(ys))] for x, y in points]]
    transform = node.find(f"{WPS}spPr/{A}xfrm")
    place, size = transform.find(A + "off"), transform.find(A + "ext")
    box = [tenths(int(value)) for value in (place.get("x"), place.get("y"), size.get("cx"), size.get("cy"))]
    return [alt, box, []]


def tenths(emu: float | Fraction) -> int:
    """EMU as tenths of a millimetre."""
    # Tracks stand on half tenths at times, and an adjustment is rounded by a few EMU: none of them may tip.
    return round(emu * 10 / MM - 0.03)


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_what_it_was(name: str) -> None:
    office, stem = name.split("/")
    path = ROOT / "inputs" / office / "sop" / f"{stem}.yaml"
    item = read_sop(path, read_office(path.parent.parent, ROOT), ROOT)
    found = canonical(render_sop(Template.load(packaged_templates() / "sop.docx"), item).docx)
    golden = GOLDEN / f"{office}-{stem}.json"
    if os.environ.get("TERTIB_GOLDEN") == "tulis":
        lines = [json.dumps(entry, ensure_ascii=False) for entry in found["shapes"]]
        body = ",\n".join(lines)
        golden.write_text(
            f'{{"texts": {json.dumps(found["texts"], ensure_ascii=False, indent=0)},\n"shapes": [\n{body}\n]}}\n'
        )
    for alt, _, points in found["shapes"]:
        if points:
            (x0, y0), (x1, y1) = points[-2:]
            assert abs(x0 - x1) + abs(y0 - y1) >= HEAD * 10 // MM, f"{alt}: a head right behind a bend is drawn slanted"
    wanted = json.loads(golden.read_text("utf-8"))
    assert found["texts"] == wanted["texts"]
    assert found["shapes"] == wanted["shapes"]
