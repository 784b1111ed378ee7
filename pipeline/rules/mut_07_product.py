"""Hasil akhir bukan yang dijanjikan judul.

Apa: Sedikitnya satu output menyebut pokok judul.
Mengapa: SOP yang tidak pernah menghasilkan hal yang menjadi judulnya tidak mencapai tujuannya.
Salah: judul Penyusunan Renstra, output terakhir Laporan reses
Benar: judul Penyusunan Renstra, output terakhir Dokumen Renstra
Sumber: PermenPAN-RB 35/2012, SOP final: berakhir pada produk utama. Pokok judul dikenali dari kata-katanya, yang
tidak selalu tepat; karena itu peringatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_CLOSING = 3
"""The product may be made some rows before the last, which often files or announces it."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when no output, and none of the closing activities, names the topic of the title."""
    outputs = [output for step in sop.steps for output in step.outputs]
    if not ctx.topic.words or not outputs or ctx.topic.any_touches(outputs):
        return
    if ctx.topic.any_touches(step.activity for step in sop.steps[-_CLOSING:]):
        return
    row = max(row for row, step in enumerate(sop.steps) if step.outputs)
    yield Hit(
        ("langkah", row, "output"),
        say(
            'Hasil akhir "{o}" tidak berhubungan dengan judul "{t}".',
            o="; ".join(sop.steps[row].outputs),
            t=bare_title(sop.title),
        ),
        say("Tambahkan langkah yang menghasilkan produk judul, atau sesuaikan judul dengan hasilnya."),
    )


RULE = Rule(
    code="MUT-07",
    name="hasil-bukan-judul",
    severity=Severity.WARNING,
    summary=say("Hasil akhir bukan yang dijanjikan judul"),
    source="PermenPAN-RB 35/2012, SOP final",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
