"""The rules on recess data (families RES and ASP): what each checks and the law or convention behind it.

They stand in the model because both the reader of the tables and the checks on the whole recess yield them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity
from pipeline.model.message import Message, say


@dataclass(frozen=True, slots=True)
class RecessRule:
    """A rule on recess data: code of the catalogue, slug, default severity, the fault it finds, its source.

    ``confidence`` is how sure the source is: below HIGH the rule is no error by default.
    """

    code: str
    name: str
    severity: Severity
    about: Message
    source: str
    confidence: Confidence = Confidence.HIGH

    def finding(
        self,
        place: Place,
        message: Message,
        help: Message,
        *,
        document: str | None = None,
        severity: Severity | None = None,
        related: Iterable[Related] = (),
        source: str | None = None,
        confidence: Confidence | None = None,
    ) -> Finding:
        """A finding of this rule at ``place``; ``severity``, ``source`` and ``confidence`` replace the rule's own."""
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message.sentence(),
            help.sentence(),
            place,
            source=self.source if source is None else source,
            related=tuple(related),
            document=document,
            confidence=confidence or self.confidence,
        )


PERIOD = RecessRule(
    "RES-01",
    "reses-terlalu-lama",
    Severity.ERROR,
    say("Reses lebih lama dari 6 hari (kabupaten/kota) atau 8 hari (provinsi)."),
    source="PP 12/2018 Pasal 87; hari = hari kerja menurut UU 23/2014 Pasal 1 angka 50",
)
CONTENT = RecessRule(
    "RES-05",
    "laporan-tidak-lengkap",
    Severity.ERROR,
    say("Laporan tidak memuat waktu, tempat, aspirasi masyarakat, atau dokumentasi."),
    source="PP 12/2018 Pasal 88 ayat (5)",
)
DATES = RecessRule(
    "RES-08",
    "pertemuan-di-luar-reses",
    Severity.WARNING,
    say("Pertemuan berada di luar masa reses."),
    source="PP 12/2018 Pasal 87; jadwal reses yang ditetapkan Pimpinan DPRD",
)
REGISTER = RecessRule(
    "RES-09",
    "tidak-cocok-daftar-induk",
    Severity.ERROR,
    say("Anggota, fraksi, dapil, atau pertemuan tidak cocok dengan daftar induk."),
    source="konvensi",
)
CLASH = RecessRule(
    "RES-10",
    "tempat-dan-waktu-sama",
    Severity.WARNING,
    say("Dua anggota mengadakan pertemuan di tempat dan waktu yang sama."),
    source="konvensi; reses berkelompok: PP 12/2018 Pasal 88",
)
TOTALS = RecessRule(
    "RES-12",
    "jumlah-tidak-cocok",
    Severity.ERROR,
    say("Jumlah suatu tabel rekapitulasi tidak sama dengan jumlah barisnya (diperiksa pada hasil tertib sendiri)."),
    source="konvensi",
)
SILENT = RecessRule(
    "RES-13",
    "anggota-tanpa-laporan",
    Severity.WARNING,
    say("Anggota tidak menyampaikan hasil reses."),
    source="PP 12/2018 Pasal 88 ayat (5) dan (6)",
)
REQUIRED = RecessRule(
    "ASP-01",
    "isian-wajib-kosong",
    Severity.ERROR,
    say("Isian wajib pada aspirasi kosong."),
    source="konvensi; kolom inventarisasi kebutuhan masyarakat",
)
AMOUNT = RecessRule(
    "ASP-03",
    "anggaran-tak-terbaca",
    Severity.ERROR,
    say("Anggaran tidak terbaca sebagai rupiah bulat."),
    source="konvensi",
)
PERSONAL = RecessRule(
    "ASP-04",
    "data-pribadi",
    Severity.ERROR,
    say("Kolom yang dicetak memuat data pribadi (NIK, nomor telepon, surel)."),
    source="UU 27/2022",
)

RECESS_RULES: tuple[RecessRule, ...] = (
    PERIOD,
    CONTENT,
    DATES,
    REGISTER,
    CLASH,
    TOTALS,
    SILENT,
    REQUIRED,
    AMOUNT,
    PERSONAL,
)
"""Every rule of this module, in order of codes within a family."""
