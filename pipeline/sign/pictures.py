"""Where the pictures of two pages differ, beyond what drawing the same page twice may give.

Programs that rewrite a PDF round its numbers, so edges of letters come out a little lighter or darker: a pixel counts
as changed only when nothing like it stands around its place on the other page. Faint changes over an area (a veil, a
watermark, a highlight) are found by how bright the area is on the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from pipeline.model.particulars import Box
from pipeline.sign.sheets import BAND, DPI

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_SCALE: Final = DPI / 72
_SLIGHT: Final = 12
"""Difference of gray that is none: rounding."""
_STRONG: Final = 48
"""Difference of gray that an edge may have, where the same ink stands one pixel beside."""
_CELL: Final = 16
"""Side of the squares in which changed pixels are gathered, 2.7 mm."""
_FEW: Final = 3
"""Fewest changed pixels of a square and those around it."""
_VEIL: Final = 8
"""Difference of gray of a whole square."""
_GROWN: Final = 1.5
"""Points by which a masked box is grown: half the width of a frame on its edge, and its blur."""


def differing(before: Array, after: Array, height: float, boxes: Sequence[Box], page: int) -> tuple[Box, ...]:
    """Boxes around what differs between two pictures of a page, outside the reserved band and ``boxes``.

    Pictures are by rows from the top, columns, colours. ``height`` is that of the page in points. Boxes that are told
    stand on page ``page``, those higher up first.
    """
    import numpy as np

    rows, columns = min(before.shape[0], after.shape[0]), min(before.shape[1], after.shape[1])
    if np.array_equal(before, after):  # most pages; it only saves time
        return ()
    free = _unmasked((rows, columns), height, boxes)
    changed: Array = np.zeros((rows, columns), dtype=bool)
    cells: Array = _squares(np.zeros((rows, columns), dtype=np.int32)) > 0
    for colour in range(1 if _is_gray(before) and _is_gray(after) else before.shape[2]):
        one, two = (picture[:rows, :columns, colour].astype(np.int16) for picture in (before, after))
        apart = np.abs(one - two) * free
        if int(apart.max()) > _SLIGHT:
            here = _unexplained(one, two, apart)
            cells |= _gathered(here, one, two, free)
            changed |= here
    return tuple(_box(group, changed, height, page) for group in _groups(cells))


def _is_gray(picture: Array) -> bool:
    return bool((picture[:, :, 0] == picture[:, :, 1]).all() and (picture[:, :, 1] == picture[:, :, 2]).all())


def _unmasked(shape: tuple[int, int], height: float, boxes: Sequence[Box]) -> Array:
    """1 where a pixel counts, 0 in the reserved areas."""
    import numpy as np

    free: Array = np.ones(shape, dtype=np.int16)
    free[max(0, int((height - BAND - 1) * _SCALE)) :, :] = 0
    for box in boxes:
        top = int((height - box.y - box.height - _GROWN) * _SCALE)
        bottom = int((height - box.y + _GROWN) * _SCALE) + 1
        left, right = int((box.x - _GROWN) * _SCALE), int((box.x + box.width + _GROWN) * _SCALE) + 1
        free[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0
    return free


def _unexplained(one: Array, two: Array, apart: Array) -> Array:
    """Pixels that are far from everything around their place on the other page."""
    import numpy as np

    changed: Array = np.zeros(apart.shape, dtype=bool)
    rows = np.flatnonzero((apart > _STRONG).any(axis=1))
    if not rows.size:
        return changed
    columns = np.flatnonzero((apart > _STRONG).any(axis=0))
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    wide = (slice(max(0, rows[0] - 1), rows[-1] + 2), slice(max(0, columns[0] - 1), columns[-1] + 2))
    far = _far(one[wide], two[wide]) | _far(two[wide], one[wide])
    top, left = rows[0] - wide[0].start, columns[0] - wide[1].start
    near = far[top : top + rows[-1] + 1 - rows[0], left : left + columns[-1] + 1 - columns[0]]
    changed[part] = near & (apart[part] > _STRONG)
    return changed


def _far(one: Array, two: Array) -> Array:
    """Where ``one`` is darker or lighter than all nine pixels of ``two`` around."""
    low, high = _spread(two)
    far: Array = (one < low - _STRONG // 2) | (one > high + _STRONG // 2)
    return far


def _spread(picture: Array) -> tuple[Array, Array]:
    """The darkest and the lightest of each pixel and its eight neighbours."""
    import numpy as np

    padded = np.pad(picture, 1, mode="edge")
    rows = padded[:-2], padded[1:-1], padded[2:]
    low, high = np.minimum.reduce(rows), np.maximum.reduce(rows)
    return (
        np.minimum.reduce((low[:, :-2], low[:, 1:-1], low[:, 2:])),
        np.maximum.reduce((high[:, :-2], high[:, 1:-1], high[:, 2:])),
    )


def _gathered(changed: Array, one: Array, two: Array, free: Array) -> Array:
    """Squares in which enough pixels changed, or which are darker or lighter on the whole."""
    import numpy as np

    count = _squares(changed.astype(np.int32))
    around = sum(
        np.pad(count, 1)[row : row + count.shape[0], column : column + count.shape[1]]
        for row in range(3)
        for column in range(3)
    )
    cells: Array = ((count > 0) & (around >= _FEW)) | _veiled(one, two, free)
    return cells


def _veiled(one: Array, two: Array, free: Array) -> Array:
    """Squares that are darker or lighter on the whole, also where one page is moved by a pixel: then it is the ink
    on the edge of a square that makes the difference."""
    import numpy as np

    area = _squares(free.astype(np.int32))
    apart = _squares((one - two) * free)
    veiled: Array = (np.abs(apart) > area * _VEIL) & (area >= _CELL * _CELL // 4)
    for shift in ((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)):
        if not veiled.any():
            break
        moved = _squares((one - np.roll(two, shift, axis=(0, 1))) * free)
        veiled &= np.abs(moved) > area * _VEIL
    return veiled


def _squares(picture: Array) -> Array:
    """Sums over squares of ``_CELL`` pixels."""
    import numpy as np

    rows, columns = (-(-size // _CELL) * _CELL for size in picture.shape)
    padded = np.zeros((rows, columns), dtype=np.int32)
    padded[: picture.shape[0], : picture.shape[1]] = picture
    summed: Array = padded.reshape(rows // _CELL, _CELL, columns // _CELL, _CELL).sum(axis=(1, 3))
    return summed


def _groups(cells: Array) -> list[list[tuple[int, int]]]:
    """Squares that touch, together; from the top."""
    import numpy as np

    left = {(int(row), int(column)) for row, column in np.argwhere(cells)}
    groups = []
    for start in sorted(left):
        if start not in left:
            continue
        left.discard(start)
        group, waiting = [start], [start]
        while waiting:
            row, column = waiting.pop()
            beside = [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
            found = [cell for cell in beside if cell in left]
            left.difference_update(found)
            group += found
            waiting += found
        groups.append(group)
    return groups


def _box(group: Sequence[tuple[int, int]], changed: Array, height: float, page: int) -> Box:
    """The box of a group in points; that of its changed pixels, where there are any."""
    import numpy as np

    top, bottom = min(row for row, _ in group) * _CELL, (max(row for row, _ in group) + 1) * _CELL
    left, right = min(column for _, column in group) * _CELL, (max(column for _, column in group) + 1) * _CELL
    inked = np.argwhere(changed[top:bottom, left:right])
    if inked.size:
        low, high = inked.min(axis=0), inked.max(axis=0)
        top, bottom = top + int(low[0]), top + int(high[0]) + 1
        left, right = left + int(low[1]), left + int(high[1]) + 1
    x, y = left / _SCALE, height - bottom / _SCALE
    return Box(page, round(x, 1), round(y, 1), round((right - left) / _SCALE, 1), round((bottom - top) / _SCALE, 1))
