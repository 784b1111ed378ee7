"""Kegiatan yang sama ditulis dua kali.

Apa: Kalimat kegiatan tidak berulang untuk pelaksana yang sama.
Mengapa: Baris yang berulang biasanya salinan yang lupa diubah; perulangan digambar dengan panah kembali.
Salah: langkah 3 dan 7 sama-sama "Mencatat surat", oleh pelaksana yang sama
Benar: langkah 7 "Mencatat surat balasan"
Sumber: Konvensi penyusunan SOP.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit at every row that repeats the activity of an earlier row with the same actors."""
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for row, step in enumerate(sop.steps):
        key = (" ".join(step.activity.lower().split()).rstrip("."), step.actors)
        if not key[0]:
            continue
        first = seen.setdefault(key, row)
        if first == row:
            continue
        path = ("langkah", first, "kegiatan")
        yield Hit(
            ("langkah", row, "kegiatan"),
            say("Langkah {n} sama dengan langkah {m}.", n=numbered(step, row), m=numbered(sop.steps[first], first)),
            say("Hapus salah satu, atau tulis bedanya. Untuk mengulang, arahkan `tidak` ke langkah itu."),
            related=(Pointer(path, say("pertama di sini")),),
        )


RULE = Rule(
    code="KEG-09",
    name="kegiatan-berulang",
    severity=Severity.WARNING,
    summary=say("Kegiatan yang sama ditulis dua kali"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
