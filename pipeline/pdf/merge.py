"""Many finished PDFs become one tagged PDF: the book of procedures.

What libraries lose or get wrong on merging is done by hand here: without it the tags of a merged file point into the
tree of its first part while validators still pass it, so every marked content, page and annotation is carried over
into one structure tree. Nothing signed is ever merged: joining breaks signatures.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.pdf.merge_parts import (
    Shared,
    numbers,
    open_source,
    outline_of,
    profile_of,
    refuse,
    remove_fields,
    tree_kids,
)
from pipeline.pdf.stamp import print_numbers

_LINKS: Final = "http://buku-sop.invalid/"
"""Address of what only becomes a link within the book once it is merged; no such host can exist."""
_FRONT: Final = "depan/"


def link_to_part(number: int) -> str:
    """What a link of the front matter says to lead to part ``number`` (from 1)."""
    return f"{_LINKS}{number}"


def link_to_front(page: int) -> str:
    """What a link of the front matter says to lead to its own page ``page`` (from 1)."""
    return f"{_LINKS}{_FRONT}{page}"


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF of the book. ``title`` names it in the tags, ``bookmark`` in the list of bookmarks."""

    path: Path
    title: str
    bookmark: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: pages of the front matter, first page (from 0) of each part, all pages, links set."""

    front: int
    starts: tuple[int, ...]
    pages: int
    links: int


def merge(
    front: Path, parts: Sequence[Part], target: Path, *, title: str, cover: str = "", numbering: Path | None = None
) -> Merged:
    """Write ``front`` and ``parts`` to ``target`` as one PDF with one structure tree.

    The pages of ``front`` are labelled i, ii, ..., those of the parts 1, 2, ...; with ``numbering``, a PDF whose font
    is used (see ``pipeline.pdf.stamp``), the latter are printed at the heads of their pages. Metadata, attachments and
    signature fields are those of ``front``; those of the parts are left out. Links in ``front`` lead to where
    ``link_to_part`` and ``link_to_front`` say. ``cover`` is the bookmark of the first page. The bytes depend on the
    arguments alone. Raises ProofError, naming the file, for what cannot be merged.
    """
    import pikepdf

    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.new())
        joined = _Book(book)
        source = stack.enter_context(open_source(front))
        joined.add(source, front.name, title)
        joined.take_catalog(source)
        count = len(book.pages)
        heads = [*([(cover, 0)] if cover else []), *outline_of(source)]
        starts = []
        for part in parts:
            source = stack.enter_context(open_source(part.path))
            starts.append(len(book.pages))
            heads.append((part.bookmark, len(book.pages)))
            refuse(source, part.path.name)
            remove_fields(source)
            joined.add(source, part.path.name, part.title)
        joined.close()
        links = _lead(book, count, starts)
        _label(book, count)
        _bookmark(book, heads)
        if numbering is not None:
            print_numbers(book, count, stack.enter_context(open_source(numbering)), numbering.name)
        # qpdf writes in millions of small pieces: into a file that is open already this takes a third of the time.
        with target.open("wb") as file:
            book.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return Merged(count, tuple(starts), len(book.pages), links)


class _Book:
    """The PDF that grows: its structure tree, and what its parts share."""

    def __init__(self, book: Any) -> None:
        import pikepdf

        self._book = book
        self._root = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        self._document = book.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=self._root)
        )
        self._kids: list[Any] = []
        self._nums: list[Any] = []
        self._next = 0
        self._maps: dict[str, dict[str, Any]] = {"/RoleMap": {}, "/ClassMap": {}}
        self._shared = Shared()
        self._profile: bytes | None = None

    def add(self, source: Any, name: str, title: str) -> None:
        """Append the pages of ``source`` and its structure tree. Raises ProofError."""
        import pikepdf

        self._same_profile(source, name)
        first = len(self._book.pages)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of fields: see take_catalog
            self._book.pages.extend(source.pages)
        # Only now: pages that come in through the tree would be second copies.
        tree = self._book.copy_foreign(source.Root.StructTreeRoot)
        self._take_maps(tree, name)
        self._take_tree(tree, title, source)
        self._shift(range(first, len(self._book.pages)), tree)
        self._shared.unify(self._book.pages[at] for at in range(first, len(self._book.pages)))

    def _same_profile(self, source: Any, name: str) -> None:
        profile = profile_of(source)
        if self._profile is None:
            self._profile = profile
        if profile is None or profile != self._profile:
            raise _unlike(name, say("profil warnanya lain"))

    def _take_maps(self, tree: Any, name: str) -> None:
        for kind, known in self._maps.items():
            for key, value in dict(tree.get(kind, {})).items():
                if key in known and known[key] != value:
                    raise _unlike(name, say("gaya {key} berarti lain di naskah sebelumnya", key=key.removeprefix("/")))
                known[key] = value

    def _take_tree(self, tree: Any, title: str, source: Any) -> None:
        """The root element of a source becomes a ``Part``; several become its children."""
        import pikepdf

        kids = tree_kids(tree)
        if len(kids) == 1 and kids[0].get("/S") == pikepdf.Name.Document:
            part = kids[0]
        else:
            part = self._book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, K=pikepdf.Array(kids)))
            for kid in kids:
                kid.P = part
        part.S, part.P, part.T = pikepdf.Name.Part, self._document, title
        language = source.Root.get("/Lang")
        if language is not None and language != self._book.Root.get("/Lang", language):
            part.Lang = language
        self._kids.append(part)

    def _shift(self, pages: range, tree: Any) -> None:
        """Give pages and annotations of a source the keys that follow those before."""
        import pikepdf

        entries = dict(numbers(tree.get("/ParentTree")))
        for at in pages:
            page = self._book.pages[at].obj
            for holder in (page, *page.get("/Annots", ())):
                key = "/StructParents" if holder is page else "/StructParent"
                if key in holder:
                    holder[key] = int(holder[key]) + self._next
        for number in sorted(entries):
            self._nums.extend([number + self._next, entries[number]])
        self._next += max(entries, default=-1) + 1
        if "/ParentTree" in tree:
            tree.ParentTree = pikepdf.Dictionary()

    def take_catalog(self, source: Any) -> None:
        """Language, metadata, colour profile, attachments and fields of the book are those of its front matter."""
        import pikepdf

        root, own = source.Root, self._book.Root
        for key in ("/Metadata", "/OutputIntents", "/AF", "/AcroForm"):
            if key in root:
                own[key] = self._copied(root[key], source)
        if "/EmbeddedFiles" in root.get("/Names", {}):
            own.Names = pikepdf.Dictionary(EmbeddedFiles=self._copied(root.Names.EmbeddedFiles, source))
        own.Lang = pikepdf.String(str(root.get("/Lang", "id-ID")))
        own.MarkInfo = pikepdf.Dictionary(Marked=True)
        own.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        own.PageMode = pikepdf.Name.UseOutlines
        if "/Info" in source.trailer:
            self._book.trailer.Info = self._copied(source.trailer.Info, source)

    def _copied(self, value: Any, source: Any) -> Any:
        # Only what is indirect can be copied.
        return self._book.copy_foreign(value if value.is_indirect else source.make_indirect(value))

    def close(self) -> None:
        """Put the structure tree together."""
        import pikepdf

        root = self._root
        root.K = self._document
        self._document.K = pikepdf.Array(self._kids)
        root.ParentTree = self._book.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(self._nums)))
        root.ParentTreeNextKey = self._next
        for kind, known in self._maps.items():
            if known:
                root[kind] = pikepdf.Dictionary({key: known[key] for key in sorted(known)})
        self._book.Root.StructTreeRoot = root


def _lead(book: Any, front: int, starts: Sequence[int]) -> int:
    """Let the links of the front matter lead to where they say; how many there are. Raises ProofError."""
    import pikepdf

    count = 0
    for page in book.pages[:front]:
        for mark in page.obj.get("/Annots", ()):
            address = str(mark.get("/A", {}).get("/URI", ""))
            if address.startswith(_LINKS):
                target = _target(address.removeprefix(_LINKS), front, starts)
                del mark["/A"]
                mark.Dest = pikepdf.Array([book.pages[target].obj, pikepdf.Name.Fit])
                count += 1
    return count


def _target(name: str, front: int, starts: Sequence[int]) -> int:
    number = name.removeprefix(_FRONT)
    most = front if number != name else len(starts)
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= most:
        raise ProofError(say("Daftar isi menunjuk ke tempat yang tidak ada di buku ({name}).", name=name))
    return int(number) - 1 if number != name else starts[int(number) - 1]


def _label(book: Any, front: int) -> None:
    import pikepdf

    # Keys in ascending order; without front matter the second would have the key of the first.
    labels: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.r)] if front else []
    labels += [front, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)]
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def _bookmark(book: Any, heads: Iterable[tuple[str, int]]) -> None:
    import pikepdf

    with book.open_outline() as outline:
        for title, page in heads:
            outline.root.append(pikepdf.OutlineItem(title, page, pikepdf.PageLocation.Fit))


def _unlike(name: str, reason: Message) -> ProofError:
    return ProofError(
        say(
            "{name} tidak dapat digabung dengan naskah lain di buku: {reason}. Buat ulang semua SOP dengan "
            "tertib build --force, lalu jalankan tertib book lagi.",
            name=name,
            reason=reason,
        )
    )
