"""The rules on recess data (families RES and ASP): what each checks and the law or convention behind it.

They stand in the model because both the reader of the tables and the checks on the whole recess yield them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.finding import Finding, Place, Related, Severity
from pipeline.model.message import Message, say


@dataclass(frozen=True, slots=True)
class RecessRule:
    """A rule on recess data: code of the catalogue, slug, default severity, the fault it finds, its source."""

    code: str
    name: str
    severity: Severity
    about: Message
    source: str

    def finding(
        self,
        place: Place,
        message: Message,
        help: Message,
        *,
        document: str | None = None,
        severity: Severity | None = None,
        related: Iterable[Related] = (),
    ) -> Finding:
        """A finding of this rule at ``place``; ``severity`` replaces the default."""
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message.sentence(),
            help.sentence(),
            place,
            source=self.source,
            related=tuple(related),
            document=document,
        )


PERIOD = RecessRule(
    "RES-01",
    "reses-terlalu-lama",
    Severity.ERROR,
    say(
        id="Reses lebih lama dari 6 hari (kabupaten/kota) atau 8 hari (provinsi).",
        en="A recess takes more than 6 days (kabupaten/kota) or 8 days (provinsi).",
    ),
    "PP 12/2018 Pasal 87; hari = hari kerja menurut UU 23/2014 Pasal 1 angka 50",
)
CONTENT = RecessRule(
    "RES-05",
    "laporan-tidak-lengkap",
    Severity.ERROR,
    say(
        id="Laporan tidak memuat waktu, tempat, aspirasi masyarakat, atau dokumentasi.",
        en="A report lacks the time, the place, what the people asked for, or documentation.",
    ),
    "PP 12/2018 Pasal 88 ayat (5)",
)
DATES = RecessRule(
    "RES-08",
    "pertemuan-di-luar-reses",
    Severity.WARNING,
    say(id="Pertemuan berada di luar masa reses.", en="A meeting lies outside the recess."),
    "PP 12/2018 Pasal 87; jadwal reses yang ditetapkan Pimpinan DPRD",
)
REGISTER = RecessRule(
    "RES-09",
    "tidak-cocok-daftar-induk",
    Severity.ERROR,
    say(
        id="Anggota, fraksi, dapil, atau pertemuan tidak cocok dengan daftar induk.",
        en="A member, fraksi, dapil or meeting does not agree with the registers.",
    ),
    "konvensi",
)
CLASH = RecessRule(
    "RES-10",
    "tempat-dan-waktu-sama",
    Severity.WARNING,
    say(
        id="Dua anggota mengadakan pertemuan di tempat dan waktu yang sama.",
        en="Two members meet the people at the same place and time.",
    ),
    "konvensi; reses berkelompok: PP 12/2018 Pasal 88",
)
TOTALS = RecessRule(
    "RES-12",
    "jumlah-tidak-cocok",
    Severity.ERROR,
    say(
        id="Jumlah suatu tabel rekapitulasi tidak sama dengan jumlah barisnya (diperiksa pada hasil tertib sendiri).",
        en="A table of the recap does not add up to its rows (checked on what tertib itself makes).",
    ),
    "konvensi",
)
SILENT = RecessRule(
    "RES-13",
    "anggota-tanpa-laporan",
    Severity.WARNING,
    say(id="Anggota tidak menyampaikan hasil reses.", en="A member has not handed in the results of the recess."),
    "PP 12/2018 Pasal 88 ayat (5) dan (6)",
)
REQUIRED = RecessRule(
    "ASP-01",
    "isian-wajib-kosong",
    Severity.ERROR,
    say(id="Isian wajib pada aspirasi kosong.", en="A required cell of a proposal is empty."),
    "konvensi; kolom inventarisasi kebutuhan masyarakat",
)
AMOUNT = RecessRule(
    "ASP-03",
    "anggaran-tak-terbaca",
    Severity.ERROR,
    say(id="Anggaran tidak terbaca sebagai rupiah bulat.", en="An amount does not read as whole rupiah."),
    "konvensi",
)
PERSONAL = RecessRule(
    "ASP-04",
    "data-pribadi",
    Severity.ERROR,
    say(
        id="Kolom yang dicetak memuat data pribadi (NIK, nomor telepon, surel).",
        en="A printed column holds personal data (NIK, telephone, e-mail).",
    ),
    "UU 27/2022",
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
