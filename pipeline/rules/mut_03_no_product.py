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
                    say(
                        id='Output langkah {n}, "{o}", bukan dokumen atau produk.',
                        en='The output of step {n}, "{o}", is no document or product.',
                        n=numbered(step, row),
                        o=output,
                    ),
                    advice,
                    span=(0, len(output)),
                )


def _advice(head: str, output: str) -> Message | None:
    rest = output if output.isupper() else output[:1].lower() + output[1:]
    if head in words("activity"):
        return say(
            id='Tulis bukti bahwa kegiatan itu selesai, misalnya "Laporan {o}", "Berita acara {o}", atau "Daftar '
            'hadir {o}".',
            en='Write what proves that the activity is done, for example "Laporan {o}", "Berita acara {o}" or "Daftar '
            'hadir {o}".',
            o=rest,
        )
    if head in words("utterance"):
        return say(
            id='Tulis dokumen yang memuatnya, misalnya "Catatan {o}".',
            en='Write the document that holds it, for example "Catatan {o}".',
            o=rest,
        )
    if _STATE.match(head):
        return say(
            id="Tulis benda atau dokumen yang membuktikannya, misalnya bukti terima, berita acara, atau laporan.",
            en="Write the thing or document that proves it, for example a receipt, minutes or a report.",
        )
    return None


RULE = Rule(
    code="MUT-03",
    name="output-bukan-produk",
    severity=Severity.WARNING,
    summary=say(id="Output bukan dokumen atau produk", en="An output is no document or product"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
