"""Archives of format 1, as programs before the log wrote them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

from pipeline.archive.index import OLD_COLUMNS
from pipeline.archive.storage import Storage
from tests.archive.desk import pdf


def old_archive(_tmp_path: Path, storage: Storage, versions: int = 2) -> None:
    """An archive of one SOP; the last version holds the PDF "satu"."""
    rows = []
    for number in range(1, versions + 1):
        place = f"sop/reses/v{number:03d}"
        info = {
            "jenis": "sop",
            "nama": "reses",
            "versi": number,
            "tanggal": "2025-03-01",
            "nomor": "800/1/2025",
            "judul": "Pelaksanaan Reses",
            "status": "final",
        }
        files = {
            "reses.docx": b"PK",
            "reses.pdf": pdf("satu" if number == versions else f"lama {number}"),
            "sumber/sop/reses.yaml": b"judul: Reses\nstatus: final\ntanggal: {efektif: 2025-02-01}\n",
            "versi.json": (json.dumps(info, indent=1) + "\n").encode(),
        }
        told = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()
        for name, data in {**files, "manifest-sha256.txt": told}.items():
            storage.put(f"{place}/{name}", data)
        proof = hashlib.sha256(told).hexdigest()
        rows.append(
            ["sop", "reses", f"v{number:03d}", "2025-03-01", "800/1/2025", "Pelaksanaan Reses", "final", place, proof]
        )
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([OLD_COLUMNS, *rows])
    storage.put("indeks.csv", text.getvalue().encode("utf-8-sig"))
