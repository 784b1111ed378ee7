"""What is cut up without a parser means the same as it does to qpdf; what it cannot be sure of it leaves to qpdf."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from pipeline.pdf import plain
from pipeline.pdf.scan import OPERATORS, marks_of

KNOWN = frozenset(name.encode() for name in OPERATORS)
WANTED = frozenset({b"BMC", b"BDC", b"EMC", b"Do", b"Tj", b"TJ", b"f"})
TEXT = b"/P<</MCID 4>>BDC\nq 0 0 0 rg\nBT\n/F1 9 Tf[<01>2<02>-1.5]TJ\nET\nQ\nEMC\n"

PLAIN = {
    "text": (TEXT, [("BDC", "/P", 4), ("TJ", "", None), ("EMC", "", None)]),
    "a name with a space": (b"/Tertib#20Isi <</MCID 0 >> BDC EMC", [("BDC", "/Tertib Isi", 0), ("EMC", "", None)]),
    "an artifact": (
        b"/Artifact BMC 0 0 9 9 re f EMC",
        [("BMC", "/Artifact", None), ("f", "", None), ("EMC", "", None)],
    ),
    "an artifact that says more": (
        b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC EMC",
        [("BDC", "/Artifact", None), ("EMC", "", None)],
    ),
    "properties of the resources": (b"/P /M0 BDC EMC", [("BDC", "/P", "/M0"), ("EMC", "", None)]),
    "a form": (b"q 1 0 0 1 0 0 cm/Im4 Do Q", [("Do", "/Im4", None)]),
    "text without spaces": (b"BT/F1 8 Tf<0102>Tj ET", [("Tj", "", None)]),
    "dashes": (b"[3 2] 0 d [] 0 d 0 0 m", []),
    "nothing": (b"", []),
}
STRANGE = {
    "a string": b"BT (EMC) Tj ET",
    "a comment": b"q % EMC\nQ",
    "an inline picture": b"BI /W 1 /H 1 /CS /G /BPC 8 ID f EI",
    "an unknown operator": b"1 w frobnicate",
    "a number that is none": b"1.2.3 w",
    "numbers that touch": b"[1-2]TJ",
    "an array of names": b"/P<</X[/Y]>>BDC EMC",
    "an array that is not closed": b"[<01> TJ",
    "an operator in an array": b"[<01> q]TJ",
    "operands and nothing more": b"q Q 1 2",
    "two ids": b"/P<</MCID 0/MCID 1>>BDC EMC",
    "an id among others": b"/P<</Lang/id/MCID 1>>BDC EMC",
    "an id below zero": b"/P<</MCID -1>>BDC EMC",
    "an id that is a name": b"/P<</MCID/X>>BDC EMC",
    "a mark without a tag": b"<</MCID 0>>BDC EMC",
    "a tag too many": b"/P /Q BMC EMC",
    "properties that are a number": b"/P 3 BDC EMC",
    "a dictionary before the properties": b"/P<</MCID 1>><</MCID 2>>BDC EMC",
    "a dictionary of another operator": b"/P<</MCID 1>>DP",
    "braces": b"/P{3}BDC EMC",
    "a byte that is not printed": b"q \x0b Q",
    "a letter beyond ASCII": b"/P\xc3\xa9 BMC EMC",
    "a name that hides a zero": b"/P#00 BMC EMC",
    "a form without a name": b"Do",
    "a string with white space": b"<01 02> Tj",
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain_content_is_cut_up(case: str) -> None:
    content, wanted = PLAIN[case]
    assert plain.cut(content, KNOWN, WANTED) == wanted


@pytest.mark.parametrize("case", STRANGE)
def test_all_other_content_is_left_to_the_parser(case: str) -> None:
    assert plain.cut(STRANGE[case], KNOWN, WANTED) is None


PIECES = [
    *(content for content, _ in PLAIN.values()),
    *STRANGE.values(),
    *(b"/P<</MCID 3>>BDC", b"EMC", b"/Artifact BMC", b"/A#72tifact BMC", b"/Im1 Do", b"/Im2 Do", b"[<01>-2]TJ", b"q"),
    *(b"<", b">", b"[", b"]", b"/", b"#", b"-", b".", b"1", b"\0", b"true", b"Tj", b"f", b"\n"),
]


def _page() -> tuple[pikepdf.Pdf, Any]:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary(
        Properties=Dictionary(M0=Dictionary(MCID=9), M1=Dictionary()),
        XObject=Dictionary(Im1=pdf.make_stream(b"", Subtype=Name.Form), Im2=pdf.make_stream(b"", Subtype=Name.Image)),
    )
    return pdf, page


def _told(page: Any) -> object:
    try:
        found = marks_of(page, page.obj.Resources)
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        return type(error)
    forms = [form.objgen for form in found.forms]
    return found.ids, found.unknown, found.untagged, found.crossed, found.balanced, forms


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from([b" ", b"\n", b""]))
def test_the_parser_finds_the_same(pieces: list[bytes], between: bytes) -> None:
    pdf, page = _page()
    page.obj.Contents = pdf.make_stream(between.join(pieces))
    quick = _told(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "cut", lambda *_: None)
        assert _told(page) == quick
