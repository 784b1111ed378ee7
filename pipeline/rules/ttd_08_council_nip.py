"""NIP pada Pimpinan atau Anggota DPRD.

Apa: Pimpinan dan Anggota DPRD tidak mempunyai NIP; kolom nip mereka kosong.
Mengapa: NIP hanya dimiliki pegawai; nomor di situ milik orang lain atau nomor lain, misalnya NIK.
Salah: Ketua DPRD dengan nip 19750101 200001 1 001
Benar: Ketua DPRD, nip kosong
Sumber: UU 20/2023 tentang ASN: NIP untuk pegawai ASN. Anggota DPRD bukan pegawai.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.finding import Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import say
from pipeline.rules.base import Hit, Rule
from pipeline.rules.signers import is_council, signers


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit per leader or member of the council with a NIP: in pejabat.csv, or stated by an SOP."""
    for index, path, official in signers(items):
        if official.nip.strip(" -–") and is_council(official):
            yield Hit(
                (*path, "nip"),
                say(
                    "{p} ({n}) tidak mempunyai NIP, tetapi nip diisi {nip}.",
                    p=official.position,
                    n=official.name,
                    nip=official.nip,
                ),
                say("Kosongkan nip. Bila orang ini pegawai, perbaiki jabatannya."),
                item=index,
                subject=f"{official.name} {official.nip}",
            )


RULE = Rule(
    code="TTD-08",
    name="nip-anggota-dprd",
    severity=Severity.WARNING,
    summary=say("NIP pada Pimpinan atau Anggota DPRD"),
    source="UU 20/2023",
    doc=__doc__,
    compare=compare,
)
