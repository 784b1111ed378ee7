"""``tertib archive`` and ``tertib verify``: what was built goes into the archive, and the archive is proved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.archive import store
from pipeline.archive.litter import is_litter
from pipeline.archive.verify import find_archives, latest_faults
from pipeline.archive.verify import verify as verify_archive
from pipeline.errors import ArchiveError, OutputError, ProofError, TertibError, UsageError
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.result import RunResult
from pipeline.run.events import Listener
from pipeline.run.keeping import is_kept
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.settings import Settings
from pipeline.run.state import Made, State, digest
from pipeline.run.writing import PRIVATE, Outputs, explain_os_error, own

ARCHIVE = "arsip"
"""Folder of the archive inside the outputs of an office."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is filed together: one SOP, or all documents of one recess. ``office`` is the folder name."""

    office: str
    kind: str
    name: str
    made: tuple[tuple[Path, Made], ...]

    @property
    def id(self) -> str:
        return f"{self.office}/{self.kind}/{self.name}"


def archive(settings: Settings, listener: Listener) -> Outcome:
    """File what was built and differs from its latest version. Raises UsageError, OutputError."""
    for path in settings.paths:
        _must_exist(settings, path)
    with own(settings.output, listener) as outputs:
        units = [unit for unit in _units(State(outputs), outputs) if _is_meant(unit, settings)]
        if not units:
            return Outcome(RunResult((), ()), notes=(_NOTHING_BUILT,))
        listener.started(len(units), say("Mengarsipkan"))
        problems: list[Problem] = []
        notes: list[Message] = []
        for unit in units:
            try:
                notes += _file(unit, settings, outputs)
            except TertibError as error:
                problems.append(Problem(error, unit.id))
            listener.advanced(unit.id)
        problems += _update_indexes(units, outputs)
    if not notes and not problems:
        notes.append(say("Tidak ada yang berubah sejak arsip terakhir."))
    closing = _filed(len(units), len(notes), len(problems)) if problems else None
    return Outcome(RunResult((), (), closing=closing), tuple(problems), tuple(notes))


def _filed(units: int, added: int, failed: int) -> Message:
    return say(
        "{units} dokumen untuk arsip: {added} versi baru diarsipkan, {failed} kegagalan.",
        units=units,
        added=added,
        failed=failed,
    )


def verify(settings: Settings, listener: Listener) -> Outcome:
    """Prove the archives at ``settings.paths``. Raises UsageError where there is nothing to prove."""
    folders: list[Path] = []
    for path in settings.paths:
        full = _must_exist(settings, path)
        found = find_archives(full)
        if not found:
            raise UsageError(
                say("{path}: tidak ada arsip di sini. Sebutkan folder arsip, misalnya outputs/KANTOR/arsip.", path=path)
            )
        folders += found
    return _prove(tuple(dict.fromkeys(folders)), settings, listener)


def _prove(folders: tuple[Path, ...], settings: Settings, listener: Listener) -> Outcome:
    listener.started(len(folders), say("Memeriksa arsip"))
    findings: list[Finding] = []
    problems: list[Problem] = []
    notes: list[Message] = []
    versions = 0
    for folder in folders:
        told = settings.relative(folder)
        proved = verify_archive(folder, told)
        findings += proved.findings
        versions += proved.versions
        if proved.findings:
            problems.append(Problem(_not_whole(told, len(proved.findings))))
        else:
            notes.append(
                say(
                    "{told}: utuh, {versions} versi, {files} berkas.",
                    told=told,
                    versions=proved.versions,
                    files=proved.files,
                )
            )
        listener.advanced(told)
    closing = _proved(versions, len(findings)) if findings else None
    return Outcome(RunResult(tuple(findings), (), closing=closing), tuple(problems), tuple(notes))


def _proved(versions: int, faults: int) -> Message:
    return say("{versions} versi arsip diperiksa: {faults} kesalahan.", versions=versions, faults=faults)


def _not_whole(told: str, count: int) -> ArchiveError:
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
        raise UsageError(say("{path} tidak ada. Periksa ejaan nama folder atau berkas itu.", path=path))
    return full.resolve()


def _units(state: State, outputs: Outputs) -> Iterator[_Unit]:
    """What stands on record and still exists, grouped; a path under outputs is OFFICE/sop/NAME or OFFICE/reses/MASA."""
    groups: dict[tuple[str, str, str], list[tuple[Path, Made]]] = {}
    for pdf, made in state.all():
        parts = pdf.relative_to(outputs.folder).with_suffix("").parts
        if len(parts) >= 3 and pdf.is_file():
            groups.setdefault((parts[0], parts[1], parts[2]), []).append((pdf, made))
    for (office, kind, name), made_here in groups.items():
        yield _Unit(office, kind, name, tuple(made_here))


def _is_meant(unit: _Unit, settings: Settings) -> bool:
    if not settings.paths:
        return True
    wanted = [(settings.root / path).resolve() for path in settings.paths]
    candidates = [pdf for pdf, _ in unit.made] + [settings.root / key for _, made in unit.made for key in made.sources]
    return any(place.resolve().is_relative_to(path) for path in wanted for place in candidates)


