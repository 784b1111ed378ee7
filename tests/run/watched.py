"""An office that somebody watches, without a clock: what is saved is told in the order of a script."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert.libreoffice import Job, OnDone, find_soffice
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import ProofError
from pipeline.model.turn import Turn
from pipeline.run import finishing
from pipeline.run.events import Listener, Silent
from pipeline.run.settings import Settings
from pipeline.run.templates import Shelf
from pipeline.run.touched import Scope
from pipeline.run.watch import SETTLE, watch
from pipeline.run.workforce import DrawTask, OnDrawn, drawn
from tests.cli.desk import OFFICE, OFFICIALS, POSITIONS, SOP, STEPS

NOW = dt.datetime(2026, 3, 1, 10, 42, 7, tzinfo=dt.timezone(dt.timedelta(hours=7)))
Step = Callable[[], object]


class Watched:
    """A working folder with an office ``uji``, whose SOPs are ``a`` and ``b``; drafts.

    ``turns`` are what was told. ``convert`` makes PDFs without LibreOffice, or fails with ``error``.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.settings = Settings(root, root / "outputs", NOW.date())
        self.turns: list[Turn] = []
        self.error: ProofError | None = None
        self.seen: list[tuple[bytes, bytes]] = []
        self._shelf = Shelf()
        self._steps: list[Step] = []
        self._meanwhile: list[Step] = []
        self._saved: set[Path] = set()
        for name, text in (("kantor.yaml", OFFICE), ("jabatan.csv", POSITIONS), ("pejabat.csv", OFFICIALS)):
            self.put(name, text)
        for name in "ab":
            text = SOP.replace("final", "draf").replace("surat.langkah.csv", f"{name}.langkah.csv")
            self.put(f"sop/{name}.yaml", text.replace("Masuk", f"Masuk {name.upper()}").replace("/001/", f"/{name}1/"))
            self.put(f"sop/{name}.langkah.csv", STEPS)
        self._saved.clear()
        program = root / "soffice"
        program.write_bytes(b"")
        monkeypatch.setenv("TERTIB_SOFFICE", str(program))
        find_soffice.cache_clear()

    def path(self, name: str) -> Path:
        """A file of the office."""
        return self.root / "inputs/uji" / name

    def made(self, name: str) -> Path:
        """What is made of an SOP."""
        return self.root / "outputs/uji/sop" / name

    def put(self, name: str, text: str) -> None:
        """Save a file of the office."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self._saved.add(path)

    def edit(self, name: str, old: str, new: str) -> Step:
        """Save a file of the office with ``new`` in the place of ``old``, later."""

        def save() -> None:
            text = self.path(name).read_text("utf-8")
            assert old in text
            self.put(name, text.replace(old, new))

        return save

    def gone(self, name: str) -> None:
        """Take a file of the office away."""
        self.path(name).unlink()
        self._saved.add(self.path(name))

    def watch(
        self, *steps: Step, meanwhile: Sequence[Step] = (), listener: Listener | None = None, **how: Any
    ) -> list[Turn]:
        """Watch while ``steps`` happen one after the other, and ``meanwhile`` what happens as a file settles.

        What was told after the beginning.
        """
        self.turns.clear()
        self._steps, self._meanwhile = list(steps), list(meanwhile)
        settings = replace(self.settings, **how)
        watch(settings, Scope(settings), self, self, listener or Silent(), self.turns.append, lambda: NOW)
        assert (self._steps, self._meanwhile) == ([], [])
        return self.turns[1:]

    def next(self, timeout: float | None) -> frozenset[Path]:
        """What the next step saved; nothing while documents are made, the end when there are no more."""
        if timeout == 0:
            return frozenset()
        waiting = self._meanwhile if timeout == SETTLE else self._steps
        if not waiting:
            if timeout is None:
                raise KeyboardInterrupt
            return frozenset()
        self._saved.clear()
        waiting.pop(0)()
        return frozenset(self._saved)

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""
        for place, task in enumerate(tasks):
            on_drawn(place, drawn(task, self._shelf))

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """PDFs that say what DOCX they were made of; ``seen`` are the pairs in place while they are made."""
        for job in jobs:
            docx = self.made(job.docx.name)
            pdf = docx.with_suffix(".pdf")
            self.seen.append((docx.read_bytes(), pdf.read_bytes() if pdf.is_file() else b""))
            if self.error is not None:
                on_done(Conversion(job, self.error))
                continue
            data = b"%PDF " + hashlib.sha256(job.docx.read_bytes()).digest()
            job.pdf.write_bytes(data)
            on_done(Conversion(job, None, 2, hashlib.sha256(data).hexdigest(), finishing.Finished()))
