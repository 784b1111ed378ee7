"""The report of one member: what ``laporan-reses.docx`` is filled with, and the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from pipeline.model.message import Message
from pipeline.model.money import rupiah, thousands
from pipeline.model.office import Office, RegionKind
from pipeline.model.recap import UNSTATED, FieldRows, MeetingResult, MemberReport, TotalLine
from pipeline.model.recess import AttachmentKind, Meeting, Member, Proposal, RecessInput
from pipeline.render.photos import Album
from pipeline.render.qr import Code
from pipeline.render.recess_attachments import attachments
from pipeline.render.recess_documents import fill
from pipeline.render.recess_inventory import source, source_file
from pipeline.render.recess_wording import Clock, priority
from pipeline.render.recess_words import (
    NO_PICTURE,
    NOTHING,
    Context,
    attendance,
    common,
    day,
    district,
    heard_total,
    letterhead,
    listed,
    meeting_place,
    member_signature,
    most_heard,
    position_of,
    recess_of,
    shortened,
    volume,
    where,
)
from pipeline.render.sop import GAP
from pipeline.render.template import Template

MEMBER_TEMPLATE = "laporan-reses.docx"

LONG_TEXT = 400
"""Characters of a proposal that the table of chapter IV shows; chapter III holds the whole text."""

_PHOTOS = re.compile(r"(\d{1,6})(?:\s*(?:buah|lembar))?(?:\s*foto)?", re.IGNORECASE)
_OWN_LEVEL = {
    RegionKind.PROVINCE: ("provinsi",),
    RegionKind.REGENCY: ("kabupaten", "kota"),
    RegionKind.CITY: ("kabupaten", "kota"),
}


Value = TypeVar("Value", str, tuple[str, ...])


def _ignore(_: Message) -> None:
    pass


def render_member(
    template: Template,
    item: RecessInput,
    report: MemberReport,
    *,
    public: bool = False,
    told: Callable[[Message], None] = _ignore,
    code: Code | None = None,
) -> bytes:
    """The report of one member as DOCX; ``told`` hears of photos that cannot be printed.

    A ``public`` report shows no photos, attendance lists and companions. Raises TemplateError when the template asks
    for what does not exist.
    """
    album = Album()
    context = member_context(item, report, public=public, album=album, told=told)
    pictures = album.pictures
    return fill(template, item.office.office, lambda logo: {**context, "logo": logo}, pictures=pictures, code=code)


def member_context(
    item: RecessInput,
    report: MemberReport,
    *,
    public: bool = False,
    album: Album | None = None,
    told: Callable[[Message], None] = _ignore,
) -> Context:
    """The context of ``laporan-reses.docx``: the report of one member to the leaders of the council, without a logo."""
    recess = recess_of(item)
    office = item.office.office
    clock = Clock.of(recess.meetings)
    named = {meeting.id: meeting_title(meeting, clock) for meeting in report.meetings}
    return {
        **common(recess, office, NO_PICTURE),
        "kop": letterhead(office, ("Dewan Perwakilan Rakyat Daerah", office.region)),
        "instansi": f"DPRD {office.region}",
        "publik": public,
        "anggota": _member(report.member, office),
        "di_dapil": f" di {district(report.member.district)}" if report.member.district else "",
        **_conduct(report.meetings, clock, public),
        **_result_of(report, clock, office),
        "tabel_sumber": source_file(item),
        "lampiran": attachments(() if public else report.meetings, named, album or Album(), told),
        "ttd": member_signature(report.member, recess, office),
    }


def _conduct(meetings: Sequence[Meeting], clock: Clock, public: bool) -> Context:
    """Chapter II: when and where, agenda, who came, who went along."""
    subdistricts = {meeting.subdistrict.casefold() for meeting in meetings if meeting.subdistrict}
    return {
        "pertemuan": [_meeting(number, meeting, clock) for number, meeting in enumerate(meetings, 1)],
        "jumlah_pertemuan": len(meetings),
        "jumlah_kecamatan": len(subdistricts),
        **attendance(meetings),
        "acara": _agendas(meetings),
        "unsur": _stated([meeting.groups for meeting in meetings]),
        "pendamping": [] if public else _stated([meeting.companions for meeting in meetings]),
    }


def _result_of(report: MemberReport, clock: Clock, office: Office) -> Context:
    """Chapters III to V: what was heard, by place and field, in total, and as a table."""
    rows = report.proposals
    told_apart = any(row.kind for row in rows)
    return {
        "bidang": [_heard(line) for line in report.fields],
        "jumlah_bidang": sum(line.label != UNSTATED for line in report.fields),
        "terbanyak": most_heard(report.fields),
        "jumlah": heard_total(report.total),
        "menurut_jenis": _kinds(rows) if told_apart else "",
        "kewenangan_lain": _other_authority(rows, office.region_kind),
        "hasil": [_result(result, clock) for result in report.results],
        "usulan": [_proposal(number, row) for number, row in enumerate(rows, 1)],
    }


def _member(member: Member, office: Office) -> Mapping[str, str]:
    return {
        "nama": member.name or GAP,
        "jabatan": position_of(member, office),
        "fraksi": member.fraction or NOTHING,
        "komisi": member.commission or NOTHING,
        "dapil": district(member.district) if member.district else NOTHING,
    }


def _meeting(number: int, meeting: Meeting, clock: Clock) -> Mapping[str, object]:
    return {
        "no": number,
        "hari_tanggal": day(meeting.date) if meeting.date else GAP,
        "waktu": clock.shown(meeting.time) or GAP,
        "tempat": where(meeting.venue or GAP, meeting.village, meeting.subdistrict),
        "peserta": NOTHING if meeting.participants is None else thousands(meeting.participants),
        "dokumentasi": _documentation(meeting),
    }


def _documentation(meeting: Meeting) -> str:
    attended = "daftar hadir" if meeting.attendance else ""
    return ", ".join(text for text in (_photos(meeting), attended) if text).capitalize() or NOTHING


def _photos(meeting: Meeting) -> str:
    """ "3 foto", "foto" when their number is not known: the cell states a count, or names files."""
    counted = _PHOTOS.fullmatch(meeting.photos)
    named = sum(1 for name in meeting.photos.split(";") if name.strip())
    files = sum(1 for attachment in meeting.attachments if attachment.kind is AttachmentKind.PHOTO)
    if counted:
        return f"{int(counted[1])} foto"
    return f"{max(named, files)} foto" if named > 1 or files else "foto" if named else ""


def _agendas(meetings: Sequence[Meeting]) -> list[Mapping[str, object]]:
    """The agendas; one that all meetings share stands once, without a heading."""
    return [
        {"pertemuan": "" if numbers is None else _numbered(numbers), "butir": list(agenda)}
        for agenda, numbers in _alike([meeting.agenda for meeting in meetings])
    ]


def _stated(texts: Sequence[str]) -> list[Mapping[str, str]]:
    """What the meetings state of something, those together that state the same."""
    return [
        {"pertemuan": "Seluruh pertemuan" if numbers is None else _numbered(numbers), "isi": text.rstrip(" .")}
        for text, numbers in _alike([" ".join(text.split()) for text in texts])
    ]


def _alike(values: Sequence[Value]) -> list[tuple[Value, list[int] | None]]:
    """Each different value that is not empty, with the numbers (from 1) where it stands, None for everywhere."""
    places: dict[Value, list[int]] = {}
    for number, value in enumerate(values, 1):
        if value:
            places.setdefault(value, []).append(number)
    return [(value, None if len(numbers) == len(values) else numbers) for value, numbers in places.items()]


def _numbered(numbers: Sequence[int]) -> str:
    return f"Pertemuan {listed([str(number) for number in numbers])}"


def _heard(line: TotalLine) -> Mapping[str, object]:
    return {"nama": line.label, **heard_total(line.tally)}


def _kinds(rows: Sequence[Proposal]) -> str:
    """ "20 usulan, 3 pengaduan, dan 1 tanpa keterangan jenis"."""
    counts = Counter(_kind(row) for row in rows)
    blank = counts.pop("", 0)
    parts = [f"{thousands(count)} {kind.casefold()}" for kind, count in counts.items()]
    return listed([*parts, f"{thousands(blank)} tanpa keterangan jenis"] if blank else parts)


def _kind(row: Proposal) -> str:
    kind = " ".join(row.kind.split())
    return kind[:1].upper() + kind[1:].lower()


def _other_authority(rows: Sequence[Proposal], region: RegionKind) -> str:
    """ "3 aspirasi yang menjadi kewenangan provinsi dan 1 ... pusat"; "" when all is the region's own."""
    stated = Counter(authority for row in rows if (authority := _authority(row).casefold()))
    parts = [
        f"{thousands(count)} aspirasi yang menjadi kewenangan {authority}"
        for authority, count in stated.items()
        if not any(word in authority for word in _OWN_LEVEL[region])
    ]
    return listed(parts)


