"""Merges proposals that say the same about the same place. Nothing is dropped: a need keeps all its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.recap import Need
from pipeline.model.recess import Meeting, Proposal
from pipeline.recess.text import squash


def merge(proposals: Sequence[Proposal], meetings: Mapping[str, Meeting]) -> tuple[Need, ...]:
    """The needs behind ``proposals``, in order of their first rows and numbered from 1.

    Two rows are one need when text, kecamatan, desa and lokasi agree but for case, blanks and punctuation. A row
    without a text or without any place (its own or its meeting's) is a need by itself.
    """
    groups: dict[tuple[str, ...], list[Proposal]] = {}
    for proposal in proposals:
        groups.setdefault(_key(proposal, meetings.get(proposal.meeting_id)), []).append(proposal)
    return tuple(_need(number, rows) for number, rows in enumerate(groups.values(), 1))


def _key(proposal: Proposal, meeting: Meeting | None) -> tuple[str, ...]:
    place = (proposal.subdistrict, proposal.village)
    if not any(place) and meeting is not None:
        place = (meeting.subdistrict, meeting.village)
    text = squash(proposal.text)
    if not text or not any(place):
        return ("", str(proposal.row))
    return (text, squash(place[0]), squash(place[1]), squash(proposal.location))


def _need(number: int, rows: Sequence[Proposal]) -> Need:
    amounts = tuple(sorted({row.amount for row in rows if row.amount is not None}))
    return Need(number, tuple(rows), amounts[-1] if amounts else None, amounts)
