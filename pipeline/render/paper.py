"""Paper sizes: a template made for one is refitted to another by scaling its tables to the new text width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.model.form import MM, TWIP, Form, Identity

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

SIZES = {"F4": (215, 330), "A4": (210, 297), "LEGAL": (216, 356)}
"""Short and long side in mm; F4 as used in Indonesia (215 x 330), Legal rounded to whole mm."""


def size_of(paper: str) -> tuple[int, int] | None:
    """Short and long side of a named paper in EMU; None for "" or an unknown name (the template decides then)."""
    sides = SIZES.get(paper.upper())
    return None if sides is None else (sides[0] * MM, sides[1] * MM)


def form_on(form: Form, paper: str) -> Form:
    """``form`` on another paper, turned the same way; columns and their limits keep their share of the width."""
    sides = size_of(paper)
    if sides is None:
        return form
    width, height = sides if form.page_width < form.page_height else sides[::-1]
    old, new = form.table_width, width - form.left - form.right
    columns = tuple(
        replace(c, width=c.width * new // old, least=c.least * new // old, most=c.most * new // old)
        for c in form.columns
    )
    return replace(form, page_width=width, page_height=height, columns=columns)


def identity_on(identity: Identity, form: Form, paper: str) -> Identity:
    """``identity`` on another paper; ``form`` is the flowchart page of the same template, as the template has it."""
    other = form_on(form, paper)
    if other is form:
        return identity
    rows = tuple(
        replace(row, cells=tuple((w * other.table_width // form.table_width, parts) for w, parts in row.cells))
        for row in identity.rows
    )
    return replace(identity, rows=rows, room=identity.room + other.page_height - form.page_height)


def refit(root: Any, paper: str) -> None:
    """Set every section of a ``document.xml`` to ``paper`` and scale its tables to the new text width."""
    sides = size_of(paper)
    if sides is None:
        return
    for section, tables in _sections(root):
        size, margin = section.find(W + "pgSz"), section.find(W + "pgMar")
        upright = int(size.get(W + "w")) < int(size.get(W + "h"))
        width, height = sides if upright else sides[::-1]
        edges = int(margin.get(W + "left")) + int(margin.get(W + "right"))
        old, new = int(size.get(W + "w")) - edges, width // TWIP - edges
        size.set(W + "w", str(width // TWIP))
        size.set(W + "h", str(height // TWIP))
        if old != new:
            for table in tables:
                _scale(table, new, old)


def _sections(root: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each section's properties with the tables that stand in it."""
    tables: list[Any] = []
    for node in root.find(W + "body"):
        if node.tag == W + "tbl":
            tables.append(node)
        section = node if node.tag == W + "sectPr" else node.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            yield section, tables
            tables = []


def _scale(table: Any, new: int, old: int) -> None:
    for name in ("gridCol", "tcW", "tblW"):
        for node in table.iter(W + name):
            if node.get(W + "type", "dxa") == "dxa" and node.get(W + "w"):
                node.set(W + "w", str(int(node.get(W + "w")) * new // old))
