"""Nama unit dipakai sebagai pelaksana.

Apa: Pelaksana adalah jabatan (Kepala Subbagian ...), bukan unit (Subbagian ...).
Mengapa: Yang bertanggung jawab adalah orang yang memegang jabatan; unit tidak dapat menandatangani atau memeriksa.
Salah: Subbagian Tata Usaha
Benar: Kepala Subbagian Tata Usaha, atau Pengadministrasi Perkantoran
Sumber: Susunan organisasi dan uraian tugas jabatan sebagai dasar SOP (pedoman penyusunan SOP); kebiasaan penulisan.
    Unit di luar kantor dan unit yang terdaftar sebagai `nama` dalam jabatan.csv tidak dilaporkan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import expand
from pipeline.model.sop import Sop
from pipeline.rules.actors import key
from pipeline.rules.base import Context, Hit, Rule

_UNIT = re.compile(r"(?:subbagian|bagian|subbidang|bidang|seksi|biro|sekretariat|unit kerja)(?= )")
_OUTSIDE = re.compile(r"\b(?:setda|sekretariat daerah|dinas|badan|inspektorat|kecamatan|kementerian)\b")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per column that is a unit of the office."""
    registered = {key(position.name) for position in ctx.office.positions}
    for column, name in enumerate(sop.actors):
        plain = key(expand(name, ctx.office.region))
        if not _UNIT.match(plain) or _OUTSIDE.search(plain) or key(name) in registered:
            continue
        yield Hit(
            ("pelaksana", column),
            say('Pelaksana "{a}" adalah unit, bukan jabatan.', a=name),
            say('Tulis jabatan yang mengerjakannya, misalnya "{b}".', b=_position(name, plain, ctx)),
        )


def _position(name: str, plain: str, ctx: Context) -> str:
    """The position the office has for the unit, else the usual name of its head."""
    known = ctx.names.resolve(name)
    if known is not None and key(known) != key(name) and not _UNIT.match(key(known)):
        return known
    if plain.startswith("sekretariat"):
        return "Sekretaris DPRD"
    return f"Kepala {expand(name, ctx.office.region).partition('/')[0].strip()}"


RULE = Rule(
    code="PLK-06",
    name="unit-sebagai-pelaksana",
    severity=Severity.WARNING,
    summary=say("Nama unit dipakai sebagai pelaksana"),
    source="Pedoman penyusunan SOP: susunan organisasi dan uraian tugas",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
