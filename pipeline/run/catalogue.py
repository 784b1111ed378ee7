"""Every code that a report can show, for ``tertib explain`` and the rule page: also those made outside the rules."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.archive.verify import CHANGED, EXTRA, MISSING, UNREADABLE
from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.recess_rules import RECESS_RULES
from pipeline.readers.faults import DATE, FAULTS
from pipeline.rules.docs import Entry

_ARCHIVE = (
    (MISSING, Message("Berkas arsip hilang", "A file of the archive is missing")),
    (CHANGED, Message("Berkas arsip berubah", "A file of the archive changed")),
    (EXTRA, Message("Berkas di arsip tidak tercatat", "A file in the archive is not listed")),
    (UNREADABLE, Message("Berkas arsip tidak dapat dibaca", "A file of the archive cannot be read")),
)


def others() -> tuple[Entry, ...]:
    """Entries of the findings of readers, recess data, page layout and archive."""
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    for fault in (*FAULTS, DATE):
        yield Entry(fault.code, fault.name, fault.severity, _bare(fault.about))
    for rule in RECESS_RULES:
        yield Entry(rule.code, rule.name, rule.severity, _bare(rule.about), rule.source)
    overflow = say(
        id="Isi tidak muat pada halaman menurut ukuran templat", en="Content does not fit the page of the template"
    )
    yield Entry("FMT-01", "halaman-tidak-muat", Severity.ERROR, overflow)
    for (code, name), about in _ARCHIVE:
        yield Entry(code, name, Severity.ERROR, about)


def _bare(text: Message) -> Message:
    return Message(text.id.rstrip("."), text.en.rstrip("."))
