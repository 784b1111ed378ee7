"""What may have been sent to be signed: the PDFs on record under the outputs, and every version in the archives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline.archive import manifest, store
from pipeline.archive.log import Filed
from pipeline.errors import TertibError
from pipeline.run.archive_desk import ARCHIVE, Desk, archive_of
from pipeline.run.archive_units import Unit, units_of
from pipeline.run.events import Listener
from pipeline.run.outcome import Problem
from pipeline.run.settings import Settings
from pipeline.run.state import State, digest
from pipeline.run.writing import Outputs
from pipeline.sign.match import Candidate


@dataclass(frozen=True, slots=True)
class Place:
    """Where an original stands in an archive: of which ``office``, in which version, under which ``name`` there."""

    office: str
    filed: Filed
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """All originals, the newest of a document first.

    ``archived`` are those in an archive by document and SHA-256, ``signed`` the SHA-256 of every signed file that is
    there already, ``problems`` the archives that could not be read. ``units`` are what was built, by document.
    """

    candidates: tuple[Candidate, ...]
    archived: Mapping[tuple[str, str], Place]
    signed: frozenset[str]
    problems: tuple[Problem, ...] = ()
    units: Mapping[str, Unit] = field(default_factory=dict)

    def is_newest(self, one: Candidate) -> bool:
        """Is this the newest original of its document?"""
        return next(other for other in self.candidates if other.document == one.document).sha256 == one.sha256

    def versions(self, document: str) -> Iterator[tuple[Candidate, Place]]:
        """The archived originals of a document, the newest first."""
        for one in self.candidates:
            place = self.archived.get((one.document, one.sha256))
            if one.document == document and place is not None:
                yield one, place


def known(outputs: Outputs, settings: Settings, listener: Listener) -> Known:
    """All originals of the output folder that this run owns. Raises OutputError."""
    units = list(units_of(State(outputs), outputs))
    made = [(unit, candidate) for unit in units for candidate in _made(unit, settings)]
    filed: list[Candidate] = []
    archived: dict[tuple[str, str], Place] = {}
    signed: set[str] = set()
    problems: list[Problem] = []
    for office in offices(outputs, units):
        try:
            with ExitStack() as stack:
                desk = stack.enter_context(archive_of(office, of_office(units, office), settings, outputs, listener))
                for candidate, place in _archived(office, desk):
                    filed.append(candidate)
                    archived.setdefault((candidate.document, candidate.sha256), place)
                signed |= _signed(desk)
        except TertibError as error:
            problems.append(Problem(error, office))
    candidates = tuple(candidate for _, candidate in made) + tuple(filed)
    by_document = {candidate.document: unit for unit, candidate in made}
    return Known(candidates, archived, frozenset(signed), tuple(problems), by_document)


def offices(outputs: Outputs, units: Sequence[Unit]) -> tuple[str, ...]:
    """The offices with something built or archived, sorted."""
    archives = {path.parent.name for path in outputs.folder.glob(f"*/{ARCHIVE}") if path.is_dir()}
    return tuple(sorted(archives | {unit.office for unit in units}))


def of_office(units: Sequence[Unit], office: str) -> list[Unit]:
    """The units of one office."""
    return [unit for unit in units if unit.office == office]


def _made(unit: Unit, settings: Settings) -> Iterator[Candidate]:
    """The PDFs of a unit as they were made; one that was signed in its place still begins with what was made."""
    for pdf, made in unit.made:
        told = settings.relative(pdf)
        if digest(pdf) == made.pdf:
            yield Candidate(made.document, told, made.pdf, pdf.stat().st_size, pdf.read_bytes)
            continue
        inside = _beginning(pdf, made.pdf)
        if inside:
            yield Candidate(made.document, told, made.pdf, inside, partial(_first, pdf, inside))


def _beginning(pdf: Path, wanted: str) -> int:
    """How many bytes of ``pdf`` are the file with the hash ``wanted`` that it began as; 0 when it did not."""
    try:
        data = pdf.read_bytes()
    except OSError:
        return 0
    found, start = hashlib.sha256(), 0
    for end in sorted({place for match in _END.finditer(data) for place in range(match.start() + 5, match.end() + 1)}):
        found.update(memoryview(data)[start:end])
        start = end
        if found.hexdigest() == wanted:
            return end
    return 0


_END = re.compile(rb"%%EOF[\r\n]{0,2}")


def _first(pdf: Path, count: int) -> bytes:
    with pdf.open("rb") as file:
        return file.read(count)


def _archived(office: str, desk: Desk) -> Iterator[tuple[Candidate, Place]]:
    """The originals in an archive, the latest version first."""
    found = list(store.originals(desk.storage, desk.filing.log))
    for one in sorted(found, key=lambda original: -original.filed.facts.version):
        told = desk.storage.full(f"{one.filed.place}/{one.name}")
        read = partial(one.read, desk.storage)
        document = f"{office}/{_document(one.filed, one.name)}"
        yield Candidate(document, told, one.sha256, one.size, read), Place(office, one.filed, one.name)


def _document(filed: Filed, name: str) -> str:
    """The id of a document within its office, as those who made it gave it."""
    if filed.facts.kind == "sop":
        return filed.facts.folder
    if filed.facts.kind == "buku":
        return filed.facts.name
    return f"{filed.facts.folder}/{Path(name).with_suffix('').as_posix()}"


def _signed(desk: Desk) -> set[str]:
    """The SHA-256 of every signed file in an archive."""
    return {
        proof
        for filed in desk.filing.log.filed
        if filed.facts.signed
        for name, proof in manifest.read(desk.storage, filed.place).items()
        if name.lower().endswith(store.SIGNED)
    }
