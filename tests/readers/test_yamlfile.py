"""YAML: values stay as written, faults have places."""

from __future__ import annotations

import pytest

from pipeline.readers import yamlfile
from pipeline.readers.faults import Collector
from pipeline.readers.nodes import ListNode, MapNode, Node, TextNode
from pipeline.readers.yamlfile import parse_yaml


def plain(node: Node | None) -> object:
    """The tree as plain values."""
    if isinstance(node, MapNode):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text if node is not None else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 8:30", {"a": "8:30"}),
        ("a: no", {"a": "no"}),
        ("a: 012", {"a": "012"}),
        ("a: 2023", {"a": "2023"}),
        ("a: 2023-01-02", {"a": "2023-01-02"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 0x1F", {"a": "0x1F"}),
        ("a: yes\nb: on\nc: .inf", {"a": "yes", "b": "on", "c": ".inf"}),
        ("a:\nb: ~\nc: null\nd: NULL", {"a": None, "b": None, "c": None, "d": None}),
        ("a: ''\nb: 'null'\nc: \"~\"", {"a": "", "b": "null", "c": "~"}),
        ("a: !!int 3", {"a": "3"}),
        ("a: [x, 'y: z', {b: c}]", {"a": ["x", "y: z", {"b": "c"}]}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: >-\n  x\n  y\n", {"a": "x y"}),
        ("1: x\nno: y", {"1": "x", "no": "y"}),
        ("a: &x [1, 2]\nb: *x", {"a": ["1", "2"], "b": ["1", "2"]}),
        ("a: b # komentar\n", {"a": "b"}),
    ],
)
@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
def test_values_stay_as_written(text: str, value: object, native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not native:
        monkeypatch.setattr(yamlfile, "_Parser", None)
    collector = Collector()
    assert plain(parse_yaml(text, "f.yaml", collector)) == value
    assert collector.findings == []


def test_places_count_characters_from_one() -> None:
    node = parse_yaml("é: ñandú ½\nb:\n  - x\n  - 'y z'\n", "f.yaml", Collector())
    assert isinstance(node, MapNode)
    first, items = node.entries["é"], node.entries["b"]
    assert (first.place.line, first.place.column, first.place.end_line, first.place.end_column) == (1, 4, 1, 11)
    assert (node.keys["b"].line, node.keys["b"].column) == (2, 1)
    assert isinstance(items, ListNode)
    second = items.items[1]
    assert (second.place.line, second.place.column, second.place.end_column) == (4, 5, 10)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 10)}]\n" for before, after in zip("abcdefg", "bcdefgh", strict=True)
)

FAULTS = [
    ("tab", "a:\n\tb: 1\n", [("MSK-06", 2, 1)]),
    ("every tab and the next fault", "a:\n\tb: 1\n\tc: d: e\n", [("MSK-06", 2, 1), ("MSK-06", 3, 1), ("MSK-05", 3, 7)]),
    ("colon in a text", "nomor: 1\njudul: Rapat: hasil\n", [("MSK-05", 2, 13)]),
    ("quote never closed", 'a: 1\nb: "xx\nc: 3\n', [("MSK-05", 2, 4)]),
    ("quote never closed on the last line", "a: 1\nb: 'xx", [("MSK-05", 2, 4)]),
    ("several documents", "a: 1\n---\nb: 2\n", [("MSK-11", 2, 1)]),
    ("unknown alias", "a: *x\n", [("MSK-05", 1, 4)]),
    ("list item missing", "- a\nb: 2\n", [("MSK-05", 2, 1)]),
    ("bracket never closed", "a: [1, 2\nb: 3\n", [("MSK-05", 2, 2)]),
    ("bracket never filled", "a: 1\nb: [\n", [("MSK-05", 3, 1)]),
    ("forbidden first character", "a: @x\n", [("MSK-05", 1, 4)]),
    ("quote inside quotes", "a: 'it's'\n", [("MSK-05", 1, 8)]),
    ("escape", 'a: "\\q"\n', [("MSK-05", 1, 5)]),
    ("key without colon", "a: 1\nb\nc: 2\n", [("MSK-05", 3, 1)]),
    ("item beside its key", "a: - x\n", [("MSK-05", 1, 4)]),
    ("duplicate keys, each", "a: 1\nb: 2\na: 3\nb: 4\n", [("MSK-07", 3, 1), ("MSK-07", 4, 1)]),
    ("list as key", "? [a]\n: b\n", [("MSK-09", 1, 3)]),
    ("only comments", "# x\n", [("MSK-04", None, None)]),
    ("too deep", "[" * 100_000, [("MSK-12", 1, 26)]),
    ("alias bomb", BOMB, [("MSK-12", 6, 8)]),
]


