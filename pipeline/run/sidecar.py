"""``NAME.ttd.json`` beside a PDF that is ready to be signed: who signs it, on which page, in which box.

Remote signing services ask for page and box; whoever hands a PDF to one reads them here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.errors import OutputError
from pipeline.model.message import say
from pipeline.model.particulars import RESERVED_MM, Particulars, SigningPlace
from pipeline.model.reasons import why
from pipeline.resources import here
from pipeline.run.writing import Outputs, explain_os_error

SCHEMA: Final = 1
KIND: Final = "tertib-ttd"
"""Says of a file that it is one of these (``jenis``)."""
_POINTS_PER_MM: Final = 72 / 25.4
_UNITS: Final = (
    "Halaman dihitung dari 1. originX, originY, width, height dalam poin (1/72 inci); titik asal di sudut kiri bawah "
    "halaman sebagaimana terlihat, dan (originX, originY) adalah sudut kiri bawah kotak tanda tangan."
)


def sidecar_path(pdf: Path) -> Path:
    """Where the sidecar of ``pdf`` stands."""
    return pdf.with_suffix(".ttd.json")


def sidecar(particulars: Particulars, places: Sequence[SigningPlace], name: str, sha256: str, pages: int) -> str:
    """The sidecar of the PDF ``name`` as text, "" when nobody is to sign it."""
    if not places:
        return ""
    value = {
        "skema": SCHEMA,
        "jenis": KIND,
        "dokumen": particulars.document,
        "judul": particulars.title,
        "berkas": name,
        "sha256": sha256,
        "halaman": pages,
        "satuan": _UNITS,
        "pita_kosong": {"tinggi": round(RESERVED_MM * _POINTS_PER_MM, 2), "letak": "bawah setiap halaman"},
        "penanda_tangan": [_signer(place) for place in places],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _signer(place: SigningPlace) -> dict[str, Any]:
    signer, box = place.signer, place.box
    return {
        "nama": signer.name,
        "jabatan": signer.position,
        "nip": signer.nip,
        "medan": signer.field,
        "halaman": box.page,
        "originX": round(box.x, 2),
        "originY": round(box.y, 2),
        "width": round(box.width, 2),
        "height": round(box.height, 2),
    }


def put_sidecar(pdf: Path, text: str, outputs: Outputs) -> None:
    """Make the sidecar of ``pdf`` say ``text``; "" removes the one that was made earlier. Raises OutputError.

    A file of that name that is none of these is never touched.
    """
    path = sidecar_path(pdf)
    if not path.exists() and not path.is_symlink():
        if text:
            outputs.write(path, text.encode())
        return
    if _is_own(path):
        if text:
            outputs.write(path, text.encode())
        else:
            _remove(path)
    elif text:
        raise OutputError(
            say(
                "{path} bukan berkas yang dibuat tertib, jadi tempat tanda tangan tidak ditulis ke situ. Pindahkan "
                "berkas itu, lalu jalankan lagi.",
                path=here(path),
            )
        )


def has_sidecar(pdf: Path, text: str) -> bool:
    """Does the sidecar of ``pdf`` say ``text``, to the byte? "" means that there is none of this program."""
    try:
        data = sidecar_path(pdf).read_bytes()
    except FileNotFoundError:
        return not text
    except OSError:
        return False
    return data == text.encode() if text else not _says_own(data)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise explain_os_error(error, path) from error


def _is_own(path: Path) -> bool:
    """Is it one of these, also of another version? One that was cut off in the middle is not known as such."""
    try:
        return _says_own(path.read_bytes())
    except OSError as error:
        raise OutputError(
            say("{path} tidak dapat dibaca ({why}). Pindahkan berkas itu.", path=here(path), why=why(error))
        ) from error


def _says_own(data: bytes) -> bool:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("jenis") == KIND
