"""JSON of large reports: keys on lines of their own, of a list each item on one line.

Python's own indented form takes several times as long and twice the room; one line per finding can be compared and
searched line by line. Lists may be iterators, so that a large report is never held as data and as text at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

_compact: Final[Callable[[Any], str]] = json.JSONEncoder(ensure_ascii=False).encode


def lines_of(entries: Iterable[tuple[str, object]], indent: str = "") -> str:
    """An object of these keys and values. Values that are lists or iterators have a line per item."""
    rows = [f"{indent}  {_compact(key)}: {_value(value, indent + '  ')}" for key, value in entries]
    return "{\n" + ",\n".join(rows) + f"\n{indent}}}"


def _value(value: object, indent: str) -> str:
    if not isinstance(value, (list, Iterator)):
        return _compact(value)
    items = f",\n{indent}  ".join(_compact(item) for item in value)
    return f"[\n{indent}  {items}\n{indent}]" if items else "[]"
