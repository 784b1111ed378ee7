"""The QR code of a document: which document it is, and the hash of the values it was made from.

A PDF cannot hold its own hash, so the code names that of the canonical inputs (``pipeline.run.canonical``).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from pipeline.model.form import MM
from pipeline.render.parts import Picture
from pipeline.render.picture import inline

QR_SIDE: Final = 20 * MM
"""Height and width in print, its own white margin included."""
DIGITS: Final = 32
"""Hexadecimal digits of the hash in the code: half of it, so that the code stays coarse enough for any camera."""
PRINTED: Final = 16
"""Of these, so many are printed below."""
_GROUP: Final = 4

_MARGIN = 1  # modules; the cell around it is white and gives the rest of the quiet zone
_PIXELS = 8  # of a module: some 300 to the inch in print
_NUMBER = 5  # id of the drawing; the logos have 1 to 4, charts and photos those from 301
_PLACEHOLDER = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the part to add, the run that shows it, what it says, and the short hash printed below it."""

    picture: Picture
    run: Markup
    content: str
    printed: str

    def context(self) -> dict[str, object]:
        """By the names that templates have for it."""
        return {"kode_qr": self.run, "sidik": self.printed}


NO_CODE: Final[dict[str, object]] = {"kode_qr": "", "sidik": ""}
"""What templates are given for a document without a code (before its last stage)."""


def code_of(document: str, fingerprint: str, address: str = "") -> Code:
    """The code of ``document`` (its id) with that ``fingerprint`` (hex).

    ``address`` is where the office publishes documents, with ``{dokumen}`` and ``{sidik}`` in it; without it the code
    says ``tertib:DOCUMENT?sidik=HASH``.
    """
    content = content_of(document, fingerprint, address)
    printed = short(fingerprint)
    alt = f"Kode QR dokumen {document}, sidik {printed}"
    run = inline("rIdKodeQr", QR_SIDE, QR_SIDE, number=_NUMBER, name="Kode QR", alt=alt)
    return Code(Picture("rIdKodeQr", png(content), "png"), run, content, printed)


def short(fingerprint: str) -> str:
    """The beginning of a hash for people: in fours, so that digits in a row are not taken for somebody's number."""
    return "·".join(fingerprint[place : place + _GROUP] for place in range(0, PRINTED, _GROUP))


def content_of(document: str, fingerprint: str, address: str = "") -> str:
    """What the code says."""
    values = {"dokumen": quote(document, safe="/"), "sidik": fingerprint[:DIGITS]}
    pattern = address or "tertib:{dokumen}?sidik={sidik}"
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), pattern)


@lru_cache(maxsize=64)
def png(content: str) -> bytes:
    """``content`` as a QR code: PNG with one bit for each pixel, medium error correction; equal for equal content."""
    import segno

    buffer = io.BytesIO()
    segno.make(content, error="m", micro=False, boost_error=False).save(
        buffer, kind="png", scale=_PIXELS, border=_MARGIN, compresslevel=6
    )
    return buffer.getvalue()
