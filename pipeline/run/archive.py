"""``tertib archive`` and ``tertib verify``: what was built goes into the archive, and the archive is proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.archive.facts import Facts, version_name
from pipeline.archive.faults import Verified
from pipeline.archive.log import Filed
from pipeline.archive.storage import Storage, unwritable
from pipeline.archive.store import Plan, Signed
from pipeline.archive.verify import find_archives, is_archive, verify_storage, version_faults
from pipeline.archive.verify import verify as verify_archive
from pipeline.errors import ArchiveError, TertibError, UsageError
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Message, say
from pipeline.model.result import RunResult
from pipeline.run.archive_book import BOOK, LIST, listed, outdated, version_in
from pipeline.run.archive_desk import ARCHIVE, Desk, address_of, archive_of, office_at, storage_of
from pipeline.run.archive_glance import remark
from pipeline.run.archive_units import (
    OFFICE_FILE,
    Unit,
    effective_date,
    is_meant,
    item_of,
    lost_units,
    prove_current,
    units_of,
)
from pipeline.run.events import Listener
from pipeline.run.not_checked import of_archive, of_units
from pipeline.run.outcome import Outcome, Problem, no_such
from pipeline.run.replay import Seen
from pipeline.run.settings import Settings
from pipeline.run.state import State
from pipeline.run.writing import Outputs, own


def archive(settings: Settings, listener: Listener) -> Outcome:
    """File what was built and differs from its latest version. Raises UsageError, OutputError."""
    for path in settings.paths:
        _must_exist(settings, path)
    with own(settings.output, listener) as outputs:
        state = State(outputs)
        seen = Seen("archive", settings, outputs, *_inputs_of(state, settings))
        every = list(units_of(state, outputs))
        units = [unit for unit in every if is_meant(unit, settings)]
        lost = [_lost(unit, settings) for unit in lost_units(state, outputs, settings) if is_meant(unit, settings)]
        if not units:
            return Outcome(RunResult((), ()), notes=(*lost, _NOTHING_BUILT))
        listener.started(len(units), say("Mengarsipkan"))
        done = [
            _file_office(office, [unit for unit in units if unit.office == office], every, settings, outputs, listener)
            for office in dict.fromkeys(unit.office for unit in units)
        ]
        problems = [problem for one in done for problem in one.problems]
        more = [*lost, *of_units(units)]
        told = [list(notes) if notes or problems else [_SAME] for notes in _told_of(done)]
        notes, later = ((*part, *more) for part in told)
        closing = _filed(len(units), sum(one.added for one in done), len(problems)) if problems else None
        lasting = all(one.lasting for one in done)
        outcome = Outcome(RunResult((), (), closing=closing), tuple(problems), notes, later, lasting)
        seen.keep(outcome)
    return outcome


_SAME = say("Tidak ada yang berubah sejak arsip terakhir.")


def _told_of(done: Sequence[_Done]) -> tuple[list[Message], list[Message]]:
    """What is told of this run, and what the next one would tell."""
    return [note for one in done for note in one.notes], [note for one in done for note in one.later]


def _inputs_of(state: State, settings: Settings) -> tuple[set[Path], set[Path]]:
    """The folders of the offices whose documents are on record, and all their inputs."""
    keys = {settings.root / key for _, made in state.all() for key in made.sources}
    return {key.parent for key in keys if key.name == OFFICE_FILE}, keys


def _lost(unit: Unit, settings: Settings) -> Message:
    return say(
        "{told} tidak ada lagi, padahal masukannya tidak berubah; versinya di arsip tetap ada. Bila masih diperlukan, "
        "jalankan tertib build (untuk reses: tertib recap, untuk buku: tertib book).",
        told=settings.relative(unit.made[0][0]),
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of one office: how many versions were added, what is told, and what went wrong.

    ``later`` is what the next run would tell with nothing changed. ``lasting`` is false where it cannot be seen from
    here whether the archive changed, or what was told may have ended with this run.
    """

    added: int
    notes: tuple[Message, ...]
    problems: tuple[Problem, ...]
    later: tuple[Message, ...] = ()
    lasting: bool = False


def _file_office(
    office: str, units: Sequence[Unit], every: Sequence[Unit], settings: Settings, outputs: Outputs, listener: Listener
) -> _Done:
    """File what is meant of an office, ``units``; ``every`` is all that was built."""
    notes: list[Message] = []
    problems: list[Problem] = []
    added = 0
    later: tuple[Message, ...] = ()
    lasting = False
    try:
        with archive_of(office, units, settings, outputs, listener) as desk:
            plans, problems, old = _plans(units, every, desk, settings, listener)
            notes += old
            later = tuple(notes)
            here = desk.storage.local is not None and desk.storage.local.is_relative_to(outputs.folder)
            if desk.filing.is_new and not plans:
                return _Done(0, tuple(notes), tuple(problems), later, here)
            if not problems:
                notes += remark(desk, [plan.facts.folder for _, plan in plans])
            notes += _left_behind(desk, outputs.folder / office / ARCHIVE, settings)
            notes += desk.filing.begin(desk.told_of_office)
            lasting = here and len(notes) == len(later)
            for plan, error in desk.filing.file([plan for _, plan in plans]):
                unit = next(unit for unit, one in plans if one is plan)
                if error is not None:
                    problems.append(Problem(error, unit.id))
                else:
                    added += 1
                    notes.append(_added(unit, plan.facts))
            ended = desk.filing.finish()
            notes += ended
            lasting = lasting and not ended
    except TertibError as error:
        problems.append(Problem(error, units[0].id if len(units) == 1 else office))
    return _Done(added, tuple(notes), tuple(problems), later, lasting)


