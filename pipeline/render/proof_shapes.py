"""The schema check of a DOCX, and what need not be given to it again because it has passed already."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar

from lxml import etree

from pipeline.render.proof_names import BODY, RELATIONS, W
from pipeline.resources import temporary_folder

_REFERS: Any = etree.XPath("boolean(.//@r:*)", namespaces={"r": RELATIONS})
_TEXTS = re.compile(rb">[^<]+<")
_WORDS = re.compile(rb">[^<]*[^<0-9T:.Z+-][^<]*<")  # texts that are no date
_MOST_SHAPES = 20_000


class Shapes:
    """What elements look like apart from their texts: the schema check says the same of all that look the same.

    So it gets each once: once in a document, and once in a run where the styles they name are the same. What refers to
    other parts of the package is checked together with them, unless a package that looks the same has been checked.
    """

    _known: ClassVar[set[bytes]] = set()

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        styles = b"".join(parts.get(f"word/{name}.xml", b"") for name in ("styles", "numbering", "settings"))
        self._styles = blake2b(styles, digest_size=16).digest()
        self._new: set[bytes] = set()

    def leave_out_known(self, root: Any) -> bool:
        """Take rows (but the first of a table) and blocks of known shape out of a body; was there one?"""
        found = [row for table in root.iterfind(f"{W}body/{W}tbl") for row in table.findall(W + "tr")[1:]]
        left_out = self._leave_out(found)
        return self._leave_out([*root.iterfind(f"{W}body/{W}p"), *root.iterfind(f"{W}body/{W}tbl")]) or left_out

    def _leave_out(self, nodes: list[Any]) -> bool:
        known = [node for node in nodes if self._is_known(node)]
        for node in known:
            node.getparent().remove(node)
        return bool(known)

    def _is_known(self, node: Any) -> bool:
        return not _REFERS(node) and self._has_seen(_bare(node), self._styles)

    def is_known_package(self, root: Any) -> bool:
        """Has a package been checked that differs from this one in texts, in pictures, and in what was left out?"""
        return self._has_seen(_bare(root), *(data for part in sorted(self._parts.items()) for data in _look(*part)))

    def _has_seen(self, *look: bytes) -> bool:
        digest = blake2b(digest_size=16)
        for data in look:
            digest.update(b"%d:" % len(data) + data)
        shape = digest.digest()
        known = shape in self._known or shape in self._new
        self._new.add(shape)
        return known

    def remember(self, root: Any) -> None:
        """All shapes asked about have passed, and with them what is left of ``root`` without those known by now."""
        if len(self._known) > _MOST_SHAPES:
            self._known.clear()
        for look in (self.leave_out_known, self.leave_out_known, self.is_known_package):  # rows, then what held them
            self._known.update(self._new)
            look(root)
        self._known.update(self._new)


def _bare(node: Any) -> bytes:
    """``node`` without its texts."""
    return _TEXTS.sub(b"><", etree.tostring(node, with_tail=False))


def _look(name: str, data: bytes) -> Iterator[bytes]:
    """What the schema check sees of a part: of pictures their names, of pages no texts, of properties only dates."""
    yield name.encode()
    if re.match(r"word/(header|footer)\d*\.xml$", name):
        yield _TEXTS.sub(b"><", data)
    elif name == "docProps/core.xml":
        yield _WORDS.sub(b"><", data)
    elif not name.startswith(("word/media/", "word/embeddings/")):
        yield data


def packed(parts: Mapping[str, bytes], root: Any) -> bytes:
    """A package of ``parts`` and the body ``root``, as the schema check reads it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, data in (*parts.items(), (BODY, etree.tostring(root))):
            package.writestr(name, data)
    return buffer.getvalue()


def schema_faults(data: bytes) -> Iterator[str]:
    """What openxml-audit finds in a DOCX, in its own words."""
    # The validator reads files only.
    with temporary_folder() as folder:
        path = folder / "bukti.docx"
        path.write_bytes(data)
        result = _validator().validate(str(path))
    if not result.is_valid:
        yield from (str(error) for error in result.errors)


@cache
def _validator() -> Any:
    from openxml_audit import FileFormat, OpenXmlValidator

    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20)
