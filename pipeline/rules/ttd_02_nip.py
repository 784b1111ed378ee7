"""NIP tidak sah.

Apa: NIP 18 angka: tanggal lahir, bulan pengangkatan, jenis kelamin, nomor urut. Umur pemiliknya 17 sampai 65 tahun
    pada tanggal SOP dan paling sedikit 18 tahun saat diangkat. Pengangkatan di atas 35 tahun hanya peringatan.
Mengapa: NIP yang salah membuat tanda tangan dipertanyakan dan tanda tangan elektronik ditolak.
Salah: 19681330 199002 1 003 (bulan 13)
Benar: 19680430 199002 1 003
Sumber: Perka BKN 22/2007; batas umur pengangkatan: syarat CPNS dan PP 48/2005 (kebiasaan, karena itu peringatan).
    NI PPPK mempunyai kode di tempat bulan pengangkatan: cukup panjang dan tanggal lahirnya yang diperiksa bila
    golongannya angka Romawi saja atau nomornya ditulis "NI PPPK".
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules import nip
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import is_contract, is_council, signer_path

_HELP = say("Cocokkan dengan SK terakhir pejabat itu dan perbaiki di pejabat.csv.")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """At most one hit: the signer's NIP cannot be one, or says something unusual."""
    signer = sop.signer
    if signer is None or not signer.nip.strip() or is_council(signer):
        return
    contract = is_contract(signer)
    fault = nip.fault(signer.nip, sop.date or ctx.facts.today, contract=contract)
    if fault is not None:
        yield Hit(
            signer_path(sop),
            say("NIP {n} tidak sah: {f}.", n=signer.nip, f=fault),
            _HELP,
        )
        return
    doubt = nip.doubt(signer.nip, contract=contract)
    if doubt is not None:
        yield Hit(
            signer_path(sop),
            say("NIP {n} tidak lazim: {d}.", n=signer.nip, d=doubt),
            say("Cocokkan dengan SK pengangkatan. Bila benar, terima dengan `kecuali` beserta alasannya."),
            severity=Severity.WARNING,
        )


RULE = Rule(
    code="TTD-02",
    name="nip-tidak-sah",
    severity=Severity.ERROR,
    summary=say("NIP tidak sah"),
    source="Perka BKN 22/2007",
    doc=__doc__,
    check=check,
)
