"""The proof of a PDF before it may appear: it opens in two readers, has its pages, texts and flowcharts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.convert.columns import Piece, pieces, printed, squeeze
from pipeline.convert.ink import prove_pages
from pipeline.errors import ProofError
from pipeline.model.ink import Ink
from pipeline.model.message import say
from pipeline.resources import PDFIUM, Sheets


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a PDF: its number of pages and the SHA-256 of its bytes (hex)."""

    pages: int
    sha256: str


def prove_pdf(
    path: Path,
    *,
    name: str,
    pages: int | None = None,
    texts: Sequence[str] = (),
    sequence: Sequence[Sequence[str]] = (),
    ink: Sequence[Ink] = (),
) -> Proof:
    """Prove that ``path`` is a PDF of ``pages`` pages (when known) whose text holds every one of ``texts``.

    ``sequence`` holds texts for consecutive pages: they must stand on that many pages in a row. A text that a table
    row was too low for is not in the PDF, so this also finds clipped text. ``ink`` is what the same pages must show.
    Raises ProofError.
    """
    data = path.read_bytes()
    with _opened(data, name) as sheets:
        _prove(sheets, name, pages=pages, texts=texts, sequence=sequence, ink=ink)
        return Proof(len(sheets), hashlib.sha256(data).hexdigest())


def _prove(
    sheets: Sheets,
    name: str,
    *,
    pages: int | None,
    texts: Sequence[str],
    sequence: Sequence[Sequence[str]],
    ink: Sequence[Ink],
) -> None:
    found = [_text(sheets.page(index)) for index in range(len(sheets))]
    if pages is not None and len(found) != pages:
        raise _wrong_count(name, len(found), pages)
    apart = cache(lambda: [pieces(sheets.page(index).get_textpage()) for index in range(len(sheets))])
    lost = _lost(texts, _Print.of("".join(found)), apart)
    if lost:
        raise ProofError(
            say(
                "{name}: {count} teks tidak tercetak utuh di PDF, misalnya “{lost}”. Periksa apakah "
                "templat masih memuat bagian itu dan hurufnya terpasang (tertib doctor).",
                name=name,
                count=len(lost),
                lost=_short(lost[0]),
            )
        )
    prints = [_Print.of(page) for page in found]
    blank = _blank_page(prints)
    if blank:
        raise ProofError(
            say(
                "{name}: halaman {blank} kosong. Biasanya isi templat sedikit terlalu tinggi; kurangi jaraknya.",
                name=name,
                blank=blank,
            )
        )
    # The first page is seldom the first of the sequence: only where none is found the pieces are looked at.
    starts = list(_starts(prints, sequence, lambda: [()] * len(prints)) or _starts(prints, sequence, apart))
    if not starts:
        raise _wrong_count(name, len(found), len(sequence))
    if ink:
        prove_pages(sheets.page, ink, starts, name)


@dataclass(frozen=True, slots=True)
class _Print:
    """Printed text in two forms: without white space and hyphens, as lines wrap where they must, and as words."""

    squeezed: str
    words: Counter[str]

    @classmethod
    def of(cls, text: str) -> _Print:
        return cls(squeeze(text), Counter(_words(text)))


_Pages = Callable[[], Sequence[Sequence[Piece]]]
"""The pieces of lines of each page, read only when they are needed."""


def _lost(texts: Sequence[str], found: _Print, pages: _Pages) -> list[str]:
    """The texts that are not printed.

    A reader of PDF may give the lines of neighbouring cells in turns, so a text also counts as printed when each of
    its words is printed as often as all texts together need it. Words that are broken between characters come apart
    that way: the lines of such a text must follow each other in one column of ``pages``, as often as it is promised.
    """
    apart = [text for text in texts if squeeze(text) not in found.squeezed]
    if not apart:
        return []
    lacking = Counter(word for text in texts for word in _words(text)) - found.words
    broken = Counter(text for text in apart if any(word in lacking for word in _words(text)))
    if not broken:
        return []
    sheets = pages()
    return [text for text, count in broken.items() if sum(printed(text, sheet) for sheet in sheets) < count]


def _starts(found: Sequence[_Print], wanted: Sequence[Sequence[str]], pages: _Pages) -> list[int]:
    """Indexes of pages from which on the ``wanted`` texts stand on pages in a row."""
    return [
        start
        for start in range(len(found) - len(wanted) + 1)
        if not any(_lost(page, found[index], _only(pages, index)) for index, page in enumerate(wanted, start))
    ]


def _only(pages: _Pages, index: int) -> _Pages:
    return lambda: [pages()[index]]


_HEADER_WORDS = 60
"""A page header is never longer; pages that are alike but full of text are not blank."""


def _blank_page(pages: Sequence[_Print]) -> int:
    """Number of the first page that holds nothing but what all pages hold (headers) and numbers; 0 if there is none."""
    if len(pages) < 2:
        return 0
    common = pages[0].words
    for page in pages[1:]:
        common = common & page.words
    for number, page in enumerate(pages, 1):
        if page.words.total() <= _HEADER_WORDS and all(word.isdigit() for word in page.words - common):
            return number
    return 0


def _wrong_count(name: str, count: int, planned: int) -> ProofError:
    return ProofError(
        say(
            "{name}: halaman PDF ({count}) tidak sesuai dengan rencana ({planned}). Biasanya templat "
            "diubah sehingga isi meluap ke halaman lain; periksa margin, huruf, dan lebar kolom "
            "templat.",
            name=name,
            count=count,
            planned=planned,
        )
    )


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Sheets]:
    """The pages of the PDF ``data``, told as ``name``, on whose number two readers agree. Raises ProofError."""
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            count = _count(data)
            sheets = Sheets.of(data)
        except (pdfium.PdfiumError, OSError, ValueError) as error:
            raise _broken(name, error) from error
        try:
            if count != len(sheets) or count == 0:
                raise ProofError(
                    say(
                        "{name}: dua pembaca PDF tidak sepakat tentang jumlah halaman ({count} dan {count2}).",
                        name=name,
                        count=count,
                        count2=len(sheets),
                    )
                )
            yield sheets
        except pdfium.PdfiumError as error:
            raise _broken(name, error) from error
        finally:
            Sheets.close()


def _text(page: Any) -> str:
    return str(page.get_textpage().get_text_range()) + "\n"


def _count(data: bytes) -> int:
    """The number of pages as pypdf finds it; strictly, so it trusts the table of objects and takes no broken one."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        return len(pypdf.PdfReader(BytesIO(data), strict=True).pages)
    except PyPdfError as error:
        raise ValueError(error) from error


def _broken(name: str, error: Exception) -> ProofError:
    return ProofError(
        say(
            "{name}: PDF rusak ({error}). Jalankan lagi; bila terulang, buka DOCX-nya dan laporkan.",
            name=name,
            error=error,
        )
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
