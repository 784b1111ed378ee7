"""Pelaksana tidak ada di daftar jabatan.

Apa: Setiap pelaksana terdaftar di jabatan.csv kantor.
Mengapa: SOP disusun menurut susunan organisasi; jabatan yang tidak ada tidak dapat melaksanakan.
Salah: Kepala Bagian Perlengkapan (tidak ada dalam daftar)
Benar: Kepala Bagian Umum dan Keuangan
Sumber: Pedoman penyusunan SOP: mulai dari susunan organisasi dan uraian tugas.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import expand
from pipeline.model.sop import Sop
from pipeline.rules.actors import key
from pipeline.rules.base import Context, Hit, Rule


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per column the office's register does not have; silent for an office without a register."""
    if not ctx.office.positions:
        return
    registered = {key(n) for p in ctx.office.positions for n in (p.name, p.abbreviation, *p.aliases)}
    for column, name in enumerate(sop.actors):
        if key(name) in registered or key(expand(name, ctx.office.region)) in registered:
            continue
        yield Hit(
            ("pelaksana", column),
            say('Pelaksana "{a}" tidak ada di jabatan.csv.', a=name),
            say("Cocokkan dengan susunan organisasi; tambahkan ke jabatan.csv bila memang ada."),
        )


RULE = Rule(
    code="PLK-12",
    name="jabatan-tidak-terdaftar",
    severity=Severity.WARNING,
    summary=say("Pelaksana tidak ada di daftar jabatan"),
    source="Pedoman penyusunan SOP: susunan organisasi dan uraian tugas",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
