"""What of a later revision is compared besides what pyHanko looks at, each for itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.sign.later import _field_faults, _metadata_faults, _page_faults

Change = Callable[[Any], object]


def _field(pdf: Any, name: str, *, signed: bool, left: int, kind: str = "Sig") -> Any:
    field = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name(f"/{kind}"), T=String(name), TU=String(name), F=4)
    )
    field.Rect = Array([left, 20, left + 50, 60])
    field.AP = Dictionary(N=pdf.make_stream(b"q Q"))
    if signed:
        field.V = pdf.make_indirect(Dictionary(Type=Name.Sig))
    return field


def _attach(pdf: Any, field: Any, page: int = 0) -> None:
    pdf.pages[page].obj.Annots.append(field)
    pdf.Root.AcroForm.Fields.append(field)


def made() -> bytes:
    """Two pages; "ttd" is signed, "ttd2" free, a link on the second page."""
    with pikepdf.new() as pdf:
        for _ in range(2):
            page: Any = pdf.add_blank_page(page_size=(300, 400)).obj
            page.Resources = Dictionary(Font=Dictionary(F1=Dictionary(BaseFont=Name.Helvetica)))
            page.Contents = pdf.make_stream(b"BT ET")
            page.Annots = Array()
        pdf.Root.AcroForm = Dictionary(Fields=Array(), SigFlags=1)
        _attach(pdf, _field(pdf, "ttd", signed=True, left=10))
        _attach(pdf, _field(pdf, "ttd2", signed=False, left=100))
        link = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([1, 1, 9, 9])))
        pdf.pages[1].obj.Annots.append(link)
        pdf.Root.Lang, pdf.Root.PageMode = String("id-ID"), Name.UseNone
        pdf.docinfo["/Title"] = "Judul"
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


BEFORE = made()


def told(change: Change, *intact: str) -> list[str]:
    """What is told of ``BEFORE`` after ``change``, where the signatures of ``intact`` fields are whole.

    As a later revision does, the change leaves all other objects their numbers.
    """
    with pikepdf.open(io.BytesIO(BEFORE)) as old, pikepdf.open(io.BytesIO(BEFORE)) as new:
        change(new)
        faults = [*_metadata_faults(old, new), *_page_faults(old, new), *_field_faults(old, new, frozenset(intact))]
        return [message.text("id") for message in faults]


def _fields(pdf: Any) -> Any:
    return pdf.Root.AcroForm.Fields


def _signed_too(pdf: Any) -> None:
    """What a second signer does."""
    field = _fields(pdf)[1]
    field.V, field.AP = pdf.make_indirect(Dictionary(Type=Name.Sig)), Dictionary(N=pdf.make_stream(b"q 1 w Q"))


def _timestamp(pdf: Any) -> None:
    field = _field(pdf, "waktu", signed=True, left=200)
    field.Rect = Array([0, 0, 0, 0])
    _attach(pdf, field)


def _below(pdf: Any) -> None:
    """A signature field whose kind stands in the field above."""
    above = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("atas"), V=pdf.make_indirect(Dictionary(Type=Name.Sig))))
    widget = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Parent=above, Rect=Array([1, 1, 9, 9])))
    above.Kids = Array([widget])
    pdf.pages[0].obj.Annots.append(widget)
    _fields(pdf).append(above)


def _remove(pdf: Any) -> None:
    del _fields(pdf)[1], pdf.pages[0].obj.Annots[1]


@pytest.mark.parametrize(
    ("change", "intact"),
    [
        (lambda pdf: None, ("ttd",)),
        (_signed_too, ("ttd", "ttd2")),
        (_timestamp, ("ttd", "waktu")),
        (_below, ("ttd", "atas")),
        (lambda pdf: pdf.docinfo.__setitem__("/Producer", "lain"), ("ttd",)),
    ],
)
def test_what_may_follow_is_not_told(change: Change, intact: tuple[str, ...]) -> None:
    assert told(change, *intact) == []


def _new_look(number: int) -> Change:
    def change(pdf: Any) -> None:
        _fields(pdf)[number].AP = Dictionary(N=pdf.make_stream(b"q 1 w Q"))

    return change


CHANGES: dict[str, tuple[Change, tuple[str, ...], str]] = {
    "a title": (lambda pdf: pdf.docinfo.__setitem__("/Title", "Lain"), (), "keterangan PDF (Title) diubah"),
    "the language": (lambda pdf: setattr(pdf.Root, "Lang", String("en-US")), (), "setelan PDF"),
    "how it opens": (lambda pdf: setattr(pdf.Root, "PageMode", Name.FullScreen), (), "setelan PDF"),
    "who draws the fields": (lambda pdf: setattr(pdf.Root.AcroForm, "NeedAppearances", True), (), "setelan PDF"),
    "a page more": (lambda pdf: pdf.add_blank_page(), (), "jumlah halaman berubah dari 2 menjadi 3"),
    "what is drawn": (
        lambda pdf: setattr(pdf.pages[1].obj, "Contents", pdf.make_stream(b"q Q")),
        (),
        "halaman 2 diubah",
    ),
    "a size": (lambda pdf: setattr(pdf.pages[1].obj, "MediaBox", Array([0, 0, 300, 401])), (), "isi halaman 2 diubah"),
    "a part shown": (lambda pdf: setattr(pdf.pages[0].obj, "CropBox", Array([0, 0, 9, 9])), (), "isi halaman 1 diubah"),
    "a turn": (lambda pdf: setattr(pdf.pages[0].obj, "Rotate", 90), (), "isi halaman 1 diubah"),
    "a font": (
        lambda pdf: setattr(pdf.pages[0].obj.Resources.Font.F1, "BaseFont", Name.Courier),
        (),
        "isi halaman 1 diubah",
    ),
    "a field that nobody signed": (_timestamp, ("ttd",), "isian waktu ditambahkan"),
    "another look of what is signed": (_new_look(0), ("ttd", "ttd2"), "isian tanda tangan ttd diganti rupanya"),
    "a look of what nobody signed": (_new_look(1), ("ttd",), "isian tanda tangan ttd2 diganti rupanya"),
    "a field is hidden": (lambda pdf: setattr(_fields(pdf)[0], "F", 2), ("ttd",), "ttd diganti rupanya"),
    "a field says something else": (
        lambda pdf: setattr(_fields(pdf)[0], "TU", String("x")),
        ("ttd",),
        "ttd diganti rupanya",
    ),
    "a field elsewhere": (
        lambda pdf: setattr(_fields(pdf)[1], "Rect", Array([0, 0, 50, 40])),
        ("ttd",),
        "isian tanda tangan ttd2 dipindahkan atau dihapus",
    ),
    "a field gone": (_remove, ("ttd",), "isian tanda tangan ttd2 dipindahkan atau dihapus"),
    "a link gone": (
        lambda pdf: setattr(pdf.pages[1].obj, "Annots", Array()),
        ("ttd",),
        "catatan atau isian di halaman 2 ditambah atau dihapus",
    ),
    "a note more": (
        lambda pdf: pdf.pages[1].obj.Annots.append(
            pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([1, 1, 9, 9])))
        ),
        ("ttd",),
        "catatan atau isian di halaman 2 ditambah atau dihapus",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_may_not_follow_is_told_as_what_it_is(name: str) -> None:
    change, intact, wanted = CHANGES[name]
    found = told(change, *(intact or ("ttd",)))
    assert any(wanted in text for text in found), found
    assert len(found) <= 2, found  # a page that is turned or a field that is gone also moves or removes a widget
