"""Lines of text against a plain reading of the rule, and counts against lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout.fonts import Font
from pipeline.layout.lines import line_count, measure, wrap
from pipeline.model.form import MM

ARIAL = Font("Arial", 10)
SETTINGS = settings(max_examples=500, deadline=None)
TEXTS = st.one_of(
    st.text(alphabet="abcW  -–—_,.²é\u00a0\t\n", max_size=80),
    st.text(max_size=40),
    st.lists(st.sampled_from(["rapat", "perundang-undangan", "di", "W" * 40, "-"]), max_size=30).map(" ".join),
)
WIDTHS = st.integers(0, 100 * MM)


def plain_wrap(text: str, width: int) -> list[str]:
    """The rule as one would do it by hand, sign by sign: at blanks, after hyphens, and within words too wide."""
    return [line for paragraph in text.split("\n") for line in _plain_paragraph(paragraph, width)]


def _plain_paragraph(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        if used + ARIAL.width(piece.rstrip()) <= width:
            line, used = line + piece, used + ARIAL.width(piece)
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece
        while ARIAL.width(line.rstrip()) > width and len(line) > 1:
            count = max([n for n in range(1, len(line)) if ARIAL.width(line[:n]) <= width], default=1)
            lines.append(line[:count])
            line = line[count:]
        used = ARIAL.width(line)
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for sign, following in zip(text, text[1:] + "\0", strict=False):
        pieces[-1] += sign
        if (sign == " " and following != " ") or (sign in "-–—" and following.isalnum()):
            pieces.append("")
    return [piece for piece in pieces if piece]


@SETTINGS
@given(TEXTS, WIDTHS)
def test_lines_follow_the_rule(text: str, width: int) -> None:
    assert wrap(text, ARIAL, width) == plain_wrap(text, width)


@SETTINGS
@given(TEXTS, WIDTHS)
def test_lines_are_counted_without_making_them(text: str, width: int) -> None:
    assert line_count(text, ARIAL, width) == len(wrap(text, ARIAL, width))


@SETTINGS
@given(TEXTS, WIDTHS, WIDTHS)
def test_more_width_is_never_more_lines(text: str, one: int, two: int) -> None:
    assert line_count(text, ARIAL, max(one, two)) <= line_count(text, ARIAL, min(one, two))


@SETTINGS
@given(TEXTS, st.integers(0, 60), st.integers(1, 40), st.integers(1, 6))
def test_a_ladder_tells_the_count_at_every_width(text: str, least: int, steps: int, enough: int) -> None:
    rooms = [(least + step) * MM for step in range(steps)]
    for paragraph in measure(text, ARIAL):
        ladder = paragraph.ladder(rooms, enough)
        for index, room in enumerate(rooms):
            below = [(count, tight) for start, count, tight in ladder if start >= index]
            told = below[-1][0] if below else ladder[0][1]
            assert told == paragraph.count(room) or (not below and max(told, paragraph.count(room)) <= enough)
        for _, count, tight in ladder:
            assert paragraph.count(tight) == count


def test_a_word_of_thousands_of_letters_is_broken_between_them() -> None:
    lines = wrap("Kegiatan" * 400, ARIAL, 30 * MM)
    assert "".join(lines) == "Kegiatan" * 400
    assert all(ARIAL.width(line) <= 30 * MM for line in lines)


def test_a_number_before_a_broken_word_takes_lines_of_its_own() -> None:
    """LibreOffice leaves the number on a line, and an empty one, before it breaks the word."""
    text, width = "1.\t" + "W" * 40, 50 * MM
    assert line_count(text, ARIAL, width) == len(wrap(text, ARIAL, width)) + 2
    assert line_count(text, ARIAL, 1000 * MM) == 1
    assert line_count("1.\tRapat " + "W" * 40, ARIAL, width) == len(wrap("1.\tRapat " + "W" * 40, ARIAL, width))