def _file(unit: _Unit, settings: Settings, outputs: Outputs) -> list[Message]:
    """Add a version of ``unit`` when its content changed; what was done, in words."""
    _prove_current(unit, settings)
    item = _item(unit, settings)
    target = outputs.folder / unit.office / ARCHIVE
    faults = latest_faults(target, item.folder, settings.relative(target))
    if faults:
        raise _damaged(faults, settings.relative(target))
    try:
        if not store.has_changed(item, target):
            return []
        number = max(store.versions(target / item.folder), default=0) + 1
        made = outputs.fresh_folder()
        try:
            store.fill(item, number, made, settings.today)
            outputs.place_folder(made, target / item.folder / store.version_name(number))
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise explain_os_error(error, target / item.folder) from error
    return [
        say(
            "{unit}: versi {n} diarsipkan{stage}.",
            unit=unit.id,
            n=store.version_name(number),
            stage="" if item.stage in ("", "final") else f" ({item.stage})",
        )
    ]


def _prove_current(unit: _Unit, settings: Settings) -> None:
    """The PDF in hand must be the one that was built, from the DOCX beside it and from the inputs as they are now."""
    for pdf, made in unit.made:
        if digest(pdf) != made.pdf:
            raise _changed_pdf(settings.relative(pdf))
        docx = pdf.with_suffix(".docx")
        if digest(docx) != made.docx:
            told = settings.relative(docx)
            raise ProofError(
                say(
                    "{told} bukan lagi hasil pembuatan terakhir. Salin dahulu bila suntingannya diperlukan, "
                    "jalankan tertib build (atau tertib recap), lalu arsipkan lagi.",
                    told=told,
                )
            )
        changed = [key for key, value in made.sources.items() if digest(settings.root / key) != value]
        if changed:
            raise ProofError(
                say(
                    "{changed} berubah sejak {pdf} dibuat. Jalankan tertib build (untuk reses: tertib recap, dan "
                    "tertib recap --public bila edisi publiknya ada), lalu arsipkan lagi.",
                    changed=changed[0],
                    pdf=settings.relative(pdf),
                )
            )


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


def _changed_pdf(told: str) -> ProofError:
    return ProofError(
        say(
            "{told} berbeda dari yang dibuat tertib (mungkin sudah ditandatangani). Arsip memuat "
            "naskah persis seperti dibuat; naskah bertanda tangan itu jangan dihapus, simpanlah "
            "sebagai naskah resmi. Untuk mengarsipkan: tertib build (untuk reses: tertib recap) "
            "menyimpannya dahulu dengan nama lain di folder yang sama, lalu membuat PDF baru; "
            "sesudah itu jalankan tertib archive lagi.",
            told=told,
        )
    )


def _item(unit: _Unit, settings: Settings) -> store.Item:
    told = _speaks_for(unit)
    return store.Item(
        kind=unit.kind,
        name=unit.name,
        files=dict(_files(unit)),
        sources=_sources(unit, settings),
        number=told.number,
        title=told.title,
        stage=told.stage,
    )


def _speaks_for(unit: _Unit) -> Made:
    """The document whose number, title and stage stand for all: the SOP, or the recap at the top of a recess."""
    return min(unit.made, key=lambda one: (len(one[0].parts), one[0]))[1]


def _files(unit: _Unit) -> Iterator[tuple[str, Path]]:
    if unit.kind == "sop":
        for pdf, _ in unit.made:
            yield pdf.name, pdf
            yield pdf.with_suffix(".docx").name, pdf.with_suffix(".docx")
        return
    folder = _folder_of(unit)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        private = any(part.startswith((".", "~")) or part == PRIVATE for part in name.parts)
        if path.is_file() and not private and not is_kept(path.name) and not is_litter(path.name):
            yield name.as_posix(), path


def _folder_of(unit: _Unit) -> Path:
    pdf = unit.made[0][0]
    return next(folder for folder in pdf.parents if folder.name == unit.name and folder.parent.name == unit.kind)


def _sources(unit: _Unit, settings: Settings) -> dict[str, Path]:
    """Inputs by their name in the archive: relative to the office's folder, or under ``lain/`` from elsewhere."""
    keys = dict.fromkeys(key for _, made in unit.made for key in made.sources)
    office = _office_folder(keys, unit)
    named: dict[str, Path] = {}
    for key in keys:
        inside = PurePosixPath(key)
        name = inside.relative_to(office).as_posix() if inside.is_relative_to(office) else f"lain/{inside.name}"
        named[name] = settings.root / key
    return named


def _office_folder(keys: Sequence[str] | dict[str, None], unit: _Unit) -> PurePosixPath:
    for key in keys:
        for folder in PurePosixPath(key).parents:
            if folder.name == unit.kind:
                return folder.parent
    return PurePosixPath("/")


def _update_indexes(units: Sequence[_Unit], outputs: Outputs) -> list[Problem]:
    """Add the rows of new versions; rows that stand are kept as they are, so that ``verify`` sees a later change."""
    problems = []
    for office in dict.fromkeys(unit.office for unit in units):
        folder = outputs.folder / office / ARCHIVE
        try:
            rows = list(store.read_index(folder))
            known = {row.folder for row in rows}
            for item in dict.fromkeys(f"{unit.kind}/{unit.name}" for unit in units if unit.office == office):
                for number in store.versions(folder / item):
                    if f"{item}/{store.version_name(number)}" not in known:
                        rows.append(store.row_of(folder, item, number))
            if rows:
                outputs.write(folder / store.INDEX, store.render_index(rows))
        except (ArchiveError, OutputError) as error:
            problems.append(Problem(error, office))
    return problems
