"""What a PDF has to be, and to lose, before it may become part of a book."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.pdf.raw import is_plain
from pipeline.pdf.tags import numbers, tree_kids


def sorted_items(held: Any) -> list[tuple[str, Any]]:
    """Names and values of a dictionary of pikepdf (None: none), sorted: as it comes, the order is another every run."""
    return [] if held is None else [(key, held[key]) for key in sorted(held.keys())]


_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def open_source(path: Path) -> Any:
    """``path`` as an open ``pikepdf.Pdf``. Raises ProofError when it is no PDF that can be read whole."""
    return open_whole(path)[0]


def open_whole(path: Path) -> tuple[Any, bytes]:
    """``path`` as an open ``pikepdf.Pdf`` and its bytes, in a form that ``RawFile`` reads. Raises ProofError."""
    import pikepdf

    try:
        data = path.read_bytes()
        pdf = pikepdf.open(io.BytesIO(data), inherit_page_attributes=False)
        if not pdf.is_encrypted and (_inherits(pdf) or not is_plain(data)):
            pdf.close()
            # What pages inherit is put into objects of their own, which the file as it stands does not have.
            pdf = pikepdf.open(io.BytesIO(data))
            written = io.BytesIO()
            pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
            pdf.close()
            data = written.getvalue()
            pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise unfit(path.name, say("terkunci kata sandi")) from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise unfit(path.name, say("rusak atau bukan PDF")) from error
    except OSError as error:
        raise unfit(path.name, why(error)) from error
    if pdf.is_encrypted:
        pdf.close()
        raise unfit(path.name, say("terenkripsi"))
    return pdf, data


def _inherits(pdf: Any) -> bool:
    """Do pages have sizes, resources or turns from what is above them?"""
    known = {}
    for page in pdf.pages:
        above = page.obj.get("/Parent")
        while above is not None and above.objgen not in known:
            known[above.objgen] = any(key in above for key in _INHERITED)
            above = above.get("/Parent")
    return any(known.values())


def refuse(source: Any, name: str | Message) -> None:
    """Raise ProofError for a source that cannot be merged without loss: signed, untagged, with tags inside forms."""
    if any("/V" in field for field in _fields(source) if field.get("/FT") == "/Sig"):
        raise unfit(name, say("sudah ditandatangani, dan menggabungkan berkas merusak tanda tangannya"))
    if "/StructTreeRoot" not in source.Root:
        raise unfit(name, say("tidak bertanda struktur"))
    for holder in resources(source.pages):
        for _, drawn in sorted_items(holder.get("/XObject")):
            if "/StructParents" in drawn or "/StructParent" in drawn:
                raise unfit(name, say("memuat gambar dengan struktur sendiri"))


def unfit(name: str | Message, reason: Message | str) -> ProofError:
    """The error for a file that cannot go into a book."""
    return ProofError(
        say(
            "{name} tidak dapat masuk ke buku: {reason}. Buat ulang dengan tertib build, lalu jalankan "
            "tertib book lagi.",
            name=name,
            reason=reason,
        )
    )


def profile_of(source: Any) -> bytes | None:
    """The ICC profile of the first output intent, None without one."""
    for intent in source.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None:
            return bytes(profile.read_bytes())
    return None


def remove_fields(source: Any, touched: Callable[[Any], None]) -> None:
    """Take the empty signature fields of ``source`` off its pages and out of its tags; the file is not touched.

    ``touched`` is told every element of the tree that lost something.
    """
    import pikepdf

    tree = source.Root.StructTreeRoot
    gone: set[int] = set()
    elements = None
    for page in source.pages:
        marks = page.obj.get("/Annots")
        if marks is None:
            continue
        kept = [mark for mark in marks if mark.get("/Subtype") != pikepdf.Name.Widget]
        if len(kept) == len(marks):
            continue
        elements = dict(numbers(tree.get("/ParentTree"))) if elements is None else elements
        for mark in marks:
            if mark.get("/Subtype") == pikepdf.Name.Widget and "/StructParent" in mark:
                key = int(mark.StructParent)
                gone.add(key)
                if key in elements:
                    _cut(elements[key], tree, touched)
        if kept:
            page.obj.Annots = pikepdf.Array(kept)
        else:
            del page.obj["/Annots"]
    if gone and elements is not None:
        left = [value for key in sorted(set(elements) - gone) for value in (key, elements[key])]
        tree.ParentTree = pikepdf.Dictionary(Nums=pikepdf.Array(left))


def _cut(element: Any, tree: Any, touched: Callable[[Any], None]) -> None:
    """Take ``element`` out of the tree, and what held nothing else."""
    import pikepdf

    parent = element.get("/P")
    if parent is None or element.objgen == tree.objgen:
        return
    left = [kid for kid in tree_kids(parent) if not _same(kid, element)]
    parent.K = pikepdf.Array(left)
    touched(parent)
    if not left and parent.get("/S") not in (pikepdf.Name.Document, None):
        _cut(parent, tree, touched)


def _same(kid: Any, element: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and kid.is_indirect and kid.objgen == element.objgen


def outline_of(source: Any) -> list[tuple[str, int]]:
    """Title and page (from 0) of the bookmarks of the first level that lead to a page."""
    at = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    found = []
    with source.open_outline() as outline:
        for item in outline.root:
            target: Any = item.destination
            if target is None and item.action is not None:
                target = item.action.get("/D")
            try:
                page = at[target[0].objgen]
            except (TypeError, KeyError, AttributeError, IndexError, ValueError):
                continue
            found.append((str(item.title), page))
    return found


def _fields(source: Any) -> Iterator[Any]:
    yield from source.Root.get("/AcroForm", {}).get("/Fields", ())


def resources(pages: Iterable[Any]) -> Iterator[Any]:
    """The resources of ``pages``; what several share comes once."""
    seen = set()
    for page in pages:
        held = page.obj.get("/Resources")
        if held is None or (held.is_indirect and held.objgen in seen):
            continue
        seen.add(held.objgen)
        yield held


_DEEPEST: Final = 12


def fingerprint(value: Any) -> bytes | None:
    """A hash of everything that ``value`` holds, through its references; None where it is too deep to be compared."""
    try:
        return _hash(value, 0)
    except RecursionError:
        return None


def _hash(value: Any, depth: int) -> bytes:
    import pikepdf

    if depth > _DEEPEST:
        raise RecursionError
    made = hashlib.sha256()
    if isinstance(value, pikepdf.Stream):
        made.update(_hash(value.stream_dict, depth + 1))
        made.update(value.read_raw_bytes())
    elif isinstance(value, pikepdf.Dictionary):
        for key in sorted(value.keys()):
            made.update(key.encode())
            made.update(_hash(value[key], depth + 1))
    elif isinstance(value, pikepdf.Array):
        made.update(b"[%d" % len(value))
        for each in value:
            made.update(_hash(each, depth + 1))
    else:
        made.update(repr(value).encode())
    return made.digest()
