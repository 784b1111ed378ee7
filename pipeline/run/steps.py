"""The commands that make documents, each as a step: where nothing changed, its last outcome is given again at once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.replay import again, forget
from pipeline.run.settings import Settings

STEPS: Final = ("build", "recap", "book", "archive")
"""In the order in which each finds what the one before made."""

Run = Callable[[Settings, Listener], Outcome]


def step(name: str, *, kept: bool = True) -> Run:
    """The command ``name`` of ``STEPS``, whose module is loaded only when there is something to do.

    With ``kept`` False the last outcome does not count.
    """

    def run(settings: Settings, listener: Listener) -> Outcome:
        same = again(name, settings, listener) if kept else None
        if same is not None:
            return same
        forget()
        work: Run = getattr(import_module(f"pipeline.run.{name}"), name)
        return work(settings, listener)

    return run
