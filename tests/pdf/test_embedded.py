"""Fonts of a PDF: embedded, readable, and those that were asked for."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.model.typefaces import STAND_INS, acceptable, package_of
from pipeline.pdf.embedded import Typeface, prove_fonts, typefaces


def _font(pdf: pikepdf.Pdf, name: str, *, key: str = "/FontFile2", mapped: bool = True) -> Any:
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(f"/{name}"))
    if key:
        descriptor[key] = pdf.make_stream(b"huruf")
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), FontDescriptor=descriptor)
    if mapped:
        font.ToUnicode = pdf.make_stream(b"peta")
    return pdf.make_indirect(font)


def _with(*names: str) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    fonts = {f"/F{number}": _font(pdf, name) for number, name in enumerate(names)}
    page.Resources = Dictionary(Font=Dictionary(fonts))
    return pdf


@pytest.mark.parametrize(
    ("wanted", "printed", "right"),
    [
        ("Arial", "BAAAAA+LiberationSans", True),
        ("Arial", "BAAAAA+LiberationSans-BoldItalic", True),
        ("Arial", "ArialMT", True),
        ("Arial", "BAAAAA+Arial-BoldMT", True),
        ("arial ", "LiberationSans", True),
        ("Times New Roman", "CAAAAA+TimesNewRomanPS-BoldMT", True),
        ("Times New Roman", "LiberationSerif-Italic", True),
        ("Calibri", "Carlito", True),
        ("Cambria", "Caladea-Bold", True),
        ("Courier New", "LiberationMono", True),
        ("Bookman Old Style", "URWBookmanLight", True),
        ("Bookman Old Style", "URWBookman-DemiItalic", True),
        ("Liberation Sans", "ArialMT", True),
        ("Roboto", "Roboto-Medium", True),
        ("Arial", "LiberationSerif", False),
        ("Arial", "LiberationSansNarrow", False),
        ("Arial", "ArialNarrow", False),
        ("Bookman Old Style", "DejaVuSans", False),
        ("Tahoma", "DejaVuSans", False),
        ("Calibri", "Carolina", False),
        ("Times New Roman", "LiberationSans", False),
    ],
)
def test_a_family_is_printed_as_itself_or_as_wide(wanted: str, printed: str, right: bool) -> None:
    pdf = _with(printed)
    if right:
        prove_fonts(pdf, "uji.pdf", (wanted,))
    else:
        with pytest.raises(ProofError) as caught:
            prove_fonts(pdf, "uji.pdf", (wanted,))
        assert wanted in caught.value.text("id")
        assert typefaces(pdf)[0].name in caught.value.text("id")


def test_other_fonts_beside_those_asked_for_are_no_fault() -> None:
    pdf = _with("LiberationSans", "OpenSymbol")
    prove_fonts(pdf, "uji.pdf", ("Arial",))
    assert len(typefaces(pdf)) == 2


@pytest.mark.parametrize("key", ["/FontFile", "/FontFile2", "/FontFile3"])
def test_every_kind_of_program_counts(key: str) -> None:
    pdf = _with()
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=_font(pdf, "Arial", key=key)))
    assert typefaces(pdf) == (Typeface("Arial", embedded=True, mapped=True),)


def test_a_font_below_another_is_the_one_that_is_embedded() -> None:
    pdf = _with()
    inner = _font(pdf, "LiberationSans")
    outer: Any = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/LiberationSans"))
    outer.DescendantFonts, outer.ToUnicode = Array([inner]), pdf.make_stream(b"peta")
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(outer)))
    assert typefaces(pdf) == (Typeface("LiberationSans", embedded=True, mapped=True),)


def test_fonts_of_forms_and_of_fields_count_too() -> None:
    pdf = _with("LiberationSans")
    page: Any = pdf.pages[0].obj
    forms = []
    for name in ("Arial", "Carlito"):
        form: Any = pdf.make_stream(b"")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
        form.Resources = Dictionary(Font=Dictionary(F1=_font(pdf, name, key="")))
        forms.append(form)
    page.Resources.XObject = Dictionary(X0=forms[0])
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Widget, AP=Dictionary(N=forms[1]))])
    assert [font.name for font in typefaces(pdf)] == ["LiberationSans", "Arial", "Carlito"]
    with pytest.raises(ProofError, match="Arial"):
        prove_fonts(pdf, "uji.pdf", ())


def _shown(pdf: pikepdf.Pdf, name: str) -> Any:
    return pdf.make_stream(b"", Resources=Dictionary(Font=Dictionary(F1=_font(pdf, name, key=""))))


def test_fonts_of_patterns_and_of_the_states_of_fields_count_too() -> None:
    pdf = _with("LiberationSans")
    page: Any = pdf.pages[0].obj
    page.Resources.Pattern = Dictionary(P0=_shown(pdf, "Arial"))
    states = Dictionary(N=Dictionary(Ya=_shown(pdf, "Carlito"), Off=_shown(pdf, "Caladea")))
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Widget, AP=states)])
    assert {font.name for font in typefaces(pdf)} == {"LiberationSans", "Arial", "Carlito", "Caladea"}


def test_a_font_that_draws_its_own_signs_needs_no_program() -> None:
    pdf = _with()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, ToUnicode=pdf.make_stream(b"peta"))
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))
    assert typefaces(pdf) == (Typeface("", embedded=True, mapped=True),)


def test_a_form_that_shows_itself_ends() -> None:
    pdf = _with("LiberationSans")
    form: Any = pdf.make_stream(b"")
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.Resources = Dictionary(XObject=Dictionary(X0=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(X0=form)
    assert len(typefaces(pdf)) == 1


def test_a_text_that_cannot_be_copied_is_told() -> None:
    pdf = _with()
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=_font(pdf, "Arial", mapped=False)))
    with pytest.raises(ProofError, match="Arial"):
        prove_fonts(pdf, "uji.pdf", ())


@pytest.mark.parametrize("family", STAND_INS)
def test_a_family_comes_before_what_stands_in_for_it(family: str) -> None:
    assert acceptable(family)[0] == family
    assert family not in [name.lower() for name in acceptable(family)[1:]]


@pytest.mark.parametrize(
    ("family", "package"),
    [
        ("Arial", "fonts-liberation"),
        ("Calibri", "fonts-crosextra-carlito"),
        ("Cambria", "fonts-crosextra-caladea"),
        ("Bookman Old Style", "fonts-urw-base35"),
        ("Tahoma", ""),
    ],
)
def test_what_to_install(family: str, package: str) -> None:
    assert package_of(acceptable(family)) == package
