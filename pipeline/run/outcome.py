"""How a run ended: its results, what went wrong on the way, and the exit code that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import TertibError, UsageError, missing_part
from pipeline.model.message import Message, say
from pipeline.model.result import Failure, RunResult


class InternalError(TertibError):
    """A fault of the program itself, met while one document was made."""


def internal(fault: Exception) -> TertibError:
    """A fault of the program while one document was made, in words; its cause is kept for ``--verbose``.

    A library that is missing is told as that.
    """
    missing = missing_part(fault)
    if missing is not None:
        return missing
    kind = type(fault).__name__
    error = InternalError(
        say(
            "Kesalahan program ({kind}: {fault}). Ini bukan kesalahan Anda: jalankan lagi dengan "
            "--verbose dan kirim keluarannya beserta berkas masukan kepada pengelola tertib.",
            kind=kind,
            fault=fault,
        )
    )
    error.__cause__ = fault
    return error


def no_such(path: Path) -> UsageError:
    """The error for a PATH argument that names nothing."""
    return UsageError(say("{path} tidak ada. Periksa ejaan nama folder atau berkas itu.", path=path))


@dataclass(frozen=True, slots=True)
class Problem:
    """An error that stopped one document (``document`` its id) or a part of the run (None); the rest went on."""

    error: TertibError
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command hands to the command line. ``notes`` are remarks for the end of the report.

    ``later`` are those that the next run would tell, were nothing changed until then; None: the same. What the run
    looked at may lie where nobody can tell whether it changed: then it is not ``lasting``.
    """

    result: RunResult
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    later: tuple[Message, ...] | None = None
    lasting: bool = True

    def with_notes(self, notes: Iterable[Message]) -> Outcome:
        """The same with more ``notes``, which every further run would tell as well."""
        more = tuple(notes)
        later = None if self.later is None else (*self.later, *more)
        return replace(self, notes=(*self.notes, *more), later=later)

    @property
    def report(self) -> RunResult:
        """The result with problems and notes in it, as the reports print it."""
        return replace(self.result, failures=tuple(self._failures()), notes=self.notes)

    def _failures(self) -> Iterator[Failure]:
        """One failure per cause: the same broken template stops many documents but is told once."""
        documents: dict[tuple[Message, int], list[str | None]] = {}
        for problem in self.problems:
            error = problem.error
            documents.setdefault((error.message, error.exit_code), []).append(problem.document)
        for (message, code), stopped in documents.items():
            yield Failure(message, code, stopped[0] if len(stopped) == 1 else None)

    @property
    def exit_code(self) -> int:
        """The code of the command page. Worst first: 2 fault, 3 program missing, 4 proof, 5 archive, 1 findings."""
        codes = {problem.error.exit_code for problem in self.problems}
        if any(f.code == INTERNAL_CODE for f in self.result.findings):
            codes.add(2)
        for code in (2, 3, 4, 5):
            if code in codes:
                return code
        return 1 if self.result.blocked else 0


INTERNAL_CODE = "INT-01"
"""Code of the finding that stands for a crashing rule."""
