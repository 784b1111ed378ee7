"""Findings made of what rules and readers tell: place in the file, step, subject, document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model.finding import DataPath, Finding, Fix, Place, Related, Severity, SourceMap, place_of
from pipeline.model.fingerprint import normalised, of_both, subject_of
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Hit, Pointer, Rule
from pipeline.rules.settings import CRASH
from pipeline.rules.spans import narrowed, text_at

_OFFICE_KEYS = frozenset(("kantor", "pejabat"))
"""First keys of data paths in the files of the office: a finding there is about no single SOP."""
PREPARATION = "persiapan"
"""Stands for the code of a rule where what all rules need could not be prepared."""


def finding_of(rule: Rule, hit: Hit, item: SopInput, members: Sequence[SopInput]) -> Finding:
    """The finding that ``hit`` of ``rule`` is on ``item``; related places may be in other SOPs of ``members``."""
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=hit.severity or rule.severity,
        message=hit.message,
        help=hit.help,
        place=_hit_place(item, hit),
        source=hit.source if hit.source is not None else rule.source,
        related=tuple(_related(pointer, item, members) for pointer in hit.related),
        document=None if is_of_office(hit.path) else item.id,
        confidence=rule.confidence,
        path=hit.path,
        step=_step(item.sop, hit.path),
        subject=_subject(item, hit),
        about=hit.about,
        fixes=tuple(_fixes(item, hit)),
    )


def _fixes(item: SopInput, hit: Hit) -> Iterator[Fix]:
    for wanted in hit.fixes:
        value = _value(item, wanted.path)
        if value:
            start, end = wanted.span or (0, len(value))
            yield Fix(place_in(item, wanted.path), value, start, end, wanted.text)


def _value(item: SopInput, path: DataPath) -> str:
    """The text at ``path``, "" where there is none."""
    officials = item.office.office.officials
    match path:
        case ("pejabat", int(row), "nama") if row < len(officials):
            return officials[row].name
    return text_at(item.sop, path) if item.sop is not None and not is_of_office(path) else ""


def _subject(item: SopInput, hit: Hit) -> str:
    if hit.subject is not None:
        return hit.subject
    officials = item.office.office.officials
    row = hit.path[1] if len(hit.path) > 1 and hit.path[0] == "pejabat" else None
    if isinstance(row, int) and row < len(officials):
        return normalised(f"{officials[row].name} {officials[row].position}")
    return subject_of(item.sop, hit.path) if item.sop is not None else ""


def _step(sop: Sop | None, path: DataPath) -> int | None:
    """The number of the step at ``path`` as its row states it, None where there is none."""
    if sop is None or len(path) < 2 or path[0] != "langkah":
        return None
    row = path[1]
    return sop.steps[row].number if isinstance(row, int) and row < len(sop.steps) else None


def read_findings(item: SopInput, sop: Sop) -> Iterator[Finding]:
    """What the reader found, with the place in the form and the step that belong to the place in the file."""
    paths = _paths(item.places) if item.findings else {}
    for finding in item.findings:
        path = paths.get(finding.place, ())
        subject = of_both(subject_of(sop, path), finding.subject, path)
        yield replace(finding, path=path, step=_step(sop, path), subject=subject)


def _paths(places: SourceMap) -> dict[Place, DataPath]:
    """The longest data path of each place."""
    found: dict[Place, DataPath] = {}
    for path, place in places.items():
        if len(path) > len(found.get(place, ())):
            found[place] = path
    return found


def _related(pointer: Pointer, item: SopInput, members: Sequence[SopInput]) -> Related:
    owner = item if pointer.item is None else members[pointer.item]
    return Related(place_in(owner, pointer.path), pointer.message)


def _hit_place(item: SopInput, hit: Hit) -> Place:
    place = place_in(item, hit.path)
    return place if hit.span is None or item.sop is None else narrowed(item.sop, hit.path, place, hit.span)


def is_of_office(path: DataPath) -> bool:
    """Does ``path`` lead into a file of the office and not of the SOP?"""
    return bool(path) and path[0] in _OFFICE_KEYS


def place_in(item: SopInput, path: DataPath) -> Place:
    """The place of ``path`` in the files of ``item`` or of its office; the file where nothing nearer is known."""
    if is_of_office(path):
        return office_place(item.office, path)
    return place_of(item.places, path) or Place(item.path.as_posix())


def crash_of(code: str, name: str, fault: Exception, item: SopInput) -> Finding:
    """The finding that stands for a rule that failed on ``item``."""
    return crash_at(place_in(item, ()), item.id, code, name, fault)


def crash_at(place: Place, document: str, code: str, name: str, fault: Exception) -> Finding:
    """The finding that stands for a rule that failed on ``document``, whose file is at ``place``."""
    message = say(
        "Aturan {code} ({name}) gagal memeriksa dokumen ini: {kind}: {fault}.",
        code=code,
        name=name,
        kind=type(fault).__name__,
        fault=fault,
    )
    return crashed(message, code, place, document)


def crashed(message: Message, what: str, place: Place, document: str | None) -> Finding:
    """The finding that stands for a fault of the program in ``what``, the code of a rule or the name of a reader."""
    return Finding(
        code=CRASH,
        name="aturan-gagal",
        severity=Severity.ERROR,
        message=message,
        help=say(
            "Ini kesalahan program, bukan kesalahan Anda. Laporkan beserta berkas ini; aturan lain tetap berjalan."
        ),
        place=place,
        document=document,
        subject=what,
        blocks=True,
        fatal=True,
    )


def office_place(office: OfficeInput, path: DataPath) -> Place:
    """The place of ``path`` in the files of an office; its folder where nothing nearer is known."""
    return place_of(office.places, path) or Place(office.office.folder.as_posix())
