"""Jabatan pengesah tidak berwenang.

Apa: SOP Sekretariat DPRD disahkan oleh Sekretaris DPRD, termasuk Plt. dan Plh.-nya, atau oleh pejabat di atasnya
    (Sekretaris Daerah, Kepala Daerah). Kantor lain, atau daerah yang mengaturnya lain, menyebut jabatannya pada
    `pengesah_sop` di kantor.yaml.
Mengapa: SOP yang disahkan pejabat lain tidak mengikat; Pimpinan DPRD bukan atasan pegawai sekretariat.
Salah: pengesah Kepala Bagian Umum; pengesah Ketua DPRD
Benar: pengesah Sekretaris DPRD; pengesah Plt. Sekretaris DPRD
Sumber: PermenPAN-RB 35/2012, penetapan SOP oleh pimpinan satuan kerja mandiri.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.office import Office
from pipeline.model.sop import Sop
from pipeline.model.told import told_list
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import acting, is_council, plain_office

_DEFAULT = "Sekretaris DPRD"
_SECRETARIAT = re.compile(r"\b(?:sekretariat (?:dprd|dewan)|setwan)\b")
_ABOVE = re.compile(r"(?:wakil )?(?:bupati|wali kota|gubernur)\b|sekretaris daerah\b|sekda\b")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit when the signer's position is none that may enact an SOP here; silent where that is not known."""
    signer = sop.signer
    allowed = _allowed(ctx.office)
    if signer is None or not signer.position.strip() or not allowed:
        return
    office = plain_office(acting(signer.position).office)
    if _ABOVE.match(office) or any(office.startswith(plain_office(name)) for name in allowed):
        return
    yield Hit(
        ("pengesah", "jabatan"),
        say("{p} tidak berwenang mengesahkan SOP {u}.", p=signer.position, u=ctx.office.unit),
        _council_help(allowed) if is_council(signer) else _help(allowed),
    )


def _allowed(office: Office) -> tuple[str, ...]:
    if office.signing_positions:
        return office.signing_positions
    return (_DEFAULT,) if _SECRETARIAT.search(plain_office(office.unit)) else ()


def _help(allowed: tuple[str, ...]) -> Message:
    return say(
        "Pengesah SOP di sini: {a}, atau Plt./Plh.-nya. Bila daerah mengaturnya lain, tulis jabatannya pada "
        "`pengesah_sop` di kantor.yaml.",
        a=told_list(allowed),
    )


def _council_help(allowed: tuple[str, ...]) -> Message:
    return say(
        "SOP mengatur pegawai sekretariat, jadi disahkan {a}. Pimpinan dan Anggota DPRD boleh menjadi pelaksana "
        "di dalamnya.",
        a=told_list(allowed),
    )


RULE = Rule(
    code="TTD-05",
    name="pengesah-tidak-berwenang",
    severity=Severity.ERROR,
    summary=say("Jabatan pengesah tidak berwenang"),
    source="PermenPAN-RB 35/2012, penetapan SOP",
    doc=__doc__,
    check=check,
)
