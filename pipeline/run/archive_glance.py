"""A look at the archive at every filing: what is wrong in older versions is told, before more is built upon it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.archive.verify import glance, version_faults
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Message, say
from pipeline.run.archive_desk import Desk


def remark(desk: Desk, touched: Sequence[str]) -> tuple[Message, ...]:
    """What is said of an archive in a folder that is not whole, at most one remark.

    Of all versions it is seen whether every file is there and the manifests are those of the log; every byte is read
    only of the items ``touched`` ("sop/NAME"), to which a version is added. Reading all takes seconds per thousand
    versions; over a network it takes minutes, so that an archive at an address is left to ``verify``.
    """
    if desk.storage.local is None or desk.filing.is_new:
        return ()
    found = next((one for one in _faults(desk, touched) if one.severity is Severity.ERROR), None)
    if found is None:
        return ()
    text = say(
        "{told}: arsip ini tidak utuh ({file}: {message}). Lihat semuanya dengan tertib verify {told}.",
        told=desk.storage.told,
        file=found.place.file or desk.storage.told,
        message=found.message.bare(),
    )
    return (text,)


def _faults(desk: Desk, touched: Sequence[str]) -> Iterator[Finding]:
    if desk.filing.log.events:  # an archive without a log is proved when it is taken over
        yield from glance(desk.storage, desk.filing.log)
    for folder in touched:
        for filed in desk.filing.log.versions(folder)[:-1]:  # the last one is proved where it is needed
            yield from version_faults(desk.storage, filed)