def _authority(row: Proposal) -> str:
    return " ".join(row.authority.split())


def _result(result: MeetingResult, clock: Clock) -> Mapping[str, object]:
    meeting = result.meeting
    title = "Aspirasi yang disampaikan di luar pertemuan" if meeting is None else meeting_title(meeting, clock)
    return {"judul": title, "bidang": [_field(group) for group in result.fields]}


def meeting_title(meeting: Meeting, clock: Clock) -> str:
    """ "Selasa, 3 Februari 2026, pukul 09.00, Balai Desa Contoh, Kec. Contoh": which meeting it was."""
    when = day(meeting.date) if meeting.date else ""
    time = f"pukul {clock.shown(meeting.time)}" if meeting.time else ""
    place = meeting_place(meeting)
    return ", ".join(text for text in (when, time, place) if text)


def _field(group: FieldRows) -> Mapping[str, object]:
    entries = [
        {
            "jenis": _kind(row),
            "uraian": row.text.rstrip(" .") or GAP,
            "di": f" ({row.location})" if row.location else "",
        }
        for row in group.rows
    ]
    return {"nama": group.label, "usulan": entries}


def _proposal(number: int, row: Proposal) -> Mapping[str, object]:
    return {
        "no": number,
        "jenis": _kind(row),
        "uraian": shortened(row.text, LONG_TEXT, "selengkapnya pada Bab III") or GAP,
        "opd": row.agency or UNSTATED,
        "kewenangan": _authority(row),
        "lokasi": where(row.location, row.village, row.subdistrict),
        "volume": volume(row),
        "anggaran": NOTHING if row.amount is None else rupiah(row.amount),
        "prioritas": priority(row.priority) or NOTHING,
        "sumber": source(row),
    }
