"""What Word leaves in a template does no harm: it is mended on loading, and the document passes its proof."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.readers.office import read_office
from pipeline.readers.sop import SopInput, read_sop
from pipeline.render.proof import prove_docx
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop
from tests.render.broken_docx import (
    BODY,
    RELS,
    SETTINGS,
    STYLES,
    Change,
    Fault,
    broken,
    link,
    mark,
    mark_end,
    paragraph,
    parts_of,
    relation,
    swap,
)

ROOT = Path(__file__).resolve().parents[2]
SETTINGS_RELS = "word/_rels/settings.xml.rels"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ATTACHED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_R}/attachedTemplate" Target="file:///C:/Users/staf/Normal.dotm" TargetMode="External"/></Relationships>'
)
_PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="Cap" descr="Cap kantor"/><a:graphic '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="urn:contoh"/></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)


class Edit(NamedTuple):
    """What Word did to the parts of a template, and what ``doctor`` tells of it ("" for what needs no word)."""

    told: str
    changes: Mapping[str, Change]
    added: Mapping[str, str] = {}


def _mode(to: str) -> Change:
    return lambda text: re.sub(r"<w:compatSetting [^>]*compatibilityMode[^>]*/>", to, text)


EDITS: Mapping[str, Edit] = {
    "saved in the mode of Word 2010": Edit(
        "mode kompatibilitas Word 14, dijadikan 15",
        {SETTINGS: lambda text: re.sub(r'(compatibilityMode"[^>]*w:val=)"15"', r'\1"14"', text)},
    ),
    "no mode": Edit("mode kompatibilitas Word 12, dijadikan 15", {SETTINGS: _mode("")}),
    "no compatibility at all": Edit(
        "mode kompatibilitas Word 12",
        {SETTINGS: lambda text: re.sub(r"<w:compat>.*</w:compat>", "", text)},
    ),
    "saved by an English Word": Edit(
        "bahasa naskah en-US, dijadikan id-ID", {STYLES: swap('w:lang w:val="id-ID"', 'w:lang w:val="en-US"')}
    ),
    "no language": Edit("bahasa naskah –", {STYLES: lambda text: re.sub(r"<w:lang [^>]*>", "", text, count=1)}),
    "no defaults": Edit(
        "bahasa naskah –", {STYLES: lambda text: re.sub(r"<w:docDefaults>.*?</w:docDefaults>", "", text)}
    ),
    "made from a template of someone": Edit(
        "pautan ke templat lain",
        {
            SETTINGS: lambda text: re.sub(
                r"(<w:zoom [^>]*/>)", rf'\1<w:attachedTemplate xmlns:r="{_R}" r:id="rId1"/>', text
            )
        },
        {SETTINGS_RELS: _ATTACHED},
    ),
    "marks of Word": Edit(
        "",
        {BODY: paragraph(mark(900, "_GoBack") + mark_end(900) + mark(901, "_Hlk12") + "</w:p><w:p>" + mark_end(901))},
    ),
    "link without a style": Edit(
        "tautan tanpa gaya",
        {
            RELS: relation("rId90", "hyperlink", "https://contoh.example", external=True),
            BODY: paragraph(link("rId90", "")),
        },
    ),
    "pictures with the numbers of others": Edit("", {BODY: paragraph(_PICTURE + _PICTURE)}),
}


@pytest.fixture(scope="module")
def item() -> SopInput:
    path = ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml"
    return read_sop(path, read_office(path.parent.parent, ROOT), ROOT)


@pytest.mark.parametrize("name", EDITS)
def test_what_word_leaves_is_mended(name: str, item: SopInput, tmp_path: Path) -> None:
    edit = EDITS[name]
    path = tmp_path / "sop.docx"
    path.write_bytes(broken((packaged_templates() / "sop.docx").read_bytes(), Fault("", edit.changes, edit.added)))
    before = path.read_bytes()
    template = Template.load(path)
    assert [edit.told in message.text("id") for message in template.mended] == [True] * bool(edit.told)
    prove_docx(render_sop(template, item).docx, "sop.docx")
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", sorted(packaged_templates().glob("*.docx")), ids=lambda path: path.stem)
def test_the_packaged_templates_need_no_mending(path: Path) -> None:
    template = Template.load(path)
    kept = parts_of(path.read_bytes())
    assert template.mended == ()
    assert {name for name, data in template.parts if data != kept[name]} <= {BODY, "word/header1.xml"}
