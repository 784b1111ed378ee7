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
    (MISSING, say(id="Berkas arsip hilang", en="A file of the archive is missing")),
    (CHANGED, say(id="Berkas arsip berubah", en="A file of the archive changed")),
    (EXTRA, say(id="Berkas di arsip tidak tercatat", en="A file in the archive is not listed")),
    (UNREADABLE, say(id="Berkas arsip tidak dapat dibaca", en="A file of the archive cannot be read")),
)
_LAYOUT = (
    (
        say(
            id="Satu baris lebih tinggi daripada satu halaman (kesalahan).",
            en="A row is higher than a page (error).",
        ),
        say(
            id="Persingkat teksnya, atau pecah menjadi beberapa langkah.",
            en="Shorten its texts, or split it into several steps.",
        ),
    ),
    (
        say(
            id="Anak panah atau nama jalannya tidak mendapat tempat (kesalahan).",
            en="Arrows, or the names of exits, find no room (error).",
        ),
        say(
            id="Kurangi percabangan atau penolakan ke satu langkah yang sama, perpendek nama cabang, atau pecah SOP "
            "menjadi dua yang saling terkait.",
            en="Use fewer branches or fewer returns to one step, shorten the names of exits, or split the SOP into "
            "two that refer to each other.",
        ),
    ),
    (
        say(id="Terlalu banyak pelaksana untuk lebar halaman (kesalahan).", en="Too many actors for the page (error)."),
        say(
            id="Gabungkan pelaksana yang tugasnya sama, atau pecah SOP menjadi beberapa SOP yang saling terkait.",
            en="Join actors with the same task, or split the SOP into several that refer to each other.",
        ),
    ),
    (
        say(
            id="Nama pelaksana terpenggal di tengah kata karena kolomnya sempit (peringatan).",
            en="An actor's name is broken within a word because its column is narrow (warning).",
        ),
        say(
            id="Pakai sebutan atau singkatan jabatan yang kata-katanya lebih pendek.",
            en="Use a title or an abbreviation with shorter words.",
        ),
    ),
    (
        say(
            id="Huruf pada templat tidak terpasang, jadi ukuran teks hanya perkiraan (peringatan).",
            en="The template's font is not installed, so text sizes are estimates (warning).",
        ),
        say(
            id="Pasang huruf itu, atau pakai Arial, Calibri, Cambria, atau Times New Roman pada templat.",
            en="Install the font, or use Arial, Calibri, Cambria or Times New Roman in the template.",
        ),
    ),
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
        id="Isi tidak muat atau tidak terbaca baik pada halaman menurut templat. Kesalahan menahan dokumen pada semua "
        "tahap, juga draf; peringatan tidak",
        en="Content does not fit the page of the template, or cannot be read well there. Errors stop a document at "
        "every stage, drafts too; warnings do not",
    )
    yield Entry("FMT-01", "halaman-tidak-muat", Severity.ERROR, overflow, cases=_LAYOUT)
    for (code, name), about in _ARCHIVE:
        yield Entry(code, name, Severity.ERROR, about)


def _bare(text: Message) -> Message:
    return text.bare()
