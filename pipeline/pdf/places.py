"""Where signatures go: the boxes between the bookmarks of a document, found as named destinations of its PDF.

LibreOffice writes a bookmark as a point: where it stands in its line, at the top of that line, in whole points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.particulars import RESERVED_MM, Box, Signer, SigningPlace
from pipeline.resources import PDFIUM

if TYPE_CHECKING:
    import pikepdf

END: Final = "akhir"
SMALLEST_MM: Final = (30, 10)
"""Width and height below which a signature cannot be read; the forms ask for 50 x 25 where there is room."""
_INSET = 1.0
"""Points between the bookmarks and the box, so that its frame touches no letter."""
_SLACK = 0.5
"""Points that rounding may take."""
_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its visible part in its own coordinates, and the quarter turns clockwise at which it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @classmethod
    def of(cls, page: pikepdf.Page) -> Sheet:
        """The sheet of ``page``."""
        left, bottom, right, top = (float(side) for side in page.cropbox)
        turned = int(page.obj.get("/Rotate", 0)) // 90 % 4
        return cls(min(left, right), min(bottom, top), max(left, right), max(bottom, top), turned)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turns % 2 else (wide, high)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where the point of the page is on the page as shown, from its lower left corner."""
        return (
            (x - self.left, y - self.bottom),
            (y - self.bottom, self.right - x),
            (self.right - x, self.top - y),
            (self.top - y, x - self.left),
        )[self.turns]

    def own(self, x: float, y: float) -> tuple[float, float]:
        """The opposite of ``shown``."""
        return (
            (x + self.left, y + self.bottom),
            (self.right - y, x + self.bottom),
            (self.right - x, self.top - y),
            (y + self.left, self.top - x),
        )[self.turns]

    def rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """``box`` as left, bottom, right, top in the coordinates of the page."""
        ones, others = self.own(box.x, box.y), self.own(box.x + box.width, box.y + box.height)
        return min(ones[0], others[0]), min(ones[1], others[1]), max(ones[0], others[0]), max(ones[1], others[1])


@dataclass(frozen=True, slots=True)
class _Point:
    page: int
    x: float
    y: float


def find_places(pdf: pikepdf.Pdf, signers: Sequence[Signer], path: Path) -> tuple[SigningPlace, ...]:
    """The boxes of ``signers`` in ``pdf``, which stands at ``path``. Raises ProofError where one cannot be signed."""
    if not signers:
        return ()
    points = dict(_points(pdf))
    sheets = [Sheet.of(page) for page in pdf.pages]
    places = tuple(_place(signer, points, sheets) for signer in signers)
    for one, other in combinations(places, 2):
        if _overlap(one.box, other.box):
            raise _unfit(one.signer, say("bertumpuk dengan ruang tanda tangan {name}", name=other.signer.name))
    _refuse_text(places, sheets, path)
    return places


def remove_bookmarks(pdf: pikepdf.Pdf, signers: Sequence[Signer]) -> None:
    """Take the destinations that only marked signatures out of ``pdf``: all pairs ``NAME``, ``NAMEakhir``."""
    import pikepdf

    names = {name for name, _ in _destinations(pdf)}
    pairs = {name for name in names if name + END in names} | {signer.field for signer in signers}
    gone = pairs | {name + END for name in pairs}
    left = sorted((name, target) for name, target in _destinations(pdf) if name not in gone)
    kept = pikepdf.Dictionary({f"/{name}": target for name, target in left})
    if "/Dests" in pdf.Root.get("/Names", {}):
        del pdf.Root.Names["/Dests"]
    if left:
        pdf.Root.Dests = kept
    elif "/Dests" in pdf.Root:
        del pdf.Root["/Dests"]


def _destinations(pdf: pikepdf.Pdf) -> list[tuple[str, Any]]:
    """The named destinations: the dictionary that LibreOffice 7.4 writes, and the tree of later formats."""
    import pikepdf

    old: Any = pdf.Root.get("/Dests", {})
    found = [(str(name)[1:], target) for name, target in old.items()]
    names: Any = pdf.Root.get("/Names", {})
    tree = names.get("/Dests")
    if tree is not None:
        found += [(str(name), target) for name, target in pikepdf.NameTree(tree).items()]
    return found


