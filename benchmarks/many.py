"""Makes many SOPs out of those in ``inputs/``, good and faulty ones alike: titles, numbers and files differ."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from benchmarks.measure import ROOT

INPUTS = ROOT / "inputs"
EXAMPLE = INPUTS / "contoh"


def make_inputs(root: Path, count: int) -> None:
    """Write ``root/inputs`` with every office and ``count`` SOPs in all."""
    shutil.copytree(INPUTS, root / "inputs", ignore=shutil.ignore_patterns("sop", "reses"))
    originals = sorted(INPUTS.glob("*/sop/*.yaml"))
    for number in range(1, count + 1):
        original = originals[number % len(originals)]
        folder = root / original.parent.relative_to(ROOT)
        folder.mkdir(exist_ok=True)
        _copy(original, folder, number)


def _copy(original: Path, folder: Path, number: int) -> None:
    name = f"{original.stem}-{number:04d}"
    text = original.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(nomor: \S+)/\d{3}/(\d{4})$", rf"\g<1>/{number % 1000:03d}/\g<2>", text)
    text = re.sub(r"(?m)^(judul: .*)$", rf"\g<1> Bagian {number}", text)
    steps = original.with_suffix(".langkah.csv")
    if steps.is_file():
        text = text.replace(steps.name, f"{name}.langkah.csv")
        shutil.copyfile(steps, folder / f"{name}.langkah.csv")
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
