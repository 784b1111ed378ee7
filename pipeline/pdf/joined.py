"""The structure tree of a joined PDF, held against its pages without opening them: for books of any size.

Joining can go wrong in one way that validators do not see: pages that lead into the tree of another part. Here every
page is followed through the parent tree to its elements, which must lie on that page, and every element to the root,
as it stands in the file. What the pages hold is not looked at: parts are proved whole before they are joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.pdf.raw import RawFile

_KEY: Final = re.compile(rb"/StructParents? (\d+)")
_ABOVE: Final = re.compile(rb"/P (\d+) 0 R")
_BELOW: Final = re.compile(rb"/K (\[[^\]]*\]|\d+ 0 R|<<[^>]*>>|\d+)")
_PAGE: Final = re.compile(rb"/Pg (\d+) 0 R")
_LINK: Final = re.compile(rb"(\d+) 0 R")
_OBJECT: Final = re.compile(rb"<<[^<>]*>>")
_LEAF: Final = re.compile(rb"/Type /(?:OBJR|MCR)\b")
_ENTRY: Final = re.compile(rb"(\d+) (\d+ 0 R|\[[^\]]*\])")
_WORDS: Final = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)


def prove_joined(path: Path, name: str) -> None:
    """Prove the tags of ``path``, told as ``name``, as ``merge`` writes them. Raises ProofError."""
    try:
        fault = next(_faults(path.read_bytes()), None)
    except (ValueError, AttributeError, TypeError, KeyError):  # not as merge writes it
        fault = say("pohon struktur tidak terbaca")
    if fault is not None:
        raise ProofError(
            say(
                "{name}: penanda struktur buku salah: {fault}. Jalankan lagi; bila terulang, laporkan.",
                name=name,
                fault=fault,
            )
        )


def _faults(data: bytes) -> Iterator[Message]:
    file = RawFile(data)

    def held(number: int) -> bytes:
        text = file.object(number)[0]
        return _WORDS.sub(b"()", text) if b"(" in text else text

    def one(pattern: bytes, text: bytes) -> int:
        found = re.search(rb"/" + pattern + rb" (\d+) 0 R", text)
        if found is None:
            raise ValueError(pattern)
        return int(found[1])

    catalog = held(one(b"Root", data[data.rindex(b"trailer") :]))
    root = one(b"StructTreeRoot", catalog)
    tree = held(root)
    pages = [int(number) for number in _LINK.findall(_kids(held(one(b"Pages", catalog))))]
    elements = _Elements(held)
    if not elements.read(one(b"K", tree), root):
        yield say("elemen menunjuk induk yang salah")
    entries = {int(key): value for key, value in _ENTRY.findall(held(one(b"ParentTree", tree)).partition(b"[")[2])}
    taken: set[int] = set()
    for at, page in enumerate(pages, 1):
        found = _KEY.search(held(page))
        if found is None or int(found[1]) in taken or int(found[1]) not in entries:
            yield say("halaman {page} tidak punya tempat di pohon induk", page=at)
            continue
        taken.add(int(found[1]))
        value = entries[int(found[1])]
        marks = value if value.startswith(b"[") else held(int(value.split()[0]))
        for number in map(int, _LINK.findall(marks)):
            if page not in elements.pages.get(number, ()):
                yield say("isi halaman {page} menunjuk elemen di halaman lain", page=at)
                break


class _Elements:
    """All elements reached from the root, with the pages on which each of them has content."""

    def __init__(self, held: Callable[[int], bytes]) -> None:
        self._held = held
        self.pages: dict[int, tuple[int, ...]] = {}

    def read(self, top: int, root: int) -> bool:
        """Walk the tree below ``top``; is every element below the one that it names as the one above?"""
        left = [(top, root)]
        while left:
            number, above = left.pop()
            text = self._held(number)
            if _LEAF.search(text):
                continue
            parent = _ABOVE.search(text)
            if parent is None or int(parent[1]) != above or number in self.pages:
                return False
            self.pages[number] = tuple(map(int, _PAGE.findall(text)))
            kids = _BELOW.search(text)
            if kids is not None:
                # What stands in dictionaries are marks and objects, not elements.
                left += [(int(kid), number) for kid in _LINK.findall(_OBJECT.sub(b"", kids[1]))]
        return True


def _kids(pages: bytes) -> bytes:
    return pages.partition(b"/Kids [")[2].partition(b"]")[0]
