"""Alur berputar tanpa akhir.

Apa: Dari setiap langkah ada jalan ke akhir.
Mengapa: Perulangan tanpa jalan keluar tidak pernah selesai.
Salah: langkah 4 selalu kembali ke 3, langkah 3 selalu ke 4
Benar: langkah 4 keputusan: ya ke 5, tidak ke 3
Sumber: PermenPAN-RB 35/2012, simbol kapsul dan anak panah.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit naming the reachable rows from which no end can be reached."""
    ending = ctx.flow.ending()
    stuck = sorted(row for row in ctx.flow.reachable() if row not in ending)
    # A target that does not exist may be the way out: ALR-03 speaks first.
    if not stuck or any(row in stuck for row, _ in ctx.flow.dangling):
        return
    yield Hit(
        ("langkah", stuck[0]),
        say(
            id="Dari langkah {rows} tidak ada jalan ke akhir; alur berputar terus.",
            en="From step {rows} no end can be reached; the flow goes round for ever.",
            rows=", ".join(numbered(sop.steps[row], row) for row in stuck),
        ),
        say(
            id="Beri perulangan itu keputusan dengan jalan keluar (ya atau tidak menuju langkah lain).",
            en="Give the loop a decision with a way out.",
        ),
    )


RULE = Rule(
    code="ALR-04",
    name="alur-tanpa-akhir",
    severity=Severity.ERROR,
    summary=say(id="Alur berputar tanpa akhir", en="The flow goes round for ever"),
    source="PermenPAN-RB 35/2012, simbol kapsul dan anak panah",
    doc=__doc__,
    check=check,
)
