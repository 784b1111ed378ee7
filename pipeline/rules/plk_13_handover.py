"""Penerima tidak pernah bertindak.

Apa: Jabatan yang menerima sesuatu ("kepada ...") mengerjakan langkah berikutnya atau langkah kemudian.
Mengapa: Berkas berhenti pada penerima; tidak tertulis siapa yang meneruskannya.
Salah: Menyampaikan rencana kepada Kepala Bagian Umum (yang tidak mempunyai langkah)
Benar: langkah berikutnya dikerjakan Kepala Bagian Umum: Menyiapkan administrasi
Sumber: Kesinambungan bagan alir (PermenPAN-RB 35/2012).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.handover import acting_columns, meant_columns, receiving_columns
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per column that receives but never acts, at the row that hands over."""
    acting = acting_columns(sop)
    meant = meant_columns(sop)
    for column, row in sorted(receiving_columns(sop, ctx).items()):
        if column in acting or column in meant or not acting:
            continue
        yield Hit(
            ("langkah", row, "kegiatan"),
            say(
                id='Langkah {n} menyerahkan kepada "{a}", tetapi "{a}" tidak pernah bertindak.',
                en='Step {n} hands over to "{a}", but "{a}" never acts.',
                n=numbered(sop.steps[row], row),
                a=sop.actors[column],
            ),
            say(
                id="Tambahkan langkah yang dikerjakan penerima, atau hapus kolomnya bila ia hanya diberi tahu.",
                en="Add the step the receiver does, or remove the column if it is only informed.",
            ),
            related=(Pointer(("pelaksana", column), say(id="kolomnya", en="its column")),),
        )


RULE = Rule(
    code="PLK-13",
    name="penerima-tidak-bertindak",
    severity=Severity.WARNING,
    summary=say(id="Penerima tidak pernah bertindak", en="A receiver never acts"),
    source="PermenPAN-RB 35/2012, bagan alir",
    doc=__doc__,
    check=check,
)
