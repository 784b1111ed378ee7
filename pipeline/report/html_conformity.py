"""The tables of ``temuan.html`` that say how far each SOP keeps to the official form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pipeline.model.finding import Finding
from pipeline.model.result import EVERY_RULE, DocumentResult, RunResult
from pipeline.report.elements import ELEMENTS, IDENTITY, STEPS, State, conformity
from pipeline.report.html_parts import office_of

_SIGNS: Final[Mapping[State, tuple[str, str]]] = {
    State.OK: ("ok", "✓"),
    State.CHECK: ("check", "!"),
    State.WRONG: ("wrong", "✗"),
    State.PARTLY: ("partly", "½"),
    State.UNCHECKED: ("unchecked", "–"),
}
"""Key and sign of each state, in the order of the legend."""
_SOP: Final = "/sop/"


def tables(
    result: RunResult, offices: Sequence[Mapping[str, Any]], codes: frozenset[str], words: Mapping[str, str]
) -> dict[str, Any]:
    """A table for each office that has SOPs, the legend, and the states of each SOP by its id.

    ``codes`` are all rules there are; those of the findings where none are given.
    """
    codes = codes or frozenset(finding.code for finding in result.findings)
    legend = {state: (key, sign, words[f"state_{key}"]) for state, (key, sign) in _SIGNS.items()}
    by_document: dict[str | None, list[Finding]] = {}
    for finding in result.findings:
        by_document.setdefault(finding.document, []).append(finding)
    states = {
        document.id: conformity(document, by_document.get(document.id, ()), codes, _of_office(document, by_document))
        for document in result.documents
        if _SOP in document.id
    }
    made = [_table(office, states, legend) for office in offices]
    return {
        "legend": list(legend.values()),
        "parts": ((words["identity_part"], len(IDENTITY)), (words["steps_part"], len(STEPS))),
        "labels": [(element.label, number == len(IDENTITY)) for number, element in enumerate(ELEMENTS)],
        "tables": [table for table in made if table["rows"]],
        "sentences": {id: _sentence(row, legend) for id, row in states.items()},
        "silent": _silent(result.documents, codes, words),
    }


def _of_office(document: DocumentResult, by_document: Mapping[str | None, Iterable[Finding]]) -> list[Finding]:
    """Findings on the ``kantor.yaml`` of the office of ``document``."""
    file = f"/{office_of(document.id)}/kantor.yaml"
    return [finding for finding in by_document.get(None, ()) if f"/{finding.place.file}".endswith(file)]


def _table(
    office: Mapping[str, Any], states: Mapping[str, tuple[State, ...]], legend: Mapping[State, tuple[str, str, str]]
) -> dict[str, Any]:
    documents = [document for document in office["documents"] if document["id"] in states]
    rows = [
        {
            "id": document["id"],
            "title": document["title"],
            "anchor": document["anchor"],
            "cells": [legend[state] for state in states[document["id"]]],
        }
        for document in documents
    ]
    columns = list(zip(*(states[document["id"]] for document in documents), strict=True))
    counted = [Counter(column) for column in columns]
    totals = [
        (*legend[state], [column[state] for column in counted])
        for state in _SIGNS
        if any(column[state] for column in counted)
    ]
    return {"office": office["id"], "rows": rows, "totals": totals}


def _sentence(
    states: tuple[State, ...], legend: Mapping[State, tuple[str, str, str]]
) -> list[tuple[str, str, str, int, str]]:
    """Key, sign, word, number and (except for what conforms) names of the elements in each state that occurs."""
    told = []
    for state in _SIGNS:
        names = [element.label for element, one in zip(ELEMENTS, states, strict=True) if one is state]
        if names:
            told.append((*legend[state], len(names), "" if state is State.OK else ", ".join(names)))
    return told


def _silent(
    documents: Iterable[DocumentResult], known: frozenset[str], words: Mapping[str, str]
) -> list[tuple[str, int]]:
    """The rules that were not run, with the number of SOPs for which they were not."""
    counts = Counter(document.unchecked for document in documents if _SOP in document.id and document.unchecked)
    return [
        (words["every_rule"] if EVERY_RULE in codes else ", ".join(_shortest(codes, known)), number)
        for codes, number in counts.items()
    ]


def _shortest(codes: Iterable[str], known: frozenset[str]) -> list[str]:
    """``codes``, with the name of a family for all the rules it has."""
    silent = frozenset(codes)
    families = Counter(code[:3] for code in silent)
    whole = {family for family, number in families.items() if number > 1} - {code[:3] for code in known - silent}
    return sorted({code[:3] if code[:3] in whole else code for code in silent})
