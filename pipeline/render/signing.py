"""The bookmarks of a template between which a signature field goes (see ``pipeline.model.particulars.Signer``)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.render.template import Template

_BOOKMARK = re.compile(rb'<w:bookmarkStart\b[^>]*\bw:name="([A-Za-z0-9]+)"')
_END = "akhir"


@lru_cache(maxsize=32)
def signing_fields(template: Template) -> frozenset[str]:
    """The names of which the template has both bookmarks, ``NAME`` and ``NAMEakhir``."""
    body = dict(template.parts)["word/document.xml"]
    names = {found.decode() for found in _BOOKMARK.findall(body)}
    return frozenset(name for name in names if f"{name}{_END}" in names)
