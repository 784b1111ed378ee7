"""What a template costs LibreOffice with every document, counted in its file, and what that comes to in time.

The milliseconds are an estimate: what was measured of LibreOffice 7.4 on one core of an ordinary server, for each
thing counted here (``benchmarks/lean.py`` measures them again). They tell what is worth mending, not how long a
computer will take.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.model.message import Message, say
from pipeline.render.proof_names import RELATIONS, WP, A, W
from pipeline.render.slim import ALL, Parts, Step, slim
from pipeline.render.slim_looks import text_of
from pipeline.render.slim_noise import count_noise
from pipeline.render.slim_package import Package
from pipeline.render.slim_parts import spare
from pipeline.render.slim_styles import unused
from pipeline.render.slim_tables import style_of

TABLE_STYLE_MS: Final = 0.8
"""For a table style that nothing uses; those of Word hold a dozen conditional formats each."""
STYLE_MS: Final = 0.15
"""For any other style that nothing uses."""
CELL_MS: Final = 0.2
"""For a cell of a table that has its borders from a table style."""
MARK_MS: Final = 0.025
"""For a number of an editing session or a mark of the spelling checker."""
PNG_MS: Final = 110.0
"""For a million pixels of a PNG; of a JPEG it is ``JPEG_MS``."""
JPEG_MS: Final = 6.0
ROWS: Final = 15
"""Rows that a tag is taken to make of one."""
COLUMNS: Final = 5
PRINT_DPI: Final = 300
"""More dots per inch than this do not show on paper."""
WORTH_TELLING: Final = 15.0
"""Milliseconds a document from which on it is worth a word."""
_EMU: Final = 914_400
_EMBEDDED: Final = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


@dataclass(frozen=True, slots=True)
class Large:
    """A picture with more pixels than print shows: its part, its pixels and those that would do."""

    name: str
    width: int
    height: int
    enough: tuple[int, int]
    png: bool

    @property
    def milliseconds(self) -> float:
        """What the pixels too many cost."""
        more = self.width * self.height - self.enough[0] * self.enough[1]
        return more / 1e6 * (PNG_MS if self.png else JPEG_MS)


@dataclass(frozen=True, slots=True)
class Weight:
    """Counts of a template. ``size`` and ``spare`` (parts of no use) are in bytes, packed and unpacked; ``cells`` are
    those of tables with a table style, as often as tags are taken to repeat them, ``left`` those that would keep it;
    ``can`` says what making it lean would do, ``stay`` what that would leave."""

    size: int
    styles: int
    unused_styles: int
    unused_tables: int
    unused_lists: int
    tables: int
    cells: int
    left: int
    marks: int
    spare: int
    fonts: int
    pictures: tuple[Large, ...]
    can: tuple[Message, ...]
    stay: tuple[Message, ...]

    @property
    def curable(self) -> float:
        """Milliseconds a document that ``tertib template slim`` can save, an estimate."""
        plain = self.unused_styles - self.unused_tables
        styles = self.unused_tables * TABLE_STYLE_MS + plain * STYLE_MS
        return styles + self.cells * CELL_MS + self.marks * MARK_MS

    @property
    def rest(self) -> float:
        """Milliseconds a document that only a person can save."""
        return sum(each.milliseconds for each in self.pictures) + self.left * CELL_MS


def weigh(parts: Parts, size: int) -> Weight:
    """The weight of a template of ``parts``, whose file has ``size`` bytes. Raises XMLSyntaxError for broken parts."""
    package = Package(parts)
    idle = unused(package)
    made = slim(parts, ALL - {Step.PICTURES})  # packing pictures takes long and saves no time
    stay = Package(made.parts)
    now, later = _tables(package), _tables(stay)
    return Weight(
        size=size,
        styles=idle.all,
        unused_styles=len(idle.styles),
        unused_tables=idle.tables,
        unused_lists=len(idle.lists),
        tables=len(now) - len(later),
        cells=sum(map(_cells, now)) - sum(map(_cells, later)),
        left=sum(map(_cells, later)),
        marks=count_noise(package),
        spare=spare(package),
        fonts=_embedded(package),
        pictures=tuple(_large(package)),
        can=made.done,
        stay=made.kept,
    )


def reasons(weight: Weight) -> Iterator[Message]:
    """What costs time that can be saved, the dearest first."""
    plain = weight.unused_styles - weight.unused_tables
    styles = weight.unused_tables * TABLE_STYLE_MS + plain * STYLE_MS
    told = (
        (
            styles,
            say(
                "{n} dari {all} gaya tidak dipakai (kira-kira {ms} milidetik tiap dokumen)",
                n=weight.unused_styles,
                all=weight.styles,
                ms=round(styles),
            ),
        ),
        (
            weight.cells * CELL_MS,
            say(
                "{n} tabel bergaris lewat gaya tabel (kira-kira {ms} milidetik)",
                n=weight.tables,
                ms=round(weight.cells * CELL_MS),
            ),
        ),
        (
            weight.marks * MARK_MS,
            say(
                "{n} tanda penyuntingan dan pemeriksa ejaan (kira-kira {ms} milidetik)",
                n=weight.marks,
                ms=round(weight.marks * MARK_MS),
            ),
        ),
    )
    yield from (message for cost, message in sorted(told, key=lambda each: -each[0]) if cost >= 1)
    if weight.spare >= 1024:
        yield say("{n} KB bagian yang tidak berguna bagi cetakan", n=round(weight.spare / 1024))


def lasting(weight: Weight) -> Iterator[Message]:
    """What costs time that only the person who edits the template can save."""
    if weight.pictures:
        cost = sum(each.milliseconds for each in weight.pictures)
        yield say("{n} gambar terlalu besar (kira-kira {ms} milidetik)", n=len(weight.pictures), ms=round(cost))
    if weight.left:
        yield say(
            "{n} tabel dengan gaya tabel yang bergantung pada baris (kira-kira {ms} milidetik)",
            n=len(weight.stay),
            ms=round(weight.left * CELL_MS),
        )
    if weight.fonts:
        yield say("huruf tertanam {n} KB", n=max(1, round(weight.fonts / 1024)))


def advice(weight: Weight) -> Iterator[Message]:
    """What only the person who edits the template in Word can do."""
    for large in weight.pictures:
        yield say(
            "gambar {name} {w}x{h} piksel, padahal {ew}x{eh} cukup untuk dicetak (kira-kira {ms} milidetik tiap "
            "dokumen): di Word, klik gambarnya, Format Gambar, Kompres Gambar, 300 ppi",
            name=large.name.rpartition("/")[2],
            w=large.width,
            h=large.height,
            ew=large.enough[0],
            eh=large.enough[1],
            ms=round(large.milliseconds),
        )
    if weight.fonts:
        yield say(
            "huruf tertanam {n} KB: pasang huruf itu di komputer, lalu di Word, Opsi, Simpan, hapus tanda pada "
            "Tanamkan font dalam file",
            n=max(1, round(weight.fonts / 1024)),
        )
    for stay in weight.stay:
        yield say(
            "{stay}: di Word, Desain Tabel, matikan Baris Bergaris dan format tepi, atau pilih gaya Kisi Tabel",
            stay=stay,
        )


def _tables(package: Package) -> list[Any]:
    return [table for name in package.stories for table in package.root(name).iter(W + "tbl") if style_of(table)]


def _cells(table: Any) -> int:
    """Cells of a table, those of repeated rows and columns as often as they may come to be."""
    count = depth = 0
    for row in table.findall(W + "tr"):
        step = _step(text_of(row), "tr")
        if step is None:
            count += _cells_of(row) * (ROWS if depth else 1)
        depth += step or 0
    return count


def _cells_of(row: Any) -> int:
    count = depth = 0
    for cell in row.findall(W + "tc"):
        step = _step(text_of(cell), "tc")
        if step is None:
            count += COLUMNS if depth else 1
        depth += step or 0
    return count


def _step(text: str, tag: str) -> int | None:
    """1 where a loop over rows or cells begins, -1 where it ends, 0 for another tag in its own row, None for text."""
    word = re.search(rf"\{{[%{{#]{tag}\s+(\w*)", text)
    return None if word is None else {"for": 1, "endfor": -1}.get(word[1], 0)


def _embedded(package: Package) -> int:
    """Bytes of the fonts in the file."""
    fonts = package.found("word/fontTable.xml")
    if fonts is None or not any(next(fonts.iter(W + name), None) is not None for name in _EMBEDDED):
        return 0
    return sum(package.size(name) for name in package.of_kind("font"))


def _large(package: Package) -> Iterator[Large]:
    """Pictures whose pixels print more finely than paper shows, each once, by the largest that is printed of it."""
    wanted: dict[str, tuple[int, int]] = {}
    for story in package.stories:
        for drawing in package.root(story).iter(WP + "inline", WP + "anchor"):
            extent = drawing.find(WP + "extent")
            for blip in drawing.iter(A + "blip"):
                target = package.target(story, blip.get(f"{{{RELATIONS}}}embed", ""))
                if target and extent is not None:
                    size = tuple(int(extent.get(side, "0")) * PRINT_DPI // _EMU for side in ("cx", "cy"))
                    known = wanted.get(target, (0, 0))
                    wanted[target] = max(known[0], size[0]), max(known[1], size[1])
    for name, enough in wanted.items():
        found = _pixels(package.data(name))
        # A quarter more on each side is not worth a word.
        if found is not None and found[0] * found[1] > 1.6 * enough[0] * enough[1]:
            yield Large(name, found[0], found[1], enough, found[2])


def _pixels(data: bytes) -> tuple[int, int, bool] | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.width, picture.height, picture.format == "PNG"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # a drawing, or a picture that Pillow does not know: nothing can be said of its pixels
