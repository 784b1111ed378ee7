"""Fields of the input files as data, and the one reader of a mapping against its fields.

The same ``Field`` values give the findings about unknown keys, the reading, and the JSON Schema.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pipeline.model.finding import DataPath, Place, Stage
from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.dates import parse_date, written_out
from pipeline.readers.faults import Collector
from pipeline.readers.headers import header_key
from pipeline.readers.nearest import did_you_mean, meant, nearest
from pipeline.readers.nodes import STAGE_KEY, ListNode, MapNode, Node, TextNode, describe


class Shape(StrEnum):
    """What the value of a field looks like."""

    TEXT = "teks"
    TEXTS = "teks atau daftar teks"
    GROUPS = "daftar kelompok teks"
    DATE = "tanggal"
    INTEGER = "bilangan bulat"
    NUMBER = "bilangan"
    DEGREES = "derajat"
    CHOICE = "pilihan"
    MAPPING = "pasangan kunci"
    RECORDS = "daftar entri"
    OPEN = "pasangan kunci bebas"
    REFERENCE = "teks atau pasangan kunci"
    TABLE = "nama berkas atau daftar entri"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an input file. ``fields`` are those of a mapping or of each record, ``choices`` the allowed values;
    ``needed`` says that an entry without it is incomplete (only for records); ``example`` is a value as it is typed;
    ``synonyms`` are other names of the key, as forms label the field."""

    key: str
    shape: Shape
    about: Message
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    needed: bool = False
    example: str = ""
    synonyms: tuple[str, ...] = ()


