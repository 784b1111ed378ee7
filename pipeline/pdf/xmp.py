"""What a PDF says of itself: XMP metadata, and everything elsewhere in the file that must say the same.

LibreOffice's own XMP claims PDF/A and PDF/UA together without the schema that PDF/A asks for, and carries the clock.
This one is written in long form (an element for each property): validators are known to trip over the short forms.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pipeline import __version__
from pipeline.model.particulars import Particulars

if TYPE_CHECKING:
    import pikepdf

LANGUAGE = "id-ID"
CREATOR = f"Tertib {__version__}"
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
_TAIL = '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
_EXTENSION = """<pdfaExtension:schemas>
<rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property>
<rdf:Seq>
<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>
</rdf:li>
</rdf:Seq>
</pdfaSchema:property>
</rdf:li>
</rdf:Bag>
</pdfaExtension:schemas>
"""
_SPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def packet(
    said: Particulars, *, producer: str = "", part: int = 3, conformance: str = "A", accessible: bool = True
) -> bytes:
    """The XMP packet of a PDF/A-``part`` of level ``conformance``, when ``accessible`` of a PDF/UA-1 as well."""
    title, keywords = _clean(said.title), [_clean(word) for word in said.keywords]
    moment = "" if said.date is None else f"{said.date.isoformat()}T00:00:00Z"
    blocks = [
        _block(("pdfaid",), _plain("pdfaid:part", str(part)) + _plain("pdfaid:conformance", conformance)),
        _block(
            ("dc",),
            _plain("dc:format", "application/pdf")
            + _list("dc:title", "Alt", [title])
            + _list("dc:creator", "Seq", [_clean(said.author)])
            + _list("dc:description", "Alt", [_clean(said.subject)])
            + _list("dc:subject", "Bag", keywords)
            + _list("dc:language", "Bag", [LANGUAGE])
            + _plain("dc:identifier", _clean(said.document)),
        ),
        _block(("pdf",), _plain("pdf:Producer", _clean(producer)) + _plain("pdf:Keywords", _joined(keywords))),
        _block(
            ("xmp",),
            _plain("xmp:CreatorTool", CREATOR) + _plain("xmp:CreateDate", moment) + _plain("xmp:ModifyDate", moment),
        ),
    ]
    if accessible:
        blocks.insert(1, _block(("pdfuaid",), _plain("pdfuaid:part", "1")))
        blocks.append(_block(("pdfaExtension", "pdfaSchema", "pdfaProperty"), _EXTENSION))
    return (_HEAD + _RDF + "".join(blocks) + _TAIL).encode()


def describe(pdf: pikepdf.Pdf, said: Particulars) -> None:
    """Have ``pdf`` say what ``said`` says, in XMP, in its old information dictionary and in its catalogue.

    The producer stays the one that made the file.
    """
    import pikepdf

    producer = str(pdf.docinfo.get("/Producer", ""))
    stream = pdf.make_stream(packet(said, producer=producer))
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = stream
    pdf.docinfo = pdf.make_indirect(pikepdf.Dictionary(_information(said, producer)))
    pdf.Root.Lang = pikepdf.String(LANGUAGE)
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary()
    pdf.Root.ViewerPreferences.DisplayDocTitle = True


def _information(said: Particulars, producer: str) -> dict[str, str]:
    keywords = _joined([_clean(word) for word in said.keywords])
    moment = "" if said.date is None else pdf_date(said.date)
    entries = {
        "/Title": _clean(said.title),
        "/Author": _clean(said.author),
        "/Subject": _clean(said.subject),
        "/Keywords": keywords,
        "/Creator": CREATOR,
        "/Producer": _clean(producer),
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    return {key: value for key, value in entries.items() if value}


def pdf_date(day: dt.date) -> str:
    """``day`` as PDF writes dates; midnight in Greenwich is that day everywhere in Indonesia."""
    return f"D:{day:%Y%m%d}000000Z"


def _clean(text: str) -> str:
    """``text`` on one line, without what XML cannot hold."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _joined(keywords: Iterable[str]) -> str:
    return "; ".join(word for word in keywords if word)


def _block(prefixes: Iterable[str], content: str) -> str:
    spaces = "".join(f' xmlns:{prefix}="{_SPACES[prefix]}"' for prefix in prefixes)
    return f'<rdf:Description rdf:about=""{spaces}>\n{content}</rdf:Description>\n'


def _plain(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>\n" if value else ""


def _list(name: str, kind: str, values: Iterable[str]) -> str:
    lang = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{lang}>{escape(value)}</rdf:li>\n" for value in values if value)
    return f"<{name}>\n<rdf:{kind}>\n{items}</rdf:{kind}>\n</{name}>\n" if items else ""
