"""Agenda reses tidak diumumkan.

Apa: Sekretaris DPRD mengumumkan agenda reses paling lambat 3 hari sebelum reses.
Mengapa: Masyarakat harus tahu kapan dan di mana menyampaikan aspirasi.
Salah: SOP reses tanpa langkah pengumuman; Mengumumkan agenda reses 1 hari sebelum pelaksanaan
Benar: Mengumumkan agenda reses paling lambat 3 hari sebelum pelaksanaan (Sekretaris DPRD)
Sumber: PP 12/2018 Pasal 88.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.recess_days import recess_rows
from pipeline.rules.shapes import numbered

_ANNOUNCE = re.compile(r"\b(?:mengumumkan|diumumkan|mempublikasikan|memublikasikan|pengumuman)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:(\d+)\s*(?:\([^)]*\)\s*)?hari(?:\s+kerja|\s+kalender)?\s+sebelum(?!\s+rapat)|H\s*[-–]\s*(\d+))",
    re.IGNORECASE,
)
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
        return
    yield Hit(
        ("langkah", held[0]),
        say("Tidak ada langkah Sekretaris DPRD mengumumkan agenda reses sebelum reses dilaksanakan."),
        say(
            'Tambahkan langkah "Mengumumkan agenda reses paling lambat 3 hari sebelum pelaksanaan" '
            "(pelaksana: Sekretaris DPRD)."
        ),
    )


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
