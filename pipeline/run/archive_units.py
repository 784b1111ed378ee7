"""What ``tertib archive`` files together: an SOP, all documents of a recess, or a book; with what made them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.archive.litter import is_litter
from pipeline.archive.store import REPORT, SIDECAR, SIGNED, SOURCES, Item
from pipeline.errors import ProofError
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import say
from pipeline.run.archive_book import BOOK
from pipeline.run.keeping import is_kept
from pipeline.run.recess_edition import PUBLIC_FOLDER
from pipeline.run.settings import Settings
from pipeline.run.sidecar import has_sidecar, sidecar_path
from pipeline.run.state import Made, State, digest
from pipeline.run.writing import PRIVATE, Outputs

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
OFFICE_FILE = "kantor.yaml"
_WORKBOOKS = (".xlsx", ".xlsm")
_SOP_FILES = (".yaml", ".yml", *_WORKBOOKS)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is filed together: one SOP, all documents of one recess, or the book. ``office`` is the folder name.

    ``gone`` are those of its PDFs on record that no longer stand there.
    """

    office: str
    kind: str
    name: str
    made: tuple[tuple[Path, Made], ...]
    gone: tuple[tuple[Path, Made], ...] = ()

    @property
    def id(self) -> str:
        """As people are told it."""
        return f"{self.office}/{self.kind}/{self.name}"


def units_of(state: State, outputs: Outputs) -> Iterator[Unit]:
    """What stands on record and still exists, grouped; a path under outputs is OFFICE/sop/NAME or OFFICE/reses/MASA.

    Books, OFFICE/buku-sop, come last: they are made of the others.
    """
    for unit in _grouped(state, outputs):
        if unit.made:
            yield unit


def lost_units(state: State, outputs: Outputs, settings: Settings) -> Iterator[Unit]:
    """What stands on record and of which nothing exists any more, though its inputs are those it was made from."""
    for unit in _grouped(state, outputs):
        lost = tuple(one for one in unit.gone if not unit.made and not _changed_source(one[1], settings))
        if lost:
            yield replace(unit, made=lost, gone=())


def _grouped(state: State, outputs: Outputs) -> Iterator[Unit]:
    groups: dict[tuple[str, str, str], list[tuple[Path, Made]]] = {}
    for pdf, made in state.all():
        parts = pdf.relative_to(outputs.folder).with_suffix("").parts
        if len(parts) >= 3:
            groups.setdefault((parts[0], parts[1], parts[2]), []).append((pdf, made))
        elif len(parts) == 2:
            groups.setdefault((parts[0], BOOK, parts[1]), []).append((pdf, made))
    for (office, kind, name), every in sorted(groups.items(), key=lambda group: group[0][1] == BOOK):
        here = tuple(one for one in every if one[0].is_file())
        yield Unit(office, kind, name, here, tuple(one for one in every if one not in here))


def _changed_source(made: Made, settings: Settings) -> str:
    """The first input that is no longer what a PDF was made from, "" when all are."""
    return next((key for key, value in made.sources.items() if digest(settings.root / key) != value), "")


def is_meant(unit: Unit, settings: Settings) -> bool:
    """Do the PATH arguments name it, by its documents or its inputs?"""
    if not settings.paths:
        return True
    wanted = [(settings.root / path).resolve() for path in settings.paths]
    keys = [key for _, made in unit.made for key in made.sources]
    if unit.kind == BOOK:  # an SOP that is named does not mean the book that it is in
        keys = [str(PurePosixPath(key).parent) for key in keys if PurePosixPath(key).name == OFFICE_FILE]
    candidates = [pdf for pdf, _ in unit.made] + [settings.root / key for key in keys]
    return any(place.resolve().is_relative_to(path) for path in wanted for place in candidates)


class OutdatedError(ProofError):
    """A PDF that is still the one that was built, but no longer what its inputs would give now."""


def prove_current(unit: Unit, settings: Settings) -> None:
    """The PDF in hand must be the one that was built, from the DOCX beside it and from the inputs as they are now.

    Raises ProofError; OutdatedError where only the inputs are others.
    """
    for pdf, made in unit.made:
        if digest(pdf) != made.pdf:
            raise (_changed_book if unit.kind == BOOK else _changed_pdf)(settings.relative(pdf))
        docx = pdf.with_suffix(".docx")
        if made.docx and digest(docx) != made.docx:  # a book has none
            told = settings.relative(docx)
            raise ProofError(
                say(
                    "{told} bukan lagi hasil pembuatan terakhir. Salin dahulu bila suntingannya diperlukan, "
                    "jalankan tertib build (atau tertib recap), lalu arsipkan lagi.",
                    told=told,
                )
            )
        if not has_sidecar(pdf, made.sidecar):
            raise _changed_sidecar(settings.relative(sidecar_path(pdf)))
        changed = _changed_source(made, settings)
        if changed:
            raise OutdatedError(
                say(
                    "{changed} berubah sejak {pdf} dibuat. Jalankan tertib build (untuk reses: tertib recap, dan "
                    "tertib recap --public bila edisi publiknya ada), lalu arsipkan lagi.",
                    changed=changed,
                    pdf=settings.relative(pdf),
                )
            )
    for pdf, made in unit.gone:
        # The public edition is made only when it is asked for, so that whoever removes it may mean to.
        if PUBLIC_FOLDER not in pdf.relative_to(_folder_of(unit)).parts and not _changed_source(made, settings):
            raise _gone(settings.relative(pdf))


def _gone(told: str) -> ProofError:
    return ProofError(
        say(
            "{told} tidak ada lagi, padahal masukannya tidak berubah. Arsip memuat reses dengan semua laporannya. "
            "Kembalikan berkas itu, atau jalankan tertib recap, lalu arsipkan lagi.",
            told=told,
        )
    )


