"""Talks to a program that stays: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from benchmarks.measure import ROOT


class NotDoneError(Exception):
    """Somebody did not do the work; the time means nothing."""


class Talk:
    """A running program, called ``name`` when it fails."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        self.name = name
        self._process = process

    def ask(self, question: object) -> dict[str, Any]:
        """The answer to ``question``. Raises NotDoneError when there is none."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ValueError("a program is talked to through pipes")
        with suppress(BrokenPipeError):  # then there is no answer either
            stdin.write(json.dumps(question) + "\n")
            stdin.flush()
        line = stdout.readline()
        if not line:
            raise NotDoneError(f"{self.name} gave no answer")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def talking(name: str, command: Sequence[str]) -> Iterator[Talk]:
    """Start ``command``, and end it by closing its input."""
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield Talk(name, process)
        finally:
            if process.stdin is not None:
                with suppress(BrokenPipeError):
                    process.stdin.close()
