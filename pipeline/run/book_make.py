"""Makes one book: front matter by LibreOffice, joined with the SOPs, proved, put in place by a rename."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.convert.libreoffice import Job, convert, find_soffice
from pipeline.errors import MissingProgramError, ProofError
from pipeline.model.message import Message, say
from pipeline.model.office import Office
from pipeline.model.particulars import Attachment, Check, Particulars, Relation, Signer, SigningPlace, Verdict
from pipeline.pdf import stamp
from pipeline.pdf.merge import Joining, Merged, Part, link_to_front, link_to_part
from pipeline.render.book import Entry, Head, bare_name, printed, render_front, render_sample, shown, unit_of
from pipeline.render.qr import code_of
from pipeline.render.signing import lacking, signing_fields
from pipeline.render.template import Template
from pipeline.run.archive_book import BOOK, LIST
from pipeline.run.basis import tools
from pipeline.run.book_guess import guess
from pipeline.run.book_parts import Chapter, fingerprints
from pipeline.run.canonical import book_fingerprint, file_digest
from pipeline.run.finishing import ORIGIN
from pipeline.run.keeping import is_foreign, kept_note, replace_keeping
from pipeline.run.origin import SCHEMA, plain
from pipeline.run.sidecar import put_sidecar, sidecar
from pipeline.run.state import Made, State, converter_id, digest
from pipeline.run.templates import find_template
from pipeline.run.unchanged import Now, Reason, reasons_of_book
from pipeline.run.writing import explain_os_error

if TYPE_CHECKING:
    from pipeline.run.settings import Settings
    from pipeline.run.writing import Outputs

TEMPLATE: Final = "buku-sop.docx"
COVER: Final = "Sampul"
"""Bookmark of the first page."""
FIELD: Final = "ttdkeputusan"
"""Bookmark at the place for the signature under the decree."""


@dataclass(frozen=True, slots=True)
class _Front:
    """The front matter as LibreOffice made it: finished PDF, a PDF that brings a font, bookmarks, signing places."""

    pdf: Path
    sample: Path
    heads: tuple[tuple[str, int], ...]
    places: tuple[SigningPlace, ...]


class BookMaker:
    """The book of ``office`` at ``pdf`` from ``chapters`` (final, current, in order; at least one)."""

    def __init__(
        self, office: Office, chapters: Sequence[Chapter], pdf: Path, settings: Settings, outputs: Outputs, state: State
    ) -> None:
        self._office = office
        self._chapters = tuple(chapters)
        self._pdf = pdf
        self._settings = settings
        self._outputs = outputs
        self._state = state
        self._year = office.book.year or self._date.year if self._date else office.book.year
        self._template = Template.load(find_template(TEMPLATE, settings, office))
        self._entries = tuple(self._contents())
        self._document = f"{office.id}/{pdf.stem}"
        self._prints = fingerprints(self._chapters, settings)
        self._code = code_of(self._document, self._fingerprint(), office.publication)
        self._basis = tools(outputs.index)
        self.reasons: tuple[Reason, ...] = ()

    @property
    def title(self) -> str:
        """What the book is called in lists and in the reader's title bar."""
        words = (self._office.book.title or "Standar Operasional Prosedur", unit_of(self._office))
        return " ".join((*words, f"Tahun {self._year}") if self._year else words)

    @property
    def _date(self) -> dt.date | None:
        """The day of the decree, or on which the latest SOP took effect."""
        decree = self._office.book.decree
        if decree is not None and decree.date is not None:
            return decree.date
        return max((one.sop.effective for one in self._chapters if one.sop.effective), default=None)

    def make(self) -> list[Message]:
        """Make the book unless it is there as it would be made; what to tell. Raises TertibError."""
        program = find_soffice()
        converter = converter_id(program) if program else ""
        key = self._key()
        made = self._state.get(self._pdf)
        told = self._settings.relative(self._pdf)
        now = Now({}, self._basis, converter or None, "", self._outputs.index.digest(self._pdf))
        self.reasons = reasons_of_book(made, key, now, force=self._settings.force)
        if made is not None and not self.reasons:
            put_sidecar(self._pdf, made.sidecar, self._outputs)
            self._checked_again(made)
            return self.unchanged(self._state)
        if program is None:
            raise _no_libreoffice()
        work = self._outputs.fresh_folder()
        target = work / self._pdf.name
        front, merged = self._join(work, target)
        checks = self._prove(target, merged, front)
        unchecked = tuple(check.name for check in checks if check.verdict is Verdict.NOT_CHECKED)
        notes = self._place(target, merged, front, key, converter, unchecked)
        self._outputs.discard([work])
        return [*notes, *_unchecked(unchecked, told)]

    def unchanged(self, state: State) -> list[Message]:
        """What is told of the book that is on record in ``state``, where it is as it would be made."""
        told = self._settings.relative(self._pdf)
        made = state.get(self._pdf)
        same = say("{pdf} tidak berubah: {count} SOP.", pdf=told, count=len(self._chapters))
        return [same, *_unchecked(made.unchecked if made is not None else (), told)]

    def _checked_again(self, made: Made) -> tuple[str, ...]:
        """The checks that could not be made of the book in place, after another try. Raises ProofError."""
        from pipeline.pdf.proof import prove_finished

        if not made.unchecked or made.pages > WHOLE:  # a thick one is checked in parts, when it is made
            return made.unchecked
        checks = prove_finished(self._pdf, self._pdf.name)
        unchecked = tuple(check.name for check in checks if check.verdict is Verdict.NOT_CHECKED)
        if unchecked != made.unchecked:
            self._state.put(self._pdf, replace(made, unchecked=unchecked))
            self._state.save()
        return unchecked

    def _contents(self) -> list[Entry]:
        entries = []
        page = 1
        for number, one in enumerate(self._chapters, 1):
            entries.append(Entry(one.sop.title, one.sop.number, page, link_to_part(number), one.sop.effective))
            page += one.made.pages
        return entries

    def _fingerprint(self) -> str:
        """The hash in the book's QR code: of its words, and of what each SOP in it prints."""
        held = [
            {"nomor": one.sop.number, "judul": one.sop.title, "sidik": mark}
            for one, mark in zip(self._chapters, self._prints, strict=True)
        ]
        return book_fingerprint(self._office, self.title, held, self._template.path)

    def _key(self) -> str:
        """A hash of everything that the book is made from, but LibreOffice and this program."""
        made = hashlib.sha256(render_front(self._template, self._office, (), self._entries, self._year, self._code))
        for one in self._chapters:
            made.update(one.made.pdf.encode())
        made.update(repr(self._particulars()).encode())
        return made.hexdigest()

    def _particulars(self) -> Particulars:
        return Particulars(
            document=self._document,
            title=self.title,
            author=unit_of(self._office),
            subject="Buku SOP",
            keywords=("SOP", *(one.sop.number for one in self._chapters[:20] if one.sop.number)),
            date=self._date,
            signers=tuple(self._signers()),
            attachments=(
                Attachment(ORIGIN, self._origin(), "application/json", Relation.DATA, "Dari apa buku ini dibuat"),
                Attachment(LIST, self._list(), "text/csv", Relation.DATA, "Daftar SOP di buku ini, untuk diolah"),
            ),
        )

    def _origin(self) -> bytes:
        """What the book says of itself: by this, what comes back from signing is known again."""
        decree = self._office.book.decree
        told = {
            "skema": SCHEMA,
            "dokumen": self._document,
            "judul": self.title,
            "jenis": BOOK,
            "nomor": decree.number if decree else "",
            "tahap": "final",
            "sidik": self._fingerprint(),
            "templat": {"nama": TEMPLATE, "sha256": file_digest(self._template.path)},
            "daftar": {"berkas": LIST, "sha256": hashlib.sha256(self._list()).hexdigest()},
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()

    def _signers(self) -> list[Signer]:
        decree = self._office.book.decree
        if decree is None or FIELD not in signing_fields(self._template):
            return []
        officials = [one for one in self._office.officials if one.id == decree.signer]
        return [plain(Signer(FIELD, bare_name(one.name), one.position, one.nip)) for one in officials]

    def _list(self) -> bytes:
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(("no", "nomor", "judul", "halaman", "jumlah_halaman", "berkas", "sha256", "sidik"))
        for number, (one, entry) in enumerate(zip(self._chapters, self._entries, strict=True), 1):
            place = (entry.page, one.made.pages, self._state.key(one.pdf), one.made.pdf)
            rows.writerow((number, entry.number, entry.title, *place, self._prints[number - 1]))
        return text.getvalue().encode("utf-8-sig")

    def _join(self, work: Path, target: Path) -> tuple[_Front, Merged]:
        """Take in the SOPs while LibreOffice makes the front matter, then put that before them."""
        with ThreadPoolExecutor(max_workers=1) as pool, Joining(target, numbered=True) as joining:
            coming = pool.submit(self._front, work)
            for one in self._chapters:
                joining.add(_part(one))
            front = coming.result()
            return front, joining.close(front.pdf, title=self.title, cover=COVER, numbering=front.sample)

    def _front(self, work: Path) -> _Front:
        """The front matter; made a second time when its own parts came to stand on other pages than expected."""
        heads = guess(self._office, [entry.title for entry in self._entries])
        for _ in range(_MOST_TRIES):
            front = self._convert(work, heads)
            if list(front.heads) == heads:
                return front
            heads = list(front.heads)
        raise ProofError(
            say(
                "Daftar isi buku tidak menemukan halaman tetap untuk bagian depan. Periksa templat {name}.",
                name=TEMPLATE,
            )
        )

    def _convert(self, work: Path, heads: Sequence[tuple[str, int]]) -> _Front:
        from pipeline.pdf.finish import finish
        from pipeline.pdf.merge_parts import open_source, outline_of

        told = [Head(title, page + 1, link_to_front(page + 1)) for title, page in heads]
        docx, sample = work / "depan.docx", work / "angka.docx"
        docx.write_bytes(render_front(self._template, self._office, told, self._entries, self._year, self._code))
        sample.write_bytes(render_sample(self._template, stamp.SAMPLE))
        places: list[SigningPlace] = []

        def finished(path: Path) -> None:
            places[:] = finish(path, self._particulars(), docx=docx)

        shows = self._office.book.decree is not None and "sidik" in self._template.body
        texts = (*printed(self._office, self._entries), *((self._code.printed,) if shows else ()))
        jobs = [
            Job(docx, docx.with_suffix(".pdf"), texts=texts, finish=finished),
            Job(sample, sample.with_suffix(".pdf"), texts=(stamp.SAMPLE,)),
        ]
        for done in convert(jobs, workers=1):
            if done.error is not None:
                raise done.error
        with open_source(jobs[0].pdf) as pdf:
            return _Front(jobs[0].pdf, jobs[1].pdf, tuple(outline_of(pdf)), tuple(places))

    def _prove(self, target: Path, merged: Merged, front: _Front) -> tuple[Check, ...]:
        from pipeline.pdf.book_proof import Promise, prove_book
        from pipeline.pdf.joined import prove_joined
        from pipeline.pdf.proof import prove_finished

        parts = [
            Promise(one.sop.title, _bookmark(one), start, one.made.pages, (one.sop.title, one.sop.number))
            for one, start in zip(self._chapters, merged.starts, strict=True)
        ]
        name = self._pdf.name
        texts = tuple(shown(self._office, self._year))
        prove_book(target, name, merged.front, [(COVER, 0), *front.heads], parts, texts)
        prove_joined(target, name)
        if merged.pages <= WHOLE:
            return prove_finished(target, name)
        # Every SOP was proved whole when it was built, and went in unchanged; what is new is how they are joined.
        sample = target.with_name("contoh-buku.pdf")
        some = (self._chapters[0], self._chapters[len(self._chapters) // 2], self._chapters[-1])
        with Joining(sample, numbered=True) as joining:
            for one in some:
                joining.add(_part(one))
            joining.close(front.pdf, title=self.title, cover=COVER, numbering=front.sample, whole=False)
        return (*prove_finished(sample, name), Check(_ALL, Verdict.NOT_CHECKED))

    def _place(
        self, target: Path, merged: Merged, front: _Front, key: str, converter: str, unchecked: tuple[str, ...]
    ) -> list[Message]:
        told = self._settings.relative(self._pdf)
        notes = [
            say("{pdf}: {count} SOP, {pages} halaman.", pdf=told, count=len(self._chapters), pages=merged.pages),
        ]
        if self._office.book.decree is None:
            notes.append(_no_decree(self._office.id))
        else:
            notes += lacking(self._template, FIELD)
        sha256 = digest(target)
        text = sidecar(self._particulars(), front.places, self._pdf.name, sha256, merged.pages)
        try:
            with target.open("rb+") as file:
                os.fsync(file.fileno())
            self._pdf.parent.mkdir(parents=True, exist_ok=True)
            if is_foreign(self._pdf, self._state.get(self._pdf), sha256):
                aside = replace_keeping(target, self._pdf, dt.datetime.now().astimezone())
                notes.append(kept_note(self._pdf, aside, self._settings))
            else:
                target.replace(self._pdf)
        except OSError as error:
            raise explain_os_error(error, self._pdf) from error
        put_sidecar(self._pdf, text, self._outputs)
        made = self._made(key, sha256, converter, merged.pages, text)
        self._state.put(self._pdf, replace(made, unchecked=unchecked))
        self._state.save()
        return notes

    def _made(self, key: str, sha256: str, converter: str, pages: int, text: str) -> Made:
        sources = {source: value for one in self._chapters for source, value in one.made.sources.items()}
        decree = self._office.book.decree
        return Made(
            self._document,
            "",
            sha256,
            sources,
            converter,
            pages,
            title=self.title,
            number=decree.number if decree else "",
            stage="final",
            carried=key,
            sidecar=text,
            basis=self._basis,
        )


WHOLE: Final = 80
"""Most pages of a book that the validator is asked about as a whole: it needs 10 ms and 1.5 MB a page."""
_ALL: Final = "semua halaman sekaligus"
_MOST_TRIES: Final = 3


def _part(one: Chapter) -> Part:
    return Part(one.pdf, one.sop.title, _bookmark(one))


def _bookmark(one: Chapter) -> str:
    return f"{one.sop.title} ({one.sop.number})" if one.sop.number else one.sop.title


def _no_libreoffice() -> MissingProgramError:
    return MissingProgramError(
        say(
            "LibreOffice tidak ditemukan, jadi buku tidak dibuat. Pasang LibreOffice Writer (lihat tertib doctor), "
            "lalu jalankan lagi."
        )
    )


def _no_decree(office: str) -> Message:
    return say(
        "Buku SOP {office} tanpa keputusan penetapan. Untuk memuatnya, isi `buku: keputusan:` di kantor.yaml; "
        "keputusan yang sudah ditandatangani tidak dapat digabung, karena tanda tangannya rusak.",
        office=office,
    )


def _unchecked(unchecked: Sequence[str], pdf: str) -> list[Message]:
    names = list(unchecked)
    notes = []
    if _ALL in names:
        names.remove(_ALL)
        notes.append(
            say(
                "{pdf} terlalu tebal untuk divalidasi sekaligus. Setiap SOP di dalamnya sudah lolos validasi saat "
                "dibuat; pada buku diperiksa halaman, penanda, tautan, dan strukturnya, dan validasinya atas bagian "
                "depan dengan tiga SOP.",
                pdf=pdf,
            )
        )
    if names:
        notes.append(say("Tidak diperiksa pada buku: {names}.", names=", ".join(names)))
    return notes
