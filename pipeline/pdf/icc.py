"""Takes the clock out of the colour profile that LibreOffice writes into every PDF/A."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_MADE = slice(24, 36)
"""When the profile was made, six numbers of two bytes (ICC.1:2010, 7.2)."""
_DAY = b"".join(number.to_bytes(2, "big") for number in (2000, 1, 1, 0, 0, 0))
_ID = slice(84, 100)
"""A hash of the profile; zeros say that none was computed."""
_HEADER = 128


def freeze(pdf: pikepdf.Pdf) -> None:
    """Give the profiles of the output intents of ``pdf`` one fixed date and no hash."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None:
            data = frozen(profile.read_bytes())
            profile.write(data)


def frozen(profile: bytes) -> bytes:
    """``profile`` with a fixed date and no hash; something too short to be one is returned as it is."""
    if len(profile) < _HEADER:
        return profile
    data = bytearray(profile)
    data[_MADE], data[_ID] = _DAY, bytes(16)
    return bytes(data)
