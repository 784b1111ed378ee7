"""Who does the heavy work of a run: drawing the DOCX of SOPs and making PDFs of DOCX.

The order of a run, what may appear and where stay with the run; a workforce only computes, here or elsewhere, and
every one of them gives the same bytes. What it is handed and what it hands back can be pickled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from pipeline.convert import libreoffice
from pipeline.convert.libreoffice import Job, OnDone
from pipeline.errors import TertibError
from pipeline.model.inputs import SopInput
from pipeline.render.proof import prove_docx
from pipeline.run.document import Rendered, render_sop
from pipeline.run.outcome import internal
from pipeline.run.templates import Shelf


@dataclass(frozen=True, slots=True)
class DrawTask:
    """An SOP to be drawn with the template at ``template``, as ``name`` (of the DOCX, for people), ``also`` in further
    formats. ``proved`` is the SHA-256 of a DOCX that has been proved already, "" for none: the proof costs more than
    all the rest."""

    item: SopInput
    template: Path
    name: str
    also: frozenset[str] = frozenset()
    proved: str = ""


OnDrawn = Callable[[int, Rendered | TertibError], None]
"""Told the place of a task among those given and what became of it: a proved DOCX, or why there is none."""


class Workforce(Protocol):
    """Does the tasks of a run. One document that cannot be made never costs the others theirs."""

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """Draw ``tasks``; ``on_drawn`` is called once for each, in any order, always from the calling thread."""

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """Make and prove the PDFs of ``jobs``; ``on_done`` is called once for each, one call at a time.

        Raises MissingProgramError when LibreOffice is absent.
        """


class Pool:
    """This computer, ``workers`` documents at a time; what is started for the first stays for the next, until it is
    closed. It may be used from several threads, one call at a time."""

    def __init__(self, workers: int) -> None:
        self._workers = max(1, workers)
        self._shelf = Shelf()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start what the first document would have to wait for; returns at once. Does nothing without LibreOffice."""

    def close(self) -> None:
        """End everything that was started. May be called again; the pool can be used again afterwards."""

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""
        for place, task in enumerate(tasks):
            on_drawn(place, drawn(task, self._shelf))

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """See ``Workforce``."""
        libreoffice.convert(jobs, workers=self._workers, on_done=on_done)


class Here:
    """This computer, where nothing stays between one call and the next."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""
        with Pool(self._workers) as pool:
            pool.draw(tasks, on_drawn)

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """See ``Workforce``."""
        with Pool(self._workers) as pool:
            pool.convert(jobs, on_done)


def drawn(task: DrawTask, shelf: Shelf) -> Rendered | TertibError:
    """The proved DOCX of ``task``; an error where there is none, also for a fault of the program."""
    try:
        rendered = render_sop(shelf.at(task.template), task.item, task.also)
        if rendered.docx and hashlib.sha256(rendered.docx).hexdigest() != task.proved:
            prove_docx(rendered.docx, task.name, given=rendered.texts)
    except TertibError as error:
        return error
    except Exception as fault:  # noqa: BLE001 - a fault in one document must not cost the others theirs
        return internal(fault)
    return rendered
