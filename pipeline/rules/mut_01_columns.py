"""Kolom mutu baku tidak ada.

Apa: Tabel langkah mempunyai kolom kelengkapan, waktu, dan output.
Mengapa: Ketiganya adalah mutu baku; tanpa itu pelaksanaan tidak dapat diukur.
Salah: tabel tanpa kolom kelengkapan
Benar: no, kegiatan, pelaksana, kelengkapan, waktu, output, keterangan
Sumber: PermenPAN-RB 35/2012, bagan alir: mutu baku.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

COLUMNS = ("kelengkapan", "waktu", "output")


def missing_columns(sop: Sop) -> tuple[str, ...]:
    """The columns of mutu baku that the step table does not have."""
    return tuple(column for column in COLUMNS if column not in sop.columns)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit naming every missing column; a narrative draft is left to NAR-01."""
    missing = missing_columns(sop)
    if ctx.narrative or not sop.steps or not missing:
        return
    yield Hit(
        ("langkah",),
        say("Tabel langkah tidak mempunyai kolom {c}.", c=", ".join(missing)),
        say("Tambahkan kolom itu di tabel langkah dan isi setiap barisnya."),
        about=tuple(f"langkah.{column}" for column in missing),
    )


RULE = Rule(
    code="MUT-01",
    name="kolom-mutu-baku",
    severity=Severity.ERROR,
    summary=say("Kolom mutu baku tidak ada"),
    source="PermenPAN-RB 35/2012, bagan alir: mutu baku",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
