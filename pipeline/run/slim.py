"""``tertib template slim``: a template made lean, and proved to print the same to the last pixel.

The template itself and documents filled with the examples go through LibreOffice before and after. Where a pixel
differs, less is done; where nothing can be done without a difference, the file stays as it is. The old file is kept
beside the new one.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.convert.libreoffice import Job, convert, find_soffice
from pipeline.convert.pixels import Difference, first_difference, page_count
from pipeline.disk import sync_folder, umask
from pipeline.errors import MissingProgramError, OutputError, ProofError, TertibError, UsageError
from pipeline.model.message import Message, say
from pipeline.render.slim import ALL, Parts, Slimmed, Step, slim
from pipeline.render.template import Template
from pipeline.render.template_faults import corrupt
from pipeline.resources import here, temporary_folder
from pipeline.run.slim_input import read_template
from pipeline.run.slim_samples import BARE, Sample, kind_of, samples
from pipeline.run.writing import explain_os_error, write_synced

ORIGINAL: Final = "asli"
"""In the name of the file as it was: ``sop.docx`` -> ``sop.asli.docx``."""
_TRIALS: Final = (
    ALL,
    ALL - {Step.CELLS},
    ALL - {Step.TABLES},
    ALL - {Step.STYLES},
    frozenset({Step.PARTS, Step.PICTURES}),
)
"""From all that can be done to what can hardly be seen."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Lean:
    """How it came out. ``written`` and ``original`` are None where there was nothing to do (``done`` is empty);
    ``compared`` names what was compared and ``pages`` counts its pages; ``held`` says what had to stay since it
    changed the pages, ``kept`` what else costs time; sizes are in bytes."""

    done: tuple[Message, ...]
    kept: tuple[Message, ...] = ()
    held: tuple[Message, ...] = ()
    compared: tuple[Message, ...] = ()
    pages: int = 0
    before: int = 0
    after: int = 0
    written: Path | None = None
    original: Path | None = None


def _nothing() -> None:
    """What is told of the beginning where nobody listens."""


