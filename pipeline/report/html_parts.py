"""What the template of ``temuan.html`` is filled with: offices, documents, findings, rules. Plain data only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from pipeline.model.finding import Confidence, Finding, Severity
from pipeline.model.message import Lang, Message, translated
from pipeline.model.result import DocumentResult, DurationSummary, RunResult
from pipeline.report.places import SEVERITY, Lines, long_place, span_in_line

_QUOTED: Final = 160
"""Longest piece of a source line that is quoted, in signs."""
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as the page explains it.

    ``sections`` are pairs of a heading (Apa, Mengapa, Salah, Benar, Sumber) and its text in the page's language;
    ``cases`` the causes of a rule that has several, each with what to do.
    """

    code: str
    name: str
    severity: Severity
    summary: Message
    family: Message
    sections: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[Message, Message], ...] = ()
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class _Quote:
    before: str
    marked: str
    after: str


def office_of(document: str) -> str:
    """The office of a document, by its id."""
    return document.partition("/")[0]


def groups(result: RunResult, lang: Lang, lines: Lines, words: Words) -> list[dict[str, Any]]:
    """Findings by document, office by office; those on the files of an office stand before those on its documents."""
    known = {document.id: document for document in result.documents}
    offices = list(dict.fromkeys(office_of(id) for id in known))
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in result.findings:
        office = office_of(finding.document) if finding.document else _owner(finding, offices)
        found.setdefault((office, finding.document or ""), []).append(finding)
    order = {id: number for number, id in enumerate(known)}
    ranks = {office: number for number, office in enumerate(["", *offices])}
    keys = sorted(found, key=lambda key: (ranks.get(key[0], len(ranks)), key[0], order.get(key[1], -1), key[1]))
    return [
        {
            "office": office,
            "id": document,
            "anchor": f"d{number}",
            "stage": known[document].stage.value if document in known else "",
            "title": _title(office, document, known, words),
            "findings": [_finding(finding, lang, lines, words) for finding in found[office, document]],
            "raw": found[office, document],
        }
        for number, (office, document) in enumerate(keys, start=1)
    ]


def _title(office: str, document: str, known: Mapping[str, DocumentResult], words: Words) -> str:
    if document:
        return known[document].title or document if document in known else document
    return f"{words['shared']}: {office}" if office else words["general"]


def _owner(finding: Finding, offices: Sequence[str]) -> str:
    """The office to whose files a finding of no document belongs, "" for none."""
    parts = PurePosixPath(finding.place.file).parts[:-1]
    return next((part for part in reversed(parts) if part in offices), "")


def _finding(finding: Finding, lang: Lang, lines: Lines, words: Words) -> dict[str, Any]:
    place = finding.place
    line = lines.get((place.file, place.line)) if place.line is not None else None
    folder, _, file = place.file.rpartition("/")
    doubt = finding.confidence is not Confidence.HIGH
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "word": SEVERITY[finding.severity].text(lang),
        "blocks": finding.blocks,
        "message": finding.message.text(lang),
        "help": finding.help.text(lang),
        "source": translated(finding.source, lang),
        "doubt": words["confidence"].format(level=words[f"level_{finding.confidence.value}"]) if doubt else "",
        "file": file,
        "folder": folder,
        "where": _where(finding, lang, words),
        "quote": _quote(finding, line) if line and line.strip() else None,
        "related": [
            (other.place.file, long_place(other.place, lang), other.message.text(lang)) for other in finding.related
        ],
        "accepts": [(accepted.code, accepted.message.text(lang)) for accepted in finding.accepts],
    }


def _where(finding: Finding, lang: Lang, words: Words) -> str:
    """The place in words: "baris 7, sel E7, langkah 6, kolom waktu"."""
    parts = [long_place(finding.place, lang)]
    if finding.step is not None:
        parts.append(f"{words['step']} {finding.step}")
    if finding.path[:1] == ("langkah",) and len(finding.path) > 2:
        parts.append(f"{words['column']} {finding.path[2]}")
    return ", ".join(part for part in parts if part)


