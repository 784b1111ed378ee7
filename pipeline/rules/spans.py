"""The place of a part of a value: from the place of the whole, where that stands on one line as it was read."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.finding import DataPath, Place
from pipeline.model.sop import LIST_KEYS, TEXT_KEYS, Sop, Step

_GLUES = ("; ", ";", ", ")
"""What may stand between the items of one cell: the table's separator, or that of a list in brackets."""
_CELLS = {"kegiatan": "activity", "keterangan": "remark", "rujukan": "reference"}
_LIST_CELLS = {"kelengkapan": "inputs", "output": "outputs", "pelaksana": "actors"}


def narrowed(sop: Sop, path: DataPath, whole: Place, span: tuple[int, int]) -> Place:
    """The place of characters ``span`` of the text at ``path``, inside ``whole``, the place of that text or of its
    cell; ``whole`` itself where the file writes the text otherwise (over lines, with escapes)."""
    if whole.line is None or whole.column is None or whole.end_column is None or whole.end_line != whole.line:
        return whole
    items, index = _items(sop, path)
    start = _start(whole.end_column - whole.column, items, index)
    if start is None:
        return whole
    begin = whole.column + start
    return replace(whole, column=begin + span[0], end_column=begin + span[1])


def text_at(sop: Sop, path: DataPath) -> str:
    """The text at ``path``, "" where it holds none; of a date in words the words."""
    for written, words in sop.written:
        if written == path:
            return words
    match path:
        case ("riwayat", int(row), "uraian") if row < len(sop.history):
            return sop.history[row].text
        case ("pengesah", "nama"):
            return sop.signer.name if sop.signer is not None else ""
    items, index = _items(sop, path)
    return items[index] if index < len(items) else ""


def _items(sop: Sop, path: DataPath) -> tuple[tuple[str, ...], int]:
    """The texts that stand at the place of ``path``, and which of them is meant."""
    match path:
        case (str(key),):
            return (str(getattr(sop, TEXT_KEYS[key])),) if key in TEXT_KEYS else (), 0
        case ("langkah", int(row), str(column), *rest):
            return _of_step(sop.steps[row], column), rest[0] if rest and isinstance(rest[0], int) else 0
        case (str(key), int(index)) if key in LIST_KEYS:
            return (getattr(sop, LIST_KEYS[key])[index],), 0
    return (), 0


def _of_step(step: Step, column: str) -> tuple[str, ...]:
    if column == "waktu":
        return (step.time.text,) if step.time is not None else ()
    if column in _LIST_CELLS:
        items: tuple[str, ...] = getattr(step, _LIST_CELLS[column])
        return items
    return (str(getattr(step, _CELLS[column])),) if column in _CELLS else ()


def _start(width: int, items: tuple[str, ...], index: int) -> int | None:
    """Where item ``index`` begins in a cell ``width`` wide: bare, in quotation marks or in brackets."""
    for glue in _GLUES if items else ():
        around = width - len(glue.join(items))
        if around in (0, 2):
            return around // 2 + sum(len(item) + len(glue) for item in items[:index])
    return None
