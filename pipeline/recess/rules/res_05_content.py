"""Laporan reses tidak memuat isi wajib.

Apa: Setiap laporan memuat waktu dan tempat, apa yang disampaikan masyarakat, dan dokumentasi: diperiksa pada setiap
    pertemuan dan pada setiap anggota.
Mengapa: Laporan tanpa isi itu belum memenuhi kewajiban anggota kepada Pimpinan DPRD.
Salah: Pertemuan tanpa jam, tanpa foto, dan tanpa daftar hadir; anggota dengan pertemuan tetapi tanpa aspirasi
Benar: Pertemuan dengan tanggal, jam, tempat, desa, foto atau daftar hadir, dan aspirasi yang disampaikan di sana
Sumber: PP 12/2018 Pasal 88 ayat (5). Satu pertemuan tanpa aspirasi, atau tanpa nama desa, hanya peringatan: mungkin
    memang tidak ada yang disampaikan, dan tempatnya masih dapat dikenali.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.recess import MEETINGS, PROPOSALS, Meeting, Member
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.text import squash

_CONTENTS: tuple[tuple[str, Message, Callable[[Meeting], object], Severity], ...] = (
    ("tanggal", say("tanggal"), lambda m: m.date, Severity.ERROR),
    ("jam", say("jam"), lambda m: squash(m.time), Severity.ERROR),
    ("tempat", say("tempat"), lambda m: squash(m.venue), Severity.ERROR),
    ("desa", say("desa atau kelurahan"), lambda m: squash(m.village), Severity.WARNING),
    (
        "foto",
        say("dokumentasi (foto atau daftar hadir)"),
        lambda m: m.photos or m.attendance or m.attachments,
        Severity.ERROR,
    ),
)
_COMPLETE = say("Lengkapi; laporan wajib memuatnya.")


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each content that a meeting or a member lacks; what the reader told already is not told again."""
    heard = {row.meeting_id for row in ctx.recess.proposals}
    bare = {id for id, meetings in ctx.held.items() if id not in ctx.heard and not _any_in(meetings, heard)}
    if not ctx.whole(PROPOSALS):
        bare = set()
    yield from _members(ctx, bare)
    yield from _meetings(ctx, bare, heard)


def _any_in(meetings: Iterable[Meeting], heard: set[str]) -> bool:
    return any(meeting.id in heard for meeting in meetings)


def _meetings(ctx: RecessContext, bare: set[str], heard: set[str]) -> Iterator[Hit]:
    file = ctx.item.tables[MEETINGS].file
    told = {finding.place.cell for finding in ctx.item.findings if finding.place.file == file}
    known = ctx.members.keys() & bare
    for meeting in ctx.recess.meetings:
        for column, name, read, severity in _CONTENTS:
            if read(meeting) or not _has(ctx, meeting, column):
                continue
            spot = ctx.meeting(meeting, column)
            if ctx.place(spot).cell not in told:
                yield Hit(spot, say("pertemuan {m} tanpa {what}", m=meeting.id, what=name), _COMPLETE, severity)
        if meeting.id not in heard and meeting.member_id not in known and ctx.whole(PROPOSALS):
            yield Hit(
                ctx.meeting(meeting, "id"),
                say("pertemuan {m} tanpa aspirasi", m=meeting.id),
                say("Isi aspirasinya di aspirasi.csv, atau jelaskan di laporan anggota."),
                Severity.WARNING,
            )


def _has(ctx: RecessContext, meeting: Meeting, column: str) -> bool:
    """Is the column there? A column that is missing is told once for the table, not for each row."""
    if column == "foto":
        return True
    return ctx.cell(MEETINGS, meeting.row, column) != ctx.cell(MEETINGS, meeting.row)


def _members(ctx: RecessContext, bare: set[str]) -> Iterator[Hit]:
    for member in ctx.members.values():
        if member.id in bare:
            yield Hit(
                ctx.member(member, "id"),
                say(
                    "{name} ({id_}) punya {n} pertemuan, tetapi tidak satu pun aspirasi",
                    name=member.name,
                    id_=member.id,
                    n=len(ctx.held[member.id]),
                ),
                say("Isi aspirasinya di aspirasi.csv; laporan wajib memuat apa yang disampaikan masyarakat."),
            )
        elif _nowhere(ctx, member):
            yield Hit(
                ctx.member(member, "id"),
                say(
                    "{name} ({id_}) punya {n} aspirasi, tetapi tidak satu pun pertemuan",
                    name=member.name,
                    id_=member.id,
                    n=len(ctx.heard[member.id]),
                ),
                say("Isi pertemuannya di pertemuan.csv; laporan wajib memuat waktu, tempat, dan dokumentasi."),
            )


def _nowhere(ctx: RecessContext, member: Member) -> bool:
    """Did the member hear proposals without any meeting that is known, own or of others?"""
    if member.id in ctx.held or not ctx.whole(MEETINGS):
        return False
    rows = ctx.heard.get(member.id, ())
    return bool(rows) and not any(row.meeting_id in ctx.meetings for row in rows)


RULE = Rule(
    code="RES-05",
    name="laporan-tidak-lengkap",
    severity=Severity.ERROR,
    about=say("Laporan tidak memuat waktu, tempat, aspirasi masyarakat, atau dokumentasi."),
    source="PP 12/2018 Pasal 88 ayat (5)",
    doc=__doc__,
    check=check,
)
