"""Merges proposals that ask for the same thing at the same place. Nothing is dropped: a need keeps all its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.recap import Need
from pipeline.model.recess import Meeting, Proposal, Recess
from pipeline.recess.similar_needs import Asked, Index, Profile, Profiler, frequencies

SURE = 100


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that was joined to a need because it is similar to its lead, and not because it is the same in words."""

    need: int
    lead: Proposal
    row: Proposal
    score: int


def merge(
    proposals: Sequence[Proposal],
    meetings: Mapping[str, Meeting],
    *,
    together: Iterable[Sequence[str]] = (),
    apart: Iterable[Sequence[str]] = (),
) -> tuple[Need, ...]:
    """The needs behind ``proposals``, in order of their first rows and numbered from 1.

    A row joins the need whose lead it is most like (see ``similar_needs``), never one that it is only like a later row
    of. ``together`` and ``apart`` (ids) are what the office says: it always wins, and ``apart`` over ``together``. A
    row without a text, or without any place (its own or its meeting's), is a need by itself.
    """
    profiler = Profiler()
    profiles = [profiler.profile(asked(row, meetings.get(row.meeting_id))) for row in proposals]
    merging = _Merging(proposals, profiles, _Said.of(proposals, together, apart))
    for position in range(len(proposals)):
        merging.place(position)
    return merging.needs()


_Identity = tuple[int, ...]
_KEPT = 4
_merged: dict[_Identity, tuple[Recess, tuple[Need, ...]]] = {}


def merged(recess: Recess) -> tuple[Need, ...]:
    """The needs of ``recess``, not yet in the order of print: what a rule asks for and then the recap.

    100,000 rows take seconds to merge, so the last few results are kept with the recess that they are of (which keeps
    its parts from being another's: they are told by their identity).
    """
    key = tuple(map(id, (recess.proposals, recess.meetings, recess.together, recess.apart)))
    known = _merged.get(key)
    if known is None:
        meetings = {meeting.id: meeting for meeting in reversed(recess.meetings)}
        needs = merge(recess.proposals, meetings, together=recess.together, apart=recess.apart)
        while len(_merged) >= _KEPT:
            _merged.pop(next(iter(_merged)))
        known = _merged[key] = (recess, needs)
    return known[1]


def merged_like(recess: Recess, needs: Iterable[Need]) -> tuple[Need, ...]:
    """``needs`` with the rows of ``recess``, which are those of another edition by their numbers in the table."""
    rows = {row.row: row for row in recess.proposals}
    found = sorted(needs, key=lambda need: need.lead.row)
    return tuple(
        _need(number, [rows[row.row] for row in need.rows if row.row in rows], need.scores)
        for number, need in enumerate(found, 1)
    )


def asked(proposal: Proposal, meeting: Meeting | None) -> Asked:
    """What ``proposal`` asks for; without a place of its own it is for the place of its meeting."""
    place = (proposal.subdistrict, proposal.village)
    if not any(place) and meeting is not None:
        place = (meeting.subdistrict, meeting.village)
    return Asked(
        text=proposal.text,
        subdistrict=place[0],
        village=place[1],
        location=proposal.location,
        field=proposal.field,
        agency=proposal.agency,
        volume=proposal.volume,
        unit=proposal.unit,
        kind=proposal.kind,
        entry=proposal.entry,
        recipient=proposal.recipient,
        latitude=proposal.latitude,
        longitude=proposal.longitude,
    )


def doubtful(needs: Iterable[Need]) -> tuple[Doubt, ...]:
    """Rows that somebody should confirm to be the same as the lead of their need, the least similar first."""
    doubts = [
        Doubt(need.number, need.lead, row, score)
        for need in needs
        for row, score in zip(need.rows, need.scores, strict=True)
        if score < SURE
    ]
    return tuple(sorted(doubts, key=lambda doubt: (doubt.score, doubt.row.row)))


