"""Totals of a recess by each dimension and by two at once, with pandas (imported on use: it costs half a second)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.recap import CrossTable, Dimension, Tally, TotalLine, TotalTable
from pipeline.recess.ledger import Ledger


def total_tables(ledger: Ledger) -> Mapping[Dimension, TotalTable]:
    """One table for each dimension. Groups of the register of members stand there even when nothing was heard."""
    return {dimension: _table(ledger, dimension) for dimension in Dimension}


def cross_table(ledger: Ledger, rows: Dimension, columns: Dimension) -> CrossTable:
    """Totals by ``rows`` and ``columns``, with the labels of their tables."""
    found = ledger.tallies(rows, columns)
    down, across = ledger.labels[rows], ledger.labels[columns]
    cells = tuple(tuple(found.get((r, c), Tally()) for c in range(len(across))) for r in range(len(down)))
    return CrossTable(rows, columns, down, across, cells)


def _table(ledger: Ledger, dimension: Dimension) -> TotalTable:
    found = ledger.tallies(dimension)
    lines = tuple(TotalLine(label, found.get((code,), Tally())) for code, label in enumerate(ledger.labels[dimension]))
    return TotalTable(dimension, lines, sum((line.tally for line in lines), Tally()))
