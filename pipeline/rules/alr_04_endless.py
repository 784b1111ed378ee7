"""Alur berputar tanpa akhir.

Apa: Dari setiap langkah ada jalan ke akhir, dan tidak ada langkah yang menuju dirinya sendiri.
Mengapa: Perulangan tanpa jalan keluar tidak pernah selesai; panah ke langkah itu sendiri tidak mengubah apa pun.
Salah: langkah 4 selalu kembali ke 3, langkah 3 selalu ke 4; langkah 5 keputusan: tidak ke 5
Benar: langkah 4 keputusan: ya ke 5, tidak ke 3
Sumber: PermenPAN-RB 35/2012, simbol kapsul dan anak panah.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.flow import FINISH, Edge, Flow
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import exit_key, exit_path, numbered, numbers, open_decisions


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per arrow from a row to itself, and per loop of reachable rows that has no way out, naming its rows."""
    loops = [edge for edge in ctx.flow.edges if edge.source == edge.target]
    for edge in loops:
        yield _itself(sop, edge)
    ending = _with_missing_exits(sop, ctx.flow).ending()
    stuck = sorted(row for row in ctx.flow.reachable() if row not in ending)
    # A target that does not exist may be the way out: ALR-03 speaks first. A row that leads to itself is told already.
    told = {row for row, _ in ctx.flow.dangling} | {edge.source for edge in loops}
    if not stuck or told.intersection(stuck):
        return
    for loop in _loops(ctx.flow, stuck):
        yield _endless(sop, loop)


def _with_missing_exits(sop: Sop, flow: Flow) -> Flow:
    """``flow`` with an end for every exit that ALR-02 misses: that exit may be the way out."""
    gaps = tuple(Edge(row, FINISH) for row in open_decisions(sop))
    return Flow(flow.size, flow.edges + gaps, flow.dangling, flow.choices) if gaps else flow


def _loops(flow: Flow, stuck: Iterable[int]) -> list[list[int]]:
    """The loops that all ``stuck`` rows run into: what leads into one is in order once the loop has a way out."""
    ahead = {row: flow.reachable(row) for row in stuck}
    inside = (ahead[row] for row in ahead if all(row in ahead[other] for other in ahead[row]))
    return sorted(sorted(loop) for loop in set(inside))


def _endless(sop: Sop, loop: list[int]) -> Hit:
    return Hit(
        ("langkah", loop[0]),
        say("Dari langkah {rows} tidak ada jalan ke akhir; alur berputar terus.", rows=numbers(sop, loop)),
        say("Beri perulangan itu keputusan dengan jalan keluar (ya atau tidak menuju langkah lain)."),
    )


def _itself(sop: Sop, edge: Edge) -> Hit:
    return Hit(
        exit_path(edge.source, edge.label),
        say(
            "Langkah {n} menuju dirinya sendiri ({key}).",
            n=numbered(sop.steps[edge.source], edge.source),
            key=exit_key(edge.label),
        ),
        say("Arahkan ke langkah yang memperbaiki hasilnya, ke langkah berikutnya, atau ke selesai."),
    )


RULE = Rule(
    code="ALR-04",
    name="alur-tanpa-akhir",
    severity=Severity.ERROR,
    summary=say("Alur berputar tanpa akhir"),
    source="PermenPAN-RB 35/2012, simbol kapsul dan anak panah",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
