"""Dasar hukum organisasi sekretariat tidak ada.

Apa: Dasar Hukum memuat peraturan tentang organisasi dan tata kerja sekretariat: Perda, Perbup, Perwal, atau Pergub
tentang perangkat daerah, atau Permendagri 104/2016.
Mengapa: SOP disusun dari tugas dan fungsi; tanpa dasar itu tidak jelas mengapa unit ini yang mengerjakannya.
Salah: hanya peraturan tentang pokok SOP
Benar: ... Peraturan Bupati Contoh Nomor 2 Tahun 2025 tentang Kedudukan, Susunan Organisasi, ... Sekretariat DPRD
Sumber: Pedoman penyusunan SOP AP (bertolak dari SOTK dan uraian tugas); sebagai butir Dasar Hukum menurut kelaziman.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import Citation

_NOMENCLATURE = "Permendagri 104/2016"
_LOCAL = frozenset(("Perda", "Qanun", "Pergub", "Perbup", "Perwal", "Perkada"))
_ORGANISATION = re.compile(
    r"\borganisasi\b|\bperangkat\s+daerah\b|\btata\s+kerja\b|\bSOTK\b|\btugas(?:\s+pokok)?,?\s+(?:dan\s+)?fungsi\b",
    re.IGNORECASE,
)


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit for a council's secretariat that cites no regulation on its organisation; silent without any basis."""
    if "DPRD" not in ctx.office.unit.upper() or not ctx.citations or _NOMENCLATURE in ctx.cited_shorts:
        return
    if any(citation.kind in _LOCAL and _may_organise(citation, ctx) for _, citation in ctx.cited):
        return
    yield Hit(
        ("dasar_hukum",),
        say("Dasar hukum tentang organisasi dan tata kerja {unit} belum disebut.", unit=ctx.office.unit),
        say(
            "Tambahkan peraturan kepala daerah tentang susunan organisasi dan tata kerja {unit}; nomor dan tahunnya "
            "ada di JDIH daerah.",
            unit=ctx.office.unit,
        ),
    )


def _may_organise(citation: Citation, ctx: Context) -> bool:
    """Is it about the organisation? One without a title may be."""
    row = ctx.register.find(citation) if citation.complete else None
    about = citation.about or (row.about if row is not None else "")
    return not about or bool(_ORGANISATION.search(about))


RULE = Rule(
    code="HKM-13",
    name="tanpa-dasar-organisasi",
    severity=Severity.WARNING,
    summary=say("Dasar hukum organisasi sekretariat tidak ada"),
    source="Pedoman penyusunan SOP AP; Permendagri 104/2016",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
