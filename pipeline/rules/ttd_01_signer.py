"""Data penanda tangan tidak lengkap.

Apa: Pengesah mempunyai nama, jabatan, dan NIP.
Mengapa: Tanpa itu blok tanda tangan tidak sah.
Salah: pengesah tanpa nip
Benar: nama, jabatan, nip, pangkat, golongan terisi
Sumber: PermenPAN-RB 35/2012, unsur identitas: disahkan oleh. Pimpinan DPRD tidak mempunyai NIP. Sebelum tahap
    final hanya menjadi catatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity, Stage
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import is_council, signer_path


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit naming what is missing; a signer missing altogether is IDN-01. A note before the final stage."""
    signer = sop.signer
    if signer is None:
        return
    parts = (("nama", signer.name), ("jabatan", signer.position), ("nip", signer.nip or is_council(signer)))
    missing = [name for name, value in parts if not value]
    if missing:
        yield Hit(
            signer_path(sop),
            say("Penanda tangan belum lengkap: {m} kosong.", m=", ".join(missing)),
            say("Lengkapi di pejabat.csv, paling lambat saat penetapan."),
            severity=None if ctx.stage is Stage.FINAL else Severity.INFO,
        )


RULE = Rule(
    code="TTD-01",
    name="penanda-tangan-tidak-lengkap",
    severity=Severity.ERROR,
    summary=say("Data penanda tangan tidak lengkap"),
    source="PermenPAN-RB 35/2012, unsur identitas",
    doc=__doc__,
    check=check,
)
