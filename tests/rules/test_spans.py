"""The place of a part of a text: narrowed where the file holds the text as it was read, else the whole value."""

from __future__ import annotations

import pytest

from pipeline.model.finding import DataPath, Place, Stage
from pipeline.model.sop import Sop, Step
from pipeline.rules.spans import narrowed

STEP = Step(1, "Menyusun laproan", inputs=("Surat", "Nota dinas"), outputs=("Laproan",), remark="Segera")
SOP = Sop("contoh/sop/x", Stage.DRAFT, title="Laproan", related=("SOP A", "SOP B"), steps=(STEP,))


def place(width: int, *, last: int = 4) -> Place:
    return Place("x.csv", 4, 10, last, 10 + width, cell="D4")


@pytest.mark.parametrize(
    ("path", "width", "column"),
    [
        (("judul",), 7, 12),
        (("judul",), 9, 13),  # in quotation marks
        (("keterkaitan", 1), 5, 12),
        (("langkah", 0, "kegiatan"), 16, 12),
        (("langkah", 0, "kelengkapan", 1), 17, 19),  # "Surat; Nota dinas"
        (("langkah", 0, "kelengkapan", 1), 16, 18),  # "Surat;Nota dinas"
        (("langkah", 0, "kelengkapan", 1), 19, 20),  # "[Surat, Nota dinas]"
        (("langkah", 0, "output", 0), 7, 12),
    ],
)
def test_a_part_of_a_text_has_its_own_columns(path: DataPath, width: int, column: int) -> None:
    found = narrowed(SOP, path, place(width), (2, 5))
    assert (found.line, found.column, found.end_column, found.cell) == (4, column, column + 3, "D4")


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        (("judul",), place(12)),  # written with escapes or blanks
        (("judul",), place(7, last=5)),  # over two lines
        (("judul",), Place("x.xlsx", sheet="sop", cell="B2")),
        (("tanggal", "efektif"), place(10)),
        (("langkah", 0, "waktu"), place(6)),
        (("langkah", 0), place(6)),
    ],
)
def test_the_whole_value_stays_where_the_part_is_not_known(path: DataPath, whole: Place) -> None:
    assert narrowed(SOP, path, whole, (0, 3)) == whole
