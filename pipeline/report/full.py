"""``--format full``: every finding with its source line, remedy and article, as people read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model.finding import Confidence, Finding, Place, Severity
from pipeline.model.message import Lang, Message, say, translated
from pipeline.model.result import RunResult
from pipeline.report.ending import ending
from pipeline.report.paint import BOLD, FAINT, READABLE, STYLES, Paint, broken, clean, head, painter, wrapped
from pipeline.report.places import Lines, short_place
from pipeline.report.quote import Mark, gutter_of, quoted
from pipeline.report.view import View
from pipeline.report.where import in_words

_FOLDED: Final = 3
"""So many findings of a document that differ in their place only are told as one with a list of places."""
_MOST_QUOTED: Final = 3
"""Related places whose source line is shown, too; of further ones only the place is named."""
_WIDEST: Final = 200
_CONFIDENCE: Final = {
    Confidence.MEDIUM: say("keyakinan sedang"),
    Confidence.LOW: say("keyakinan rendah"),
}


@dataclass(frozen=True, slots=True)
class _Page:
    lang: Lang
    paint: Paint
    width: int
    lines: Lines


def render(result: RunResult, view: View) -> str:
    """Findings and a summary; ends in a newline. ``view.quiet`` leaves out all that does not block."""
    page = _Page(view.lang, painter(view.color), min(view.width, _WIDEST), view.lines)
    told = [finding for finding in result.findings if finding.blocks or not view.quiet]
    groups = [[finding] for finding in told] if view.verbose else _folded(told)
    blocks = ["\n".join(_finding(group, page)) for group in groups]
    blocks += [_failure(failure.document, failure.message, page) for failure in result.failures]
    if not view.quiet:
        notes = [row for note in result.notes for row in wrapped(note.text(view.lang), page.width, "")]
        blocks += ["\n".join(notes)] if notes else []
        last = "\n".join(ending(result, view.lang))
        blocks += [last] if last else []
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _folded(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one document that say the same of several places come together, where the first of them stands."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.document, *_same(finding)), []).append(finding)
    whole: list[list[Finding]] = []
    for finding in findings:
        group = groups[finding.document, *_same(finding)]
        if len(group) < _FOLDED:
            whole.append([finding])
        elif finding is group[0]:
            whole.append(group)
    return whole


def _same(finding: Finding) -> tuple[object, ...]:
    """What findings have to share to be told together: all but message and place. Related places keep them apart."""
    apart = finding.place if finding.related else finding.place.file
    return (finding.code, finding.severity, finding.blocks, finding.help, finding.source, apart)


def _finding(group: Sequence[Finding], page: _Page) -> Iterator[str]:
    finding = group[0]
    yield head(finding, page.lang, page.paint)
    yield from wrapped(finding.message.text(page.lang), page.width, "  ")
    gutter = max((gutter_of(place, page.lines) for place in _quoted_places(finding)), default=0)
    pad = " " * max(gutter, 1)
    words = in_words(finding, page.lang)
    place = clean(short_place(finding.place, page.lang))
    yield f"{pad}{page.paint('-->', FAINT)} {place}{f' ({words})' if words else ''}"
    mark = Mark("^", STYLES[finding.severity])
    yield from quoted(finding.place, page.lines, width=page.width, gutter=gutter, paint=page.paint, mark=mark)
    yield from _labelled(say("perbaikan"), finding.help.text(page.lang), pad, page)
    yield from _labelled(say("dasar"), _source(finding, page.lang), pad, page)
    yield from _related(finding, gutter, pad, page)
    yield from _others(group[1:], pad, page)


def _quoted_places(finding: Finding) -> tuple[Place, ...]:
    return (finding.place, *(other.place for other in finding.related[:_MOST_QUOTED]))


def _source(finding: Finding, lang: Lang) -> str:
    sure = _CONFIDENCE.get(finding.confidence)
    if sure is None or not finding.source:
        return translated(finding.source, lang)
    return f"{translated(finding.source, lang)} ({sure.text(lang)})"


def _related(finding: Finding, gutter: int, pad: str, page: _Page) -> Iterator[str]:
    mark = Mark("-", FAINT)
    for index, other in enumerate(dict.fromkeys(finding.related)):
        text = f"{short_place(other.place, page.lang)}: {other.message.text(page.lang)}"
        yield from _labelled(say("lihat juga"), text, pad, page)
        if index < _MOST_QUOTED:
            yield from quoted(other.place, page.lines, width=page.width, gutter=gutter, paint=page.paint, mark=mark)


def _others(rest: Sequence[Finding], pad: str, page: _Page) -> Iterator[str]:
    """The further places of findings told together, a line each, with what differs."""
    if not rest:
        return
    label = say("dan {n} tempat lain", n=len(rest))
    yield f"{pad} {page.paint('=', FAINT)} {page.paint(label.text(page.lang), BOLD)}:"
    for finding in rest:
        text = f"{short_place(finding.place, page.lang)}: {finding.message.text(page.lang)}"
        first, *more = wrapped(text, page.width, f"{pad}     ")
        yield f"{pad}   - {first.lstrip()}"
        yield from more


def _labelled(label: Message, text: str, pad: str, page: _Page) -> Iterator[str]:
    if not text:
        return
    word = f"{label.text(page.lang)}:"
    indent = len(pad) + len(word) + 4
    room = max(min(page.width, READABLE) - indent, 30)
    first, *more = broken(text, room)
    yield f"{pad} {page.paint('=', FAINT)} {page.paint(word, BOLD)} {first}"
    yield from (" " * indent + row for row in more)


def _failure(document: str | None, message: Message, page: _Page) -> str:
    word = page.paint(say("gagal").text(page.lang), STYLES[Severity.ERROR])
    first = f"{word} {document}" if document else word
    return "\n".join([first, *wrapped(message.text(page.lang), page.width, "  ")])
