"""Anggota belum melaporkan reses sebelumnya.

Apa: Anggota yang tidak menyampaikan laporan reses sebelumnya tidak melaksanakan reses berikutnya. Reses sebelumnya
    dibaca dari folder `reses/` kantor ini; anggota tanpa pertemuan dan tanpa aspirasi di sana dianggap belum melapor.
Mengapa: Reses yang dilaksanakan tanpa hak dapat diminta kembali biayanya.
Salah: Anggota tanpa satu baris pun pada masa 1, tetapi mengadakan pertemuan pada masa 2
Benar: Laporan masa 1 dilengkapi dahulu, lalu reses masa 2 dilaksanakan
Sumber: PP 12/2018 Pasal 88 ayat (6). Peringatan, karena laporannya mungkin sudah ada di luar data ini.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Related, Severity
from pipeline.model.message import say
from pipeline.model.recess import Earlier, Member
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.text import squash


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each member who holds meetings now and did not report last time; one when nobody did."""
    earlier = ctx.history.earlier
    if earlier is None or not earlier.members:
        return
    folder = earlier.held.id.rpartition("/")[2]
    if not earlier.reported:
        yield Hit(
            ctx.key(),
            say("tidak satu pun anggota melaporkan reses sebelumnya (folder `{f}`)", f=folder),
            say("Lengkapi data di folder itu, atau pilih reses lain sebagai `pembanding` di reses.yaml."),
        )
        return
    silent = _silent(earlier)
    for member in ctx.members.values():
        meetings = ctx.held.get(member.id, ())
        if meetings and _is_silent(member, silent, earlier):
            yield Hit(
                ctx.member(member, "id"),
                say(
                    "{name} ({id_}) belum melaporkan reses sebelumnya (folder `{f}`), tetapi mengadakan {n} pertemuan",
                    name=member.name,
                    id_=member.id,
                    f=folder,
                    n=len(meetings),
                ),
                say(
                    "Minta laporan itu lebih dahulu: menurut PP 12/2018 Pasal 88 ayat (6) anggota yang tidak melapor "
                    "tidak dapat melaksanakan reses berikutnya. Bila sudah melapor, lengkapi datanya di folder itu."
                ),
                related=(Related(ctx.place(ctx.meeting(meetings[0], "anggota_id")), say("pertemuan pertamanya")),),
            )


def _silent(earlier: Earlier) -> dict[str, str]:
    """Those who did not report, by name; one who reported under another id is not among them."""
    reported = {squash(earlier.members.get(id, "")) for id in earlier.reported}
    found = {squash(name): id for id, name in earlier.members.items() if id not in earlier.reported}
    return {name: id for name, id in found.items() if name not in reported}


def _is_silent(member: Member, silent: dict[str, str], earlier: Earlier) -> bool:
    """People are known by their names: ids may be given anew each time. Without a name the id decides."""
    name = squash(member.name)
    if name:
        return name in silent
    return member.id in earlier.members and member.id not in earlier.reported


RULE = Rule(
    code="RES-07",
    name="laporan-sebelumnya-belum-ada",
    severity=Severity.WARNING,
    about=say("Anggota mengadakan reses, padahal belum melaporkan reses sebelumnya."),
    source="PP 12/2018 Pasal 88 ayat (6)",
    doc=__doc__,
    check=check,
)
