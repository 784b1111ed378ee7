"""Anggota tidak menyampaikan hasil reses.

Apa: Setiap anggota di anggota.csv punya pertemuan atau aspirasi.
Mengapa: Anggota wajib melaporkan hasil reses, dan tanpa laporan tidak dapat melaksanakan reses berikutnya.
Salah: Anggota di anggota.csv tanpa satu baris pun di pertemuan.csv dan aspirasi.csv
Benar: Anggota dengan sedikitnya satu pertemuan dan aspirasinya
Sumber: PP 12/2018 Pasal 88 ayat (5) dan (6)
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.recess import MEETINGS, PROPOSALS
from pipeline.recess.rules.base import Hit, RecessContext, Rule


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each member of the register without any row."""
    if not ctx.whole(MEETINGS, PROPOSALS):
        return
    for member in ctx.members.values():
        if member.id not in ctx.held and member.id not in ctx.heard:
            yield Hit(
                ctx.member(member, "id"),
                say("{name} ({id_}) tidak punya pertemuan maupun aspirasi", name=member.name, id_=member.id),
                say(
                    "Minta laporannya: menurut PP 12/2018 Pasal 88 ayat (6) anggota yang tidak melapor tidak dapat "
                    "melaksanakan reses berikutnya."
                ),
            )


RULE = Rule(
    code="RES-13",
    name="anggota-tanpa-laporan",
    severity=Severity.WARNING,
    about=say("Anggota tidak menyampaikan hasil reses."),
    source="PP 12/2018 Pasal 88 ayat (5) dan (6)",
    doc=__doc__,
    check=check,
)
