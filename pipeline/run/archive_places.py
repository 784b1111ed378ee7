"""Which archives, and what in them, PATH arguments mean: for commands that only read archives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import desk
from pipeline.archive.storage import Storage, open_storage
from pipeline.archive.verify import is_archive
from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.run.archive_book import BOOK
from pipeline.run.archive_desk import ARCHIVE, address_of, office_at, office_of, storage_of
from pipeline.run.archive_units import units_of
from pipeline.run.outcome import no_such
from pipeline.run.settings import Settings
from pipeline.run.state import State
from pipeline.run.writing import Outputs

_KINDS = ("sop", "reses", BOOK)
_ENDINGS = (".langkah.csv", ".ttd.json", ".ttd.pdf")


@dataclass(frozen=True, slots=True)
class Place:
    """An archive that is meant, and the ``items`` of it ("sop/NAME", or "sop/" for all of a kind); () means all."""

    storage: Storage
    items: tuple[str, ...] = ()

    def means(self, item: str) -> bool:
        """Is ``item`` ("sop/NAME") meant?"""
        return not self.items or any(item == one or (one.endswith("/") and item.startswith(one)) for one in self.items)


def places(settings: Settings) -> tuple[Place, ...]:
    """The archives at ``settings.paths``; all of the outputs and inputs without any. Raises UsageError, OutputError.

    A path is an archive or something in it, an address, an office or something of it in the inputs or outputs, a
    folder above them, or the id of a document (OFFICE/sop/NAME).
    """
    found: dict[str, list[Place]] = {}
    for path in settings.paths or _usual(settings):
        here = list(_at(path, settings))
        if not here and settings.paths:
            raise UsageError(
                say("{path}: tidak ada arsip di sini. Sebutkan folder arsip, misalnya outputs/KANTOR/arsip.", path=path)
            )
        for place in here:
            found.setdefault(place.storage.told, []).append(place)
    if not found:
        raise UsageError(say("Belum ada arsip. Jalankan tertib archive dahulu."))
    return tuple(_joined(parts) for parts in found.values())


def _joined(parts: list[Place]) -> Place:
    """One place of several that mean the same archive."""
    whole = any(not part.items for part in parts)
    return Place(parts[0].storage, () if whole else tuple(dict.fromkeys(item for part in parts for item in part.items)))


def _usual(settings: Settings) -> Iterator[Path]:
    yield from (path for path in (settings.output, settings.root / "inputs") if path.is_dir())


def _at(path: Path, settings: Settings) -> Iterator[Place]:
    address = address_of(path)
    if address:
        yield Place(storage_of(address, settings.output, None, settings))
        return
    full = settings.root / path
    if not full.exists():
        named = _named(path, settings)
        if named is not None:
            yield named
            return
        raise no_such(path)
    full = full.resolve()
    inside = next((folder for folder in (full, *full.parents) if is_archive(folder)), None)
    if inside is not None:
        yield Place(_local(inside, settings), _item(full.relative_to(inside)))
        return
    office = next((folder for folder in (full, *full.parents) if (folder / "kantor.yaml").is_file()), None)
    if office is not None:
        yield from _of_office(office, full, settings)
    elif full.is_relative_to(settings.output.resolve()) and full != settings.output.resolve():
        yield from _of_output(full, settings)
    else:
        yield from _below(full, settings)


def _named(path: Path, settings: Settings) -> Place | None:
    """The place that an id means as the program prints it (OFFICE/sop/NAME); None where no archive has it."""
    parts = path.parts
    if len(parts) < 3 or path.is_absolute() or ".." in parts or parts[1] not in _KINDS:
        return None
    office = settings.root / "inputs" / parts[0]
    found = _of_office(office, office, settings) if (office / "kantor.yaml").is_file() else iter(())
    places = [*found] or [*_of_output(settings.output.resolve() / parts[0], settings)]
    item = "/".join(parts[1:3])
    for place in places:
        archive = opened(place)
        if any(one.facts.folder == item for one in (*archive.old, *archive.log.filed)):
            return Place(place.storage, (item,))
    return None


def _below(folder: Path, settings: Settings) -> Iterator[Place]:
    """Offices one folder down: of the inputs, or with an archive in the outputs."""
    for child in sorted(child for child in folder.iterdir() if child.is_dir()) if folder.is_dir() else ():
        if (child / "kantor.yaml").is_file():
            yield from _of_office(child, child, settings)
        elif is_archive(child / ARCHIVE):
            yield Place(_local(child / ARCHIVE, settings))


def _of_office(office: Path, full: Path, settings: Settings) -> Iterator[Place]:
    known = office_at(office, settings)
    address = known.office.archiving.address if known else ""
    usual = settings.output / office.name / ARCHIVE
    if address or is_archive(usual):
        place = storage_of(address, usual, None, settings) if address else _local(usual.resolve(), settings)
        yield Place(place, _item(full.relative_to(office)))


def _of_output(full: Path, settings: Settings) -> Iterator[Place]:
    name, *rest = full.relative_to(settings.output.resolve()).parts
    outputs = Outputs(settings.output)
    office = office_of([unit for unit in units_of(State(outputs), outputs) if unit.office == name], settings)
    address = office.office.archiving.address if office else ""
    usual = settings.output / name / ARCHIVE
    if address or is_archive(usual):
        place = storage_of(address, usual, None, settings) if address else _local(usual.resolve(), settings)
        yield Place(place, _item(Path(*rest)))


def _local(folder: Path, settings: Settings) -> Storage:
    return open_storage(str(folder), base=settings.root, told=settings.relative(folder))


def _item(inside: Path) -> tuple[str, ...]:
    """The item that a path below an office or archive means: ``sop/x.pdf`` -> ("sop/x",), ``sop`` -> ("sop/",).

    A PDF at the top is a book: ``buku-sop.pdf`` -> ("buku/buku-sop",).
    """
    if len(inside.parts) == 1 and inside.name.endswith((".pdf", ".ttd.json")):
        return (f"{BOOK}/{_bare(inside)}",)
    if not inside.parts or inside.parts[0] not in _KINDS:
        return ()
    if len(inside.parts) == 1:
        return (f"{inside.parts[0]}/",)
    kind, name = inside.parts[:2]
    return (f"{kind}/{_bare(inside) if len(inside.parts) == 2 else name}",)


def _bare(path: Path) -> str:
    """The name of a file without its ending, which may be a long one."""
    ending = next((ending for ending in _ENDINGS if path.name.endswith(ending)), path.suffix)
    return path.name.removesuffix(ending)


def opened(place: Place) -> desk.Archive:
    """The archive at ``place`` with its log. Raises ArchiveError where it is damaged or of a later format."""
    return desk.load(place.storage)
