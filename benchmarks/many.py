"""Makes an office of many SOPs out of the four of the fictional office: numbers, titles and files differ."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from benchmarks.measure import ROOT

EXAMPLE = ROOT / "inputs" / "contoh"


def make_office(root: Path, count: int) -> Path:
    """Write ``root/inputs/contoh`` with ``count`` SOPs and return that folder."""
    office = root / "inputs" / "contoh"
    shutil.copytree(EXAMPLE, office, ignore=shutil.ignore_patterns("sop", "reses"))
    (office / "sop").mkdir()
    originals = sorted((EXAMPLE / "sop").glob("*.yaml"))
    for number in range(1, count + 1):
        _copy(originals[number % len(originals)], office / "sop", number)
    return office


def _copy(original: Path, folder: Path, number: int) -> None:
    name = f"{original.stem}-{number:04d}"
    text = original.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(nomor: \S+)/\d{3}/(\d{4})$", rf"\g<1>/{number % 1000:03d}/\g<2>", text)
    text = re.sub(r"(?m)^(judul: .*)$", rf"\g<1> Bagian {number}", text)
    text = text.replace(f"{original.stem}.langkah.csv", f"{name}.langkah.csv")
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    shutil.copyfile(original.with_name(f"{original.stem}.langkah.csv"), folder / f"{name}.langkah.csv")
