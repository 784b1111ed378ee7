"""The report as text for a terminal: full with the source line, or one line per finding."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import commonpath
from typing import Final

from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Lang, Message, say
from pipeline.model.result import RunResult
from pipeline.report.places import SEVERITY, Lines, short_place, span_in_line

_STYLES: Final = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;36",
}
_BOLD: Final = "1"
_FAINT: Final = "34"
_MOST_FOLDERS: Final = 4
"""Up to so many folders are named in the last line; of more, the one that holds them all."""
Paint = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class _Page:
    """How to write: language, colours (text, ANSI style -> text), width of the terminal."""

    lang: Lang
    paint: Paint
    width: int


def full(
    result: RunResult,
    *,
    lang: Lang,
    lines: Lines | None = None,
    color: bool = False,
    width: int = 100,
    quiet: bool = False,
) -> str:
    """Findings with source line, remedy and article, and a summary. Ends in a newline.

    ``lines`` holds the source lines to quote; ``width`` is the terminal's; ``quiet`` leaves out all that does not
    block.
    """
    page = _Page(lang, _painter(color), width)
    blocks = [_finding(f, lines or {}, page) for f in result.findings if f.blocks or not quiet]
    blocks += [_failure(failure.document, failure.message, page) for failure in result.failures]
    if not quiet:
        notes = [row for note in result.notes for row in _wrapped(note.text(lang), width, "")]
        blocks += ["\n".join(notes)] if notes else []
        ending = "\n".join(_ending(result, lang))
        blocks += [ending] if ending else []
    return "\n\n".join(blocks) + "\n" if blocks else ""


def concise(result: RunResult, *, lang: Lang, color: bool = False, quiet: bool = False) -> str:
    """One line per finding, ``place: code severity message``, and a summary. Ends in a newline."""
    paint = _painter(color)
    rows = [
        f"{short_place(f.place, lang)}: {_head(f, lang, paint)}: {_flat(f.message, lang)}"
        for f in result.findings
        if f.blocks or not quiet
    ]
    rows += [f"{failure.document or 'tertib'}: {_flat(failure.message, lang)}" for failure in result.failures]
    if not quiet:
        rows += [_flat(note, lang) for note in result.notes]
        rows += _ending(result, lang)
    return "".join(f"{row}\n" for row in rows)


def summary(result: RunResult, lang: Lang) -> str:
    """The line at the end: how many documents and findings, what is held back, what failed."""
    if result.closing is not None:
        return result.closing.text(lang)
    counts = {severity: result.count(severity) for severity in Severity}
    checked = say(id="{n} dokumen diperiksa: ", en="{n} document(s) checked: ", n=len(result.documents))
    only_others = result.findings and not result.documents
    text = ("" if only_others else checked.text(lang)) + say(
        id="{e} kesalahan, {w} peringatan, {i} catatan.",
        en="{e} error(s), {w} warning(s), {i} note(s).",
        e=counts[Severity.ERROR],
        w=counts[Severity.WARNING],
        i=counts[Severity.INFO],
    ).text(lang)
    blocking = sum(1 for finding in result.findings if finding.blocks)
    if blocking:
        text += " " + say(id="{n} temuan menahan dokumen.", en="{n} finding(s) hold documents back.", n=blocking).text(
            lang
        )
    if result.failures:
        text += " " + say(id="{n} kegagalan.", en="{n} failure(s).", n=len(result.failures)).text(lang)
    return text


def _ending(result: RunResult, lang: Lang) -> list[str]:
    """The last lines: the counts, and what was made and where."""
    rows = [summary(result, lang)] if _says_something(result) else []
    where = made(result, lang)
    return [*rows, where] if where else rows


def made(result: RunResult, lang: Lang) -> str:
    """What stands where: "Hasil: 4 DOCX dan 4 PDF di outputs/contoh/sop"; "" when nothing was made."""
    folders: dict[str, Counter[str]] = {}
    for document in result.documents:
        if document.outputs:
            folder = commonpath([str(PurePosixPath(output).parent) for output in document.outputs])
            folders.setdefault(folder, Counter()).update(PurePosixPath(o).suffix[1:].upper() for o in document.outputs)
    if len(folders) > _MOST_FOLDERS:
        folders = {commonpath(folders): sum(folders.values(), Counter())}
    told = [
        say(id="{files} di {folder}", en="{files} in {folder}", files=_listed(kinds, lang), folder=folder).text(lang)
        for folder, kinds in folders.items()
    ]
    return f"{say(id='Hasil', en='Made').text(lang)}: {'; '.join(told)}" if told else ""


def _listed(kinds: Counter[str], lang: Lang) -> str:
    *first, last = [f"{count} {kind}" for kind, count in sorted(kinds.items())]
    return f"{', '.join(first)} {say(id='dan', en='and').text(lang)} {last}" if first else last


def _says_something(result: RunResult) -> bool:
    """Is a summary worth its line? Not where notes already say that there were no documents to check."""
    return bool(result.closing or result.documents or result.findings or not result.notes)


def _painter(color: bool) -> Paint:
    if not color:
        return lambda text, _style: text
    return lambda text, style: f"\x1b[{style}m{text}\x1b[0m"


def _head(finding: Finding, lang: Lang, paint: Paint) -> str:
    word = paint(SEVERITY[finding.severity].text(lang), _STYLES[finding.severity])
    name = f" ({finding.name})" if finding.name else ""
    held = f" [{say(id='menahan', en='blocks').text(lang)}]" if finding.blocks else ""
    return f"{word} {paint(finding.code, _BOLD)}{name}{paint(held, _STYLES[Severity.ERROR]) if held else ''}"


def _finding(finding: Finding, lines: Lines, page: _Page) -> str:
    rows = [_head(finding, page.lang, page.paint)]
    rows += _wrapped(finding.message.text(page.lang), page.width, "  ")
    quoted = list(_quote(finding, lines, page))
    pad = " " * (len(str(finding.place.line)) if quoted else 1)
    rows.append(f"{pad}{page.paint('-->', _FAINT)} {short_place(finding.place, page.lang)}")
    rows += quoted
    rows += _labelled(say(id="perbaikan", en="help"), finding.help.text(page.lang), pad, page)
    rows += _labelled(say(id="dasar", en="source"), finding.source, pad, page)
    for other in finding.related:
        text = f"{short_place(other.place, page.lang)}: {other.message.text(page.lang)}"
        rows += _labelled(say(id="lihat juga", en="see also"), text, pad, page)
    return "\n".join(rows)


def _quote(finding: Finding, lines: Lines, page: _Page) -> Iterator[str]:
    place = finding.place
    line = lines.get((place.file, place.line)) if place.line is not None else None
    if line is None or not line.strip():
        return
    gutter = len(str(place.line))
    start, end = span_in_line(place, line)
    shown, start, end = _window(line.rstrip().expandtabs(1), start, end, max(page.width - gutter - 4, 20))
    bar = page.paint("|", _FAINT)
    yield f"{' ' * gutter} {bar}"
    yield f"{page.paint(str(place.line), _FAINT)} {bar} {shown}"
    yield f"{' ' * gutter} {bar} {' ' * start}{page.paint('^' * (end - start), _STYLES[finding.severity])}"


def _window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Cut ``line`` to ``room`` signs around its marked part, which is cut too when it is longer."""
    if len(line) <= room:
        return line, start, min(end, max(len(line), start + 1))
    first = 0 if end <= room - 1 else max(0, min(start - room // 4, len(line) - room + 1))
    last = min(len(line), first + room - (1 if first else 0) - 1)
    if first + room - (1 if first else 0) >= len(line):
        last = len(line)
    lead = "…" if first else ""
    shown = lead + line[first:last] + ("…" if last < len(line) else "")
    shift = len(lead) - first
    return shown, start + shift, max(min(end, last) + shift, start + shift + 1)


def _labelled(label: Message, text: str, pad: str, page: _Page) -> list[str]:
    if not text:
        return []
    word = f"{label.text(page.lang)}:"
    head = f"{pad} {page.paint('=', _FAINT)} {page.paint(word, _BOLD)} "
    indent = len(pad) + len(word) + 4
    rows = textwrap.wrap(text, max(page.width - indent, 30), break_long_words=False, break_on_hyphens=False) or [""]
    return [head + rows[0], *(" " * indent + row for row in rows[1:])]


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _flat(message: Message, lang: Lang) -> str:
    return " ".join(message.text(lang).split())


def _failure(document: str | None, message: Message, page: _Page) -> str:
    word = page.paint(say(id="gagal", en="failed").text(page.lang), _STYLES[Severity.ERROR])
    head = f"{word} {document}" if document else word
    return "\n".join([head, *_wrapped(message.text(page.lang), page.width, "  ")])
