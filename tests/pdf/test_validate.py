"""The validator in this process: trusted only after a test, and never told as passed where it was not asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.model.particulars import Check, Verdict
from pipeline.pdf import validate as checked
from pipeline.pdf import verapdf
from pipeline.pdf.validate import LEVELS, is_trusted, validate


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    is_trusted.cache_clear()
    yield
    is_trusted.cache_clear()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A file that is PDF/A-3a and PDF/UA-1."""
    path = tmp_path / "uji.pdf"
    path.write_bytes(checked._sample())
    return path


def test_a_good_file_keeps_its_levels(place: Path) -> None:
    assert validate(place, "uji.pdf", ("3a", "ua1")) == (
        Check("PDF/A-3a", Verdict.PASSED),
        Check("PDF/UA-1", Verdict.PASSED),
    )


@pytest.mark.parametrize("claim", [claim for claim in LEVELS if claim not in {"3a", "ua1"}])
def test_another_level_than_the_claimed_one_fails(place: Path, claim: str) -> None:
    with pytest.raises(ProofError, match=LEVELS[claim]):
        validate(place, "uji.pdf", (claim,))


def test_a_missing_validator_has_checked_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    assert {check.verdict for check in validate(place, "uji.pdf", ("3a", "ua1"))} == {Verdict.NOT_CHECKED}


@pytest.mark.parametrize("answer", [True, False])
def test_one_that_cannot_tell_good_from_bad_has_checked_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    monkeypatch.setattr(checked, "_passes", lambda _data, _claim: answer)
    assert {check.verdict for check in validate(place, "uji.pdf", ("3a",))} == {Verdict.NOT_CHECKED}


def test_one_with_another_interface_has_checked_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import page

    def other(*_arguments: object, **_named: object) -> object:
        raise TypeError

    monkeypatch.setattr(page, "validate_pdf_bytes", other)
    assert {check.verdict for check in validate(place, "uji.pdf", ("3a",))} == {Verdict.NOT_CHECKED}


def test_a_file_too_large_for_it_was_not_checked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import page

    def limited(*_arguments: object, **_named: object) -> object:
        raise page.SafetyLimitError

    is_trusted()
    monkeypatch.setattr(page, "validate_pdf", limited)
    assert {check.verdict for check in validate(place, "uji.pdf", ("3a",))} == {Verdict.NOT_CHECKED}


def test_what_fails_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "uji.pdf"
    path.write_bytes(checked._sample(alt=""))
    with pytest.raises(ProofError) as caught:
        validate(path, "uji.pdf", ("ua1",))
    assert "Isi teks alternatif" in caught.value.text("id")


