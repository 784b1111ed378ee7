"""Agenda reses tidak diumumkan.

Apa: Sekretaris DPRD mengumumkan agenda reses paling lambat 3 hari sebelum reses.
Mengapa: Masyarakat harus tahu kapan dan di mana menyampaikan aspirasi.
Salah: SOP reses tanpa langkah pengumuman; Mengumumkan agenda reses 1 hari sebelum pelaksanaan; diumumkan oleh
    Pimpinan DPRD
Benar: Mengumumkan agenda reses paling lambat 3 hari sebelum pelaksanaan (Sekretaris DPRD)
Sumber: PP 12/2018 Pasal 88. Bila pejabat lain yang mengumumkan, menjadi peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.model.told import told_list
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.parties import doers
from pipeline.rules.recess_days import recess_rows
from pipeline.rules.shapes import numbered
from pipeline.rules.signers import acting

_ANNOUNCE = re.compile(r"\b(?:mengumumkan|diumumkan|mempublikasikan|memublikasikan|pengumuman)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(r"\b(?:mengumumkan|diumumkan|mempublikasikan|memublikasikan)\b", re.IGNORECASE)
"""Said of who announces; "pengumuman" alone may be what others draft."""
_BEFORE = re.compile(
    r"\b(?:(\d+)\s*(?:\([^)]*\)\s*)?hari(?:\s+kerja|\s+kalender)?\s+sebelum(?!\s+rapat)|H\s*[-–]\s*(\d+))",
    re.IGNORECASE,
)
_ANNOUNCER = re.compile(r"\b(?:(?:sekretaris|sekretariat) (?:dprd|dewan)|sekwan|setwan)\b", re.IGNORECASE)
_LEAST = 3
"""Days from the announcement to the recess."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit for an SOP in which a recess is held and nobody announces it before, or says that it is done too late."""
    held = recess_rows(sop)
    if ctx.narrative or not held:
        return
    rows = [row for row in range(held[0]) if _ANNOUNCE.search(" ".join(_said(sop.steps[row])))]
    stated = [(days, row) for row in rows if (days := _days_before(sop.steps[row])) is not None]
    if rows and stated and max(stated)[0] < _LEAST:
        yield _late(sop, *max(stated))
    if rows:
        yield from _by_another(sop, ctx, rows)
        return
    yield Hit(
        ("langkah", held[0]),
        say("Tidak ada langkah Sekretaris DPRD mengumumkan agenda reses sebelum reses dilaksanakan."),
        say(
            'Tambahkan langkah "Mengumumkan agenda reses paling lambat 3 hari sebelum pelaksanaan" '
            "(pelaksana: Sekretaris DPRD)."
        ),
    )


def _by_another(sop: Sop, ctx: Context, rows: list[int]) -> Iterator[Hit]:
    """One hit for the first row in which others announce it, when the Sekretaris DPRD does so in none."""
    actors = {row: _actors(sop, ctx, row) for row in rows}
    if any(_ANNOUNCER.search("; ".join((sop.steps[row].activity, *each))) for row, each in actors.items()):
        return
    row = next((row for row in rows if actors[row] and _ANNOUNCES.search(sop.steps[row].activity)), None)
    if row is not None:
        yield Hit(
            ("langkah", row, "kegiatan"),
            say(
                "Pada langkah {n} agenda reses diumumkan oleh {a}, bukan oleh Sekretaris DPRD.",
                n=numbered(sop.steps[row], row),
                a=told_list(actors[row]),
            ),
            say("Jadikan Sekretaris DPRD pelaksana pengumuman itu; yang lain dapat menyiapkan naskahnya."),
            severity=Severity.WARNING,
        )


def _actors(sop: Sop, ctx: Context, row: int) -> tuple[str, ...]:
    """Who is marked or named as acting in the row, by their known names, without Plt. and the like."""
    named = (party.name or party.written for party in doers(ctx.sentences[row].clauses[0], ctx.names))
    offices = (acting(name).office for name in (*sop.steps[row].actors, *named))
    return tuple(dict.fromkeys(ctx.names.resolve(office) or office for office in offices))


def _said(step: Step) -> tuple[str, ...]:
    return (step.activity, *step.outputs)


def _days_before(step: Step) -> int | None:
    """How many days before the recess the row says that it is announced, None when it does not say."""
    found = _BEFORE.search(" ".join((*_said(step), step.remark)))
    return int(found[1] or found[2]) if found else None


def _late(sop: Sop, days: int, row: int) -> Hit:
    return Hit(
        ("langkah", row, "kegiatan"),
        say(
            "Langkah {n} mengumumkan agenda reses {d} hari sebelum reses; batasnya 3 hari.",
            n=numbered(sop.steps[row], row),
            d=days,
        ),
        say('Tulis "paling lambat 3 hari sebelum pelaksanaan reses".'),
    )


RULE = Rule(
    code="RES-04",
    name="reses-tanpa-pengumuman",
    severity=Severity.ERROR,
    summary=say("Agenda reses tidak diumumkan"),
    source="PP 12/2018 Pasal 88",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
