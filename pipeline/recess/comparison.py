"""A recess beside the one before it: what is done, asked for again, new, and not heard any more."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.recap import UNSTATED, Change, ComparedNeed, Comparison, Dimension, FieldChange, Need, Recap
from pipeline.model.recess import PROPOSALS, Earlier, EarlierNeed, Held, Meeting, Recess, RecessInput
from pipeline.recess.grouping import labels
from pipeline.recess.needs import asked, merged
from pipeline.recess.similar_needs import Asked, Index, Profile, Profiler, frequencies
from pipeline.recess.text import group_key, squash
from pipeline.resources import data_file


def compare(recap: Recap, earlier: Earlier) -> Comparison:
    """Every need of both recesses once; of two that ask for the same (see ``similar_needs``) the pair in one line.

    Needs of this recess come first, by number; then those of the recess before that were not heard again, in its order.
    Raises ProofError when a need is missing or stands there twice (RES-12).
    """
    pairs = _pairs(recap.needs, earlier.needs, recap.meetings)
    before = {now: (then, score) for now, then, score in pairs}
    repeated = {then for _, then, _ in pairs}
    lines = [_line(need, earlier.needs, before.get(position)) for position, need in enumerate(recap.needs)]
    for position, need in enumerate(earlier.needs):
        if position not in repeated:
            lines.append(ComparedNeed(Change.DONE if is_done(need.status) else Change.OPEN, None, need))
    comparison = Comparison(
        previous=earlier.held,
        needs=tuple(lines),
        counts={change: sum(line.change is change for line in lines) for change in Change},
        fields=_fields(recap, earlier.needs),
    )
    reconcile_comparison(recap, earlier, comparison)
    return comparison


def taken_over(comparison: Comparison, recap: Recap, earlier: Earlier) -> Comparison:
    """``comparison`` of another edition with the needs of ``recap`` and ``earlier``, which have the same numbers."""
    now = {need.number: need for need in recap.needs}
    before = {need.number: need for need in earlier.needs}
    lines = tuple(
        replace(
            line,
            need=None if line.need is None else now[line.need.number],
            earlier=None if line.earlier is None else before[line.earlier.number],
        )
        for line in comparison.needs
    )
    found = Comparison(earlier.held, lines, comparison.counts, _fields(recap, earlier.needs))
    reconcile_comparison(recap, earlier, found)
    return found


def earlier_of(item: RecessInput) -> Earlier | None:
    """What a later recess needs to know of ``item``: its members, who reported, and its needs merged.

    None when ``item`` cannot be used, or not every row of its tables could be read: what is missing there would be
    called new, or done, or not reported.
    """
    recess = item.recess
    if recess is None or item.partial:
        return None
    meetings = {meeting.id: meeting for meeting in reversed(recess.meetings)}
    table = item.tables.get(PROPOSALS)
    return Earlier(
        held=held_of(recess),
        members={member.id: member.name for member in reversed(recess.members)},
        reported=frozenset(_present(recess)),
        needs=tuple(_earlier(need, meetings, table.source(need.lead.row) if table else "") for need in merged(recess)),
    )


def _present(recess: Recess) -> Iterable[str]:
    """Ids of the members with a meeting or a proposal."""
    yield from (meeting.member_id for meeting in recess.meetings if meeting.member_id)
    yield from (row.member_id for row in recess.proposals if row.member_id)


def held_of(recess: Recess) -> Held:
    """When ``recess`` was, and which of the year."""
    return Held(recess.id, recess.year, recess.session, recess.start, recess.end)


def is_done(status: str) -> bool:
    """Do the words of ``status`` say that a need is met ("selesai", "diakomodasi dalam APBD")? "belum selesai" not."""
    words = squash(status).split()
    done, not_done = _status_words()
    if not not_done.isdisjoint(words):
        return False
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in done)


def reconcile_comparison(recap: Recap, earlier: Earlier, comparison: Comparison) -> None:
    """Raise ProofError unless each need of both recesses is in one line and the counts are those of the lines."""
    now = sorted(line.need.number for line in comparison.needs if line.need is not None)
    then = sorted(line.earlier.number for line in comparison.needs if line.earlier is not None)
    counted = {change: [line.change for line in comparison.needs].count(change) for change in Change}
    checks: tuple[tuple[object, object], ...] = (
        (now, [need.number for need in recap.needs]),
        (then, sorted(need.number for need in earlier.needs)),
        (dict(comparison.counts), counted),
        (sum(field.now for field in comparison.fields), len(recap.needs)),
        (sum(field.before for field in comparison.fields), len(earlier.needs)),
    )
    if any(found != expected for found, expected in checks):
        raise ProofError(
            say(
                "Perbandingan dengan {previous} tidak cocok (RES-12): tidak setiap usulan berada di tepat satu baris. "
                "Ini kesalahan program; laporkan beserta data resesnya.",
                previous=earlier.held.id,
            )
        )


def _line(need: Need, earlier: Sequence[EarlierNeed], before: tuple[int, int] | None) -> ComparedNeed:
    if before is None:
        return ComparedNeed(Change.NEW, need, None)
    position, score = before
    found = earlier[position]
    return ComparedNeed(Change.REPEATED, need, found, score, was_done=is_done(found.status))


def _pairs(
    needs: Sequence[Need], earlier: Sequence[EarlierNeed], meetings: Mapping[str, Meeting]
) -> list[tuple[int, int, int]]:
    """``(position now, position then, score)``: each need in at most one pair, the most similar pairs first.

    How much is asked for does not matter: half of a road may be done since, or its length measured anew.
    """
    profiler = Profiler()
    then = [profiler.profile(_asked(need)) for need in earlier]
    index = Index(frequencies(then))
    for position, profile in enumerate(then):
        if profile is not None:
            index.add(position, profile)
    found = [
        (-score, now, before)
        for now, need in enumerate(needs)
        for score, before in _likes(index, profiler.profile(asked(need.lead, meetings.get(need.lead.meeting_id))))
    ]
    taken_now: set[int] = set()
    taken_then: set[int] = set()
    pairs = []
    for score, now, before in sorted(found):
        if now not in taken_now and before not in taken_then:
            taken_now.add(now)
            taken_then.add(before)
            pairs.append((now, before, -score))
    return pairs


def _likes(index: Index, profile: Profile | None) -> list[tuple[int, int]]:
    return [] if profile is None else index.like(profile)


def _asked(need: EarlierNeed) -> Asked:
    return Asked(
        text=need.text,
        subdistrict=need.subdistrict,
        village=need.village,
        location=need.location,
        field=need.field,
        agency=need.agency,
    )


def _earlier(need: Need, meetings: Mapping[str, Meeting], source: str) -> EarlierNeed:
    lead = asked(need.lead, meetings.get(need.lead.meeting_id))
    return EarlierNeed(
        number=need.number,
        text=lead.text,
        field=lead.field,
        agency=lead.agency,
        subdistrict=lead.subdistrict,
        village=lead.village,
        location=lead.location,
        status=_status(row.status for row in need.rows),
        amount=need.amount,
        source=source,
        heard=len(need.rows),
    )


def _status(statuses: Iterable[str]) -> str:
    """One row that says it is done is enough; else what the first row that says anything says."""
    stated = [status for status in statuses if group_key(status)]
    return next((status for status in stated if is_done(status)), stated[0] if stated else "")


def _fields(recap: Recap, earlier: Sequence[EarlierNeed]) -> tuple[FieldChange, ...]:
    """Needs by field now and before: the lines of this recess's table, then fields that only the other had."""
    known = labels(recap.tables[Dimension.FIELD])
    now: dict[str, int] = {}
    before: dict[str, int] = {}
    for need in recap.needs:
        key = group_key(need.lead.field)
        now[key] = now.get(key, 0) + 1
    for one in earlier:
        key = group_key(one.field)
        known.setdefault(key, one.field.strip() if key else UNSTATED)
        before[key] = before.get(key, 0) + 1
    return tuple(FieldChange(label, now.get(key, 0), before.get(key, 0)) for key, label in known.items())


@cache
def _status_words() -> tuple[tuple[str, ...], frozenset[str]]:
    """Phrases that say that something is done, and words that say that it is not."""
    with data_file("done-words.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    done = tuple(row["kata"] for row in rows if row["jenis"] == "selesai")
    return done, frozenset(row["kata"] for row in rows if row["jenis"] == "belum")
