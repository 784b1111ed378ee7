"""The table of kecamatan by field, its cells the darker the more they count: a map without a map."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from pipeline.model.money import thousands
from pipeline.model.recap import CrossTable
from pipeline.render.charts import shortened

COLUMNS = 10
"""Fields with a column of their own; the others share one."""
SHADES = ("DCE6F2", "B8CCE4", "8FAFD6", "4F77AE", "1F3864")
_NONE = "FFFFFF"
_LONGEST = 62
"""Letters of a name that fit into the head of a column."""
_DARK = frozenset(SHADES[3:])
"""Shades on which black would not be legible."""


def heat(cross: CrossTable | None) -> Mapping[str, object] | None:
    """``cross`` as a template asks for it; None when there is nothing to compare (a single row or column)."""
    if cross is None or len(cross.rows) < 2 or len(cross.columns) < 2:
        return None
    names, counts = _columns(cross)
    own = len(names) if len(names) == len(cross.columns) else COLUMNS
    bounds = _bounds([count for row in counts for count in row[:own] if count])
    return {
        "bidang": [shortened(name, _LONGEST) for name in names],
        "baris": [
            {
                "nama": label,
                # The column of all other fields is no field: its counts would outshine those of every other.
                "sel": [_cell(count, bounds if column < own else ()) for column, count in enumerate(row)],
                "jumlah": sum(row),
            }
            for label, row in zip(cross.rows, counts, strict=True)
        ],
        "jumlah": [sum(column) for column in zip(*counts, strict=True)],
        "skala": _legend(bounds),
    }


def _columns(cross: CrossTable) -> tuple[list[str], list[list[int]]]:
    """Names of the columns and counts by row: the fields with most needs, and the sum of the others."""
    counts = [[tally.needs for tally in row] for row in cross.cells]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    ranked = sorted(range(len(sums)), key=lambda column: -sums[column])
    own = ranked if len(ranked) <= COLUMNS + 1 else ranked[:COLUMNS]
    rest = ranked[len(own) :]
    names = [cross.columns[column] for column in own]
    rows = [[row[column] for column in own] for row in counts]
    if rest:
        names.append(f"Lainnya ({len(rest)} bidang)")
        rows = [[*shown, sum(row[column] for column in rest)] for shown, row in zip(rows, counts, strict=True)]
    return names, rows


def _bounds(counts: Sequence[int]) -> tuple[int, ...]:
    """The greatest count of each shade: so that each shades about as many cells, however uneven the counts are."""
    ordered = sorted(counts)
    steps = len(SHADES)
    if len(set(ordered)) <= steps:
        return tuple(sorted(set(ordered)))
    return tuple(sorted({ordered[len(ordered) * step // steps - 1] for step in range(1, steps + 1)}))


def _cell(count: int, bounds: Sequence[int]) -> Mapping[str, object]:
    if not count or not bounds:
        return {"isi": thousands(count) if count else "", "warna": _NONE, "gelap": False}
    # Fewer classes than shades: they are spread, so that the greatest count is the darkest.
    last = len(bounds) - 1
    shade = SHADES[bisect_left(bounds, count) * (len(SHADES) - 1) // last if last else 1]
    return {"isi": thousands(count), "warna": shade, "gelap": shade in _DARK}


def _legend(bounds: Sequence[int]) -> str:
    """ "1–2, 3–5, 6–14"."""
    least = 1
    parts = []
    for bound in bounds:
        parts.append(thousands(bound) if bound == least else f"{thousands(least)}–{thousands(bound)}")
        least = bound + 1
    return ", ".join(parts)
