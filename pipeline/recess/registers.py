"""Rule RES-09: rows refer to members and meetings that exist, and say the same as the register about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from pipeline.model import recess_rules as rules
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Message, say
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, Meeting, Member, Proposal, Recess, RecessInput
from pipeline.recess.text import squash

_STATED: tuple[tuple[str, Callable[[Proposal], str], Callable[[Member], str]], ...] = (
    ("fraksi", lambda row: row.fraction, lambda member: member.fraction),
    ("dapil", lambda row: row.district, lambda member: member.district),
)
_MINORITY = 5
"""A kecamatan counts as that of another dapil when so many times more meetings say so."""


def registers(item: RecessInput, recess: Recess) -> Iterator[Finding]:
    """Unknown members and meetings, and rows that contradict the register."""
    members = {member.id: member for member in recess.members}
    meetings = {meeting.id: meeting for meeting in recess.meetings}
    for meeting in recess.meetings:
        if meeting.member_id not in members and MEMBERS not in item.partial:
            yield _unknown_member(item, MEETINGS, meeting.row, meeting.member_id)
    for proposal in recess.proposals:
        yield from _proposal(item, proposal, members, meetings)
    yield from _subdistricts(item, recess, members)


def _proposal(
    item: RecessInput, row: Proposal, members: Mapping[str, Member], meetings: Mapping[str, Meeting]
) -> Iterator[Finding]:
    member = members.get(row.member_id)
    meeting = meetings.get(row.meeting_id)
    if member is None and row.member_id and MEMBERS not in item.partial:
        yield _unknown_member(item, PROPOSALS, row.row, row.member_id)
    if meeting is None and row.meeting_id and MEETINGS not in item.partial:
        yield _finding(
            item,
            PROPOSALS,
            row.row,
            "pertemuan_id",
            say("pertemuan `{v}` tidak ada di pertemuan.csv", v=row.meeting_id),
            say("Perbaiki id, atau tambahkan pertemuan itu."),
        )
    if meeting is not None and row.member_id and meeting.member_id != row.member_id:
        yield _finding(
            item,
            PROPOSALS,
            row.row,
            "anggota_id",
            say(
                "aspirasi ini atas nama `{a}`, tetapi pertemuan {m} diadakan `{b}`",
                a=row.member_id,
                b=meeting.member_id,
                m=meeting.id,
            ),
            say("Perbaiki `anggota_id` atau `pertemuan_id`; sampai itu aspirasi dihitung pada `anggota_id`."),
        )
    if member is not None:
        yield from _stated(item, row, member)


def _stated(item: RecessInput, row: Proposal, member: Member) -> Iterator[Finding]:
    for column, said, registered in _STATED:
        if said(row) and squash(said(row)) != squash(registered(member)):
            yield _finding(
                item,
                PROPOSALS,
                row.row,
                column,
                say(
                    "{c} `{v}`, sedangkan {name} di anggota.csv: `{r}`",
                    c=column,
                    v=said(row),
                    name=member.name,
                    r=registered(member),
                ),
                say("Samakan; yang dipakai adalah isi anggota.csv."),
            )


def _subdistricts(item: RecessInput, recess: Recess, members: Mapping[str, Member]) -> Iterator[Finding]:
    """A meeting in a kecamatan that nearly all others place in another dapil. Only a warning: a city may split one."""
    counts: dict[str, Counter[str]] = {}
    for meeting in recess.meetings:
        member = members.get(meeting.member_id)
        if member is not None and member.district and meeting.subdistrict:
            counts.setdefault(squash(meeting.subdistrict), Counter())[member.district] += 1
    for meeting in recess.meetings:
        member = members.get(meeting.member_id)
        places = counts.get(squash(meeting.subdistrict), Counter())
        if member is None or len(places) < 2:
            continue
        usual, most = places.most_common(1)[0]
        if places[member.district] * _MINORITY <= most:
            yield _finding(
                item,
                MEETINGS,
                meeting.row,
                "kecamatan",
                say(
                    "Kecamatan {k} biasanya {usual}, sedangkan {name} dari {own}",
                    k=meeting.subdistrict,
                    usual=usual,
                    name=member.name,
                    own=member.district,
                ),
                say("Periksa kecamatan atau anggotanya."),
                Severity.WARNING,
            )


def _unknown_member(item: RecessInput, table: str, row: int, member: str) -> Finding:
    return _finding(
        item,
        table,
        row,
        "anggota_id",
        say("anggota `{v}` tidak ada di anggota.csv", v=member) if member else say("anggota belum disebut"),
        say(
            "Perbaiki id, atau tambahkan anggota itu. Satu baris untuk satu anggota; aspirasi yang didengar "
            "beberapa anggota ditulis pada beberapa baris."
        ),
    )


def _finding(
    item: RecessInput,
    table: str,
    row: int,
    column: str,
    message: Message,
    help: Message,
    severity: Severity | None = None,
) -> Finding:
    place = item.tables[table].place(row, column)
    return rules.REGISTER.finding(place, message, help, document=item.id, severity=severity)
