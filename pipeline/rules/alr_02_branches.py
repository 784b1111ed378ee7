"""Keputusan tanpa dua jalan keluar.

Apa: Setiap keputusan mempunyai jalan Ya dan Tidak, atau sedikitnya dua cabang bernama.
Mengapa: Tanpa jalan kedua, tidak tertulis apa yang terjadi bila hasilnya lain.
Salah: jenis keputusan, ya: 3, tidak: (kosong)
Benar: jenis keputusan, ya: 3, tidak: 1
Sumber: PermenPAN-RB 35/2012, simbol belah ketupat.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import listed, say
from pipeline.model.sop import Sop, StepKind
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per decision with fewer than two exits."""
    for row, step in enumerate(sop.steps):
        if step.kind is not StepKind.DECISION or len(step.branches) >= 2:
            continue
        there = {branch.label.lower() for branch in step.branches}
        missing = [label for label in ("Ya", "Tidak") if label.lower() not in there]
        yield Hit(
            ("langkah", row, "tidak" if "ya" in there else "ya"),
            say(
                id="Keputusan pada langkah {n} tidak mempunyai jalan {m}.",
                en="The decision at step {n} has no exit {m}.",
                n=numbered(step, row),
                m=listed(missing),
            ),
            say(
                id="Isi kolom ya dan tidak dengan nomor langkah tujuan, atau selesai.",
                en="Fill in ya and tidak with the step they lead to, or selesai.",
            ),
        )


RULE = Rule(
    code="ALR-02",
    name="keputusan-satu-jalan",
    severity=Severity.ERROR,
    summary=say(id="Keputusan tanpa dua jalan keluar", en="A decision has fewer than two exits"),
    source="PermenPAN-RB 35/2012, simbol belah ketupat",
    doc=__doc__,
    check=check,
)
