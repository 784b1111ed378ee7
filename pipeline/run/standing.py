"""What stands in an output folder, held against what a run would make, before anything is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.convert.libreoffice import find_soffice
from pipeline.model.message import Message, say
from pipeline.model.office import Office
from pipeline.model.result import DocumentResult, Why
from pipeline.resources import packaged_templates
from pipeline.run.basis import LOGO, OPTIONS, TEMPLATE, Basis, tools
from pipeline.run.files import walk
from pipeline.run.settings import Settings
from pipeline.run.state import Made, SourceDigests, State, converter_id
from pipeline.run.unchanged import Now, Reason, needs_pdf, told
from pipeline.run.unchanged import reasons as reasons_for
from pipeline.run.writing import Outputs


@dataclass(frozen=True, slots=True)
class Held:
    """One document held against its record: ``made`` is what is on record, ``reasons`` why it is to be made again."""

    basis: Basis
    made: Made | None
    reasons: tuple[Reason, ...]

    @property
    def current(self) -> Made | None:
        """The record of a document that is as it would be made; None when it is not."""
        return None if self.reasons else self.made

    @property
    def renew(self) -> bool:
        """Must its PDF be made even where the DOCX comes out the same?"""
        return self.made is not None and needs_pdf(self.reasons)


class Standing:
    """The documents that stand in an output folder, as one run sees them."""

    def __init__(self, settings: Settings, outputs: Outputs, state: State) -> None:
        self._settings = settings
        self._outputs = outputs
        self._state = state
        self._tools = tools(outputs.index)
        self._digests = SourceDigests(settings.root, outputs.index)
        program = find_soffice()
        self._converter = converter_id(program) if program else None

    def prime(self, folders: Iterable[Path]) -> None:
        """Look at everything below ``folders`` before it is read: what changes while it is read counts as changed."""
        for folder in folders:
            files = walk(folder, lambda name: name.startswith((".", "~")))
            self._digests.of(Path(one.path) for one in files if one.status is not None)

    def read(self, sources: Iterable[Path]) -> dict[Path, str]:
        """The hashes of inputs, by their paths."""
        paths = list(sources)
        return dict(zip(paths, self._digests.of(paths).values(), strict=True))

    def hold(
        self,
        docx: Path,
        sources: Iterable[Path],
        read: Mapping[Path, str],
        template: Path,
        office: Office,
        options: Iterable[str] = (),
    ) -> Held:
        """The document at ``docx`` held against its record. ``options`` are what of the settings goes into it."""
        index = self._outputs.index
        shipped = packaged_templates() / template.name
        logo = index.digest(office.logo) if office.logo is not None else ""
        basis = {
            **self._tools,
            TEMPLATE: _hash(template.name, index.digest(template), index.digest(shipped)),
            LOGO: logo,
            OPTIONS: _hash(*options),
        }
        pdf = docx.with_suffix(".pdf")
        now = Now(self._digests.of(sources, read), basis, self._converter, index.digest(docx), index.digest(pdf))
        made = self._state.get(pdf)
        return Held(basis, made, reasons_for(made, now, force=self._settings.force, also=bool(self._settings.also)))


def explained(documents: Iterable[DocumentResult], held: Mapping[str, Held]) -> tuple[DocumentResult, ...]:
    """``documents`` with why they were made again; nothing is said of those that were not to be made."""
    return tuple(_with_why(document, held.get(document.id)) for document in documents)


def _with_why(document: DocumentResult, held: Held | None) -> DocumentResult:
    if held is None:
        return document
    return replace(document, why=tuple(Why(reason.code, reason.text) for reason in held.reasons))


def told_of(document: str, held: Held | None) -> Message:
    """What ``--explain`` tells of one document."""
    if held is None:
        return say("{document}: tidak dibuat; lihat temuan atau kegagalan di atas.", document=document)
    return told_why(document, held.reasons)


def told_why(document: str, reasons: tuple[Reason, ...]) -> Message:
    """One line on a document that is there."""
    if not reasons:
        return say("{document}: tidak berubah.", document=document)
    return say("{document}: dibuat lagi: {why}.", document=document, why=told(reasons))


def told_of_recess(recess: str, held: Mapping[str, Held]) -> list[Message]:
    """What ``--explain`` tells of the documents of a recess: one line for all where they are alike."""
    every = {one.reasons for one in held.values()}
    if len(every) != 1:
        return [told_of(document, one) for document, one in held.items()]
    (same,) = every
    if not same:
        return [say("{document}: tidak berubah ({n} dokumen).", document=recess, n=len(held))]
    return [say("{document}: {n} dokumen dibuat lagi: {why}.", document=recess, n=len(held), why=told(same))]


def reasons_of(held: Iterable[Held]) -> tuple[Why, ...]:
    """All reasons for several documents, each once."""
    return tuple(dict.fromkeys(Why(reason.code, reason.text) for one in held for reason in one.reasons))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
