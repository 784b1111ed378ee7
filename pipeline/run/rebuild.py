"""``tertib verify --rebuild``: makes a document again from what its PDF carries, and says whether it is the same.

Three things are compared: every carried file with what ``asal.json`` says of it and the hash of the canonical inputs;
the DOCX made from the inputs with the one that is carried; the PDF made from the DOCX with the given one, byte by
byte. Of a signed file that is the part before its first signature. Everything happens in a temporary folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pipeline
from pipeline.convert.libreoffice import Job, convert, find_soffice
from pipeline.errors import MissingProgramError, SignatureError, TertibError, UsageError
from pipeline.model.message import Message, joined, say
from pipeline.model.reasons import why
from pipeline.model.result import RunResult
from pipeline.render.qr import short
from pipeline.resources import temporary_folder
from pipeline.run.carried_inputs import Bundle, CannotRebuildError, altered, lay_out, opened, prove_package
from pipeline.run.events import Listener
from pipeline.run.finishing import Finishing
from pipeline.run.origin import libreoffice
from pipeline.run.outcome import Outcome, Problem, internal
from pipeline.run.reading import read_file
from pipeline.run.rebuild_diff import docx_differences, pdf_differences
from pipeline.run.rebuild_docx import docx_again
from pipeline.run.settings import Settings

_STAGES: Final = 3


@dataclass(slots=True)
class _Found:
    """What came out so far: ``notes`` of what is the same, ``differences``, and what could not be ``done``."""

    notes: list[Message] = field(default_factory=list)
    differences: list[Message] = field(default_factory=list)
    undone: list[TertibError] = field(default_factory=list)


def rebuild(path: Path, settings: Settings, listener: Listener) -> Outcome:
    """Make the document of the PDF ``path`` again and compare. Raises UsageError for a file that cannot be read.

    The exit code is 0 when it is identical, 5 when it differs, and 2 or 3 when that cannot be said here.
    """
    told = settings.relative(path)
    found = _Found()
    listener.started(_STAGES, say("Membuat ulang {told}", told=told))
    try:
        data = read_file(path)
    except OSError as error:
        raise UsageError(say("{told} tidak dapat dibaca: {why}.", told=told, why=why(error))) from error
    try:
        _compare(opened(data), data, found, settings, listener)
    except TertibError as error:
        found.undone.append(error)
    except Exception as fault:  # noqa: BLE001 - what another program has put into a PDF may hit any corner
        found.undone.append(internal(fault))
    if len(settings.paths) > 1:  # of one file everything is said, of several each line says of which
        found = _named(told, found)
    return _outcome(told, found)


def _named(told: str, found: _Found) -> _Found:
    """``found`` with the file named in all that is said of it; differences follow its name in any case."""
    notes = [say("{file}: {what}", file=told, what=note) for note in found.notes]
    undone = [_naming(told, error) for error in found.undone]
    if undone:  # then the differences are notes
        return _Found(notes, [say("{file}: {what}", file=told, what=one) for one in found.differences], undone)
    return _Found(notes, found.differences, undone)


def _naming(told: str, error: TertibError) -> TertibError:
    named = type(error)(say("{file}: {what}", file=told, what=error.message))
    named.__cause__ = error.__cause__
    return named


def _compare(bundle: Bundle, data: bytes, found: _Found, settings: Settings, listener: Listener) -> None:
    changed = altered(bundle)
    if changed:
        names = ", ".join(changed[:8])
        found.differences.append(say("Berkas di dalam PDF bukan yang dicatat asal.json: {names}.", names=names))
        return
    listener.advanced()
    with temporary_folder() as temporary:
        folder = temporary.resolve()
        docx = _docx(bundle, folder / "masukan", found, settings)
        listener.advanced()
        _compare_pdf(bundle, docx, data, folder, found)
        listener.advanced()
    _other_programs(bundle, found)


def _docx(bundle: Bundle, folder: Path, found: _Found, settings: Settings) -> bytes:
    """The DOCX to make the PDF from: made again from the inputs where they are carried, else the carried one."""
    prove_package(bundle.docx, bundle.origin["docx"]["berkas"])
    if not bundle.has_inputs:
        from pipeline.render.proof import prove_docx

        prove_docx(bundle.docx, bundle.origin["docx"]["berkas"])  # no other program's document goes into LibreOffice
        found.notes.append(_not_all(bundle))
        return bundle.docx
    folder.mkdir()
    made = docx_again(bundle, lay_out(bundle, folder), folder, settings)
    if made.fingerprint != bundle.origin["sidik"]:
        found.differences.append(
            say(
                "Sidik masukan {one}, padahal yang dicatat {two}.",
                one=short(made.fingerprint),
                two=short(bundle.origin["sidik"]),
            )
        )
    different = docx_differences(bundle.docx, made.docx)
    found.differences += different
    if not different:
        count = len(bundle.origin["masukan"])
        found.notes.append(say("{count} berkas masukan utuh; DOCX yang dibuat dari situ sama persis.", count=count))
    return made.docx


def _not_all(bundle: Bundle) -> Message:
    left = [f"{one.get('jalur')}: {one.get('alasan')}" for one in bundle.origin["tidak_dibawa"]]
    return say(
        "Tidak semua masukannya ada di dalam PDF ini ({left}), jadi yang dibuat ulang ialah PDF dari DOCX "
        "yang dibawanya.",
        left="; ".join(left[:4]),
    )


def _compare_pdf(bundle: Bundle, docx: bytes, data: bytes, folder: Path, found: _Found) -> None:
    if find_soffice() is None:
        raise MissingProgramError(
            say("LibreOffice tidak ditemukan, jadi PDF tidak dapat dibuat ulang. Pasang LibreOffice Writer.")
        )
    again = _pdf(bundle, docx, folder)
    if again == data:
        found.notes.append(say("PDF yang dibuat ulang sama persis, {n} byte.", n=len(data)))
    elif data.startswith(again):
        found.notes.append(
            say(
                "PDF yang dibuat ulang sama persis dengan {n} byte pertama; {more} byte sesudahnya ditambahkan "
                "kemudian, misalnya tanda tangan. Periksa itu dengan: tertib verify.",
                n=len(again),
                more=len(data) - len(again),
            )
        )
    else:
        found.differences += pdf_differences(again, data)


def _pdf(bundle: Bundle, docx: bytes, folder: Path) -> bytes:
    source = folder / bundle.origin["docx"]["berkas"]
    source.write_bytes(docx)
    target = folder / "hasil.pdf"
    job = Job(source, target, finish=Finishing(target.name, source, bundle.particulars()))
    (done,) = convert([job], workers=1)
    if done.error is not None:
        raise done.error
    return target.read_bytes()


def _other_programs(bundle: Bundle, found: _Found) -> None:
    """Where it differs and was made with other programs, those may be the reason: then nothing is proved."""
    if not found.differences:
        return
    made, here = bundle.origin["program"], libreoffice()
    if made["versi"] != pipeline.__version__:
        found.undone.append(
            CannotRebuildError(
                say(
                    "PDF ini dibuat tertib {made}, di sini {here}. Perbedaannya dapat berasal dari situ; pasang versi "
                    "{made} untuk memastikan.",
                    made=made["versi"],
                    here=pipeline.__version__,
                )
            )
        )
    elif made["libreoffice"] != here:
        found.undone.append(
            MissingProgramError(
                say(
                    "PDF ini dibuat dengan LibreOffice lain ({made}; di sini {here}). Perbedaannya dapat berasal dari "
                    "situ; pasang LibreOffice itu untuk memastikan.",
                    made=made["libreoffice"] or "?",
                    here=here or "?",
                )
            )
        )


def _outcome(told: str, found: _Found) -> Outcome:
    if found.undone:
        closing = say("{told}: tidak dapat dipastikan sama.", told=told)
        notes = (*found.notes, *found.differences)
        return Outcome(RunResult((), (), closing=closing), tuple(Problem(error) for error in found.undone), notes)
    if found.differences:
        closing = say("{told}: berbeda dari yang dibuat ulang.", told=told)
        error = SignatureError(
            say("{told} berbeda dari yang dibuat ulang: {where}", told=told, where=joined(" ", found.differences))
        )
        return Outcome(RunResult((), (), closing=closing), (Problem(error),), tuple(found.notes))
    closing = say("{told}: identik dengan yang dibuat ulang dari isinya sendiri.", told=told)
    return Outcome(RunResult((), (), closing=closing), (), tuple(found.notes))
