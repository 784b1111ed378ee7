"""What ``tertib watch`` prints: a line for each save, and below it what was found, in short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Lang, Message, say
from pipeline.model.result import RunResult
from pipeline.model.turn import Came, Turn
from pipeline.report import json_report
from pipeline.report.paint import STYLES, clean, head, painter
from pipeline.report.places import short_place

SCHEMA_VERSION: Final = 1
_MOST: Final = 5
"""Findings that are shown of a save; the report is for the rest."""


def as_text(turn: Turn, lang: Lang, *, color: bool = False, quiet: bool = False) -> str:
    """The lines on ``turn``, each with its end; "" for what ``quiet`` keeps back: all that holds nothing up."""
    bad = bool(turn.held or turn.failures or turn.blocking)
    if quiet and not bad:
        return ""
    line = f"{turn.at:%H.%M.%S} {_name(turn, lang)}: {_flat(_came(turn), lang)}"
    rows = [painter(color and bad)(clean(line), STYLES[Severity.ERROR])]
    rows += [f"  {_flat(failure.message, lang)}" for failure in turn.failures]
    rows += [f"  {row}" for row in _findings(turn, lang, color=color, quiet=quiet)]
    if not quiet:
        rows += [f"  {_flat(note, lang)}" for note in turn.notes]
    return "".join(f"{row}\n" for row in rows)


def as_json(turn: Turn, lang: Lang) -> str:
    """``turn`` as one line of JSON. Fields are added, never renamed, within a schema version."""
    report = json_report.as_data(RunResult(turn.findings, (), turn.failures, turn.notes), lang=lang, version="")
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "at": turn.at.isoformat(timespec="seconds"),
        "result": turn.came.value,
        "files": list(turn.files),
        "documents": list(turn.documents),
        "held": list(turn.held),
        "docx_seconds": _rounded(turn.docx),
        "pdf_seconds": _rounded(turn.pdf),
        "outputs": list(turn.outputs),
        "command": turn.command,
        **{name: report[name] for name in ("findings", "failures", "notes")},
    }
    return json.dumps(data, ensure_ascii=False) + "\n"


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _name(turn: Turn, lang: Lang) -> str:
    """The document that was saved, or its file."""
    if turn.came is not Came.READY and len(turn.documents) == 1:
        return turn.documents[0]
    if len(turn.files) > 1 and turn.came is not Came.READY:
        return say("{n} berkas", n=len(turn.files)).text(lang)
    return ", ".join(turn.files)


def _came(turn: Turn) -> Message:
    match turn.came:
        case Came.READY:
            return say("{what}. Diawasi; tekan Ctrl-C untuk berhenti.", what=_counts(turn))
        case Came.BUILT:
            return say("{made}, {what}", made=_made(turn), what=_counts(turn))
        case Came.UNCHANGED:
            return say("tidak ada yang berubah, {what}", what=_counts(turn))
        case Came.HELD:
            return _held(turn)
        case Came.GONE:
            return _gone(turn)
        case Came.CHECKED:
            return _checked(turn)


def _made(turn: Turn) -> Message:
    docx, pdf = round(turn.docx or 0.0, 2), round(turn.pdf or 0.0, 2)
    if turn.docx is None:
        return say("PDF {pdf} dtk", pdf=pdf)
    if turn.pdf is None:
        return say("DOCX {docx} dtk", docx=docx)
    return say("DOCX {docx} dtk, PDF {pdf} dtk", docx=docx, pdf=pdf)


def _counts(turn: Turn) -> Message:
    """How many documents where they are not one, how many of them are held back, and how many findings there are."""
    many = len(turn.documents) != 1 or turn.came is Came.READY
    if many and turn.held:
        held = len(turn.held)
        return say("{n} SOP ({held} ditahan), {found}", n=len(turn.documents), held=held, found=_found(turn))
    if many:
        return say("{n} SOP, {found}", n=len(turn.documents), found=_found(turn))
    return _found(turn)


def _found(turn: Turn) -> Message:
    if not turn.findings:
        return say("tanpa temuan")
    if turn.blocking:
        return say("{n} temuan, {m} menahan", n=len(turn.findings), m=len(turn.blocking))
    return say("{n} temuan", n=len(turn.findings))


def _held(turn: Turn) -> Message:
    """Why nothing new was made: the place of the first finding that blocks, or that the making failed."""
    first = next(iter(turn.blocking), None)
    if first is None:
        return say("gagal dibuat; keluaran lama tidak diubah")
    return say(
        "ditahan, {what}; yang pertama di {place}; keluaran lama tidak diubah", what=_found(turn), place=_place(first)
    )


def _gone(turn: Turn) -> Message:
    if not turn.outputs:
        return say("masukannya tidak ada lagi")
    return say("masukannya tidak ada lagi; yang dibuat darinya tidak diubah: {files}", files=", ".join(turn.outputs))


def _checked(turn: Turn) -> Message:
    if not turn.documents:
        return say("templat berubah; untuk memakainya jalankan {command}", command=turn.command)
    return say("{found}; dokumennya disusun dengan {command}", found=_found(turn), command=turn.command)


def _findings(turn: Turn, lang: Lang, *, color: bool, quiet: bool) -> Iterator[str]:
    """The first findings in short, and how to see the others."""
    shown = turn.blocking if quiet or turn.came is Came.READY else turn.findings
    for finding in shown[:_MOST]:
        place = clean(short_place(finding.place, lang))
        yield f"{place}: {head(finding, lang, painter(color))}: {_flat(finding.message, lang)}"
    left = len(shown) - _MOST
    if left > 0:
        yield say("dan {n} lagi; semuanya: tertib check {path}", n=left, path=_of(turn)).text(lang)


def _of(turn: Turn) -> str:
    """The one file that was saved; where there are several, whoever wants the report says of what."""
    return clean(turn.files[0]) if len(turn.files) == 1 else ""


def _place(finding: Finding) -> str:
    place = finding.place
    return f"{clean(place.file)}:{place.line}" if place.line is not None and place.sheet is None else clean(place.file)


def _flat(message: Message, lang: Lang) -> str:
    return clean(" ".join(message.text(lang).split()))
