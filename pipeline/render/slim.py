"""Makes the file of a template lean: the same pages, less for LibreOffice to load with every document.

Pure: parts of a package in, parts out. Whether the pages are the same is proved by who calls (``pipeline.run.slim``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.model.message import Message
from pipeline.render.slim_noise import without_noise
from pipeline.render.slim_package import Package
from pipeline.render.slim_parts import repacked_pictures, without_parts
from pipeline.render.slim_styles import without_unused
from pipeline.render.slim_tables import without_table_styles

Parts = tuple[tuple[str, bytes], ...]


class Step(StrEnum):
    """What can be done, in the order in which it is done: a table style that no table names any more is unused.

    ``CELLS`` adds to ``TABLES`` those whose style says something of single cells.
    """

    PARTS = "parts"
    PICTURES = "pictures"
    NOISE = "noise"
    TABLES = "tables"
    CELLS = "cells"
    STYLES = "styles"


ALL: Final = frozenset(Step)


@dataclass(frozen=True, slots=True)
class Slimmed:
    """The parts afterwards, what was ``done``, and what was ``kept`` though it costs time, each in words."""

    parts: Parts
    done: tuple[Message, ...]
    kept: tuple[Message, ...]


def slim(parts: Parts, steps: Collection[Step] = ALL) -> Slimmed:
    """``parts`` after ``steps``; doing the same again finds nothing to do. Raises XMLSyntaxError for broken parts."""
    package = Package(parts)
    done: list[Message] = []
    kept: list[Message] = []
    if Step.PARTS in steps:
        done += without_parts(package)
    if Step.PICTURES in steps:
        done += repacked_pictures(package)
    if Step.NOISE in steps:
        done += without_noise(package)
    if Step.TABLES in steps:
        restated, left = without_table_styles(package, simple=Step.CELLS not in steps)
        done += restated
        kept += left
    if Step.STYLES in steps:
        done += without_unused(package)
    return Slimmed(package.written() if done else parts, tuple(done), tuple(kept))
