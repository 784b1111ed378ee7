"""Which words differ: matched by sign and place to a tolerance, gathered by line, told where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.model.particulars import Box
from pipeline.sign.changes import Change
from pipeline.sign.sheets import Word
from pipeline.sign.texts import box_of, changed_words, nearest, text_changes

HIGH = 800.0


def word(text: str, x: float, y: float, size: float = 10) -> Word:
    """A word whose characters stand half its size apart."""
    return Word(text, tuple((x + size / 2 * number, y) for number in range(len(text))), size)


def line(text: str, y: float, x: float = 100) -> list[Word]:
    """The words of a line, a character's width apart."""
    made = []
    for part in text.split():
        made.append(word(part, x, y))
        x += 5 * (len(part) + 1)
    return made


def told(before: Sequence[Word], after: Sequence[Word]) -> list[tuple[str, str]]:
    return [(change.removed, change.added) for change in text_changes(before, after, 3, HIGH)]


def said(before: Sequence[Word], after: Sequence[Word]) -> str:
    (change,) = text_changes(before, after, 3, HIGH)
    assert change.page == 3
    return change.message.id


@pytest.mark.parametrize("by", [(0.7, 0), (-0.7, 0), (0, 0.7), (0, -0.7), (0.7, 0.7), (-0.7, -0.7)])
@pytest.mark.parametrize("at", [(100.0, 500.0), (100.5, 500.5), (100.9, 500.9)])
def test_a_character_may_stand_three_quarters_of_a_point_beside(
    by: tuple[float, float], at: tuple[float, float]
) -> None:
    assert told([word("a", *at)], [word("a", at[0] + by[0], at[1] + by[1])]) == []


@pytest.mark.parametrize("by", [(0.8, 0), (-0.8, 0), (0, 0.8), (0, -0.8)])
def test_further_away_it_has_moved(by: tuple[float, float]) -> None:
    assert told([word("a", 100.1, 500.1)], [word("a", 100.1 + by[0], 500.1 + by[1])]) == [("a", "a")]
    assert "bergeser" in said([word("a", 100, 500)], [word("a", 101, 500)])


def test_one_character_stands_for_one() -> None:
    one, two = word("a", 100, 500), word("a", 100.2, 500)
    assert changed_words([one, two], [one]) == ((two,), ())
    assert changed_words([one], [one, two]) == ((), (two,))
    assert changed_words([one, two], [two, one]) == ((), ())


def test_another_sign_in_the_same_place_is_another() -> None:
    assert said([word("3", 100, 500)], [word("8", 100, 500)]) == (
        "Teks “3” menjadi “8” (halaman 3, 35 mm dari kiri dan 103 mm dari atas)."
    )


def test_words_that_are_cut_otherwise_are_the_same() -> None:
    assert told([word("ab", 100, 500)], [word("a", 100, 500), word("b", 105, 500)]) == []


def test_gone_and_new() -> None:
    assert "Teks “a” hilang" in said([word("a", 100, 500)], [])
    assert "Teks “a” ditambahkan" in said([], [word("a", 100, 500)])


def test_words_of_a_line_are_told_together_and_lines_apart() -> None:
    gone = [*line("satu dua tiga", 500), *line("empat lima", 480)]
    assert told(gone, []) == [("satu dua tiga", ""), ("empat lima", "")]
    assert told(gone, line("enam tujuh", 500)) == [("satu dua tiga", "enam tujuh"), ("empat lima", "")]


def test_words_far_apart_on_a_line_are_told_apart() -> None:
    near = [word("a", 100, 500), word("b", 100 + 6 + 14, 500)]
    far = [word("a", 100, 500), word("b", 100 + 6 + 16, 500)]
    assert told(near, []) == [("a b", "")]
    assert told(far, []) == [("a", ""), ("b", "")]


def test_words_that_overlap_are_told_together() -> None:
    assert told([word("panjang", 100, 500)], [word("lain", 110, 500)]) == [("panjang", "lain")]


@pytest.mark.parametrize(("down", "count"), [(5, 1), (7, 2)])
def test_what_stands_a_little_lower_is_of_the_line(down: float, count: int) -> None:
    assert len(told([word("a", 100, 500), word("b", 108, 500 - down)], [])) == count


def test_large_letters_reach_further() -> None:
    assert told([word("A", 100, 500, 30), word("b", 150, 500)], []) == [("A b", "")]
    assert told([word("A", 100, 500, 0.5), word("b", 101.5, 500, 0.5)], []) == [("A b", "")]


