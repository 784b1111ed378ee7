"""Faults of a DOCX as data: each is one change to a sound document, and words of what the proof says of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple

BODY, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
TYPES, RELS = "[Content_Types].xml", "word/_rels/document.xml.rels"
HEADER = "word/header1.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MICROSOFT = "http://schemas.microsoft.com/office"

Change = Callable[[str], str]


class Fault(NamedTuple):
    """``changes`` by part, ``added`` parts, and a pattern of what is told in Indonesian."""

    told: str
    changes: Mapping[str, Change] = {}
    added: Mapping[str, str | bytes] = {}
    removed: tuple[str, ...] = ()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of ``parts``."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return result.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def broken(data: bytes, fault: Fault) -> bytes:
    """``data`` with ``fault`` put in. Fails when it changes nothing."""
    parts = parts_of(data)
    for name, change in fault.changes.items():
        before = parts[name].decode()
        assert change(before) != before, f"the fault was not put into {name}"
        parts[name] = change(before).encode()
    for name in fault.removed:
        del parts[name]
    for name, content in fault.added.items():
        parts[name] = content if isinstance(content, bytes) else content.encode()
    return packed(parts)


def swap(old: str, new: str) -> Change:
    """The first ``old`` becomes ``new``."""
    return lambda text: text.replace(old, new, 1)


def paragraph(inside: str) -> Change:
    """A paragraph with ``inside`` comes first in the body."""
    return swap("<w:body>", f"<w:body><w:p>{inside}</w:p>")


def relation(id_: str, kind: str, target: str, *, external: bool = False, family: str = OFFICE) -> Change:
    """One more relationship."""
    mode = ' TargetMode="External"' if external else ""
    return swap(
        "</Relationships>", f'<Relationship Id="{id_}" Type="{family}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def mark(number: object, name: str) -> str:
    """The beginning of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def mark_end(number: object) -> str:
    """The end of a bookmark."""
    return f'<w:bookmarkEnd w:id="{number}"/>'


def link(id_: str, style: str) -> str:
    """A hyperlink; ``style`` are the properties of its run."""
    return f'<w:hyperlink xmlns:r="{OFFICE}" r:id="{id_}"><w:r>{style}<w:t>laman</w:t></w:r></w:hyperlink>'


LINK_STYLE = '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style>'
STYLED = '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
CANVAS = f'<w:r><w:drawing><wpc:wpc xmlns:wpc="{_MICROSOFT}/word/2010/wordprocessingCanvas"/></w:drawing></w:r>'
ALTERNATE = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{}'
    "</mc:AlternateContent></w:r>"
)
SOUND: Mapping[str, Fault] = {
    "as it is": Fault(""),
    "marks": Fault("", {BODY: paragraph(mark(907, "ttdKepala") + mark_end(907))}),
    "link": Fault(
        "",
        {
            RELS: relation("rId90", "hyperlink", "https://contoh.example/a?b=1", external=True),
            STYLES: swap("</w:styles>", LINK_STYLE + "</w:styles>"),
            BODY: paragraph(link("rId90", STYLED)),
        },
    ),
    "mail": Fault("", {RELS: relation("rId90", "hyperlink", "mailto:dprd@contoh.example", external=True)}),
}

