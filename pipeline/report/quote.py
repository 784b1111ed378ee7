"""The source lines that a finding is about, with a mark under what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.model.finding import Place
from pipeline.report.paint import FAINT, Paint, displayed
from pipeline.report.places import Lines, last_line, span_in_line

_HEAD: Final = 2
_TAIL: Final = 1
"""Of a longer passage so many first and last lines are shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How to mark: the sign put under the text, and its ANSI style."""

    sign: str
    style: str


def gutter_of(place: Place, lines: Lines) -> int:
    """Columns that the line numbers of a quotation need; 0 when there is nothing to quote."""
    numbers = _numbers(place, lines)
    return len(str(numbers[-1])) if numbers else 0


def quoted(place: Place, lines: Lines, *, width: int, gutter: int, paint: Paint, mark: Mark) -> Iterator[str]:
    """The lines of ``place`` behind their numbers (``gutter`` wide), marked; nothing where no source is at hand."""
    numbers = _numbers(place, lines)
    if not numbers:
        return
    bar = paint("|", FAINT)
    yield f"{' ' * gutter} {bar}"
    if len(numbers) == 1:
        yield from _one(place, lines[place.file, numbers[0]], numbers[0], width, gutter, paint, mark)
        return
    room = max(width - gutter - 5, 20)
    before = 0
    for index, number in enumerate(numbers):
        if number > before + 1 and before:
            yield f"{' ' * gutter} {bar} {paint('|', mark.style)} ..."
        before = number
        shown, _ = displayed(lines[place.file, number].rstrip())
        edge = paint("/" if index == 0 else "|", mark.style)
        yield f"{paint(f'{number:>{gutter}}', FAINT)} {bar} {edge} {_cut(shown, room)}".rstrip()
    yield f"{' ' * gutter} {bar} {paint('|' + _underline(place, lines, room, mark), mark.style)}"


def wanted(place: Place) -> tuple[int, ...]:
    """The numbers of the lines that a quotation of ``place`` shows."""
    last = last_line(place)
    if place.line is None or last is None:
        return ()
    if last - place.line <= _HEAD + _TAIL:
        return tuple(range(place.line, last + 1))
    return (*range(place.line, place.line + _HEAD), *range(last - _TAIL + 1, last + 1))


def _numbers(place: Place, lines: Lines) -> tuple[int, ...]:
    found = tuple(number for number in wanted(place) if (place.file, number) in lines)
    while found and not lines[place.file, found[-1]].strip():
        found = found[:-1]
    return found if place.line in found else ()


def _one(place: Place, line: str, number: int, width: int, gutter: int, paint: Paint, mark: Mark) -> Iterator[str]:
    bar = paint("|", FAINT)
    start, end = span_in_line(place, line)
    text, columns = displayed(line.rstrip())
    last = len(columns) - 1
    first = columns[min(start, last)] + max(start - last, 0)
    after = max(columns[min(end, last)], first + 1)
    room = max(width - gutter - 3, 20)
    shown, first, after = _window(text, columns, first, after, room)
    yield f"{paint(f'{number:>{gutter}}', FAINT)} {bar} {shown}"
    yield f"{' ' * gutter} {bar} {' ' * first}{paint(mark.sign * (after - first), mark.style)}"


def _window(text: str, columns: list[int], first: int, after: int, room: int) -> tuple[str, int, int]:
    """``text`` cut to ``room`` columns around the marked ones, which are cut too when they need more."""
    total = columns[-1]
    if total <= room:
        return text, first, min(after, max(total, first + 1))
    begin = 0 if after <= room - 1 else max(0, min(first - room // 4, total - room + 1))
    lead = 1 if begin else 0
    finish = total if begin + room - lead >= total else begin + room - lead - 1
    shown = ("…" if begin else "") + _slice(text, begin, finish) + ("…" if finish < total else "")
    shift = lead - begin
    return shown, first + shift, max(min(after, finish) + shift, first + shift + 1)


def _slice(text: str, begin: int, finish: int) -> str:
    """The part of ``text`` that stands in these columns; half of a wide sign becomes a blank."""
    if text.isascii():
        return text[begin:finish]
    _, columns = displayed(text)
    kept = []
    for index, sign in enumerate(text):
        left, right = columns[index], columns[index + 1]
        if right <= begin or left >= finish:
            continue
        kept.append(sign if left >= begin and right <= finish else " ")
    return "".join(kept)


def _cut(text: str, room: int) -> str:
    _, columns = displayed(text)
    return text if columns[-1] <= room else _slice(text, 0, room - 1) + "…"


def _underline(place: Place, lines: Lines, room: int, mark: Mark) -> str:
    """The foot of a passage of several lines: a line up to its last sign."""
    number = _numbers(place, lines)[-1]
    line = lines[place.file, number].rstrip()
    _, columns = displayed(line)
    end = place.end_column - 1 if place.end_column is not None and number == place.end_line else len(line)
    at = columns[min(max(end, 1), len(columns) - 1)]
    return "_" * max(min(at, room), 1) + mark.sign
