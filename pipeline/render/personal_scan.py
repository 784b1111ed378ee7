"""Looks for personal data in finished files: that the public edition has none is proved on what was made.

Every text of a file is read: paragraphs and cells with their runs joined, attributes, properties, comments, links,
metadata of pictures, attachments. A part that cannot be read is a failure, never a pass. What is found is told by file,
place and kind; the value itself is never repeated.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.model.personal import find
from pipeline.model.public import PublicEdition, normal
from pipeline.model.recess import RecessInput

REMOVED = say("data yang sudah dihapus dari masukan")
_NAMED = 5
"""Most places that one error names."""
_NUMBERS = re.compile(r"\+?\d[\d .\-/()\u00a0\u2010-\u2013]*\d")
_NO_DIGITS = re.compile(r"\D+")
_FEW = 300
BETWEEN = "\x00" * 5
"""Stands between texts that are looked through together; no pattern reaches across it."""
_GROUP = re.compile(r"\d+")
_SHORTEST = 7
_MOST_GROUPS = 8
_AMOUNT_LENGTH = 9
"""A shorter number in groups of three is an amount, not the telephone number with the same digits."""
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?(?:E[+-]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


class UnreadableError(Exception):
    """A part of a file that cannot be looked into; the text names the part."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a file and where it stands. ``pattern`` is False for numbers that are known to be amounts or ids."""

    place: str
    text: str
    pattern: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """Personal data at a place of a file."""

    place: str
    kind: Message


