"""Who acts and who receives, by columns: asked by PLK-02 and PLK-13."""

from __future__ import annotations

from pipeline.model.sop import Sop
from pipeline.rules.base import Context


def acting_columns(sop: Sop) -> frozenset[int]:
    """Columns that do at least one step."""
    return frozenset(column for step in sop.steps for column in step.columns if column is not None)


def meant_columns(sop: Sop) -> frozenset[int]:
    """Columns that an actor who is not listed may stand for: its reader has told that actor, so nothing is known of
    them. The ones most like the name; every column when none is like it."""
    import difflib  # for an actor who is not listed only

    columns = {name.casefold(): column for column, name in enumerate(sop.actors)}
    found: set[int] = set()
    for step in sop.steps:
        for name, column in zip(step.actors, step.columns, strict=True):
            if column is None:
                near = difflib.get_close_matches(name.casefold(), columns)
                found.update(columns[text] for text in near or columns)
    return frozenset(found)


def receiving_columns(sop: Sop, ctx: Context) -> dict[int, int]:
    """Column -> first row whose sentence hands something to it ("kepada X", "ke X")."""
    columns: dict[str, int] = {}
    for index, name in enumerate(sop.actors):
        columns.setdefault(ctx.names.same(name), index)
    found: dict[int, int] = {}
    for row, sentence in enumerate(ctx.sentences):
        for phrase in sentence.recipients:
            for name, _ in ctx.names.mentions(phrase):
                column = columns.get(name, columns.get(ctx.names.same(name)))
                if column is not None:
                    found.setdefault(column, row)
    return found
