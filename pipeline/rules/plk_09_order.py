"""Urutan kolom pelaksana tidak menurut urutan bertindak.

Apa: Kolom pelaksana disusun menurut urutan kegiatan pertamanya: yang bertindak lebih dahulu di kiri.
Mengapa: Alur lalu berjalan dari kiri ke kanan; urutan lain membuat garis saling menyilang dan sulit dibaca.
Salah: kolom Sekretaris DPRD di kiri, padahal kegiatan pertama dilakukan Pengadministrasi
Benar: Pengadministrasi, Kepala Bagian, Sekretaris DPRD
Sumber: PermenPAN-RB 35/2012, bagan alir: kolom Pelaksana.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit, at the first column that stands left of one that acts before it; the help gives the whole order."""
    if ctx.narrative:
        return
    first: dict[int, int] = {}
    for row, step in enumerate(sop.steps):
        for column in step.columns:
            if column is not None:
                first.setdefault(column, row)
    acting = sorted(first)
    wrong = next((pair for pair in pairwise(acting) if first[pair[0]] > first[pair[1]]), None)
    if wrong is None:
        return
    left, right = wrong
    yield Hit(
        ("pelaksana", left),
        say(
            'Kolom "{a}" (pertama bertindak pada langkah {m}) berada di kiri "{b}" (langkah {n}).',
            a=sop.actors[left],
            b=sop.actors[right],
            m=numbered(sop.steps[first[left]], first[left]),
            n=numbered(sop.steps[first[right]], first[right]),
        ),
        say(
            "Urutkan `pelaksana`: {order}.",
            order="; ".join(sop.actors[column] for column in _order(len(sop.actors), first)),
        ),
    )


def _order(count: int, first: dict[int, int]) -> list[int]:
    """Columns by their first row; those that never act stay at the end."""
    return sorted(range(count), key=lambda column: (column not in first, first.get(column, 0)))


RULE = Rule(
    code="PLK-09",
    name="urutan-kolom-pelaksana",
    severity=Severity.WARNING,
    summary=say("Urutan kolom pelaksana tidak menurut urutan bertindak"),
    source="PermenPAN-RB 35/2012, bagan alir: kolom Pelaksana",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
