"""The answer of ``tertib impact`` for people and for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from pipeline.model.impact import Impact, Relation, State, Use
from pipeline.model.message import Lang, Message, say
from pipeline.report.places import short_place

SCHEMA_VERSION: Final = 1


def full(answer: Impact, *, lang: Lang, width: int = 100) -> str:
    """Every use with its place, status and suggestion, and a summary. Ends in a newline."""
    blocks = ["\n".join(_head(answer, lang, width))]
    blocks += ["\n".join(_use(use, answer, lang, width)) for use in answer.uses]
    blocks.append("\n".join(text.text(lang) for text in _ending(answer)))
    return "\n\n".join(blocks) + "\n"


def concise(answer: Impact, *, lang: Lang) -> str:
    """One line per use, ``place: document: relation; status``, and a summary. Ends in a newline."""
    rows = [_row(use, answer, lang) for use in answer.uses]
    return "".join(f"{row}\n" for row in [*rows, *(text.text(lang) for text in _ending(answer))])


def _row(use: Use, answer: Impact, lang: Lang) -> str:
    relation, status = _relation(use, answer).text(lang), use.status.text.text(lang)
    return f"{short_place(use.place, lang)}: {use.document}: {relation}; {status}"


def as_json(answer: Impact, *, lang: Lang, version: str) -> str:
    """The answer as indented JSON with a newline at the end; fields are added, never renamed, within a version."""
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "tertib", "version": version},
        "regulation": {
            "short": answer.short,
            "long": answer.long,
            "day": answer.day.isoformat(),
            "state": answer.status.state.value,
            "status": answer.status.text.text(lang),
            "replacement": answer.replacement,
        },
        "uses": [_as_data(use, answer, lang) for use in answer.uses],
        "unread": list(answer.unread),
        "summary": {"documents": answer.documents, "citing": len({use.document for use in answer.uses})},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_data(use: Use, answer: Impact, lang: Lang) -> dict[str, Any]:
    return {
        "document": use.document,
        "title": use.title,
        "place": asdict(use.place),
        "item": use.item,
        "text": use.text,
        "cited": use.cited,
        "relation": use.relation.value,
        "relation_text": _relation(use, answer).text(lang),
        "day": use.day.isoformat(),
        "state": use.status.state.value,
        "status": use.status.text.text(lang),
        "replacement": use.replacement,
        "suggestion": use.suggestion,
    }


def _head(answer: Impact, lang: Lang, width: int) -> Iterator[str]:
    yield from _wrapped(f"{answer.short}: {answer.long}" if answer.long else answer.short, width, "")
    yield from _wrapped(_status(answer).text(lang), width, "  ")


def _status(answer: Impact) -> Message:
    if answer.replacement:
        return say(
            "Pada {day}: {status}. Penggantinya: {new}.",
            day=answer.day.isoformat(),
            status=answer.status.text,
            new=answer.replacement,
        )
    return say("Pada {day}: {status}.", day=answer.day.isoformat(), status=answer.status.text)


def _use(use: Use, answer: Impact, lang: Lang, width: int) -> Iterator[str]:
    yield f"{use.document}  {use.title}".rstrip()
    yield f" --> {short_place(use.place, lang)}"
    yield from _labelled(say("butir {n}", n=use.item), use.text, lang, width)
    yield from _labelled(say("hubungan"), _relation(use, answer).text(lang), lang, width)
    on = say("{status} (pada {day})", status=use.status.text, day=use.day.isoformat())
    yield from _labelled(say("status"), on.text(lang), lang, width)
    if use.replacement:
        yield from _labelled(say("pengganti"), use.replacement, lang, width)
    if use.suggestion.strip(" ;.") != use.text.strip(" ;."):
        yield from _labelled(say("tulis"), use.suggestion, lang, width)


def _relation(use: Use, answer: Impact) -> Message:
    r, c = answer.short, use.cited
    if use.relation is Relation.IN_CLAUSE:
        return say("menyebut {c}, dengan {r} dalam klausa perubahannya", r=r, c=c)
    if use.relation is Relation.AMENDS:
        return say("menyebut {c}, yang mengubah {r}", r=r, c=c)
    if use.relation is Relation.AMENDED_BY:
        return say("menyebut {c}, yang diubah dengan {r}", r=r, c=c)
    return say("menyebut {r}", r=r)


def _ending(answer: Impact) -> Iterator[Message]:
    citing = len({use.document for use in answer.uses})
    if citing:
        yield say("{n} dari {all} SOP berkaitan dengan {r}.", n=citing, all=answer.documents, r=answer.short)
    else:
        yield say("Tidak ada SOP yang menyebut {r} ({all} SOP dibaca).", r=answer.short, all=answer.documents)
    if answer.status.state is State.UNKNOWN:
        yield say("{r} tidak ada dalam daftar peraturan; pastikan nomor dan tahunnya.", r=answer.short)
    if answer.unread:
        yield say(
            "Tidak dapat dibaca, jadi tidak ikut dicari: {files}. Lihat: tertib check.", files=", ".join(answer.unread)
        )


def _labelled(label: Message, text: str, lang: Lang, width: int) -> list[str]:
    word = f"   = {label.text(lang)}: "
    rows = textwrap.wrap(text, max(width - len(word), 30), break_long_words=False, break_on_hyphens=False) or [""]
    return [word + rows[0], *(" " * len(word) + row for row in rows[1:])]


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