def _points(pdf: pikepdf.Pdf) -> list[tuple[str, _Point]]:
    import pikepdf

    pages: dict[Any, int] = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found = []
    for name, target in _destinations(pdf):
        where = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        if where is not None and len(where) >= 4 and where[1] == pikepdf.Name.XYZ and where[0].objgen in pages:
            found.append((name, _Point(pages[where[0].objgen], float(where[2] or 0), float(where[3] or 0))))
    return found


def _place(signer: Signer, points: dict[str, _Point], sheets: Sequence[Sheet]) -> SigningPlace:
    start, end = points.get(signer.field), points.get(signer.field + END)
    if start is None or end is None:
        raise ProofError(
            say(
                "Tempat tanda tangan {name} tidak ada: templat tidak memuat markah {field} dan {end}. Di Word, taruh "
                "kursor di kiri atas ruang kosong untuk tanda tangan, pilih Sisipkan > Markah (Bookmark), dan beri "
                "nama {field}; lalu {end} di baris tepat di bawah ruang itu, di sebelah kanannya.",
                name=signer.name,
                field=signer.field,
                end=signer.field + END,
            )
        )
    if start.page != end.page:
        torn = say("terbelah di dua halaman; ikat barisnya dengan “Simpan dengan berikutnya” (Keep with next)")
        raise _unfit(signer, torn)
    sheet = sheets[start.page - 1]
    left, top = sheet.shown(start.x, start.y)
    right, bottom = sheet.shown(end.x, end.y)
    sides = (left + _INSET, bottom + _INSET, right - left - 2 * _INSET, top - bottom - 2 * _INSET)
    box = Box(start.page, *(round(side, 2) for side in sides))
    _refuse_shape(signer, box, sheet)
    return SigningPlace(signer, box)


def _refuse_shape(signer: Signer, box: Box, sheet: Sheet) -> None:
    if box.width <= 0 or box.height <= 0:
        raise _unfit(
            signer, say("terbalik: {end} harus di kanan bawah {field}", end=signer.field + END, field=signer.field)
        )
    if box.width + _SLACK < SMALLEST_MM[0] * _MM or box.height + _SLACK < SMALLEST_MM[1] * _MM:
        raise _unfit(
            signer,
            say(
                "terlalu kecil ({width} x {height} mm; sedikitnya {least_width} x {least_height} mm, sebaiknya "
                "50 x 25 mm)",
                width=round(box.width / _MM, 1),
                height=round(box.height / _MM, 1),
                least_width=SMALLEST_MM[0],
                least_height=SMALLEST_MM[1],
            ),
        )
    if box.y < RESERVED_MM * _MM:
        raise _unfit(
            signer,
            say("masuk ke {height} mm terbawah halaman, yang dipakai layanan tanda tangan", height=RESERVED_MM),
        )
    wide, high = sheet.size
    if box.x < 0 or box.y < 0 or box.x + box.width > wide or box.y + box.height > high:
        raise _unfit(signer, say("keluar dari halaman"))


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.page == other.page
        and one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _refuse_text(places: Sequence[SigningPlace], sheets: Sequence[Sheet], path: Path) -> None:
    import pypdfium2 as pdfium

    with PDFIUM, pdfium.PdfDocument(path) as document:
        for number in sorted({place.box.page for place in places}):
            text = document[number - 1].get_textpage()
            for place in (place for place in places if place.box.page == number):
                hit = " ".join(text.get_text_bounded(*sheets[number - 1].rectangle(place.box)).split())
                if hit:
                    raise _unfit(place.signer, say("menutupi tulisan “{text}”", text=hit[:40]))


def _unfit(signer: Signer, reason: object) -> ProofError:
    return ProofError(
        say(
            "Ruang tanda tangan {name} (markah {field} dan {end} di templat) {reason}. Ubah templat di bagian itu.",
            name=signer.name,
            field=signer.field,
            end=signer.field + END,
            reason=reason,
        )
    )
