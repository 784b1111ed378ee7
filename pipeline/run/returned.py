"""``tertib archive --signed DIR``: what came back from signing goes into the archive, beside its original.

Nothing in the folder is changed. A file is filed when its original is known, nothing outside the reserved areas
differs from it, and every signature holds; all others are named with what keeps them from it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.archive.litter import is_litter
from pipeline.archive.storage import unwritable
from pipeline.archive.store import Signed
from pipeline.errors import OutputError, ProofError, SignatureError, TertibError, UsageError
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.result import RunResult
from pipeline.run import verdicts
from pipeline.run.archive import archive, file_signed
from pipeline.run.archive_desk import Desk, archive_of
from pipeline.run.archive_glance import remark
from pipeline.run.archive_units import OutdatedError, units_of
from pipeline.run.built import Records, is_as_made
from pipeline.run.events import Listener, Silent
from pipeline.run.examined import Examined, examine
from pipeline.run.originals import Known, Place, known, of_office
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.returned_record import record
from pipeline.run.settings import Settings
from pipeline.run.state import State
from pipeline.run.trust import Trusts
from pipeline.run.verdicts import finding, told_once
from pipeline.run.writing import own
from pipeline.sign.match import How, Originals

_HEAD = 1024


@dataclass
class _Result:
    """What is told in the end, as it comes together."""

    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    filed: int = 0
    again: int = 0
    failed: int = 0

    def refuse(self, one: Examined, error: TertibError | None = None) -> None:
        """``one`` is not filed, because of its findings or of ``error``."""
        self.failed += 1
        self.problems.append(Problem(error or _refused(one.told)))


def returned(settings: Settings, listener: Listener) -> Outcome:
    """File what came back at ``settings.signed``. Raises UsageError, OutputError."""
    if settings.paths:
        raise UsageError(
            say("PATH tidak dipakai bersama --signed: naskah aslinya dicari sendiri. Hapus salah satunya.")
        )
    files, skipped = _files(settings)
    result = _Result(notes=list(skipped))
    with own(settings.output, listener) as outputs:
        store = known(outputs, settings, listener)
    result.problems += store.problems
    good = _examine_all(files, store, settings, listener, result)
    store = _archive_first(good, store, settings, listener, result)
    _file_all(good, store, settings, listener, result)
    result.notes = list(dict.fromkeys(result.notes))
    closing = _closing(len(files), result) if result.findings or result.problems else None
    if closing is None and not result.filed:
        result.notes.append(say("Tidak ada yang berubah sejak arsip terakhir."))
    run = RunResult(told_once(result.findings), (), closing=closing)
    return Outcome(run, tuple(result.problems), tuple(result.notes))


def _closing(files: int, result: _Result) -> Message:
    return say(
        "{files} berkas diperiksa: {filed} diarsipkan, {again} sudah ada di arsip, {failed} tidak diarsipkan.",
        files=files,
        filed=result.filed,
        again=result.again,
        failed=result.failed,
    )


def _refused(told: str) -> SignatureError:
    return SignatureError(say("{told} tidak diarsipkan; lihat temuan di atas.", told=told))


def _files(settings: Settings) -> tuple[list[Path], list[Message]]:
    """The PDFs that came back, by their name or by what they begin with, and what is said of other files."""
    if settings.signed is None:
        raise UsageError(say("Sebutkan folder berkas yang kembali: tertib archive --signed FOLDER."))
    top = settings.signed
    told = settings.relative(top)
    if not top.exists():
        raise UsageError(say("{path} tidak ada. Periksa ejaan nama folder atau berkas itu.", path=told))
    if top.is_file():
        return [top], []
    records = Records()
    every = [path for path in _below(top) if not _is_original(path, records)]
    files = [path for path in every if path.suffix.lower() == ".pdf" or (path.is_file() and _begins_as_pdf(path))]
    if not files:
        raise UsageError(say("{path}: tidak ada PDF di folder ini.", path=told))
    others = [settings.relative(path) for path in every if path not in set(files)]
    return files, [say("{path}: bukan PDF, dilewati.", path=path) for path in others]


def _below(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` that are somebody's content, sorted."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(base, n) for n in sorted(names) if not n.startswith(".") and not is_litter(n))


def _is_original(path: Path, records: Records) -> bool:
    """Is this, in the place of the outputs where it was made, what was made? Signed files may stand beside it."""
    record = records.of(path.resolve()) if path.suffix.lower() == ".pdf" and path.is_file() else None
    return record is not None and is_as_made(record)


def _begins_as_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(_HEAD)
    except OSError:
        return False


def _examine_all(
    files: Sequence[Path], store: Known, settings: Settings, listener: Listener, result: _Result
) -> list[Examined]:
    """Look at every file; those that may be filed."""
    originals, trusts = Originals(store.candidates), Trusts(settings)
    listener.started(len(files), say("Memeriksa berkas yang kembali"))
    good: list[Examined] = []
    for path in files:
        one = examine(path, settings.relative(path), originals, store, trusts)
        listener.advanced(one.told)
        result.findings += one.findings
        result.notes += one.notes
        if one.again:
            result.again += 1
        elif one.good:
            good.append(one)
        else:
            result.refuse(one)
    return _one_each(good, result)


def _one_each(good: Sequence[Examined], result: _Result) -> list[Examined]:
    """One file for each original: the one that has the signatures of all others in it."""
    groups: dict[str, list[Examined]] = {}
    for one in good:
        groups.setdefault(one.original.document if one.original else one.told, []).append(one)
    kept = []
    for group in groups.values():
        last = max(group, key=lambda one: (one.path.stat().st_size, one.told))
        whole = last.path.read_bytes()
        rest = [one for one in group if one is not last]
        apart = [one for one in rest if not whole.startswith(one.path.read_bytes())]
        if apart:
            for one in group:
                others = ", ".join(other.told for other in group if other is not one)
                text = say("Dua berkas bertanda tangan untuk satu naskah: ini dan {others}.", others=others)
                result.findings.append(finding(verdicts.TWO_RETURNED, one.told, text, _KEEP_ONE))
                result.refuse(one)
            continue
        for one in rest:
            result.again += 1
            result.notes.append(say("{told}: termuat seluruhnya di {last}.", told=one.told, last=last.told))
        kept.append(last)
    return kept


_KEEP_ONE = say("Pindahkan yang bukan naskah resmi ke folder lain, lalu ulangi.")


def _archive_first(
    good: Sequence[Examined], store: Known, settings: Settings, listener: Listener, result: _Result
) -> Known:
    """File the originals that are in no archive yet."""
    paths = [settings.root / one.original.told for one in good if one.original is not None and one.place is None]
    if not paths:
        return store
    ran = archive(replace(settings, paths=tuple(paths), signed=None), listener)
    # The usual advice, to build again, would overwrite the very original that was signed.
    result.problems += [
        replace(problem, error=_keep_original(problem.document))
        if isinstance(problem.error, OutdatedError)
        else problem
        for problem in ran.problems
    ]
    result.notes += ran.notes
    with own(settings.output, Silent()) as outputs:
        return known(outputs, settings, Silent())


def _keep_original(document: str | None) -> ProofError:
    return ProofError(
        say(
            "Masukan {document} berubah sesudah naskah yang ditandatangani dibuat, jadi naskah aslinya belum dapat "
            "diarsipkan. Jangan jalankan tertib build dahulu: itu menimpa naskah asli itu. Simpan masukan yang baru di "
            "folder lain, kembalikan masukan semula (salinannya terlampir di dalam PDF aslinya), jalankan tertib "
            "archive --signed lagi, lalu pasang kembali masukan yang baru.",
            document=document or "",
        )
    )


def _file_all(good: Sequence[Examined], store: Known, settings: Settings, listener: Listener, result: _Result) -> None:
    """File ``good``, all of one version at once."""
    groups: dict[tuple[str, str], list[tuple[Place, Examined]]] = {}
    for one in good:
        place = one.place or _place_now(one, store)
        if place is None:
            result.refuse(one, _no_place(one))
            continue
        groups.setdefault((place.office, place.filed.place), []).append((place, one))
    offices = dict.fromkeys(office for office, _ in groups)
    with own(settings.output, listener) as outputs:
        units = list(units_of(State(outputs), outputs))
        for office in offices:
            try:
                with archive_of(office, of_office(units, office), settings, outputs, listener) as desk:
                    mine = [group for (whose, _), group in groups.items() if whose == office]
                    result.notes += remark(desk, [group[0][0].filed.facts.folder for group in mine])
                    for group in mine:
                        _file_group(group, desk, settings, result)
            except TertibError as error:
                result.problems.append(Problem(error, office))


def _place_now(one: Examined, store: Known) -> Place | None:
    original = one.original
    if original is None:
        return None
    return store.archived.get((original.document, original.sha256))


def _no_place(one: Examined) -> SignatureError:
    document = one.original.document if one.original is not None else ""
    return SignatureError(
        say(
            "{told} tidak diarsipkan: naskah aslinya ({document}) belum dapat diarsipkan. Atasi dahulu kegagalan itu "
            "dengan tertib archive, lalu ulangi.",
            told=one.told,
            document=document,
        )
    )


def _file_group(group: Sequence[tuple[Place, Examined]], desk: Desk, settings: Settings, result: _Result) -> None:
    """File what belongs to one version; what fails is told of each file."""
    place = group[0][0]
    try:
        signed = {where.name: _signed(one, settings) for where, one in group}
        told = file_signed(desk, place.office, place.filed, signed)
    except (TertibError, OSError) as error:
        problem = unwritable(desk.storage.told, error) if isinstance(error, OSError) else error
        result.problems.append(Problem(problem, place.office))
        for _, one in group:
            result.refuse(one, _not_stored(one))
        return
    if told is None:
        result.again += len(group)
        result.notes += [say("{told}: sudah diarsipkan.", told=one.told) for _, one in group]
        return
    result.filed += len(group)
    result.notes.append(told)
    result.notes += [_filed(one, place) for _, one in group]


def _signed(one: Examined, settings: Settings) -> Signed:
    """The file as it was examined, with the record of that. Raises OSError, OutputError when it changed since."""
    data = one.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != one.sha256:
        raise OutputError(
            say("{told} berubah selagi diperiksa. Tunggu sampai selesai disalin, lalu ulangi.", told=one.told)
        )
    if one.original is None or one.compared is None:
        raise ValueError(one.told)
    notes = [*one.notes, *(found.message for found in one.findings)]
    written = record(
        name=one.path.name,
        told=one.told,
        sha256=one.sha256,
        original=one.original,
        how=one.how,
        compared=one.compared,
        signatures=one.signatures,
        agreed=one.agreed,
        notes=notes,
        today=settings.today,
    )
    signers = dict.fromkeys(report.signer for report in one.signatures)
    others = dict.fromkeys(report.signer for report in one.signatures if one.agreed.get(report.field) is False)
    return Signed(data, written, tuple(signers), tuple(others))


def _not_stored(one: Examined) -> SignatureError:
    return SignatureError(say("{told} tidak diarsipkan karena kegagalan itu.", told=one.told))


def _filed(one: Examined, place: Place) -> Message:
    return say(
        "{told}: diarsipkan dengan naskah aslinya, {document} ({how}).",
        told=one.told,
        document=one.original.document if one.original is not None else place.name,
        how=_HOW[one.how],
    )


_HOW = {
    How.BYTES: say("dikenali dari isi berkas"),
    How.ID: say("dikenali dari identitas di dalam PDF"),
    How.TEXT: say("dikenali dari teks yang tercetak"),
}
