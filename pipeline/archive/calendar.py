"""``tinjauan.ics``: when each SOP in force is due for evaluation (RFC 5545), made from the log alone.

No clock goes into it: ``DTSTAMP`` is the day the version was filed, and an event keeps its ``UID`` when a newer version
moves it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Final

from pipeline.archive.facts import FINAL_STAGE, Facts, version_name
from pipeline.archive.index import review_months
from pipeline.archive.log import Log
from pipeline.model.dates import long_date

NAME: Final = "tinjauan.ics"
STATE: Final = "X-TERTIB-CATATAN"
"""How many lines the log had and the hash of the last one: tells an older calendar from one that was changed."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_FOLD: Final = 75
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_REMIND: Final = "-P30D"


def render(log: Log) -> bytes:
    """The calendar: one all-day event per SOP, with a reminder 30 days before."""
    office = str(log.settings.get("unit") or log.settings.get("kantor") or "arsip")
    months = review_months(log)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tertib//tinjauan SOP//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text('Tinjauan SOP ' + office)}",
        f"{STATE}:{len(log.events)};{log.last}",
    ]
    for facts in sorted(_current(log), key=lambda facts: facts.folder):
        lines += _event(facts, months, str(log.settings.get("kantor", "")))
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def length_told(data: bytes) -> int:
    """Of how many lines of the log a calendar says it was made; -1 when it does not say."""
    match = re.search(rb"\r\n" + STATE.encode() + rb":(\d{1,6});", data)
    return int(match[1]) if match else -1


def _current(log: Log) -> Iterator[Facts]:
    """The version of every SOP with the latest effective date, among equals the last filed."""
    latest: dict[str, Facts] = {}
    for filed in log.filed:
        facts = filed.facts
        if facts.kind != "sop" or facts.stage != FINAL_STAGE or facts.effective is None:
            continue
        known = latest.get(facts.folder)
        if (
            known is None
            or known.effective is None
            or (facts.effective, facts.version)
            > (
                known.effective,
                known.version,
            )
        ):
            latest[facts.folder] = facts
    yield from latest.values()


def _event(facts: Facts, months: int, office: str) -> Iterator[str]:
    effective = facts.effective or facts.date
    try:
        due = _later(effective, months)
    except (ValueError, OverflowError):
        return
    name = hashlib.sha256(f"{office}/{facts.folder}".encode()).hexdigest()[:32]
    yield from ("BEGIN:VEVENT", f"UID:{name}@tertib", f"DTSTAMP:{facts.date:%Y%m%d}T000000Z")
    yield from (f"SEQUENCE:{facts.version}", f"DTSTART;VALUE=DATE:{due:%Y%m%d}")
    yield f"DTEND;VALUE=DATE:{due + dt.timedelta(days=1):%Y%m%d}"
    title = facts.title or facts.name
    yield f"SUMMARY:{_text(f'Tinjau SOP {title}')}"
    about = (
        f"SOP {title}{' nomor ' + facts.number if facts.number else ''} berlaku sejak {long_date(effective)} dan "
        f"harus dievaluasi setelah {months} bulan.\nArsip: {facts.folder}/{version_name(facts.version)}"
    )
    yield f"DESCRIPTION:{_text(about)}"
    yield from ("TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(f'Tinjau SOP {title}')}")
    yield from (f"TRIGGER:{_REMIND}", "END:VALARM", "END:VEVENT")


def _later(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last day of that month. Raises ValueError after the year 9999."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(years, month + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _text(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    return _NO_TEXT.sub(" ", text).translate(_ESCAPES)


def _folded(line: str) -> str:
    """A content line: at most 75 octets, continued after CRLF and a blank; no sign is torn apart (3.1)."""
    parts = []
    rest = line
    room = _FOLD
    while len(rest.encode()) > room:
        part = rest.encode()[:room].decode(errors="ignore")
        parts.append(part)
        rest = rest[len(part) :]
        room = _FOLD - 1
    return "\r\n ".join([*parts, rest]) + "\r\n"
