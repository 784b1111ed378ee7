"""``tertib all``: four commands in their order; none that fails keeps the others from running."""

from __future__ import annotations

from importlib import import_module

import pytest

from pipeline.errors import MissingProgramError, OutputError, ProofError
from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import say
from pipeline.model.result import RunResult
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.settings import Settings
from pipeline.run.steps import STEPS
from tests.cli.desk import Desk

TEXT = say("uji")
BLOCKING = Finding("UJI-01", "uji", Severity.ERROR, TEXT, TEXT, Place("a.yaml"), blocks=True)


def ended(code: int) -> Outcome:
    """A run that ends with ``code``; some raise."""
    if code == 130:
        raise KeyboardInterrupt
    if code == 2:
        raise OutputError(TEXT)
    if code == 9:
        raise ZeroDivisionError
    problems = {3: (Problem(MissingProgramError(TEXT)),), 4: (Problem(ProofError(TEXT)),)}.get(code, ())
    return Outcome(RunResult((BLOCKING,) if code == 1 else (), ()), problems)


@pytest.mark.parametrize(
    ("codes", "ran", "last", "said"),
    [
        ({}, STEPS, 0, "Selesai: semua dokumen ada di outputs/, semua temuan di outputs/temuan.html."),
        ({"build": 3}, STEPS, 3, "tertib build: LibreOffice Writer tidak ada; DOCX tetap dibuat, PDF belum."),
        ({"build": 1, "recap": 1}, STEPS, 1, "tertib recap: ada temuan yang menahan dokumen"),
        ({"build": 1, "book": 4}, STEPS, 4, "tertib book: gagal (kode 4); sebabnya tertulis di atas."),
        ({"recap": 2, "archive": 1}, STEPS, 2, "Selesai dengan catatan di atas (kode 2)."),
        ({"recap": 9}, STEPS, 2, "tertib recap: gagal (kode 2)"),
        ({"recap": 130}, ("build", "recap"), 130, "Dihentikan."),
    ],
)
def test_every_command_runs_and_the_worst_code_counts(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    codes: dict[str, int],
    ran: tuple[str, ...],
    last: int,
    said: str,
) -> None:
    called: list[str] = []

    def stand_in(name: str) -> None:
        def run(_: Settings, __: Listener) -> Outcome:
            called.append(name)
            return ended(codes.get(name, 0))

        monkeypatch.setattr(import_module(f"pipeline.run.{name}"), name, run)

    for name in STEPS:
        stand_in(name)
    done = desk.run("all")
    assert (tuple(called), done.code) == (ran, last)
    assert said in " ".join(done.err.split())
    assert ("Selesai" in done.err) is (last != 130)
