"""A folder of inputs with a few SOPs that have findings of every kind, to be changed and checked again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.model.result import RunResult
from pipeline.run.check import check
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from tests.cli.desk import OFFICE, OFFICIALS, POSITIONS, SOP

TODAY = dt.date(2026, 3, 1)
OFFICE_FOLDER = "inputs/kantor"
ROWS = (
    ("Menerima surat masuk", "Kepala Bagian Umum", "10 menit", "Surat masuk tercatat"),
    ("Surat diperiksa", "Sekretaris DPRD", "secepatnya", "Disposisi"),
    ("Surat diperiksa", "Sekretaris DPRD", "secepatnya", "Disposisi"),
    ("Menyimpan surat masuk dan dll", "Kepala Bagian Umum", "", ""),
    ("Membuat laporan", "Kepala Bagian Umum", "2 hri", "Laporan"),
)
Row = tuple[str, str, str, str]


def table(rows: Sequence[Row]) -> str:
    """A table of steps, numbered from 1."""
    lines = ["no,kegiatan,pelaksana,waktu,output"]
    lines += [f"{number},{','.join(row)}" for number, row in enumerate(rows, 1)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Inputs:
    """A working folder with inputs; ``settings`` are those of a run there."""

    root: Path
    settings: Settings

    def path(self, name: str) -> Path:
        """A file of the office."""
        return self.root / OFFICE_FOLDER / name

    def write(self, name: str, text: str) -> None:
        """Write a file of the office, and let its time tell nothing."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        os.utime(path, (1_700_000_000, 1_700_000_000))

    def change(self, name: str, old: str, new: str) -> None:
        """Put ``new`` in the place of ``old``."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def check(self, **settings: Any) -> RunResult:
        """What a check says."""
        return self.run(**settings).report

    def run(self, **settings: Any) -> Outcome:
        """A check."""
        return check(replace(self.settings, **settings), Silent())


def inputs(root: Path, count: int = 3) -> Inputs:
    """An office with ``count`` SOPs."""
    made = Inputs(root, Settings(root=root, output=root / "outputs", today=TODAY))
    made.write("kantor.yaml", OFFICE)
    made.write("jabatan.csv", POSITIONS)
    made.write("pejabat.csv", OFFICIALS)
    for number in range(1, count + 1):
        name = f"sop-{number}"
        text = SOP.replace("/001/", f"/00{number}/").replace("surat.langkah.csv", f"{name}.langkah.csv")
        made.write(f"sop/{name}.yaml", text.replace("Surat Masuk", f"Surat Masuk {number}", 1))
        made.write(f"sop/{name}.langkah.csv", table(ROWS))
    return made
