"""Photos and scanned attendance lists, made fit for print: upright, small enough, and without what the camera wrote.

A photo carries more than it shows: where it was taken (GPS), when, and by which telephone. Only its pixels are kept.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from pipeline.model.form import MM
from pipeline.model.message import Message, say
from pipeline.model.picture import measured
from pipeline.render.parts import Picture
from pipeline.render.picture import inline

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 1_600
"""Pixels of the longer side in print: some 250 dots per inch at the width of the text."""
QUALITY = 82
MAX_BYTES = 64 * 1024 * 1024
"""A file larger than this is not opened."""
PHOTO_BOX = (160 * MM, 92 * MM)
"""Room for a photo in EMU, width and height: two with their captions stand on a page, also on A4."""
SHEET_BOX = (160 * MM, 205 * MM)
"""Room for a sheet of the attendance list, one on a page."""

_FIRST_NUMBER = 101
"""Drawing ids of photos begin here; the lower ones are of the logo and of charts."""
_ILLEGAL = re.compile("[\x00-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Printable:
    """A picture as it is embedded: the bytes of a JPEG without metadata, and its size in pixels."""

    data: bytes
    pixels: tuple[int, int]


class UnprintableError(Exception):
    """A file that cannot be printed, and why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.id)
        self.why = why


def printable(path: Path) -> Printable:
    """The picture in ``path``: upright, at most LONG_SIDE pixels, JPEG, nothing but pixels; same file, same bytes.

    Raises UnprintableError for a file that is missing, damaged, too large, or neither PNG nor JPEG.
    """
    return _checked(_bytes(path))


def _checked(data: bytes) -> Printable:
    try:
        return _converted(data)
    except (UnprintableError, ImportError):
        raise
    # Decoders of damaged files raise nearly anything (OSError, SyntaxError, struct.error, zlib.error ...), and no
    # photo is worth a report.
    except Exception as error:
        raise UnprintableError(say("berkas gambar rusak")) from error


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        raise UnprintableError(say("berkas tidak dapat dibaca")) from error


def _converted(data: bytes) -> Printable:
    from PIL import Image, ImageOps

    found = measured(data)
    if found is None:
        raise UnprintableError(say("berkas bukan gambar PNG atau JPEG"))
    # Before Pillow opens it: between its limit and twice that it only warns.
    if found[1][0] * found[1][1] > (Image.MAX_IMAGE_PIXELS or 0):
        raise _too_large()
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
        # A JPEG is decoded at no more than the size that is wanted: several times faster.
        image.draft("RGB", within(image.size, (LONG_SIDE, LONG_SIDE)))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        clean = _on_white(upright)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return Printable(buffer.getvalue(), clean.size)


def _on_white(image: Image) -> Image:
    """The pixels of ``image`` in a new one, so that no metadata come along; what is transparent becomes paper."""
    from PIL import Image as PillowImage

    clean = PillowImage.new("RGB", image.size, "white")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        clean.paste(layer, mask=layer)
    elif image.mode == "I;16":
        # Pillow clips 16 bits of grey to white instead of scaling them.
        clean.paste(image.point(lambda value: value * (1 / 256)).convert("L"))
    else:
        clean.paste(image.convert("RGB"))
    return clean


def _too_large() -> UnprintableError:
    return UnprintableError(say("gambar terlalu besar; perkecil lebih dahulu"))


@dataclass(slots=True)
class Album:
    """The pictures of one document: each is embedded once, however often it is shown."""

    _rids: dict[str, Picture] = field(default_factory=dict)
    _read: dict[Path, Printable] = field(default_factory=dict)
    _shown: int = 0

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What must be added to the document."""
        return tuple(self._rids.values())

    def show(self, path: Path, alt: str, box: tuple[int, int] = PHOTO_BOX) -> Markup:
        """The run that shows ``path`` as large as fits into ``box`` (EMU), with ``alt`` as its text.

        Raises UnprintableError.
        """
        found = self._read.get(path)
        if found is None:
            found = self._read[path] = printable(path)
        digest = hashlib.sha256(found.data).hexdigest()
        picture = self._rids.setdefault(digest, Picture(f"rIdFoto{len(self._rids) + 1}", found.data, "jpeg"))
        self._shown += 1
        number = _FIRST_NUMBER + self._shown
        width, height = within(found.pixels, box)
        name = f"Foto {self._shown}"
        return inline(picture.rid, width, height, number=number, name=name, alt=_ILLEGAL.sub(" ", alt))


def within(pixels: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a picture as large as ``box`` allows, in its unit."""
    width = min(box[0], box[1] * pixels[0] // pixels[1])
    return max(1, width), max(1, min(box[1], width * pixels[1] // pixels[0]))
