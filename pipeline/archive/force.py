"""What was in force on a day: of every SOP the version with the latest effective date that had come by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.archive.facts import FINAL_STAGE, Facts, version_name
from pipeline.archive.log import Filed
from pipeline.model.dates import told_date
from pipeline.model.message import Message, say


@dataclass(frozen=True, slots=True)
class Standing:
    """A version on a day: in force, or why not (``reason``)."""

    facts: Facts
    reason: Message | None = None

    @property
    def in_force(self) -> bool:
        """Was it?"""
        return self.reason is None


def standings(filed: Sequence[Filed], day: dt.date) -> tuple[Standing, ...]:
    """How every version of every SOP stood on ``day``, in the order of ``filed``.

    Of versions with one effective date the signed one counts, before all one signed by whoever was to sign it, then
    the one filed last: a correction keeps the date.
    Reports and books are never in force. Whether an SOP was revoked by another act the archive does not know.
    """
    current = {facts.folder: facts for facts in _current(filed, day)}
    return tuple(
        Standing(one.facts, _reason(one.facts, current.get(one.facts.folder), day))
        for one in filed
        if one.facts.kind == "sop"
    )


def _current(filed: Sequence[Filed], day: dt.date) -> Iterator[Facts]:
    """Later ones of a folder take the place of earlier ones."""
    able = [one.facts for one in filed if _can_hold(one.facts, day)]
    yield from sorted(able, key=lambda facts: (facts.effective or dt.date.min, _rank(facts), facts.version))


def _rank(facts: Facts) -> int:
    if not facts.signed:
        return 0
    return 1 if facts.others else 2


def _can_hold(facts: Facts, day: dt.date) -> bool:
    return facts.stage == FINAL_STAGE and facts.effective is not None and facts.effective <= day


def _reason(facts: Facts, current: Facts | None, day: dt.date) -> Message | None:
    if facts.stage != FINAL_STAGE:
        return say("berstatus {stage}", stage=facts.stage or "-")
    if facts.effective is None:
        return say("tanggal efektifnya tidak tercatat")
    if facts.effective > day:
        return say("baru berlaku {day}", day=told_date(facts.effective))
    if current is None or current == facts:
        return None
    if current.effective == facts.effective:
        name = version_name(current.version)
        if current.signed and not facts.signed:
            return say("digantikan {name}, yang bertanda tangan", name=name)
        if facts.others and not current.others:
            who = ", ".join(facts.others)
            return say("{name} ditandatangani oleh yang ditetapkan, versi ini oleh {who}", name=name, who=who)
        return say("digantikan {name} dengan tanggal efektif yang sama", name=name)
    return say(
        "digantikan {name} sejak {day}", name=version_name(current.version), day=told_date(current.effective or day)
    )
