"""Is a PDF under the outputs the one that was made, from the DOCX beside it and from the inputs as they are now?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.run import verdicts
from pipeline.run.recess_edition import PUBLIC_FOLDER
from pipeline.run.settings import Settings
from pipeline.run.sidecar import has_sidecar, sidecar_path
from pipeline.run.state import Made, State, digest, has_record
from pipeline.run.verdicts import finding
from pipeline.run.writing import PRIVATE, Outputs


@dataclass(frozen=True, slots=True)
class Record:
    """A PDF on record: ``pdf`` where it stands."""

    pdf: Path
    made: Made


class Records:
    """The records of the output folders in which PDFs stand; each is read once, when the first PDF of it comes."""

    def __init__(self) -> None:
        self._states: dict[Outputs, State] = {}

    def of(self, pdf: Path) -> Record | None:
        """The record of ``pdf`` in the output folder it stands in; None when it is on none."""
        outputs = _outputs_of(pdf)
        if outputs is None:
            return None
        made = self._state(outputs).get(pdf)
        return None if made is None else Record(pdf, made)

    def lost(self, folder: Path, settings: Settings) -> tuple[Path, ...]:
        """The PDFs on record below ``folder`` that are gone though their inputs are those they were made from."""
        outputs = _outputs_of(folder / PRIVATE)
        if outputs is None:
            return ()
        return tuple(
            pdf
            for pdf, made in self._state(outputs).all()
            if pdf.is_relative_to(folder)
            and not pdf.exists()
            # Whoever removes the public edition may mean to: it is made only when it is asked for.
            and PUBLIC_FOLDER not in pdf.relative_to(outputs.folder).parts
            and all(digest(settings.root / key) == value for key, value in made.sources.items())
        )

    def _state(self, outputs: Outputs) -> State:
        if outputs not in self._states:
            self._states[outputs] = State(outputs)
        return self._states[outputs]


def _outputs_of(path: Path) -> Outputs | None:
    """The output folder in which ``path`` lies, known by the record in it."""
    folder = next((folder for folder in path.parents if has_record(folder)), None)
    return None if folder is None else Outputs(folder)


def faults_of(record: Record, settings: Settings) -> tuple[Finding, ...]:
    """All that keeps the PDF on record from being the one made from what stands there now."""
    return tuple(_faults(record, settings))


def is_as_made(record: Record) -> bool:
    """Is the PDF, byte for byte, the one that was made?"""
    return digest(record.pdf) == record.made.pdf


def _faults(record: Record, settings: Settings) -> Iterator[Finding]:
    pdf, made = record.pdf, record.made
    if not is_as_made(record):
        yield _differs(pdf, _PDF_CHANGED, verdicts.CHANGED, _KEEP, settings, _PDF_AGAIN)
    docx = pdf.with_suffix(".docx")
    if made.docx and digest(docx) != made.docx:  # a book has none
        yield _differs(docx, _DOCX_CHANGED, verdicts.CHANGED, _DOCX_AGAIN, settings)
    if not has_sidecar(pdf, made.sidecar):
        yield _differs(sidecar_path(pdf), _SIDECAR_CHANGED, verdicts.CHANGED, _SIDECAR_AGAIN, settings, _SIDECAR_AGAIN)
    for key, value in made.sources.items():
        if digest(settings.root / key) != value:
            yield _differs(settings.root / key, _SOURCE_CHANGED, verdicts.OUTDATED, _AGAIN, settings)


_PDF_CHANGED = say("PDF ini bukan yang dibuat tertib: isinya lain dari catatan pembuatannya (SHA-256).")
_DOCX_CHANGED = say("DOCX ini bukan lagi yang menjadi PDF di sebelahnya (SHA-256 tidak sama).")
_SIDECAR_CHANGED = say("Berkas ini bukan lagi yang dibuat bersama PDF-nya: tempat tanda tangan di dalamnya diubah.")
_SOURCE_CHANGED = say("Masukan ini berubah sejak PDF dibuat, jadi PDF itu bukan dari masukan yang sekarang.")
_KEEP = say(
    "Bila memang disunting atau ditandatangani, simpan di folder lain; tertib build (untuk reses: tertib recap) "
    "membuat yang baru, dan naskah bertanda tangan diarsipkan dengan tertib archive --signed."
)
_PDF_AGAIN = say(
    "Kembalikan berkas itu dari tempat Anda menyimpannya, atau buat lagi: tertib build (untuk reses: tertib recap, "
    "untuk buku: tertib book)."
)
_DOCX_AGAIN = say(
    "Salin dahulu bila suntingannya diperlukan, lalu jalankan tertib build (untuk reses: tertib recap); perubahan yang "
    "harus tetap ada ditulis di masukan atau templat."
)
_SIDECAR_AGAIN = say(
    "Jalankan tertib build (untuk reses: tertib recap, untuk buku: tertib book); berkas itu ditulis lagi seperti "
    "semula. Pakai yang itu untuk layanan tanda tangan."
)
_AGAIN = say("Jalankan tertib build (untuk reses: tertib recap), atau kembalikan masukan itu seperti semula.")


def _differs(
    path: Path, changed: Message, kind: verdicts.Kind, remedy: Message, settings: Settings, restore: Message = _AGAIN
) -> Finding:
    """A file that is not the one on record: gone (then ``restore`` says what to do), unreadable or changed."""
    told = settings.relative(path)
    if not path.exists():
        return finding(verdicts.GONE, told, say("Berkas ini tidak ada lagi."), restore)
    try:
        with path.open("rb"):
            return finding(kind, told, changed, remedy)
    except OSError as error:
        unreadable = say("Berkas ini tidak dapat dibaca: {why}.", why=why(error))
        return finding(verdicts.UNREADABLE, told, unreadable, say("Periksa izin berkas itu, lalu periksa lagi."))