def _quote(finding: Finding, line: str) -> _Quote:
    start, end = span_in_line(finding.place, line)
    room = max(_QUOTED - (end - start), 0) // 2
    first, last = max(0, start - room), min(len(line), end + room)
    before = ("…" if line[:first].strip() else "") + line[first:start]
    after = line[end:last].rstrip() + ("…" if last < len(line.rstrip()) else "")
    marked = line[start:end] if end - start <= _QUOTED else line[start : start + _QUOTED] + "…"
    return _Quote(before.lstrip(), marked, after)


def offices(
    result: RunResult, found: Sequence[Mapping[str, Any]], base: str, lang: Lang, words: Words
) -> list[dict[str, Any]]:
    """Offices in the order of their documents, each with its documents and its counts; "" for what is of none."""
    anchors = {group["id"]: group["anchor"] for group in found if group["id"]}
    files = {group["office"]: group["anchor"] for group in found if not group["id"]}
    counts: Counter[tuple[str, str, str]] = Counter()
    for group in found:
        for finding in group["raw"]:
            counts[group["office"], group["id"], finding.severity.value] += 1
            counts[group["office"], group["id"], "blocks"] += finding.blocks
    rules = conversions(result, lang)
    names = dict.fromkeys([*(office_of(document.id) for document in result.documents), *(g["office"] for g in found)])
    made = []
    for name in names:
        documents = [
            {
                **_document(document, base, words["usually"], lang),
                "note": _note(document, rules, lang),
                "anchor": anchors.get(document.id, ""),
                **_tally(counts, name, document.id),
            }
            for document in result.documents
            if office_of(document.id) == name
        ]
        shared = _tally(counts, name, "")
        made.append({"id": name, "documents": documents, "shared": shared, "anchor": files.get(name, "")})
    for office in made:
        rows = [*office["documents"], office["shared"]]
        office["total"] = {key: sum(row[key] for row in rows) for key in ("error", "warning", "info")}
        office["held"] = sum(1 for document in office["documents"] if document["blocks"])
    return made


def _tally(counts: Mapping[tuple[str, str, str], int], office: str, document: str) -> dict[str, int]:
    return {key: counts[office, document, key] for key in ("error", "warning", "info", "blocks")}


def _document(document: DocumentResult, base: str, usually: str, lang: Lang) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title or document.id,
        "stage": document.stage.value,
        "duration": _duration(document.duration, usually),
        "excluded": document.duration.excluded.text(lang) if document.duration.excluded else "",
        "outputs": [(PurePosixPath(output).name, _link(output, base)) for output in document.outputs],
    }


def conversions(result: RunResult, lang: Lang) -> list[str]:
    """The rules of conversion behind the totals, each once."""
    found = (_conversion(document, lang) for document in result.documents)
    return [rule for rule in dict.fromkeys(found) if rule]


def _note(document: DocumentResult, rules: Sequence[str], lang: Lang) -> str:
    """The number of the rule of conversion behind the total of a document, "" where there is only one."""
    rule = _conversion(document, lang)
    return str(rules.index(rule) + 1) if rule and len(rules) > 1 else ""


def _conversion(document: DocumentResult, lang: Lang) -> str:
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


def explained(result: RunResult, rules: Iterable[RuleText], lang: Lang) -> list[dict[str, Any]]:
    """The rules that have findings (accepted ones, too), as the page explains them, in the order of ``rules``."""
    counts: Counter[str] = Counter(finding.code for finding in result.findings)
    used = {accepted.code for finding in result.findings for accepted in finding.accepts} | set(counts)
    return [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "word": SEVERITY[rule.severity].text(lang),
            "summary": rule.summary.text(lang).rstrip("."),
            "sections": rule.sections,
            "cases": [(cause.text(lang), remedy.text(lang)) for cause, remedy in rule.cases],
            "count": counts[rule.code],
        }
        for rule in rules
        if rule.code in used
    ]


def families(result: RunResult, rules: Iterable[RuleText], lang: Lang) -> list[tuple[str, str]]:
    """The families that have findings, with their names, by code."""
    names = {rule.code[:3]: rule.family.text(lang) for rule in rules}
    return [(family, names.get(family, "")) for family in sorted({finding.code[:3] for finding in result.findings})]
