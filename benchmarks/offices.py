"""Makes offices with any number of final SOPs out of those of the example: numbers and titles differ."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from benchmarks.many import EXAMPLE

PER_OFFICE = 250


def make_offices(root: Path, count: int, *, per_office: int = PER_OFFICE) -> None:
    """Write ``root/inputs`` with ``count`` SOPs of 12 to 25 steps, ``per_office`` in each office."""
    originals = sorted((EXAMPLE / "sop").glob("*.yaml"))
    for number in range(1, count + 1):
        office = root / "inputs" / f"kantor-{(number - 1) // per_office + 1:02d}"
        if not office.is_dir():
            shutil.copytree(EXAMPLE, office, ignore=shutil.ignore_patterns("sop", "reses"))
            (office / "sop").mkdir()
        _copy(originals[number % len(originals)], office / "sop", number)


def _copy(original: Path, folder: Path, number: int) -> None:
    name = f"sop-{number:04d}"
    text = original.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(nomor: \S+)/\d{3}/(\d{4})$", rf"\g<1>/{number % 1000:03d}/\g<2>", text)
    text = re.sub(r"(?m)^(judul: .*)$", rf"\g<1> {number}", text)
    steps = original.with_suffix(".langkah.csv")
    text = text.replace(steps.name, f"{name}.langkah.csv")
    shutil.copyfile(steps, folder / f"{name}.langkah.csv")
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
