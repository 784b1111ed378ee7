"""What can be wrong with an archive, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Message, say

Form = Literal["", "BagIt", "OCFL"]
Kind = tuple[str, str]
"""Code and name of a finding."""

MISSING: Final = ("ARS-01", "berkas-hilang")
CHANGED: Final = ("ARS-02", "berkas-berubah")
EXTRA: Final = ("ARS-03", "berkas-tambahan")
UNREADABLE: Final = ("ARS-04", "berkas-tak-terbaca")
UNCHECKED: Final = ("ARS-05", "tak-dapat-diperiksa")
UNFINISHED: Final = ("ARS-06", "belum-selesai")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at (``versions``, ``files``) and what is wrong with it. ``last`` is the hash of the log's end.

    ``newer``: a later program made it, so nothing can be said of it. ``form`` is that of an export, "" for an archive.
    ``unchecked`` are the names of checks that were not made of some PDFs before they were filed, ``unproved`` how many
    versions hold such PDFs: that what is filed is whole says nothing of these checks.
    """

    findings: tuple[Finding, ...]
    versions: int
    files: int
    last: str = ""
    newer: bool = False
    form: Form = ""
    unchecked: tuple[str, ...] = ()
    unproved: int = 0

    @property
    def whole(self) -> bool:
        """Is there no fault in it? What a run left unfinished is none."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def fault(
    kind: Kind, place: str, message: Message, remedy: Message | None = None, *, line: int = 0, warn: bool = False
) -> Finding:
    """A finding on ``place`` (as people are told it), in ``line`` of it."""
    code, name = kind
    severity = Severity.WARNING if warn else Severity.ERROR
    return Finding(code, name, severity, message.sentence(), remedy or SAY.RESTORE, Place(place, line or None))


def unfinished(place: str) -> Finding:
    """The finding on what a run left that did not come to its end."""
    return fault(UNFINISHED, place, SAY.UNFINISHED, SAY.UNFINISHED_HELP, warn=True)


def empty_folder(place: str) -> Finding:
    """The finding on a folder that no file lies in."""
    return fault(EXTRA, place, SAY.EMPTY_FOLDER, SAY.REMOVE_FOLDER)


class SAY:
    """The texts."""

    RESTORE: Final = say(
        "Ambil kembali dari salinan cadangan. Isi versi arsip tidak boleh diubah: perubahan menjadi versi baru."
    )
    REMOVE: Final = say("Pindahkan berkas itu ke luar arsip; isi arsip hanya ditambah oleh tertib archive.")
    UPDATE: Final = say("Perbarui tertib, lalu periksa lagi.")
    NO_FOLDER: Final = say("Versi ini tercatat tetapi foldernya tidak ada.")
    NO_FILE: Final = say("Ini bukan berkas biasa.")
    GONE: Final = say("Berkas ini hilang dari arsip.")
    EXTRA: Final = say("Berkas ini tidak tercatat di manifes.")
    EMPTY_FOLDER: Final = say("Folder kosong ini tidak dibuat oleh tertib.")
    REMOVE_FOLDER: Final = say("Hapus folder itu; isi arsip hanya ditambah oleh tertib archive.")
    EXPORT_AGAIN: Final = say(
        "Isi ekspor tidak boleh diubah. Salin lagi dari asalnya, atau ekspor lagi ke folder lain dengan tertib archive "
        "export."
    )
    REMOVE_FROM_EXPORT: Final = say("Pindahkan berkas itu ke luar ekspor ini; isinya tidak boleh ditambah.")
    NOT_IN_EXPORT: Final = say("Berkas ini tercatat tetapi tidak ada.")
    EXPORT_CHANGED: Final = say("Isi berkas berubah sejak diekspor (sidiknya tidak sama dengan yang tercatat).")
    FILE_CHANGED: Final = say("Isi berkas berubah sejak diarsipkan (sidiknya tidak sama dengan manifes).")
    MANIFEST: Final = say(
        "Manifes tidak sama dengan yang tercatat di catatan atau indeks: isi versi ini atau catatannya pernah diubah."
    )
    MANIFESTS: Final = say("Kedua manifes tidak menyebut berkas yang sama.")
    INFO: Final = say("Keterangan versi tidak sama dengan yang tercatat di catatan.")
    NO_PDF: Final = say("Berkas cocok dengan manifes, tetapi bukan PDF yang dapat dibuka.")
    LOCKED: Final = say("PDF ini terkunci sandi, jadi isinya tidak dapat diperiksa; sidiknya cocok.")
    LOCKED_HELP: Final = say("Naskah arsip tidak boleh terkunci. Arsipkan naskah tanpa sandi sebagai versi baru.")
    NOT_LISTED: Final = say("Versi ini tidak tercatat di catatan arsip.")
    NOT_LISTED_HELP: Final = say(
        "Tidak berasal dari tertib archive, atau catatannya dipotong. Ambil kembali catatan dari salinan cadangan, "
        "atau pindahkan folder ini ke luar arsip."
    )
    LOG_FIRST: Final = say("Tidak dapat dicocokkan dengan catatan arsip, karena catatannya rusak.")
    LOG_FIRST_HELP: Final = say("Pulihkan catatan arsip dari salinan cadangan, lalu periksa lagi.")
    NO_LOG: Final = say("Catatan arsip tidak ada.")
    NO_TOP: Final = say("Berkas ini tidak ada.")
    AGAIN: Final = say("Jalankan tertib archive: berkas ini disusun lagi dari isi arsip.")
    TOP_CHANGED: Final = say("Isi berkas tidak sama dengan yang tersusun dari catatan arsip: salah satunya diubah.")
    TOP_HELP: Final = say(
        "Bila hanya berkas ini yang diubah: pindahkan ke luar arsip, lalu jalankan tertib archive. Bila catatan yang "
        "dipotong, ambil kembali catatan dari salinan cadangan."
    )
    OLD: Final = say("Arsip ini belum mempunyai catatan berantai (dibuat tertib versi lama).")
    OLD_HELP: Final = say("Jalankan tertib archive: versi yang ada diperiksa, lalu dicatat.")
    UNFINISHED: Final = say("Belum selesai: proses tertib archive terputus di sini.")
    UNFINISHED_HELP: Final = say("Jalankan tertib archive lagi; pekerjaan itu diselesaikan.")
