"""``tertib archive export``: the archive as a package for another archive, BagIt or OCFL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pipeline
from pipeline.archive import bagit, desk, ocfl
from pipeline.archive.parcel import Parcel
from pipeline.archive.storage import Storage
from pipeline.archive.verify import find_archives, verify_storage
from pipeline.errors import ArchiveError, TertibError, UsageError
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.result import RunResult
from pipeline.run.archive_desk import ARCHIVE, address_of, office_at, storage_of
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.settings import Settings

Form = Literal["bagit", "ocfl"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An archive that a PATH names: the ``office`` ("" as its log says), and what is meant in it ("" for all)."""

    office: str
    storage: Storage
    inside: str = ""


def export(settings: Settings, listener: Listener, *, form: Form, folder: Path) -> Outcome:
    """Export the archives or documents at ``settings.paths`` (none: all archives) into ``folder``.

    An archive that does not prove whole is not exported. Raises UsageError where there is none, OutputError.
    """
    target = (settings.root / folder).resolve()
    wanted = list(_all_wanted(settings))
    if not wanted:
        raise UsageError(say("Belum ada arsip yang dapat diekspor. Jalankan tertib archive dahulu."))
    places = {one.storage.told: one.storage for one in wanted}
    listener.started(len(places), say("Mengekspor arsip"))
    findings: list[Finding] = []
    problems: list[Problem] = []
    notes: list[Message] = []
    for told, storage in places.items():
        try:
            _must_be_outside(target, storage, folder)
            faults = verify_storage(storage).findings
            findings += faults
            if faults:
                raise _not_whole(told, len(faults))
            for parcel in _parcels([one for one in wanted if one.storage.told == told], storage, form):
                notes += _WRITERS[form](parcel, target, settings)
        except TertibError as error:
            problems.append(Problem(error, told))
        listener.advanced(told)
    closing = say("{n} arsip, {failed} tidak diekspor.", n=len(places), failed=len(problems)) if problems else None
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


def _all_wanted(settings: Settings) -> Iterator[_Wanted]:
    if settings.paths:
        for path in settings.paths:
            found = list(_wanted(path, settings))
            if not found:
                raise UsageError(
                    say(
                        "{path}: tidak ada arsip di sini. Sebutkan kantor, dokumen, atau folder arsipnya, misalnya "
                        "outputs/KANTOR/arsip.",
                        path=path,
                    )
                )
            yield from found
        return
    offices = {folder.name for folder in (*_offices(settings.root / "inputs"), *_archived(settings.output))}
    for office in sorted(offices):
        yield from _of_office(office, (), settings)


def _wanted(path: Path, settings: Settings) -> Iterator[_Wanted]:
    """What a PATH argument names: an address, something in the outputs or the inputs, an archive elsewhere."""
    address = address_of(path)
    if address:
        yield _Wanted("", storage_of(address, settings.output, None, settings))
        return
    full = (settings.root / path).resolve()
    if not full.exists():
        raise UsageError(say("{path} tidak ada. Periksa ejaan nama folder atau berkas itu.", path=path))
    output = settings.output.resolve()
    if full == output or (full.is_dir() and any(_offices(full))):
        for folder in _archived(full) if full == output else _offices(full):
            yield from _of_office(folder.name, (), settings)
        return
    if full.is_relative_to(output):
        office, *inside = full.relative_to(output).parts
        yield from _of_office(office, tuple(inside[1:] if inside[:1] == [ARCHIVE] else inside), settings)
        return
    office_folder = next((folder for folder in (full, *full.parents) if (folder / "kantor.yaml").is_file()), None)
    if office_folder is not None:
        yield from _of_office(office_folder.name, full.relative_to(office_folder).parts, settings, office_folder)
        return
    for archive in find_archives(full):
        yield _Wanted("", storage_of("", archive, None, settings))


def _of_office(office: str, inside: Sequence[str], settings: Settings, folder: Path | None = None) -> Iterator[_Wanted]:
    """The archive of an office, or what a path ``inside`` its inputs, outputs or archive stands for in it."""
    read = office_at(folder or settings.root / "inputs" / office, settings)
    usual = settings.output / office / ARCHIVE
    address = read.office.archiving.address if read else ""
    if address or usual.is_dir():
        parts = [Path(part).stem if number == 1 and inside[0] == "sop" else part for number, part in enumerate(inside)]
        yield _Wanted(office, storage_of(address, usual, None, settings), "/".join(parts[:2]))


def _offices(folder: Path) -> Iterator[Path]:
    yield from sorted(path.parent for path in folder.glob("*/kantor.yaml"))


def _archived(output: Path) -> Iterator[Path]:
    yield from sorted(path.parent for path in output.glob(f"*/{ARCHIVE}") if path.is_dir())


def _parcels(wanted: Sequence[_Wanted], storage: Storage, form: Form) -> Iterator[Parcel]:
    """What is to be exported of one archive: as a whole, or each document meant. Raises ArchiveError, UsageError."""
    archive = desk.load(storage)
    if archive.old:
        raise ArchiveError(
            say("{told} masih bersusunan lama. Jalankan tertib archive sekali, lalu ekspor lagi.", told=storage.told)
        )
    office = str(
        next((one.office for one in wanted if one.office), "") or archive.log.settings.get("kantor") or "arsip"
    )
    every = tuple(dict.fromkeys(filed.facts.folder for filed in archive.log.filed))
    if any(not one.inside for one in wanted):
        yield Parcel(storage, archive.log, office, every)
        return
    meant = tuple(dict.fromkeys(item for one in wanted for item in _matching(one, every, storage)))
    for items in [meant] if form == "ocfl" else [(item,) for item in meant]:
        yield Parcel(storage, archive.log, office, items, whole=False)


def _matching(one: _Wanted, every: Sequence[str], storage: Storage) -> list[str]:
    found = [item for item in every if item == one.inside or item.startswith(f"{one.inside}/")]
    if not found:
        raise UsageError(
            say("{item} tidak ada di arsip {told}. Jalankan tertib archive dahulu.", item=one.inside, told=storage.told)
        )
    return found


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
