"""File names of the documents of a recess, made from the names of members and groups."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_STEM = 80


def member_names(members: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """File name stems for (id, name) pairs: lower-case letters, digits and hyphens, unique, in the same order."""
    return _stems(members, "anggota")


def group_names(labels: Iterable[str]) -> tuple[str, ...]:
    """File name stems for the labels of groups ("Dapil 1" -> "dapil-1"), unique, in the same order."""
    return _stems(((label, label) for label in labels), "kelompok")


def _stems(pairs: Iterable[tuple[str, str]], fallback: str) -> tuple[str, ...]:
    taken: set[str] = set()
    names = []
    for id_, name in pairs:
        plain = slug(name) or slug(id_) or fallback
        stem = plain if plain not in taken else f"{plain}-{slug(id_)}"
        number = 2
        while stem in taken:
            stem = f"{plain}-{number}"
            number += 1
        taken.add(stem)
        names.append(stem)
    return tuple(names)


def slug(text: str) -> str:
    """``"H. Contoh, S.E."`` -> "h-contoh-s-e"; at most MAX_STEM characters, "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_STEM].strip("-")
