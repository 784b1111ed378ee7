"""``tertib verify``: proves archives, built documents and signed PDFs, whatever the paths name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.archive.storage import scheme_of
from pipeline.archive.verify import find_archives
from pipeline.errors import SignatureError, UsageError
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Message, joined, say, verbatim
from pipeline.model.reasons import why
from pipeline.model.result import RunResult
from pipeline.run import archive, verdicts
from pipeline.run.archive_desk import office_at
from pipeline.run.built import Records, faults_of, is_as_made
from pipeline.run.events import Listener, Silent
from pipeline.run.examined import Examined, carried_id, examine
from pipeline.run.not_checked import of_made
from pipeline.run.originals import Known, known
from pipeline.run.outcome import Outcome, Problem, no_such
from pipeline.run.reading import read_file
from pipeline.run.settings import Settings
from pipeline.run.signatures import is_signed
from pipeline.run.state import Made
from pipeline.run.trust import Trusts
from pipeline.run.verdicts import finding, told_once
from pipeline.run.writing import Outputs
from pipeline.sign.match import Originals
from pipeline.sign.reports import Trust


@dataclass(frozen=True, slots=True)
class Proved:
    """What came of one PDF: what is wrong with it, and what is said of it in any case."""

    findings: tuple[Finding, ...]
    notes: tuple[Message, ...] = ()

    @property
    def whole(self) -> bool:
        """Did it prove right?"""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def verify(settings: Settings, listener: Listener) -> Outcome:
    """Prove what stands at ``settings.paths``, or make it again. Raises UsageError where there is nothing to prove."""
    if settings.rebuild:
        return _together([_made_again(path, settings, listener) for path in settings.paths])
    archives: list[Path] = []
    pdfs: dict[Path, None] = {}
    notes: list[Message] = []
    bench = _Bench(settings)
    for path in settings.paths:
        meant = _meant(path, settings, bench.records)
        if not meant.archive and not meant.pdfs:
            raise _nothing(path)
        archives += [path] if meant.archive else []
        pdfs |= dict.fromkeys(meant.pdfs)
        notes += [meant.left] if meant.left is not None else []
    outcomes = [archive.verify(replace(settings, paths=tuple(archives)), listener)] if archives else []
    if pdfs:
        outcomes.append(_prove_all(tuple(pdfs), bench, listener))
    return _together([*outcomes, Outcome(RunResult((), ()), notes=tuple(notes))])


def _made_again(path: Path, settings: Settings, listener: Listener) -> Outcome:
    from pipeline.run.rebuild import rebuild

    full = settings.root / path
    if not full.exists():
        raise no_such(path)
    if full.is_dir():
        raise UsageError(say("{path} adalah folder. Sebutkan berkas PDF untuk --rebuild.", path=path))
    return rebuild(full.resolve(), settings, listener)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a path names: an archive or none, ``pdfs`` to be proved, and what is said of those that are ``left``."""

    archive: bool
    pdfs: tuple[Path, ...] = ()
    left: Message | None = None


def _meant(path: Path, settings: Settings, records: Records) -> _Meant:
    """What is to be proved at ``path``.

    Where a folder holds an archive, the archive is what is meant: the documents beside it change with every build.
    """
    if scheme_of(str(path)):
        return _Meant(True)
    full = settings.root / path
    if not full.exists():
        raise no_such(path)
    full = full.resolve()
    archives = find_archives(full)
    if archives or _has_archive_elsewhere(full, settings):
        signed = (full,) if full.is_file() and _looks_signed(full) else ()
        return _Meant(True, signed, _outside(full, archives, settings))
    if full.is_file():
        return _Meant(False, (full,))
    every = tuple(_pdfs(full))
    pdfs = tuple(pdf for pdf in every if records.of(pdf) or _looks_signed(pdf) or not _can_be_read(pdf))
    return _Meant(False, (*pdfs, *records.lost(full, settings)), _others(path, sorted(set(every) - set(pdfs))))


