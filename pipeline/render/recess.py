"""What the recess templates are filled with: one function per document, names as the templates write them.

The values are ready to print; only counts and amounts stay numbers, so that a template can format them
(``{{ x | ribuan }}``, ``{{ x | rupiah }}``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from pipeline.model.dates import DAYS, MONTHS, long_date
from pipeline.model.money import rupiah, thousands
from pipeline.model.office import Office, Official
from pipeline.model.recap import (
    UNSTATED,
    Activity,
    Dimension,
    DistrictGroup,
    FieldRows,
    MeetingResult,
    MemberReport,
    Need,
    Recap,
    Tally,
    TotalLine,
    TotalTable,
)
from pipeline.model.recess import Meeting, Member, Proposal, Recess, RecessInput
from pipeline.render.recess_wording import Clock, priority
from pipeline.render.sop import GAP, signature
from pipeline.render.watermark import watermark

Context = dict[str, object]

ROMAN = ("", "I", "II", "III")
NOTHING = "–"
TO_WRITE = "......................"
"""Printed where the date is written by hand at signing."""
NO_PICTURE = Markup("")

_PHOTOS = re.compile(r"(\d{1,6})(?:\s*(?:buah|lembar))?(?:\s*foto)?", re.IGNORECASE)
_VILLAGE_KIND = re.compile(r"\b(?:desa|kelurahan|kel\.|ds\.)\s*", re.IGNORECASE)
_SUBDISTRICT_KIND = re.compile(r"\b(?:kecamatan|kec\.)\s*", re.IGNORECASE)
_NAME_ENDS = re.compile(r"\s*(?:$|[^\w\s]|\s(?:[a-z]|RT|RW|Kec|Kab|Dusun|Blok))")


def member_context(item: RecessInput, report: MemberReport, *, logo: Markup = NO_PICTURE) -> Context:
    """The context of ``laporan-reses.docx``: the report of one member to the leaders of the council."""
    recess = _recess(item)
    office = item.office.office
    clock = Clock.of(recess.meetings)
    return {
        **_common(recess, office, logo),
        "kop": _letterhead(office, ("Dewan Perwakilan Rakyat Daerah", office.region)),
        "instansi": f"DPRD {office.region}",
        "anggota": _member(report.member, office),
        "pertemuan": [_meeting(number, meeting, clock) for number, meeting in enumerate(report.meetings, 1)],
        "jumlah_pertemuan": len(report.meetings),
        **_attendance(report.meetings),
        "bidang": [_heard(line) for line in report.fields],
        "jumlah": _heard_total(report.total),
        "hasil": [_result(result, clock) for result in report.results],
        "usulan": [_proposal(number, row) for number, row in enumerate(report.proposals, 1)],
        "ttd": _member_signature(report.member, recess, office),
    }


def recap_context(item: RecessInput, recap: Recap, *, logo: Markup = NO_PICTURE) -> Context:
    """The context of ``rekap-reses.docx``: the inventory for the plenary."""
    recess = recap.recess
    office = item.office.office
    return {
        **_common(recess, office, logo),
        "kop": _letterhead(office, (office.government, office.unit.replace("DPRD", "Dewan Perwakilan Rakyat Daerah"))),
        "instansi": f"{office.unit} {office.region}",
        "jumlah_anggota": sum(1 for a in recap.activities if a.member.id and (a.meetings or a.heard)),
        "jumlah_pertemuan": len(recess.meetings),
        **_attendance(recess.meetings),
        "jumlah": _total(recap.total),
        "tanpa_aspirasi": ", ".join(a.member.name for a in recap.activities if a.member.id and not a.heard),
        "anggota": [_activity(activity) for activity in recap.activities],
        "ringkasan": [_summary(number, table) for number, table in enumerate(recap.tables.values(), 1)],
        "kelompok": [_group(number, group, recap) for number, group in enumerate(recap.districts, 1)],
        "ttd": _official_signature(recess, office),
    }


def _recess(item: RecessInput) -> Recess:
    if item.recess is None:
        raise ValueError("a recess that could not be read has no documents")
    return item.recess


def _common(recess: Recess, office: Office, logo: Markup) -> Context:
    return {
        "logo": logo,
        "tanda_air": watermark(recess.stage),
        "penanda": office.mark,
        "daerah": office.region,
        "masa": ROMAN[recess.session] if recess.session else GAP,
        "tahun": recess.year or GAP,
        "periode": period(recess.start, recess.end),
        "dasar": list(recess.legal_basis),
    }


def period(start: dt.date | None, end: dt.date | None) -> str:
    """ "2 s.d. 7 Februari 2026", "30 Maret s.d. 4 April 2026", "29 Desember 2025 s.d. 3 Januari 2026"."""
    if start is None or end is None:
        return long_date(start) if start else long_date(end) if end else GAP
    if start == end:
        return long_date(start)
    first = str(start.day)
    if start.month != end.month or start.year != end.year:
        first += f" {MONTHS[start.month - 1]}"
    if start.year != end.year:
        first += f" {start.year}"
    return f"{first} s.d. {long_date(end)}"


def _letterhead(office: Office, lines: tuple[str, str]) -> Mapping[str, str]:
    contact = [
        ("Telepon", office.phone),
        ("Surel", office.email),
        ("Laman", re.sub(r"^https?://|/$", "", office.website)),
    ]
    return {
        "pemerintah": lines[0],
        "instansi": lines[1],
        "alamat": office.address,
        "kontak": ", ".join(f"{name} {value}" for name, value in contact if value),
    }


def _member(member: Member, office: Office) -> Mapping[str, str]:
    return {
        "nama": member.name or GAP,
        "jabatan": _position(member, office),
        "fraksi": member.fraction or NOTHING,
        "komisi": member.commission or NOTHING,
        "dapil": _district(member.district) if member.district else NOTHING,
    }


def _district(label: str) -> str:
    words = label.split(maxsplit=1)
    return f"Daerah Pemilihan {words[1]}" if len(words) == 2 and words[0].casefold() == "dapil" else label


def _position(member: Member, office: Office) -> str:
    plain = member.position.strip()
    if plain.casefold().endswith("dprd"):
        return f"{plain} {office.region}"
    whole = f"Anggota DPRD {office.region}"
    return whole if plain.casefold() in ("", "anggota") else f"{whole} ({plain})"


def _meeting(number: int, meeting: Meeting, clock: Clock) -> Mapping[str, object]:
    return {
        "no": number,
        "hari_tanggal": _day(meeting.date) if meeting.date else GAP,
        "waktu": clock.shown(meeting.time) or GAP,
        "tempat": _where(meeting.venue or GAP, meeting.village, meeting.subdistrict),
        "peserta": NOTHING if meeting.participants is None else thousands(meeting.participants),
        "dokumentasi": _documentation(meeting),
    }


def _day(date: dt.date) -> str:
    return f"{DAYS[date.weekday()]}, {long_date(date)}"


def _where(place: str, village: str, subdistrict: str) -> str:
    """``place`` with the village and subdistrict that its own words do not name already."""
    parts = [place] if place else []
    name = _VILLAGE_KIND.sub("", village)
    if village and not _names(_VILLAGE_KIND, name, place):
        parts.append(village if name != village else f"Desa {village}")
    if subdistrict and not _names(_SUBDISTRICT_KIND, subdistrict, place):
        parts.append(f"Kec. {subdistrict}")
    return ", ".join(parts) or NOTHING


def _names(kind: re.Pattern[str], name: str, place: str) -> bool:
    """Does ``place`` say "Desa NAME"? The bare name does not count (Jalan NAME), nor a longer one (Desa NAME Baru)."""
    for found in kind.finditer(place):
        rest = place[found.end() :]
        after = rest[len(name) :]
        if rest.casefold().startswith(name.casefold()) and _NAME_ENDS.match(after):
            return True
    return False


def _documentation(meeting: Meeting) -> str:
    counted = _PHOTOS.fullmatch(meeting.photos)
    photos = f"{int(counted[1])} foto" if counted else "foto" if meeting.photos else ""
    attendance = "daftar hadir" if meeting.attendance else ""
    return ", ".join(text for text in (photos, attendance) if text).capitalize() or NOTHING


def _heard(line: TotalLine) -> Mapping[str, object]:
    return {"nama": line.label, **_heard_total(line.tally)}


def _attendance(meetings: Sequence[Meeting]) -> Context:
    """How many people came, None when no meeting says; and the number of meetings that do not say."""
    counts = [meeting.participants for meeting in meetings if meeting.participants is not None]
    return {"jumlah_peserta": sum(counts) if counts else None, "tanpa_peserta": len(meetings) - len(counts)}


def _heard_total(tally: Tally) -> Mapping[str, int | None]:
    return {
        "tercatat": tally.heard,
        "anggaran": tally.recorded_heard_amount,
        "tanpa_anggaran": tally.heard_unpriced,
    }


def _total(tally: Tally) -> Mapping[str, int | None]:
    return {
        "tercatat": tally.heard,
        "usulan": tally.needs,
        "anggaran": tally.recorded_amount,
        "tanpa_anggaran": tally.unpriced,
    }


def _result(result: MeetingResult, clock: Clock) -> Mapping[str, object]:
    meeting = result.meeting
    title = "Aspirasi yang disampaikan di luar pertemuan" if meeting is None else _meeting_title(meeting, clock)
    return {"judul": title, "bidang": [_field(group) for group in result.fields]}


def _meeting_title(meeting: Meeting, clock: Clock) -> str:
    when = _day(meeting.date) if meeting.date else ""
    time = f"pukul {clock.shown(meeting.time)}" if meeting.time else ""
    where = _where(meeting.venue, meeting.village, meeting.subdistrict)
    return ", ".join(text for text in (when, time, where) if text)


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
        "lokasi": _where(row.location, row.village, row.subdistrict),
        "volume": _volume(row),
        "anggaran": NOTHING if row.amount is None else rupiah(row.amount),
        "prioritas": priority(row.priority) or NOTHING,
        "sumber": row.id or NOTHING,
    }


def _volume(row: Proposal) -> str:
    volume = thousands(int(row.volume)) if re.fullmatch(r"[0-9]{1,12}", row.volume) else row.volume
    return f"{volume} {row.unit}".strip() or NOTHING


def _activity(activity: Activity) -> Mapping[str, object]:
    member = activity.member
    return {
        "nama": member.name or GAP,
        "fraksi": member.fraction or NOTHING,
        "komisi": member.commission or NOTHING,
        "dapil": member.district or NOTHING,
        "pertemuan": activity.meetings,
        "peserta": activity.participants,
        "tercatat": activity.heard,
    }


def _letter(number: int) -> str:
    """1 -> "A", 26 -> "Z", 27 -> "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _summary(number: int, table: TotalTable) -> Mapping[str, object]:
    whole = table.total.needs
    name = priority if table.dimension is Dimension.PRIORITY else str
    lines = [
        {"nama": name(line.label), **_total(line.tally), "bagian": share(line.tally.needs, whole)}
        for line in table.lines
    ]
    return {"huruf": _letter(number), "judul": table.dimension.value, "baris": lines, "bagian": share(whole, whole)}


