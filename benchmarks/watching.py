"""How long after a save the documents stand there, while ``tertib watch`` runs."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.many import EXAMPLE
from benchmarks.measure import ROOT, TERTIB, Row
from benchmarks.talk import NotDoneError
from pipeline.convert.libreoffice import find_soffice

SAVES = 12
PATIENCE = 60.0
_OFTEN = 0.001
ORDINARY, LONGEST = "penerimaan-dan-pengolahan-aspirasi", "pelaksanaan-reses"
"""Examples of 12 steps and of 25, the longest."""


def watched() -> list[Row]:
    """DOCX and PDF after a save; of the ordinary SOP with their targets."""
    if find_soffice() is None:
        return [Row("`tertib watch`", "not measured: LibreOffice is not installed")]
    with tempfile.TemporaryDirectory() as folder, _watching(Path(folder)) as process:
        ordinary, longest = (_saves(Path(folder), name, process) for name in (ORDINARY, LONGEST))
    docx, pdf = (median(times) for times in zip(*ordinary, strict=True))
    return [
        Row(
            f"an SOP of 12 steps is saved: its DOCX stands there (median of {SAVES})",
            f"{1000 * docx:.0f} ms",
            _spread([one[0] for one in ordinary]),
            "< 100 ms",
            docx < 0.1,
            "DOCX after a save, `tertib watch`",
        ),
        Row(
            "its proved PDF stands there",
            f"{1000 * pdf:.0f} ms",
            _spread([one[1] for one in ordinary]),
            "< 1 s",
            pdf < 1,
            "PDF after a save, `tertib watch`",
        ),
        Row(
            "the same of the longest example, 25 steps on three flowchart pages: DOCX, PDF",
            f"{1000 * median(one[0] for one in longest):.0f} ms, {1000 * median(one[1] for one in longest):.0f} ms",
        ),
    ]


def _spread(seconds: list[float]) -> str:
    return f"{1000 * min(seconds):.0f} to {1000 * max(seconds):.0f} ms"


@contextmanager
def _watching(root: Path) -> Iterator[subprocess.Popen[str]]:
    """``tertib watch`` on a copy of the example office, when it is ready."""
    shutil.copytree(EXAMPLE, root / "inputs/contoh", ignore=shutil.ignore_patterns("reses"))
    process = subprocess.Popen(
        [*TERTIB, "watch", "--format", "json", "--quiet"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        _told(process, "ready")
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def _told(process: subprocess.Popen[str], what: str) -> None:
    """Wait for the next line. Raises NotDoneError when it tells anything but ``what``."""
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line or json.loads(line)["result"] != what:
        raise NotDoneError(f"`tertib watch` told {line!r}, not {what}")


def _saves(root: Path, name: str, process: subprocess.Popen[str]) -> list[tuple[float, float]]:
    """Seconds from the rename of the saved file to its DOCX and to its PDF, save by save; the first goes unmeasured."""
    file = root / f"inputs/contoh/sop/{name}.yaml"
    text = file.read_text(encoding="utf-8")
    times = []
    for number in range(SAVES + 1):
        # Something that is printed, as long as before: the drawing is the same work each time.
        new = re.sub(r"(?m)^(judul: .*)$", rf"\g<1> {'abcdefghijklm'[number]}", text)
        times.append(_save(file, new, root / f"outputs/contoh/sop/{name}.docx"))
        _told(process, "built")
    return times[1:]


def _save(file: Path, text: str, docx: Path) -> tuple[float, float]:
    pdf = docx.with_suffix(".pdf")
    before = {path: _digest(path) for path in (docx, pdf)}
    stood = {path: path.stat().st_ino for path in (docx, pdf)}
    aside = file.with_name(".disimpan")
    aside.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    aside.replace(file)
    seconds = {path: _placed(path, stood[path], start) for path in (docx, pdf)}
    if any(_digest(path) == before[path] for path in (docx, pdf)):
        raise NotDoneError(f"{file.name} was saved and its documents are as before")
    return seconds[docx], seconds[pdf]


def _placed(path: Path, stood: int, start: float) -> float:
    """Seconds from ``start`` until another file stands at ``path``."""
    while path.stat().st_ino == stood:
        if time.perf_counter() - start > PATIENCE:
            raise NotDoneError(f"{path.name} did not come")
        time.sleep(_OFTEN)
    return time.perf_counter() - start


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    for row in watched():
        print(row.what, row.value, row.peer, row.met, sep=" | ")
