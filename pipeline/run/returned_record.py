"""``NAME.ttd.pemeriksaan.json``: what was compared and verified before a signed file was filed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pipeline
from pipeline.model.message import Message
from pipeline.model.particulars import RESERVED_MM
from pipeline.sign.changes import Comparison
from pipeline.sign.match import Candidate, How
from pipeline.sign.reports import SignatureReport

SCHEMA: Final = 1
KIND: Final = "tertib-pemeriksaan-ttd"
_ABOUT: Final = (
    "Naskah bertanda tangan ini dibandingkan dengan naskah aslinya sebelum diarsipkan: teks setiap halaman beserta "
    "letaknya, gambar setiap halaman, ukuran halaman, anotasi, isian, perintah, lampiran, dan lapisan."
)


def record(
    *,
    name: str,
    told: str,
    sha256: str,
    original: Candidate,
    how: How,
    compared: Comparison,
    signatures: Sequence[SignatureReport],
    agreed: Mapping[str, bool | None],
    notes: Sequence[Message],
    today: dt.date,
) -> bytes:
    """The record as JSON in UTF-8. ``name`` is that of the file as it came back.

    ``told``, its path as people were told it, is left out of the ``notes``: where it lay is no fact about it.
    """
    value = {
        "skema": SCHEMA,
        "jenis": KIND,
        "keterangan": _ABOUT,
        "diperiksa": today.isoformat(),
        "program": f"tertib {pipeline.__version__}",
        "berkas": {"nama": name, "sha256": sha256},
        "naskah_asli": {"dokumen": original.document, "sha256": original.sha256, "dikenali_dari": how.value},
        "perbandingan": {
            "hasil": "sama",
            "halaman": compared.pages,
            "tidak_dibandingkan": [f"pita {RESERVED_MM} mm di kaki setiap halaman", "kotak tanda tangan"],
        },
        "tanda_tangan": [_signature(report, agreed.get(report.field)) for report in signatures],
        "catatan": [note.id.replace(told, name) for note in notes],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _signature(report: SignatureReport, agreed: bool | None) -> dict[str, Any]:
    box = report.box
    sides = {} if box is None else {"originX": box.x, "originY": box.y, "width": box.width, "height": box.height}
    return {
        "penanda_tangan": report.signer,
        "sesuai_penetapan": agreed,
        "medan": report.field,
        "tingkat": report.level.value,
        "utuh": report.intact,
        "sampai_akhir_berkas": report.whole,
        "penerbit": report.trusted.value,
        "waktu_menurut_penanda_tangan": _time(report.claimed),
        "waktu_terbukti": _time(report.proved),
        "letak": None
        if box is None
        else {"page": box.page, **{key: round(float(side), 2) for key, side in sides.items()}},
        "catatan": [note.id for note in report.notes],
    }


def _time(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
