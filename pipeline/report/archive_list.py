"""What is in the archives, as text for people, as CSV and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model.dates import told_date
from pipeline.model.message import Lang, Message, say

FORMATS = ("full", "csv", "json")
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A version in an archive. ``in_force`` is None where no day was asked for, or it is no SOP.

    ``version`` is its name ("v002"), ``state`` its degree of completion, ``reason`` why it was not in force. ``partly``
    is how many of how many PDFs are signed where not all are; ``others`` are signers who were not to sign.
    ``unchecked`` are the checks of its PDFs that were not made before it was filed.
    """

    office: str
    archive: str
    kind: str
    name: str
    version: str
    number: str
    title: str
    stage: str
    filed: dt.date
    effective: dt.date | None
    state: str
    signers: tuple[str, ...] = ()
    in_force: bool | None = None
    reason: Message | None = None
    partly: tuple[int, int] | None = None
    others: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


def render(format: str, lines: Sequence[Line], on: dt.date | None, lang: Lang) -> str:
    """The list in ``format`` (one of ``FORMATS``); ``on`` is the day that was asked for."""
    if format == "json":
        return _json(lines, on, lang)
    if format == "csv":
        return _csv(lines, on, lang)
    return "\n".join(_text(lines, on, lang)) + "\n"


def _data(line: Line, on: dt.date | None, lang: Lang) -> dict[str, Any]:
    told: dict[str, Any] = {
        "office": line.office,
        "archive": line.archive,
        "kind": line.kind,
        "name": line.name,
        "version": line.version,
        "number": line.number,
        "title": line.title,
        "stage": line.stage,
        "filed": line.filed.isoformat(),
        "effective": line.effective.isoformat() if line.effective else None,
        "state": line.state,
        "signers": list(line.signers),
    }
    if on is not None:
        told |= {"in_force": line.in_force, "reason": line.reason.text(lang) if line.reason else None}
    # Later than the others, so that whoever counts columns still finds those that were there before.
    return told | {"other_signers": list(line.others), "unchecked": list(line.unchecked)}


def _json(lines: Sequence[Line], on: dt.date | None, lang: Lang) -> str:
    versions = [_data(line, on, lang) for line in lines]
    data = {"schema_version": _SCHEMA, "on": on.isoformat() if on else None, "versions": versions}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


_COLUMNS = (
    "kantor",
    "arsip",
    "jenis",
    "nama",
    "versi",
    "nomor",
    "judul",
    "status",
    "tanggal_arsip",
    "tanggal_efektif",
    "tingkat_perkembangan",
    "penanda_tangan",
)
_MORE = ("penanda_tangan_lain", "tidak_diperiksa")


def _csv(lines: Sequence[Line], on: dt.date | None, lang: Lang) -> str:
    """For spreadsheets, with semicolons, as all CSV that people open."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([*_COLUMNS, *(("berlaku", "sebab") if on else ()), *_MORE])
    for line in lines:
        cells = [_cell(value) for value in _data(line, on, lang).values()]
        writer.writerow(cells)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "ya", False: "tidak"}[value]
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _text(lines: Sequence[Line], on: dt.date | None, lang: Lang) -> Iterator[str]:
    if not lines:
        yield say("Tidak ada versi dalam arsip yang disebut.").text(lang)
        return
    for archive in dict.fromkeys(line.archive for line in lines):
        here = [line for line in lines if line.archive == archive]
        yield f"{here[0].office} ({archive})"
        if on is None:
            yield from _table([_row(line, lang) for line in here], _HEADS, lang)
        else:
            yield from _on(here, on, lang)
        yield ""


def _on(lines: Sequence[Line], on: dt.date, lang: Lang) -> Iterator[str]:
    held = [line for line in lines if line.in_force]
    others = [line for line in lines if line.in_force is False]
    yield say("Berlaku pada {day}: {n} SOP", day=told_date(on), n=len(held)).text(lang)
    yield from _table([_row(line, lang) for line in held], _HEADS, lang)
    if others:
        yield ""
        yield say("Tidak berlaku pada hari itu: {n} versi", n=len(others)).text(lang)
        rows = [
            [line.name, line.version, line.number, line.reason.text(lang) if line.reason else ""] for line in others
        ]
        yield from _table(rows, (*_HEADS[:3], say("sebab")), lang)
    rest = len(lines) - len(held) - len(others)
    if rest:
        yield ""
        yield say("{n} versi laporan reses atau buku tidak dihitung: yang diberlakukan hanya SOP.", n=rest).text(lang)


_HEADS = (
    say("nama"),
    say("versi"),
    say("nomor"),
    say("judul"),
    say("status"),
    say("efektif"),
    say("tanda tangan"),
)


def _row(line: Line, lang: Lang) -> list[str]:
    names = [
        say("{name} (bukan yang ditetapkan)", name=name).text(lang) if name in line.others else name
        for name in line.signers
    ]
    signed = ", ".join(names) or (say("ya") if line.state.startswith("asli") else say("belum")).text(lang)
    if line.partly is not None:
        n, m = line.partly
        signed = say("{names} ({n} dari {m})", names=signed, n=n, m=m).text(lang)
    effective = line.effective.isoformat() if line.effective else "-"
    return [line.name, line.version, line.number or "-", line.title, line.stage or "-", effective, signed]


def _table(rows: Sequence[Sequence[str]], heads: Sequence[Message], lang: Lang) -> Iterator[str]:
    """Columns in line, two blanks between them; nothing is cut off, since names are copied from here."""
    table = [[head.text(lang) for head in heads], *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
    for row in table if rows else ():
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield f"  {'  '.join(cells)}".rstrip()
