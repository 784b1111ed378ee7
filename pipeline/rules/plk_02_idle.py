"""Kolom pelaksana yang tidak pernah bertindak.

Apa: Setiap kolom pelaksana mempunyai sedikitnya satu kegiatan.
Mengapa: Kolom kosong memakan lebar halaman dan memberi kesan ada tugas yang tidak ada.
Salah: kolom Masyarakat tanpa satu pun langkah
Benar: kolom Masyarakat dihapus, atau diberi langkah "Menyampaikan aspirasi"
Sumber: PermenPAN-RB 35/2012, bagan alir: kolom Pelaksana memuat pelaksana kegiatan. Kolom yang disebut sebagai
penerima ("kepada ...") ditangani aturan PLK-13.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.handover import acting_columns, meant_columns, receiving_columns


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per column that neither acts nor receives."""
    acting = acting_columns(sop)
    if not acting:
        return  # nobody acts anywhere: PLK-01 or NAR-01 says so
    receiving = receiving_columns(ctx)
    meant = meant_columns(sop)
    for column, name in enumerate(sop.actors):
        if column in acting or column in receiving or column in meant:
            continue
        yield Hit(
            ("pelaksana", column),
            say('Kolom pelaksana "{a}" tidak mempunyai satu pun kegiatan.', a=name),
            say("Hapus kolom itu, atau tambahkan langkah yang dikerjakannya."),
        )


RULE = Rule(
    code="PLK-02",
    name="kolom-menganggur",
    severity=Severity.ERROR,
    summary=say("Kolom pelaksana tidak pernah bertindak"),
    source="PermenPAN-RB 35/2012, bagan alir: Pelaksana",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
