"""Readers, and sums, that survive their own faults: a crash is a finding at the file, and the other files go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.errors import missing_part
from pipeline.model.finding import Finding, Place, Stage
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.message import say
from pipeline.model.office import Office, RegionKind
from pipeline.model.result import DocumentResult
from pipeline.readers.files import shown
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.rules.engine import crashed


def safe_sop(path: Path, office: OfficeInput, root: Path) -> SopInput:
    """``read_sop``; one that cannot be read, with the finding that says so, when its reader crashes."""
    try:
        return read_sop(path, office, root)
    except Exception as fault:  # noqa: BLE001 - one SOP must not cost the others theirs
        id = f"{office.office.id}/sop/{path.stem}"
        place = Place(shown(path, root))
        return SopInput(id, path, None, office, {(): place}, (crash_of_reader(fault, place, id),), (path,))


def safe_office(folder: Path, root: Path) -> OfficeInput:
    """``read_office``; one without anything in it, with the finding that says so, when its reader crashes."""
    try:
        return read_office(folder, root)
    except Exception as fault:  # noqa: BLE001 - as above
        office = Office(folder.resolve().name, folder, "", "", RegionKind.REGENCY)
        path = folder / "kantor.yaml"
        place = Place(shown(path, root))
        return OfficeInput(office, {(): place}, (crash_of_reader(fault, place, None),), (path,))


def safe_result(
    item: SopInput, make: Callable[[], DocumentResult], stage: Stage
) -> tuple[DocumentResult, tuple[Finding, ...]]:
    """What ``make`` gives for ``item``; a bare result and the finding that says so when it crashes."""
    try:
        return make(), ()
    except Exception as fault:  # noqa: BLE001 - as above
        message = say(
            "Penghitungan waktu gagal karena kesalahan program: {kind}: {fault}.",
            kind=type(fault).__name__,
            fault=fault,
        )
        finding = crashed(message, "total", item.places.get((), Place(item.path.as_posix())), item.id)
        return DocumentResult(item.id, stage), (finding,)


def crash_of_reader(fault: Exception, place: Place, document: str | None) -> Finding:
    """The finding that stands for a reader that failed on the file at ``place``."""
    missing = missing_part(fault)
    message = say(
        "Pembacaan berkas ini gagal karena kesalahan program: {kind}: {fault}.", kind=type(fault).__name__, fault=fault
    )
    return crashed(missing.message if missing else message, "read", place, document)
