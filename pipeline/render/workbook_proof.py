"""The proof of the recap's workbook: it opens, nothing in it runs, no row is missing, and its sums are the recap's.

It reads the finished file and trusts nothing that made it: rows are counted and numbers are added from the XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.recap import Recap, Tally
from pipeline.render.workbook_cells import MAX_ROWS
from pipeline.render.workbook_sheets import (
    COUNTED,
    FIRST_SHEET,
    MEMBERS_SHEET,
    NEEDS_SHEET,
    ROWS_SHEET,
    TABLE,
    sheet_name,
)

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ROW: Final = _S + "row"
_RUNS: Final = (_S + "f", _S + "oleObject", _S + "control", _S + "webPublishItem")
_FOREIGN: Final = re.compile(r"vbaProject|/(?:externalLinks|embeddings|activeX|connections|queryTables)")
_PART: Final = re.compile(r" \d+$")


@dataclass(slots=True)
class _Found:
    """What the sheets of one name hold: rows below the header, their sums by column, and the row of sums."""

    heads: dict[str, str] = field(default_factory=dict)  # column letters -> name
    rows: int = 0
    sums: dict[str, float] = field(default_factory=dict)  # column letters -> sum of the numbers
    total: dict[str, float] | None = None

    def named(self, values: Mapping[str, float]) -> dict[str, float]:
        """``values`` by the names of their columns."""
        return {self.heads.get(letters, letters): value for letters, value in values.items()}


def prove_workbook(data: bytes, name: str, recap: Recap) -> None:
    """Raise ProofError, with the first fault, unless ``data`` is a sound workbook of ``recap`` called ``name``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            fault = package.testzip() or next(_faults(package, recap), None)
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise _bad(name, str(error)) from error
    if fault is not None:
        raise _bad(name, fault)


def _bad(name: str, why: str) -> ProofError:
    return ProofError(
        say(
            "{name}: buku kerja tidak lulus pemeriksaan ({why}). Jalankan lagi; bila terulang, laporkan.",
            name=name,
            why=why,
        )
    )


def _faults(package: zipfile.ZipFile, recap: Recap) -> Iterator[str]:
    found: dict[str, _Found] = {}
    for part in package.namelist():
        if _FOREIGN.search(part):
            yield part
        if part.endswith((".xml", ".rels")) and not part.startswith("xl/worksheets/sheet"):
            etree.fromstring(package.read(part))
    for title, part in _sheets(package).items():
        if title == FIRST_SHEET:
            yield from _read(package, part, _Found())
            continue
        name = _PART.sub("", title)
        last = yield from _read(package, part, found.setdefault(name, _Found()))
        if name == ROWS_SHEET:
            yield from _wrong_table(package, part, last)
    yield from _wrong_totals(found)
    yield from _wrong_figures(found, recap)


def _sheets(package: zipfile.ZipFile) -> Mapping[str, str]:
    """The part of each sheet by its title, in order."""
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target") for one in relations.iter(_RELATION)}
    book = etree.fromstring(package.read("xl/workbook.xml"))
    return {str(one.get("name")): f"xl/{targets[one.get(_R + 'id')]}" for one in book.iter(_S + "sheet")}


def _read(package: zipfile.ZipFile, part: str, found: _Found) -> Generator[str, None, int]:
    """Faults of one sheet; what it holds is added to ``found``. Returns the number of its last row of data."""
    last = 1
    with package.open(part) as file:
        for _, node in etree.iterparse(file, tag=(_ROW, *_RUNS)):
            if node.tag != _ROW:
                yield f"{part}: <{etree.QName(node).localname}>"
                continue
            number = int(node.get("r"))
            if number > MAX_ROWS:
                yield f"{part}: {number}"
            values = _numbers(node)
            if number == 1:
                found.heads = _heads(package, node)
            elif number > last + 1:
                found.total = values
            else:
                last = number
                found.rows += 1
                for letters, value in values.items():
                    found.sums[letters] = found.sums.get(letters, 0) + value
            # Rows that were read are let go, with the empty shells that are left of those before.
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    return last


def _numbers(row: Any) -> dict[str, float]:
    """The numbers of a row by the letters of their columns."""
    digits = len(row.get("r"))
    return {cell.get("r")[:-digits]: _value(cell[0].text) for cell in row if cell.get("t") is None and len(cell)}


def _value(text: str) -> float:
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def _heads(package: zipfile.ZipFile, row: Any) -> dict[str, str]:
    shared = etree.fromstring(package.read("xl/sharedStrings.xml"))
    texts = ["".join(map(str, one.itertext())) for one in shared]
    return {cell.get("r")[:-1]: texts[int(cell[0].text)] for cell in row if cell.get("t") == "s"}


def _wrong_table(package: zipfile.ZipFile, part: str, last: int) -> Iterator[str]:
    """The table for pivots must span the header and all rows."""
    folder, _, file = part.rpartition("/")
    relations = etree.fromstring(package.read(f"{folder}/_rels/{file}.rels"))
    targets = [str(one.get("Target")) for one in relations.iter(_RELATION) if "/table" in str(one.get("Type"))]
    for target in targets:
        table = etree.fromstring(package.read(f"xl/{target.removeprefix('../')}"))
        if re.fullmatch(rf"A1:[A-Z]+{max(last, 2)}", str(table.get("ref"))) is None:
            yield f"{part}: {table.get('ref')}"
    if not targets:
        yield f"{part}: {TABLE}"


def _wrong_totals(found: Mapping[str, _Found]) -> Iterator[str]:
    """Every number of a row of sums is the sum of its column."""
    for title, sheet in found.items():
        for letters, total in (sheet.total or {}).items():
            if total != sheet.sums.get(letters, 0):
                yield f"{title}!{letters}: {total} / {sheet.sums.get(letters, 0)}"


def _wrong_figures(found: Mapping[str, _Found], recap: Recap) -> Iterator[str]:
    """Rows and sums are those of the recap."""
    total = recap.total
    rows = {ROWS_SHEET: total.heard, NEEDS_SHEET: total.needs, MEMBERS_SHEET: len(recap.activities)}
    rows |= {sheet_name(table.dimension): len(table.lines) for table in recap.tables.values()}
    for title, count in rows.items():
        if title not in found or found[title].rows != count:
            yield f"{title}: {found[title].rows if title in found else 0} / {count}"
    counted = (total.heard, total.needs, total.heard_amount, total.amount)
    yield from _differ(
        ROWS_SHEET, found[ROWS_SHEET].named(found[ROWS_SHEET].sums), dict(zip(COUNTED, counted, strict=True))
    )
    for table in recap.tables.values():
        title = sheet_name(table.dimension)
        yield from _differ(title, found[title].named(found[title].total or {}), _printed(total))


def _printed(tally: Tally) -> Mapping[str, int]:
    return {
        "Aspirasi": tally.heard,
        "Usulan": tally.needs,
        "Perkiraan Anggaran": tally.amount,
        "Anggaran Semua Aspirasi": tally.heard_amount,
        "Usulan Tanpa Anggaran": tally.unpriced,
    }


def _differ(title: str, printed: Mapping[str, float], expected: Mapping[str, int]) -> Iterator[str]:
    for name, value in expected.items():
        if printed.get(name, 0) != value:
            yield f"{title}, {name}: {printed.get(name, 0)} / {value}"
