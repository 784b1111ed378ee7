"""Times of meetings as people write them: "09.00", "9:00 WIB", "pukul 09.00 s.d. 11.30"."""

from __future__ import annotations

import re

from pipeline.model.recess import Meeting
from pipeline.recess.text import squash

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4])\s?[.:]\s?([0-5]\d)(?!\d)")


def start_of(meeting: Meeting) -> str:
    """The time at which a meeting starts, "09.00"; its words where they hold no time of the clock, "" for none."""
    found = _CLOCK.search(meeting.time)
    return f"{int(found[1]):02}.{found[2]}" if found else squash(meeting.time)


def has_clock(meeting: Meeting) -> bool:
    """Does the time of a meeting say an hour and minutes?"""
    return _CLOCK.search(meeting.time) is not None


def place_of(meeting: Meeting) -> tuple[str, str, str]:
    """What tells the place of a meeting from others, without case and signs."""
    return squash(meeting.venue), squash(meeting.village), squash(meeting.subdistrict)