class Reading:
    """A mapping read against its fields; places and faults go to the collector under ``path``.

    A key that is absent or states nothing gives the empty value; a value of the wrong shape is a finding and gives
    the empty value too.
    """

    def __init__(self, node: MapNode, fields: tuple[Field, ...], path: DataPath, collector: Collector) -> None:
        self.fields = {field.key: field for field in fields}
        if not node.entries.keys() <= self.fields.keys():
            node = _renamed(node, fields, path, collector)
        self.node = node
        self.path = path
        self.collector = collector
        collector.places.setdefault(path, node.place)
        for key, place in node.keys.items():
            if key not in self.fields:
                stage = nearest(key, self.fields) == STAGE_KEY and STAGE_KEY not in node.entries
                unknown_key(key, self.fields, place, collector, blocks=stage)
            else:
                value = node.entries[key]
                empty = isinstance(value, TextNode) and value.text is None
                collector.places[(*path, key)] = place if empty else value.place

    def get(self, key: str) -> Node | None:
        """The node of ``key``; None when absent or empty."""
        node = self.node.entries.get(key)
        return None if isinstance(node, TextNode) and node.text is None else node

    def text(self, key: str) -> str:
        """A single text, blanks around it removed and line breaks kept."""
        node = self.get(key)
        if isinstance(node, TextNode):
            return (node.text or "").strip()
        if node is not None:
            self.wrong(key, node)
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one. Items that state nothing are left out."""
        node = self.get(key)
        if isinstance(node, ListNode):
            return tuple(self._items(key, node))
        text = self.text(key)
        if text:
            self.collector.places[(*self.path, key, 0)] = self.collector.places[(*self.path, key)]
        return (text,) if text else ()

    def _items(self, key: str, node: ListNode) -> Iterator[str]:
        index = 0
        for item in node.items:
            if isinstance(item, TextNode):
                text = (item.text or "").strip()
            else:
                self._wrong_item(key, item)
                text = _rescued(item)
            if text:
                self.collector.places[(*self.path, key, index)] = item.place
                index += 1
                yield text

    def _wrong_item(self, key: str, item: Node) -> None:
        self.collector.add(
            faults.WRONG_TYPE,
            item.place,
            say("butir `{key}` harus teks, bukan {found}", key=key, found=describe(item)),
            say('Bila teks berisi titik dua atau kurung, apit dengan tanda kutip: - "Rapat: hasil".'),
        )

    def date(self, key: str) -> dt.date | None:
        """An ISO date, or one in words ("2 Januari 2023"); ``-`` counts as none. Anything else is finding TGL-01."""
        text = self.text(key)
        if not text or text in ("-", "–"):
            return None
        day = written_out(text)
        if day is not None:
            self.collector.written[(*self.path, key)] = text
            return day
        return parse_date(text, self.place(key), self.collector)

    def integer(self, key: str, low: int, high: int) -> int | None:
        """A whole number between ``low`` and ``high``."""
        text = self.text(key)
        if not text:
            return None
        value = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
        if value is not None and low <= value <= high:
            return value
        self.collector.add(
            faults.NUMBER,
            self.place(key),
            say("`{text}` bukan bilangan bulat {low}-{high}", text=text, low=low, high=high),
            say("Tulis dengan angka saja, misalnya {low}.", low=low),
        )  # fmt: skip
        return None

    def number(self, key: str) -> Fraction | None:
        """A positive number, decimal comma or point."""
        text = self.text(key)
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,4})?", text) and (value := Fraction(text.replace(",", "."))) > 0:
            return value
        self.collector.add(
            faults.NUMBER,
            self.place(key),
            say("`{text}` bukan bilangan positif", text=text),
            say("Tulis seperti 7,5."),
        )
        return None

    def degrees(self, key: str, low: int, high: int) -> float | None:
        """A latitude or longitude in decimal degrees between ``low`` and ``high``, decimal comma or point."""
        text = self.text(key)
        if not text:
            return None
        plain = text.replace(",", ".").replace("\u2212", "-").removesuffix("°").strip()
        value = float(plain) if re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]{1,15})?", plain) else None
        if value is not None and low <= value <= high:
            return value
        self.collector.add(
            faults.NUMBER,
            self.place(key),
            say("`{text}` bukan derajat antara {low} dan {high}", text=text, low=low, high=high),
            say("Tulis derajat desimal, selatan khatulistiwa dengan tanda minus, misalnya -7,4215 atau 109,2301."),
        )
        return None

    def choice(self, key: str, default: str) -> str:
        """One of the field's choices (case ignored); ``default`` when absent or not allowed."""
        text = self.text(key)
        choices = self.fields[key].choices
        if not text:
            return default
        by_key = {choice.casefold(): choice for choice in choices}
        if text.casefold() in by_key:
            return by_key[text.casefold()]
        not_allowed(key, text, choices, self.place(key), self.collector, blocks=key == STAGE_KEY)
        return default

    def stage(self) -> Stage:
        """The stage of the document; a draft when none is stated. One that cannot be read holds the document."""
        return Stage(self.choice(STAGE_KEY, Stage.DRAFT.value))

    def mapping(self, key: str) -> Reading | None:
        """The mapping under ``key``."""
        node = self.get(key)
        if isinstance(node, MapNode):
            return Reading(node, self.fields[key].fields, (*self.path, key), self.collector)
        if node is not None:
            self.wrong(key, node)
        return None

    def records(self, key: str) -> list[Reading]:
        """The complete records of the list under ``key``; an incomplete one is reported and left out."""
        node = self.get(key)
        if node is None:
            return []
        if isinstance(node, MapNode):
            node = ListNode((node,), node.place)
        if not isinstance(node, ListNode):
            self.wrong(key, node)
            return []
        field = self.fields[key]
        readings = []
        for index, item in enumerate(node.items):
            path = (*self.path, key, index)
            self.collector.places[path] = item.place
            if not isinstance(item, MapNode):
                _wrong_record(field, item, self.collector)
                continue
            reading = Reading(item, field.fields, path, self.collector)
            if reading.complete(field):
                readings.append(reading)
        return readings

    def complete(self, field: Field) -> bool:
        """Are all needed fields there? Each that is not is reported where it is empty, or at the entry."""
        lacking = [part.key for part in field.fields if part.needed and self._is_blank(part.key)]
        for name in lacking:
            self.collector.add(
                faults.INCOMPLETE,
                self.place(name),
                say("entri `{key}` tanpa `{name}`", key=field.key, name=name),
                say("Lengkapi; entri yang tidak lengkap tidak dipakai."),
            )  # fmt: skip
        return not lacking

    def _is_blank(self, key: str) -> bool:
        """Does ``key`` state nothing, or only what stands for nothing?"""
        node = self.get(key)
        return node is None or (isinstance(node, TextNode) and (node.text or "").strip() in ("", "-", "–"))

    def place(self, key: str) -> Place:
        """Place of the value of ``key``, of the mapping when it has none."""
        return self.collector.places.get((*self.path, key), self.node.place)

    def wrong(self, key: str, node: Node) -> None:
        """Report that ``key`` holds another shape than its field wants."""
        shape = self.fields[key].shape
        self.collector.add(
            faults.WRONG_TYPE,
            node.place,
            say("`{key}` harus {want}, bukan {found}", key=key, want=_WANTED[shape], found=describe(node)),
            say("Contoh: {example}", example=_EXAMPLES[shape].format(key=key)),
            blocks=key == STAGE_KEY,
        )


