"""The PDF that a book grows into: pages, one structure tree, and what its parts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.pdf.merge_parts import (
    fingerprint,
    open_whole,
    profile_of,
    refuse,
    remove_fields,
    resources,
    sorted_items,
)
from pipeline.pdf.raw import Copying, RawFile, RawWriter
from pipeline.pdf.stamp import NAME, hand_of
from pipeline.pdf.tags import numbers, tree_kids

_PAGES, _DOCUMENT, _BEFORE, _FONT = "/BukuHalamanx", "/BukuDokumenx", "/BukuAwalx", "/BukuHurufx"
"""Names that stand for references to objects of the book until the object that has them is written."""

Lead = Callable[[str, Sequence[int], Sequence[int]], int | None]
"""To which object a link to an address leads, given the objects of the pages of front matter and parts."""


class BookFile:
    """A book that is written part by part into ``file``; the front matter comes last, though its pages stand first.

    So the parts can be taken in while the front matter is still being made.
    """

    def __init__(self, file: IO[bytes], *, numbered: bool) -> None:
        """``numbered``: page numbers are printed on the pages of parts."""
        self._out = RawWriter(file)
        self._catalog, self._pages, self._root, self._document = (self._out.number() for _ in range(4))
        self._page_numbers: list[int] = []
        self._kids: list[int] = []
        self._nums: list[bytes] = []
        self._next = 0
        self._maps: dict[str, dict[str, bytes]] = {"/RoleMap": {}, "/ClassMap": {}}
        self._shared: dict[tuple[str, bytes], int] = {}
        self._fixed = {_PAGES: self._pages, _DOCUMENT: self._document}
        self._numbered = numbered
        self._stamps: list[tuple[int, tuple[float, ...]]] = []
        self._profile: bytes | None = None
        if numbered:
            self._fixed |= {_FONT: self._out.number(), _BEFORE: self._out.add_stream(b"q\n")}

    def add_part(self, path: Path, title: str) -> int:
        """Append a part; how many pages it has. Raises ProofError."""
        source, data = open_whole(path)
        with source:
            self._prove_like(source, path.name)
            part = _Part(source, data, self._out, self._fixed)
            remove_fields(source, part.touch)
            if self._numbered:
                self._stamps += part.keep_room()
            pages = self._take(part, title)
            self._page_numbers += pages
        return len(pages)

    def close(
        self, front: Path, title: str, lead: Lead, heads: Callable[[Any], Sequence[tuple[str, int]]]
    ) -> tuple[int, int]:
        """Put ``front`` before the parts, and write the rest of the file; pages of the front matter, links set.

        ``title`` names the front matter in the tags, ``lead`` says where its links go. ``heads`` are the bookmarks
        (title, page from 0), given the open PDF of the front matter. Raises ProofError.
        """
        source, data = open_whole(front)
        with source:
            self._prove_like(source, say("bagian depan buku"))
            part = _Part(source, data, self._out, self._fixed)
            own = [part.copying.number(page.obj.objgen[0]) for page in source.pages]
            links = part.lead(lambda address: lead(address, own, self._page_numbers))
            catalog = part.catalog()
            info = part.reference("/Info")
            pages = self._take(part, title, at=0)
            self._page_numbers[:0] = pages
            catalog += [b"/Outlines %d 0 R" % self._outline(heads(source)), _labels(len(pages))]
        self._finish(catalog)
        self._out.close(self._catalog, info)
        return len(pages), links

    def number_with(self, path: Path) -> None:
        """Print the page numbers of the parts, in the font of the PDF ``path``. Raises ProofError."""
        source, data = open_whole(path)
        with source:
            font, hand = hand_of(source, path.name)
            copying = Copying(RawFile(data), self._out, {})
            copying.place(font.objgen[0], self._fixed[_FONT])
            copying.finish()
        for number, (target, box) in enumerate(self._stamps, 1):
            self._out.write_stream(target, hand.write(number, box))

    def _prove_like(self, source: Any, name: str | Message) -> None:
        """Can ``source`` be joined, and with what came before it?"""
        refuse(source, name)
        profile = profile_of(source)
        self._profile = self._profile or profile
        if profile is None or profile != self._profile:
            raise _unlike(name, say("profil warnanya lain"))
        self._take_maps(source, name)

    def _take_maps(self, source: Any, name: str | Message) -> None:
        for kind, known in self._maps.items():
            for key, value in sorted_items(source.Root.StructTreeRoot.get(kind)):
                text = value.unparse(resolved=True)
                if known.setdefault(key, text) != text:
                    raise _unlike(name, say("gaya {key} berarti lain di naskah sebelumnya", key=key.removeprefix("/")))

    def _take(self, part: _Part, title: str, at: int | None = None) -> list[int]:
        """Write a part with its structure; the objects of its pages."""
        entries = part.shift(self._next)
        part.unify(self._shared)
        kid = part.as_part(title)
        pages = part.pages()
        self._nums += [b"%d %b" % (number + self._next, text) for number, text in entries]
        self._next += max((number for number, _ in entries), default=-1) + 1
        part.finish()
        self._kids.insert(len(self._kids) if at is None else at, kid)
        return pages

    def _finish(self, catalog: Sequence[bytes]) -> None:
        kids = b" ".join(b"%d 0 R" % number for number in self._page_numbers)
        self._out.write(self._pages, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (len(self._page_numbers), kids))
        kids = b" ".join(b"%d 0 R" % number for number in self._kids)
        self._out.write(
            self._document, b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>" % (self._root, kids)
        )
        parents = self._out.add(b"<< /Nums [ %b ] >>" % b" ".join(self._nums))
        maps = [
            b"%b << %b >>" % (kind.encode(), b" ".join(b"%b %b" % (_name(key), known[key]) for key in sorted(known)))
            for kind, known in self._maps.items()
            if known
        ]
        self._out.write(
            self._root,
            b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d %b >>"
            % (self._document, parents, self._next, b" ".join(maps)),
        )
        self._out.write(
            self._catalog,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R %b >>"
            % (self._pages, self._root, b" ".join(catalog)),
        )

    def _outline(self, heads: Sequence[tuple[str, int]]) -> int:
        """Write the bookmarks, all on one level."""
        root = self._out.number()
        own = [self._out.number() for _ in heads]
        for at, (title, page) in enumerate(heads):
            sides = b"" if at == 0 else b" /Prev %d 0 R" % own[at - 1]
            sides += b"" if at == len(own) - 1 else b" /Next %d 0 R" % own[at + 1]
            target = b"[ %d 0 R /Fit ]" % self._page_numbers[page]
            self._out.write(own[at], b"<< /Title %b /Parent %d 0 R%b /Dest %b >>" % (_text(title), root, sides, target))
        ends = b" /First %d 0 R /Last %d 0 R" % (own[0], own[-1]) if own else b""
        self._out.write(root, b"<< /Type /Outlines /Count %d%b >>" % (len(own), ends))
        return root


class _Part:
    """A PDF on its way into the book. What is changed of it is changed in memory and written instead."""

    def __init__(self, source: Any, data: bytes, out: RawWriter, fixed: dict[str, int]) -> None:
        self._source = source
        self._raw = RawFile(data)
        self._out = out
        self._fixed = {name.encode(): number for name, number in fixed.items()}
        self._touched: dict[int, Any] = {}
        self.copying = Copying(self._raw, out, self._fixed)

    def touch(self, changed: Any) -> None:
        """Remember that ``changed`` is not any more as it is in the file."""
        if changed.is_indirect:
            self._touched[changed.objgen[0]] = changed

    def reference(self, key: str) -> int | None:
        """The number in the book of what the trailer holds under ``key``."""
        held = self._source.trailer.get(key)
        return None if held is None or not held.is_indirect else self.copying.number(held.objgen[0])

    def pages(self) -> list[int]:
        """The numbers of the pages in the book."""
        import pikepdf

        for page in self._source.pages:
            page.obj.Parent = pikepdf.Name(_PAGES)
            self.touch(page.obj)
        return [self.copying.number(page.obj.objgen[0]) for page in self._source.pages]

    def catalog(self) -> list[bytes]:
        """What the catalog of the book takes over from this part: metadata, colours, attachments and fields."""
        root = self._source.Root
        kept = [key for key in ("/Metadata", "/OutputIntents", "/AF", "/AcroForm") if key in root]
        held = [b"%b %b" % (key.encode(), self.copying.text(root[key].unparse())) for key in kept]
        files = root.get("/Names", {}).get("/EmbeddedFiles")
        if files is not None:
            held.append(b"/Names << /EmbeddedFiles %b >>" % self.copying.text(files.unparse()))
        return [
            *held,
            b"/Lang %b" % _text(str(root.get("/Lang", "id-ID"))),
            b"/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> /PageMode /UseOutlines",
        ]

    def shift(self, offset: int) -> list[tuple[int, bytes]]:
        """Move the keys of pages and annotations on by ``offset``; the entries of the parent tree, keys as before."""
        entries = dict(numbers(self._source.Root.StructTreeRoot.get("/ParentTree")))
        for page in self._source.pages:
            for holder in (page.obj, *page.obj.get("/Annots", ())):
                key = "/StructParents" if holder.objgen == page.obj.objgen else "/StructParent"
                if key in holder:
                    holder[key] = int(holder[key]) + offset
                    self.touch(holder)
        return [(number, self.copying.text(entries[number].unparse())) for number in sorted(entries)]

    def as_part(self, title: str) -> int:
        """The root element of the structure becomes a ``Part`` called ``title``; its number in the book."""
        import pikepdf

        tree = self._source.Root.StructTreeRoot
        kids = tree_kids(tree)
        if len(kids) == 1 and kids[0].get("/S") == pikepdf.Name.Document:
            part = kids[0]
            part.S, part.P, part.T = pikepdf.Name.Part, pikepdf.Name(_DOCUMENT), title
            self.touch(part)
            return self.copying.number(part.objgen[0])
        number = self._out.number()
        name = f"/BukuBagian{number}x"
        self._fixed[name.encode()] = number
        for kid in kids:
            kid.P = pikepdf.Name(name)
            self.touch(kid)
        held = b" ".join(b"%d 0 R" % self.copying.number(kid.objgen[0]) for kid in kids)
        above = self._fixed[_DOCUMENT.encode()]
        self._out.write(
            number, b"<< /Type /StructElem /S /Part /P %d 0 R /T %b /K [ %b ] >>" % (above, _text(title), held)
        )
        return number

    def unify(self, known: dict[tuple[str, bytes], int]) -> None:
        """Use fonts and drawings that the book has already, where they are the same to the last byte."""
        import pikepdf

        for held in resources(self._source.pages):
            for kind in ("/Font", "/XObject"):
                for name, value in sorted_items(held.get(kind)):
                    found = fingerprint(value) if value.is_indirect else None
                    if found is None:
                        continue
                    mark = (kind, found)
                    if mark not in known:
                        known[mark] = self.copying.number(value.objgen[0])
                    elif known[mark] != self.copying.known(value.objgen[0]):
                        stand = f"/BukuSama{known[mark]}x"
                        self._fixed[stand.encode()] = known[mark]
                        held[kind][name] = pikepdf.Name(stand)
                        for changed in (held, held[kind]):
                            self.touch(changed)

    def keep_room(self) -> list[tuple[int, tuple[float, ...]]]:
        """Let every page go on in an object that is yet to be written: its number, and the media box of the page."""
        import pikepdf

        for held in resources(self._source.pages):
            if "/Font" not in held:
                held.Font = pikepdf.Dictionary()
            held.Font[NAME] = pikepdf.Name(_FONT)
            for changed in (held, held.Font):
                self.touch(changed)
        kept = []
        for page in self._source.pages:
            number = self._out.number()
            stand = f"/BukuNomor{number}x"
            self._fixed[stand.encode()] = number
            content = page.obj.get("/Contents", pikepdf.Array())
            own = list(content) if isinstance(content, pikepdf.Array) else [content]
            page.obj.Contents = pikepdf.Array([pikepdf.Name(_BEFORE), *own, pikepdf.Name(stand)])
            self.touch(page.obj)
            kept.append((number, tuple(float(side) for side in page.mediabox)))
        return kept

    def lead(self, target: Callable[[str], int | None]) -> int:
        """Let the links that ``target`` knows lead to the pages it gives; how many they are."""
        import pikepdf

        count = 0
        for mark in self._links():
            page = target(str(mark.A.URI))
            if page is None:
                continue
            stand = f"/BukuTujuan{page}x"
            self._fixed[stand.encode()] = page
            del mark["/A"]
            mark.Dest = pikepdf.Array([pikepdf.Name(stand), pikepdf.Name.Fit])
            self.touch(mark)
            count += 1
        return count

    def _links(self) -> Iterator[Any]:
        for page in self._source.pages:
            for mark in page.obj.get("/Annots", ()):
                if "/URI" in mark.get("/A", {}):
                    yield mark

    def finish(self) -> None:
        """Write the part."""
        for number, changed in self._touched.items():
            self._raw.override[number] = changed.unparse(resolved=True)
        self.copying.finish()


def _labels(front: int) -> bytes:
    """Roman numbers for the front matter, arabic ones from the first part on."""
    return b"/PageLabels << /Nums [ 0 << /S /r >> %d << /S /D /St 1 >> ] >>" % front


def _name(key: str) -> bytes:
    import pikepdf

    return bytes(pikepdf.Name(key).unparse())


def _text(text: str) -> bytes:
    import pikepdf

    return bytes(pikepdf.String(text).unparse())


def _unlike(name: str | Message, reason: Message) -> ProofError:
    return ProofError(
        say(
            "{name} tidak dapat digabung dengan naskah lain di buku: {reason}. Buat ulang semua SOP dengan "
            "tertib build --force, lalu jalankan tertib book lagi.",
            name=name,
            reason=reason,
        )
    )