@pytest.mark.parametrize(("text", "found"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_faults_have_places(text: str, found: list[tuple[str, int, int]]) -> None:
    collector = Collector("doc")
    parse_yaml(text, "f.yaml", collector)
    assert [(f.code, f.place.line, f.place.column) for f in collector.findings] == found
    for finding in collector.findings:
        assert finding.place.file == "f.yaml"
        assert finding.document == "doc"
        assert finding.message.id != finding.message.en
        assert finding.help.id


def test_duplicate_key_keeps_the_first_and_names_it() -> None:
    collector = Collector()
    node = parse_yaml("a: 1\na: 2\n", "f.yaml", collector)
    assert plain(node) == {"a": "1"}
    assert collector.findings[0].related[0].place.line == 1
    assert "baris 1" in collector.findings[0].message.id


def test_first_of_several_documents_is_read() -> None:
    assert plain(parse_yaml("a: 1\n---\nb: 2\n", "f.yaml", Collector())) == {"a": "1"}


def test_empty_value_is_none_node() -> None:
    node = parse_yaml("a:\n", "f.yaml", Collector())
    assert isinstance(node, MapNode)
    assert node.entries["a"] == TextNode(None, node.entries["a"].place)


def places(node: Node | None) -> list[tuple[int | None, ...]]:
    """Line, column, end line and end column of a tree and of all in it."""
    if node is None:
        return []
    inner = list(node.entries.values()) if isinstance(node, MapNode) else []
    inner += list(node.items) if isinstance(node, ListNode) else []
    own = (node.place.line, node.place.column, node.place.end_line, node.place.end_column)
    return [own, *(place for each in inner for place in places(each))]


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_lines_end_where_editors_end_them(sign: str, native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not native:
        monkeypatch.setattr(yamlfile, "_Parser", None)
    text = f"a: x{sign}y\n'{sign}': [\"1{sign}\", \U0010f000]\nz: 3\n"
    node = parse_yaml(text, "f.yaml", Collector())
    assert plain(node) == {"a": f"x{sign}y", sign: [f"1{sign}", "\U0010f000"], "z": "3"}
    assert places(node)[1:] == [(1, 4, 1, 7), (2, 6, 2, 15), (2, 7, 2, 11), (2, 13, 2, 14), (3, 4, 3, 5)]


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@pytest.mark.parametrize("text", ["a:\n  b:\n    - c", "a:\n  b:\n    - c\n"])
def test_no_place_ends_below_the_file(text: str, native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not native:
        monkeypatch.setattr(yamlfile, "_Parser", None)
    found = places(parse_yaml(text, "f.yaml", Collector()))
    assert len(found) == 4
    assert max(end for _, _, end, _ in found if end is not None) <= len(text.split("\n"))


def test_a_fault_at_the_end_of_a_file_without_line_end_is_in_the_file() -> None:
    collector = Collector()
    assert parse_yaml("a: [1,\n  2", "f.yaml", collector) is None
    assert [(f.place.line, f.place.column) for f in collector.findings] == [(2, 4)]
