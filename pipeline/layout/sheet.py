"""What the layout starts from: the form, the printed texts of every row, and the symbols each row needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.flow import Flow
from pipeline.model.form import Form
from pipeline.model.plan import SymbolKind


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A row as printed: paragraphs by column key, and its symbols as (actor column, kind), responsible one first.

    ``finish`` asks for a small end symbol below the row's own: an exit of it ends the flow.
    """

    texts: Mapping[str, tuple[str, ...]]
    symbols: tuple[tuple[int, SymbolKind], ...]
    name: str
    finish: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole step table. ``gap`` is printed where a row has no symbol."""

    form: Form
    actors: tuple[str, ...]
    rows: tuple[RowSheet, ...]
    flow: Flow
    gap: str
