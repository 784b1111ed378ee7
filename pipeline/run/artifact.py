"""A DOCX on its way into place, together with the PDF beside it or alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.model.ink import Ink
from pipeline.model.message import Message, say
from pipeline.model.particulars import Particulars
from pipeline.run.finishing import Describe
from pipeline.run.keeping import name_twice
from pipeline.run.settings import Settings
from pipeline.run.state import Made
from pipeline.run.writing import Outputs, explain_os_error

FAILED = "gagal"
"""Folder in the program's own one for DOCX whose PDF failed."""


def _nothing(_: Path) -> Particulars:
    raise ValueError("a document that is as it would be made has no PDF to describe")


@dataclass(frozen=True, slots=True)
class Artifact:
    """A DOCX under the output folder that wants its PDF beside it.

    ``waiting`` is where the new DOCX stands until its PDF is proved, None when it is in place; ``earlier`` where the
    DOCX is kept whose place the new one has taken already (see ``put_docx``).
    ``document`` is the id it is told under, ``sources`` all input files it came from (its own first), ``pages``,
    ``texts``, ``sequence`` and ``ink`` what the PDF must show (see ``pipeline.convert.libreoffice.Job``); ``title``,
    ``number`` and ``stage`` go into the index of the archive. ``describe`` says what the PDF tells and carries.
    ``inspect`` is asked once more about the finished PDF before it may appear; it raises ProofError.
    ``read`` are the hashes of inputs as they were read, ``basis`` what the document is made with besides and ``drawn``
    what drawing it told (see ``pipeline.run.state.Made``). ``current`` is the record of one that is as it would be made
    and was not drawn again; with ``renew`` the PDF is made even where the DOCX came out the same.
    """

    document: str
    docx: Path
    sources: tuple[Path, ...]
    describe: Describe = _nothing
    pages: int | None = None
    texts: tuple[str, ...] = ()
    sequence: tuple[tuple[str, ...], ...] = ()
    ink: tuple[Ink, ...] = ()
    title: str = ""
    number: str = ""
    stage: str = ""
    waiting: Path | None = None
    earlier: Path | None = None
    inspect: Callable[[Path], None] | None = None
    read: Mapping[Path, str] = field(default_factory=dict)
    basis: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, Any] = field(default_factory=dict)
    current: Made | None = None
    renew: bool = False

    @property
    def pdf(self) -> Path:
        """Where the PDF goes: beside the DOCX."""
        return self.docx.with_suffix(".pdf")

    @property
    def source(self) -> Path:
        """The DOCX to convert, wherever it stands now."""
        return self.waiting or self.docx


def put_docx(artifact: Artifact, data: bytes, outputs: Outputs, *, first: bool = False) -> Artifact:
    """Put the proved DOCX ``data`` in place, or have it wait where another PDF stands beside. Raises OutputError.

    ``first``: it does not wait; where its PDF then fails, the earlier one comes back all the same.
    """
    if artifact.pdf.is_file() and not outputs.holds(artifact.docx, data):
        folder = outputs.fresh_folder()
        if first:
            earlier = _second_name(artifact, folder)
            outputs.write(artifact.docx, data)
            return replace(artifact, earlier=earlier)
        waiting = folder / artifact.docx.name
        outputs.write(waiting, data)
        return replace(artifact, waiting=waiting)
    outputs.write(artifact.docx, data)
    return artifact


def put_waiting(artifact: Artifact, outputs: Outputs) -> None:
    if artifact.waiting is not None:
        outputs.write(artifact.docx, artifact.waiting.read_bytes())


def bring_back(artifacts: Iterable[Artifact]) -> None:
    """Give the earlier DOCX their places again, beside the PDFs that belong to them. Raises OutputError."""
    for artifact in artifacts:
        if artifact.earlier is None:
            continue
        try:
            artifact.earlier.replace(artifact.docx)
        except OSError as error:
            raise explain_os_error(error, artifact.docx) from error


def set_aside(artifact: Artifact, settings: Settings, outputs: Outputs) -> Message:
    """Keep the DOCX whose PDF failed where it can be looked at, and say where."""
    kept = outputs.private / FAILED / artifact.docx.relative_to(outputs.folder)
    outputs.write(kept, artifact.source.read_bytes())
    return say(
        "{docx} dan PDF-nya tetap yang lama. DOCX baru, yang PDF-nya gagal, ada di {kept}.",
        docx=settings.relative(artifact.docx),
        kept=settings.relative(kept),
    )


@contextmanager
def docx_first(artifact: Artifact, outputs: Outputs) -> Iterator[None]:
    """Put the waiting DOCX in place; the earlier one comes back when its PDF cannot follow."""
    if artifact.waiting is None:
        yield
        return
    # A second name, not a copy in memory: a disk on which the PDF found no room has none for the earlier DOCX, either.
    earlier = _second_name(artifact, artifact.waiting.parent)
    put_waiting(artifact, outputs)
    try:
        yield
    except OutputError:
        try:
            if earlier is None:
                artifact.docx.unlink(missing_ok=True)
            else:
                earlier.replace(artifact.docx)
        except OSError as error:
            raise explain_os_error(error, artifact.docx) from error
        raise


def _second_name(artifact: Artifact, folder: Path) -> Path | None:
    """Where in ``folder`` the DOCX that stands there now is found, too. Raises OutputError."""
    if not artifact.docx.is_file():
        return None
    aside = folder / "terdahulu"
    try:
        aside.unlink(missing_ok=True)
        name_twice(artifact.docx, aside, folder / "terdahulu.disimpan")
    except OSError as error:
        raise explain_os_error(error, artifact.docx) from error
    return aside
