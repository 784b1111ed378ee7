"""Penerima tidak pernah bertindak.

Apa: Jabatan yang menerima sesuatu ("kepada ...") mempunyai langkah; yang diberi tugas ("mendisposisikan kepada ...")
    mempunyai langkah sesudahnya.
Mengapa: Berkas berhenti pada penerima; tidak tertulis siapa yang meneruskannya.
Salah: Menyampaikan rencana kepada Kepala Bagian Umum (yang tidak mempunyai langkah)
Benar: langkah berikutnya dikerjakan Kepala Bagian Umum: Menyiapkan administrasi
Sumber: Kesinambungan bagan alir (PermenPAN-RB 35/2012).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.handover import acting_columns, idle_assignments, meant_columns, receiving_columns
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per column that receives but never acts, at the row that hands over, and per task given to one who does
    not act after it."""
    acting = acting_columns(sop)
    meant = meant_columns(sop)
    for column, row in sorted(receiving_columns(ctx).items()):
        if column in acting or column in meant or not acting:
            continue
        yield Hit(
            ("langkah", row, "kegiatan"),
            say(
                'Langkah {n} menyerahkan kepada "{a}", tetapi "{a}" tidak pernah bertindak.',
                n=numbered(sop.steps[row], row),
                a=sop.actors[column],
            ),
            say("Tambahkan langkah yang dikerjakan penerima, atau hapus kolomnya bila ia hanya diberi tahu."),
            related=(Pointer(("pelaksana", column), say("kolomnya")),),
        )
    for row, column in idle_assignments(sop, ctx):
        yield Hit(
            ("langkah", row, "kegiatan"),
            say(
                'Langkah {n} memberi tugas kepada "{a}", tetapi sesudahnya "{a}" tidak mempunyai langkah.',
                n=numbered(sop.steps[row], row),
                a=sop.actors[column],
            ),
            say("Tambahkan langkah yang dikerjakannya, atau arahkan alur ke langkahnya (lanjut, ya, tidak)."),
        )


RULE = Rule(
    code="PLK-13",
    name="penerima-tidak-bertindak",
    severity=Severity.WARNING,
    summary=say("Penerima tidak pernah bertindak"),
    source="PermenPAN-RB 35/2012, bagan alir",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
