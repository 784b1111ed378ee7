"""NIP tidak sah.

Apa: NIP 18 angka: tanggal lahir, bulan pengangkatan, jenis kelamin, nomor urut.
Mengapa: NIP yang salah membuat tanda tangan dipertanyakan dan tanda tangan elektronik ditolak.
Salah: 19681330 199002 1 003 (bulan 13)
Benar: 19680430 199002 1 003
Sumber: Perka BKN 22/2007. Pegawai PPPK memakai NI PPPK; golongannya (angka Romawi saja) mematikan
pemeriksaan bulan pengangkatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules import nip
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import plain_grade, signer_path


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit when the signer's NIP cannot be one."""
    if sop.signer is None or not sop.signer.nip.strip():
        return
    grade = plain_grade(sop.signer.grade)
    contract = bool(grade) and "/" not in grade
    fault = nip.fault(sop.signer.nip, sop.date or ctx.facts.today, contract=contract)
    if fault is None:
        return
    yield Hit(
        signer_path(sop),
        say(
            id="NIP {n} tidak sah: {f}.",
            en="The NIP {n} is not valid: {g}.",
            n=sop.signer.nip,
            f=fault.id,
            g=fault.en,
        ),
        say(
            id="Cocokkan dengan SK terakhir pejabat itu dan perbaiki di pejabat.csv.",
            en="Compare with the official's last decree and correct pejabat.csv.",
        ),
    )


RULE = Rule(
    code="TTD-02",
    name="nip-tidak-sah",
    severity=Severity.ERROR,
    summary=say(id="NIP tidak sah", en="The NIP is not valid"),
    source="Perka BKN 22/2007",
    doc=__doc__,
    check=check,
)
