"""Persetujuan tanpa keputusan.

Apa: SOP dengan lebih dari enam langkah yang memuat persetujuan atau pengesahan biasanya mempunyai sedikitnya satu
    keputusan.
Mengapa: Persetujuan dapat ditolak; bila tidak ada belah ketupat, tidak tertulis apa yang terjadi sesudah penolakan.
Salah: delapan langkah, langkah 6 Mengesahkan laporan, tanpa keputusan
Benar: langkah 5 Memeriksa laporan, keputusan, ya: 6, tidak: 4
Sumber: Konvensi; PermenPAN-RB 35/2012, simbol belah ketupat.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import decides, numbered

_FEWEST = 7
_APPROVAL = ("setuju", "mengesahkan", "pengesahan", "menandatangani", "memaraf")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit at the first approval of a long SOP that decides nowhere, unless KEG-08 names a row that should."""
    if len(sop.steps) < _FEWEST or any(step.decides for step in sop.steps):
        return
    if any(decides(step, sentence) for step, sentence in zip(sop.steps, ctx.sentences, strict=True)):
        return
    for row, step in enumerate(sop.steps):
        if any(word in step.activity.lower() for word in _APPROVAL):
            yield Hit(
                ("langkah", row, "kegiatan"),
                say(
                    "Langkah {n} memuat persetujuan, tetapi tidak satu pun dari {c} langkah adalah keputusan.",
                    n=numbered(step, row),
                    c=len(sop.steps),
                ),
                say("Bila persetujuan itu dapat ditolak, isi ya dan tidak pada langkah yang memutuskan."),
            )
            return


RULE = Rule(
    code="ALR-09",
    name="persetujuan-tanpa-keputusan",
    severity=Severity.INFO,
    summary=say("SOP panjang dengan persetujuan tanpa keputusan"),
    source="Konvensi; simbol belah ketupat",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