_WANTED = {
    Shape.TEXT: say("teks"),
    Shape.TEXTS: say("teks atau daftar teks"),
    Shape.GROUPS: say("daftar kelompok, tiap kelompok daftar teks"),
    Shape.DATE: say("tanggal (tahun-bulan-hari)"),
    Shape.INTEGER: say("bilangan bulat"),
    Shape.NUMBER: say("bilangan"),
    Shape.DEGREES: say("derajat desimal"),
    Shape.CHOICE: say("salah satu pilihan"),
    Shape.MAPPING: say("pasangan kunci"),
    Shape.RECORDS: say("daftar entri"),
    Shape.OPEN: say("pasangan kunci bebas"),
    Shape.REFERENCE: say("teks atau pasangan kunci"),
    Shape.TABLE: say("nama berkas atau daftar entri"),
}
_EXAMPLES = {
    Shape.TEXT: '`{key}: "teks"`',
    Shape.TEXTS: '`{key}: [teks pertama, "teks: kedua"]`',
    Shape.GROUPS: "`{key}: [[U0001, U0007], [U0012, U0013]]`",
    Shape.DATE: "`{key}: 2023-01-02`",
    Shape.INTEGER: "`{key}: 5`",
    Shape.NUMBER: "`{key}: 7,5`",
    Shape.DEGREES: "`{key}: -7,4215`",
    Shape.CHOICE: "`{key}: draf`",
    Shape.MAPPING: "`{key}: {{kunci: isi}}`",
    Shape.RECORDS: "`{key}: [{{kunci: isi}}]`",
    Shape.OPEN: "`{key}: {{kunci: isi}}`",
    Shape.REFERENCE: "`{key}: setwan`",
    Shape.TABLE: "`{key}: nama-berkas.csv`",
}


def _renamed(node: MapNode, fields: tuple[Field, ...], path: DataPath, collector: Collector) -> MapNode:
    """``node`` with keys that are other names of a field under the field's own key; every such name is noted."""
    own = {field.key for field in fields}
    others = {header_key(name): field.key for field in fields for name in field.synonyms}
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in node.entries.items():
        name = key if key in own else others.get(header_key(key), key)
        if name != key and (name in node.entries or name in entries):
            _same_field(key, name, node.keys[key], collector)
            continue
        entries[name], keys[name] = value, node.keys[key]
        if name != key:
            note_label((*path, name), key, node.keys[key], collector)
    return MapNode(entries, keys, node.place)


def note_label(path: DataPath, label: str, place: Place, collector: Collector) -> None:
    """Keep what the input calls the field at ``path``; its place is that of ``("label", *path)``."""
    collector.labels[path] = label
    collector.places["label", *path] = place


def _same_field(key: str, name: str, place: Place, collector: Collector) -> None:
    collector.add(
        faults.DUPLICATE_KEY,
        place,
        say("kunci `{key}` sama dengan `{name}`", key=key, name=name),
        say("Hapus salah satu; yang dipakai adalah `{name}`, atau yang pertama.", name=name),
    )


def _rescued(item: Node) -> str:
    """The text that was meant where an unquoted colon made a mapping of it: ``{Rapat: hasil}`` -> "Rapat: hasil"."""
    if isinstance(item, MapNode) and len(item.entries) == 1:
        key, value = next(iter(item.entries.items()))
        if isinstance(value, TextNode):
            return f"{key}: {value.text or ''}".strip()
    return ""


def _wrong_record(field: Field, item: Node, collector: Collector) -> None:
    keys = ", ".join(part.key for part in field.fields)
    collector.add(
        faults.WRONG_TYPE,
        item.place,
        say("entri `{key}` harus pasangan kunci, bukan {found}", key=field.key, found=describe(item)),
        say("Kuncinya: {keys}.", keys=keys),
    )


def unknown_key(key: str, known: dict[str, Field], place: Place, collector: Collector, *, blocks: bool) -> None:
    """Report a key that no field has; ``blocks`` when the document cannot be made without what was meant."""
    collector.add(
        faults.UNKNOWN_KEY,
        place,
        say("kunci `{key}` tidak dikenal", key=key),
        did_you_mean(key, known),
        blocks=blocks,
    )


def not_allowed(
    key: str, text: str, choices: tuple[str, ...], place: Place, collector: Collector, *, blocks: bool = False
) -> None:
    """Report a value outside ``choices``; ``blocks`` when the document cannot be made without it."""
    listed = ", ".join(f"`{choice}`" for choice in choices)
    collector.add(
        faults.NOT_ALLOWED,
        place,
        say("`{text}` bukan isian `{key}` yang diizinkan", text=text, key=key),
        say("{meant}Yang diizinkan: {listed}.", meant=meant(nearest(text, choices)), listed=listed),
        blocks=blocks,
    )
