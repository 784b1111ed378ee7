"""Alur putus.

Apa: Setiap tujuan ada, setiap langkah dapat dicapai dari awal, dan hanya akhir yang tidak menuju langkah lain.
Mengapa: Panah ke langkah yang tidak ada, langkah yang tidak pernah dicapai, dan langkah tanpa kelanjutan membuat
    prosedur berhenti.
Salah: tidak: 12 pada SOP dengan 9 langkah
Benar: tidak: 2
Sumber: PermenPAN-RB 35/2012, simbol anak panah.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.flow import FINISH, Edge, Flow
from pipeline.model.message import say
from pipeline.model.sop import Sop, StepKind
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import exit_path, numbered, numbers, open_decisions


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per target that does not exist, per stretch of rows that cannot be reached, and for a dead end."""
    gaps = _gaps(sop)
    missing = [target for _, target in ctx.flow.dangling]
    for row, target in ctx.flow.dangling:
        if target in gaps:
            continue
        yield Hit(
            exit_path(row, next((b.label for b in sop.steps[row].branches if b.target == target), "")),
            say("Langkah {n} menuju langkah {t}, yang tidak ada.", n=numbered(sop.steps[row], row), t=target),
            say("Isi dengan nomor langkah 1 sampai {last}, atau selesai.", last=len(sop.steps)),
        )
    if gaps.intersection(missing):
        return  # what is not reached may be what the missing number stands for
    for rows in _unexplained(sop, ctx.flow):
        yield Hit(
            ("langkah", rows[0]),
            say("Langkah {n} tidak pernah dicapai dari awal.", n=numbers(sop, rows)),
            say("Periksa lanjut, ya, tidak, dan cabang pada langkah sebelumnya."),
        )
    yield from _dead_end(sop, ctx.flow)


def _unexplained(sop: Sop, flow: Flow) -> list[list[int]]:
    """What is not reached, even if every exit that ALR-02 misses led on: to the next row, or where the decision goes
    there already, to the first row below that nothing leads to."""
    known = flow.reachable()
    gaps = [row for row in open_decisions(sop) if row in known]
    nexts = tuple(Edge(row, row + 1) for row in gaps if row + 1 < flow.size)
    stretches = _unreached(Flow(flow.size, flow.edges + nexts, flow.dangling, flow.choices) if nexts else flow)
    for row in gaps:
        if row + 1 in flow.successors(row):
            explained = next((rows for rows in stretches if rows[0] > row), None)
            stretches = [rows for rows in stretches if rows is not explained]
    return stretches


def _unreached(flow: Flow) -> list[list[int]]:
    """Rows that cannot be reached, those that lead to one another together: one mistake is told once."""
    left = sorted(frozenset(range(flow.size)) - flow.reachable())
    entered = {edge.target for edge in flow.edges if edge.source != edge.target}
    stretches: list[list[int]] = []
    # First those that nothing leads to, then what remains: rows that only lead to each other.
    for start in sorted(left, key=lambda row: (row in entered, row)):
        if start in left:
            stretch = flow.reachable(start).intersection(left)
            stretches.append([start, *sorted(stretch - {start})])
            left = [row for row in left if row not in stretch]
    return sorted(stretches)


def _dead_end(sop: Sop, flow: Flow) -> Iterator[Hit]:
    """The last row, when it is neither an end nor leads anywhere, although the flow has ends (else ALR-01 tells)."""
    last = len(sop.steps) - 1
    if last < 1 or sop.steps[last].kind not in (StepKind.START, StepKind.PROCESS):
        return
    leads = any(edge.source == last for edge in flow.edges) or any(row == last for row, _ in flow.dangling)
    ends = any(step.kind is StepKind.END for step in sop.steps) or any(edge.target == FINISH for edge in flow.edges)
    if ends and not leads:
        yield Hit(
            ("langkah", last),
            say("Langkah {n} tidak menuju langkah lain, padahal bukan akhir.", n=numbered(sop.steps[last], last)),
            say("Isi lanjut dengan langkah berikutnya, atau jenis dengan selesai."),
        )


def _gaps(sop: Sop) -> frozenset[int]:
    """Numbers that the count leaves out: KEG-07 (or the reader, for a number it cannot read) tells those."""
    numbers = {step.number for step in sop.steps if step.number is not None}
    return frozenset(range(1, max([len(sop.steps), *numbers]) + 1)) - numbers


RULE = Rule(
    code="ALR-03",
    name="alur-putus",
    severity=Severity.ERROR,
    summary=say("Alur menuju langkah yang tidak ada, langkah tidak tercapai, atau jalan buntu"),
    source="PermenPAN-RB 35/2012, simbol anak panah",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
