"""A desk with one small office on it: a working folder, and the command line run in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.app import main
from pipeline.convert.libreoffice import find_soffice

OFFICE = """\
pemerintah: Pemerintah Kabupaten Contoh
unit: Sekretariat DPRD
jenis_daerah: kabupaten
alamat: Jalan Contoh Nomor 1
tempat: Contoh
"""
POSITIONS = """\
nama,singkatan,alias,unit,jenis
Sekretaris DPRD,Sekwan,,Sekretariat DPRD,internal
Kepala Bagian Umum,Kabag Umum,,Sekretariat DPRD,internal
"""
OFFICIALS = """\
id,nama,nip,pangkat,golongan,jabatan,sebagai
setwan,Pejabat Contoh,197001011990031001,Pembina Utama Muda,IV/c,Sekretaris DPRD,
"""
SOP = """\
nomor: 000.8.3.3/001/2026
judul: Penerimaan Surat Masuk
status: final
tanggal: {pembuatan: 2026-01-12, efektif: 2026-02-02}
pengesah: setwan
dasar_hukum:
  - Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
kualifikasi_pelaksana: [Memahami tata naskah dinas]
keterkaitan: [SOP Pengarsipan Surat]
peralatan: [Komputer]
peringatan: Jika surat tidak dicatat, maka surat sulit ditemukan kembali
pencatatan: Buku agenda surat masuk
pelaksana: [Kepala Bagian Umum, Sekretaris DPRD]
langkah: surat.langkah.csv
"""
STEPS = """\
no,kegiatan,pelaksana,kelengkapan,waktu,output,keterangan,jenis,ya,tidak
1,Menerima surat masuk,Kepala Bagian Umum,Surat masuk,10 menit,Surat masuk tercatat,,mulai,,
2,Memeriksa surat masuk,Sekretaris DPRD,Surat masuk tercatat,1 jam,Disposisi,,keputusan,3,1
3,Menyimpan surat masuk,Kepala Bagian Umum,Disposisi,10 menit,Surat masuk tersimpan,,selesai,,
"""


@dataclass(frozen=True)
class Ran:
    """How a command line ended."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Everything that was printed."""
        return self.out + self.err


class Desk:
    """The working folder; ``run`` runs the command line there in this process, ``start`` in one of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.office = folder / "inputs" / "uji"
        self._capture = capture
        (self.office / "sop").mkdir(parents=True)
        self.put("kantor.yaml", OFFICE)
        self.put("jabatan.csv", POSITIONS)
        self.put("pejabat.csv", OFFICIALS)
        self.put("sop/surat.yaml", SOP)
        self.put("sop/surat.langkah.csv", STEPS)

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file of the office."""
        path = self.office / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        text = (self.office / name).read_text(encoding="utf-8")
        assert old in text
        self.put(name, text.replace(old, new))

    def run(self, *args: str) -> Ran:
        """Run ``tertib`` with ``args``."""
        self._capture.readouterr()
        code = main(args)
        out, err = self._capture.readouterr()
        return Ran(code, out, err)

    def start(self, *args: str, **environment: str) -> subprocess.Popen[str]:
        """Start ``tertib`` as a process."""
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", *args],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "id_ID.UTF-8", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def visible(self, folder: str = "outputs") -> dict[str, str]:
        """SHA-256 of everything people see under ``folder``."""
        base = self.folder / folder
        return {
            path.relative_to(base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(base.rglob("*"))
            if path.is_file() and ".tertib" not in path.parts
        }

    def fake_soffice(self, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
        """Make ``script`` (Python; ``inputs`` and ``out`` are set) what this process takes for LibreOffice."""
        program = self.folder / "soffice-palsu"
        program.write_text(FAKE.format(python=sys.executable, script=script), encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("TERTIB_SOFFICE", str(program))
        find_soffice.cache_clear()
        return program

    def no_soffice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take LibreOffice away from this process."""
        monkeypatch.setenv("TERTIB_SOFFICE", str(self.folder / "tidak-ada"))
        find_soffice.cache_clear()


# The shell starts Python because a "#!" line cannot hold a path with blanks; Python sees a string there.
FAKE = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys, time
from pathlib import Path
args = sys.argv[1:]
if "--version" in args:
    print("LibreOffice 0.0 palsu")
    sys.exit(0)
out = Path(args[args.index("--outdir") + 1])
inputs = [Path(a) for a in args if a.endswith(".docx")]
{script}
"""
HALF = "[(out / f'{p.stem}.pdf').write_bytes(b'%PDF-1.7\\n1 0 obj <<') for p in inputs]"
"""A fake converter's script that writes the beginning of each PDF."""


def remove(path: Path) -> None:
    """Remove a file or a folder."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
