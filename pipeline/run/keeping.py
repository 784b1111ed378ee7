"""Keeps a file that is no longer what was made (signed, stamped, edited) when a new one takes its place."""

from __future__ import annotations

import datetime as dt
import re
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
    """Move ``pdf`` (or what else it is) aside, put ``new`` in its place, and return where the old one is.

    The old one stands under one of the two names at every moment; when ``new`` cannot be placed it goes back.
    Raises OutputError.
    """
    aside = _free_name(pdf, now)
    try:
        pdf.rename(aside)
        try:
            new.replace(pdf)
        except OSError:
            aside.rename(pdf)
            raise
        sync_folder(pdf.parent)
    except OSError as error:
        raise explain_os_error(error, pdf) from error
    return aside


def kept_note(pdf: Path, aside: Path, settings: Settings) -> Message:
    """What is said of a file that was kept aside."""
    return say(
        "{pdf} berbeda dari hasil terakhir ({cause}); disimpan sebagai {aside}.",
        cause=say("mungkin sudah ditandatangani") if pdf.suffix == ".pdf" else say("mungkin diubah di program lain"),
        pdf=settings.relative(pdf),
        aside=settings.relative(aside),
    )


def _free_name(pdf: Path, now: dt.datetime) -> Path:
    stem = f"{safe_name(pdf.stem, limit=_STEM_LIMIT)} (disimpan {now:%Y%m%d-%H%M%S}"
    path = pdf.with_name(f"{stem}){pdf.suffix}")
    number = 2
    while path.exists() or path.is_symlink():
        path = pdf.with_name(f"{stem}-{number}){pdf.suffix}")
        number += 1
    return path
