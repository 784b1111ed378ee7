"""The proof of a PDF before it may appear: it opens in two readers, has its pages and holds its texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ProofError


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a PDF: its number of pages and the SHA-256 of its bytes (hex)."""

    pages: int
    sha256: str


def prove_pdf(path: Path, *, name: str, pages: int | None, texts: Sequence[str]) -> Proof:
    """Prove that ``path`` is a PDF of ``pages`` pages (when known) whose text holds every one of ``texts``.

    Texts are compared without white space and hyphens at line ends, as lines wrap where they must. A text that a
    table row was too low for is not in the PDF, so this also finds clipped text. Raises ProofError.
    """
    data = path.read_bytes()
    count, found = _read(path, name)
    if pages is not None and count != pages:
        raise ProofError(
            id=f"{name}: jumlah halaman PDF {count}, seharusnya {pages}. Biasanya templat diubah sehingga isi "
            "meluap ke halaman lain; periksa margin, huruf, dan lebar kolom templat.",
            en=f"{name}: the PDF has {count} pages where {pages} were planned. Usually the template was changed so "
            "that content runs over; check its margins, fonts and column widths.",
        )
    lost = [text for text in texts if _squeeze(text) not in found]
    if lost:
        raise ProofError(
            id=f"{name}: {len(lost)} teks tidak tercetak utuh di PDF, misalnya “{_short(lost[0])}”. "
            "Periksa apakah templat masih memuat bagian itu dan hurufnya terpasang (tertib doctor).",
            en=f"{name}: {len(lost)} texts are not printed whole in the PDF, for example “{_short(lost[0])}”. "
            "Check that the template still has that part and its font is installed (tertib doctor).",
        )
    return Proof(count, hashlib.sha256(data).hexdigest())


def _read(path: Path, name: str) -> tuple[int, str]:
    import pypdf
    import pypdfium2 as pdfium
    from pypdf.errors import PyPdfError

    try:
        count = len(pypdf.PdfReader(path).pages)
        with pdfium.PdfDocument(path) as document:
            seen = len(document)
            text = "".join(_page_text(document[index]) for index in range(seen))
    except (PyPdfError, pdfium.PdfiumError, OSError, ValueError) as error:
        raise ProofError(
            id=f"{name}: PDF rusak ({error}). Jalankan lagi; bila terulang, buka DOCX-nya dan laporkan.",
            en=f"{name}: the PDF is damaged ({error}). Run again; if it comes back open the DOCX and report it.",
        ) from error
    if count != seen or count == 0:
        raise ProofError(
            id=f"{name}: dua pembaca PDF tidak sepakat tentang jumlah halaman ({count} dan {seen}).",
            en=f"{name}: two PDF readers disagree on the number of pages ({count} and {seen}).",
        )
    return count, _squeeze(text)


def _page_text(page: object) -> str:
    return str(page.get_textpage().get_text_bounded())  # type: ignore[attr-defined]


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\u200b-]+", "", text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
