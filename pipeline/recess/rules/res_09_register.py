"""Baris tidak cocok dengan daftar induk.

Apa: Anggota, pertemuan, fraksi, dapil, kecamatan, dan desa yang disebut suatu baris ada di daftar induknya dan
    mengatakan hal yang sama. Bila kantor punya wilayah.csv, kecamatan dan desa dicocokkan dengannya.
Mengapa: Baris yang tidak dikenali masuk ke kelompok yang salah, dan jumlah per dapil, fraksi, dan wilayah keliru.
Salah: anggota_id A99 yang tidak ada di anggota.csv; fraksi ditulis "F-Melati" dan "Fraksi Melati"; desa di kecamatan
    lain
Benar: anggota_id A09; satu ejaan untuk satu fraksi; desa dan kecamatan menurut wilayah.csv
Sumber: Konvensi; daerah pemilihan anggota dan daftar wilayah kantor. Yang hanya diduga (ejaan yang mirip, kecamatan
    yang biasanya milik dapil lain, usulan untuk wilayah di luar dapil anggotanya) menjadi peringatan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, joined, say
from pipeline.model.recess import MEETINGS, MEMBERS, Meeting, Member, Proposal
from pipeline.recess.rules.area_names import commission_key, district_key, fraction_key, place_key
from pipeline.recess.rules.areas import against_areas
from pipeline.recess.rules.base import Hit, RecessContext, Rule, Spot
from pipeline.recess.rules.nearness import Nearness
from pipeline.recess.rules.spellings import other_spellings
from pipeline.recess.rules.written_twice import written_twice
from pipeline.recess.text import squash

_STATED: tuple[tuple[str, Callable[[Proposal], str], Callable[[Member], str], Callable[[str], str]], ...] = (
    ("fraksi", lambda row: row.fraction, lambda member: member.fraction, fraction_key),
    ("dapil", lambda row: row.district, lambda member: member.district, district_key),
)
_GROUPS: tuple[tuple[str, Callable[[Member], str], Callable[[str], str]], ...] = (
    ("fraksi", lambda member: member.fraction, fraction_key),
    ("dapil", lambda member: member.district, district_key),
    ("komisi", lambda member: member.commission, commission_key),
)
_MINORITY = 5
"""A kecamatan counts as that of another dapil when so many times more meetings say so."""
_CORRECT_ID = say(
    "Perbaiki id, atau tambahkan anggota itu. Satu baris untuk satu anggota; aspirasi yang didengar beberapa anggota "
    "ditulis pada beberapa baris."
)


def check(ctx: RecessContext) -> Iterator[Hit]:
    """Hits on rows that name what is not in the registers, or contradict them."""
    yield from _references(ctx)
    yield from _one_person(ctx)
    yield from _groups(ctx)
    for row, column, name, other in written_twice(ctx):
        shown = column.upper() if column == "opd" else column
        yield _spelled(ctx.proposal(row, column), shown, name, other.name, other.sure)
    if ctx.region.areas:
        yield from against_areas(ctx)
    else:
        yield from _usual_district(ctx)
        yield from _subdistricts(ctx)


def _references(ctx: RecessContext) -> Iterator[Hit]:
    """Unknown members and meetings, and rows that contradict the register of members."""
    members, meetings = ctx.members, ctx.meetings
    ids, meeting_ids = Nearness(members), Nearness(meetings)
    told = MEMBERS not in ctx.item.partial
    for meeting in ctx.recess.meetings:
        if told and meeting.member_id not in members:
            yield _unknown(ctx.meeting(meeting, "anggota_id"), meeting.member_id, ids)
    for row in ctx.recess.proposals:
        member = members.get(row.member_id)
        if member is not None:
            if row.fraction or row.district:
                yield from _stated(ctx, row, member)
        elif row.member_id and told:
            attended = meetings.get(row.meeting_id)
            yield _unknown(ctx.proposal(row, "anggota_id"), row.member_id, ids, attended)
            if attended is not None:
                continue
        if row.meeting_id:
            yield from _its_meeting(ctx, row, meetings.get(row.meeting_id), meeting_ids)


def _its_meeting(ctx: RecessContext, row: Proposal, meeting: Meeting | None, ids: Nearness) -> Iterator[Hit]:
    if meeting is None:
        if ctx.whole(MEETINGS):
            yield Hit(
                ctx.proposal(row, "pertemuan_id"),
                say("pertemuan `{v}` tidak ada di pertemuan.csv", v=row.meeting_id),
                ids.help(row.meeting_id, say("Perbaiki id, atau tambahkan pertemuan itu.")),
            )
    elif row.member_id and meeting.member_id != row.member_id:
        yield Hit(
            ctx.proposal(row, "anggota_id"),
            say(
                "aspirasi ini atas nama `{a}`, tetapi pertemuan {m} diadakan `{b}`",
                a=row.member_id,
                b=meeting.member_id,
                m=meeting.id,
            ),
            say("Perbaiki `anggota_id` atau `pertemuan_id`; sampai itu aspirasi dihitung pada `anggota_id`."),
        )


def _unknown(spot: Spot, member: str, ids: Nearness, meeting: Meeting | None = None) -> Hit:
    if not member:
        return Hit(spot, say("anggota belum disebut"), _CORRECT_ID)
    message = say("anggota `{v}` tidak ada di anggota.csv", v=member)
    if meeting is None or not meeting.member_id:
        return Hit(spot, message, ids.help(member, _CORRECT_ID))
    owner = say("Pertemuan {m} diadakan `{b}`. ", m=meeting.id, b=meeting.member_id)
    return Hit(spot, message, joined("", (owner, _CORRECT_ID)))


def _stated(ctx: RecessContext, row: Proposal, member: Member) -> Iterator[Hit]:
    for column, said, registered, key in _STATED:
        if squash(said(row)) and key(said(row)) != key(registered(member)):
            yield Hit(
                ctx.proposal(row, column),
                say(
                    "{c} `{v}`, sedangkan {name} di anggota.csv: `{r}`",
                    c=column,
                    v=said(row),
                    name=member.name,
                    r=registered(member),
                ),
                say("Samakan; yang dipakai adalah isi anggota.csv."),
            )


def _one_person(ctx: RecessContext) -> Iterator[Hit]:
    """One name under two ids. Two rows with one id are told by the reader."""
    seen: dict[str, Member] = {}
    for member in ctx.members.values():
        name = squash(member.name)
        first = seen.setdefault(name, member) if name else member
        if first is not member:
            yield Hit(
                ctx.member(member, "nama"),
                say("{name} ada dua kali di anggota.csv: `{a}` dan `{b}`", name=member.name, a=first.id, b=member.id),
                say("Bila orangnya sama, pakai satu id; bila berbeda, bedakan namanya."),
                Severity.WARNING,
            )


def _groups(ctx: RecessContext) -> Iterator[Hit]:
    """A fraksi, dapil or komisi in two spellings: the totals would show two groups."""
    for column, read, key in _GROUPS:
        others = other_spellings(Counter(map(read, ctx.recess.members)), key)
        for member in ctx.recess.members if others else ():
            other = others.get(read(member).strip())
            if other is not None:
                yield _spelled(ctx.member(member, column), column, read(member), other.name, other.sure)


def _subdistricts(ctx: RecessContext) -> Iterator[Hit]:
    """A kecamatan in two spellings, where no register says which are right."""
    counts = Counter(row.subdistrict for row in ctx.recess.proposals)
    counts.update(meeting.subdistrict for meeting in ctx.recess.meetings)
    others = other_spellings(counts, place_key)
    if not others:
        return
    for meeting in ctx.recess.meetings:
        other = others.get(meeting.subdistrict.strip())
        if other is not None:
            yield _spelled(ctx.meeting(meeting, "kecamatan"), "kecamatan", meeting.subdistrict, other.name, other.sure)
    for row in ctx.recess.proposals:
        other = others.get(row.subdistrict.strip())
        if other is not None:
            yield _spelled(ctx.proposal(row, "kecamatan"), "kecamatan", row.subdistrict, other.name, other.sure)


def _spelled(spot: Spot, column: str, name: str, usual: str, sure: bool) -> Hit:
    message: Message = (
        say("{c} `{v}` ditulis juga `{u}`", c=column, v=name, u=usual)
        if sure
        else say("{c} `{v}` jarang ditulis dan mirip `{u}`", c=column, v=name, u=usual)
    )
    return Hit(
        spot,
        message,
        say("Pakai satu ejaan: dua ejaan menjadi dua kelompok dalam rekapitulasi."),
        Severity.WARNING,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )


def _usual_district(ctx: RecessContext) -> Iterator[Hit]:
    """A meeting in a kecamatan that nearly all others place in another dapil. Only a warning: a city may split one."""
    counts: dict[str, Counter[str]] = {}
    for meeting in ctx.recess.meetings:
        member = ctx.members.get(meeting.member_id)
        if member is not None and member.district and meeting.subdistrict:
            counts.setdefault(place_key(meeting.subdistrict), Counter())[member.district] += 1
    for meeting in ctx.recess.meetings:
        member = ctx.members.get(meeting.member_id)
        places = counts.get(place_key(meeting.subdistrict), Counter())
        if member is None or not member.district or len(places) < 2:
            continue
        usual, most = places.most_common(1)[0]
        if places[member.district] * _MINORITY <= most:
            yield Hit(
                ctx.meeting(meeting, "kecamatan"),
                say(
                    "Kecamatan {k} biasanya {usual}, sedangkan {name} dari {own}",
                    k=meeting.subdistrict,
                    usual=usual,
                    name=member.name,
                    own=member.district,
                ),
                say("Periksa kecamatan atau anggotanya."),
                Severity.WARNING,
                confidence=Confidence.MEDIUM,
            )


RULE = Rule(
    code="RES-09",
    name="tidak-cocok-daftar-induk",
    severity=Severity.ERROR,
    about=say("Anggota, fraksi, dapil, kecamatan, desa, atau pertemuan tidak cocok dengan daftar induk."),
    source="konvensi",
    doc=__doc__,
    check=check,
)
