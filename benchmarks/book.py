"""Measured on a book of SOPs: 100 SOPs by ``tertib book``, and the joining and proof of 1,000 pages.

Run as ``python -m benchmarks.book FOLDER [COUNT]``: FOLDER holds the office and its outputs, and is filled when it is
empty, which takes a minute for 100 SOPs. Prints JSON.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.many import EXAMPLE
from benchmarks.measure import TERTIB, run

OFFICE = "contoh"
PAGES = 1000


def main(folder: Path, count: int) -> None:
    """Measure in ``folder`` and print it."""
    if not (folder / "outputs").is_dir():
        make_office(folder, count)
        run([*TERTIB, "build"], cwd=folder)
    made = run([*TERTIB, "book", "--force"], cwd=folder)
    again = run([*TERTIB, "book"], cwd=folder)
    found = {"sops": count, "seconds": made.seconds, "peak_mb": made.peak_mb, "code": made.code}
    print(json.dumps(found | {"again_seconds": again.seconds} | pages(folder)))


def make_office(folder: Path, count: int) -> None:
    """Write an office with ``count`` final SOPs, made of those of the example; numbers and titles differ."""
    office = folder / "inputs" / OFFICE
    shutil.copytree(EXAMPLE, office, ignore=shutil.ignore_patterns("sop", "reses"))
    (office / "sop").mkdir()
    originals = sorted((EXAMPLE / "sop").glob("*.yaml"))
    for number in range(1, count + 1):
        original = originals[number % len(originals)]
        name = f"sop-{number:03d}"
        text = original.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(nomor: \S+)/\d{3}/(\d{4})$", rf"\g<1>/{number % 1000:03d}/\g<2>", text)
        steps = original.with_suffix(".langkah.csv")
        text = re.sub(r"(?m)^(judul: .*)$", rf"\g<1> {number}", text)
        text = text.replace(steps.name, f"{name}.langkah.csv")
        shutil.copyfile(steps, office / "sop" / f"{name}.langkah.csv")
        (office / "sop" / f"{name}.yaml").write_text(text, encoding="utf-8")


def pages(folder: Path) -> dict[str, Any]:
    """Seconds and megabytes to join PAGES pages, of the SOPs over and over, and to prove them joined."""
    import pypdfium2 as pdfium

    from pipeline.pdf.joined import prove_joined
    from pipeline.pdf.merge import Joining, Part

    parts: list[Part] = []
    sizes: list[int] = []
    files = sorted((folder / "outputs" / OFFICE / "sop").glob("*.pdf"))
    while sum(sizes) < PAGES:
        file = files[len(parts) % len(files)]
        with pdfium.PdfDocument(file) as pdf:
            sizes.append(len(pdf))
        parts.append(Part(file, file.stem, file.stem))
    target = folder / "buku.pdf"
    start = time.perf_counter()
    with Joining(target, numbered=True) as joining:
        for part in parts:
            joining.add(part)
        made = joining.close(files[0], title="Buku", numbering=files[0])
    joined = time.perf_counter()
    prove_joined(target, target.name)
    with pdfium.PdfDocument(target) as pdf:
        texts = sum(len(page.get_textpage().get_text_range()) for page in pdf)
    proved = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return {
        "pages": made.pages,
        "join_seconds": joined - start,
        "proof_seconds": proved - joined,
        "pages_mb": peak,
        "signs": texts,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
