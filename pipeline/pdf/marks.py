"""What is drawn on the pages is marked as what it is: decoration as an artifact, a picture as the figure it belongs to.

LibreOffice 7.4 draws the borders of paragraphs outside any mark, pictures that stand in a line of text as artifacts
beside an empty figure, and a watermark as a figure without a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.pdf.figures import box_of
from pipeline.pdf.tags import numbers, tree_kids

if TYPE_CHECKING:
    import pikepdf

_MARK = re.compile(rb"(?m)^(?:(EMC)|/\S+ ?(?:<<[^\n]*>> ?)?B[DM]C) *\r?$")
"""A line that begins or ends a mark: LibreOffice puts each on its own, and writes text as hexadecimal."""
_BEGINS = re.compile(rb"B(?<!\wB)[DM]C\b")
_PAINTS = re.compile(rb"(?:^|[\s\]>)])(?:S|s|f\*?|F|B\*?|b\*?|Do|sh|Tj|TJ|')(?=\s|$)")
_PICTURE = re.compile(rb"([-\d.]+) 0 0 ([-\d.]+) ([-\d.]+) ([-\d.]+) cm\s+/\S+ Do\b")
_ARTIFACT = b"/Artifact BMC"
_TRANSPARENT = b" gs"
_BACKGROUND = b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"
_NUMBER = re.compile(rb"/MCID (\d+)")
_STATE = rb"(?:[-\d.]+|q|Q|rg|RG|g|G|re|W\*?|n|w|/EGS\d+ gs)"
_WATERMARK = re.compile(rb"\s*(?:" + _STATE + rb"\s+)*/Tr\d+ Do(?:\s+" + _STATE + rb")*\s*")
"""One transparent form, and nothing before or after it but where and how it is drawn."""
_NEAR = 3.0
"""Points that the box of a figure may lie off its picture."""


class Stretch(NamedTuple):
    """A piece of content: the mark around it (b"" outside of any) and where its inside begins and ends."""

    mark: bytes
    start: int
    end: int


def mend(pdf: pikepdf.Pdf, figures: Sequence[Any]) -> tuple[Any, ...]:
    """Mark what is drawn without a mark on the pages of ``pdf``, and tie pictures to empty ``figures``.

    Returns the figures that stay; those of watermarks leave the tags.
    """
    empty: dict[tuple[int, int], list[Any]] = {}
    for figure in figures:
        if "/K" not in figure and "/Pg" in figure:
            empty.setdefault(figure.Pg.objgen, []).append(figure)
    gone: set[Any] = set()
    entries = dict(numbers(pdf.Root.StructTreeRoot.get("/ParentTree")))
    for page in pdf.pages:
        content = _content(page)
        pieces = _understood(content)
        if pieces is None:
            continue
        parents = entries.get(int(page.obj.get("/StructParents", -1)))
        mended = content
        if parents is not None:
            if _TRANSPARENT in content:
                mended = _without_watermark(content, pieces, parents, gone)
                pieces = pieces if mended is content else tuple(stretches(mended))
            tied = _tied(mended, pieces, empty.get(page.obj.objgen, []), parents)
            pieces = pieces if tied is mended else tuple(stretches(tied))
            mended = tied
        mended = _marked(mended, pieces)
        if mended is not content:
            page.obj.Contents = pdf.make_stream(mended)
    return tuple(figure for figure in figures if figure.objgen not in gone)


def _content(page: pikepdf.Page) -> bytes:
    import pikepdf

    content: Any = page.obj.get("/Contents", ())
    parts = [content] if isinstance(content, pikepdf.Stream) else content
    return b"\n".join(part.read_bytes() for part in parts)


def _understood(content: bytes) -> tuple[Stretch, ...] | None:
    """The stretches of ``content`` when every mark stands on a line of its own.

    Otherwise None: it is left alone, and the proof decides.
    """
    found = list(_MARK.finditer(content))
    ends = sum(one[1] is not None for one in found)
    if content.count(b"EMC") == ends == len(found) - ends == len(_BEGINS.findall(content)):
        return tuple(_between(content, found))
    return None


def stretches(content: bytes) -> Iterator[Stretch]:
    """The outermost marks of ``content`` and what lies between them, in order."""
    return _between(content, _MARK.finditer(content))


def _between(content: bytes, marks: Iterable[re.Match[bytes]]) -> Iterator[Stretch]:
    depth, start, mark = 0, 0, b""
    for found in marks:
        if found[1]:
            depth -= 1
            if depth == 0:
                yield Stretch(mark, start, found.start())
                start = found.end()
        else:
            if depth == 0:
                yield Stretch(b"", start, found.start())
                start, mark = found.end(), found[0].strip()
            depth += 1
    yield Stretch(b"", start, len(content))


def _marked(content: bytes, pieces: Iterable[Stretch]) -> bytes:
    """``content``, which is in ``pieces``, with what is painted outside of all marks marked as an artifact."""
    bare = [one for one in pieces if not one.mark and _PAINTS.search(content, one.start, one.end)]
    for one in reversed(bare):
        inside = content[one.start : one.end].strip(b"\n")
        content = (
            content[: one.start] + b"\n" + _ARTIFACT + b"\n" + inside + b"\nEMC\n" + content[one.end :].lstrip(b"\n")
        )
    return content


def _without_watermark(content: bytes, pieces: Sequence[Stretch], parents: Any, gone: set[Any]) -> bytes:
    """``content`` with a transparent form that nothing is said about marked as the watermark that it is.

    ``parents`` are the elements of the marks of the page; the one of the watermark leaves the tree for ``gone``.
    """
    for one in reversed(pieces):
        number = _NUMBER.search(one.mark)
        if number is None or not _WATERMARK.fullmatch(content, one.start, one.end):
            continue
        element = parents[int(number[1])]
        if "/Alt" in element or len(tree_kids(element)) != 1:
            continue
        _cut(element)
        gone.add(element.objgen)
        parents[int(number[1])] = None
        begin = content.rindex(one.mark, 0, one.start)
        content = content[:begin] + _BACKGROUND + content[begin + len(one.mark) :]
    return content


def _cut(element: Any) -> None:
    import pikepdf

    left = [kid for kid in tree_kids(element.P) if getattr(kid, "objgen", None) != element.objgen]
    element.P.K = pikepdf.Array(left)


def _tied(content: bytes, given: Iterable[Stretch], figures: list[Any], parents: Any) -> bytes:
    """``content`` with each picture in an artifact marked as the one of ``figures`` whose box it fills."""
    import pikepdf

    if not figures:
        return content
    pieces, done = [], 0
    for one in given:
        picture = _PICTURE.search(content, one.start, one.end) if one.mark == _ARTIFACT else None
        figure = None if picture is None else _nearest(figures, picture)
        if figure is None:
            continue
        figures[:] = [other for other in figures if other.objgen != figure.objgen]
        number = len(parents)
        parents.append(figure)
        figure.K = pikepdf.Array([number])
        begin = content.rindex(_ARTIFACT, 0, one.start)
        pieces += [content[done:begin], b"/Figure<</MCID %d>>BDC" % number]
        done = one.start
    return b"".join([*pieces, content[done:]]) if pieces else content


def _nearest(figures: list[Any], picture: re.Match[bytes]) -> Any:
    width, height, left, bottom = (float(number) for number in picture.groups())
    sides = (left, bottom, left + width, bottom + height)
    for figure in figures:
        box = box_of(figure)
        if box is not None and all(abs(one - other) < _NEAR for one, other in zip(box, sides, strict=True)):
            return figure
    return None
