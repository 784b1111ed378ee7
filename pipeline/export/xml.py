"""Small pieces of XML text."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(value: str) -> str:
    """``value`` with a mark (U+FFFD) for every sign that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", value)


def text(value: str) -> str:
    """``value`` as the content of an element; reading gives it back sign by sign."""
    return escape(clean(value), {"\r": "&#13;"})


def quoted(value: object) -> str:
    """``value`` as an attribute value with its quotes; reading gives it back sign by sign."""
    return quoteattr(clean(str(value)), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def attributes(**values: object) -> str:
    """Attributes with a blank before each, in the given order; those that are None are left out."""
    return "".join(f" {name}={quoted(value)}" for name, value in values.items() if value is not None)
