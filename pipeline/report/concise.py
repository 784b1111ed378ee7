"""``--format concise``: one line per finding, as editors and ``grep`` take it."""

from __future__ import annotations

from pipeline.model.message import Lang, Message
from pipeline.model.result import RunResult
from pipeline.report.ending import ending
from pipeline.report.paint import clean, head, painter
from pipeline.report.places import short_place
from pipeline.report.view import View


def render(result: RunResult, view: View) -> str:
    """One line per finding, ``place: severity code (name): message``, and a summary. Ends in a newline."""
    paint = painter(view.color)
    lang = view.lang
    rows = [
        f"{clean(short_place(f.place, lang))}: {head(f, lang, paint)}: {_flat(f.message, lang)}"
        for f in result.findings
        if f.blocks or not view.quiet
    ]
    rows += [f"{failure.document or 'tertib'}: {_flat(failure.message, lang)}" for failure in result.failures]
    if not view.quiet:
        rows += [_flat(note, lang) for note in result.notes]
        rows += ending(result, lang)
    return "".join(f"{row}\n" for row in rows)


def _flat(message: Message, lang: Lang) -> str:
    return clean(" ".join(message.text(lang).split()))
