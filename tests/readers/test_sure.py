"""What is said to be sure to change needs no proof, because the proof would say the same."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.model.finding import Place
from pipeline.readers.rewrite import Change, rewritten
from pipeline.readers.sure import are_sure

# name of the file, its text with the place of the value between < and >, old, new
SURE = [
    ("x.yaml", "a: <Rakyat,Dewan>  # catatan\n", "Rakyat,Dewan", "Rakyat, Dewan"),
    ("x.yaml", "a: [x, <rakyat>]\n", "rakyat", "Rakyat"),
    ("x.yaml", 'a: <"Rapat: kerja  sama">\n', "Rapat: kerja  sama", "Rapat kerja sama"),
    ("x.csv", "a;b\n1;<dan dll>\n", "dan dll", "dan lain-lain"),
    ("x.csv", "a,b\n1,<dll; surat>\n", "dll", "dan lain-lain"),
]
UNSURE = [
    # the new text means something to the file, or may
    ("x.yaml", "{a: <kiri>}\n", "kiri", "kiri, kanan"),
    ("x.yaml", "a: <judul>\n", "judul", "judul: baru"),
    ("x.yaml", "a: <judul>\n", "judul", "judul #1"),
    ("x.yaml", "a: <judul>\n", "judul", "judul "),
    ("x.yaml", "a: <judul>\n", "judul", "null"),
    ("x.yaml", "a: <'Jumat'>\n", "Jumat", "Jum'at"),
    ("x.csv", "a,b\n1,<kiri>\n", "kiri", "kiri, kanan"),
    # the old text is not written as it is read
    ("x.yaml", "a: <kerja\n  sama>\n", "kerja sama", "kerjasama"),
    ("x.yaml", "a: <'Jum''at'>\n", "Jum'at", "Jumat"),
    ("x.yaml", "a: &b <salah>\nc: *b\n", "salah", "benar"),
    ("x.csv", 'a,b\n1,<"kiri, kanan">\n', "kiri, kanan", "kiri dan kanan"),
    # what stands there is no text, or no YAML at all
    ("x.yaml", "a: <[x]>\n", "[x]", "x"),
    ("x.yaml", "a: <[;>\n", "[;", "x"),
    ("x.yaml", "a: <- x>\n", "- x", "x"),
    ("x.yaml", "a: <x: y>\n", "x: y", "x"),
    ("x.yaml", 'a: <"x"y">\n', 'x"y', "x"),
    ("x.csv", "a,b\n1,<,:>\n", ",", "x"),
    # there is nothing to do, or no one place to do it
    ("x.yaml", "a: <judul>\n", "judul", "judul"),
    ("x.csv", "a,b\n1,<ya; ya>\n", "ya", "tidak"),
    ("x.txt", "a: <salah>\n", "salah", "benar"),
]
PIECE = st.text("ab ,;.:#'\"&[]{}()-\n", min_size=1, max_size=6)


def read(marked: str) -> tuple[str, Place]:
    """A text without its marks, and the place they are around."""
    before, value, after = marked.replace(">", "<").split("<")
    lines, inside = before.split("\n"), value.split("\n")
    column = len(lines[-1]) + 1
    end = len(inside[-1]) + (column if len(inside) == 1 else 1)
    return before + value + after, Place("x", len(lines), column, len(lines) + len(inside) - 1, end)


@pytest.mark.parametrize(("name", "marked", "old", "new"), SURE)
def test_plain_words_are_sure(name: str, marked: str, old: str, new: str) -> None:
    text, place = read(marked)
    change = Change(place, old, new)
    assert are_sure(text, name, [change])
    assert rewritten(text, name, [change])[1] == (change,)


@pytest.mark.parametrize(("name", "marked", "old", "new"), UNSURE)
def test_what_may_mean_something_else_is_not_sure(name: str, marked: str, old: str, new: str) -> None:
    text, place = read(marked)
    assert not are_sure(text, name, [Change(place, old, new)])


FRAMES = [
    ("x.csv", "a,b\n1,<{}>\n"),
    *(("x.yaml", frame) for frame in ("a: <{}>\n", "a: [x, <{}>]\n", "{{a: <{}>, b: x}}\n", 'a: <"{}">\n')),
]


def is_read(text: str, value: str) -> bool:
    """Is ``value`` one of those that the YAML ``text`` says?"""
    try:
        said = yaml.safe_load(text)["a"]
    except yaml.YAMLError:
        return False
    return value in (said if isinstance(said, list) else [said])


@given(
    named=st.sampled_from(FRAMES),
    old=PIECE,
    rest=PIECE,
    new=PIECE,
)
def test_what_is_sure_is_done(named: tuple[str, str], old: str, rest: str, new: str) -> None:
    name, frame = named
    text, place = read(frame.format(old + rest))
    assume(name == "x.csv" or is_read(text, old + rest))
    for value in (old, old + rest):
        change = Change(place, value, value.replace(old, new))
        _, done = rewritten(text, name, [change])
        assert done == (change,) or not are_sure(text, name, [change])
