"""The book of SOPs in the archive: is it the book of the SOPs as they are now, and which versions does it hold?

The SOPs are filed each on its own, with their inputs; with the book goes only the list of them that it carries.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.archive import manifest
from pipeline.errors import TertibError
from pipeline.model.finding import Stage
from pipeline.model.message import Message, say
from pipeline.run.settings import Settings
from pipeline.run.state import Made, digest

if TYPE_CHECKING:
    from pipeline.run.archive_desk import Desk
    from pipeline.run.archive_units import Unit

BOOK: Final = "buku"
"""Its kind, and its folder in the archive."""
LIST: Final = "daftar-sop.csv"
"""The list of its SOPs: inside the PDF, and among the sources of the version."""
_FILE, _PROOF, _VERSION = "berkas", "sha256", "versi_arsip"
Row = dict[str, str]


def outdated(book: Unit, units: Sequence[Unit], settings: Settings) -> Message | None:
    """What is said of a book that is not made of the final SOPs among ``units`` as they are; None when it is.

    A book that was changed by hand is not judged here.
    """
    pdf, made = book.made[0]
    if any(digest(settings.root / key) != value for key, value in made.sources.items()):
        return _outdated(book)
    if digest(pdf) != made.pdf:
        return None
    held = {(row[_FILE], row[_PROOF]) for row in rows_in(pdf)}
    now = {
        (f"{unit.office}/{unit.kind}/{path.name}", one.pdf)
        for unit in units
        if unit.office == book.office and unit.kind == "sop"
        for path, one in unit.made
        if one.stage == Stage.FINAL.value and _is_current(one, settings)
    }
    return None if held == now else _outdated(book)


def _is_current(made: Made, settings: Settings) -> bool:
    """Does it come from inputs that are still there? What is left of a removed SOP belongs into no book."""
    return all((settings.root / key).is_file() for key in made.sources)


def _outdated(book: Unit) -> Message:
    return say(
        "{unit}: buku belum diperbarui, jadi tidak diarsipkan. Jalankan tertib book, lalu tertib archive lagi.",
        unit=book.id,
    )


def rows_in(pdf: Path) -> list[Row]:
    """The list of SOPs that a book carries, row by row; [] where it carries none that can be read."""
    from pipeline.pdf.carried import carried

    try:
        found = carried(pdf.read_bytes()).get(LIST)
    except (TertibError, OSError):
        return []
    text = found.data.decode("utf-8-sig", "replace") if found else ""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    return rows if all(row.get(_FILE) and row.get(_PROOF) for row in rows) else []


def listed(book: Unit, version_of: Callable[[str, str], str]) -> bytes:
    """The list as it is filed: as the book carries it, with the version of each SOP in this archive ("" for none).

    ``version_of`` tells it by the name of the SOP and the SHA-256 of its PDF. UTF-8 with byte order mark, commas.
    """
    rows = rows_in(book.made[0][0])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*(rows[0] if rows else (_FILE, _PROOF)), _VERSION], lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, _VERSION: version_of(PurePosixPath(row[_FILE]).stem, row[_PROOF])})
    return text.getvalue().encode("utf-8-sig")


def version_in(desk: Desk, name: str, proof: str) -> str:
    """The folder of the version of the SOP ``name`` whose PDF has the SHA-256 ``proof``; "" for none. May raise
    ArchiveError."""
    for filed in desk.filing.log.versions(f"sop/{name}"):
        if not filed.facts.signed and manifest.read(desk.storage, filed.place).get(f"{name}.pdf") == proof:
            return filed.place
    return ""
