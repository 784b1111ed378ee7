"""The XMP packet is well-formed whatever a document is called, and says it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.particulars import Particulars
from pipeline.pdf.icc import frozen
from pipeline.pdf.xmp import packet

SAID = Particulars("contoh/sop/uji", "Uji", author="Sekretariat", subject="SOP", keywords=("a", "b"))
TITLE = "{http://purl.org/dc/elements/1.1/}title"
FORMS = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def title(data: bytes) -> str:
    return "".join(next(ElementTree.fromstring(data).iter(TITLE)).itertext()).strip()


@given(st.text(min_size=1))
def test_any_title_makes_a_packet_that_can_be_read(text: str) -> None:
    data = packet(replace(SAID, title=f"SOP {text} akhir", author=text, subject=text, keywords=(text, text)))
    told = title(data)
    assert told.startswith("SOP")
    assert told.endswith("akhir")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("A & B <c>", "A & B <c>"),
        ("dua\nbaris\tini", "dua baris ini"),
        ("tanda\x0bkendali\x00", "tanda kendali"),
        ("setengah \ud800 pasangan", "setengah pasangan"),
        ("emoji 📄 ini", "emoji 📄 ini"),
    ],
)
def test_titles_are_said_on_one_line_without_what_xml_cannot_hold(given: str, told: str) -> None:
    assert title(packet(replace(SAID, title=given))) == told


def test_it_is_in_long_form() -> None:
    root = ElementTree.fromstring(packet(SAID))
    for description in root.iter(f"{FORMS}Description"):
        assert set(description.attrib) == {f"{FORMS}about"}
        assert len(description) > 0


def test_what_is_not_said_is_not_there() -> None:
    data = packet(Particulars("x", "Uji"))
    for name in (b"dc:creator", b"dc:description", b"dc:subject", b"pdf:Keywords", b"xmp:CreateDate"):
        assert name not in data
    plain = packet(Particulars("x", "Uji"), part=2, conformance="B", accessible=False)
    assert b"<pdfaid:part>2<" in plain
    assert b"pdfuaid" not in plain


@pytest.mark.parametrize("profile", [b"", b"pendek", bytes(127)])
def test_what_is_too_short_for_a_profile_stays(profile: bytes) -> None:
    assert frozen(profile) == profile


def test_only_the_date_and_the_hash_of_a_profile_change() -> None:
    profile = bytes(range(1, 201))
    changed = {at for at, (one, other) in enumerate(zip(profile, frozen(profile), strict=True)) if one != other}
    assert changed <= {*range(24, 36), *range(84, 100)}
    assert len(changed) >= 27
