"""``tertib archive export``: the archive as a package for another archive, BagIt or OCFL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pipeline
from pipeline.archive import bagit, ocfl
from pipeline.archive.parcel import Parcel
from pipeline.archive.storage import Storage
from pipeline.archive.verify import verify_storage
from pipeline.errors import ArchiveError, TertibError, UsageError
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.result import RunResult
from pipeline.run.archive_desk import ARCHIVE
from pipeline.run.archive_places import Place, opened, places
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.settings import Settings

Form = Literal["bagit", "ocfl"]


def export(settings: Settings, listener: Listener, *, form: Form, folder: Path) -> Outcome:
    """Export the archives or documents at ``settings.paths`` (none: all archives) into ``folder``.

    An archive that does not prove whole is not exported. Raises UsageError where there is none, OutputError.
    """
    target = (settings.root / folder).resolve()
    wanted = places(settings)
    listener.started(len(wanted), say("Mengekspor arsip"))
    findings: list[Finding] = []
    problems: list[Problem] = []
    notes: list[Message] = []
    for one in wanted:
        told = one.storage.told
        try:
            _must_be_outside(target, one.storage, folder)
            proved = verify_storage(one.storage)
            faults = proved.findings
            if proved.newer:
                raise ArchiveError(faults[0].message)
            findings += faults
            if faults:
                raise _not_whole(told, len(faults))
            for parcel in _parcels(one, form):
                notes += _WRITERS[form](parcel, target, settings)
        except TertibError as error:
            problems.append(Problem(error, told))
        listener.advanced(told)
    closing = say("{n} arsip, {failed} tidak diekspor.", n=len(wanted), failed=len(problems)) if problems else None
    return Outcome(RunResult(tuple(findings), (), closing=closing), tuple(problems), tuple(notes))


def _not_whole(told: str, count: int) -> ArchiveError:
    return ArchiveError(
        say(
            "Arsip {told} tidak diekspor karena belum terbukti utuh: {count} temuan di atas. Bila hanya belum selesai, "
            "jalankan tertib archive; selain itu pulihkan dari salinan cadangan. Lalu ekspor lagi.",
            told=told,
            count=count,
        )
    )


def _must_be_outside(target: Path, storage: Storage, folder: Path) -> None:
    if storage.local is not None and target.is_relative_to(storage.local.resolve()):
        raise UsageError(
            say("{folder} ada di dalam arsip itu sendiri. Sebutkan folder di luar arsip.", folder=folder.as_posix())
        )


def _parcels(place: Place, form: Form) -> Iterator[Parcel]:
    """What is to be exported of one archive: as a whole, or each document meant. Raises ArchiveError, UsageError."""
    archive = opened(place)
    told = place.storage.told
    if archive.old:
        raise ArchiveError(
            say("{told} masih bersusunan lama. Jalankan tertib archive sekali, lalu ekspor lagi.", told=told)
        )
    office = str(archive.log.settings.get("kantor") or ARCHIVE)
    every = tuple(dict.fromkeys(filed.facts.folder for filed in archive.log.filed))
    meant = tuple(item for item in every if place.means(item))
    lost = [item for item in place.items if not any(Place(place.storage, (item,)).means(one) for one in every)]
    if lost:
        raise UsageError(
            say("{item} tidak ada di arsip {told}. Jalankan tertib archive dahulu.", item=lost[0], told=told)
        )
    if not place.items or form == "ocfl":
        yield Parcel(place.storage, archive.log, office, meant, whole=not place.items)
    else:
        yield from (Parcel(place.storage, archive.log, office, (item,), whole=False) for item in meant)


def _as_bag(parcel: Parcel, target: Path, settings: Settings) -> Iterator[Message]:
    name = "-".join([parcel.office, *(() if parcel.whole else parcel.items[0].split("/"))])
    place = target / name
    told = settings.relative(place)
    if bagit.export(parcel, place, settings.today, f"tertib {pipeline.__version__}"):
        versions = sum(len(parcel.log.versions(item)) for item in parcel.items)
        yield say(
            "{told}: paket BagIt, {n} naskah, {versions} versi.", told=told, n=len(parcel.items), versions=versions
        )
    else:
        yield say("{told}: sudah ada, utuh, dan isinya sama.", told=told)


def _as_objects(parcel: Parcel, target: Path, settings: Settings) -> Iterator[Message]:
    done = ocfl.export(parcel, target)
    told = settings.relative(target)
    if done.new or done.grown:
        yield say(
            "{told}: gudang OCFL, {new} objek baru, {grown} mendapat versi baru, {same} tidak berubah.",
            told=told,
            new=len(done.new),
            grown=len(done.grown),
            same=len(done.same),
        )
    else:
        yield say("{told}: sudah ada, utuh, dan isinya sama.", told=told)


_WRITERS: dict[Form, Callable[[Parcel, Path, Settings], Iterator[Message]]] = {"bagit": _as_bag, "ocfl": _as_objects}
