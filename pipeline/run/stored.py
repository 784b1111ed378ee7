"""Findings and results as plain data and back, for what is kept between runs. One place knows how a text is kept.

The data is for this program alone and never outlives a change of it: whoever keeps some names the version it belongs
to (see ``run.cache``). Values are JSON: lists by position, so that thousands of findings stay small and quick to read.
"""

from __future__ import annotations

from typing import Any

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity, Stage
from pipeline.model.message import Message
from pipeline.model.result import DocumentResult, DurationSummary


def to_data(message: Message) -> Any:
    """A text as plain data that keeps every language of it."""
    return [message.id, message.en]


def from_data(data: Any) -> Message:
    """The text of ``to_data``. Raises ValueError or TypeError for anything else."""
    id, en = data
    return Message(str(id), str(en))


def place_to_data(place: Place) -> Any:
    """A place as plain data; what is None at its end is left out."""
    data = [place.file, place.line, place.column, place.end_line, place.end_column, place.sheet, place.cell]
    while data[-1] is None:
        data.pop()
    return data


def place_from_data(data: Any) -> Place:
    """The place of ``place_to_data``."""
    return Place(*data)


def finding_to_data(finding: Finding) -> Any:
    """A finding as plain data, with everything that reports and baselines need of it."""
    return [
        finding.code,
        finding.name,
        finding.severity.value,
        to_data(finding.message),
        to_data(finding.help),
        place_to_data(finding.place),
        finding.source,
        [[place_to_data(other.place), to_data(other.message)] for other in finding.related],
        finding.document,
        finding.blocks,
        finding.confidence.value,
        finding.path,
        finding.step,
        finding.subject,
        finding.ordinal,
        [finding_to_data(accepted) for accepted in finding.accepts],
        finding.about,
        finding.fatal,
    ]


def finding_from_data(data: Any) -> Finding:
    """The finding of ``finding_to_data``. Raises ValueError, TypeError or KeyError for anything else."""
    (code, name, severity, message, help, place, source, related, document, blocks, *rest) = data
    confidence, path, step, subject, ordinal, accepts, about, fatal = rest
    return Finding(
        code=code,
        name=name,
        severity=_SEVERITIES[severity],
        message=from_data(message),
        help=from_data(help),
        place=Place(*place),
        source=source,
        related=tuple([Related(Place(*where), from_data(text)) for where, text in related]),
        document=document,
        blocks=blocks,
        confidence=_CONFIDENCES[confidence],
        path=tuple(path),
        step=step,
        subject=subject,
        ordinal=ordinal,
        accepts=tuple([finding_from_data(accepted) for accepted in accepts]),
        about=tuple(about),
        fatal=fatal,
    )


_SEVERITIES = {severity.value: severity for severity in Severity}
_CONFIDENCES = {confidence.value: confidence for confidence in Confidence}


def document_to_data(document: DocumentResult) -> Any:
    """The result of a check on one document as plain data; it has no outputs and no layout yet."""
    duration = document.duration
    texts = [to_data(text) if text is not None else None for text in (duration.conversion, duration.excluded)]
    return [
        document.id,
        document.stage.value,
        document.title,
        [duration.shortest, duration.typical, duration.longest, *texts],
        document.unchecked,
    ]


def document_from_data(data: Any) -> DocumentResult:
    """The result of ``document_to_data``. Raises ValueError or TypeError for anything else."""
    id, stage, title, (shortest, typical, longest, *told), unchecked = data
    conversion, excluded = (from_data(text) if text is not None else None for text in told)
    duration = DurationSummary(shortest, typical, longest, conversion, excluded)
    return DocumentResult(id, Stage(stage), duration=duration, title=title, unchecked=tuple(unchecked))
