"""Widths of all columns: those with which the document needs the fewest pages, then the least height.

Every column first stands at its widest, where all rows are as low as they can be, and the columns are narrowed, each
time where it costs least, until they fit between the margins. A column whose rows are held up by another one narrows
for nothing. What room is left brings the columns towards the proportions of the template.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.layout.cells import Cells, measured_column, text_columns, width_for, word_width
from pipeline.layout.ladder import Ladder, Limits, Rung, actor_ladder, actor_needs, column_ladder, floors
from pipeline.layout.lines import Measured
from pipeline.layout.narrowing import Narrowing
from pipeline.layout.pages import RowNeed, break_pages
from pipeline.layout.sheet import Sheet, drawn_flow
from pipeline.model.form import ACTOR_LEAST, ACTOR_MOST, ACTORS, MM, TWIP, Column, Form, HeadCell

NARROWEST, WIDEST = 55, 160
"""Per cent of the template's width from which on, and up to which, a text column is set where there is room."""
TEXT_WIDE = 80 * MM
"""Text columns are wider only where that saves a page: a line or two fewer, but half of the column empty."""
TIGHTEST = 40
"""Per cent down to which a text column gives way when there are many actors, where the template states no limit."""
ACTOR_USUAL = 17 * MM
"""Actor columns are narrower only when there are many: the word Selesai fits its symbol with room for lines beside."""
ACTOR_WIDE = 30 * MM
"""Actor columns are wider only for a longer word in the name: wider ones lengthen the arrows and show no more."""
SHORT = 10
"""Signs up to which a text stays on one line: "10 menit", "1 semester". A gap, in square brackets, always does."""
REDUCTIONS = (0.5, 1.0, 1.5)
"""Points by which actors' names may be set smaller so that their words stay whole."""
_CAPS = 3
"""Steps in which the columns of long names are narrowed."""
_FINE = 1 << 14
"""Parts of a share in which room that is left is given out."""


def column_widths(sheet: Sheet) -> tuple[int, ...]:
    """Widths of all columns, actors expanded. Sum is the width between the margins.

    Actor columns are alike, but for one whose name has a longer word. Where the actors do not fit at all, they share
    what the text columns leave; ``pipeline.layout.problems`` reports it.
    """
    for frames in _frames(sheet):
        best: tuple[int, _Frame, tuple[Rung, ...]] | None = None
        for frame, ladders in frames:
            found = _fewest_pages(frame, ladders, sheet, best[0] - 1 if best else 0)
            if found is not None and (best is None or found[0] < best[0]):
                best = found[0], frame, found[1]
            if best is not None and best[0] == 1:
                break
        if best is not None:
            wanted = actor_needs(sheet, _actor_limits(sheet.form).most)
            return _spread(best[1], best[2], sheet.form, wanted)
    return _crowded(sheet)


def with_fitting_names(sheet: Sheet) -> Sheet:
    """``sheet`` with the actors' names set smaller, where that keeps their words whole and nothing else would."""
    smaller = sheet
    for points in (0.0, *REDUCTIONS):
        smaller = replace(sheet, form=_smaller_names(sheet.form, points)) if points else sheet
        if _narrow(smaller).least <= sheet.form.table_width:
            return smaller
    return smaller if len(sheet.actors) <= actors_room(sheet)[0] else sheet


def _smaller_names(form: Form, points: float) -> Form:
    def smaller(cell: HeadCell) -> HeadCell:
        return replace(cell, style=replace(cell.style, size=cell.style.size - points)) if cell.actor else cell

    return replace(form, header=tuple(tuple(smaller(cell) for cell in row) for row in form.header))


def with_wider_actors(sheet: Sheet) -> Iterator[Sheet]:
    """``sheet`` with wider and wider actor columns, for a flow whose lines find no room in narrow ones."""
    group = next(column for column in sheet.form.columns if column.key == ACTORS)
    stated = stated_limits(group)
    steps = (*range(stated.least + MM, ACTOR_USUAL + 1, MM), *range(ACTOR_USUAL + 5 * MM, ACTOR_MOST + 1, 6 * MM))
    for least in (step for step in steps if step <= stated.most):
        column = replace(group, least=least, most=stated.most)
        columns = tuple(column if other is group else other for other in sheet.form.columns)
        yield replace(sheet, form=replace(sheet.form, columns=columns))


