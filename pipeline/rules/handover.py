"""Who acts and who receives, by columns: asked by PLK-02 and PLK-13."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.sop import Sop
from pipeline.rules.base import Context
from pipeline.rules.parties import parties
from pipeline.rules.vocabulary import words


def acting_columns(sop: Sop) -> frozenset[int]:
    """Columns that do at least one step."""
    return frozenset(column for step in sop.steps for column in step.columns if column is not None)


def meant_columns(sop: Sop) -> frozenset[int]:
    """Columns that an actor who is not listed may stand for: its reader has told that actor, so nothing is known of
    them. The ones most like the name; every column when none is like it."""
    columns = {name.casefold(): column for column, name in enumerate(sop.actors)}
    found: set[int] = set()
    for step in sop.steps:
        for name, column in zip(step.actors, step.columns, strict=True):
            if column is None:
                import difflib  # for an actor who is not listed only

                near = difflib.get_close_matches(name.casefold(), columns)
                found.update(columns[text] for text in near or columns)
    return frozenset(found)


def receiving_columns(ctx: Context) -> dict[int, int]:
    """Column -> first row whose sentence hands something to it ("kepada X", "ke X")."""
    found: dict[int, int] = {}
    for row, sentence in enumerate(ctx.sentences):
        for clause in sentence.clauses:
            for column in columns_of(clause.recipients, ctx):
                found.setdefault(column, row)
    return found


def columns_of(phrases: tuple[str, ...], ctx: Context) -> Iterator[int]:
    """The columns of everyone the phrases name; of two columns of one actor the first."""
    for phrase in phrases:
        for party in parties(phrase, ctx.names):
            column = next((ctx.names.columns.index(name) for name in party.choices if name in ctx.names.columns), None)
            if column is not None:
                yield column


def idle_assignments(sop: Sop, ctx: Context) -> Iterator[tuple[int, int]]:
    """(row, column) where a task is given to a column that acts, but in no step the flow leads to from there."""
    for row, sentence in enumerate(ctx.sentences):
        for clause in sentence.clauses:
            if clause.verb not in words("tasking"):
                continue
            for column in columns_of(clause.recipients, ctx):
                after = ctx.flow.reachable(row) - {row}
                acting = {r for r, step in enumerate(sop.steps) if column in step.columns}
                if acting and row not in acting and not acting & after:
                    yield row, column
