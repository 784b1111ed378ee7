"""The structure tree of a PDF held against its pages: every mark is found in the tree, on its own page.

Validators pass merged files whose marks lead into the tree of another document. So this follows every marked content
of every page through the parent tree to its element, which must lie on that page and be reached from the root, and
back; and every annotation likewise. It runs over everything once: some 5 ms a page, and a few hundred bytes a mark.

Not looked into: whether the tags make sense (reading order, headers of tables); form XObjects that carry tags of their
own are refused, LibreOffice makes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ProofError
from pipeline.model.message import Message, say, verbatim
from pipeline.pdf.scan import Marks, marks_of
from pipeline.pdf.tags import tree_kids

_Id = tuple[int, int]
_ELEMENT = "/StructElem"
_DEEPEST = 50
"""Levels of a number tree; more is a cycle."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the tags. ``page`` from 1, 0 where it is the tree itself."""

    page: int
    message: Message


def prove_structure(pdf: Any, name: str) -> None:
    """Prove the structure tree of ``pdf``, an open pikepdf.Pdf told as ``name``. Raises ProofError."""
    faults = structure_faults(pdf)
    first = next(faults, None)
    if first is None:
        return
    place = say("{name}, halaman {page}", name=name, page=first.page) if first.page else verbatim(name)
    raise ProofError(
        say(
            "{place}: penanda struktur PDF (PDF/UA) salah: {what}. Jalankan lagi; bila terulang, laporkan pesan ini.",
            place=place,
            what=first.message,
        )
    )


def structure_faults(pdf: Any) -> Iterator[Fault]:
    """What is wrong with the tags of ``pdf``, an open pikepdf.Pdf; one after the other, at most a few for a page."""
    import pikepdf

    root = pdf.Root.get("/StructTreeRoot")
    marked = pdf.Root.get("/MarkInfo")
    if root is None or not (isinstance(marked, pikepdf.Dictionary) and bool(marked.get("/Marked", False))):
        yield Fault(0, say("pohon struktur tidak ada"))
        return
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    tree = _Tree(numbers)
    yield from tree.read(root)
    parents = _Parents()
    yield from parents.read(root.get("/ParentTree"))
    seen: set[int] = set()
    forms: dict[_Id, Message | None] = {}
    for number, page in enumerate(pdf.pages, 1):
        yield from _page_faults(page, number, tree, parents, seen, forms)
    if tree.marks:
        (page_id, mark), _ = next(iter(tree.marks.items()))
        yield Fault(numbers[page_id], say("pohon menunjuk isi bertanda {mark} yang tidak ada di halaman", mark=mark))
    if tree.objects:
        yield Fault(0, say("pohon menunjuk anotasi yang tidak ada di halaman mana pun"))


class _Tree:
    """The elements that are reached from the root. What pages account for is taken out of ``marks`` and ``objects``."""

    def __init__(self, pages: dict[_Id, int]) -> None:
        self.pages = pages
        self.elements: set[_Id] = set()
        self.marks: dict[tuple[_Id, int], _Id] = {}
        self.objects: dict[_Id, tuple[_Id, _Id | None]] = {}

    def read(self, root: Any) -> Iterator[Fault]:
        """Walk the tree; what is wrong with it."""
        left = [(kid, root.objgen) for kid in tree_kids(root)]
        if not left:
            yield Fault(0, say("pohon struktur kosong"))
        if not all(_is_element(kid) for kid, _ in left):
            yield Fault(0, say("di pohon ada yang bukan elemen"))
            left = [(kid, parent) for kid, parent in left if _is_element(kid)]
        while left:
            element, parent = left.pop()
            id_ = element.objgen
            told = self._enter(element, id_, parent)
            if told is not None:
                yield Fault(0, told)
                continue
            page = element.get("/Pg")
            for kid in tree_kids(element):
                if isinstance(kid, int):
                    told = self._mark(kid, id_, page)
                elif _is_element(kid):
                    left.append((kid, id_))
                    continue
                else:
                    told = self._leaf(kid, id_, page)
                if told is not None:
                    yield Fault(0, told)

    def _enter(self, element: Any, id_: _Id, parent: _Id) -> Message | None:
        if not element.is_indirect or element.get("/Type", _ELEMENT) != _ELEMENT:
            return say("di pohon ada yang bukan elemen")
        if id_ in self.elements:
            return say("satu elemen ada dua kali di pohon")
        self.elements.add(id_)
        above = element.get("/P")
        if above is None or above.objgen != parent:
            return say("elemen menunjuk induk yang salah")
        return None

    def _leaf(self, kid: Any, element: _Id, page: Any) -> Message | None:
        """Note the content ``kid``: a dictionary for a mark or an annotation."""
        import pikepdf

        if not isinstance(kid, pikepdf.Dictionary):
            return say("di pohon ada yang bukan elemen")
        page = kid.get("/Pg", page)
        if kid.get("/Type") == "/OBJR":
            found = kid.get("/Obj")
            if found is None or found.objgen in self.objects:
                return say("anotasi ada dua kali di pohon")
            self.objects[found.objgen] = (element, None if page is None else page.objgen)
            return None
        if "/Stm" in kid:
            return say("isi bertanda di dalam gambar (form XObject) tidak didukung")
        return self._mark(int(kid.get("/MCID", -1)), element, page)

    def _mark(self, number: int, element: _Id, page: Any) -> Message | None:
        if page is None or page.objgen not in self.pages:
            return say("elemen menunjuk halaman yang tidak ada")
        if (page.objgen, number) in self.marks:
            return say("isi bertanda {mark} ada dua kali di pohon", mark=number)
        self.marks[page.objgen, number] = element
        return None


