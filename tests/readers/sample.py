"""A small fictional office, and findings as short tuples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.model.finding import Finding

KANTOR = "pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\njenis_daerah: kabupaten\n"
JABATAN = (
    "nama,singkatan,alias,unit,jenis\n"
    "Anggota DPRD,,Dewan; Anggota Dewan,,dprd\n"
    "Pimpinan DPRD,,Pimpinan Dewan,,dprd\n"
    "Sekretaris DPRD,Sekwan,,,internal\n"
    "Kepala Bagian Penganggaran dan Pengawasan,,,,internal\n"
)
PEJABAT = (
    "id,nama,nip,pangkat,golongan,jabatan,sebagai\n"
    "setwan,Pejabat Contoh Satu,19750101 200001 1 001,Pembina,IV/a,Sekretaris DPRD,\n"
)

Write = Callable[[str, "str | bytes"], Path]


Short = tuple[str, int | None, int | None]


def short(findings: Sequence[Finding]) -> list[Short]:
    """Code, line and column of each finding."""
    return [(f.code, f.place.line, f.place.column) for f in findings]
