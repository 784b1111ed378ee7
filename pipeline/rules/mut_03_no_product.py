"""Output bukan dokumen atau produk.

Apa: Output menyebut sesuatu yang dapat ditunjukkan: dokumen, data, atau barang.
Mengapa: Nama kegiatan ("Reses"), ucapan ("Keluhan masyarakat"), atau keadaan ("Terlaksananya rapat") tidak dapat
diperiksa sebagai hasil, dan tidak dapat menjadi kelengkapan langkah berikutnya.
Salah: Melaksanakan reses | output Reses
Benar: Melaksanakan reses | output Daftar hadir peserta reses; dokumentasi reses
Sumber: Konvensi penyusunan SOP; karena itu peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered
from pipeline.rules.vocabulary import words

_HEAD = re.compile(r"[^\W\d_]+")
_STATE = re.compile(r"(?:ter|di)\w{3,}nya$")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per output whose first word names an activity, an utterance or a state."""
    for row, step in enumerate(sop.steps):
        for index, output in enumerate(step.outputs):
            head = _HEAD.match(output)
            advice = _advice(head.group().lower(), output) if head else None
            if head is not None and advice is not None:
                yield Hit(
                    ("langkah", row, "output", index),
                    say('Output langkah {n}, "{o}", bukan dokumen atau produk.', n=numbered(step, row), o=output),
                    advice,
                    span=(0, len(output)),
                )


def _advice(head: str, output: str) -> Message | None:
    rest = output if output.isupper() else output[:1].lower() + output[1:]
    if head in words("activity"):
        return say(
            'Tulis bukti bahwa kegiatan itu selesai, misalnya "Laporan {o}", "Berita acara {o}", atau "Daftar '
            'hadir {o}".',
            o=rest,
        )
    if head in words("utterance"):
        return say('Tulis dokumen yang memuatnya, misalnya "Catatan {o}".', o=rest)
    if _STATE.match(head):
        return say("Tulis benda atau dokumen yang membuktikannya, misalnya bukti terima, berita acara, atau laporan.")
    return None


RULE = Rule(
    code="MUT-03",
    name="output-bukan-produk",
    severity=Severity.WARNING,
    summary=say("Output bukan dokumen atau produk"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
