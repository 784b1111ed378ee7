"""The report of one member: what ``laporan-reses.docx`` is filled with, and the document."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from pipeline.model.money import rupiah, thousands
from pipeline.model.office import Office
from pipeline.model.recap import UNSTATED, FieldRows, MeetingResult, MemberReport, TotalLine
from pipeline.model.recess import Meeting, Member, Proposal, RecessInput
from pipeline.render.recess_documents import fill
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
    member_signature,
    position_of,
    recess_of,
    volume,
    where,
)
from pipeline.render.sop import GAP
from pipeline.render.template import Template

MEMBER_TEMPLATE = "laporan-reses.docx"

_PHOTOS = re.compile(r"(\d{1,6})(?:\s*(?:buah|lembar))?(?:\s*foto)?", re.IGNORECASE)


def render_member(template: Template, item: RecessInput, report: MemberReport) -> bytes:
    """The report of one member as DOCX. Raises TemplateError when the template asks for what does not exist."""
    return fill(template, item.office.office, lambda logo: member_context(item, report, logo=logo))


def member_context(item: RecessInput, report: MemberReport, *, logo: Markup = NO_PICTURE) -> Context:
    """The context of ``laporan-reses.docx``: the report of one member to the leaders of the council."""
    recess = recess_of(item)
    office = item.office.office
    clock = Clock.of(recess.meetings)
    return {
        **common(recess, office, logo),
        "kop": letterhead(office, ("Dewan Perwakilan Rakyat Daerah", office.region)),
        "instansi": f"DPRD {office.region}",
        "anggota": _member(report.member, office),
        "pertemuan": [_meeting(number, meeting, clock) for number, meeting in enumerate(report.meetings, 1)],
        "jumlah_pertemuan": len(report.meetings),
        **attendance(report.meetings),
        "bidang": [_heard(line) for line in report.fields],
        "jumlah": heard_total(report.total),
        "hasil": [_result(result, clock) for result in report.results],
        "usulan": [_proposal(number, row) for number, row in enumerate(report.proposals, 1)],
        "ttd": member_signature(report.member, recess, office),
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
    counted = _PHOTOS.fullmatch(meeting.photos)
    photos = f"{int(counted[1])} foto" if counted else "foto" if meeting.photos else ""
    attendance = "daftar hadir" if meeting.attendance else ""
    return ", ".join(text for text in (photos, attendance) if text).capitalize() or NOTHING


def _heard(line: TotalLine) -> Mapping[str, object]:
    return {"nama": line.label, **heard_total(line.tally)}


def _result(result: MeetingResult, clock: Clock) -> Mapping[str, object]:
    meeting = result.meeting
    title = "Aspirasi yang disampaikan di luar pertemuan" if meeting is None else _meeting_title(meeting, clock)
    return {"judul": title, "bidang": [_field(group) for group in result.fields]}


def _meeting_title(meeting: Meeting, clock: Clock) -> str:
    when = day(meeting.date) if meeting.date else ""
    time = f"pukul {clock.shown(meeting.time)}" if meeting.time else ""
    place = where(meeting.venue, meeting.village, meeting.subdistrict)
    return ", ".join(text for text in (when, time, place) if text)


def _field(group: FieldRows) -> Mapping[str, object]:
    entries = [
        {"uraian": row.text.rstrip(" .") or GAP, "di": f" ({row.location})" if row.location else ""}
        for row in group.rows
    ]
    return {"nama": group.label, "usulan": entries}


def _proposal(number: int, row: Proposal) -> Mapping[str, object]:
    return {
        "no": number,
        "uraian": row.text or GAP,
        "opd": row.agency or UNSTATED,
        "lokasi": where(row.location, row.village, row.subdistrict),
        "volume": volume(row),
        "anggaran": NOTHING if row.amount is None else rupiah(row.amount),
        "prioritas": priority(row.priority) or NOTHING,
        "sumber": row.id or NOTHING,
    }
