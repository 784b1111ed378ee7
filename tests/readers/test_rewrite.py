"""Changing one value in a file leaves every other sign of it as it was, or nothing is changed at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.finding import Place
from pipeline.readers.faults import Collector
from pipeline.readers.nodes import ListNode, MapNode, Node, TextNode
from pipeline.readers.rewrite import Change, rewritten
from pipeline.readers.yamlfile import parse_yaml

YAML = [
    # text, old, new, text after (None: left alone)
    ("a: Rakyat,Dewan  # catatan\n", "Rakyat,Dewan", "Rakyat, Dewan", "a: Rakyat, Dewan  # catatan\n"),
    ("a: [x, Rakyat,Dewan]\n", "Rakyat", "rakyat", "a: [x, rakyat,Dewan]\n"),
    ("a: 'Jum''at,lusa'\n", "Jum'at,lusa", "Jum'at, lusa", "a: 'Jum''at, lusa'\n"),
    ('a: "kata \\"x\\",y"\n', 'kata "x",y', 'kata "x", y', 'a: "kata \\"x\\", y"\n'),
    ("a: dua\n  baris,satu\n", "dua baris,satu", "dua baris, satu", "a: dua\n  baris, satu\n"),
    ("a: |-\n  di\n  baca\n  x\n", "di\nbaca\nx", "dibaca\nx", "a: |-\n  dibaca\n  x\n"),
    ("a: >-\n  dua\n  barris\n", "dua barris", "dua baris", "a: >-\n  dua\n  baris\n"),
    ("a: judul\n", "judul", "judul: baru", "a: 'judul: baru'\n"),
    ("a: Jum'at pagi\n", "pagi", "pagi: baru", "a: 'Jum''at pagi: baru'\n"),
    ("{a: kiri}\n", "kiri", "kiri, kanan", "{a: 'kiri, kanan'}\n"),
    ("a: x\r\nb: salah\r\n", "salah", "benar", "a: x\r\nb: benar\r\n"),
    ("a: ya ya\n", "ya", "tidak", None),
    ("a: salah\n", "betul", "benar", None),
]


def nodes(text: str) -> dict[tuple[str | int, ...], TextNode]:
    found: dict[tuple[str | int, ...], TextNode] = {}

    def walk(node: Node, path: tuple[str | int, ...]) -> None:
        if isinstance(node, TextNode):
            found[path] = node
        elif isinstance(node, MapNode):
            for key, value in node.entries.items():
                walk(value, (*path, key))
        elif isinstance(node, ListNode):
            for index, item in enumerate(node.items):
                walk(item, (*path, index))

    root = parse_yaml(text, "x.yaml", Collector())
    assert root is not None
    walk(root, ())
    return found


def holding(text: str, old: str) -> Place:
    places = [node.place for node in nodes(text).values() if old in (node.text or "")]
    return places[0] if places else next(iter(nodes(text).values())).place


@pytest.mark.parametrize(("text", "old", "new", "after"), YAML)
def test_yaml(text: str, old: str, new: str, after: str | None) -> None:
    change = Change(holding(text, old), old, new)
    made, done = rewritten(text, "x.yaml", [change])
    assert made == (text if after is None else after)
    assert done == (() if after is None else (change,))


CSV = [
    ("no;a\r\n1;15Menit\r\n", (2, 3, 10), "15Menit", "15 menit", "no;a\r\n1;15 menit\r\n"),
    ("no,a,b\n1,Rapat,x\n", (2, 3, 8), "Rapat", "Rapat, lalu", 'no,a,b\n1,"Rapat, lalu",x\n'),
    ('no,a\n1,"kata ""x"",y"\n', (2, 3, 17), 'kata "x",y', 'kata "x", y', 'no,a\n1,"kata ""x"", y"\n'),
    ("sep=;\nno;a\n1;salah\n", (3, 3, 8), "salah", "benar", "sep=;\nno;a\n1;benar\n"),
    ("no,a\n1,salah\n", (9, 3, 8), "salah", "benar", None),
]


@pytest.mark.parametrize(("text", "at", "old", "new", "after"), CSV)
def test_csv(text: str, at: tuple[int, int, int], old: str, new: str, after: str | None) -> None:
    line, column, end = at
    made, done = rewritten(text, "x.csv", [Change(Place("x.csv", line, column, line, end), old, new)])
    assert made == (text if after is None else after)
    assert len(done) == (0 if after is None else 1)


def test_items_of_one_cell_are_changed_one_after_the_other() -> None:
    text = "no,output\n1,satu;duwa;tigaa\n"
    place = Place("x.csv", 2, 3, 2, 18)
    made, done = rewritten(text, "x.csv", [Change(place, "duwa", "dua"), Change(place, "tigaa", "tiga")])
    assert made == "no,output\n1,satu;dua;tiga\n"
    assert len(done) == 2


def test_other_files_are_left_alone() -> None:
    assert rewritten("salah", "x.txt", [Change(Place("x.txt", 1, 1, 1, 6), "salah", "benar")]) == ("salah", ())


WORDS = st.text(st.sampled_from("abcXY é,;:'\"#-[]{}\\&*!|>%@`\t"), min_size=1, max_size=24).filter(
    lambda text: text.strip() == text and bool(text.strip())
)
STYLES: list[Callable[[str], str]] = [
    lambda text: yaml.safe_dump({"a": 1, "x": [text, "lain"]}, allow_unicode=True),
    lambda text: yaml.safe_dump({"x": text}, default_style='"', allow_unicode=True),
    lambda text: yaml.safe_dump({"x": text}, default_style="'", allow_unicode=True),
    lambda text: yaml.safe_dump({"x": text, "y": "lain"}, width=12, allow_unicode=True),
    lambda text: yaml.safe_dump({"x": {"y": text}}, default_flow_style=True, allow_unicode=True),
]


@given(WORDS, WORDS, st.sampled_from(range(len(STYLES))))
def test_a_change_in_yaml_is_exactly_that_or_nothing(old: str, new: str, style: int) -> None:
    text = "# kepala\n" + STYLES[style](old) + "# ekor\n"
    before = nodes(text)
    path = next(path for path, node in before.items() if node.text == old)
    made, done = rewritten(text, "x.yaml", [Change(before[path].place, old, new)])
    if not done:
        assert made == text
        return
    after = nodes(made)
    assert list(after) == list(before)
    assert {key: node.text for key, node in after.items()} == {
        key: new if key == path else node.text for key, node in before.items()
    }
    assert made.startswith("# kepala\n")
    assert made.endswith("# ekor\n")


@given(WORDS, WORDS, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_change_in_csv_is_exactly_that_or_nothing(old: str, new: str, mark: str, end: str, quoted: bool) -> None:
    made = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(made, delimiter=mark, lineterminator=end, quoting=quoting).writerows([["no", "b", "c"], ["1", old, "z"]])
    text = made.getvalue()
    row = text.split(end)[1]
    cell = csv.reader([row], delimiter=mark)
    assert next(cell)[1] == old
    start = row.index(mark) + 1
    stop = len(row) - len(mark + ('"z"' if quoted else "z"))
    after, done = rewritten(text, "x.csv", [Change(Place("x.csv", 2, start + 1, 2, stop + 1), old, new)])
    if not done:
        assert after == text
        return
    assert list(csv.reader(io.StringIO(after, newline=""), delimiter=mark)) == [["no", "b", "c"], ["1", new, "z"]]
    assert after.split(end)[0] == text.split(end)[0]
    assert after.count(end) == text.count(end)
