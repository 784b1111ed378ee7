"""What a table needs to break well over pages, done to the text of a document as it passes.

Rows are held back only as long as what follows can still change them, so that a table of any length needs the memory
of a few rows. Works on what Word and docxtpl write: elements of the prefix ``w``, no comments.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LONG_CELL = 2_000
"""Characters in one row above which it may break over pages: it could be taller than a page."""

SUM_STYLE = "TertibTabelJumlah"
_HELD = 6
"""Rows held back: two before a sum, the sum, and notes below it."""
_TOKEN = re.compile(r"<w:t(?:bl|r)[ >]|</w:t(?:bl|r)>")
_LONGEST = len("</w:tbl>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_FIRST_CELL = re.compile(r"<w:tc[ >]")
_FIRST_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_CANT_SPLIT = re.compile(r"<w:cantSplit(?: [^>]*)?/>")
_PARAGRAPH = re.compile(
    r"(<w:p(?: [^>]*)?>\s*)(?:<w:pPr/>|(<w:pPr(?: [^>]*)?>\s*)((?:<w:pStyle [^>]*/>\s*)?+)(?!<w:keepNext))"
)


def well_broken(texts: Iterable[str]) -> Iterator[str]:
    """``texts`` of a document's body, in pieces of any size, with their tables finished.

    No page shall hold one row of a table: the header stays with the first two rows, and the last two with the sum and
    the note below it. (A heading above a table stays with it because its style keeps with what follows.) A row that
    could be taller than a page may break.
    """
    tables: list[_Table] = []
    done: list[str] = []
    rest = ""
    for text in texts:
        rest += text
        at = 0
        for found in _TOKEN.finditer(rest):
            _put(tables, done, rest[at : found.start()])
            _take(tables, done, found[0])
            at = found.end()
        safe = max(at, len(rest) - _LONGEST)
        _put(tables, done, rest[at:safe])
        rest = rest[safe:]
        if done:
            yield "".join(done)
            done = []
    for table in tables:
        done += (*table.between, *(table.row or ()))
    yield "".join((*done, rest))


@dataclass(slots=True)
class _Row:
    before: str
    text: str
    is_sum: bool
    is_long: bool
    keep: bool = False

    def written(self) -> Iterator[str]:
        yield self.before
        yield _kept(self.text) if self.keep else self.text


@dataclass(slots=True)
class _Table:
    """An open table. ``between`` is what came since the last row, ``row`` the row that is open, if one is."""

    between: list[str]
    row: list[str] | None = None
    held: deque[_Row] = field(default_factory=deque)
    in_head: bool = True
    headed: bool = False

    def close_row(self) -> Iterator[str]:
        """Take the open row in; give what is certain by now."""
        text = "".join(self.row or ())
        self.row = None
        row = self._made(text)
        self.held.append(row)
        if row.is_sum and self.headed:
            before = list(self.held)[-3:-1]
            for place, other in enumerate(reversed(before)):
                other.keep = other.keep or place == 0 or not other.is_long
        while len(self.held) > _HELD:
            yield from self.held.popleft().written()

    def _made(self, text: str) -> _Row:
        first = _FIRST_CELL.search(text)
        properties = text[: first.start()] if first else text
        is_long = _is_long(text)
        if is_long and "<w:cantSplit" in properties:
            text = _CANT_SPLIT.sub("", properties) + text[len(properties) :]
        row = _Row("".join(self.between), text, _is_sum(text), is_long)
        self.between = []
        if self.in_head:
            is_head = "<w:tblHeader" in properties
            row.keep = (is_head or self.headed) and not is_long
            self.headed, self.in_head = self.headed or is_head, is_head
        return row

    def close(self) -> Iterator[str]:
        """Give the rest: the last sum stays with what follows it, and nothing with what follows the table."""
        rows = list(self.held)
        sums = [place for place, row in enumerate(rows) if row.is_sum] if self.headed else []
        for row in rows[sums[-1] :] if sums else ():
            row.keep = True
        if rows:
            rows[-1].keep = False
        for row in rows:
            yield from row.written()
        yield from self.between


def _take(tables: list[_Table], done: list[str], token: str) -> None:
    """Open or close a table or a row. What is not as it should be passes: the parser behind finds it."""
    if token.startswith("<w:tbl"):
        tables.append(_Table([token]))
    elif token == "</w:tbl>":
        closed = tables.pop() if tables else _Table([])
        if closed.row is not None:
            closed.between += closed.row
        for text in (*closed.close(), token):
            _put(tables, done, text)
    elif token == "</w:tr>" and tables and tables[-1].row is not None:
        tables[-1].row.append(token)
        settled = list(tables[-1].close_row())
        outer = tables[:-1]
        for text in settled:
            _put(outer, done, text)
    elif token != "</w:tr>" and tables and tables[-1].row is None:
        tables[-1].row = [token]
    else:
        _put(tables, done, token)


def _put(tables: list[_Table], done: list[str], text: str) -> None:
    """Add ``text`` to the innermost open row or table, or to what is done."""
    if not text:
        return
    if not tables:
        done.append(text)
    elif tables[-1].row is not None:
        tables[-1].row.append(text)
    else:
        tables[-1].between.append(text)


def _is_sum(row: str) -> bool:
    if SUM_STYLE not in row:
        return False
    found = _FIRST_STYLE.search(row)
    return found is not None and found[1] == SUM_STYLE


def _is_long(row: str) -> bool:
    """The signs of XML in the text count as what they stand for."""
    if len(row) <= LONG_CELL:
        return False
    texts = _TEXT.findall(row)
    return sum(map(len, texts)) > LONG_CELL and sum(len(html.unescape(text)) for text in texts) > LONG_CELL


def _kept(row: str) -> str:
    """``row`` with all its paragraphs kept with the next."""
    return _PARAGRAPH.sub(_keep, row)


def _keep(found: re.Match[str]) -> str:
    if found[2] is None:
        return f"{found[1]}<w:pPr><w:keepNext/></w:pPr>"
    return f"{found[1]}{found[2]}{found[3]}<w:keepNext/>"
