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

CUT, MUST_CUT = 200, 300
"""Rows after which a table ends and goes on as another of the same form: at the next group of rows, at any row.

LibreOffice takes time by the square of the rows of a table: for 2,000 rows three times less when they are so cut. The
other one begins on a new page: a header amid a page would look like a mistake, and where only its first rows still fit
below the table before, LibreOffice 7.4 leaves out all of the rest."""

SUM_STYLE, GROUP_STYLE = "TertibTabelJumlah", "TertibTabelKelompok"
_BETWEEN = (
    "</w:tbl><w:p><w:pPr><w:pageBreakBefore/>"
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'  # too low to be seen
)
_HELD = 6
"""Rows held back: two before a sum, the sum, and notes below it."""
_TOKEN = re.compile(r"<w:t(?:bl|r)[ >]|</w:t(?:bl|r)>")
_LONGEST = len("</w:tbl>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_FIRST_CELL = re.compile(r"<w:tc[ >]")
_FIRST_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_CANT_SPLIT = re.compile(r"<w:cantSplit(?: [^>]*)?/>")
_UNIQUE = re.compile("<w:(?:drawing|bookmark|sdt|comment)")  # must not stand twice
_PARAGRAPH = re.compile(
    r"(<w:p(?: [^>]*)?>\s*)(?:<w:pPr/>|(<w:pPr(?: [^>]*)?>\s*)((?:<w:pStyle [^>]*/>\s*)?+)(?!<w:keepNext))"
)


def well_broken(texts: Iterable[str]) -> Iterator[str]:
    """``texts`` of a document's body, in pieces of any size, with their tables finished.

    No page shall hold one row of a table: the header stays with the first two rows, and the last two with the sum and
    the note below it. (A heading above a table stays with it because its style keeps with what follows.) A row that
    could be taller than a page may break. A long table is cut into several, each with the header.
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
    is_group: bool
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
    top: str = ""  # what begins every part of the table: properties, columns and header
    may_cut: bool = True
    since: int = 0  # rows given since
    last: _Row | None = None

    def close_row(self, *, cut: bool) -> Iterator[str]:
        """Take the open row in; give what is certain by now. ``cut`` when the table may be cut."""
        text = "".join(self.row or ())
        self.row = None
        row = self._made(text)
        self.held.append(row)
        if row.is_sum and self.headed:
            before = list(self.held)[-3:-1]
            for place, other in enumerate(reversed(before)):
                other.keep = other.keep or place == 0 or not other.is_long
        while len(self.held) > _HELD:
            yield from self._given(self.held.popleft(), cut=cut)

    def _given(self, row: _Row, *, cut: bool) -> Iterator[str]:
        """``row``, in a new part of the table if there is to be one; the last two rows of a part stay together."""
        if cut and self._begins_part(row, self.last, self.since):
            row.keep = not row.is_long
            self.since = 0
            yield _BETWEEN + self.top
        after, next_but_one = self.held[0], self.held[1]
        is_last = self._begins_part(after, row, self.since + 1)
        if cut and not is_last and self._begins_part(next_but_one, after, self.since + 2):
            row.keep = row.keep or not row.is_long
        self.since += 1
        self.last = row
        yield from row.written()

    def _begins_part(self, row: _Row, before: _Row | None, since: int) -> bool:
        if since < CUT or not (self.top and self.may_cut) or before is None or before.is_group or row.before.strip():
            return False
        return (row.is_group or since >= MUST_CUT) and not row.is_sum and "<w:vMerge" not in row.text

    def _made(self, text: str) -> _Row:
        first = _FIRST_CELL.search(text)
        properties = text[: first.start()] if first else text
        is_long = _is_long(text)
        if is_long and "<w:cantSplit" in properties:
            text = _CANT_SPLIT.sub("", properties) + text[len(properties) :]
        style = _style(text)
        row = _Row("".join(self.between), text, style == SUM_STYLE, style == GROUP_STYLE, is_long)
        self.between = []
        if self.in_head:
            is_head = "<w:tblHeader" in properties
            row.keep = (is_head or self.headed) and not is_long
            if is_head:
                self.top += "".join(row.written())
                self.may_cut = self.may_cut and not _UNIQUE.search(row.before + text)
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
        settled = list(tables[-1].close_row(cut=len(tables) == 1))
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


def _style(row: str) -> str:
    """The first style in ``row``, if it is one of those that are looked for."""
    if SUM_STYLE not in row and GROUP_STYLE not in row:
        return ""
    found = _FIRST_STYLE.search(row)
    return found[1] if found else ""


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