def _outside(full: Path, archives: Sequence[Path], settings: Settings) -> Message | None:
    """What is said of PDFs below ``full`` that are in none of the ``archives`` found there."""
    if not archives or any(full.is_relative_to(one) for one in archives):
        return None
    for pdf in _pdfs(full, frozenset(archives)):
        folder = settings.relative(pdf.parent)
        return say("PDF di luar arsip tidak diperiksa; sebutkan foldernya, misalnya {folder}.", folder=folder)
    return None


def _others(path: Path, pdfs: Sequence[Path]) -> Message | None:
    """What is said of PDFs below ``path`` that are on no record here, and that nobody signed; the first of many."""
    if not pdfs:
        return None
    return say(
        "{n} PDF lain di {path} tidak diperiksa, karena tidak tercatat sebagai buatan tertib di sini dan tidak "
        "bertanda tangan: {names}.",
        n=len(pdfs),
        path=path,
        names=_first_names(pdfs),
    )


def _first_names(pdfs: Sequence[Path]) -> Message:
    names = ", ".join(pdf.name for pdf in pdfs[:_MOST_NAMES])
    if len(pdfs) <= _MOST_NAMES:
        return verbatim(names)
    return say("{names}, dan {n} lainnya", names=names, n=len(pdfs) - _MOST_NAMES)


_MOST_NAMES = 3


def _has_archive_elsewhere(folder: Path, settings: Settings) -> bool:
    """Is this the folder of an office whose archive lies at an address of its own?"""
    office = office_at(folder, settings)
    return office is not None and bool(office.office.archiving.address)


def _pdfs(folder: Path, but: Collection[Path] = ()) -> Iterator[Path]:
    """The PDFs below ``folder`` that are in no folder of programs, nor in one of ``but``, sorted."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(base, name) not in but)
        yield from (Path(base, name) for name in sorted(names) if name.lower().endswith(".pdf"))


def _looks_signed(pdf: Path) -> bool:
    try:
        return is_signed(read_file(pdf))
    except OSError:
        return True  # told when it is proved


def _can_be_read(pdf: Path) -> bool:
    """Is it a PDF at all? One that is empty, damaged or no PDF is never passed over: it may be a signed one."""
    from pipeline.sign.verify import verify_signatures

    try:
        verify_signatures(read_file(pdf), Trust())
    except SignatureError:
        return False
    return True


def _nothing(path: Path) -> UsageError:
    return UsageError(
        say(
            "{path}: tidak ada arsip, PDF buatan tertib, atau PDF bertanda tangan di sini. Sebutkan berkas PDF, atau "
            "folder arsip, misalnya outputs/KANTOR/arsip.",
            path=path,
        )
    )


def _prove_all(pdfs: Sequence[Path], bench: _Bench, listener: Listener) -> Outcome:
    listener.started(len(pdfs), say("Memeriksa PDF"))
    findings: list[Finding] = []
    problems: list[Problem] = []
    notes: list[Message] = []
    for pdf in pdfs:
        told = bench.settings.relative(pdf)
        proved = _prove(pdf, bench)
        findings += proved.findings
        notes += proved.notes
        if not proved.whole:
            faults = sum(finding.severity is Severity.ERROR for finding in proved.findings)
            problems.append(Problem(_does_not_hold(told, faults)))
        listener.advanced(told)
    closing = _counted(len(pdfs), len(problems)) if problems else None
    notes += [
        say("Arsip {office} tidak dapat dibaca: {why}", office=one.document, why=one.error.message)
        for one in bench.unread
    ]
    return Outcome(RunResult(told_once(findings), (), closing=closing), tuple(problems), tuple(notes))


def _does_not_hold(told: str, count: int) -> SignatureError:
    return SignatureError(say("{told} tidak terbukti benar: {count} temuan di atas.", told=told, count=count))


def _counted(pdfs: int, failed: int) -> Message:
    return say("{pdfs} PDF diperiksa: {failed} tidak terbukti benar.", pdfs=pdfs, failed=failed)


class _Bench:
    """What PDFs are held against: read when the first of them comes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.trusts = Trusts(settings)
        self.records = Records()

    @cached_property
    def known(self) -> Known:
        """The originals that are here."""
        if not self.settings.output.is_dir():
            return Known((), {}, frozenset())
        return known(Outputs(self.settings.output), self.settings, Silent())

    @cached_property
    def originals(self) -> Originals:
        """The same, to find one among them."""
        return Originals(self.known.candidates)

    @property
    def unread(self) -> tuple[Problem, ...]:
        """Archives that could not be read when originals were looked for."""
        return self.known.problems if "known" in self.__dict__ else ()


