"""Kegiatan terlalu panjang atau terlalu pendek.

Apa: Kegiatan memakai 2 sampai 30 kata.
Mengapa: Satu kata tidak menyebut apa yang dikerjakan; kalimat panjang biasanya memuat dua kegiatan dan membuat baris
    terlalu tinggi.
Salah: Rapat
Benar: Melaksanakan rapat persiapan
Sumber: Konvensi kalimat kegiatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered

_FEWEST, _MOST = 2, 30


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per activity of one word or of more than thirty; an empty one is told elsewhere."""
    for row, step in enumerate(sop.steps):
        count = len(step.activity.split())
        if not count or _FEWEST <= count <= _MOST:
            continue
        yield Hit(
            ("langkah", row, "kegiatan"),
            say(
                id="Kegiatan pada langkah {n} memakai {c} kata.",
                en="The activity of step {n} has {c} words.",
                n=numbered(step, row),
                c=count,
            ),
            say(
                id="Persingkat; pindahkan rincian ke keterangan, atau pecah menjadi beberapa langkah.",
                en="Shorten it; move details to keterangan, or split it into several steps.",
            )
            if count > _MOST
            else say(id="Sebutkan apa yang dikerjakan dan terhadap apa.", en="Say what is done, and to what."),
        )


RULE = Rule(
    code="KEG-05",
    name="panjang-kegiatan",
    severity=Severity.INFO,
    summary=say(id="Kegiatan terlalu panjang atau terlalu pendek", en="An activity is too long or too short"),
    source="Konvensi kalimat kegiatan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