def _left_behind(desk: Desk, usual: Path, settings: Settings) -> Sequence[Message]:
    """What is said when an archive begins at an address while there is one in the usual folder."""
    if not desk.filing.is_new or desk.storage.local == usual or not is_archive(usual):
        return ()
    text = say(
        "{told}: arsip baru dimulai di sini. Arsip sebelumnya di {usual} tetap ada dan tidak disalin.",
        told=desk.storage.told,
        usual=settings.relative(usual),
    )
    return (text,)


def _plans(
    units: Sequence[Unit], every: Sequence[Unit], desk: Desk, settings: Settings, listener: Listener
) -> tuple[list[tuple[Unit, Plan]], list[Problem], list[Message]]:
    """What is to be filed, in the order of ``units``, what keeps others from being filed, and which books are old."""
    plans: list[tuple[Unit, Plan]] = []
    problems: list[Problem] = []
    notes: list[Message] = []
    versions: dict[tuple[str, str], str] = {}
    for unit in units:
        try:
            old = outdated(unit, every, settings) if unit.kind == BOOK else None
            plan = _plan(unit, desk, versions, settings) if old is None else None
            notes += [old] if old is not None else []
            plans += [(unit, plan)] if plan is not None else []
        except TertibError as error:
            problems.append(Problem(error, unit.id))
        except OSError as error:
            problems.append(Problem(unwritable(desk.storage.told, error), unit.id))
        listener.advanced(unit.id)
    return plans, problems, notes


def _plan(unit: Unit, desk: Desk, versions: dict[tuple[str, str], str], settings: Settings) -> Plan | None:
    """What is to be filed of ``unit``, None when nothing changed.

    ``versions`` are those of the SOPs so far, by name and SHA-256 of the PDF in hand; that of ``unit`` is added.
    """
    prove_current(unit, settings)
    item = item_of(unit, settings)
    known = desk.filing.log.versions(item.folder)
    faults = version_faults(desk.storage, known[-1]) if known and desk.storage.local else ()
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise _damaged(faults, desk.storage.told)
    plan = None
    if desk.filing.has_changed(item):
        item = replace(item, effective=effective_date(unit, settings, desk.office))
        if unit.kind == BOOK:
            item = replace(item, sources={LIST: listed(unit, partial(_version_of, desk, versions))})
        plan = desk.filing.plan_for(item)
    if unit.kind == "sop":
        made = [one.place for one in desk.filing.log.versions(item.folder) if not one.facts.signed]
        versions[unit.name, unit.made[0][1].pdf] = plan.facts.place if plan else made[-1]
    return plan


def _version_of(desk: Desk, versions: Mapping[tuple[str, str], str], name: str, proof: str) -> str:
    """The version of an SOP, also one that prints the same and differs in a remark; "" for none."""
    return versions.get((name, proof)) or version_in(desk, name, proof)


def _added(unit: Unit, facts: Facts) -> Message:
    return say(
        "{unit}: versi {n} diarsipkan{stage}.",
        unit=unit.id,
        n=version_name(facts.version),
        stage="" if facts.stage in ("", "final") else f" ({facts.stage})",
    )


def _filed(units: int, added: int, failed: int) -> Message:
    return say(
        "{units} dokumen untuk arsip: {added} versi baru diarsipkan, {failed} kegagalan.",
        units=units,
        added=added,
        failed=failed,
    )


def file_signed(desk: Desk, office: str, original: Filed, signed: Mapping[str, Signed]) -> Message | None:
    """File what came back from signing beside its ``original``, all of one item at once, by the name of the PDF.

    What was done, in words; None when exactly these files are there already. Raises TertibError, OSError.
    """
    version = original.facts.version
    beside = [one for one in desk.filing.log.versions(original.facts.folder) if one.facts.original == version]
    for one in (original, *beside[-1:]) if desk.storage.local else ():
        faults = version_faults(desk.storage, one)
        if any(fault.severity is Severity.ERROR for fault in faults):
            raise _damaged(faults, desk.storage.told)
    plan = desk.filing.plan_signed(original, signed)
    if plan is None:
        return None
    desk.filing.begin(desk.told_of_office)
    for _, error in desk.filing.file([plan]):
        if error is not None:
            raise error
    desk.filing.finish()
    return say(
        "{unit}: versi {n} diarsipkan (bertanda tangan, dari {original}).",
        unit=f"{office}/{plan.facts.folder}",
        n=version_name(plan.facts.version),
        original=version_name(original.facts.version),
    )


