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
            say("Kegiatan pada langkah {n} memakai {c} kata.", n=numbered(step, row), c=count),
            say("Persingkat; pindahkan rincian ke keterangan, atau pecah menjadi beberapa langkah.")
            if count > _MOST
            else say("Sebutkan apa yang dikerjakan dan terhadap apa."),
        )


RULE = Rule(
    code="KEG-05",
    name="panjang-kegiatan",
    severity=Severity.INFO,
    summary=say("Kegiatan terlalu panjang atau terlalu pendek"),
    source="Konvensi kalimat kegiatan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
