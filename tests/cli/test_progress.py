"""Progress: a bar on a terminal, lines elsewhere, nothing when quiet."""

from __future__ import annotations

import io

import pytest

from pipeline.cli import progress
from pipeline.cli.options import Looks
from pipeline.cli.progress import listening
from pipeline.model.message import say

LABEL = say("Membuat PDF")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def work(stream: io.StringIO, **looks: bool) -> str:
    """A stretch of three items with a note, then an empty stretch."""
    with listening(Looks("id", **looks), stream) as listener:  # type: ignore[arg-type]
        listener.started(3, LABEL)
        listener.advanced("a")
        listener.note(say("menunggu"))
        listener.advanced("b")
        listener.advanced("c")
        listener.started(0, LABEL)
    return stream.getvalue()


def test_quick_work_shows_no_bar() -> None:
    assert work(Terminal()).replace("\r", "").split() == ["menunggu"]


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import tqdm

    real = tqdm.tqdm
    monkeypatch.setattr(tqdm, "tqdm", lambda **more: real(**{**more, "delay": 0, "mininterval": 0, "ascii": True}))
    text = work(Terminal())
    assert "Membuat PDF 1/3 |" in text
    assert "menunggu\n" in text
    assert text.split("\r")[-1].strip() == "", "the bar is wiped away"


def test_few_lines_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert work(io.StringIO()) == "menunggu\n"
    monkeypatch.setattr(progress, "_LINE_EVERY", 0.0)
    assert work(io.StringIO()).splitlines()[0] == "Membuat PDF (1/3) a"


def test_every_step_when_verbose() -> None:
    assert work(io.StringIO(), verbose=True).splitlines() == [
        "Membuat PDF (0/3)", "Membuat PDF (1/3) a", "menunggu", "Membuat PDF (2/3) b", "Membuat PDF (3/3) c",
    ]  # fmt: skip


def test_nothing_when_quiet() -> None:
    assert work(Terminal(), quiet=True) == ""
