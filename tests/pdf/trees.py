"""Small tagged PDFs for tests of the structure tree, made by hand: no fonts, no LibreOffice."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


def tagged(pages: int = 2, marks: int = 2, *, link: bool = True) -> pikepdf.Pdf:
    """A PDF whose ``pages`` each have ``marks`` marked contents, an artifact and, with ``link``, a link in the tree."""
    pdf = pikepdf.new()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    nums: list[Any] = []
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(300, 400)).obj
        content = "".join(f"/P <</MCID {mark}>> BDC {10 * mark} 200 9 9 re f EMC\n" for mark in range(marks))
        page.Contents = pdf.make_stream(b"/Artifact BMC 0 390 300 1 re f EMC\n" + content.encode())
        page.StructParents = number
        elements = [_element(pdf, document, page, mark) for mark in range(marks)]
        nums += [number, Array(elements)]
        if link:
            nums += [pages + number, _link(pdf, document, page, pages + number)]
    root.K, root.ParentTree = document, pdf.make_indirect(Dictionary(Nums=_sorted(nums)))
    root.ParentTreeNextKey = 2 * pages
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return pdf


def _sorted(nums: list[Any]) -> Array:
    pairs = sorted(zip(nums[::2], nums[1::2], strict=True), key=lambda pair: int(pair[0]))
    return Array([item for pair in pairs for item in pair])


def _element(pdf: pikepdf.Pdf, document: Any, page: Any, mark: int) -> Any:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page, K=mark))
    document.K.append(element)
    return element


def _link(pdf: pikepdf.Pdf, document: Any, page: Any, key: int) -> Any:
    annotation = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[10, 10, 20, 20], StructParent=key)
    )
    page.Annots = Array([annotation])
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=document, Pg=page))
    element.K = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
    document.K.append(element)
    return element
