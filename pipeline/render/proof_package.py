"""Is a DOCX whole as a package: its zip, the types of its parts, and what they refer to (ISO/IEC 29500-2).

Word calls a file damaged that breaks one of these rules; LibreOffice mostly leaves something out and says nothing.
What points outside the document (other than a link) would make it look different elsewhere, so it is a fault too.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from pipeline.model.message import Message, say
from pipeline.render.proof_names import BODY, CONTENT_TYPES, PACKAGE_RELATIONS, RELATIONS, TYPES

_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LINKS: Final = ("http://", "https://", "mailto:", "#")
_FORBIDDEN: Final = {
    "attachedTemplate": say("templat lain yang dipautkan"),
    "vbaProject": say("makro"),
    "wordVbaData": say("makro"),
    "oleObject": say("objek OLE"),
    "control": say("kontrol ActiveX"),
    "aFChunk": say("naskah lain yang disisipkan utuh"),
    "subDocument": say("naskah lain yang dipautkan"),
    "mailMergeSource": say("sumber data surat massal"),
    "mailMergeHeaderSource": say("sumber data surat massal"),
    "frame": say("bingkai halaman web"),
}
_PACKAGE: Final = "package"
_REFERENCE: Final = rb"""%b:[\w.-]+\s*=\s*["']([^"']*)["']"""
_PREFIX: Final = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*["']""" + re.escape(RELATIONS.encode()) + rb"""["']""")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part. ``kind`` is the last word of its type ("image"), ``target`` as it is written."""

    id: str
    kind: str
    target: str
    external: bool


def zip_faults(infos: Iterable[zipfile.ZipInfo]) -> Iterator[Message]:
    """Names that stand twice in the archive, or that would be unpacked elsewhere than in it."""
    names = Counter(info.orig_filename.casefold() for info in infos)  # part names are equal without regard to case
    for name, times in names.items():
        if times > 1:
            yield say("bagian {name} ada {times} kali di dalam berkas", name=name, times=times)
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            yield say("nama bagian {name} tidak sah", name=name)


def package_faults(parts: Mapping[str, bytes], used: Iterable[str]) -> Iterator[Message]:
    """The faults of a package of ``parts`` (by name; the content of the body is not looked at).

    ``used`` are the relationship ids that the body uses. Raises XMLSyntaxError for a part that is no XML.
    """
    if TYPES not in parts:
        yield say("{part} tidak ada", part=TYPES)
        return
    types = _Types.of(etree.fromstring(parts[TYPES]))
    yield from types.faults(parts)
    for name in sorted(parts):
        if name.endswith(".rels") and "_rels/" in name:
            yield from _relation_faults(name, parts)
        elif name != BODY and types.is_xml(name):
            yield from _undefined(name, _references(parts[name]), parts)
    yield from _undefined(BODY, used, parts)


@dataclass(frozen=True, slots=True)
class _Types:
    """Content types by ending and by part, in lower case as they are compared."""

    endings: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, root: Any) -> _Types:
        defaults = root.iterchildren(CONTENT_TYPES + "Default")
        overrides = root.iterchildren(CONTENT_TYPES + "Override")
        return cls(
            tuple((each.get("Extension", "").lower(), each.get("ContentType", "")) for each in defaults),
            tuple((each.get("PartName", "").lower(), each.get("ContentType", "")) for each in overrides),
        )

    def faults(self, parts: Mapping[str, bytes]) -> Iterator[Message]:
        present = {f"/{name}".lower() for name in parts}
        for key, times in Counter(key for key, _ in (*self.endings, *self.names)).items():
            if times > 1:
                yield say("jenis isi {name} dinyatakan {times} kali", name=key, times=times)
        yield from (
            say("{part} dinyatakan di {types} tetapi tidak ada", part=name.lstrip("/"), types=TYPES)
            for name, _ in self.names
            if name not in present
        )
        for name in sorted(parts):
            kind = self.of_part(name)
            if name != TYPES and not kind:
                yield say("{part} tanpa jenis isi", part=name)
            elif name.startswith("word/media/") and not kind.startswith("image/"):
                yield say("{part} berjenis {kind}, bukan gambar", part=name, kind=kind)
        if (kind := self.of_part(BODY)) and kind != _MAIN:
            yield say("jenis naskah {kind}, bukan naskah Word tanpa makro", kind=kind)

    def of_part(self, name: str) -> str:
        """Its content type; "" when none is declared."""
        ending = name.lower().rpartition("/")[2].rpartition(".")[2]
        return dict(self.names).get(f"/{name}".lower()) or dict(self.endings).get(ending, "")

    def is_xml(self, name: str) -> bool:
        return name != TYPES and self.of_part(name).endswith(("+xml", "/xml"))


def relations_of(data: bytes) -> tuple[Relation, ...]:
    """The relationships in a ``.rels`` part. Raises XMLSyntaxError."""
    return tuple(
        Relation(
            each.get("Id", ""),
            each.get("Type", "").rpartition("/")[2],
            each.get("Target", ""),
            each.get("TargetMode", "Internal") == "External",
        )
        for each in etree.fromstring(data).iterchildren(PACKAGE_RELATIONS + "Relationship")
    )


def rels_of(part: str) -> str:
    """Name of the part with the relationships of ``part``: "word/document.xml" -> "word/_rels/document.xml.rels"."""
    path = PurePosixPath(part)
    return f"{path.parent}/_rels/{path.name}.rels"


def _relation_faults(name: str, parts: Mapping[str, bytes]) -> Iterator[Message]:
    folder, _, file = name.rpartition("_rels/")
    owner = folder + file.removesuffix(".rels")
    if owner != folder and owner not in parts:
        yield say("{name} tanpa bagian {part}", name=name, part=owner)
    relations = relations_of(parts[name])
    for id_, times in Counter(relation.id for relation in relations).items():
        if times > 1 or not id_:
            yield say("{name}: nomor hubungan {id} dipakai {times} kali", name=name, id=id_, times=times)
    for relation in relations:
        if (fault := _fault_of(relation, owner, folder, parts)) is not None:
            yield say("{name}: {fault}", name=name, fault=fault)


def _fault_of(relation: Relation, owner: str, folder: str, parts: Mapping[str, bytes]) -> Message | None:
    if (forbidden := _FORBIDDEN.get(relation.kind)) is not None:
        return say("memuat {what} ({target})", what=forbidden, target=relation.target)
    if relation.external:
        if relation.kind != "hyperlink":
            return say("{kind} di luar naskah: {target}", kind=relation.kind, target=relation.target)
        if not relation.target.lower().startswith(_LINKS):
            return say("tautan ke {target}; hanya http, https, dan mailto yang boleh", target=relation.target)
        return None
    if relation.kind == _PACKAGE and not owner.startswith("word/charts/"):
        return say("memuat {what} ({target})", what=_FORBIDDEN["oleObject"], target=relation.target)
    if not _is_there(relation.target, folder, parts):
        return say("menunjuk {target}, yang tidak ada", target=relation.target)
    return None


def _is_there(target: str, folder: str, parts: Mapping[str, bytes]) -> bool:
    if target.startswith("#"):  # a place in the document itself, as some programs write it
        return True
    path = unquote(target.partition("#")[0])
    return normpath(path.lstrip("/") if path.startswith("/") else f"{folder}{path}") in parts


def _references(data: bytes) -> Iterator[str]:
    """The relationship ids that an XML part uses."""
    for prefix in {found[1] for found in _PREFIX.finditer(data)}:
        for found in re.finditer(rb"[\s]" + _REFERENCE % re.escape(prefix), data):
            yield found[1].decode(errors="replace")


def _undefined(part: str, used: Iterable[str], parts: Mapping[str, bytes]) -> Iterator[Message]:
    wanted = set(used)
    if not wanted:
        return
    rels = parts.get(rels_of(part))
    known = {relation.id for relation in relations_of(rels)} if rels is not None else set()
    for id_ in sorted(wanted - known - {""}):
        yield say("{part}: hubungan {id} dipakai tetapi tidak ada", part=part, id=id_)
