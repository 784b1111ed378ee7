"""``tertib sign``: PDFs with a prepared field are signed with the office's own key, many with one passphrase."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.convert.libreoffice import find_soffice
from pipeline.disk import sync_folder
from pipeline.errors import OutputError, SignatureError, TertibError, UsageError
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.model.result import RunResult
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem, internal
from pipeline.run.promised import is_another
from pipeline.run.reading import read_file
from pipeline.run.settings import Settings
from pipeline.run.trust import Trusts
from pipeline.run.writing import try_lock, write_synced
from pipeline.sign.active import prove_passive
from pipeline.sign.keys import Key, prove_usable, read_p12
from pipeline.sign.measure import prove_measure
from pipeline.sign.reading import told_fields
from pipeline.sign.reports import Level
from pipeline.sign.signing import LEVELS, Order, Signed, sign_pdf
from pipeline.sign.token import token_key
from pipeline.sign.tsa import timestamper_at
from pipeline.sign.typeface import find_typeface

FOLDER = "ttd"
"""Folder beside a PDF into which its signed copy goes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be signed, and with what. ``now`` (aware, in the zone to be printed) is the only clock.

    Either ``key`` (a PKCS#12 file) or ``library`` (of PKCS#11, with ``token`` and ``certificate`` as labels, "" for
    the only one). ``field`` "": the only one that is free. ``level`` a key of LEVELS, "" for b-b, and b-t with a
    ``tsa``. ``to`` None: the folder FOLDER beside each PDF. ``passphrase`` is printed nowhere. ``timestamper`` stands
    in for the one at ``tsa``; ``crls`` are revocation lists at hand (DER), so that none is fetched.
    """

    now: dt.datetime
    key: Path | None = None
    library: Path | None = None
    token: str = ""
    certificate: str = ""
    field: str = ""
    level: str = ""
    tsa: str = ""
    to: Path | None = None
    passphrase: str = dataclasses.field(default="", repr=False)
    timestamper: Any = None
    crls: tuple[bytes, ...] = ()


def sign(request: Request, settings: Settings, listener: Listener) -> Outcome:
    """Sign the PDFs at ``settings.paths``; what goes wrong with one does not stop the others.

    Raises UsageError for what concerns all: the key, the passphrase, the timestamp authority's address.
    """
    level = level_of(request)
    trusts = Trusts(settings)
    with _key(request, settings) as key:
        prove_usable(key, request.now, trusts.roots_for(settings.root))
        order = Order(
            key,
            level,
            request.now,
            timestamper=None if level is Level.B_B else request.timestamper or timestamper_at(request.tsa),
            tsa=request.tsa,
            font=find_typeface(_office_fonts()),
            crls=request.crls,
            offline=bool(request.crls),
        )
        return _sign_all(order, request, trusts, listener)


def level_of(request: Request) -> Level:
    """How far the signature is to be provable. Raises UsageError for a level that lacks its timestamp authority."""
    level = LEVELS[request.level or ("b-t" if request.tsa else "b-b")]
    if level is Level.B_B and request.tsa:
        raise UsageError(say("--level b-b tidak memakai stempel waktu. Hapus --tsa, atau pilih --level b-t atau b-lt."))
    if level is not Level.B_B and not (request.tsa or request.timestamper):
        raise UsageError(
            say(
                "Tingkat {level} memerlukan stempel waktu. Tambahkan --tsa dengan alamat layanannya, atau pakai "
                "--level b-b.",
                level=request.level,
            )
        )
    return level


@contextmanager
def _key(request: Request, settings: Settings) -> Iterator[Key]:
    if (request.key is None) == (request.library is None):
        raise UsageError(
            say("Sebutkan kunci dengan --key BERKAS.p12 atau --pkcs11 PUSTAKA (kartu atau token), salah satu saja.")
        )
    if request.library is not None:
        library = settings.root / request.library
        with token_key(library, request.token, request.certificate, request.passphrase) as key:
            yield key
        return
    if request.token or request.certificate:
        raise UsageError(say("--token dan --cert hanya untuk kunci di kartu atau token (--pkcs11)."))
    assert request.key is not None
    yield read_p12(settings.root / request.key, request.passphrase)


def _office_fonts() -> list[Path]:
    """Where LibreOffice keeps the fonts that it brings."""
    program = find_soffice()
    if program is None:
        return []
    folders = [folder / "share" / "fonts" for folder in program.resolve().parents[:2]]
    return [folder for folder in folders if folder.is_dir()]


def _sign_all(order: Order, request: Request, trusts: Trusts, listener: Listener) -> Outcome:
    settings = trusts.settings
    listener.started(len(settings.paths), say("Menandatangani"))
    problems: list[Problem] = []
    notes: list[Message] = []
    for path in settings.paths:
        told = settings.relative(path)
        try:
            full = settings.root / path
            made, target = _sign_one(full, order, request, trusts)
            notes.append(_done(told, settings.relative(target), made))
        except TertibError as error:
            problems.append(Problem(_named(error, told)))
        except Exception as fault:  # noqa: BLE001 - one PDF must not cost the others their signature
            problems.append(Problem(_named(internal(fault), told)))
        listener.advanced(told)
    closing = say(
        "{done} dari {all} PDF ditandatangani {name}.", done=len(notes), all=len(settings.paths), name=order.key.name
    )
    return Outcome(RunResult((), (), closing=closing), tuple(problems), tuple(notes))


def _named(error: TertibError, told: str) -> TertibError:
    """The same error, saying which file it is about."""
    named = type(error)(say("{file}: {what}", file=told, what=error.message))
    named.__cause__ = error.__cause__
    return named


def _done(told: str, target: str, made: Signed) -> Message:
    report = made.report
    text = say(
        "{file}: ditandatangani di isian {field} ({level}), disimpan di {target}.",
        file=told,
        field=report.field,
        level=report.level.value,
        target=target,
    )
    if made.left:
        text = say("{done} Belum ditandatangani: {fields}.", done=text, fields=told_fields(made.left))
    if is_another(report.signer, made.place.label):
        text = say(
            "{done} Perhatikan: isiannya “{label}”, sedangkan sertifikatnya atas nama {name}.",
            done=text,
            label=made.place.label,
            name=report.signer,
        )
    return text


def _sign_one(pdf: Path, order: Order, request: Request, trusts: Trusts) -> tuple[Signed, Path]:
    folder = (pdf.parent / FOLDER) if request.to is None else request.to
    target = folder / pdf.name
    with suppress(OSError):  # what cannot be removed waits for the next run
        _sweep(folder)
    if target.exists():
        raise _already(target)
    data = _read(pdf)
    _prove_signable(data)
    made = sign_pdf(data, replace(order, roots=trusts.roots_for(pdf)), request.field)
    _place(made.data, target)
    return made, target


def _prove_signable(data: bytes) -> None:
    """What is signed shows the same to everybody, and goes on doing so. Raises TertibError."""
    from pipeline.pdf.pages import prove_pages

    try:
        prove_passive(data)
        prove_measure(data)
    except SignatureError as error:  # as for everything else that cannot be signed
        raise UsageError(error.message) from error
    prove_pages(data)


def _read(pdf: Path) -> bytes:
    if pdf.is_dir():
        raise UsageError(say("Ini folder. Sebutkan berkas PDF-nya, misalnya {path}/*.pdf.", path=pdf.name))
    try:
        return read_file(pdf)
    except OSError as error:
        raise UsageError(say("Tidak dapat dibaca ({why}). Periksa nama dan letaknya.", why=why(error))) from error


def _already(target: Path) -> UsageError:
    return UsageError(
        say(
            "{target} sudah ada dan tidak ditimpa. Pindahkan dahulu, atau pilih folder lain dengan --to.",
            target=f"{target.parent.name}/{target.name}",
        )
    )


def _place(data: bytes, target: Path) -> None:
    """Write ``data`` to ``target`` whole or not at all, and never over a file that is there."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            try_lock(file)  # tells other runs that this one is at work; where nothing can be locked, nothing is swept
            write_synced(file, data)
        _rename(part, target)
        sync_folder(target.parent)
    except OSError as error:
        raise OutputError(
            say(
                "{target} tidak dapat ditulis: {why}. Periksa ruang penyimpanan dan izin foldernya, atau pilih folder "
                "lain dengan --to.",
                target=f"{target.parent.name}/{target.name}",
                why=why(error),
            )
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left in ``folder``; what a run is still writing is locked by it."""
    for left in folder.glob(".*.part"):
        if _PART.fullmatch(left.name) and left.is_file() and not left.is_symlink() and _is_free(left):
            left.unlink(missing_ok=True)


_PART = re.compile(r"\..+\.(?i:pdf)\.[0-9]+\.part")


def _is_free(part: Path) -> bool:
    try:
        with part.open("rb+") as file:
            return try_lock(file)
    except OSError:  # gone meanwhile, or somebody else's
        return False


def _rename(part: Path, target: Path) -> None:
    try:
        os.link(part, target)  # unlike a rename it fails where a file came into being meanwhile
    except FileExistsError as error:
        raise _already(target) from error
    except OSError:  # a disk without links
        if target.exists():
            raise _already(target) from None
        part.replace(target)