def stated_limits(column: Column) -> Limits:
    """What the template states for a column, of each actor's in the group; defaults follow the template's width."""
    if column.key == ACTORS:
        least = _up(max(ACTOR_LEAST, column.least))
        return Limits(least, max(least, column.most or ACTOR_MOST))
    if column.most:
        return Limits(column.least, column.most)
    if column.key == "no":
        return Limits(column.width, column.width)
    return Limits(column.width * TIGHTEST // 100, column.width * WIDEST // 100)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What widths are looked for: limits and cells of the text columns, least widths of the actor columns by name."""

    texts: tuple[tuple[Column, Limits], ...]
    cells: tuple[Cells, ...]
    actors: Limits
    needs: tuple[int, ...]

    @property
    def least(self) -> int:
        """Width of the table with all columns at their least."""
        return sum(limits.least for _, limits in self.texts) + sum(max(self.actors.least, n) for n in self.needs)

    def ladders(self, sheet: Sheet) -> tuple[Ladder, ...]:
        """The ladders of the text columns."""
        pairs, least = zip(self.texts, self.cells, strict=True), floors(sheet)
        return tuple(column_ladder(column, cells, sheet, limits, least) for (column, limits), cells in pairs)


def _frames(sheet: Sheet) -> Iterator[Iterator[tuple[_Frame, Sequence[Ladder]]]]:
    """What to try, best looks first: nothing broken; words in actors' names broken, the fewer the better; words in
    cells too. Within each, what saves a page is taken, so wider columns come before narrower ones.
    """
    narrow = _narrow(sheet)
    yield _whole(narrow, sheet)
    yield _broken(narrow, sheet)
    tight = tuple((column, _tight(column, sheet.form)) for column, _ in narrow.texts)
    yield _broken(replace(narrow, texts=tight), sheet)


def _narrow(sheet: Sheet) -> _Frame:
    """The frame of the narrowest columns in which no word is broken."""
    form, columns = sheet.form, text_columns(sheet.form)
    cells = tuple(measured_column(column, sheet.rows) for column in columns)
    actors = _actor_limits(form)
    pairs = zip(columns, cells, strict=True)
    texts = tuple((column, _at_least(_words(column, form, own), column, form)) for column, own in pairs)
    common = Limits(actors.least, max(actors.least, min(ACTOR_WIDE, actors.most)))
    return _Frame(texts, cells, common, actor_needs(sheet, actors.most))


def _whole(narrow: _Frame, sheet: Sheet) -> Iterator[tuple[_Frame, Sequence[Ladder]]]:
    """A comfortable frame, and the narrow one."""
    if narrow.least > sheet.form.table_width:
        return
    ladders = narrow.ladders(sheet)
    pairs = zip(narrow.texts, narrow.cells, strict=True)
    texts = tuple((c, _usual(_comfortable(c, sheet.form, cells), c, sheet.form)) for (c, _), cells in pairs)
    usual = Limits(max(narrow.actors.least, min(_up(ACTOR_USUAL), narrow.actors.most)), narrow.actors.most)
    clipped = [_clip(ladder, limits) for ladder, (_, limits) in zip(ladders, texts, strict=True)]
    yield replace(narrow, texts=texts, actors=usual), clipped
    yield narrow, ladders


def _broken(frame: _Frame, sheet: Sheet) -> Iterator[tuple[_Frame, Sequence[Ladder]]]:
    """Frames in which the longest words of actors' names are broken, from the fewest such words to the most."""
    texts = sum(limits.least for _, limits in frame.texts)
    needs = [max(frame.actors.least, need) for need in frame.needs]
    caps = range(frame.actors.least, max(needs) + 1, TWIP)
    fitting = bisect_right(caps, sheet.form.table_width - texts, key=lambda cap: sum(min(need, cap) for need in needs))
    if not fitting:
        return
    ladders = frame.ladders(sheet)
    for part in range(_CAPS, -1, -1):
        cap = caps[(fitting - 1) * part // _CAPS]
        yield replace(frame, needs=tuple(min(need, cap) for need in needs)), ladders


def _clip(ladder: Ladder, limits: Limits) -> Ladder:
    """The part of a ladder whose columns are within ``limits``."""
    wider = [rung for rung in ladder if rung.width > limits.least]
    if len(wider) < len(ladder):
        wider.append(replace(ladder[len(wider)], width=limits.least, size=limits.least))
    return [rung for rung in wider if rung.width <= limits.most] or wider[-1:]


def _actor_limits(form: Form) -> Limits:
    return stated_limits(next(column for column in form.columns if column.key == ACTORS))


def _comfortable(column: Column, form: Form, cells: Cells) -> int:
    """Width with which a column keeps words and short texts whole and is not far from the template's."""
    usual = column.width * NARROWEST // 100
    short = max((text.whole for texts in cells for text in texts if _is_short(text)), default=0)
    return max(usual, width_for(short, column.style, form), _words(column, form, cells))


def _is_short(text: Measured) -> bool:
    return text.whole > text.widest and (text.signs <= SHORT or text.pieces[0].startswith("["))


def _words(column: Column, form: Form, cells: Cells) -> int:
    """Width with which a column keeps its longest word whole."""
    return width_for(max((text.widest for texts in cells for text in texts), default=0), column.style, form)


def _at_least(width: int, column: Column, form: Form) -> Limits:
    limits = _tight(column, form)
    return Limits(_up(min(max(width, limits.least), limits.most)), limits.most)


def _usual(width: int, column: Column, form: Form) -> Limits:
    """Like ``_at_least``, but no wider than looks well."""
    limits = _at_least(width, column, form)
    return Limits(limits.least, max(limits.least, min(limits.most, TEXT_WIDE)))


def _tight(column: Column, form: Form) -> Limits:
    """The stated limits, but wide enough for the longest word of the heading."""
    limits = stated_limits(column)
    heads = [cell for row in form.header for cell in row if cell.keys == (column.key,)]
    word = max((word_width(cell.text, cell.style, form) for cell in heads), default=0)
    return Limits(_up(min(max(limits.least, word), limits.most)), limits.most)


def _up(width: int) -> int:
    """``width`` in whole units of Word."""
    return -(-width // TWIP) * TWIP


def actors_room(sheet: Sheet) -> tuple[int, int]:
    """How many actors fit between the margins at the least widths of all columns, and that least width of theirs."""
    texts = sum(_tight(column, sheet.form).least for column in text_columns(sheet.form))
    least = _actor_limits(sheet.form).least
    return max(0, sheet.form.table_width - texts) // least, least


def _fewest_pages(
    frame: _Frame, texts: Sequence[Ladder], sheet: Sheet, most: int
) -> tuple[int, tuple[Rung, ...]] | None:
    """Number of pages, and the rungs with the fewest, then the least height; the header counts once per page.

    None when the columns do not fit, or surely need more than ``most`` pages (0 for as many as it takes).
    """
    room, height = sheet.form.table_width, sheet.form.table_height
    if frame.least > room:
        return None
    least = floors(sheet)
    ladders = [*texts, actor_ladder(sheet, frame.needs, frame.actors, least)]
    best: tuple[tuple[int, int], Narrowing] | None = None
    weight, tried = max(1, most), set[int]()
    while weight not in tried:
        tried.add(weight)
        narrowed = Narrowing(ladders, weight)
        narrowed.run(room)
        rows = sum(narrowed.rows)
        surely = -(-rows // max(1, height - narrowed.head))
        if most and surely > most:
            break
        if weight < surely:
            weight = surely  # not so few pages: another balance of header and rows may be better
            continue
        pages = _pages(narrowed, least, sheet)
        rank = pages, rows + pages * narrowed.head
        if best is None or rank < best[0]:
            best = rank, narrowed
        weight = pages
    if best is None:
        return None
    best[1].exchange(room)
    return best[0][0], best[1].rungs


def _pages(narrowed: Narrowing, drawings: Sequence[int], sheet: Sheet) -> int:
    needs = [RowNeed(text, drawing) for text, drawing in zip(narrowed.rows, drawings, strict=True)]
    room = sheet.form.table_height - narrowed.head
    return len(break_pages(needs, drawn_flow(sheet), room, max(1, len(sheet.actors))))


def _spread(frame: _Frame, rungs: Sequence[Rung], form: Form, wanted: Sequence[int]) -> tuple[int, ...]:
    """Widths of all columns: at least those of the rungs, as near to the template's proportions as there is room."""
    *texts, actor = rungs
    group = next(column for column in form.columns if column.key == ACTORS)
    count = len(frame.needs)
    own = [(rung.width, column.width, limits.most) for rung, (column, limits) in zip(texts, frame.texts, strict=True)]
    least = [max(actor.size, need) for need in frame.needs]
    spare = form.table_width - sum(rung.width for rung in texts) - sum(least)
    least = _mended(least, wanted, spare)
    each = [(width, group.width // count, frame.actors.most) for width in least]
    widths = _fill([*own, *each], form.table_width)
    left = (form.table_width - sum(widths)) // count // TWIP * TWIP
    sizes = iter(widths[: len(own)])
    result: list[int] = []
    for column in form.columns:
        result += [width + left for width in widths[len(own) :]] if column.key == ACTORS else [next(sizes)]
    # Rounding leaves a few EMU; the last column takes them, so that the table ends on the margin.
    result[-1] += form.table_width - sum(result)
    return tuple(result)


def _mended(widths: Sequence[int], wanted: Sequence[int], spare: int) -> list[int]:
    """Widths of actor columns after ``spare`` has gone to names that would be broken, nearly whole ones first."""

    def at(cap: int) -> list[int]:
        return [max(width, min(want, cap)) for width, want in zip(widths, wanted, strict=True)]

    caps = range(min(widths), max(*widths, *wanted) + 1, TWIP)
    return at(caps[bisect_right(caps, sum(widths) + spare, key=lambda cap: sum(at(cap))) - 1])


def _fill(columns: Sequence[tuple[int, int, int]], room: int) -> list[int]:
    """Widths of columns given by least width, share and greatest width: all times the same share, within limits."""

    def at(factor: int) -> list[int]:
        return [max(least, min(most, share * factor // _FINE) // TWIP * TWIP) for least, share, most in columns]

    factor = bisect_right(range(20 * _FINE), room, key=lambda value: sum(at(value))) - 1
    return at(max(0, factor))


def _crowded(sheet: Sheet) -> tuple[int, ...]:
    """More actors than fit: they share evenly what the text columns leave."""
    form, count = sheet.form, len(sheet.actors)
    texts = {column.key: _tight(column, form).least for column in text_columns(form)}
    each = max(TWIP, (form.table_width - sum(texts.values())) // count // TWIP * TWIP)
    result: list[int] = []
    for column in form.columns:
        result += [each] * count if column.key == ACTORS else [texts[column.key]]
    result[-1] += form.table_width - sum(result)
    return tuple(result)
