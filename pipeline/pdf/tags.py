"""The structure tree: how it is read, and mended as LibreOffice writes it without changing what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

_STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu "
    "WT WP Figure Formula Form"
)
STANDARD: Final = frozenset(_STANDARD.split())
"""Types of structure elements that need no role (ISO 32000-1, 14.8.4)."""
_DEEPEST = 8
"""Longest chain of roles; anything longer runs in circles."""


def mend(pdf: pikepdf.Pdf, found: Sequence[Any]) -> None:
    """Give ``pdf`` sound roles, and the elements ``found`` each attribute dictionary only once."""
    _mend_roles(pdf.Root.StructTreeRoot)
    share_attributes(found)


def tab_order(pdf: pikepdf.Pdf) -> None:
    """Pages with annotations say that the tab key follows the tags; LibreOffice 7.4 says so in a string.

    For readers that follow the list of annotations instead, that has the same order: LibreOffice writes it backwards.
    """
    import pikepdf

    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Tabs = pikepdf.Name.S
            marks = list(page.obj.Annots)
            places = [_place(mark) for mark in marks]
            if places != sorted(places):
                page.obj.Annots = pikepdf.Array(sorted(marks, key=_place))
        elif "/Tabs" in page.obj:
            del page.obj["/Tabs"]


def _place(mark: Any) -> tuple[bool, int]:
    """Where ``mark`` stands among the annotations: they are numbered in the order of reading, new fields last."""
    number = mark.get("/StructParent")
    return number is None, 0 if number is None else int(number)


def _mend_roles(tree: Any) -> None:
    """Standard types keep their own meaning, and every other one ends at one: a paragraph if nothing is said.

    LibreOffice without its PDF/UA option maps types to themselves.
    """
    import pikepdf

    roles = tree.get("/RoleMap")
    if roles is None:
        return
    said = {str(key)[1:]: str(value)[1:] for key, value in roles.items()}
    for name in said:
        if name in STANDARD:
            del roles[f"/{name}"]
        elif role(name, said) is None:
            roles[f"/{name}"] = pikepdf.Name.P


def role(name: str, roles: dict[str, str]) -> str | None:
    """The standard type that ``name`` stands for in the end, None when there is none."""
    for _ in range(_DEEPEST):
        if name in STANDARD:
            return name
        if name not in roles:
            return None
        name = roles[name]
    return None


def share_attributes(found: Sequence[Any]) -> None:
    """Have elements with equal attributes refer to one dictionary; LibreOffice writes one each.

    That is a third of its objects: without object streams, which some signing services cannot read, they fill pages.
    """
    import pikepdf

    known: dict[bytes, Any] = {}

    def one(attributes: Any) -> Any:
        return known.setdefault(attributes.unparse(resolved=True), attributes)

    for element in found:
        attributes = element.get("/A")
        if isinstance(attributes, pikepdf.Dictionary):
            element.A = one(attributes)
        elif isinstance(attributes, pikepdf.Array):
            element.A = pikepdf.Array([one(part) for part in attributes])


def tree_kids(node: Any) -> list[Any]:
    """What stands below a structure element or the root of the tree (``/K`` holds one, several, or none)."""
    import pikepdf

    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def numbers(node: Any) -> Iterator[tuple[int, Any]]:
    """All entries of a number tree."""
    if node is None:
        return
    values = node.get("/Nums", ())
    for at in range(0, len(values), 2):
        yield int(values[at]), values[at + 1]
    for kid in node.get("/Kids", ()):
        yield from numbers(kid)


def walk(root: Any) -> Iterator[Any]:
    """The structure element ``root``, unless it is the root of the tree, and all below it in the order of reading."""
    waiting = [root] if "/S" in root else _elements(root)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _elements(node)


def _elements(node: Any) -> list[Any]:
    """The elements right below ``node``, the last one first."""
    import pikepdf

    kids = node.get("/K")
    if isinstance(kids, pikepdf.Array):
        # What is no element refers to content (a number) or to an annotation (without a type).
        return [kid for kid in reversed(list(kids)) if isinstance(kid, pikepdf.Object) and "/S" in kid]
    return [kids] if isinstance(kids, pikepdf.Dictionary) and "/S" in kids else []
