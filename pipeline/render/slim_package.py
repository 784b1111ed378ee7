"""The parts of a template while it is made lean: parsed when they are wanted, written anew only when they changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from pipeline.render.proof_names import BODY, CONTENT_TYPES, PACKAGE_RELATIONS, STORY, TYPES
from pipeline.render.proof_package import rels_of

_ROOT_RELATIONS: Final = "_rels/.rels"
_STORIES: Final = ("header", "footer", "footnotes", "endnotes", "comments")


class Package:
    """Parts by name. Raises XMLSyntaxError for a part that is looked at and is no XML."""

    def __init__(self, parts: tuple[tuple[str, bytes], ...]) -> None:
        self._parts = dict(parts)
        self._roots: dict[str, Any] = {}
        self._changed: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts in their order."""
        return tuple(self._parts)

    def size(self, name: str) -> int:
        """Bytes of a part, unpacked, as it came."""
        return len(self._parts[name])

    def data(self, name: str) -> bytes:
        """A part as it came, or as it was put."""
        return self._parts[name]

    def put(self, name: str, data: bytes) -> None:
        """Replace the bytes of a part."""
        self._parts[name] = data
        self._roots.pop(name, None)

    def root(self, name: str) -> Any:
        """The parsed part."""
        if name not in self._roots:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self._roots[name] = etree.fromstring(self._parts[name], parser)
        return self._roots[name]

    def found(self, name: str) -> Any:
        """The parsed part, None where there is none."""
        return self.root(name) if name in self._parts else None

    def touch(self, name: str) -> None:
        """The parsed part was changed."""
        self._changed.add(name)

    @property
    def stories(self) -> tuple[str, ...]:
        """Names of the parts that hold paragraphs; a part of an unusual name is known by what refers to it."""
        referred = {name for kind in _STORIES for name in self.of_kind(kind)}
        return tuple(name for name in self._parts if name == BODY or name in referred or re.fullmatch(STORY, name))

    def drop(self, name: str) -> None:
        """Take a part out, with what says that it is there."""
        self._forget(name)
        if rels_of(name) in self._parts:
            self._forget(rels_of(name))
        for rels in [each for each in self._parts if each.endswith(".rels")]:
            relations = self.root(rels)
            for relation in list(relations):
                if relation.get("TargetMode") != "External" and _target(relation, rels) == name:
                    relations.remove(relation)
                    self.touch(rels)
        types = self.root(TYPES)
        for node in list(types.iterchildren(CONTENT_TYPES + "Override")):
            if node.get("PartName", "").lower() == f"/{name}".lower():
                types.remove(node)
                self.touch(TYPES)

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Names of the parts that are referred to by relationships whose type ends in ``/kind``."""
        return tuple(
            dict.fromkeys(
                target for type_, target in self._targets() if type_.endswith(f"/{kind}") and target in self._parts
            )
        )

    def target(self, part: str, rid: str) -> str:
        """Name of the part that ``part`` refers to by ``rid``, "" for none in this package."""
        relations = self.found(rels_of(part))
        for relation in () if relations is None else relations:
            if relation.get("Id") == rid and relation.get("TargetMode") != "External":
                name = _target(relation, rels_of(part))
                return name if name in self._parts else ""
        return ""

    def unreachable(self) -> tuple[str, ...]:
        """Names of the parts that no relationship leads to."""
        reached: set[str] = set()
        queue = [_ROOT_RELATIONS]
        while queue:
            rels = queue.pop()
            if rels not in self._parts or rels in reached:
                continue
            reached.add(rels)
            for relation in self.root(rels).iterchildren(PACKAGE_RELATIONS + "Relationship"):
                target = _target(relation, rels)
                if relation.get("TargetMode") != "External" and target in self._parts:
                    reached.add(target)
                    queue.append(rels_of(target))
        return tuple(name for name in self._parts if name not in reached and name != TYPES)

    def written(self) -> tuple[tuple[str, bytes], ...]:
        """The parts as they are now; those that nothing changed byte for byte."""
        return tuple((name, self._bytes(name)) for name in self._parts)

    def _bytes(self, name: str) -> bytes:
        if name not in self._changed or name not in self._roots:
            return self._parts[name]
        return bytes(etree.tostring(self._roots[name], xml_declaration=True, encoding="UTF-8", standalone=True))

    def _forget(self, name: str) -> None:
        del self._parts[name]
        self._roots.pop(name, None)
        self._changed.discard(name)

    def _targets(self) -> Iterator[tuple[str, str]]:
        for rels in [name for name in self._parts if name.endswith(".rels")]:
            for relation in self.root(rels).iterchildren(PACKAGE_RELATIONS + "Relationship"):
                if relation.get("TargetMode") != "External":
                    yield relation.get("Type", ""), _target(relation, rels)


def _target(relation: Any, rels: str) -> str:
    """Name of the part that a relationship in the part ``rels`` leads to."""
    path = unquote(relation.get("Target", "").partition("#")[0])
    folder = rels.rpartition("_rels/")[0]
    return normpath(path.lstrip("/") if path.startswith("/") else f"{folder}{path}")
