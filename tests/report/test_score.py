"""The layout score in words."""

from __future__ import annotations

from pipeline.layout.score import score
from pipeline.model.finding import Stage
from pipeline.model.result import DocumentResult
from pipeline.report.score import WORDS, score_lines


def document(name: str, **layout: int) -> DocumentResult:
    return DocumentResult(name, Stage.DRAFT, layout=layout)


def test_numbers_stand_below_one_another() -> None:
    documents = [
        document("contoh/sop/reses", pages=2, lines=9, crossings=0),
        document("contoh/sop/tidak-dibuat"),
        document("contoh/sop/paripurna", pages=11, lines=104, crossings=3),
    ]
    assert score_lines(documents, "id") == [
        "contoh/sop/reses:      2 halaman,   9 garis, 0 persilangan",
        "contoh/sop/paripurna: 11 halaman, 104 garis, 3 persilangan",
    ]
    assert score_lines(documents, "en")[0].endswith(" 2 pages,   9 lines, 0 crossings")


def test_nothing_drawn_is_nothing_to_tell() -> None:
    assert score_lines([], "id") == score_lines([document("a/sop/b")], "id") == []


def test_every_figure_of_the_score_has_words() -> None:
    assert set(score([])) == set(WORDS)