@dataclass(frozen=True, slots=True)
class _Said:
    """What the office says about rows: which go together (each with the first of them), which are apart."""

    leader: Mapping[int, int]
    apart: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(
        cls, proposals: Sequence[Proposal], together: Iterable[Sequence[str]], apart: Iterable[Sequence[str]]
    ) -> _Said:
        groups, divided = [list(ids) for ids in together], [list(ids) for ids in apart]
        if not groups and not divided:
            return cls({}, {})
        rows: dict[str, list[int]] = {}
        for position, proposal in enumerate(proposals):
            rows.setdefault(proposal.id, []).append(position)
        leader: dict[int, int] = {}
        for ids in groups:
            # Of two rows with one id the first is meant; the reader reports the other.
            _join(leader, [rows[id][0] for id in dict.fromkeys(ids) if id in rows])
        against: dict[int, list[int]] = {}
        for number, ids in enumerate(divided):
            for id in dict.fromkeys(ids):
                for position in rows.get(id, ()):
                    against.setdefault(position, []).append(number)
        return cls(
            {position: _first(leader, position) for position in leader},
            {position: tuple(numbers) for position, numbers in against.items()},
        )


def _join(leader: dict[int, int], positions: Sequence[int]) -> None:
    """Bring the groups of ``positions`` together under the first row of all."""
    firsts = [_first(leader, position) for position in positions]
    for position in (*positions, *firsts):
        leader[position] = min(firsts)


def _first(leader: Mapping[int, int], position: int) -> int:
    while leader.get(position, position) != position:
        position = leader[position]
    return position


class _Merging:
    """Needs as they grow, row by row."""

    def __init__(self, proposals: Sequence[Proposal], profiles: Sequence[Profile | None], said: _Said) -> None:
        self._proposals = proposals
        self._profiles = profiles
        self._said = said
        self._index = Index(frequencies(profiles))
        self._rows: list[list[int]] = []
        self._scores: list[list[int]] = []
        self._groups: dict[int, int] = {}  # first row of a group that goes together -> need
        self._divided: dict[int, set[int]] = {}  # need -> groups that are apart in it

    def place(self, position: int) -> None:
        """Put the row into the need where it belongs, or make it the lead of a new one."""
        profile = self._profiles[position]
        leader = self._said.leader.get(position)
        need, score = self._told(position, leader)
        if need is None and profile is not None and leader is None:
            need, score = self._like(position, profile)
        if need is None:
            need, score = len(self._rows), SURE
            self._rows.append([])
            self._scores.append([])
        self._rows[need].append(position)
        self._scores[need].append(score)
        if position in self._said.apart:
            self._divided.setdefault(need, set()).update(self._said.apart[position])
        if leader is not None:
            self._groups.setdefault(leader, need)
        if profile is not None and (leader is not None or len(self._rows[need]) == 1):
            self._index.add(need, profile)

    def _told(self, position: int, leader: int | None) -> tuple[int | None, int]:
        need = None if leader is None else self._groups.get(leader)
        return (need if need is not None and self._may_join(position, need) else None), SURE

    def _like(self, position: int, profile: Profile) -> tuple[int | None, int]:
        for score, need in self._index.like(profile):
            if self._may_join(position, need):
                return need, score
        return None, SURE

    def _may_join(self, position: int, need: int) -> bool:
        return self._divided.get(need, set()).isdisjoint(self._said.apart.get(position, ()))

    def needs(self) -> tuple[Need, ...]:
        return tuple(
            _need(number, [self._proposals[position] for position in rows], scores)
            for number, (rows, scores) in enumerate(zip(self._rows, self._scores, strict=True), 1)
        )


def _need(number: int, rows: Sequence[Proposal], scores: Sequence[int]) -> Need:
    amounts = tuple(sorted({row.amount for row in rows if row.amount is not None}))
    return Need(number, tuple(rows), amounts[-1] if amounts else None, amounts, tuple(scores))
