"""Every code that a report can show, for ``tertib explain`` and the rule page: also those made outside the rules."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.archive.faults import CHANGED, EXTRA, MISSING, UNCHECKED, UNFINISHED, UNREADABLE
from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.readers.faults import DATE, FAULTS
from pipeline.recess.rules.registry import RECESS_RULES
from pipeline.rules.docs import Entry
from pipeline.run import verdicts

_ARCHIVE = (
    (MISSING, say("Berkas arsip hilang")),
    (CHANGED, say("Berkas arsip berubah")),
    (EXTRA, say("Berkas di arsip tidak tercatat")),
    (UNREADABLE, say("Berkas arsip tidak dapat dibaca")),
    (UNCHECKED, say("Arsip atau berkas arsip tidak dapat diperiksa")),
    (UNFINISHED, say("Pekerjaan arsip yang belum selesai")),
)
_LAYOUT = (
    (
        say("Satu baris lebih tinggi daripada satu halaman (kesalahan)."),
        say("Persingkat teksnya, atau pecah menjadi beberapa langkah."),
    ),
    (
        say("Anak panah atau nama jalannya tidak mendapat tempat (kesalahan)."),
        say(
            "Kurangi percabangan atau penolakan ke satu langkah yang sama, perpendek nama cabang, atau pecah SOP "
            "menjadi dua yang saling terkait."
        ),
    ),
    (
        say("Terlalu banyak pelaksana untuk lebar halaman (kesalahan)."),
        say("Gabungkan pelaksana yang tugasnya sama, atau pecah SOP menjadi beberapa SOP yang saling terkait."),
    ),
    (
        say("Nama pelaksana terpenggal di tengah kata karena kolomnya sempit (peringatan)."),
        say("Pakai sebutan atau singkatan jabatan yang kata-katanya lebih pendek."),
    ),
    (
        say("Huruf pada templat tidak terpasang, jadi ukuran teks hanya perkiraan (peringatan)."),
        say("Pasang huruf itu, atau pakai Arial, Calibri, Cambria, atau Times New Roman pada templat."),
    ),
)
_RECESS = say("pada data reses")


def others() -> tuple[Entry, ...]:
    """Entries of the findings of readers, recess data, page layout and archive."""
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    for fault in (*FAULTS, DATE):
        yield Entry(fault.code, fault.name, fault.severity, _bare(fault.about))
    for rule in RECESS_RULES:
        yield Entry(
            rule.code,
            rule.name,
            rule.severity,
            _bare(rule.about),
            rule.source,
            rule.doc,
            scope=_RECESS,
            confidence=rule.confidence,
        )
    overflow = say(
        "Isi tidak muat atau tidak terbaca baik pada halaman menurut templat. Kesalahan menahan dokumen pada semua "
        "tahap, juga draf; peringatan tidak"
    )
    yield Entry("FMT-01", "halaman-tidak-muat", Severity.ERROR, overflow, cases=_LAYOUT)
    for kind, about in _ARCHIVE:
        yield Entry(*kind, Severity.WARNING if kind == UNFINISHED else Severity.ERROR, about)
    for (code, name), severity, about in verdicts.ABOUT:
        yield Entry(code, name, severity, about)


def _bare(text: Message) -> Message:
    return text.bare()
