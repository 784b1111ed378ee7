"""Istilah DPRD keliru.

Apa: Rapat seluruh anggota DPRD disebut Rapat Paripurna.
Mengapa: "Sidang Paripurna" bukan istilah dalam undang-undang untuk DPRD.
Salah: Hasil pembahasan dibawa ke Sidang Paripurna
Benar: Membawa hasil pembahasan ke Rapat Paripurna
Sumber: UU 23/2014: rapat paripurna.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import texts

_TERM = re.compile(r"\bsidang\s+paripurna\b", re.IGNORECASE)


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per text with the wrong term."""
    for path, text in texts(sop):
        match = _TERM.search(text)
        if match:
            yield Hit(
                path,
                say(id='"{m}" bukan istilah untuk DPRD.', en='"{m}" is not the term for a council.', m=match.group()),
                say(id='Tulis "Rapat Paripurna".', en='Write "Rapat Paripurna".'),
            )


RULE = Rule(
    code="NAR-04",
    name="istilah-dprd",
    severity=Severity.WARNING,
    summary=say(id="Istilah DPRD keliru", en="A wrong term of the council"),
    source="UU 23/2014, rapat paripurna",
    doc=__doc__,
    check=check,
)
