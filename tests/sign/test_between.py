"""Behind a signature stands nothing but objects that a table names, tables, and ends of revisions."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic

from pipeline.sign.between import has_foreign_bytes
from pipeline.sign.reading import reader_of
from pipeline.sign.reports import Trust
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import Authority, Identity, blank_pdf, sign_pdf
from tests.sign.tampering import Name, appended

START = b"%PDF-1.7\nsigned%%EOF"
END = b"startxref\n9\n%%EOF\n"


def foreign(*parts: bytes, unnamed: int = -1) -> bool:
    """Is something foreign found behind START? Every part is an object that a table names, but for ``unnamed``."""
    places, data = [], START
    for number, part in enumerate(parts):
        places += [len(data)] if number != unnamed else []
        data += part
    named = SimpleNamespace(standard_xrefs={at: (0, place) for at, place in enumerate(places)}, hybrid=None)
    tables = SimpleNamespace(
        total_revisions=1,
        get_xref_container_info=lambda _: SimpleNamespace(declared_startxref=places[-1]),
        get_xref_data=lambda _: named,
    )
    return has_foreign_bytes(data, len(START), SimpleNamespace(xrefs=tables))


TABLE = b"xref\n0 1\n0000000000 65535 f \n7 1\n0000000042 00000 n \ntrailer\n<</Size 8/Root 1 0 R/ID[<aa><BB>]>>\n"
RIGHT: dict[str, tuple[bytes, ...]] = {
    "a dictionary": (b"\n7 0 obj\n<< /A (x\\)(y)) /B [1 -2.5 .5 /C#20D true null] /E 3 0 R >>\nendobj\n",),
    "words of every kind": (b"1 0 obj 5 endobj", b"\n2 0 obj (a % b) endobj", b"\n3 0 obj <0aF f> endobj", b"\n"),
    "a reference": (b"\n1 0 obj 5 0 R endobj\n",),
    "a stream": (b"\n7 0 obj\n<</Length 5>>\nstream\n%ab\nc\nendstream\nendobj\n",),
    "a stream of any bytes": (b"\n7 0 obj <</Length 9>>stream\r\nendstream\r\nendstream endobj\n",),
    "a stream whose length stands elsewhere": (b"\n7 0 obj <</Length 8 0 R>>stream\nabc\nendstream\nendobj\n",),
    "line ends of old": (b"\r7 0 obj\r<</A 1>>\rendobj\r", b"8 0 obj\r<</Length 1>>stream\r\nx\rendstream\rendobj\r"),
    "a table": (b"\n7 0 obj 1 endobj\n", TABLE),
    "zeros and blanks": (b"\n  \0\0 \n7 0 obj 1 endobj",),
}
WRONG: dict[str, tuple[bytes, ...]] = {
    "a comment before an object": (b"\n%rahasia\n7 0 obj 1 endobj\n",),
    "a comment behind an object": (b"\n7 0 obj 1 endobj\n%rahasia\n", TABLE),
    "a comment in an object": (b"\n7 0 obj\n<< /A %rahasia\n 1 >>\nendobj\n",),
    "a comment before the end of an object": (b"\n7 0 obj 1\n%rahasia\nendobj\n",),
    "a comment in a table": (TABLE.replace(b"trailer", b"%rahasia\ntrailer"),),
    "a comment in a trailer": (TABLE.replace(b"/Size", b"%rahasia\n/Size"),),
    "words": (b"\nrahasia\n",),
    "a remainder behind a stream": (b"\n7 0 obj <</Length 1>>stream\nx%rahasia\nendstream endobj\n",),
    "an object without an end": (b"\n7 0 obj <</A 1>>\n",),
    "a text without an end": (b"\n7 0 obj (abc\n",),
    "a stream without an end": (b"\n7 0 obj <</Length 8 0 R>>stream\nabc\n",),
    "a dictionary closed twice": (b"\n7 0 obj <</A 1>>>>endobj\n",),
    "a stream longer than any": (b"\n7 0 obj <</Length 9999999999999>>stream\nx\nendstream endobj\n",),
    "an end with a sheet of words": (b"%" + b"x" * 101 + b"\n" + END,),
    "an end with other than letters": (b"%\xe2\xe3\n" + END,),
    "an end with many lines": (b"%a\n%b\n%c\n" + END,),
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_a_revision_is_made_of(case: str) -> None:
    assert not foreign(*RIGHT[case], END)
    assert foreign(*RIGHT[case], b"%rahasia\n7 0 obj 1 endobj", END)
    assert not foreign(*RIGHT[case], b"%Pustaka-5.5.13 oleh Contoh\n" + END)


@pytest.mark.parametrize("case", WRONG)
def test_what_belongs_to_nothing(case: str) -> None:
    assert foreign(*WRONG[case], END)


def test_an_object_or_table_that_is_not_named_is_foreign() -> None:
    for part in (b"\n7 0 obj (rahasia) endobj\n", TABLE):
        assert not foreign(part, END)
        assert foreign(part, b"", END, unnamed=0)


@pytest.mark.parametrize("first", ["b-b", "b-t", "b-lt", "b-lta"])
@pytest.mark.parametrize("then", ["b-b", "b-lt", "b-lta"])
def test_signatures_of_every_level_leave_nothing(
    first: str, then: str, signed: dict[str, bytes], authority: Authority, second: Identity
) -> None:
    twice = sign_pdf(signed[first], second, field="ttd2", level=then, authority=authority)
    assert not has_foreign_bytes(twice, twice.index(b"%%EOF") + 5, reader_of(twice))


def test_tables_in_streams_are_known_too(person: Identity, second: Identity, authority: Authority) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank_pdf("ttd", "ttd2"))) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    once = sign_pdf(out.getvalue(), person, field="ttd", level="b-lt", authority=authority)
    twice = sign_pdf(once, second, field="ttd2", level="b-lta", authority=authority)
    assert b"\nxref" not in twice
    end = out.getvalue().rindex(b"%%EOF") + 5
    assert not has_foreign_bytes(twice, end, reader_of(twice))
    assert has_foreign_bytes(_before_startxref(twice, b"%\x80\x81\n"), end, reader_of(twice))


def _prove(writer: Any) -> None:
    proof = writer.add_object(generic.StreamObject(stream_data=b"0\x00"))
    store = {Name("/Type"): Name("/DSS"), Name("/Certs"): generic.ArrayObject([proof])}
    made: Any = generic.DictionaryObject
    writer.root[Name("/DSS")] = writer.add_object(made(store))
    writer.update_root()


def _before_startxref(data: bytes, text: bytes) -> bytes:
    at = data.rindex(b"startxref")
    return data[:at] + text + data[at:]


def _before_the_table(data: bytes, text: bytes) -> bytes:
    at = data.rindex(b"\nxref") + 1
    moved = data[:at] + text + data[at:]
    return re.sub(rb"startxref\n\d+\n%%EOF\s*\Z", b"startxref\n%d\n%%%%EOF\n" % (at + len(text)), moved)


@pytest.mark.parametrize("hide", [_before_startxref, _before_the_table])
@pytest.mark.parametrize("text", [b"%\x80\x81\x82\n", b"%rahasia " * 30 + b"\n", b"99 0 obj (rahasia) endobj\n"])
def test_garbage_beside_a_proof_is_told(hide: Any, text: bytes, signed: dict[str, bytes], trust: Trust) -> None:
    proved = appended(_prove)(signed["b-b"])
    (good,) = verify_signatures(proved, trust)
    (bad,) = verify_signatures(hide(proved, text), trust)
    assert (good.holds, good.whole, bad.intact, bad.whole, bad.holds) == (True, True, True, False, False)
    assert any("data asing" in fault.text("id") for fault in bad.faults)


def test_a_library_may_name_itself(signed: dict[str, bytes], trust: Trust) -> None:
    (report,) = verify_signatures(_before_startxref(appended(_prove)(signed["b-b"]), b"%Pustaka-5.5.13\n"), trust)
    assert (report.holds, report.whole) == (True, True)
