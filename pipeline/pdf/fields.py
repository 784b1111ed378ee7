"""Empty visible signature fields, made before anything is signed: one per signer, tagged as PDF/UA asks.

A field added by a signing program would lie outside the tags, be locked, and rewrite the metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.model.particulars import Signer, SigningPlace
from pipeline.pdf.places import Sheet, find_places, remove_bookmarks
from pipeline.pdf.tags import numbers, tree_kids

if TYPE_CHECKING:
    import pikepdf

_PRINTED = 4
"""Annotation flag: printed with its page."""
_EXIST = 1
"""Flag of the form: it has signature fields."""
_FRAME = 0.5
"""Width of the frame of an empty field, in points."""
_GRAY = 0.6


def add_fields(pdf: pikepdf.Pdf, signers: Sequence[Signer], path: Path) -> tuple[SigningPlace, ...]:
    """Put a field for each of ``signers`` between their bookmarks; where they are. Raises ProofError.

    ``path`` is where ``pdf`` was opened. The bookmarks of places of signatures go, also those that nobody uses.
    """
    import pikepdf

    places = find_places(pdf, signers, path)
    remove_bookmarks(pdf, signers)
    if not places:
        return ()
    widgets = [_widget(pdf, place) for place in places]
    _tag(pdf, widgets)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(widgets), SigFlags=_EXIST)
    return places


def _widget(pdf: pikepdf.Pdf, place: SigningPlace) -> Any:
    import pikepdf

    page = pdf.pages[place.box.page - 1]
    sheet = Sheet.of(page)
    rectangle = [round(side, 2) for side in sheet.rectangle(place.box)]
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T=pikepdf.String(place.signer.field),
        TU=pikepdf.String(_told(place.signer)),
        F=_PRINTED,
        Rect=pikepdf.Array(rectangle),
        P=page.obj,
        AP=pikepdf.Dictionary(N=_frame(pdf, rectangle[2] - rectangle[0], rectangle[3] - rectangle[1])),
    )
    if sheet.turns:
        widget.MK = pikepdf.Dictionary(R=90 * sheet.turns)
    made = pdf.make_indirect(widget)
    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(made)
    return made


def _told(signer: Signer) -> str:
    """What a reader of the form hears, and sees when pointing at the field."""
    who = ", ".join(part for part in (signer.name, signer.position) if part)
    return f"Tanda tangan {who}"


def _frame(pdf: pikepdf.Pdf, width: float, height: float) -> Any:
    import pikepdf

    half = _FRAME / 2
    drawn = f"q {_FRAME} w {_GRAY} G {half} {half} {width - _FRAME:.2f} {height - _FRAME:.2f} re S Q"
    form = pdf.make_stream(drawn.encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, round(width, 2), round(height, 2)])
    form.Resources = pikepdf.Dictionary()
    return form


def _tag(pdf: pikepdf.Pdf, widgets: Sequence[Any]) -> None:
    """Give each widget a Form element after what else its page says, and enter it into the parent tree."""
    import pikepdf

    tree = pdf.Root.StructTreeRoot
    top = next(kid for kid in tree_kids(tree) if str(kid.S) == "/Document")
    entries = dict(numbers(tree.get("/ParentTree")))
    key = max(entries, default=-1) + 1
    for widget in widgets:
        form = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name.Form,
                P=top,
                Pg=widget.P,
                Alt=widget.TU,
                K=pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=widget, Pg=widget.P)]),
            )
        )
        _insert(pdf, top, form)
        widget.StructParent = key
        entries[key] = form
        key += 1
    flat = [part for number in sorted(entries) for part in (number, entries[number])]
    tree.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(flat)))
    tree.ParentTreeNextKey = key


def _insert(pdf: pikepdf.Pdf, top: Any, form: Any) -> None:
    """Put ``form`` among the kids of ``top`` where the reader has come to the end of its page."""
    import pikepdf

    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    kids = tree_kids(top)
    at = 0
    for index, kid in enumerate(kids, 1):
        page = kid.get("/Pg") if isinstance(kid, pikepdf.Dictionary) else None
        if page is not None and pages.get(page.objgen, 0) <= pages[form.Pg.objgen]:
            at = index
    top.K = pikepdf.Array([*kids[:at], form, *kids[at:]])