_HASH = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{64}\b")
"""A SHA-256, as ``asal.json`` holds them: digits in a row within it are nobody's number."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """``allowed`` may be printed (the office's own telephone), ``values`` must not; both as ``normal`` gives them."""

    allowed: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()

    @classmethod
    def of(cls, item: RecessInput, made: PublicEdition) -> Scanner:
        """For the files made of ``made``: the telephone and address of the office in the letterhead are public."""
        office = item.office.office
        allowed = frozenset(_contacts((office.phone, office.email, office.website, office.address)))
        return cls(allowed, made.values - allowed)

    def scan(self, data: bytes, name: str) -> None:
        """Raise ProofError when the file ``name`` with the content ``data`` holds personal data or cannot be read."""
        try:
            hits = tuple(self.hits(data, name))
        except UnreadableError as fault:
            raise _unreadable(name, str(fault)) from fault
        if hits:
            raise _found(name, hits)

    def scan_file(self, path: Path) -> None:
        """The same for a file on disk. Raises OSError when it cannot be opened."""
        self.scan(path.read_bytes(), path.name)

    def hits(self, data: bytes, name: str) -> Iterator[Hit]:
        """All personal data in a file, by its suffix; the name itself is looked at too. Raises UnreadableError."""
        for one in texts_of(data, name):
            yield from (Hit(one.place, kind) for kind in self.kinds(one))

    def kinds(self, one: Text) -> Iterator[Message]:
        """The kinds of personal data in one text."""
        if len(one.text) < _SHORTEST - 1:
            return
        text = _HASH.sub(" ", one.text)
        if one.pattern:
            for mark in find(text):
                if normal(text[mark.start : mark.end]) not in self.allowed:
                    yield mark.kind
        if self.values and (self._holds_number(text) or self._holds_address(text)):
            yield REMOVED

    def _holds_number(self, text: str) -> bool:
        digits = _NO_DIGITS.sub("", text)
        if len(digits) < _SHORTEST or (len(self.values) < _FEW and not any(value in digits for value in self.values)):
            return False
        return any(number in self.values for number in _numbers(text))

    def _holds_address(self, text: str) -> bool:
        if "@" not in text and "at" not in text:
            return False
        plain = re.sub(r"\s*[(\[]at[)\]]\s*", "@", text.casefold())
        return "@" in plain and any(value in plain for value in self.values if "@" in value)


def reads(text: str) -> bool:
    """Could ``text`` tell a person? A bare number is an amount, unless it begins with 0 or has the digits of a card."""
    return _PLAIN.fullmatch(text) is None


def texts_of(data: bytes, name: str) -> Iterator[Text]:
    """Every text in a file, by the suffix of its ``name``. Raises UnreadableError."""
    suffix = Path(name).suffix.casefold()
    yield Text(say("nama berkas").id, Path(name).name)
    if suffix in (".docx", ".xlsx", ".docm", ".xlsm", ".pptx"):
        from pipeline.render.personal_parts import package_texts

        yield from package_texts(data)
    elif suffix == ".pdf":
        from pipeline.render.personal_pdf import pdf_texts

        yield from pdf_texts(data)
    elif suffix == ".json":
        yield from _json_texts(data)
    elif suffix in (".csv", ".txt"):
        yield from _csv_texts(data)
    else:
        from pipeline.render.personal_parts import part_texts

        yield from part_texts(io.BytesIO(data), name)


def _contacts(texts: Iterable[str]) -> Iterator[str]:
    """The numbers and addresses in what an office says of itself, in every way they can be cut."""
    for text in texts:
        yield from (normal(text[mark.start : mark.end]) for mark in find(text))
        yield from _numbers(text)
        yield from (normal(word) for word in re.split(r"[\s,;]+", text) if "@" in word)


def _numbers(text: str) -> Iterator[str]:
    """Every number that neighbouring groups of digits make: "0812 3456 7890" is also 08123456 and 34567890."""
    for found in _NUMBERS.finditer(text):
        groups = _GROUP.findall(found[0])
        if sum(map(len, groups)) < _SHORTEST:
            continue
        amount = _THOUSANDS.fullmatch(found[0]) is not None
        for start in range(len(groups)):
            joined = ""
            for group in groups[start : start + _MOST_GROUPS]:
                joined += group
                if len(joined) >= (_AMOUNT_LENGTH if amount else _SHORTEST):
                    yield normal(joined)


def _json_texts(data: bytes) -> Iterator[Text]:
    """Texts of a JSON file line by line when each line is a record of its own, as ours are; else of the whole."""
    try:
        for number, line in enumerate(io.BytesIO(data), 1):
            text = line.decode("utf-8-sig").strip().rstrip(",")
            yield from _line_texts(text, number)
        if not data.strip():
            raise UnreadableError("JSON")
    except UnicodeDecodeError as fault:
        raise UnreadableError("JSON") from fault


def _line_texts(text: str, number: int) -> Iterator[Text]:
    place = f"baris {number}"
    if '"' not in text:
        yield Text(place, text, pattern=False)
        return
    try:
        yield from together(_values(json.loads(text)), place)
    except ValueError:
        # A piece of a longer record: its strings are read one by one.
        for found in re.finditer(r'"(?:[^"\\]|\\.)*"', text):
            try:
                yield Text(place, str(json.loads(found[0])))
            except ValueError as fault:
                raise UnreadableError(place) from fault
        yield Text(place, re.sub(r'"(?:[^"\\]|\\.)*"', " ", text), pattern=False)


def _values(value: object) -> Iterator[str]:
    """Every key, text and number in a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    elif isinstance(value, str | int | float):
        yield str(value)


def together(values: Iterable[str], place: str) -> Iterator[Text]:
    """Values of one record as two texts: what reads, and the bare numbers, in which only removed values count."""
    texts: list[str] = []
    numbers: list[str] = []
    for value in values:
        (texts if reads(value) else numbers).append(value)
    yield Text(place, BETWEEN.join(texts))
    yield Text(place, BETWEEN.join(numbers), pattern=False)


def _csv_texts(data: bytes) -> Iterator[Text]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableError("CSV") from fault
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            yield from together(row, f"baris {number}")
    except csv.Error as fault:
        raise UnreadableError("CSV") from fault


def _shown(text: str) -> str:
    """``text`` for an error: the name of a file or part may be what must not be told."""
    for mark in reversed(find(text)):
        text = f"{text[: mark.start]}…{text[mark.end :]}"
    return text


def _found(name: str, hits: tuple[Hit, ...]) -> ProofError:
    places = list(dict.fromkeys(_shown(hit.place) for hit in hits))
    kinds = tuple(dict.fromkeys(hit.kind for hit in hits))
    more = len(places) - _NAMED
    return ProofError(
        say(
            "{name}: edisi publik masih memuat data pribadi ({kind}) di {places}{more}. Berkas ini tidak dibuat. Cari "
            "dan hapus data itu di masukan atau templat, lalu jalankan lagi.",
            name=_shown(name),
            kind=kinds[0],
            places=", ".join(places[:_NAMED]),
            more=f" (+{more})" if more > 0 else "",
        )
    )


def _unreadable(name: str, part: str) -> ProofError:
    return ProofError(
        say(
            "{name}: bagian {part} tidak dapat diperiksa, jadi tidak terbukti bebas data pribadi. Berkas ini tidak "
            "dibuat. Hapus bagian itu dari templat, lalu jalankan lagi.",
            name=_shown(name),
            part=_shown(part),
        )
    )
