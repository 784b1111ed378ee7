"""Langkah bersamaan yang tidak bersamaan.

Apa: Langkah-langkah yang berjalan bersamaan tidak saling mendahului, dan bertemu lagi pada satu langkah.
Mengapa: Bila langkah 5 dan 6 bersamaan tetapi 5 juga menuju 6, tidak jelas apakah 6 menunggu 5. Bila tidak bertemu
    lagi, tidak tertulis kapan seluruhnya selesai.
Salah: langkah 4 lanjut 5;6, lanjut langkah 5 kosong (jadi ke baris berikutnya, 6)
Benar: langkah 4 lanjut 5;6, langkah 5 lanjut 7, langkah 6 lanjut 7
Sumber: Konvensi bagan alir. Langkah bersamaan yang tidak bertemu lagi hanya menjadi catatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.flow import FINISH, Flow
from pipeline.model.message import say
from pipeline.model.sop import END, Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """Hits for a target named twice, branches of which one leads into another, and branches that meet nowhere."""
    flow = ctx.flow
    for row, step in enumerate(sop.steps):
        twice = [target for target in dict.fromkeys(step.next) if step.next.count(target) > 1]
        if twice:
            yield _twice(sop, row, twice)
    forward = flow.forward()
    for split in sorted(flow.splits().intersection(forward.order)):
        branches = tuple(dict.fromkeys(forward.targets[split]))
        ahead = {first: forward.beyond(first) for first in branches}
        pair = next(((a, b) for a in branches for b in branches if a != b and b in ahead[a]), None)
        if pair is not None:
            yield _overtaken(sop, split, *pair)
        elif not flow.dangling:
            yield from _apart(sop, split, flow)


def _twice(sop: Sop, row: int, targets: list[int]) -> Hit:
    return Hit(
        ("langkah", row, "lanjut"),
        say(
            "Langkah {n} dua kali menuju {t}.",
            n=numbered(sop.steps[row], row),
            t=", ".join("selesai" if target == END else str(target) for target in targets),
        ),
        say("Hapus yang kedua, atau betulkan nomornya."),
    )


def _overtaken(sop: Sop, split: int, one: int, other: int) -> Hit:
    first, second = (numbered(sop.steps[row], row) for row in (one, other))
    return Hit(
        ("langkah", split, "lanjut"),
        say("Langkah {a} dan {b} bersamaan, tetapi langkah {a} juga menuju langkah {b}.", a=first, b=second),
        say(
            "Isi lanjut pada akhir cabang langkah {a} dengan langkah pertemuannya, atau hapus {b} dari lanjut "
            "langkah {n}.",
            a=first,
            b=second,
            n=numbered(sop.steps[split], split),
        ),
    )


def _apart(sop: Sop, split: int, flow: Flow) -> Iterator[Hit]:
    """Told only where it is certain: a branch from which no row of any other branch can be reached, by any way."""
    targets = dict.fromkeys(edge.target for edge in flow.edges if edge.source == split)
    reach = {target: frozenset[int]() if target == FINISH else flow.reachable(target) for target in targets}
    for target in targets:
        others = frozenset[int]().union(*(rows for other, rows in reach.items() if other != target))
        if not reach[target] & others:
            names = [numbered(sop.steps[row], row) if row != FINISH else "selesai" for row in targets]
            yield Hit(
                ("langkah", split, "lanjut"),
                say(
                    "Langkah yang bersamaan sesudah langkah {n} ({names}) tidak bertemu lagi.",
                    n=numbered(sop.steps[split], split),
                    names=", ".join(names),
                ),
                say("Bila ada langkah yang menunggu semuanya, tulis nomornya di lanjut pada akhir setiap cabang."),
                severity=Severity.INFO,
            )
            return


RULE = Rule(
    code="ALR-12",
    name="langkah-bersamaan",
    severity=Severity.WARNING,
    summary=say("Langkah bersamaan saling mendahului, tidak bertemu lagi, atau disebut dua kali"),
    source="Konvensi bagan alir",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
