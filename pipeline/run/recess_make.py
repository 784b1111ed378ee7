"""Makes the documents of one recess: everything is rendered and proved before the first file is put in place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.model.finding import Stage
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.recap import Recap
from pipeline.model.recess import RecessInput
from pipeline.render.signing import lacking
from pipeline.run.artifact import Artifact, put_docx
from pipeline.run.events import Listener
from pipeline.run.origin import particulars_of_recess
from pipeline.run.recess_check import stage_of
from pipeline.run.recess_edition import Edition
from pipeline.run.recess_plan import GROUP_FOLDERS, MEMBER_FOLDER, RECAP_NAME, SIGNER, Document, Plan, Shelf, plan
from pipeline.run.settings import Settings
from pipeline.run.standing import Held, Standing
from pipeline.run.state import Made
from pipeline.run.stored import from_data, to_data
from pipeline.run.writing import Outputs

SIPD_NAME = "usulan-sipd.csv"
_NAMED = 8
"""Most files that one note names."""


class Making:
    """The documents of the recesses of one run. ``notes`` are what people must know besides findings."""

    def __init__(
        self, settings: Settings, outputs: Outputs, listener: Listener, shelf: Shelf, standing: Standing
    ) -> None:
        self._standing = standing
        self._held: dict[str, Held] = {}
        self.notes: list[Message] = []
        self._settings = settings
        self._outputs = outputs
        self._listener = listener
        self._shelf = shelf

    def make(self, item: RecessInput, made: list[Path]) -> list[Artifact]:
        """Put the files of ``item`` in place, or have its DOCX wait for their PDF; ``made`` gets their paths.

        Raises TertibError: then nothing of this recess has been put in place.
        """
        from pipeline.recess.recap import make_recap

        if item.recess is None:
            return []
        edition = Edition.of(item, public=self._settings.public)
        self.notes += edition.notes
        recess = edition.item.recess
        if recess is None:
            return []
        # The same needs under the same numbers in both editions, also where a removed number told two rows apart.
        like = make_recap(item.recess, history=item.history) if edition.public else None
        whole = make_recap(recess, history=edition.item.history, like=like)
        planned = plan(edition.item, whole, self._shelf, only=self._settings.only, public=edition.public)
        self._listener.started(len(planned.documents), say("Menyusun laporan reses"))
        sources = _sources(edition.item)
        read = self._standing.read(sources)
        drawn = {one.name: self._drawn(edition, one, read) for one in planned.documents}
        work = self._work(edition, whole, planned)
        artifacts = [self._artifact(edition, one, drawn[one.name], read, work) for one in planned.documents]
        artifacts = [
            artifact if artifact.current else put_docx(artifact, drawn[one.name].docx, self._outputs)
            for artifact, one in zip(artifacts, planned.documents, strict=True)
        ]
        for path, data in work.items():
            if data is not None:
                self._outputs.write(path, data)
        made += [*(artifact.docx for artifact in artifacts), *work]
        self.notes += _unready(edition, planned.documents)
        self.notes += self._left(edition, made)
        return artifacts

    def held_of(self, recess: str) -> dict[str, Held]:
        """The documents of a recess held against their records, by their ids."""
        return {id_: held for id_, held in self._held.items() if id_.startswith(f"{recess}/")}

    def _drawn(self, edition: Edition, document: Document, read: Mapping[Path, str]) -> _Drawn:
        """A document as it stands where it is as it would be drawn, and drawn anew otherwise."""
        path = self._path(edition, f"{document.name}.docx")
        options = ("publik" if edition.public else "", stage_of(edition.item).value)
        template, office = document.template().path, edition.item.office.office
        held = self._standing.hold(path, read, read, template, office, options)
        self._held[f"{edition.id}/{document.name}"] = held
        notes = _kept_notes(held.current)
        if notes is None:
            told: list[Message] = []
            data = self._docx(edition, document, path, told)
            self.notes += told
            return _Drawn(held, data, tuple(told))
        self.notes += notes
        self._listener.advanced(f"{edition.id}/{document.name}")
        return _Drawn(held, b"", notes)

    def _docx(self, edition: Edition, document: Document, path: Path, told: list[Message]) -> bytes:
        from pipeline.render.proof import prove_docx

        data = document.make(_Notes(told, f"{edition.id}/{document.name}"))
        if self._is_new(path, data):
            prove_docx(data, path.name, given=document.given())
            edition.inspect(data, path.name)
        self._listener.advanced(f"{edition.id}/{document.name}")
        return data

    def _is_new(self, path: Path, data: bytes) -> bool:
        """Must ``data`` be proved? What stands at ``path`` already was, before it was put there."""
        return self._settings.force or not self._outputs.holds(path, data)

    def _work(self, edition: Edition, whole: Recap, planned: Plan) -> dict[Path, bytes | None]:
        """The workbook and what else is for further work; None for files that are there as they would be made."""
        held = self._held.get(f"{edition.id}/{RECAP_NAME}")
        made = held.current if held is not None else None
        known = made.drawn.get("berkas") if made is not None else None
        if isinstance(known, dict) and known:
            paths = {self._path(edition, name): digest for name, digest in known.items()}
            if all(self._outputs.index.digest(path) == digest for path, digest in paths.items()):
                return dict.fromkeys(paths)
        return dict(self._work_files(edition, whole, planned))

    def _work_files(self, edition: Edition, whole: Recap, planned: Plan) -> Iterator[tuple[Path, bytes]]:
        from pipeline.recess.labels import row_labels
        from pipeline.render.recap_json import Documents, recap_json
        from pipeline.render.sipd_csv import sipd_csv
        from pipeline.render.workbook import recap_workbook
        from pipeline.render.workbook_proof import prove_workbook

        if self._settings.only and RECAP_NAME not in self._settings.only:
            return
        book = self._path(edition, f"{RECAP_NAME}.xlsx")
        labels = row_labels(whole)
        data = recap_workbook(edition.item, whole, labels, public=edition.public)
        if self._is_new(book, data):
            prove_workbook(data, book.name, whole)
            edition.inspect(data, book.name)
        yield book, data
        trace = book.with_suffix(".json")
        where = Documents(planned.members, planned.groups, planned.inventory)
        data = recap_json(edition.item, whole, labels, where)
        edition.inspect(data, trace.name)
        yield trace, data
        if not edition.public:
            made = sipd_csv(edition.item, whole)
            yield book.with_name(SIPD_NAME), made.data

    def _path(self, edition: Edition, name: str) -> Path:
        return self._outputs.path(*edition.id.split("/"), *name.split("/"))

    def _artifact(
        self,
        edition: Edition,
        document: Document,
        drawn: _Drawn,
        read: Mapping[Path, str],
        work: Mapping[Path, bytes | None],
    ) -> Artifact:
        item = edition.item
        id_ = f"{edition.id}/{document.name}"
        whole = document.name == RECAP_NAME and not edition.public  # the one that carries the inputs
        return Artifact(
            id_,
            self._path(edition, f"{document.name}.docx"),
            tuple(read),
            partial(particulars_of_recess, item, id_, document, inputs_from=self._settings.root if whole else None),
            texts=document.promised,
            title=document.title,
            number=document.number,
            stage=stage_of(item).value,
            inspect=edition.inspect_pdf if edition.public else None,
            read=read,
            basis=drawn.held.basis,
            drawn=_told_by(drawn, work if document.name == RECAP_NAME else {}),
            current=drawn.held.current if not drawn.docx else None,
            renew=drawn.held.renew,
        )

    def _left(self, edition: Edition, made: Sequence[Path]) -> Iterator[Message]:
        """Name the reports that this recess does not have (any more, or under that name); keep them."""
        for folder in (MEMBER_FOLDER, *GROUP_FOLDERS):
            if not self._settings.only or folder in self._settings.only:
                yield from self._left_in(self._path(edition, folder), made)

    def _left_in(self, folder: Path, made: Sequence[Path]) -> Iterator[Message]:
        own = {path.stem for path in made if path.parent == folder}
        names = [path.name for path in _reports_in(folder) if path.stem not in own]
        if names:
            more = len(names) - _NAMED
            yield say(
                "Bukan bagian dari reses ini lagi (nama berubah, atau anggota atau kelompoknya tidak ada lagi), tetapi "
                "masih ada di {folder}: {names}{more}. Pindahkan atau hapus sendiri.",
                folder=self._settings.relative(folder),
                names=", ".join(names[:_NAMED]),
                more=say(", dan {n} lagi", n=more) if more > 0 else NOTHING,
            )


def _unready(edition: Edition, documents: Iterable[Document]) -> Iterator[Message]:
    """What to tell of templates in which those who sign have no place, once for each."""
    if stage_of(edition.item) is Stage.FINAL:
        signed = {one.template().path: one for one in documents if one.signers}
        for one in signed.values():
            yield from lacking(one.template(), SIGNER)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A document as it was drawn; ``docx`` is empty for one that stands there as it would be. ``notes`` were told."""

    held: Held
    docx: bytes
    notes: tuple[Message, ...]


def _sources(item: RecessInput) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((*item.sources, *item.office.sources, *item.history.sources)))


def _kept_notes(made: Made | None) -> tuple[Message, ...] | None:
    """What was told of a document when it was drawn; None where it is to be drawn."""
    if made is None:
        return None
    try:
        return tuple(from_data(one) for one in made.drawn["catatan"])
    except (KeyError, TypeError, ValueError):
        return None


def _told_by(drawn: _Drawn, work: Mapping[Path, bytes | None]) -> dict[str, Any]:
    """What drawing told, as it is kept; with the files made beside it."""
    files = {path.name: hashlib.sha256(data).hexdigest() for path, data in work.items() if data is not None}
    return {"catatan": [to_data(note) for note in drawn.notes], **({"berkas": files} if files else {})}


class _Notes:
    """Notes on one document, each with its name in front."""

    def __init__(self, notes: list[Message], document: str) -> None:
        self._notes = notes
        self._document = document

    def __call__(self, message: Message) -> None:
        self._notes.append(say("{document}: {message}", document=self._document, message=message))


def _reports_in(folder: Path) -> Iterable[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix in (".docx", ".pdf") and path.is_file())
    except OSError:
        return ()
    return (path for path in found if not path.name.startswith((".", "~")))
