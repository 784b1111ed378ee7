"""Opens the archive of an office: where it lies, what the office says of it, and that nobody else writes to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.archive import desk, index
from pipeline.archive.filing import Filing
from pipeline.archive.log import Filed
from pipeline.archive.storage import Storage, open_storage, scheme_of, unwritable
from pipeline.model.inputs import OfficeInput
from pipeline.pdf.content import content_digest
from pipeline.run.archive_units import OFFICE_FILE, Unit, archived_effective_date
from pipeline.run.events import Listener
from pipeline.run.settings import Settings
from pipeline.run.writing import Outputs, own

ARCHIVE = "arsip"
"""Folder of the archive inside the outputs of an office."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An archive at work: ``office`` is None where its ``kantor.yaml`` is not among the sources."""

    storage: Storage
    filing: Filing
    office: OfficeInput | None

    @property
    def told_of_office(self) -> Mapping[str, Any]:
        """What the office says of its archive; what the log says where there is no office."""
        return self.filing.log.settings if self.office is None else index.settings_of(self.office.office)


@contextmanager
def archive_of(
    name: str, units: Sequence[Unit], settings: Settings, outputs: Outputs, listener: Listener
) -> Iterator[Desk]:
    """The archive of the office ``name``, which nobody else writes to meanwhile. Raises TertibError."""
    office = office_of(units, settings)
    address = office.office.archiving.address if office else ""
    if not address or scheme_of(address) not in ("", "file"):
        storage = storage_of(address, outputs.folder / name / ARCHIVE, outputs.work, settings)
        yield Desk(storage, Filing(_loaded(storage, settings), settings.today, content_digest), office)
        return
    folder = storage_of(address, outputs.folder, None, settings).local or settings.root
    with own(folder, listener, lambda error, path: unwritable(settings.relative(path), error)) as place:
        storage = storage_of(address, folder, place.work, settings)
        yield Desk(storage, Filing(_loaded(storage, settings), settings.today, content_digest), office)


def _loaded(storage: Storage, settings: Settings) -> desk.Archive:
    """The archive; versions of one of format 1 get the effective date that their own inputs state."""
    archive = desk.load(storage)
    return replace(archive, old=tuple(_dated(one, storage.local, settings) for one in archive.old))


def _dated(filed: Filed, local: Path | None, settings: Settings) -> Filed:
    facts = filed.facts
    if local is None or facts.kind != "sop" or facts.effective is not None:
        return filed
    day = archived_effective_date(local / facts.place, facts.name, settings)
    return filed if day is None else replace(filed, facts=replace(facts, effective=day, year=day.year))


def address_of(path: Path) -> str:
    """The address that a PATH argument is ("s3://..."), "" for a path; paths lose one of the slashes."""
    scheme = scheme_of(str(path))
    rest = str(path).partition(":")[2].replace("\\", "/").lstrip("/")
    return f"{scheme}://{rest}" if scheme and scheme != "file" else ""


def storage_of(address: str, usual: Path, work: Path | None, settings: Settings) -> Storage:
    """The storage at ``address``, or the folder ``usual`` when it is "". Raises OutputError."""
    place = address or str(usual)
    local = "" if scheme_of(place) not in ("", "file") else settings.relative(settings.root / place)
    return open_storage(place, base=settings.root, work=work, told=local)


def office_at(folder: Path, settings: Settings) -> OfficeInput | None:
    """The office in ``folder`` of the inputs; None when there is none."""
    if not (folder / "kantor.yaml").is_file():
        return None
    from pipeline.readers.office import read_office

    return read_office(folder, settings.root)


def office_of(units: Sequence[Unit], settings: Settings) -> OfficeInput | None:
    """The office whose ``kantor.yaml`` is among the sources of ``units``."""
    keys = (key for unit in units for _, made in unit.made for key in made.sources if Path(key).name == OFFICE_FILE)
    key = next(keys, None)
    return None if key is None else office_at((settings.root / key).parent, settings)
