"""What in a PDF acts by itself: scripts, dynamic forms, commands that start programs or send data, films and sound.

Whoever signs a PDF signs what it shows. What can change that, or does something when it is opened or clicked at, is
not to be signed: nobody sees it on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pipeline.errors import SignatureError, UsageError
from pipeline.model.message import Message, joined, say, verbatim
from pipeline.sign.reading import damaged, prove_pdf_head, reader_of

ACTIONS: Final = frozenset(
    (
        *("/JavaScript", "/Launch", "/SubmitForm", "/ResetForm", "/ImportData", "/GoToR", "/GoToE", "/GoToDp", "/Hide"),
        *("/SetOCGState", "/Rendition", "/Movie", "/Sound", "/Trans", "/GoTo3DView", "/RichMediaExecute"),
    )
)
"""Actions (ISO 32000-2, 12.6.4) that do more than go to a place in the document or to an address on the web."""
ANNOTATIONS: Final = frozenset({"/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})
"""Annotations that play something."""
_SCRIPT: Final = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)
"""The beginning of an address that is none on the web."""
_HINT: Final = re.compile(
    rb"/(?:JS|XFA|URI|3D|%b)\b"
    % b"|".join(re.escape(name[1:].encode()) for name in sorted(ACTIONS | ANNOTATIONS - {"/3D"}))
)
"""Without one of these words an object has nothing that acts; most have none."""
_AWAY: Final = frozenset({"/Parent", "/P", "/Pg", "/Dest", "/D", "/Resources", "/Contents", "/Popup"})
"""Keys in the annotations of a page that lead away from them."""
_DEEPEST: Final = 60
_MOST_TOLD: Final = 5


def prove_passive(data: bytes) -> None:
    """Raises UsageError when the PDF ``data`` holds anything that acts by itself, saying what and where.

    Raises SignatureError for what is no readable PDF.
    """
    import pikepdf

    prove_pdf_head(data)
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            hinted = any(_HINT.search(_text(one)) for one in pdf.objects)
            found = list(dict.fromkeys(_all(pdf))) if hinted else []
    except pikepdf.PasswordError:
        reader_of(data)  # says so
        raise
    except SignatureError:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        raise damaged() from error
    if found:
        raise _refusal(found)


def _refusal(found: list[Message]) -> UsageError:
    told = joined("; ", found[:_MOST_TOLD])
    if len(found) > _MOST_TOLD:
        told = say("{what}; dan {rest} lagi", what=told, rest=len(found) - _MOST_TOLD)
    return UsageError(
        say(
            "PDF ini memuat isi yang dapat bertindak sendiri atau mengubah tampilannya: {what}. Isi seperti itu tidak "
            "tampak di halaman, jadi tidak ditandatangani. Buat lagi PDF-nya dengan tertib build, atau minta PDF tanpa "
            "isi aktif kepada pembuatnya.",
            what=told,
        )
    )


def _text(one: Any) -> bytes:
    """An object as it is written, what it refers to as references."""
    import pikepdf

    plain = one.stream_dict if isinstance(one, pikepdf.Stream) else one
    return bytes(plain.unparse(resolved=True))


def _all(pdf: Any) -> Iterator[Message]:
    """First what belongs to a page, then what else there is in any object, used or not."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        for key in ("/AA", "/Annots"):
            yield from _walk(page.obj.get(key), _Place(number, page.obj.objgen[0]), seen)
    for one in pdf.objects:
        yield from _walk(one, _Place(0, 0), seen)


class _Place:
    """Where something stands: ``page`` from 1, 0 for none, and the number of the object that it is in."""

    __slots__ = ("number", "page")

    def __init__(self, page: int, number: int) -> None:
        self.page, self.number = page, number

    @property
    def told(self) -> Message:
        """In words."""
        if self.page:
            return say("halaman {page}, objek {number}", page=self.page, number=self.number)
        return say("objek {number}", number=self.number)


def _walk(value: Any, place: _Place, seen: set[tuple[int, int]], depth: int = 0) -> Iterator[Message]:
    """What acts in ``value`` and what it leads to; outside of pages only in itself, since every object has its turn."""
    import pikepdf

    if not isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream) or depth > _DEEPEST:
        return
    if value.is_indirect:
        if value.objgen in seen or (depth and not place.page):
            return
        seen.add(value.objgen)
        place = _Place(place.page, value.objgen[0])
    if isinstance(value, pikepdf.Array):
        inner = list(value)
    else:
        yield from _acting(value, place)
        inner = [value[key] for key in sorted(value.keys()) if not (place.page and key in _AWAY)]
    for each in inner:
        yield from _walk(each, place, seen, depth + 1)


def _acting(value: Any, place: _Place) -> Iterator[Message]:
    """What a dictionary says that it does."""
    kind, form = str(value.get("/S", "")), str(value.get("/Subtype", ""))
    if "/XFA" in value:
        yield say("formulir XFA ({place})", place=place.told)
    if "/JS" in value or kind == "/JavaScript":
        yield say("perintah JavaScript ({place})", place=place.told)
    elif kind in ACTIONS:
        yield say("perintah {kind} ({place})", kind=verbatim(kind[1:]), place=place.told)
    elif kind == "/URI" and _SCRIPT.match(str(value.get("/URI", ""))):
        yield say("tautan yang bukan alamat web ({place})", place=place.told)
    if form in ANNOTATIONS and ("/Rect" in value or value.get("/Type") == "/Annot"):
        yield say("suara, film, atau gambar bergerak ({place})", place=place.told)
