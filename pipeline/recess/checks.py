"""Checks a recess as a whole: its period, what a report must hold, members without rows. Pure.

What is wrong with single cells is found while reading (``pipeline.readers.recess_tables``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from pipeline.model import recess_rules as rules
from pipeline.model.dates import told_date
from pipeline.model.finding import Finding, Place, Related, Severity, place_of
from pipeline.model.message import Message, say
from pipeline.model.office import RegionKind
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, Meeting, Recess, RecessInput
from pipeline.recess.personal import personal_data
from pipeline.recess.registers import registers
from pipeline.recess.text import squash

MAX_DAYS = {RegionKind.PROVINCE: 8, RegionKind.REGENCY: 6, RegionKind.CITY: 6}
"""Longest recess in days, PP 12/2018 art. 87."""

IsWorkday = Callable[[dt.date], bool]
Check = Callable[[], Iterable[Finding]]


def check_recess(item: RecessInput, is_workday: IsWorkday) -> tuple[Finding, ...]:
    """Findings of the rules RES and ASP on ``item``; ``is_workday`` knows weekends and days off."""
    return tuple(finding for _, check in checks(item, is_workday) for finding in check())


def checks(item: RecessInput, is_workday: IsWorkday) -> tuple[tuple[rules.RecessRule, Check], ...]:
    """Every rule with what runs it on ``item``, so that one that fails does not silence the others."""
    recess = item.recess
    if recess is None:
        return ()
    return (
        (rules.PERIOD, lambda: _period(item, recess, is_workday)),
        (rules.DATES, lambda: _dates(item, recess)),
        (rules.CONTENT, lambda: _contents(item, recess)),
        (rules.REGISTER, lambda: registers(item, recess)),
        (rules.CLASH, lambda: _clashes(item, recess)),
        (rules.SILENT, lambda: _silent(item, recess)),
        (rules.PERSONAL, lambda: personal_data(item, recess)),
    )


def _period(item: RecessInput, recess: Recess, is_workday: IsWorkday) -> Iterator[Finding]:
    """RES-01. Law counts working days, practice calendar days: beyond both is an error, beyond one a warning."""
    if recess.start is None or recess.end is None:
        return
    place = _place(item, "selesai")
    calendar = (recess.end - recess.start).days + 1
    if calendar < 1:
        message = say("reses selesai sebelum mulai")
        help = say("Periksa `mulai` dan `selesai`.")
        yield rules.PERIOD.finding(place, message, help, document=item.id)
        return
    limit = MAX_DAYS[item.office.office.region_kind]
    # A recess of more than a year is a typing error; its working days need not be counted one by one.
    working = sum(is_workday(recess.start + dt.timedelta(n)) for n in range(calendar)) if calendar < 400 else calendar
    severity = _too_long(calendar > limit, working > limit, recess.day_count)
    if severity is None:
        return
    message = say(
        "reses {c} hari kalender ({w} hari kerja), paling lama {limit} hari untuk {kind}",
        c=calendar,
        w=working,
        limit=limit,
        kind=item.office.office.region_kind.value,
    )
    help = say("Persingkat reses; bila daerah menghitung hari kerja atau hari kalender, tetapkan `hitungan_hari`.")
    yield rules.PERIOD.finding(place, message, help, document=item.id, severity=severity)


def _too_long(by_calendar: bool, by_work: bool, counting: str) -> Severity | None:
    if counting:
        return Severity.ERROR if (by_calendar if counting == "kalender" else by_work) else None
    if by_calendar and by_work:
        return Severity.ERROR
    return Severity.WARNING if by_calendar else None


def _dates(item: RecessInput, recess: Recess) -> Iterator[Finding]:
    """RES-08."""
    if recess.start is None or recess.end is None:
        return
    for meeting in recess.meetings:
        if meeting.date is not None and not recess.start <= meeting.date <= recess.end:
            yield rules.DATES.finding(
                item.tables[MEETINGS].place(meeting.row, "tanggal"),
                say(
                    "pertemuan {m} tanggal {d} di luar masa reses ({a} – {b})",
                    m=meeting.id,
                    d=told_date(meeting.date),
                    a=told_date(recess.start),
                    b=told_date(recess.end),
                ),
                say("Perbaiki tanggalnya, atau `mulai` dan `selesai` di reses.yaml."),
                document=item.id,
            )


_CONTENTS: tuple[tuple[str, Message, Callable[[Meeting], object]], ...] = (
    ("tanggal", say("tanggal"), lambda m: m.date),
    ("jam", say("jam"), lambda m: m.time),
    ("tempat", say("tempat"), lambda m: m.venue),
    (
        "foto",
        say("dokumentasi (foto atau daftar hadir)"),
        lambda m: m.photos or m.attendance,
    ),
)


def _contents(item: RecessInput, recess: Recess) -> Iterator[Finding]:
    """RES-05: time and place, what was heard, documentation; an unreadable date is told by the reader already."""
    table = item.tables[MEETINGS]
    unreadable = {finding.place.cell for finding in item.findings if finding.place.file == table.file}
    heard = {proposal.meeting_id for proposal in recess.proposals}
    for meeting in recess.meetings:
        for column, name, read in _CONTENTS:
            place = table.place(meeting.row, column)
            if not read(meeting) and place.cell not in unreadable:
                yield _lacks(item, place, meeting, name)
        if meeting.id not in heard and PROPOSALS not in item.partial:
            yield rules.CONTENT.finding(
                table.place(meeting.row, "id"),
                say("pertemuan {m} tanpa aspirasi", m=meeting.id),
                say("Isi aspirasinya di aspirasi.csv, atau jelaskan di laporan anggota."),
                document=item.id,
                severity=Severity.WARNING,
            )


def _lacks(item: RecessInput, place: Place, meeting: Meeting, name: Message) -> Finding:
    return rules.CONTENT.finding(
        place,
        say("pertemuan {m} tanpa {what}", m=meeting.id, what=name),
        say("Lengkapi; laporan wajib memuatnya."),
        document=item.id,
    )


def _clashes(item: RecessInput, recess: Recess) -> Iterator[Finding]:
    """RES-10."""
    table = item.tables[MEETINGS]
    seen: dict[tuple[object, ...], Meeting] = {}
    for meeting in recess.meetings:
        if not (meeting.date and meeting.time and meeting.venue):
            continue
        key = (meeting.date, squash(meeting.time), squash(meeting.venue), squash(meeting.village))
        first = seen.setdefault(key, meeting)
        if first.member_id != meeting.member_id:
            yield rules.CLASH.finding(
                table.place(meeting.row, "tempat"),
                say("pertemuan {a} dan {b} di tempat dan waktu yang sama", a=first.id, b=meeting.id),
                say("Periksa waktu dan tempatnya; bila reses berkelompok, abaikan temuan ini."),
                document=item.id,
                related=[Related(table.place(first.row, "tempat"), say("pertemuan pertama"))],
            )


def _silent(item: RecessInput, recess: Recess) -> Iterator[Finding]:
    """RES-13."""
    if item.partial & {MEETINGS, PROPOSALS}:
        return
    speaking = {meeting.member_id for meeting in recess.meetings} | {row.member_id for row in recess.proposals}
    for member in recess.members:
        if member.id not in speaking:
            yield rules.SILENT.finding(
                item.tables[MEMBERS].place(member.row, "id"),
                say("{name} ({id_}) tidak punya pertemuan maupun aspirasi", name=member.name, id_=member.id),
                say("Minta laporannya: tanpa laporan, anggota tidak dapat melaksanakan reses berikutnya."),
                document=item.id,
            )


def _place(item: RecessInput, key: str) -> Place:
    return place_of(item.places, (key,)) or Place(item.tables[PROPOSALS].file)