FAULTS: Mapping[str, Fault] = {
    # the package
    "no content types": Fault("tidak ada", removed=(TYPES,)),
    "part without a type": Fault("word/catatan.bin tanpa jenis isi", added={"word/catatan.bin": b"x"}),
    "picture without a type": Fault("word/media/a.gif tanpa jenis isi", added={"word/media/a.gif": b"GIF89a"}),
    "picture of another type": Fault("bukan gambar", added={"word/media/a.xml": "<a/>"}),
    "type declared twice": Fault(
        "xml dinyatakan 2 kali",
        {TYPES: swap("</Types>", '<Default Extension="XML" ContentType="application/xml"/></Types>')},
    ),
    "type of nothing": Fault(
        "word/hilang.xml dinyatakan",
        {TYPES: swap("</Types>", '<Override PartName="/word/hilang.xml" ContentType="application/xml"/></Types>')},
    ),
    "macro document": Fault(
        "tanpa makro",
        {
            TYPES: swap(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
    ),
    "no body": Fault("word/document.xml tidak ada", removed=(BODY,)),
    "no styles": Fault("styles.xml", removed=(STYLES,)),
    "no settings": Fault("settings.xml", removed=(SETTINGS,)),
    "path that leaves the package": Fault("tidak sah", added={"word/../../x.xml": "<a/>"}),
    "absolute path": Fault("tidak sah", added={"/word/x.xml": "<a/>"}),
    "name in another case": Fault("ada 2 kali", added={"word/Styles.xml": "<a/>"}),
    "malformed header": Fault("", {HEADER: lambda text: text[:-8]}),
    # relationships
    "relation to nothing": Fault(r"menunjuk media/hilang\.png", {RELS: relation("rId90", "image", "media/hilang.png")}),
    "relation id twice": Fault("rId1 dipakai 2 kali", {RELS: relation("rId1", "theme", "theme/theme1.xml")}),
    "relations of nothing": Fault(
        r"tanpa bagian word/catatan\.xml",
        added={
            "word/_rels/catatan.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        },
    ),
    "undefined id in the body": Fault("rId91 dipakai tetapi", {BODY: paragraph(link("rId91", STYLED))}),
    "undefined id in a header": Fault(
        "header1.xml: hubungan rId92",
        {HEADER: swap("<w:p>", f'<w:p><w:hyperlink xmlns:q="{OFFICE}" q:id="rId92"/>')},
    ),
    "picture from elsewhere": Fault(
        "di luar naskah", {RELS: relation("rId90", "image", "https://contoh.example/a.png", external=True)}
    ),
    "link to a disk": Fault(
        "file:///C:/a.docx", {RELS: relation("rId90", "hyperlink", "file:///C:/a.docx", external=True)}
    ),
    "script link": Fault("javascript", {RELS: relation("rId90", "hyperlink", "javascript:alert(1)", external=True)}),
    "attached template": Fault(
        "templat lain", {RELS: relation("rId90", "attachedTemplate", "file:///C:/Normal.dotm", external=True)}
    ),
    "macros": Fault(
        "memuat makro",
        {RELS: relation("rId90", "vbaProject", "vbaProject.bin", family=f"{_MICROSOFT}/2006/relationships")},
    ),
    "OLE object": Fault("objek OLE", {RELS: relation("rId90", "oleObject", "embeddings/a.bin")}),
    "workbook outside a chart": Fault("objek OLE", {RELS: relation("rId90", "package", "styles.xml")}),
    "other document inside": Fault("disisipkan utuh", {RELS: relation("rId90", "aFChunk", "a.html")}),
    # marks and links
    "mark that does not end": Fault(
        "markah nomor 907 mulai 1 kali dan berakhir 0", {BODY: paragraph(mark(907, "ttd"))}
    ),
    "mark that does not begin": Fault("markah nomor 907 mulai 0 kali", {BODY: paragraph(mark_end(907))}),
    "mark number twice": Fault(
        "markah nomor 907 mulai 2",
        {BODY: paragraph((mark(907, "a") + mark_end(907)) + mark(907, "b") + mark_end(907))},
    ),
    "mark name twice": Fault(
        "nama markah", {BODY: paragraph(mark(907, "ttd") + mark_end(907) + mark(908, "TTD") + mark_end(908))}
    ),
    "mark without a name": Fault("kosong", {BODY: paragraph(mark(907, "") + mark_end(907))}),
    "mark in body and header": Fault(
        "nomor 907 mulai 2",
        {
            BODY: paragraph(mark(907, "a") + mark_end(907)),
            HEADER: lambda text: re.sub(r"(<w:p\b[^>]*>)", rf"\1{mark(907, 'b')}{mark_end(907)}", text, count=1),
        },
    ),
    "link without a style": Fault(
        "tautan “laman” tanpa gaya",
        {
            RELS: relation("rId90", "hyperlink", "https://contoh.example", external=True),
            BODY: paragraph(link("rId90", "")),
        },
    ),
    "link in a style that is not there": Fault(
        "gaya Hyperlink dipakai",
        {
            RELS: relation("rId90", "hyperlink", "https://contoh.example", external=True),
            BODY: paragraph(link("rId90", STYLED)),
        },
    ),
    "undefined style": Fault("gaya Hilang dipakai", {BODY: paragraph('<w:pPr><w:pStyle w:val="Hilang"/></w:pPr>')}),
    "style of another kind": Fault(
        "gaya Normal dipakai", {BODY: paragraph('<w:r><w:rPr><w:rStyle w:val="Normal"/></w:rPr></w:r>')}
    ),
    # drawings
    "canvas": Fault("kanvas", {BODY: paragraph(CANVAS)}),
    "choice without a condition": Fault("syarat", {BODY: paragraph(ALTERNATE.format("<mc:Choice/>"))}),
    "second choice unknown": Fault(
        "syarat “zzz”",
        {
            BODY: paragraph(
                ALTERNATE.format(
                    f'<mc:Choice xmlns:w14="{_MICROSOFT}/word/2010/wordml" Requires="w14"/><mc:Choice Requires="zzz"/>'
                )
            )
        },
    ),
    "no choice": Fault("tanpa pilihan", {BODY: paragraph(ALTERNATE.format("<mc:Fallback/>"))}),
    "drawing number too large": Fault("2147483648 bukan", {BODY: swap('id="100003"', 'id="2147483648"')}),
    "drawing number negative": Fault("-1 bukan", {BODY: swap('id="100003"', 'id="-1"')}),
    "drawing without a number": Fault("bukan bilangan", {BODY: swap('wps:cNvPr id="100003"', "wps:cNvPr")}),
    "ignorable prefix unknown": Fault(
        "awalan w99", {SETTINGS: lambda text: re.sub(r'mc:Ignorable="w14"', 'mc:Ignorable="w14 w99"', text)}
    ),
    # the document
    "English": Fault("bahasa naskah “en-US”", {STYLES: swap('w:lang w:val="id-ID"', 'w:lang w:val="en-US"')}),
    "no language": Fault("bahasa naskah “”", {STYLES: lambda text: re.sub(r"<w:lang [^>]*>", "", text, count=1)}),
    "Word 2010": Fault(
        "mode kompatibilitas", {SETTINGS: lambda text: re.sub(r'(compatibilityMode"[^>]*w:val=)"15"', r'\1"14"', text)}
    ),
    "no mode": Fault("mode kompatibilitas", {SETTINGS: lambda text: re.sub(r"<w:compatSetting[^>]*/>", "", text)}),
    "leftover in a header": Fault(
        "tanda templat tertinggal",
        {HEADER: lambda text: text.replace("</w:p>", "<w:r><w:t>{{ nomor }}</w:t></w:r></w:p>", 1)},
    ),
}
