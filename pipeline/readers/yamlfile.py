"""YAML read strictly and with places: values stay as written, and every fault is a finding.

PyYAML's events are used and not its values: a loader turns ``8:30`` into 510, ``no`` into False and ``012`` into 10,
and drops duplicate keys. The tree is built here because libyaml's own composer recurses without limit.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipeline.model.finding import Place, Related
from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.files import MAX_TEXT, line_column, read_text, shown, too_long
from pipeline.readers.nodes import STAGE_KEY, ListNode, MapNode, Node, TextNode

_Parser: Any = None  # None: PyYAML was built without libyaml
with contextlib.suppress(ImportError):
    from yaml._yaml import CParser as _Parser

MAX_DEPTH = 24
MAX_NODES = 200_000
"""Nodes counted with aliases written out: a few kilobytes of anchors can stand for billions of values."""
MAX_CHARS = 8_000_000

_TAB = re.compile(r"(?m)^ *\t[ \t]*(?=[^\s#])")
_ODD_BREAKS = ("\x85", "\u2028", "\u2029")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(path: Path, root: Path, collector: Collector) -> Node | None:
    """The content of ``path``, or None after adding findings that say why there is none."""
    text = read_text(path, root, collector)
    return None if text is None else parse_yaml(text, shown(path, root), collector)


def parse_yaml(text: str, file: str, collector: Collector) -> Node | None:
    """The tree of ``text``; places carry ``file``. None after a fault that leaves no tree."""
    if len(text) > MAX_CHARS:
        _too_complex(Place(file), collector)
        return None
    plain, hidden = _one_line_each(text)
    try:
        return _Builder(file, collector, line_column(text, len(text)), hidden).build(_events(plain))
    except _TooComplex as error:
        _too_complex(error.place, collector)
    except yaml.MarkedYAMLError as error:
        _broken(plain, file, error, collector)
    except yaml.YAMLError as error:
        collector.add(faults.SYNTAX, Place(file), *_generic(str(error)))
    return None


def _one_line_each(text: str) -> tuple[str, dict[int, str]]:
    """``text`` with signs of no meaning for those at which only YAML 1.1 ends a line, and what each stands for.

    Editors and our reports know no line ends there: all places below would be a line too low.
    """
    odd = [sign for sign in _ODD_BREAKS if sign in text]
    if not odd:
        return text, {}
    free = (sign for sign in map(chr, range(0x10F000, 0x10FFFE)) if sign not in text)
    hidden = {ord(sign): instead for sign, instead in zip(odd, free, strict=False)}
    return text.translate(hidden), {ord(instead): chr(sign) for sign, instead in hidden.items()}


def _events(text: str) -> Iterator[Any]:
    if _Parser is None:
        yield from yaml.parse(text, Loader=yaml.BaseLoader)
        return
    next_event = _Parser(text).get_event
    while (event := next_event()) is not None:
        yield event


class _TooComplex(Exception):  # noqa: N818 - a signal inside this module, not an error of the program
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Builder:
    """Turns events into nodes; counts what aliases stand for, so that a small file cannot become a huge one.

    ``last`` are the last line and column of the file, ``hidden`` what signs in values stand for.
    """

    def __init__(self, file: str, collector: Collector, last: tuple[int, int], hidden: dict[int, str]) -> None:
        self.file = file
        self.collector = collector
        self.last = last
        self.hidden = hidden
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0
        self.events: Iterator[Any] = iter(())

    def build(self, events: Iterator[Any]) -> Node | None:
        self.events = events
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._several(self._place(event))
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        if root is None:
            self._nothing()
        return root

    def _place(self, event: Any) -> Place:
        return self._span(event, event)

    def _node(self, event: Any, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise _TooComplex(self._place(event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self.count
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            value = event.value.translate(self.hidden) if self.hidden else event.value
            if len(value) > MAX_TEXT:
                self._too_long(event, len(value))
                value = ""
            node = TextNode(None if plain and value in _NULLS else value, self._place(event))
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._list(event, depth)
        else:
            node = self._mapping(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.count - before + 1)
        return node

    def _alias(self, event: Any) -> Node:
        known = self.anchors.get(event.anchor)
        if known is None:
            self.collector.add(
                faults.SYNTAX,
                self._place(event),
                say("`*{name}` menunjuk acuan yang belum ada", name=event.anchor),
                say("Tulis isinya langsung; bila `*` bagian dari teks, apit teks itu dengan tanda kutip."),
            )
            return TextNode(None, self._place(event))
        node, size = known
        self.count += size
        if self.count > MAX_NODES:
            raise _TooComplex(self._place(event))
        return node

    def _list(self, start: Any, depth: int) -> ListNode:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return ListNode(tuple(items), self._span(start, event))
            items.append(self._node(event, depth + 1))
        return ListNode(tuple(items), self._place(start))

    def _mapping(self, start: Any, depth: int) -> MapNode:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return MapNode(entries, keys, self._span(start, event))
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key, TextNode) or key.text is None:
                self._bad_key(key.place)
            elif key.text in entries:
                self._twice(key.text, key.place, keys[key.text])
            else:
                entries[key.text] = value
                keys[key.text] = key.place
        return MapNode(entries, keys, self._place(start))

    def _span(self, start: Any, end: Any) -> Place:
        # Where the last line has no end, the parser says that what ends with it ends on the line after it.
        first, last = start.start_mark, end.end_mark
        begin = min((first.line + 1, first.column + 1), self.last)
        return Place(self.file, *begin, *min((last.line + 1, last.column + 1), self.last))

    def _twice(self, key: str, place: Place, first: Place) -> None:
        self.collector.add(
            faults.DUPLICATE_KEY,
            place,
            say("kunci `{key}` sudah ada di baris {line}", key=key, line=first.line),
            say("Hapus salah satu; yang dipakai adalah yang pertama."),
            [Related(first, say("yang pertama"))],
            blocks=key == STAGE_KEY,
        )

    def _bad_key(self, place: Place) -> None:
        self.collector.add(
            faults.WRONG_TYPE,
            place,
            say("kunci harus berupa teks biasa"),
            say("Bila ini sebenarnya isian, apit dengan tanda kutip."),
        )

    def _several(self, place: Place) -> None:
        self.collector.add(
            faults.DOCUMENTS,
            place,
            say("berkas berisi lebih dari satu dokumen YAML; hanya yang pertama dibaca"),
            say("Pindahkan bagian sesudah `---` ke berkas lain."),
        )

    def _too_long(self, event: Any, count: int) -> None:
        self.collector.add(
            faults.TOO_COMPLEX,
            self._place(event),
            too_long(count),
            say("Persingkat isinya; mungkin tanda kutip di awalnya tidak ditutup di tempat yang dimaksud."),
            blocks=True,
        )

    def _nothing(self) -> None:
        self.collector.add(
            faults.EMPTY,
            Place(self.file),
            say("berkas tidak berisi data, hanya komentar"),
            say("Isi kunci-kuncinya; contoh: `tertib new`."),
        )


def _too_complex(place: Place, collector: Collector) -> None:
    collector.add(
        faults.TOO_COMPLEX,
        place,
        say("susunan YAML terlalu besar atau terlalu dalam"),
        say("Sederhanakan berkas ini; bila `[` atau `{` bagian dari teks, apit dengan tanda kutip."),
    )


def _broken(text: str, file: str, error: yaml.MarkedYAMLError, collector: Collector) -> None:
    mark = error.problem_mark or error.context_mark
    line, column = min((mark.line + 1, mark.column + 1), line_column(text, len(text))) if mark else (None, None)
    tabs = list(_tabs(text, file)) if "cannot start any token" in str(error.problem) else []
    if mark and any(place.line == line for place in tabs):
        for place in tabs:
            collector.add(faults.TAB, place, *_TAB_TEXT)
        # Once the tabs are named, look for the next fault as if they were blanks.
        rest = Collector(collector.document)
        parse_yaml(_TAB.sub(lambda m: m.group().replace("\t", "  "), text), file, rest)
        collector.findings += rest.findings
        return
    start = error.context_mark
    began = Place(file, start.line + 1, start.column + 1) if start else None
    message, help = _explained(error)
    if began and "quoted scalar" in str(error.context):
        # The parser notices a quote that is never closed at the end of the file: the fault is where it opens.
        collector.add(
            faults.SYNTAX, Place(file, line, column) if "escape" in str(error.problem) else began, message, help
        )
        return
    related = []
    if began and began.line != line:
        related.append(Related(began, say("bagian ini dimulai di sini")))
    collector.add(faults.SYNTAX, Place(file, line, column), message, help, related)


_TAB_TEXT = (
    say("baris menjorok dengan tab"),
    say("Ganti tab dengan spasi."),
)


def _tabs(text: str, file: str) -> Iterator[Place]:
    for number, line in enumerate(text.split("\n"), 1):
        if _TAB.match(line):
            yield Place(file, number, line.index("\t") + 1)


def _generic(problem: str) -> tuple[Message, Message]:
    return (
        say("tulisan YAML di sini tidak dapat dibaca ({problem})", problem=problem.splitlines()[0]),
        say("Periksa tanda kutip, titik dua, dan jorokan di baris ini dan sebelumnya."),
    )


_PROBLEMS: tuple[tuple[str, Message, Message], ...] = (
    (
        "mapping values are not allowed",
        say("titik dua tidak pada tempatnya"),
        say(
            'Bila titik dua bagian dari teks, apit seluruh teks dengan tanda kutip: judul: "Rapat: hasil". '
            "Bila ini kunci baru, samakan jorokannya dengan kunci di atasnya."
        ),
    ),
    (
        "unexpected end of stream",
        say("tanda kutip dibuka di sini tetapi tidak ditutup"),
        say("Tambahkan tanda kutip penutup."),
    ),
    (
        "document indicator",
        say("tanda kutip dibuka di sini tetapi tidak ditutup"),
        say("Tambahkan tanda kutip penutup."),
    ),
    (
        "cannot start any token",
        say("teks tidak boleh diawali karakter ini"),
        say("Apit teks itu dengan tanda kutip; tab diganti spasi."),
    ),
    (
        "could not find expected ':'",
        say("baris ini bukan pasangan `kunci: isi`"),
        say("Tambahkan titik dua dan spasi sesudah kunci, atau jorokkan baris lanjutan teks di atasnya."),
    ),
    (
        "did not find expected ',' or",
        say("daftar atau pasangan dalam kurung tidak ditutup"),
        say("Tutup kurungnya, dan pisahkan isinya dengan koma."),
    ),
    (
        "did not find expected node content",
        say("isi di dalam kurung tidak lengkap atau kurungnya tidak ditutup"),
        say("Tutup kurungnya, dan jangan tinggalkan koma tanpa isi."),
    ),
    (
        "did not find expected '-'",
        say("baris ini seharusnya butir daftar yang diawali `- `"),
        say("Awali dengan `- `, atau samakan jorokannya dengan kunci di atas daftar."),
    ),
    (
        "did not find expected key",
        say("jorokan atau tanda kutip baris ini tidak cocok"),
        say("Samakan jorokannya dengan kunci-kunci lain; di dalam '...' tulis kutip sebagai ''."),
    ),
    (
        "block sequence entries are not allowed",
        say("butir daftar tidak boleh sebaris dengan kuncinya"),
        say("Pindahkan `- ...` ke baris baru."),
    ),
    (
        "unknown escape character",
        say("garis miring terbalik `\\` di dalam kutip ganda"),
        say("Pakai kutip tunggal '...', atau tulis `\\\\`."),
    ),
)


def _explained(error: yaml.MarkedYAMLError) -> tuple[Message, Message]:
    problem = str(error.problem)
    for part, message, help in _PROBLEMS:
        if part in problem:
            return message, help
    return _generic(problem)