def share(part: int, whole: int) -> str:
    """``part`` of ``whole`` as "12,5%", to the nearest tenth."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10},{tenths % 10}%"


def _group(number: int, group: DistrictGroup, recap: Recap) -> Mapping[str, object]:
    return {
        "huruf": _letter(number),
        "judul": "Daerah pemilihan tidak diketahui" if group.label == UNSTATED else _district(group.label),
        "jumlah": _total(group.tally),
        "bidang": [
            {
                "nama": part.label,
                "jumlah": _total(part.tally),
                "usulan": [_need(need, recap) for need in part.needs],
            }
            for part in group.fields
        ],
    }


def _need(need: Need, recap: Recap) -> Mapping[str, object]:
    lead = need.lead
    names = dict.fromkeys(_name(row.member_id, recap) for row in need.rows)
    return {
        "no": need.number,
        "uraian": lead.text.rstrip(" .") or GAP,
        "keterangan": _amounts(need),
        "opd": lead.agency or UNSTATED,
        "lokasi": _where(lead.location, lead.village, lead.subdistrict),
        "volume": _volume(lead),
        "anggaran": NOTHING if need.amount is None else rupiah(need.amount),
        "prioritas": priority(lead.priority) or NOTHING,
        "pengusul": "\n".join(names),
        "sumber": "\n".join(row.id or NOTHING for row in need.rows),
    }


def _name(member_id: str, recap: Recap) -> str:
    member = recap.members.get(member_id)
    return member.name if member and member.name else member_id or UNSTATED


def _amounts(need: Need) -> str:
    """Says that the rows of a merged need give different estimates."""
    if len(need.amounts) < 2:
        return ""
    return f"Perkiraan berbeda: {' / '.join(rupiah(amount) for amount in need.amounts)}"


def _signature(
    recess: Recess, office: Office, lines: object, name: object, below: Sequence[object]
) -> Mapping[str, object]:
    date = (
        long_date(recess.reported) if recess.reported else f"{TO_WRITE} {recess.end.year if recess.end else ''}".strip()
    )
    return {
        "tempat_tanggal": f"{office.city or GAP}, {date}",
        "jabatan": lines,
        "nama": name or GAP,
        "keterangan": [line for line in below if line],
    }


def _member_signature(member: Member, recess: Recess, office: Office) -> Mapping[str, object]:
    """Members of the council sign without rank and NIP: they have none."""
    position = member.position if member.position.casefold().endswith("dprd") else "Anggota DPRD"
    block = signature(Official(member.name, position), office)
    return _signature(recess, office, list(block.position), block.name, ())


def _official_signature(recess: Recess, office: Office) -> Mapping[str, object]:
    block = signature(recess.signer, office)
    nip = f"NIP {block.nip}" if block.nip else ""
    return _signature(recess, office, list(block.position), block.name, (block.rank, nip))