def test_places_are_told_from_the_top_and_from_the_left() -> None:
    gone = [word("d", 300, 300), word("b", 300, 500), word("c", 100, 300), word("a", 100, 499)]
    assert told(gone, []) == [("a", ""), ("b", ""), ("c", ""), ("d", "")]


def test_columns_beside_each_other_are_gathered_for_themselves() -> None:
    """Lines of a column a little apart in height from those of the next."""
    left = [word("a", 100, 500), word("b", 108, 498)]
    right = [word("x", 300, 499), word("y", 308, 497)]
    assert told([*left, *right], []) == [("a b", ""), ("x y", "")]


def test_a_text_that_is_gone_here_and_new_there_has_moved() -> None:
    (change,) = text_changes(line("satu dua", 500), line("satu dua", 300), 3, HIGH)
    assert (change.removed, change.added) == ("satu dua", "satu dua")
    assert "bergeser" in change.message.id
    assert change.box is not None
    assert (round(change.box.y), round(change.box.y + change.box.height)) == (298, 508)


def test_each_arrival_is_of_one_departure_the_first_of_the_first() -> None:
    assert told([word("a", 100, 500)], [word("a", 100, 400), word("a", 100, 300)]) == [("a", "a"), ("", "a")]
    assert told([word("a", 100, 500), word("a", 100, 450)], [word("a", 100, 300)]) == [("a", "a"), ("a", "")]
    first = text_changes([word("a", 100, 500)], [word("a", 100, 400), word("a", 100, 300)], 3, HIGH)[0]
    assert first.box is not None
    assert round(first.box.y) == 398


def test_a_text_that_was_replaced_has_not_moved() -> None:
    assert told([word("a", 100, 500)], [word("b", 100, 500), word("a", 100, 300)]) == [("a", "b"), ("", "a")]
    assert told([word("a", 100, 500), word("c", 100, 300)], [word("a", 100, 300)]) == [("a", ""), ("c", "a")]


def test_of_many_places_twelve_are_told_and_the_others_counted() -> None:
    def many(count: int) -> tuple[Change, ...]:
        return text_changes([word("a", 100, 20 * row) for row in range(1, count + 1)], [], 3, HIGH)

    assert len(many(12)) == 12
    assert all(change.box for change in many(12))
    assert len(many(15)) == 13
    assert "Halaman 3: masih ada 3 tempat lain" in many(15)[-1].message.id


def test_a_box_is_around_its_words() -> None:
    assert box_of([word("ab", 100, 500), word("c", 200, 480)], 3) == Box(3, 100, 478, 106, 30)


AROUND = [word("kiri", 50, 500), word("kanan", 200, 500), word("atas", 120, 530), word("bawah", 120, 400)]


def test_the_three_nearest_words_are_named_as_they_are_read() -> None:
    at = Box(3, 120, 500, 20, 8)
    assert nearest(AROUND, at) == "kiri kanan atas"
    assert nearest(AROUND, at, AROUND[:1]) == "kanan atas bawah"
    assert nearest(AROUND[::-1], at) == "atas kanan kiri"
    assert nearest([], at) == ""


def test_words_of_the_same_line_are_nearer_than_those_above() -> None:
    words = [word("a", 150, 500), *(word(name, 120, 500 + 20 * row) for row, name in enumerate("bcd", 1))]
    assert nearest(words, Box(3, 118, 500, 10, 8)) == "a b c"
    assert nearest([word("a", 175, 500), *words[1:]], Box(3, 118, 500, 10, 8)) == "a b c"
    assert nearest([word("a", 400, 500), *words[1:]], Box(3, 118, 500, 10, 8)) == "b c d"


def test_a_long_word_is_as_near_as_its_end() -> None:
    long = word("panjang" * 10, 100, 500)
    others = [word(name, 460, 500 + 12 * row) for row, name in enumerate("abc", 1)]
    assert nearest([long, *others], Box(3, 455, 500, 4, 8)).startswith("panjang")
    assert len(nearest([long], Box(3, 455, 500, 4, 8))) <= 80


def test_where_a_change_is_near_leaves_out_what_is_gone() -> None:
    (change,) = text_changes(
        line("satu dua tiga", 500), [one for one in line("satu dua tiga", 500) if one.text != "dua"], 3, HIGH
    )
    assert (change.removed, change.near) == ("dua", "satu tiga")
    assert "dekat “satu tiga”" in change.message.id
