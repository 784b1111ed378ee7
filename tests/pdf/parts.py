"""Small tagged PDFs to be joined, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from pipeline.pdf.merge import Joining, Merged, Part

A4, F4_WIDE = (595, 842), (935, 609)
ROLES: Mapping[str, str] = {"/Isi": "/P"}


def merge(
    front: Path, parts: Sequence[Part], target: Path, *, title: str, cover: str = "", numbering: Path | None = None
) -> Merged:
    """Write ``front`` and ``parts`` to ``target`` as one PDF with one structure tree."""
    with Joining(target, numbered=numbering is not None) as joining:
        for one in parts:
            joining.add(one)
        return joining.close(front, title=title, cover=cover, numbering=numbering)


def part(
    path: Path,
    texts: Sequence[str] = ("isi",),
    *,
    size: tuple[int, int] = A4,
    roles: Mapping[str, str] = ROLES,
    profile: bytes = b"profil",
    picture: bytes | None = None,
    links: Sequence[str] = (),
    field: str = "",
    document: bool = True,
    alt: str = "",
    **save: Any,
) -> Path:
    """A PDF with a page for each of ``texts``, each in two marked contents; ``links`` and ``field`` on the first page.

    ``field`` is "kosong" or "terisi" (signed). Without ``document`` the elements stand at the root themselves.
    """
    pdf = pikepdf.new()
    root = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary({style: Name(kind) for style, kind in roles.items()}))
    )
    above = root
    if document:
        above = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    font = pdf.make_indirect(written_font(pdf))
    kids, nums = [], []
    for number, text in enumerate(texts):
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1].obj
        page.StructParents = number
        resources = Dictionary(Font=Dictionary(F1=font))
        if picture is not None:
            resources.XObject = Dictionary(Im1=_picture(pdf, picture))
        page.Resources = resources
        page.Contents = pdf.make_stream(_content(text, size))
        elements = [_element(pdf, above, page, mark) for mark in (0, 1)]
        if alt:
            elements[0].Alt = String(alt)
        kids += elements
        nums += [number, pdf.make_indirect(Array(elements))]
    first = pdf.pages[0].obj
    for address in links:
        kids.append(_linked(pdf, above, first, address, len(nums) // 2, nums))
    if field:
        kids.append(_signed(pdf, above, first, len(nums) // 2, nums, filled=field == "terisi"))
    above.K = Array(kids)
    if document:
        root.K = above
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(nums)))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("id-ID")
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=Stream(pdf, profile, N=3))
    pdf.Root.OutputIntents = Array([intent])
    pdf.docinfo.Title = path.stem
    save.setdefault("object_stream_mode", pikepdf.ObjectStreamMode.disable)
    pdf.save(path, deterministic_id="encryption" not in save, **save)
    return path


def written_font(pdf: pikepdf.Pdf) -> Dictionary:
    """A font that says which signs its codes are."""
    pairs = "\n".join(f"<{code:02X}> <{code:04X}>" for code in range(32, 127))
    table = f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n95 beginbfchar\n{pairs}\nendbfchar"
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        FirstChar=32,
        LastChar=126,
        Widths=Array([500] * 95),
        ToUnicode=pdf.make_stream(table.encode()),
    )


def _content(text: str, size: tuple[int, int]) -> bytes:
    top = size[1] - 100
    lines = [
        f"/Isi <</MCID {mark}>> BDC\nBT /F1 12 Tf 60 {top - 20 * mark} Td ({words}) Tj ET\nEMC\n"
        for mark, words in enumerate((text, "baris kedua"))
    ]
    return "".join(lines).encode()


def _element(pdf: pikepdf.Pdf, above: Any, page: Any, mark: int) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/Isi"), P=above, Pg=page, K=mark))


def _linked(pdf: pikepdf.Pdf, above: Any, page: Any, address: str, key: int, nums: list[Any]) -> Any:
    """A link over the first line of ``page``, with its element."""
    top = float(page.MediaBox[3]) - 100
    mark = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([58, top - 4, 200, top + 12]),
            F=4,
            StructParent=key,
            A=Dictionary(S=Name.URI, URI=String(address)),
        )
    )
    return _object(pdf, above, page, mark, Name.Link, key, nums)


def _signed(pdf: pikepdf.Pdf, above: Any, page: Any, key: int, nums: list[Any], *, filled: bool) -> Any:
    """A signature field on ``page``, with its element."""
    mark = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("ttd"),
            Rect=Array([300, 300, 400, 350]),
            F=4,
            StructParent=key,
        )
    )
    if filled:
        mark.V = Dictionary(Type=Name.Sig)
    pdf.Root.AcroForm = Dictionary(Fields=Array([mark]), SigFlags=1)
    return _object(pdf, above, page, mark, Name.Form, key, nums)


def _object(pdf: pikepdf.Pdf, above: Any, page: Any, mark: Any, kind: Any, key: int, nums: list[Any]) -> Any:
    page.Annots = Array([*page.get("/Annots", ()), mark])
    reference = Dictionary(Type=Name.OBJR, Obj=mark, Pg=page)
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=above, Pg=page, K=reference))
    nums += [key, element]
    return element


def _picture(pdf: pikepdf.Pdf, data: bytes) -> Any:
    return Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=len(data),
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
