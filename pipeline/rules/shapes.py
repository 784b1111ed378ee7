"""Questions about an SOP as a whole that several rules ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model.duration import TimeKind
from pipeline.model.finding import DataPath
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop, Step, StepKind
from pipeline.rules.actors import Names
from pipeline.rules.sentences import Mood, Sentence
from pipeline.rules.vocabulary import words

_RECESS = "reses"
_DECIDING = frozenset(
    ("menyetujui", "menolak", "memeriksa", "memverifikasi", "meneliti", "mengoreksi", "mempertimbangkan")
)
_DECIDED = frozenset(("disetujui", "ditolak", "diperiksa", "diverifikasi", "diteliti", "dikoreksi", "dipertimbangkan"))
_CONSENT = ("memberi persetujuan", "memberikan persetujuan")
_EACH = re.compile(r"^(?:setiap|tiap-tiap|tiap|masing-masing|seluruh|semua|para)\s+", re.IGNORECASE)


def has_time(step: Step) -> bool:
    """Does the row say anything under *waktu*?"""
    return step.time is not None and step.time.kind is not TimeKind.EMPTY


def is_narrative(sop: Sop) -> bool:
    """A draft that tells a purpose and steps but states no time and no output anywhere (rule NAR-01)."""
    stated = any(has_time(step) or step.outputs for step in sop.steps)
    return bool(sop.purpose.strip()) and bool(sop.steps) and not stated


def mentions_recess(step: Step) -> bool:
    """Does the row speak of a recess?"""
    return any(_RECESS in text.lower() for text in (step.activity, *step.outputs))


def is_about_recess(sop: Sop) -> bool:
    """Is the SOP about a recess: by its title, or because at least half of its rows speak of one?"""
    speaking = sum(mentions_recess(step) for step in sop.steps)
    return _RECESS in sop.title.lower() or (bool(sop.steps) and 2 * speaking >= len(sop.steps))


def conducts_recess(step: Step) -> bool:
    """Is this the row in which the recess itself is held ("Melaksanakan kegiatan reses ...")?"""
    text = step.activity.lower()
    before, found, after = text.partition("melaksanakan")
    if not found or "untuk " in before:
        return False
    words = after.split()
    if words[:1] == ["kegiatan"]:
        words = words[1:]
    return words[:1] == [_RECESS] or words[:2] == ["masa", _RECESS]


def content(sop: Sop) -> Iterator[str]:
    """The texts that say what the SOP is about, without title, actors and qualifications."""
    for step in sop.steps:
        yield step.activity
        yield from step.inputs
        yield from step.outputs
        yield step.remark
    yield from sop.related
    yield from sop.warnings
    yield from sop.records


def states(*texts: str) -> bool:
    """Does one of ``texts`` state anything? A dash says that there is nothing."""
    return any(text.strip(" -–—") for text in texts)


def is_start(step: Step) -> bool:
    """Is the row drawn as the start?"""
    return step.kind is StepKind.START


def names_itself(name: str, title: str) -> bool:
    """Is ``name``, of an SOP, the title itself, but for "SOP" in front, capitals and blanks?"""
    bare = " ".join(bare_title(name).lower().split())
    return bool(bare) and bare == " ".join(bare_title(title).lower().split())


def exit_key(label: str) -> str:
    """The column in which an exit with this label is written."""
    folded = label.casefold()
    return folded if folded in ("ya", "tidak") else "cabang" if label else "lanjut"


def open_decisions(sop: Sop) -> tuple[int, ...]:
    """Rows of decisions that lack one of their two exits, or both (rule ALR-02): where those lead is not known."""
    return tuple(
        row
        for row, step in enumerate(sop.steps)
        if step.kind is StepKind.DECISION and len({branch.label.casefold() for branch in step.branches}) < 2
    )


def exit_path(row: int, label: str) -> DataPath:
    """Where the exit ``label`` of ``row`` is written."""
    return ("langkah", row, exit_key(label))


def has_consent(step: Step) -> bool:
    """Does the row say that a consent is given?"""
    return any(phrase in step.activity.lower() for phrase in _CONSENT)


def decides(step: Step, sentence: Sentence) -> bool:
    """Do the row's words have two outcomes: does it examine, approve or reject?"""
    return sentence.verb in _DECIDING or sentence.verb in _DECIDED or has_consent(step)


def doer(sentence: Sentence, names: Names) -> str:
    """Who acts by the words of an activity: its agent (*oleh*), or the subject of an active verb. "" when unsaid."""
    first = sentence.clauses[0]
    if first.mood is Mood.PASSIVE:
        return first.agent
    subject = _EACH.sub("", first.subject)
    if first.mood is not Mood.ACTIVE or not subject:
        return first.agent if first.mood is not Mood.QUESTION else ""
    known = names.leading(subject) or subject.split(maxsplit=1)[0].lower().strip(".") in words("actor")
    return subject if known else ""


def span_of(text: str, part: str) -> tuple[int, int] | None:
    """Where ``part`` stands in ``text``, None when it does not stand there as written."""
    start = text.find(part) if part else -1
    return (start, start + len(part)) if start >= 0 else None


def numbered(step: Step, row: int) -> str:
    """How messages name a row: its own number, or its place when it has none."""
    return str(step.number) if step.number is not None else str(row + 1)


def numbers(sop: Sop, rows: Iterable[int]) -> str:
    """Several rows in a message: "3, 5-8"."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    ends = [(numbered(sop.steps[run[0]], run[0]), numbered(sop.steps[run[-1]], run[-1]), len(run)) for run in runs]
    return ", ".join(
        first if count == 1 else f"{first}{'-' if count > 2 else ', '}{last}" for first, last, count in ends
    )