def _type1(path: Path, program: bytes) -> Path:
    """The good file with a text in a Type 1 font, as LibreOffice makes them of OpenType fonts."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        stream = pdf.make_stream(program)
        stream.Length1 = len(program)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Uji"), Flags=4, FontFile=stream, FontBBox=[0, 0, 9, 9]
        )
        font: Any = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/AAAAAA+Uji"), FirstChar=65, LastChar=65)
        )
        font.Widths, font.FontDescriptor = Array([500]), pdf.make_indirect(descriptor)
        font.ToUnicode = pdf.make_stream(_UNICODE)
        page: Any = pdf.pages[0].obj
        page.Resources = Dictionary(
            Font=Dictionary(F1=font), ColorSpace=Dictionary(CS0=Array([Name.CalGray, Dictionary(WhitePoint=[1, 1, 1])]))
        )
        page.Contents = pdf.make_stream(b"/Figure <</MCID 0>> BDC /CS0 cs 0 sc BT /F1 9 Tf 20 20 Td (A) Tj ET EMC")
        pdf.save(path, deterministic_id=True)
    return path


_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 "
    b"begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <0041> endbfchar endcmap end end"
)


def _ends_in(path: Path, end: bytes) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page: Any = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + end)
        pdf.save(path, compress_streams=False, deterministic_id=True)


def test_a_stream_that_ends_in_a_carriage_return_is_a_known_false_alarm(place: Path) -> None:
    import page

    _ends_in(place, b"\r")
    assert not page.validate_pdf(place, profile="3a").is_compliant, "mended: this detour is no longer needed"
    assert validate(place, "uji.pdf", ("3a", "ua1")) == (
        Check("PDF/A-3a", Verdict.PASSED),
        Check("PDF/UA-1", Verdict.PASSED),
    )


@pytest.mark.parametrize("length", [b"43", b"49", b"60"])
def test_a_wrong_length_is_no_false_alarm(place: Path, length: bytes) -> None:
    _ends_in(place, b"\r")
    data = place.read_bytes()
    right = (
        data.index(b"/Length ", data.index(b"/Contents")) if b"/Length 47" not in data else data.index(b"/Length 47")
    )
    place.write_bytes(data[: right + 8] + length + data[right + 10 :])
    with pytest.raises(ProofError):
        validate(place, "uji.pdf", ("3a",))


def test_a_type_1_subset_is_a_known_false_alarm(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "ask", lambda _path, _claims: verapdf.Opinion(False))
    _type1(place, b"%!FontType1-1.0: Uji")
    assert validate(place, "uji.pdf", ("3a",)) == (Check("PDF/A-3a", Verdict.NOT_CHECKED),)


def test_where_vera_pdf_is_there_it_has_the_last_word(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opinions = [
        verapdf.Opinion(True),
        verapdf.Opinion(True, (verapdf.Fault("3a", "6.2.11-1", "The font is wrong.", "root"),)),
    ]
    monkeypatch.setattr(verapdf, "ask", lambda _path, _claims: opinions.pop(0))
    _type1(place, b"%!FontType1-1.0: Uji")
    assert validate(place, "uji.pdf", ("3a",)) == (Check("PDF/A-3a", Verdict.PASSED),)
    with pytest.raises(ProofError, match="The font is wrong"):
        validate(place, "uji.pdf", ("3a",))


def test_a_type_1_font_without_a_program_is_no_false_alarm(place: Path) -> None:
    _type1(place, b"bukan huruf")
    with pytest.raises(ProofError, match="FONT-EMBEDDING"):
        validate(place, "uji.pdf", ("3a",))


def _object(number: int) -> SimpleNamespace:
    return SimpleNamespace(object_number=number, generation=0)


def _number(path: Path, find: Callable[[Any], Any]) -> int:
    with pikepdf.open(path) as pdf:
        return int(find(pdf).objgen[0])


def _answering(monkeypatch: pytest.MonkeyPatch, *failures: tuple[str, int | None]) -> None:
    """Have the validator find ``failures``: rule, and number of the object."""
    import page

    is_trusted()
    told = [
        SimpleNamespace(rule_id=rule, message="told", object_id=None if number is None else _object(number))
        for rule, number in failures
    ]
    answer = SimpleNamespace(is_compliant=False, failures=told)
    monkeypatch.setattr(page, "validate_pdf", lambda *_arguments, **_named: answer)
    monkeypatch.setattr(verapdf, "ask", lambda _path, _claims: verapdf.Opinion(False))


def test_a_no_without_a_reason_is_a_no(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _answering(monkeypatch)
    with pytest.raises(ProofError, match="PDF/A-3a"):
        validate(place, "uji.pdf", ("3a",))


def test_a_length_is_only_right_where_a_carriage_return_explains_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _number(place, lambda pdf: pdf.pages[0].obj.Contents)
    other = _number(place, lambda pdf: pdf.pages[0].obj)
    for failure in (("STREAM-LENGTH", number), ("STREAM-LENGTH", other), ("STREAM-LENGTH", None)):
        _answering(monkeypatch, failure)
        with pytest.raises(ProofError, match="STREAM-LENGTH"):
            validate(place, "uji.pdf", ("3a",))
    _ends_in(place, b"\r")
    number = _number(place, lambda pdf: pdf.pages[0].obj.Contents)
    _answering(monkeypatch, ("STREAM-LENGTH", number))
    assert validate(place, "uji.pdf", ("3a",))[0].verdict is Verdict.PASSED
    _answering(monkeypatch, ("STREAM-LENGTH", number), ("OTHER", None))
    with pytest.raises(ProofError, match="OTHER"):
        validate(place, "uji.pdf", ("3a",))


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        (b"", None),
        (b"\n/ByteRange [0 1 2 3]", None),
        (b"\n%%EOF\n", None),
        (b"\n/ByteRange [0 1 2 3]\n%%EOF\n", Verdict.NOT_CHECKED),
    ],
)
def test_a_signature_is_only_mistaken_where_a_later_revision_explains_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, more: bytes, verdict: Verdict | None
) -> None:
    place.write_bytes(place.read_bytes() + more)
    _answering(monkeypatch, ("SIGNATURE-BYTERANGE", None))
    if verdict is None:
        with pytest.raises(ProofError, match="BYTERANGE"):
            validate(place, "uji.pdf", ("3a",))
    else:
        assert validate(place, "uji.pdf", ("3a",))[0].verdict is verdict


def test_only_type_1_fonts_are_mistaken(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _type1(place, b"%!FontType1-1.0: Uji")
    with pikepdf.open(place, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Resources.Font.F1.Subtype = Name.TrueType
        pdf.save(place)
    _answering(monkeypatch, ("FONT-EMBEDDING", _number(place, lambda pdf: pdf.pages[0].obj.Resources.Font.F1)))
    with pytest.raises(ProofError, match="FONT-EMBEDDING"):
        validate(place, "uji.pdf", ("3a",))