def _changed_pdf(told: str) -> ProofError:
    return ProofError(
        say(
            "{told} berbeda dari yang dibuat tertib (mungkin sudah ditandatangani). Arsip memuat naskah persis seperti "
            "dibuat; naskah bertanda tangan itu jangan dihapus. Salin ke folder lain, jalankan tertib build (untuk "
            "reses: tertib recap) lalu tertib archive, dan arsipkan yang bertanda tangan dengan tertib archive "
            "--signed FOLDER.",
            told=told,
        )
    )


def _changed_sidecar(told: str) -> ProofError:
    return ProofError(
        say(
            "{told} hilang atau bukan lagi yang dibuat bersama PDF-nya; isinya tempat tanda tangan. Jalankan tertib "
            "build (untuk reses: tertib recap, untuk buku: tertib book), yang menulisnya lagi, lalu arsipkan lagi.",
            told=told,
        )
    )


def _changed_book(told: str) -> ProofError:
    return ProofError(
        say(
            "{told} berbeda dari yang dibuat tertib (mungkin sudah ditandatangani). Arsip memuat buku persis seperti "
            "dibuat; buku bertanda tangan itu jangan dihapus. Salin ke folder lain, jalankan tertib book lalu tertib "
            "archive, dan arsipkan yang bertanda tangan dengan tertib archive --signed FOLDER.",
            told=told,
        )
    )


def item_of(unit: Unit, settings: Settings) -> Item:
    """What is filed of ``unit``; its effective date is asked for only when it is, as is the list of a book."""
    told = _speaks_for(unit)
    return Item(
        kind=unit.kind,
        name=unit.name,
        files=dict(_files(unit)),
        sources={} if unit.kind == BOOK else _sources(unit, settings),
        number=told.number,
        title=told.title,
        stage=told.stage,
        year=_year(unit),
        pages=sum(made.pages for _, made in unit.made),
        unchecked=tuple(dict.fromkeys(name for _, made in unit.made for name in made.unchecked)),
    )


def effective_date(unit: Unit, settings: Settings, office: OfficeInput | None) -> dt.date | None:
    """The effective date that the input of an SOP states; the input is the one it was made from (``prove_current``)."""
    if unit.kind != "sop" or office is None:
        return None
    keys = (PurePosixPath(key) for key in unit.made[0][1].sources)
    return next((_stated(settings.root / key, office, settings) for key in keys if _is_input(key, unit.name)), None)


def archived_effective_date(version: Path, name: str, settings: Settings) -> dt.date | None:
    """The effective date that the input filed with a version of the SOP ``name`` states; ``version`` is its folder.

    For versions of older programs, which did not note it.
    """
    from pipeline.readers.office import read_office

    sources = version / SOURCES
    paths = [path for path in sorted((sources / "sop").glob("*")) if _is_input(PurePosixPath(path.as_posix()), name)]
    return _stated(paths[0], read_office(sources, settings.root), settings) if paths else None


def _is_input(path: PurePosixPath, name: str) -> bool:
    return path.stem == name and path.parent.name == "sop" and path.suffix.lower() in _SOP_FILES


def _stated(path: Path, office: OfficeInput, settings: Settings) -> dt.date | None:
    from pipeline.readers.sop import read_sop

    sop = read_sop(path, office, settings.root).sop
    return None if sop is None else sop.effective


def _year(unit: Unit) -> int:
    """The year of the recess, by its folder's name, or of the book, by its title; 0 where none stands there."""
    named = {"sop": "", BOOK: unit.made[0][1].title}.get(unit.kind, unit.name)
    found = _YEAR.findall(named)
    return int(found[-1 if unit.kind == BOOK else 0]) if found else 0


def _speaks_for(unit: Unit) -> Made:
    """The document whose number, title and stage stand for all: the SOP, or the recap at the top of a recess."""
    return min(unit.made, key=lambda one: (len(one[0].parts), one[0]))[1]


def _files(unit: Unit) -> Iterator[tuple[str, Path]]:
    if unit.kind in ("sop", BOOK):
        for pdf, made in unit.made:
            yield pdf.name, pdf
            for path, kept in ((pdf.with_suffix(".docx"), made.docx), (pdf.with_suffix(SIDECAR), made.sidecar)):
                if kept and path.is_file():
                    yield path.name, path
        return
    folder = _folder_of(unit)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        private = any(part.startswith((".", "~")) or part == PRIVATE for part in name.parts)
        if (
            path.is_file()
            and not private
            and not is_kept(path.name)
            and not is_litter(path.name)
            and not _came_back(path)
        ):
            yield name.as_posix(), path


def _came_back(path: Path) -> bool:
    return path.name.lower().endswith((SIGNED, REPORT))


def _folder_of(unit: Unit) -> Path:
    pdf = unit.made[0][0]
    return next(folder for folder in pdf.parents if folder.name == unit.name and folder.parent.name == unit.kind)


def _sources(unit: Unit, settings: Settings) -> dict[str, Path]:
    """Inputs by their name in the archive: relative to the office's folder, or under ``lain/`` from elsewhere."""
    keys = dict.fromkeys(key for _, made in unit.made for key in made.sources)
    office = _office_folder(keys, unit)
    named: dict[str, Path] = {}
    for key in keys:
        inside = PurePosixPath(key)
        name = inside.relative_to(office).as_posix() if inside.is_relative_to(office) else f"lain/{inside.name}"
        named[name] = settings.root / key
    return named


def _office_folder(keys: Sequence[str] | dict[str, None], unit: Unit) -> PurePosixPath:
    for key in keys:
        for folder in PurePosixPath(key).parents:
            if folder.name == unit.kind:
                return folder.parent
    return PurePosixPath("/")
