"""What the pages of a PDF show, as one hash: without metadata, attachments, structure tree, and form fields.

Two PDFs of one document made from inputs that differ in a comment carry different inputs, so their bytes differ, but
nobody who reads them sees a difference. This tells such a pair from one whose print changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

_UNSEEN: Final = frozenset(
    {"/Parent", "/StructParents", "/StructParent", "/Metadata", "/PieceInfo", "/LastModified", "/Annots", "/Tabs"}
)
"""Keys of pages and of what they use that change nothing in their print."""


def content_digest(path: Path) -> str:
    """SHA-256 (hex) of the pages of ``path`` in order: sizes, what is drawn, fonts, pictures; links are not in it.

    "" where ``path`` is no PDF that can be read.
    """
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            digest = hashlib.sha256()
            known: dict[Any, bytes] = {}
            for page in pdf.pages:
                digest.update(_hash(page.obj, known))
            return digest.hexdigest()
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, RuntimeError):
        return ""


def _hash(value: Any, known: dict[Any, bytes]) -> bytes:
    """The hash of an object with all that it refers to; ``known`` holds those of indirect objects already seen."""
    import pikepdf

    if not isinstance(value, pikepdf.Object):
        return hashlib.sha256(f"{type(value).__name__} {value}".encode()).digest()
    key = value.objgen if value.is_indirect else None
    if key in known:
        return known[key]
    if key is not None:
        known[key] = b"cycle"  # what comes back here while it is looked at
    digest = hashlib.sha256()
    if isinstance(value, pikepdf.Array):
        for inner in value:
            digest.update(_hash(inner, known))
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name in sorted(value.keys()):
            if name not in _UNSEEN:
                digest.update(name.encode() + _hash(value[name], known))
        if isinstance(value, pikepdf.Stream):
            digest.update(value.read_raw_bytes())
    else:
        digest.update(value.unparse())
    found = digest.digest()
    if key is not None:
        known[key] = found
    return found
