"""The key of a finding by its content: the same finding keeps it when rows move, another finding never gets it.

It is made of the rule, the document, the place in the form without row numbers, what the finding is about (see
``subject_of``) and a number among findings that are equal in all of these. Neither the wording nor the language nor
the line of the file goes into it, so that a new step, a new version of the program or another language changes none.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pipeline.model.finding import DataPath, Finding, Place
from pipeline.model.sop import LIST_KEYS, TEXT_KEYS, Sop, Step

DIGITS: Final = 24
"""Length of a fingerprint in hexadecimal digits."""

_LINKS: Final = frozenset(("no", "ya", "tidak", "cabang", "lanjut", "dalam"))
"""Columns that hold step numbers: these change when a step is put in, so only the row itself tells them apart."""
_DATES: Final = {"pembuatan": "created", "revisi": "revised", "efektif": "effective"}
_ROW: Final = re.compile(r"\d+$")
_NUMBER_CELL: Final = re.compile(r'(?:(?<=^)|(?<=[;,]))\s*"?\d+"?\s*(?=[;,]|$)')


def fingerprint(finding: Finding) -> str:
    """The key of ``finding``, ``DIGITS`` hexadecimal digits. ``told_apart`` has to have numbered equal findings."""
    key = (*_content(finding), str(finding.ordinal))
    return hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def told_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """``findings`` in the same order, those of equal content numbered from 0.

    All findings of a document have to be given at once, and before any is left out.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    told = []
    for finding in findings:
        key = _content(finding)
        number = seen[key]
        seen[key] += 1
        told.append(replace(finding, ordinal=number) if number != finding.ordinal else finding)
    return tuple(told)


def normalised(text: str) -> str:
    """``text`` without what does not count as a change: case, blanks and forms of the same letter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def subject_of(sop: Sop, path: DataPath) -> str:
    """What a finding at ``path`` of ``sop`` is about: the value there, for a step its row and the value.

    "" where the path names no single value.
    """
    key = path[0] if path else None
    index = path[1] if len(path) > 1 else None
    if key == "langkah" and isinstance(index, int) and index < len(sop.steps):
        return _of_step(sop.steps[index], path[2:])
    if key in LIST_KEYS:
        values: tuple[str, ...] = getattr(sop, LIST_KEYS[str(key)])
        return normalised(values[index]) if isinstance(index, int) and index < len(values) else ""
    if key in TEXT_KEYS:
        return normalised(getattr(sop, TEXT_KEYS[str(key)]))
    if key == "tanggal" and index in _DATES:
        return str(getattr(sop, _DATES[str(index)]) or "")
    if key == "pengesah" and sop.signer is not None:
        return normalised(f"{sop.signer.name} {sop.signer.position} {sop.signer.nip}")
    if key == "kecuali" and isinstance(index, int) and index < len(sop.accepted):
        acceptance = sop.accepted[index]
        return normalised(f"{acceptance.code} {acceptance.reason}")
    return ""


def quoted_subject(text: str) -> str:
    """What a finding on a piece of an input file is about; cells that hold only a number (row numbers) do not count."""
    return normalised(_NUMBER_CELL.sub("", text))


def of_both(row: str, quoted: str, path: DataPath) -> str:
    """The subject of a reader's finding: the value of the form (``row``) and the source text it quotes."""
    if len(path) > 2 and path[2] in _LINKS:
        return row
    return "\x1e".join(part for part in (row, quoted) if part)


def _of_step(step: Step, rest: DataPath) -> str:
    time = step.time.text if step.time is not None else ""
    row = normalised(step.activity or " ".join((*step.actors, *step.inputs, time, *step.outputs)))
    if not rest or rest[0] in _LINKS:
        return row
    values: dict[object, tuple[str, ...]] = {
        "pelaksana": step.actors,
        "kelengkapan": step.inputs,
        "waktu": (time,),
        "output": step.outputs,
        "keterangan": (step.remark,),
        "rujukan": (step.reference,),
    }
    parts = values.get(rest[0], ())
    item = rest[1] if len(rest) > 1 else None
    value = normalised(parts[item] if isinstance(item, int) and item < len(parts) else " ".join(parts))
    return f"{row}\x1e{value}" if value else row


def _content(finding: Finding) -> tuple[str, ...]:
    """What makes a finding the same: rule, document, place in the form, subject."""
    where = ".".join(part for part in finding.path if isinstance(part, str)) or _file(finding.place)
    return (finding.code, finding.document or _folder(finding.place), where, finding.subject)


def _file(place: Place) -> str:
    """File name, sheet and column: what stays of a place when rows move."""
    name = place.file.rpartition("/")[2]
    return "|".join((name, place.sheet or "", _ROW.sub("", place.cell or "")))


def _folder(place: Place) -> str:
    """The folder of a finding that belongs to no document; of one outside the working folder only its last parts."""
    folder = place.file.rpartition("/")[0]
    outside = folder.startswith(("/", "..")) or ":" in folder
    return "/".join(folder.split("/")[-2:]) if outside else folder
