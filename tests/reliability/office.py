"""A small office with two SOPs and a recess, and the program run in it as a process."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.app import main
from pipeline.convert.libreoffice import find_soffice
from tests.cli.desk import OFFICE, OFFICIALS, POSITIONS, SOP, STEPS
from tests.recess.small import MAIN, TABLES
from tests.sign.authority import PASSPHRASE, YEAR
from tests.sign.service import AUTHORITY

ROOT = Path(__file__).parents[2]
_WITHOUT = "import sys; sys.modules[sys.argv.pop(1)] = None; from pipeline.cli import main; main()"


@dataclass(frozen=True)
class Workplace:
    """A working folder with inputs (and outputs); ``soffice`` is the converter."""

    folder: Path
    soffice: Path

    @classmethod
    def new(cls, folder: Path, soffice: Path) -> Workplace:
        """The inputs alone."""
        office = folder / "inputs" / "uji"
        files = {
            "kantor.yaml": f"{OFFICE}sertifikat_tepercaya: akar.pem\n",
            "akar.pem": AUTHORITY.root.pem.decode(),
            "jabatan.csv": POSITIONS,
            "pejabat.csv": OFFICIALS,
            "sop/surat.yaml": SOP,
            "sop/surat.langkah.csv": STEPS,
            "sop/arsip.yaml": SOP.replace("001/2026", "002/2026").replace("Surat Masuk", "Surat Keluar"),
            "reses/2026-masa-1/reses.yaml": MAIN,
            **{f"reses/2026-masa-1/{name}.csv": text for name, text in TABLES.items()},
        }
        for name, text in files.items():
            path = office / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return cls(folder, soffice)

    def copy(self, folder: Path) -> Workplace:
        """The same in another folder."""
        shutil.copytree(self.folder, folder)
        return Workplace(folder, self.soffice)

    def change(self) -> None:
        """Change what SOPs, recess, and therefore the archive hold."""
        for name, old, new in (
            ("sop/surat.langkah.csv", "10 menit", "12 menit"),
            ("sop/arsip.yaml", "Surat Keluar", "Surat Keluar Dinas"),
            ("reses/2026-masa-1/aspirasi.csv", "Ruang kelas", "Ruang kelas baru"),
        ):
            path = self.folder / "inputs/uji" / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")

    def start(self, *args: str, without: str = "") -> subprocess.Popen[str]:
        """Start ``tertib``, as if the library ``without`` were not installed; it is a process group of its own."""
        language = {"LC_ALL": "C.UTF-8", "TERTIB_SOFFICE": str(self.soffice), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, *(("-c", _WITHOUT, without) if without else ("-m", "pipeline")), *args],
            cwd=self.folder,
            env={**os.environ, **language},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *args: str, without: str = "") -> tuple[int, str]:
        """Run ``tertib`` to its end: exit code and all it says."""
        process = self.start(*args, without=without)
        out, _ = process.communicate(timeout=300)
        return process.returncode, out

    def here(self, monkeypatch: pytest.MonkeyPatch, *args: str) -> tuple[int, str]:
        """Run ``tertib`` in this process, which is quicker: exit code and all it says."""
        monkeypatch.chdir(self.folder)
        monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
        monkeypatch.setenv("TERTIB_SOFFICE", str(self.soffice))
        find_soffice.cache_clear()
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            code = main(args)
        return code, told.getvalue()

    def key(self) -> tuple[str, ...]:
        """Put a key to sign with here; the options that name it."""
        now = dt.datetime.now(dt.UTC)
        person = AUTHORITY.issue("Pejabat Contoh", start=now - YEAR, end=now + YEAR)
        (self.folder / "kunci.p12").write_bytes(person.p12())
        (self.folder / "sandi.txt").write_text(PASSPHRASE, encoding="utf-8")
        return "--key", "kunci.p12", "--passfile", "sandi.txt"

    def visible(self) -> dict[str, str]:
        """SHA-256 of everything people see under ``outputs/``, by its path."""
        base = self.folder / "outputs"
        return {
            path.relative_to(base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(base.rglob("*"))
            if path.is_file() and ".tertib" not in path.parts
        }
