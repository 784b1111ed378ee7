"""Makes the documents of one recess: everything is rendered and proved before the first file is put in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

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
from pipeline.run.writing import Outputs

SIPD_NAME = "usulan-sipd.csv"
_NAMED = 8
"""Most files that one note names."""


class Making:
    """The documents of the recesses of one run. ``notes`` are what people must know besides findings."""

    def __init__(self, settings: Settings, outputs: Outputs, listener: Listener, shelf: Shelf) -> None:
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
        files = {self._path(edition, f"{one.name}.docx"): self._docx(edition, one) for one in planned.documents}
        work = dict(self._work_files(edition, whole, planned))
        artifacts = [self._artifact(edition, one) for one in planned.documents]
        artifacts = [put_docx(artifact, files[artifact.docx], self._outputs) for artifact in artifacts]
        for path, data in work.items():
            self._outputs.write(path, data)
        made += [*files, *work]
        self.notes += _unready(edition, planned.documents)
        self.notes += self._left(edition, made)
        return artifacts

    def _docx(self, edition: Edition, document: Document) -> bytes:
        from pipeline.render.proof import prove_docx

        path = self._path(edition, f"{document.name}.docx")
        data = document.make(self._tell(edition, document))
        if self._is_new(path, data):
            prove_docx(data, path.name, given=document.given())
            edition.inspect(data, path.name)
        self._listener.advanced(f"{edition.id}/{document.name}")
        return data

    def _tell(self, edition: Edition, document: Document) -> _Notes:
        return _Notes(self.notes, f"{edition.id}/{document.name}")

    def _is_new(self, path: Path, data: bytes) -> bool:
        """Must ``data`` be proved? What stands at ``path`` already was, before it was put there."""
        return self._settings.force or not self._outputs.holds(path, data)

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

    def _artifact(self, edition: Edition, document: Document) -> Artifact:
        item = edition.item
        sources = tuple(dict.fromkeys((*item.sources, *item.office.sources, *item.history.sources)))
        id_ = f"{edition.id}/{document.name}"
        whole = document.name == RECAP_NAME and not edition.public  # the one that carries the inputs
        return Artifact(
            id_,
            self._path(edition, f"{document.name}.docx"),
            sources,
            partial(particulars_of_recess, item, id_, document, inputs_from=self._settings.root if whole else None),
            texts=document.promised,
            title=document.title,
            number=document.number,
            stage=stage_of(item).value,
            inspect=edition.inspect_pdf if edition.public else None,
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
