"""Where the root certificates stand that an office trusts (``sertifikat_tepercaya``)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.model.message import say
from pipeline.readers import faults
from pipeline.readers.fields import Reading

KEY: Final = "sertifikat_tepercaya"


def trusted(folder: Path, reading: Reading) -> Path | None:
    """The file or folder that the office names; None without one, and after a finding when it is not there."""
    name = reading.text(KEY).strip()
    path = folder / name
    if not name or _exists(path):
        return path if name else None
    reading.collector.add(
        faults.NOT_ALLOWED,
        reading.place(KEY),
        say("sertifikat tepercaya tidak ditemukan: `{name}`", name=name),
        say(
            "Letakkan sertifikat akar penerbit (.pem, .crt, .cer, atau .der) di folder kantor dan tulis nama berkas "
            "atau foldernya; sampai itu penerbit tanda tangan tidak diperiksa."
        ),
    )
    return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