@dataclass(slots=True)
class _Parents:
    """The parent tree: for a page the elements of its marks, for an annotation its element."""

    pages: dict[int, list[_Id | None]] = field(default_factory=dict)
    objects: dict[int, _Id] = field(default_factory=dict)

    def read(self, tree: Any, depth: int = 0) -> Iterator[Fault]:
        """Read the number tree; what is wrong with it."""
        import pikepdf

        if not isinstance(tree, pikepdf.Dictionary) or depth > _DEEPEST:
            yield Fault(0, say("pohon induk (ParentTree) tidak ada atau rusak"))
            return
        for kid in tree.get("/Kids", ()):
            yield from self.read(kid, depth + 1)
        entries = tree.get("/Nums", ())
        for index in range(0, len(entries) - 1, 2):
            number, value = int(entries[index]), entries[index + 1]
            if number in self.pages or number in self.objects:
                yield Fault(0, say("nomor {number} ada dua kali di pohon induk", number=number))
            elif isinstance(value, pikepdf.Array):
                self.pages[number] = [getattr(entry, "objgen", None) for entry in value]
            else:
                self.objects[number] = value.objgen


def _is_element(node: Any) -> bool:
    import pikepdf

    return isinstance(node, pikepdf.Dictionary) and "/S" in node


def _page_faults(
    page: Any,
    number: int,
    tree: _Tree,
    parents: _Parents,
    seen: set[int],
    forms: dict[_Id, Message | None],
) -> Iterator[Fault]:
    import pikepdf

    try:
        found = marks_of(page, page.obj.get("/Resources", {}))
    except pikepdf.PdfError:
        yield Fault(number, say("isi halaman tidak dapat dibaca"))
        return
    told = _content_fault(found) or _forms_fault(found, forms)
    if told is not None:
        yield Fault(number, told)
    told = _marks_fault(page.obj, found.ids, tree, parents, seen)
    if told is not None:
        yield Fault(number, told)
    for annotation in page.obj.get("/Annots", ()):
        told = _annotation_fault(annotation, page.obj, tree, parents, seen)
        if told is not None:
            yield Fault(number, told)


def _content_fault(found: Marks) -> Message | None:
    if found.unknown:
        return say("perintah “{operator}” tidak dikenal", operator=found.unknown)
    if not found.balanced:
        return say("awal dan akhir tanda tidak berpasangan")
    if found.untagged:
        return say("{count} tulisan atau gambar tidak bertanda", count=found.untagged)
    if found.crossed:
        return say("isi bertanda dan hiasan (Artifact) bertumpuk")
    return None


def _forms_fault(found: Marks, forms: dict[_Id, Message | None]) -> Message | None:
    """What is wrong with the forms shown; each is read once, as what shows it is marked as a whole."""
    import pikepdf

    left = list(found.forms)
    while left:
        form = left.pop()
        if form.objgen not in forms:
            try:
                inner = marks_of(form, form.get("/Resources", {}))
            except pikepdf.PdfError:
                return say("isi gambar tidak dapat dibaca")
            forms[form.objgen] = _form_fault(form, inner)
            left += inner.forms
        told = forms[form.objgen]
        if told is not None:
            return told
    return None


def _form_fault(form: Any, inner: Marks) -> Message | None:
    if inner.ids or "/StructParents" in form:
        return say("isi bertanda di dalam gambar (form XObject) tidak didukung")
    if inner.unknown:
        return say("perintah “{operator}” tidak dikenal", operator=inner.unknown)
    return None


def _marks_fault(page: Any, ids: list[int], tree: _Tree, parents: _Parents, seen: set[int]) -> Message | None:
    """Does every mark of the page reach, through the parent tree, the element that claims it?"""
    key = page.get("/StructParents")
    if key is None:
        return say("halaman tidak terhubung ke pohon struktur") if ids else None
    if int(key) in seen:
        return say("dua halaman memakai nomor struktur yang sama")
    seen.add(int(key))
    listed = parents.pages.get(int(key))
    if listed is None:
        return say("nomor struktur halaman tidak ada di pohon induk")
    if len(set(ids)) < len(ids):
        return say("dua isi memakai tanda yang sama")
    for mark in ids:
        owner = tree.marks.pop((page.objgen, mark), None)
        if mark >= len(listed) or owner is None or listed[mark] != owner:
            return say("isi bertanda {mark} tidak menuju elemen di halaman ini", mark=mark)
    return None


def _annotation_fault(annotation: Any, page: Any, tree: _Tree, parents: _Parents, seen: set[int]) -> Message | None:
    if annotation.get("/Subtype") == "/Popup":
        return None
    key = annotation.get("/StructParent")
    owner, on = tree.objects.pop(annotation.objgen, (None, None))
    if key is None or owner is None:
        return say("anotasi (tautan atau bidang) tidak bertanda")
    if int(key) in seen:
        return say("dua anotasi memakai nomor struktur yang sama")
    seen.add(int(key))
    if parents.objects.get(int(key)) != owner or on not in {None, page.objgen}:
        return say("anotasi (tautan atau bidang) tidak menuju elemen di halaman ini")
    return None
