"""The report as one HTML file that opens without a network and prints well: ``temuan.html``."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.model.dates import long_date
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Lang
from pipeline.model.result import DocumentResult, DurationSummary, RunResult
from pipeline.report.places import SEVERITY, Lines, long_place, span_in_line
from pipeline.resources import data_file

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

_QUOTED = 160
"""Longest piece of a source line that is quoted, in signs."""


@dataclass(frozen=True, slots=True)
class _Quote:
    before: str
    marked: str
    after: str


def render(
    result: RunResult, *, lang: Lang, today: dt.date, version: str, base: str = "", lines: Lines | None = None
) -> str:
    """The page. ``base`` is the folder of the page as outputs are told ("outputs"), so that it can link to them."""
    groups = _groups(result, lang, lines or {})
    words = _words(lang)
    anchors = {group["id"]: group["anchor"] for group in groups}
    rules = list(dict.fromkeys(_rule(document, lang) for document in result.documents if document.duration.conversion))
    counts = Counter((finding.document, finding.severity) for finding in result.findings)
    blocked = {finding.document for finding in result.findings if finding.blocks}
    return _template().render(
        lang=lang,
        words=words,
        today=long_date(today) if lang == "id" else today.isoformat(),
        version=version,
        documents=[
            {
                **_document(document, base, words["usually"]),
                "rule": rules.index(rule) + 1 if (rule := _rule(document, lang)) and len(rules) > 1 else "",
                "anchor": anchors.get(document.id, ""),
                "errors": counts[document.id, Severity.ERROR],
                "warnings": counts[document.id, Severity.WARNING],
                "blocked": document.id in blocked,
            }
            for document in result.documents
        ],
        rules=rules,
        groups=groups,
        counts={severity.value: result.count(severity) for severity in Severity},
        severities=[(severity.value, SEVERITY[severity].text(lang)) for severity in Severity],
        blocking=sum(1 for finding in result.findings if finding.blocks),
        failures=[(failure.document, failure.message.text(lang)) for failure in result.failures],
        notes=[note.text(lang) for note in result.notes],
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["code"] = _code
    return environment.from_string(data_file("temuan.html.j2").read_text(encoding="utf-8"))


_CODE = re.compile("`([^`]+)`")


def _code(text: str) -> Markup:
    """``text`` escaped, with what stands between backticks as code."""
    from markupsafe import Markup, escape

    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


@cache
def _all_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(data_file("temuan.words.json").read_text(encoding="utf-8"))
    return words


def _words(lang: Lang) -> dict[str, str]:
    return {key: texts[lang] for key, texts in _all_words().items()}


def _groups(result: RunResult, lang: Lang, lines: Lines) -> list[dict[str, Any]]:
    """Findings by document, in the order of the documents; those of no document (offices) come first."""
    by_document: dict[str, list[dict[str, Any]]] = {}
    for finding in result.findings:
        by_document.setdefault(finding.document or "", []).append(_finding(finding, lang, lines))
    order = dict.fromkeys(["", *(document.id for document in result.documents), *by_document])
    known = {document.id: document for document in result.documents}
    return [
        {
            "id": key,
            "anchor": f"d{number}" if key else "",
            "stage": known[key].stage.value if key in known else "",
            "title": known[key].title if key in known else "",
            "findings": by_document[key],
        }
        for number, key in enumerate(order)
        if key in by_document
    ]


def _finding(finding: Finding, lang: Lang, lines: Lines) -> dict[str, Any]:
    place = finding.place
    line = lines.get((place.file, place.line)) if place.line is not None else None
    path = PurePosixPath(place.file)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "word": SEVERITY[finding.severity].text(lang),
        "blocks": finding.blocks,
        "message": finding.message.text(lang),
        "help": finding.help.text(lang),
        "source": finding.source,
        "file": path.name,
        "folder": path.parent.as_posix(),
        "where": long_place(place, lang),
        "quote": _quote(finding, line) if line and line.strip() else None,
        "related": [
            (other.place.file, long_place(other.place, lang), other.message.text(lang)) for other in finding.related
        ],
    }


def _quote(finding: Finding, line: str) -> _Quote:
    start, end = span_in_line(finding.place, line)
    room = max(_QUOTED - (end - start), 0) // 2
    first, last = max(0, start - room), min(len(line), end + room)
    before = ("…" if first else "") + line[first:start]
    after = line[end:last].rstrip() + ("…" if last < len(line.rstrip()) else "")
    marked = line[start:end] if end - start <= _QUOTED else line[start : start + _QUOTED] + "…"
    return _Quote(before.lstrip() if not first else before, marked, after)


def _document(document: DocumentResult, base: str, usually: str) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "stage": document.stage.value,
        "duration": _duration(document.duration, usually),
        "outputs": [(PurePosixPath(output).name, _link(output, base)) for output in document.outputs],
    }


def _rule(document: DocumentResult, lang: Lang) -> str:
    """The rule of conversion behind the totals of a document, "" when it has none."""
    rule = document.duration.conversion
    return rule.text(lang) if rule else ""


def _duration(total: DurationSummary, usually: str) -> str:
    """The totals in as few words as they need: "2 hari kerja", "1 – 3 ... (biasanya 2 ...)"."""
    if total.shortest == total.longest:
        return total.longest
    text = f"{total.shortest or '-'} – {total.longest or '-'}"
    between = total.typical not in ("", total.shortest, total.longest)
    return f"{text} ({usually} {total.typical})" if between else text


def _link(output: str, base: str) -> str:
    inside = output.removeprefix(f"{base}/") if base else output
    return quote(inside)
