"""Agenda reses tidak diumumkan.

Apa: Sekretaris DPRD mengumumkan agenda reses paling lambat 3 hari sebelum reses.
Mengapa: Masyarakat harus tahu kapan dan di mana menyampaikan aspirasi.
Salah: SOP reses tanpa langkah pengumuman
Benar: Mengumumkan agenda reses paling lambat 3 hari sebelum pelaksanaan (Sekretaris DPRD)
Sumber: PP 12/2018 Pasal 88.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.recess_days import recess_rows

_ANNOUNCE = re.compile(r"\b(?:mengumumkan|diumumkan|mempublikasikan|memublikasikan|pengumuman)\b", re.IGNORECASE)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit for an SOP in which a recess is held and nobody announces it before."""
    held = recess_rows(sop)
    if ctx.narrative or not held:
        return
    if any(_ANNOUNCE.search(" ".join((step.activity, *step.outputs))) for step in sop.steps):
        return
    yield Hit(
        ("langkah", held[0]),
        say("Tidak ada langkah Sekretaris DPRD mengumumkan agenda reses sebelum reses dilaksanakan."),
        say(
            'Tambahkan langkah "Mengumumkan agenda reses paling lambat 3 hari sebelum pelaksanaan" '
            "(pelaksana: Sekretaris DPRD)."
        ),
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
