"""Peraturan tidak dikenal daftar.

Apa: Setiap peraturan ada dalam daftar bawaan atau dalam regulasi.csv kantor.
Mengapa: Status peraturan yang tidak dikenal tidak dapat diperiksa; nomor bisa salah ketik.
Salah: Peraturan Pemerintah Nomor 120 Tahun 2018 tentang Tata Tertib DPRD
Benar: Peraturan Pemerintah Nomor 12 Tahun 2018, atau tambahkan peraturannya ke regulasi.csv
Sumber: Daftar peraturan (regulations.csv, regulasi.csv).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per complete citation the register does not have; a note where it has it at low confidence only."""
    for index, citation in enumerate(ctx.citations):
        if not citation.complete:
            continue
        row = ctx.register.find(citation)
        if row is None:
            yield Hit(
                ("dasar_hukum", index),
                say(
                    id="{r} tidak ada dalam daftar peraturan, jadi statusnya tidak dapat diperiksa.",
                    en="{r} is not in the register, so its status cannot be checked.",
                    r=citation.short,
                ),
                say(
                    id="Pastikan nomor dan tahunnya di JDIH, lalu tambahkan ke regulasi.csv kantor.",
                    en="Confirm number and year in the legal database (JDIH), then add it to regulasi.csv.",
                ),
            )
        elif row.confidence == "rendah":
            yield Hit(
                ("dasar_hukum", index),
                say(
                    id="Status {r} dalam daftar bawaan belum dipastikan.",
                    en="The status of {r} in the built-in register is not confirmed.",
                    r=row.short,
                ),
                say(
                    id="Pastikan di JDIH, lalu catat di regulasi.csv kantor dengan keyakinan tinggi.",
                    en="Confirm it in the legal database (JDIH), then enter it in regulasi.csv with keyakinan tinggi.",
                ),
                severity=Severity.INFO,
            )


RULE = Rule(
    code="HKM-10",
    name="peraturan-tidak-dikenal",
    severity=Severity.WARNING,
    summary=say(id="Peraturan tidak dikenal daftar", en="A regulation is not in the register"),
    source="Daftar peraturan",
    doc=__doc__,
    check=check,
)
