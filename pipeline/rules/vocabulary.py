"""Word lists and tables of the rules, read once from the packaged ``data`` folder."""

from __future__ import annotations

import csv
from functools import cache

from pipeline.errors import TertibError
from pipeline.model.message import say
from pipeline.resources import data_file


@cache
def rows(name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of a packaged CSV as tuples in the order of ``columns``.

    Raises TertibError naming file and row when the header or a row does not have exactly these columns.
    """
    with data_file(name).open(encoding="utf-8", newline="") as stream:
        table = list(csv.reader(stream))
    if not table or tuple(table[0]) != columns:
        raise _bad(name, 1, ",".join(columns))
    for number, row in enumerate(table[1:], start=2):
        if len(row) != len(columns):
            raise _bad(name, number, ",".join(columns))
    return tuple(tuple(cell.strip() for cell in row) for row in table[1:])


def _bad(name: str, row: int, columns: str) -> TertibError:
    return TertibError(
        say(
            "Data bawaan {name} baris {row} tidak berisi tepat kolom {columns}. Pasang ulang tertib.",
            name=name,
            row=row,
            columns=columns,
        )
    )


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in ``words.csv`` (column ``jenis``)."""
    return frozenset(word for row_kind, word in rows("words.csv", ("jenis", "kata")) if row_kind == kind)


@cache
def expansions() -> tuple[tuple[str, str], ...]:
    """(abbreviation, words) pairs of ``abbreviations.csv``, both in lower case."""
    table = rows("abbreviations.csv", ("singkatan", "kepanjangan"))
    return tuple((short.lower(), full.lower()) for short, full in table)


@cache
def typos() -> dict[str, tuple[str, str]]:
    """Misspelling in lower case -> (right spelling, kind); kind ``ketik`` is a slip, ``baku`` a style matter."""
    return {wrong.lower(): (right, kind) for wrong, right, kind in rows("typos.csv", ("salah", "benar", "jenis"))}


@cache
def actor_aliases() -> dict[str, str]:
    """Alias of a common actor in lower case -> its usual full name (``actors.csv``)."""
    return {alias.lower(): name for alias, name, _ in rows("actors.csv", ("alias", "nama", "kelompok"))}


@cache
def actor_groups() -> dict[str, str]:
    """Usual full name of a common actor -> its group: anggota, pimpinan, alat, setwan or luar (``actors.csv``)."""
    return {name: group for _, name, group in rows("actors.csv", ("alias", "nama", "kelompok"))}
