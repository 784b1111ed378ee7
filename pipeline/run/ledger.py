"""Records by key in a file to which lines are added: what is written costs as much as what is new.

One JSON object a line, ``{"key": ..., ...}``; of two with the same key the later one counts. A line that was cut off
(power failure, full disk) is passed over, and nothing before it is lost. When most lines are outdated, the file is
written anew, by a rename.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from pipeline.run.writing import Outputs, explain_os_error, write_synced

_T = TypeVar("_T")
_HEAD: Final = {"schema_version": 2}
_FEW: Final = 200
"""So many outdated lines are never worth writing the file anew."""


class Ledger(Generic[_T]):
    """Records of one file; ``row`` makes plain data of one, ``made`` the record of such data (raises what it likes)."""

    def __init__(
        self, path: Path, row: Callable[[_T], Mapping[str, Any]], made: Callable[[Mapping[str, Any]], _T]
    ) -> None:
        self._path = path
        self._row = row
        self._lines = 0
        self._anew = False
        self._all: dict[str, _T] = {}
        self._news: dict[str, _T] = {}
        self._read(made)

    @property
    def has_news(self) -> bool:
        """Is there anything to write?"""
        return bool(self._news)

    def get(self, key: str) -> _T | None:
        """The record of ``key``."""
        return self._all.get(key)

    def all(self) -> Mapping[str, _T]:
        """Every record by its key, in no order."""
        return self._all

    def put(self, key: str, record: _T) -> None:
        """Remember a record; it is written by ``save``."""
        if self._all.get(key) != record:
            self._all[key] = self._news[key] = record

    def add(self, key: str, record: _T) -> None:
        """A record from elsewhere, unless there is one already; the file is written anew."""
        if key not in self._all:
            self._all[key] = self._news[key] = record
            self._anew = True

    def save(self, outputs: Outputs) -> None:
        """Write what is new. Raises OutputError; what was written before is still there then."""
        if not self._news:
            return
        outdated = self._lines + len(self._news) - len(self._all)
        if self._anew or outdated > max(_FEW, len(self._all)):
            self._write_anew(outputs)
        else:
            self._append()
        self._news.clear()

    def _write_anew(self, outputs: Outputs) -> None:
        lines = [json.dumps(_HEAD), *(self._line(key, one) for key, one in sorted(self._all.items()))]
        outputs.write(self._path, ("\n".join(lines) + "\n").encode())
        self._lines, self._anew = len(self._all), False

    def _append(self) -> None:
        text = "".join(f"{self._line(key, one)}\n" for key, one in self._news.items())
        self._anew = True  # unless all goes well
        try:
            with self._path.open("ab") as file:
                write_synced(file, text.encode())
        except OSError as error:
            raise explain_os_error(error, self._path) from error
        self._lines, self._anew = self._lines + len(self._news), False

    def _line(self, key: str, record: _T) -> str:
        return json.dumps({"key": key, **self._row(record)}, ensure_ascii=True, separators=(",", ":"))

    def _read(self, made: Callable[[Mapping[str, Any]], _T]) -> None:
        try:
            data = self._path.read_bytes()
        except OSError:
            data = b""
        head, *lines = data.split(b"\n")
        if _parsed(head) != _HEAD:  # none, or that of another version: everything is made again
            self._anew = True
            return
        self._anew = lines[-1:] != [b""]
        for line in filter(None, lines):
            row = _parsed(line)
            try:
                key = row.pop("key")
                self._all[str(key)] = made(row)
            except (AttributeError, KeyError, TypeError, ValueError):
                self._anew = True
                continue
            self._lines += 1


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
