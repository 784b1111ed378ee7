"""What stands on a desk after a build, made without LibreOffice: PDFs on record, ready to be signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipeline.run.state import Made, State, digest
from pipeline.run.writing import Outputs
from tests.cli.desk import OFFICE, Desk, Ran
from tests.sign import paper
from tests.sign.service import AUTHORITY

ARCHIVE = "outputs/uji/arsip"
SOURCES = ("kantor.yaml", "sop/surat.yaml", "sop/surat.langkah.csv")


def built(desk: Desk, document: str, data: bytes, sources: Sequence[str] = SOURCES) -> Path:
    """Put ``data`` where a build puts the PDF of ``document`` ("uji/sop/surat"), and on record with its ``sources``."""
    outputs = Outputs(desk.folder / "outputs")
    pdf = outputs.folder / f"{document}.pdf"
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(data)
    docx = pdf.with_suffix(".docx")
    docx.write_bytes(b"PK docx " + document.encode())
    state = State(outputs)
    digests = {f"inputs/uji/{name}": digest(desk.office / name) for name in sources}
    made = Made(document, digest(docx), hashlib.sha256(data).hexdigest(), digests, "uji", 2, "Surat", "001", "final")
    state.put(pdf, made)
    state.save()
    return pdf


def letter(*more: str, document: str = "uji/sop/surat", **how: object) -> bytes:
    """The PDF of ``document``, with further lines."""
    return paper.paper((*paper.LINES, *more), document=document, **how)  # type: ignore[arg-type]


def trusting(desk: Desk) -> None:
    """Let the office trust the authority of the tests."""
    desk.put("akar.pem", AUTHORITY.root.pem)
    desk.put("kantor.yaml", f"{OFFICE}sertifikat_tepercaya: akar.pem\n")


def came_back(desk: Desk, files: dict[str, bytes]) -> dict[str, str]:
    """Put ``files`` into the folder "kembali"; the hash of each."""
    for name, data in files.items():
        path = desk.folder / "kembali" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return desk.visible("kembali")


def words(ran: Ran) -> str:
    """All that was said, as one line."""
    return " ".join(ran.all.split())


def filed(desk: Desk) -> set[str]:
    """The signed files in the archive."""
    there = (desk.folder / ARCHIVE).is_dir()
    return {name for name in desk.visible(ARCHIVE) if name.endswith(".ttd.pdf")} if there else set()
