"""Keputusan digambar sebagai proses.

Apa: Menyetujui, menolak, memeriksa, memverifikasi, meneliti, atau mengoreksi mempunyai dua hasil: Ya dan Tidak.
Mengapa: Tanpa belah ketupat, tidak tertulis apa yang terjadi bila tidak disetujui.
Salah: Memberi persetujuan (jenis proses)
Benar: Memberi persetujuan (jenis keputusan, ya: 3, tidak: 1)
Sumber: PermenPAN-RB 35/2012, simbol belah ketupat. Langkah yang langsung menuju sebuah keputusan, dan yang melaksanakan
    keputusan sebelumnya, tidak dilaporkan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import decides, numbered

_CARRYING_OUT = frozenset(("menyetujui", "menolak", "memberi", "memberikan", "disetujui", "ditolak"))


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per process row that decides; a row that leads straight to a decision row is its first half, and an
    approval or rejection that only a decision leads to carries out what that has decided."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if step.decides or not decides(step, sentence):
            continue
        if any(sop.steps[after].decides for after in ctx.flow.successors(row)) or _decided_before(sop, ctx, row):
            continue
        yield Hit(
            ("langkah", row, "kegiatan"),
            say(
                'Langkah {n} ("{v}") adalah keputusan, tetapi tidak bercabang Ya dan Tidak.',
                n=numbered(step, row),
                v=f"{sentence.verb} persetujuan" if sentence.verb.startswith("memberi") else sentence.verb,
            ),
            say("Isi kolom ya dan tidak dengan nomor langkah tujuan (tidak biasanya kembali untuk perbaikan)."),
        )


def _decided_before(sop: Sop, ctx: Context, row: int) -> bool:
    if ctx.sentences[row].verb not in _CARRYING_OUT:
        return False
    sources = [edge.source for edge in ctx.flow.edges if edge.target == row]
    return bool(sources) and all(sop.steps[source].decides for source in sources)


RULE = Rule(
    code="KEG-08",
    name="keputusan-tanpa-cabang",
    severity=Severity.WARNING,
    summary=say("Keputusan digambar sebagai proses"),
    source="PermenPAN-RB 35/2012, simbol belah ketupat",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
