"""Faults of the input files themselves (family MSK, *masukan*), as data, and the collector the readers fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.model.finding import DataPath, Finding, Place, Related, Severity
from pipeline.model.fingerprint import normalised, quoted_subject
from pipeline.model.message import Message, say

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LONGEST = 2_000
"""Most signs of a line that the subject of a finding looks at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault of an input file: its code, slug name, a line that describes it, and its severity.

    A ``fatal`` one leaves nothing to work with: it stops the document at every stage.
    """

    code: str
    name: str
    about: Message
    severity: Severity = Severity.ERROR
    fatal: bool = False


_FATAL = frozenset(
    {
        "berkas-tak-ada",
        "berkas-tak-dapat-dibuka",
        "bukan-utf-8",
        "berkas-kosong",
        "yaml-salah",
        "yaml-bertab",
        "terlalu-besar",
        "tanda-kutip",
        "karakter-kendali",
        "excel-tak-terbaca",
        "lembar-tak-ada",
        "pemisah-kolom",
    }
)


def _fault(code: str, name: str, about: Message, *, severity: Severity = Severity.ERROR) -> Fault:
    return Fault(code, name, about, severity, name in _FATAL)


MISSING = _fault("MSK-01", "berkas-tak-ada", say("Berkas yang diperlukan tidak ada."))
UNREADABLE = _fault(
    "MSK-02",
    "berkas-tak-dapat-dibuka",
    say("Berkas ada tetapi tidak dapat dibuka."),
)
ENCODING = _fault("MSK-03", "bukan-utf-8", say("Teks berkas bukan UTF-8."))
EMPTY = _fault("MSK-04", "berkas-kosong", say("Berkas tidak berisi apa pun."))
SYNTAX = _fault("MSK-05", "yaml-salah", say("Tulisan YAML salah."))
TAB = _fault("MSK-06", "yaml-bertab", say("Baris YAML menjorok dengan tab."))
DUPLICATE_KEY = _fault("MSK-07", "kunci-ganda", say("Satu kunci ditulis dua kali."))
UNKNOWN_KEY = _fault("MSK-08", "kunci-tak-dikenal", say("Kunci tidak dikenal."))
WRONG_TYPE = _fault(
    "MSK-09",
    "bentuk-isian-salah",
    say("Bentuk isian salah (teks, daftar, atau pasangan kunci)."),
)
NOT_ALLOWED = _fault(
    "MSK-10",
    "isian-di-luar-pilihan",
    say("Isian di luar pilihan yang diizinkan."),
)
DOCUMENTS = _fault(
    "MSK-11",
    "beberapa-dokumen",
    say("Satu berkas YAML berisi beberapa dokumen (`---`)."),
)
TOO_COMPLEX = _fault(
    "MSK-12",
    "terlalu-besar",
    say("Berkas terlalu besar atau terlalu dalam susunannya."),
)
COLUMN_MISSING = _fault("MSK-13", "kolom-tak-ada", say("Kolom wajib tidak ada."))
COLUMN_UNKNOWN = _fault("MSK-14", "kolom-tak-dikenal", say("Kolom tidak dikenal."))
COLUMN_TWICE = _fault("MSK-15", "kolom-ganda", say("Satu kolom ada dua kali."))
RAGGED = _fault(
    "MSK-16",
    "jumlah-kolom-baris",
    say("Jumlah kolom suatu baris tidak sama dengan judul tabel."),
)
QUOTE = _fault("MSK-17", "tanda-kutip", say("Tanda kutip dalam CSV tidak beres."))
CONTROL = _fault(
    "MSK-18",
    "karakter-kendali",
    say("Berkas berisi karakter kendali (misalnya NUL)."),
)
WORKBOOK = _fault("MSK-19", "excel-tak-terbaca", say("Berkas Excel tidak dapat dibaca."))
SHEET = _fault("MSK-20", "lembar-tak-ada", say("Lembar Excel tidak ada."))
ACTOR = _fault(
    "MSK-21",
    "pelaksana-tak-terdaftar",
    say("Pelaksana suatu langkah tidak ada di daftar `pelaksana`."),
)
STEP_NUMBER = _fault(
    "MSK-22",
    "nomor-langkah-tak-terbaca",
    say("Nomor langkah tidak terbaca."),
)
TARGET = _fault(
    "MSK-23",
    "tujuan-alur-tak-terbaca",
    say("Tujuan alur (`ya`, `tidak`, `cabang`, `lanjut`, `dalam`) tidak terbaca."),
)
INCOMPLETE = _fault("MSK-24", "entri-tak-lengkap", say("Satu entri tidak lengkap."))
REFERENCE = _fault(
    "MSK-25",
    "rujukan-tak-ada",
    say("Isian menunjuk data yang tidak ada."),
)
TWICE = _fault("MSK-26", "entri-ganda", say("Entri yang sama ada dua kali."))
NUMBER = _fault("MSK-27", "angka-tak-terbaca", say("Angka tidak terbaca."))
PATTERN = _fault("MSK-28", "pola-salah", say("Pola (ekspresi reguler) salah."))
SEPARATOR = _fault(
    "MSK-29",
    "pemisah-kolom",
    say("Kolom CSV tidak dipisah koma atau titik koma."),
)
CELL_ERROR = _fault(
    "MSK-30",
    "galat-sel",
    say("Sel Excel berisi galat rumus (`#REF!`) atau rumus tanpa hasil."),
)
PICTURE = _fault(
    "MSK-31",
    "logo-tak-terbaca",
    say("Berkas logo tidak ada atau bukan gambar PNG atau JPEG."),
)
ATTACHMENT = _fault(
    "MSK-32",
    "lampiran-tak-terpakai",
    say("Foto atau daftar hadir yang disebut tidak ada atau tidak dapat dicetak."),
    severity=Severity.WARNING,
)
NOT_DATA = _fault(
    "MSK-33",
    "baris-bukan-data",
    say("Baris jumlah, judul ulang, atau keterangan di dalam tabel tidak dihitung sebagai data."),
    severity=Severity.WARNING,
)
INFERRED = _fault(
    "MSK-34",
    "tabel-disimpulkan",
    say("Sebagian data disimpulkan dari tabel lain atau dari bentuk lembarnya."),
    severity=Severity.INFO,
)
DATE = _fault(
    "TGL-01",
    "tanggal-tak-terbaca",
    say("Tanggal tidak terbaca, hanya tahun, atau tidak mungkin ada."),
)

FAULTS: tuple[Fault, ...] = (
    MISSING,
    UNREADABLE,
    ENCODING,
    EMPTY,
    SYNTAX,
    TAB,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    WRONG_TYPE,
    NOT_ALLOWED,
    DOCUMENTS,
    TOO_COMPLEX,
    COLUMN_MISSING,
    COLUMN_UNKNOWN,
    COLUMN_TWICE,
    RAGGED,
    QUOTE,
    CONTROL,
    WORKBOOK,
    SHEET,
    ACTOR,
    STEP_NUMBER,
    TARGET,
    INCOMPLETE,
    REFERENCE,
    TWICE,
    NUMBER,
    PATTERN,
    SEPARATOR,
    CELL_ERROR,
    PICTURE,
    ATTACHMENT,
    NOT_DATA,
    INFERRED,
)
"""Every fault of family MSK; DATE belongs to rule TGL-01."""


@dataclass(slots=True)
class Collector:
    """Gathers findings and places while the files of one input are read; ``document`` marks every finding."""

    document: str | None = None
    findings: list[Finding] = field(default_factory=list)
    places: dict[DataPath, Place] = field(default_factory=dict)
    cells: Sequence[Mapping[str, Place]] = ()
    """Places of the cells of each step, by column."""
    labels: dict[DataPath, str] = field(default_factory=dict)
    """What the input calls a field, where that is not the field's key."""
    written: dict[DataPath, str] = field(default_factory=dict)
    """Dates in words, as written."""
    texts: dict[str, str] = field(default_factory=dict)
    """Files as read, by the name that findings print: what a finding quotes is its subject."""
    digests: dict[Path, str] = field(default_factory=dict)
    """SHA-256 of every file as it was read; "" for one that was another when it was read again."""
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def add(
        self,
        fault: Fault,
        place: Place,
        message: Message,
        help: Message,
        related: Iterable[Related] = (),
        *,
        blocks: bool = False,
        severity: Severity | None = None,
    ) -> None:
        """Note one finding. ``blocks`` (or a fatal fault) stops the document at every stage, a draft too.

        ``severity`` replaces that of the fault.
        """
        self.findings.append(
            Finding(
                fault.code,
                fault.name,
                severity or fault.severity,
                message.sentence(),
                help.sentence(),
                place,
                related=tuple(related),
                document=self.document,
                blocks=blocks or fault.fatal,
                subject=self.quoted(place),
            )
        )

    def quoted(self, place: Place) -> str:
        """The source text at ``place`` as the subject of a finding; of several lines the first, "" for a whole file."""
        if place.line is None or place.file not in self.texts:
            return ""
        if place.file not in self._lines:
            self._lines[place.file] = _LINE_BREAK.split(self.texts[place.file])
        lines = self._lines[place.file]
        line = lines[place.line - 1][:_LONGEST] if place.line <= len(lines) else ""
        if place.column is None or place.end_column is None:
            return quoted_subject(line)
        end = place.end_column - 1 if place.end_line in (None, place.line) else len(line)
        return normalised(line[place.column - 1 : end])