def verify(settings: Settings, listener: Listener) -> Outcome:
    """Prove the archives at ``settings.paths``: folders, addresses, or the inputs of an office.

    Raises UsageError where there is nothing to prove, OutputError where it cannot be reached.
    """
    places = [place for path in settings.paths for place in _archives(path, settings)]
    return _prove(tuple({place.told: place for place in places}.values()), listener)


def _archives(path: Path, settings: Settings) -> Sequence[Storage | Local]:
    address = address_of(path)
    if address:
        return [storage_of(address, settings.output, None, settings)]
    full = _must_exist(settings, path)
    found: list[Storage | Local] = [Local(folder, settings.relative(folder)) for folder in find_archives(full)]
    office = office_at(full, settings)
    if office is not None and office.office.archiving.address:
        found.append(storage_of(office.office.archiving.address, full, None, settings))
    if not found:
        raise UsageError(
            say("{path}: tidak ada arsip di sini. Sebutkan folder arsip, misalnya outputs/KANTOR/arsip.", path=path)
        )
    return found


@dataclass(frozen=True, slots=True)
class Local:
    """An archive, or a version of one, in a folder."""

    folder: Path
    told: str


def _prove(places: Sequence[Storage | Local], listener: Listener) -> Outcome:
    listener.started(len(places), say("Memeriksa arsip"))
    findings: list[Finding] = []
    problems: list[Problem] = []
    notes: list[Message] = []
    versions = newer = 0
    for place in places:
        proved = verify_archive(place.folder, place.told) if isinstance(place, Local) else verify_storage(place)
        findings += proved.findings
        versions += proved.versions
        faults = sum(finding.severity is Severity.ERROR for finding in proved.findings)
        newer += proved.newer
        if proved.newer:
            problems.append(Problem(_too_new(place.told)))
        elif faults:
            problems.append(Problem(_not_whole(place.told, faults, proved.form)))
        else:
            notes.append(_whole(place.told, proved))
        notes += of_archive(place.told, proved)
        listener.advanced(place.told)
    wrong = sum(finding.severity is Severity.ERROR for finding in findings)
    closing = _proved(versions, wrong - newer, newer) if findings else None
    return Outcome(RunResult(tuple(findings), (), closing=closing), tuple(problems), tuple(notes))


def _whole(told: str, proved: Verified) -> Message:
    if proved.form:
        return say(
            "{told}: ekspor {form} utuh, {versions} versi, {files} berkas.",
            told=told,
            form=proved.form,
            versions=proved.versions,
            files=proved.files,
        )
    what = say(
        "{told}: utuh, {versions} versi, {files} berkas", told=told, versions=proved.versions, files=proved.files
    )
    if not proved.last:
        return say("{what}.", what=what)
    return say("{what}; sidik akhir catatan {last}.", what=what, last=proved.last)


def _proved(versions: int, faults: int, newer: int) -> Message:
    if newer and not versions:
        return say("{newer} arsip tidak dapat diperiksa.", newer=newer)
    if newer:
        return say(
            "{versions} versi arsip diperiksa: {faults} kesalahan. {newer} arsip tidak dapat diperiksa.",
            versions=versions,
            faults=faults,
            newer=newer,
        )
    return say("{versions} versi arsip diperiksa: {faults} kesalahan.", versions=versions, faults=faults)


def _too_new(told: str) -> ArchiveError:
    return ArchiveError(
        say(
            "Arsip {told} belum diperiksa: versi tertib di komputer ini belum mengenalnya. Perbarui tertib, lalu "
            "periksa lagi.",
            told=told,
        )
    )


def _not_whole(told: str, count: int, form: str) -> ArchiveError:
    if form:
        return ArchiveError(
            say(
                "Ekspor {form} {told} tidak utuh: {count} temuan di atas. Salin lagi dari asalnya, atau ekspor lagi ke "
                "folder lain dengan tertib archive export.",
                form=form,
                told=told,
                count=count,
            )
        )
    return ArchiveError(
        say(
            "Arsip {told} tidak utuh: {count} temuan di atas. Pulihkan dari salinan cadangan, lalu periksa lagi.",
            told=told,
            count=count,
        )
    )


_NOTHING_BUILT = say("Belum ada PDF yang dapat diarsipkan. Jalankan tertib build dahulu.")


def _must_exist(settings: Settings, path: Path) -> Path:
    full = settings.root / path
    if not full.exists():
        raise no_such(path)
    return full.resolve()


def _damaged(faults: Sequence[Finding], told: str) -> ArchiveError:
    first = faults[0]
    return ArchiveError(
        say(
            "Versi terakhir di arsip tidak utuh ({file}: {message}), jadi tidak ada yang diarsipkan. "
            "Lihat semuanya dengan tertib verify {told}, pulihkan dari salinan cadangan, lalu "
            "arsipkan lagi.",
            file=first.place.file,
            message=first.message,
            told=told,
        )
    )
