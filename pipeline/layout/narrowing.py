"""Columns on their way from their widest, where all rows are as low as they can be, to where they fit on the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.ladder import Ladder, Rung

_AHEAD = 3
"""Rungs to look ahead: a single one often costs more than it should."""
_EXCHANGES = 8
"""So many exchanges at most; a few are enough."""


class Narrowing:
    """All columns on their way from their widest to where they fit. ``weight`` is the number of headers."""

    def __init__(self, ladders: Sequence[Ladder], weight: int) -> None:
        self.ladders, self.weight = ladders, weight
        self.at = [0] * len(ladders)
        self.rows: list[int] = [max(heights) for heights in zip(*(ladder[0].rows for ladder in ladders), strict=True)]
        self.head = max(ladder[0].head for ladder in ladders)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """Where the columns stand."""
        return tuple(ladder[at] for ladder, at in zip(self.ladders, self.at, strict=True))

    def run(self, room: int) -> None:
        """Narrow until the columns fit in ``room``, and then where it costs nothing."""
        lacking = sum(ladder[0].width for ladder in self.ladders) - room
        while lacking > 0 and (step := self._cheapest(lacking)) is not None:
            lacking -= self._take(*step)
        for column, ladder in enumerate(self.ladders):
            while self.at[column] + 1 < len(ladder) and self._cost(ladder[self.at[column] + 1]) == 0:
                self.at[column] += 1

    def exchange(self, room: int) -> None:
        """Widen one column at the cost of another as long as the height falls by it.

        What was narrowed early may have been narrowed too much, once others were narrowed as well.
        """
        for _ in range(_EXCHANGES):
            best: tuple[int, dict[int, int]] | None = None
            rungs = self.rungs
            spare = room - sum(rung.width for rung in rungs)
            others: dict[tuple[int, int], tuple[list[int], int]] = {}
            for wide in (column for column in range(len(rungs)) if self.at[column]):
                for thin in range(len(rungs)):
                    pair = (wide, thin) if wide < thin else (thin, wide)
                    if wide != thin:
                        if pair not in others:
                            others[pair] = self._together([r for column, r in enumerate(rungs) if column not in pair])
                        best = self._exchanged(wide, thin, spare, best, *others[pair])
            if best is None:
                return
            for column, index in best[1].items():
                self.at[column] = index
            self.rows, self.head = self._together(self.rungs)

    def _exchanged(
        self, wide: int, thin: int, spare: int, best: tuple[int, dict[int, int]] | None, rows: list[int], head: int
    ) -> tuple[int, dict[int, int]] | None:
        """The best exchange so far, as height and new rungs; the one that widens ``wide`` and narrows ``thin``.

        ``rows`` and ``head`` are the heights with all other columns.
        """
        now = sum(self.rows) + self.weight * self.head
        broad, slim = self.ladders[wide], self.ladders[thin]
        for up in range(self.at[wide] - 1, max(-1, self.at[wide] - 1 - _AHEAD), -1):
            more = broad[up].width - broad[self.at[wide]].width - spare
            for down in range(self.at[thin], min(self.at[thin] + 1 + _AHEAD, len(slim))):
                if slim[self.at[thin]].width - slim[down].width < more:
                    continue
                height = sum(map(max, rows, broad[up].rows, slim[down].rows))
                height += self.weight * max(head, broad[up].head, slim[down].head)
                if height < (now if best is None else best[0]):
                    best = height, {wide: up, thin: down}
                break
        return best

    def _together(self, rungs: Sequence[Rung]) -> tuple[list[int], int]:
        """Heights of the rows, and of the header, with some columns only."""
        return [max(heights) for heights in zip(*(rung.rows for rung in rungs), strict=True)], max(
            rung.head for rung in rungs
        )

    def _cheapest(self, lacking: int) -> tuple[int, int] | None:
        """Column and rung with the least growth of height for the width that it gives."""
        best: tuple[float, int, int] | None = None
        for column, ladder in enumerate(self.ladders):
            at = self.at[column]
            for index in range(at + 1, min(at + 1 + _AHEAD, len(ladder))):
                cost = self._cost(ladder[index])
                if cost == 0:
                    return column, index
                rate = cost / min(lacking, ladder[at].width - ladder[index].width)
                if best is None or rate < best[0]:
                    best = rate, column, index
        return None if best is None else (best[1], best[2])

    def _cost(self, rung: Rung) -> int:
        rows: int = sum(map(max, self.rows, rung.rows))
        return rows - sum(self.rows) + self.weight * max(0, rung.head - self.head)

    def _take(self, column: int, index: int) -> int:
        """Set a column to a rung; returns the width that becomes free."""
        old, new = self.ladders[column][self.at[column]], self.ladders[column][index]
        self.at[column] = index
        self.rows = list(map(max, self.rows, new.rows))
        self.head = max(self.head, new.head)
        return old.width - new.width