def slim_template(
    path: Path, output: Path | None = None, *, jobs: int = 1, begun: Callable[[], None] = _nothing
) -> Lean:
    """Make the template at ``path`` lean, in place or as ``output``, with ``jobs`` LibreOffices.

    ``begun`` is called when there is something to do, before LibreOffice starts.

    Raises UsageError and TemplateError for a file that cannot be taken, MissingProgramError where LibreOffice is
    missing, ProofError when the pages would change, and OutputError; the file is then as it was.
    """
    path = path.resolve() if path.is_symlink() else path
    data, parts = read_template(path)
    target = _target(path, output)
    if target == path:
        _not_open(path)
    try:
        most = slim(parts)
    except etree.XMLSyntaxError as error:
        raise corrupt(path) from error
    template = Template.load(path)
    if not most.done:
        if target != path:
            _write(target, data)
        return Lean((), most.kept, before=len(data), after=len(data), written=None if target == path else target)
    if find_soffice() is None:
        raise _no_office()
    begun()
    found = _proved(path, data, parts, kind_of(template), jobs)
    original = None
    if target == path:
        _not_open(path)
        if read_template(path)[0] != data:
            raise UsageError(
                say("{path} disimpan orang lain sementara ini dikerjakan; jalankan lagi.", path=here(path))
            )
        original = _keep(path, data)
    _write(target, found.data)
    return Lean(
        found.slimmed.done,
        found.slimmed.kept,
        found.held,
        tuple(sample.name for sample in found.samples),
        found.pages,
        len(data),
        len(found.data),
        target,
        original,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    slimmed: Slimmed
    data: bytes
    held: tuple[Message, ...]
    samples: tuple[Sample, ...]
    pages: int


def _proved(path: Path, data: bytes, parts: Parts, kind: str, jobs: int) -> _Found:
    """The most that can be done to ``parts`` without changing a pixel. Raises ProofError when that is nothing."""
    held: list[Message] = []
    tried: set[bytes] = set()
    with temporary_folder() as folder:
        shown = _samples(path, data, parts, kind)
        before = _pdfs(shown, folder / "sebelum", jobs)
        for number, steps in enumerate(_TRIALS):
            slimmed = slim(parts, steps)
            made = packed(slimmed.parts)
            if not slimmed.done or made in tried:
                continue
            tried.add(made)
            fault = _fault(path, made, kind, shown, before, folder / f"sesudah-{number}", jobs)
            if fault is None:
                return _Found(slimmed, made, tuple(held), shown, sum(page_count(pdf) for pdf in before))
            held.append(fault)
    raise ProofError(
        say(
            "{path} tidak diubah: bila dirampingkan, cetakannya berubah ({fault}). Templat ini tetap dapat dipakai "
            "seperti biasa.",
            path=here(path),
            fault=held[0],
        )
    )


def _samples(path: Path, data: bytes, parts: Parts, kind: str) -> tuple[Sample, ...]:
    """Documents of the template as it is. Where a part that nobody prints has them refused, without such parts."""
    try:
        return samples(path, data, kind)
    except ProofError:
        bare = samples(path, data, "")
        filled = samples(path, packed(slim(parts, {Step.PARTS}).parts), kind)
        return (*bare, *filled[len(bare) :])


def _fault(
    path: Path,
    made: bytes,
    kind: str,
    shown_before: Sequence[Sample],
    before: Sequence[Path],
    folder: Path,
    jobs: int,
) -> Message | None:
    """How the pages of ``made`` differ from those ``before``; None when they do not."""
    try:
        shown = samples(path, made, kind)
        after = _pdfs(shown, folder, jobs)
    except (UsageError, MissingProgramError, OutputError):
        raise
    except TertibError as error:
        return error.message.bare()
    if len(after) != len(before):
        return say("banyaknya dokumen contoh berubah")
    for was, sample, old, new in zip(shown_before, shown, before, after, strict=True):
        fault = None if _unsound(was) else _unsound(sample)
        if fault is not None:
            return say("{name}: {how}", name=sample.name, how=fault)
        difference = first_difference(old, new)
        if difference is not None:
            return _told(sample, difference)
    return None


def _unsound(sample: Sample) -> Message | None:
    """What Word would find wrong with a sample; the template itself may hold tags where a document may not."""
    from pipeline.render.proof import prove_docx

    if sample.name == BARE:
        return None
    try:
        prove_docx(sample.docx, "docx", given=sample.given)
    except ProofError as error:
        return error.message.bare()
    return None


def _told(sample: Sample, difference: Difference) -> Message:
    return say("{name}, halaman {page}: {how}", name=sample.name, page=difference.page, how=difference.how)


@dataclass(frozen=True, slots=True)
class Copy:
    """Puts aside what LibreOffice made, be it a document one would publish or a bare template."""

    to: Path

    def __call__(self, made: Path) -> None:
        shutil.copyfile(made, self.to)


def _pdfs(shown: Sequence[Sample], folder: Path, jobs: int) -> list[Path]:
    """The samples as PDFs in ``folder``. Raises ProofError for one that LibreOffice does not make."""
    folder.mkdir()
    todo = []
    for number, sample in enumerate(shown):
        docx = folder / f"{number}.docx"
        docx.write_bytes(sample.docx)
        todo.append(Job(docx, folder / f"{number}.terbukti.pdf", finish=Copy(docx.with_suffix(".pdf"))))
    outcomes = convert(todo, workers=min(jobs, len(todo)))
    for outcome in outcomes:
        if not outcome.job.docx.with_suffix(".pdf").is_file():
            raise outcome.error or ProofError(say("LibreOffice tidak menghasilkan PDF dari templat ini."))
    return [job.docx.with_suffix(".pdf") for job in todo]


def packed(parts: Parts) -> bytes:
    """A package of ``parts``; equal for equal parts, the list of types first as Word wants it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in parts:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            package.writestr(info, data)
    return made.getvalue()


def _target(path: Path, output: Path | None) -> Path:
    if output is None:
        return path
    try:
        if output.exists():
            if output.samefile(path):
                return path
            raise UsageError(
                say("{out} sudah ada dan tidak ditimpa. Pilih nama lain untuk --output.", out=here(output))
            )
    except (OSError, ValueError) as error:
        raise UsageError(say("{out} tidak dapat dipakai untuk --output.", out=here(output))) from error
    if output.suffix.lower() != ".docx":
        raise UsageError(say("{out}: nama untuk --output harus berakhiran .docx.", out=here(output)))
    return output


def _not_open(path: Path) -> None:
    """Raise UsageError when Word or LibreOffice has the file open: it would save its own version over ours."""
    stem = path.name[max(0, min(2, len(path.stem) - 6)) :]
    for name in (f"~${path.name}", f"~${stem}", f".~lock.{path.name}#"):
        if path.with_name(name).exists():
            raise UsageError(
                say(
                    "{path} sedang dibuka di Word atau LibreOffice. Tutup dahulu, lalu jalankan lagi. Bila tidak "
                    "sedang dibuka, hapus {lock}.",
                    path=here(path),
                    lock=name,
                )
            )


def _keep(path: Path, data: bytes) -> Path:
    """Put the file as it was beside itself, under a name that nothing has; one that holds the same serves, too."""
    for place in _names(path):
        try:
            if place.exists():
                if place.read_bytes() == data:
                    return place
                continue
            _write(place, data)
        except OSError as error:
            raise explain_os_error(error, place) from error
        return place
    raise AssertionError("names never end")


def _names(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.{ORIGINAL}{path.suffix}")
    number = 2
    while True:
        yield path.with_name(f"{path.stem}.{ORIGINAL}-{number}{path.suffix}")
        number += 1


def _write(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` in one step, with the permissions of what stood there."""
    temporary: Path | None = None
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tertib-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            write_synced(file, data)
        temporary.chmod(mode)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise explain_os_error(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _no_office() -> MissingProgramError:
    return MissingProgramError(
        say(
            "LibreOffice tidak ditemukan, jadi tidak dapat dibuktikan bahwa cetakannya tetap sama; templat itu tidak "
            "diubah. Pasang LibreOffice Writer (tertib doctor menyebut caranya), lalu jalankan lagi."
        )
    )
