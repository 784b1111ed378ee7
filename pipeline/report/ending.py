"""The last lines of a report for people: the counts, and what was made and where."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from posixpath import commonpath
from typing import Final

from pipeline.model.finding import Severity
from pipeline.model.message import Lang, say
from pipeline.model.result import RunResult

_MOST_FOLDERS: Final = 4
"""Up to so many folders are named in the last line; of more, the one that holds them all."""


def summary(result: RunResult, lang: Lang) -> str:
    """The line at the end: how many documents and findings, what is held back, what failed."""
    if result.closing is not None:
        return result.closing.text(lang)
    counts = {severity: result.count(severity) for severity in Severity}
    checked = say("{n} dokumen diperiksa: ", n=len(result.documents))
    only_others = result.findings and not result.documents
    text = ("" if only_others else checked.text(lang)) + say(
        "{e} kesalahan, {w} peringatan, {i} catatan.",
        e=counts[Severity.ERROR],
        w=counts[Severity.WARNING],
        i=counts[Severity.INFO],
    ).text(lang)
    blocking = sum(1 for finding in result.findings if finding.blocks)
    if blocking:
        text += " " + say("{n} temuan menahan dokumen.", n=blocking).text(lang)
    if result.failures:
        text += " " + say("{n} kegagalan.", n=len(result.failures)).text(lang)
    return text


def ending(result: RunResult, lang: Lang) -> list[str]:
    """The last lines: the counts, and what was made and where."""
    rows = [summary(result, lang)] if _says_something(result) else []
    return [*rows, *filter(None, (_can_be_fixed(result, lang), _by_hand(result, lang), made(result, lang)))]


def _by_hand(result: RunResult, lang: Lang) -> str:
    count = sum(bool(finding.fixes) and not finding.fixable for finding in result.findings)
    if not count:
        return ""
    return say(
        "{n} temuan serupa ada di buku kerja Excel, yang tidak diubah --fix: perbaiki sendiri di sana.", n=count
    ).text(lang)


def _can_be_fixed(result: RunResult, lang: Lang) -> str:
    count = sum(finding.fixable for finding in result.findings)
    if not count:
        return ""
    return say(
        "{n} temuan dapat diperbaiki otomatis: tertib check --fix (lihat dahulu: tertib check --diff).", n=count
    ).text(lang)


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
        say("{files} di {folder}", files=_listed(kinds, lang), folder=folder).text(lang)
        for folder, kinds in folders.items()
    ]
    return f"{say('Hasil').text(lang)}: {'; '.join(told)}" if told else ""


def _listed(kinds: Counter[str], lang: Lang) -> str:
    *first, last = [f"{count} {kind}" for kind, count in sorted(kinds.items())]
    return f"{', '.join(first)} {say('dan').text(lang)} {last}" if first else last


def _says_something(result: RunResult) -> bool:
    """Is a summary worth its line? Not where notes already say that there were no documents to check."""
    return bool(result.closing or result.documents or result.findings or not result.notes)
