"""Small packages for tests of what is done to the parts of a template."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.render.proof_names import BODY, STYLES, TYPES
from pipeline.render.slim import Parts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(body: str, styles: str = "", numbering: str = "") -> Parts:
    """The parts of a document with this content of body, styles and lists."""
    more = (
        f'<Override PartName="/word/numbering.xml" ContentType="{_CT}.numbering+xml"/>' if numbering else "",
        f'<Relationship Id="r2" Type="{_R}/numbering" Target="numbering.xml"/>' if numbering else "",
    )
    texts = {
        TYPES: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CT}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_CT}.styles+xml"/>{more[0]}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="r1" Type="{_R}/styles" Target="styles.xml"/>{more[1]}</Relationships>',
        BODY: f'<w:document {_W} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>",
        STYLES: f"<w:styles {_W}>{styles}</w:styles>",
    }
    if numbering:
        texts["word/numbering.xml"] = f"<w:numbering {_W}>{numbering}</w:numbering>"
    return tuple((name, text.encode()) for name, text in texts.items())


def parts_of(path: Path) -> Parts:
    """The parts of a file."""
    with zipfile.ZipFile(path) as opened:
        return tuple((info.filename, opened.read(info)) for info in opened.infolist())
