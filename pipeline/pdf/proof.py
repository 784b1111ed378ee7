"""The proof of a finished PDF before it may appear: valid, tagged to the last mark, its fonts, its foot free.

The gates of its own come first: what is wrong with the file, its pages, its tags, its fonts or its edges is told in
words that say what to do; then the validator is asked for each level. Together some 20 ms a page of a SOP. Its texts
and flowcharts are proved elsewhere (``pipeline.convert.proof``).
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import Message, say, verbatim
from pipeline.model.particulars import Check, Verdict
from pipeline.pdf.edges import prove_edges
from pipeline.pdf.embedded import prove_fonts
from pipeline.pdf.structure import prove_structure
from pipeline.pdf.validate import validate

OWN: Final = ("berkas", "struktur", "huruf", "tepi dan bidang bawah")
"""Names of this program's own checks, in order; those of the levels are ``pipeline.pdf.validate.LEVELS``."""
_CLAIMS: Final = ("3a", "ua1")
"""The levels that a finished PDF says it keeps."""


def prove_finished(path: Path, name: str, *, fonts: Collection[str] = ()) -> tuple[Check, ...]:
    """Prove what a finished PDF promises; each check that did not fail is returned, in a fixed order.

    ``name`` is what people know the file as, ``fonts`` the families its document asks for. Raises ProofError, which
    says what failed, on which page, and what to do.
    """
    with _opened(path, name) as pdf:
        pages = len(pdf.pages)
        _prove_file(pdf, name)
        _prove_read(pdf, name)
        prove_structure(pdf, name)
        prove_fonts(pdf, name, fonts)
        _prove_read(pdf, name)
    prove_edges(path, name, pages)
    levels = validate(path, name, _CLAIMS)
    with _opened(path, name) as pdf:
        _prove_title(pdf, name)
    return (*(Check(check, Verdict.PASSED) for check in OWN), *levels)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Any]:
    """``path`` as an open pikepdf.Pdf; what cannot be read anywhere inside it raises ProofError."""
    import pikepdf

    try:
        with pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise _locked(name) from error
    except (pikepdf.PdfError, zlib.error, OSError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        # What stands where something else should stand shows itself as a wrong type, wherever it is looked at.
        raise _damaged(name, verbatim(error)) from error


def _prove_file(pdf: Any, name: str) -> None:
    """Nothing is locked, there are pages, and every object and stream can be read to its check sum.

    With the content streams, which the structure check takes apart, that is what qpdf's own check looks at, in half
    its time; and qpdf takes a wrong check sum for right.
    """
    import pikepdf

    if pdf.is_encrypted:
        raise _locked(name)
    if not pdf.pages:
        raise _damaged(name, say("tanpa halaman"))
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream):
            if found.get("/Filter") == "/FlateDecode":
                zlib.decompress(found.read_raw_bytes())
            else:
                found.get_raw_stream_buffer()


def _prove_read(pdf: Any, name: str) -> None:
    """qpdf had nothing to mend or to guess in all that was read."""
    troubles = pdf.get_warnings()
    if troubles:
        raise _damaged(name, verbatim(troubles[0]))


def _prove_title(pdf: Any, name: str) -> None:
    """It has a title, and says the same one everywhere: PDF/UA asks for one, but validators take an empty one."""
    said, shown = str(pdf.docinfo.get("/Title", "")), pdf.open_metadata().get("dc:title")
    if not said.strip() or said != shown:
        raise ProofError(
            say(
                "{name}: judul di dalam PDF kosong atau tidak sama di semua tempat. Isi judul di data dokumen, lalu "
                "jalankan lagi; bila terulang, laporkan.",
                name=name,
            )
        )


def _locked(name: str) -> ProofError:
    return ProofError(
        say("{name}: PDF terkunci kata sandi; arsip tidak boleh terkunci. Simpan lagi tanpa kata sandi.", name=name)
    )


def _damaged(name: str, told: Message) -> ProofError:
    return ProofError(
        say("{name}: PDF rusak ({error}). Jalankan lagi; bila terulang, laporkan pesan ini.", name=name, error=told)
    )
