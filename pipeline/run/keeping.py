"""Keeps a file that is no longer what was made (signed, stamped, edited) when a new one takes its place."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from pathlib import Path

from pipeline.disk import sync_folder
from pipeline.model.message import Message, say
from pipeline.run.settings import Settings
from pipeline.run.state import Made, digest
from pipeline.run.writing import explain_os_error, safe_name

_STEM_LIMIT = 100
_KEPT = re.compile(r".+ \(disimpan \d{8}-\d{6}(?:-\d+)?\)\.(?:pdf|svg|bpmn)")


def is_foreign(pdf: Path, made: Made | None, new: str) -> bool:
    """Would replacing ``pdf`` by a file with hash ``new`` lose something that is neither that file nor on record?"""
    return pdf.is_file() and digest(pdf) not in {new, made.pdf if made is not None else new}


def is_kept(name: str) -> bool:
    """Is this the name of a file that was kept aside?"""
    return _KEPT.fullmatch(name) is not None


def replace_keeping(new: Path, pdf: Path, now: dt.datetime) -> Path:
    """Keep ``pdf`` (or what else it is) under another name, put ``new`` in its place, and return where the old one is.

    Its own name is never without a file, whenever this is interrupted, and what cannot be kept is not replaced: the old
    one gets its second name first. Raises OutputError.
    """
    aside = _kept_before(pdf)
    made = None if aside else _free_name(pdf, now)
    try:
        if made is not None:
            name_twice(pdf, made, new.with_name(f"{new.name}.disimpan"))
        try:
            new.replace(pdf)
        except OSError:
            if made is not None:
                made.unlink()
            raise
        sync_folder(pdf.parent)
    except OSError as error:
        raise explain_os_error(error, pdf) from error
    return aside or made or pdf


def _kept_before(pdf: Path) -> Path | None:
    """A second name that ``pdf`` was given by a run which was killed before it put the new one in place."""
    beside = (path for path in pdf.parent.iterdir() if path.suffix == pdf.suffix and is_kept(path.name))
    return next((path for path in beside if path.stem.startswith(_kept_stem(pdf)) and path.samefile(pdf)), None)


def name_twice(pdf: Path, aside: Path, part: Path) -> None:
    """Let ``aside`` be the same file as ``pdf``; on a disk without links a copy, whole or not at all (by ``part``).

    Raises OSError.
    """
    try:
        os.link(pdf, aside)
    except OSError:
        try:
            shutil.copy2(pdf, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(aside)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def kept_note(pdf: Path, aside: Path, settings: Settings) -> Message:
    """What is said of a file that was kept aside."""
    return say(
        "{pdf} berbeda dari hasil terakhir ({cause}); disimpan sebagai {aside}.",
        cause=say("mungkin sudah ditandatangani") if pdf.suffix == ".pdf" else say("mungkin diubah di program lain"),
        pdf=settings.relative(pdf),
        aside=settings.relative(aside),
    )


def _kept_stem(pdf: Path) -> str:
    return f"{safe_name(pdf.stem, limit=_STEM_LIMIT)} (disimpan "


def _free_name(pdf: Path, now: dt.datetime) -> Path:
    stem = f"{_kept_stem(pdf)}{now:%Y%m%d-%H%M%S}"
    path = pdf.with_name(f"{stem}){pdf.suffix}")
    number = 2
    while path.exists() or path.is_symlink():
        path = pdf.with_name(f"{stem}-{number}){pdf.suffix}")
        number += 1
    return path
