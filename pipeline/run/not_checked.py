"""What archive and verify say of PDFs that were built where some checks could not be made."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.archive.faults import Verified
from pipeline.model.message import Message, say
from pipeline.run.archive_units import Unit
from pipeline.run.state import Made


def of_units(units: Iterable[Unit]) -> tuple[Message, ...]:
    """What is said of the documents of ``units``; nothing where every check was made."""
    unproved = [made.unchecked for unit in units for _, made in unit.made if made.unchecked]
    if not unproved:
        return ()
    text = say(
        "{n} dokumen dibuat tanpa semua pemeriksaan PDF; tidak diperiksa: {names}. Lihat yang kurang dengan tertib "
        "doctor; sesudah dipasang, tertib build memeriksanya.",
        n=len(unproved),
        names=_names(unproved),
    )
    return (text,)


def of_archive(told: str, proved: Verified) -> tuple[Message, ...]:
    """What is said of the versions in an archive or export."""
    if not proved.unproved:
        return ()
    text = say(
        "{told}: {n} versi diarsipkan tanpa semua pemeriksaan PDF; waktu itu tidak diperiksa: {names}.",
        told=told,
        n=proved.unproved,
        names=", ".join(proved.unchecked),
    )
    return (text,)


def of_made(told: str, made: Made) -> tuple[Message, ...]:
    """What is said of one document."""
    if not made.unchecked:
        return ()
    return (say("{told}: saat dibuat tidak diperiksa: {names}.", told=told, names=_names([made.unchecked])),)


def _names(unproved: Iterable[Iterable[str]]) -> str:
    return ", ".join(dict.fromkeys(name for one in unproved for name in one))
