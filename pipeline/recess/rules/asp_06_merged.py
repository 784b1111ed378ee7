"""Beberapa aspirasi digabung karena mirip, bukan karena sama persis.

Apa: Aspirasi untuk desa dan bidang yang sama digabung menjadi satu usulan bila uraian, nama, nomor, pekerjaan, dan
    volumenya tidak berbeda. Yang uraiannya tidak sama persis disebut di sini agar dapat diperiksa.
Mengapa: Penggabungan yang keliru menyembunyikan permintaan warga; yang terlewat menghitungnya dua kali.
Salah: U0010 "Rehab jembatan yang rapuh" digabung dengan U0132 "Perbaikan jembatan", padahal dua jembatan
Benar: Keduanya ditulis pada `pisah` di reses.yaml, atau lokasinya dibedakan
Sumber: Konvensi. Hanya catatan. Bila memang sama, tulis keduanya pada `gabung`; catatan ini lalu tidak muncul lagi.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.finding import Confidence, Related, Severity
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.recess import Proposal
from pipeline.recess.needs import Doubt, doubtful, merged
from pipeline.recess.rules.base import Hit, RecessContext, Rule

_SINGLY = 20
_NAMED = 10
_HELP = say("Bila berbeda, tulis keduanya pada `pisah` di reses.yaml; bila sama, pada `gabung`.")


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each of the least similar rows that were merged, and one with the number of the others."""
    doubts = doubtful(merged(ctx.recess))
    for doubt in doubts[:_SINGLY]:
        message = say(
            "{a} dan {b} dianggap usulan yang sama (kemiripan {n} %)",
            a=_name(doubt.lead),
            b=_name(doubt.row),
            n=doubt.score,
        )
        related = (Related(ctx.place(ctx.proposal(doubt.lead, "uraian")), say("usulan pertama")),)
        yield Hit(ctx.place(ctx.proposal(doubt.row, "uraian")), message, _HELP, related=related)
    if len(doubts) > _SINGLY:
        yield _rest(ctx, doubts[_SINGLY:])


def _rest(ctx: RecessContext, doubts: Sequence[Doubt]) -> Hit:
    more = len(doubts) - _NAMED
    message = say(
        "{n} aspirasi lain juga digabung karena mirip: {names}{more}",
        n=len(doubts),
        names=", ".join(
            f"{doubt.lead.id or doubt.lead.row} = {doubt.row.id or doubt.row.row}" for doubt in doubts[:_NAMED]
        ),
        more=say(", dan {n} lagi", n=more) if more > 0 else NOTHING,
    )
    return Hit(ctx.place(ctx.proposal(doubts[0].row, "uraian")), message, _HELP)


def _name(row: Proposal) -> Message:
    return say("{id} (baris {n})", id=row.id, n=row.row) if row.id else say("baris {n}", n=row.row)


RULE = Rule(
    code="ASP-06",
    name="usulan-digabung",
    severity=Severity.INFO,
    about=say("Beberapa aspirasi digabung menjadi satu usulan karena mirip."),
    source="konvensi",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
