"""The bookmarks of a template between which a signature field goes (see ``pipeline.model.particulars.Signer``)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model.message import Message, say
from pipeline.render.template import Template
from pipeline.resources import here

_BOOKMARK = re.compile(rb'<w:bookmarkStart\b[^>]*\bw:name="([A-Za-z0-9]+)"')
_END = "akhir"


@lru_cache(maxsize=32)
def signing_fields(template: Template) -> frozenset[str]:
    """The names of which the template has both bookmarks, ``NAME`` and ``NAMEakhir``."""
    body = dict(template.parts)["word/document.xml"]
    names = {found.decode() for found in _BOOKMARK.findall(body)}
    return frozenset(name for name in names if f"{name}{_END}" in names)


def lacking(template: Template, field: str) -> tuple[Message, ...]:
    """What to tell of documents to be signed that are made with a template without the marks for it."""
    told = []
    if field not in signing_fields(template):
        told.append(
            say(
                "Templat {path} tidak memuat markah {field} dan {field}akhir, jadi PDF-nya tanpa isian tanda tangan. "
                "Cara memasangnya: docs/templates.id.md, bagian Tempat tanda tangan.",
                path=here(template.path),
                field=field,
            )
        )
    if "kode_qr" not in template.body:
        told.append(
            say(
                "Templat {path} tidak memuat tag {tag}, jadi dokumennya tanpa kode QR.",
                path=here(template.path),
                tag="{{r kode_qr }}",
            )
        )
    return tuple(told)