def _prove(pdf: Path, bench: _Bench) -> Proved:
    """Prove one PDF: as made, signed, or neither."""
    told = bench.settings.relative(pdf)
    record = bench.records.of(pdf)
    if record is not None and not pdf.exists():
        return _built(faults_of(record, bench.settings), told, record.made)
    try:
        data = read_file(pdf)
    except OSError as error:
        text = say("Berkas ini tidak dapat dibaca: {why}.", why=why(error))
        return Proved((finding(verdicts.UNREADABLE, told, text, _READABLE),))
    if record is not None and (is_as_made(record) or not is_signed(data)):
        return _built(faults_of(record, bench.settings), told, record.made)
    if not is_signed(data):
        return _neither(data, told)
    seen = examine(pdf, told, bench.originals, bench.known, bench.trusts, again=True)
    return _signed(seen)


def _signed(seen: Examined) -> Proved:
    """A signed PDF holds by its signatures; where its original is not here, that it was not compared is told."""
    lost = {verdicts.NO_ORIGINAL[0], verdicts.TWO_ORIGINALS[0]}
    findings = tuple(found for found in seen.findings if found.code not in lost)
    notes = [*seen.notes]
    notes += [
        say("{told}: tidak dibandingkan dengan naskah asli. {why}", told=seen.told, why=found.message)
        for found in seen.findings
        if found.code in lost
    ]
    if seen.original is not None and seen.compared is not None and seen.compared.same:
        notes.append(
            say(
                "{told}: isinya sama dengan naskah asli {original} ({pages} halaman dibandingkan).",
                told=seen.told,
                original=seen.original.told,
                pages=seen.compared.pages,
            )
        )
    return Proved(findings, tuple(notes))


def _neither(data: bytes, told: str) -> Proved:
    """A PDF that is on no record here and that nobody signed; one that is none at all is told as that."""
    from pipeline.sign.verify import verify_signatures

    try:
        verify_signatures(data, Trust())
    except SignatureError as error:
        return Proved((finding(verdicts.UNREADABLE, told, error.message, _COPY),))
    document = carried_id(data)
    if not document:
        return Proved((finding(verdicts.UNKNOWN, told, _NEITHER, _BUILD),))
    text = say("PDF ini mengatakan dirinya {document}, tetapi tidak tercatat di folder ini.", document=document)
    return Proved((finding(verdicts.UNKNOWN, told, text, _REBUILD),))


_COPY = say("Salin lagi berkas itu dari asalnya, lalu periksa lagi.")
_REBUILD = say("Buktikan dari isinya sendiri: tertib verify --rebuild BERKAS.")
_READABLE = say("Periksa izin berkas itu, lalu periksa lagi.")
_NEITHER = say(
    "Tidak dapat diperiksa: PDF ini tidak tercatat sebagai buatan tertib di folder ini dan tidak ditandatangani."
)
_BUILD = say("Periksa PDF di tempat ia dibuat (outputs), di arsip, atau yang sudah ditandatangani.")


def _built(faults: tuple[Finding, ...], told: str, made: Made) -> Proved:
    if faults:
        return Proved(faults, of_made(told, made))
    text = say(
        "{told}: sama persis dengan yang dibuat ({document}), dari masukan yang sekarang.",
        told=told,
        document=made.document,
    )
    return Proved((), (text, *of_made(told, made)))


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome of several; their closing lines stand one behind the other."""
    closings = [outcome.result.closing for outcome in outcomes if outcome.result.closing is not None]
    result = RunResult(
        tuple(found for outcome in outcomes for found in outcome.result.findings),
        (),
        closing=joined(" ", closings) if closings else None,
    )
    problems = tuple(problem for outcome in outcomes for problem in outcome.problems)
    return Outcome(result, problems, tuple(note for outcome in outcomes for note in outcome.notes))
