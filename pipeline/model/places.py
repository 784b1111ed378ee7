"""The places in an SOP: those of the cells of its steps are worked out where one is asked for, which few are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.finding import DataPath, Place


class Places(Mapping[DataPath, Place]):
    """``form`` holds all places but those of ``cells``: for each row of the step table those of its cells by column,
    which stand at ``("langkah", row, column)`` here."""

    __slots__ = ("_cells", "form")

    def __init__(self, form: Mapping[DataPath, Place], cells: Sequence[Mapping[str, Place]]) -> None:
        self.form = form
        self._cells = cells

    def __getitem__(self, path: DataPath) -> Place:
        match path:
            case ("langkah", int(row), str(column)) if 0 <= row < len(self._cells):
                return self._cells[row][column]
        return self.form[path]

    def __iter__(self) -> Iterator[DataPath]:
        yield from self.form
        for row, cells in enumerate(self._cells):
            for column in cells:
                yield "langkah", row, column

    def __len__(self) -> int:
        return len(self.form) + sum(map(len, self._cells))
