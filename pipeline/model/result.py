"""What a run hands to the report: findings and, per document, counts, durations and written files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.finding import Finding, Severity, Stage
from pipeline.model.message import Message

EVERY_RULE = "*"
"""Stands for all codes among those that did not check a document."""


@dataclass(frozen=True, slots=True)
class DurationSummary:
    """Totals along the flow, as printed ("12 hari kerja 3 jam"); "" where nothing can be told.

    ``conversion`` says how days, weeks and months were converted; None where there is no total. ``excluded`` names the
    steps that are not in the totals; None when all are.
    """

    shortest: str = ""
    typical: str = ""
    longest: str = ""
    conversion: Message | None = None
    excluded: Message | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a document was made again: ``code`` for programs ("template"), the same in words."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document of a run. ``outputs`` are the written files, relative to the working folder, with ``/``.

    ``title`` is what people call it, "" where the input gives none.

    ``layout`` holds the layout score of a drawn SOP (see ``pipeline.layout``), empty otherwise.
    ``unchecked`` are the codes of the rules that had no say on it: not selected, ignored, not possible on what could
    be read, or their findings hidden by a baseline. ``EVERY_RULE`` where it could not be read at all.
    ``why`` says why it was made again, in the order of weight; it is empty for one that is unchanged, and None where
    nobody asked or it was not to be made.
    """

    id: str
    stage: Stage
    outputs: tuple[str, ...] = ()
    duration: DurationSummary = DurationSummary()
    layout: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    unchecked: tuple[str, ...] = ()
    why: tuple[Why, ...] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be done although the inputs allowed it: a missing program, a failed proof, a broken template.

    ``document`` is the id of the document it stopped, None for more than one; ``exit_code`` as on the command page.
    """

    message: Message
    exit_code: int
    document: str | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything a run found and made, in document order. ``notes`` are remarks for the end of the report.

    ``closing`` takes the place of the line of counts where the run was not about documents.
    """

    findings: tuple[Finding, ...]
    documents: tuple[DocumentResult, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[Message, ...] = ()
    closing: Message | None = None

    def count(self, severity: Severity, document: str | None = None) -> int:
        """Number of findings of ``severity``, of all documents or of one."""
        return sum(1 for f in self.findings if f.severity is severity and (document is None or f.document == document))

    @property
    def blocked(self) -> bool:
        """Does any finding stop its document?"""
        return any(f.blocks for f in self.findings)
