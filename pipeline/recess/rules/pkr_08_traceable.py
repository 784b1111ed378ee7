"""Usulan tidak dapat ditelusuri ke pertemuan reses.

Apa: Usulan yang dimasukkan ke SIPD menyebut pertemuan tempat ia disampaikan (`pertemuan_id`), kecuali bila kolom
    `sumber` menyatakan bahwa ia tidak berasal dari reses.
Mengapa: Pokok-pokok pikiran dari reses harus dapat ditunjukkan asalnya.
Salah: pertemuan_id kosong, sumber reses
Benar: pertemuan_id P014, sumber reses
Sumber: Isian id_reses pada usulan SIPD; Permendagri 86/2017 Pasal 78.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row that names no meeting; one that names an unknown one is told by RES-09."""
    found = Gathered()
    rows = [row for _, row in planned(ctx) if not row.origin.strip() or "reses" in row.origin.casefold()]
    for row in rows:
        if not row.meeting_id:
            found.add("pertemuan", row, _hit, ctx)
    yield from found.hits(len(rows))


def _hit(ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "pertemuan_id"),
        say("usulan ini tidak menyebut pertemuan reses asalnya"),
        say("Isi `pertemuan_id`; bila bukan dari reses, isi `sumber` (tatap muka, surat, atau lainnya)."),
    )


RULE = Rule(
    code="PKR-08",
    name="tanpa-pertemuan",
    severity=Severity.WARNING,
    about=say("Usulan tidak dapat ditelusuri ke pertemuan reses."),
    source="isian usulan pokok-pokok pikiran DPRD (SIPD)",
    doc=__doc__,
    check=check,
)
