"""Usulan tidak dikaitkan dengan program RPJMD.

Apa: Usulan yang dimasukkan ke SIPD menyebut program RPJMD yang didukungnya (`program`).
Mengapa: Pokok-pokok pikiran diselaraskan dengan sasaran RPJMD; yang tidak selaras tidak masuk RKPD.
Salah: program kosong
Benar: program Program Pengelolaan dan Pengembangan Sistem Drainase
Sumber: Permendagri 86/2017 Pasal 78.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row without a programme."""
    found = Gathered()
    rows = planned(ctx)
    for _, row in rows:
        if not row.programme.strip(" -–"):
            found.add("program", row, _hit, ctx)
    yield from found.hits(len(rows))


def _hit(ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "program"),
        say("usulan ini tanpa program RPJMD"),
        say("Isi `program` dengan nama program RPJMD yang didukung usulan ini."),
    )


RULE = Rule(
    code="PKR-09",
    name="tanpa-program",
    severity=Severity.WARNING,
    about=say("Usulan tidak dikaitkan dengan program RPJMD."),
    source="Permendagri 86/2017 Pasal 78",
    doc=__doc__,
    check=check,
)
