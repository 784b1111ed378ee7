"""How long the flowchart of an SOP takes: layout and drawing, by size. Printed as JSON; run in a process of its own."""

from __future__ import annotations

import itertools
import json
import math
import random
import statistics
import time

from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import Sheet
from pipeline.model.sop import Branch, Step, StepKind
from pipeline.render.drawing import page_drawing
from tests.layout.flows import sheet, step

REPEATS = 9
SEEDS = 5
SIZES = ((12, 6), (60, 12))
STRAIGHT = (60, 120, 240, 480)


def wandering(steps: int, actors: int, seed: int) -> Sheet:
    """A flow as offices write them: from actor to neighbouring actor, a fifth of the steps decide and send back."""
    source = random.Random(seed)
    actor = 0
    made: list[Step] = []
    for number in range(1, steps + 1):
        actor = max(0, min(actors - 1, actor + source.choice((-2, -1, 0, 1, 1, 2))))
        kind = StepKind.START if number == 1 else StepKind.END if number == steps else StepKind.PROCESS
        if 1 < number < steps and source.random() < 0.2:
            back = Branch("Tidak", max(1, number - source.randint(1, 4)))
            made.append(step(number, (actor,), StepKind.DECISION, branches=(Branch("Ya", number + 1), back)))
        else:
            made.append(step(number, (actor,), kind))
    return sheet(made, actors)


def straight(steps: int) -> Sheet:
    """One step after the other over four actors."""
    kinds = [StepKind.START, *[StepKind.PROCESS] * (steps - 2), StepKind.END]
    return sheet([step(i + 1, (i % 4,), kind) for i, kind in enumerate(kinds)], 4)


def milliseconds(flows: list[Sheet]) -> float:
    """Median over ``flows`` of the median processor time of layout and drawing."""
    for flow in flows:
        _draw(flow)
    return statistics.median(_median(flow) for flow in flows)


def _median(flow: Sheet) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        _draw(flow)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def _draw(flow: Sheet) -> None:
    for number, page in enumerate(plan_flowchart(flow).pages, 1):
        page_drawing(page, number, "Arial")


def growth(taken: dict[int, float]) -> float:
    """The greatest factor by which time per n log n grows from one size to the next; 1 is n log n."""
    shares = [taken[n] / (n * math.log(n)) for n in sorted(taken)]
    return max(later / earlier for earlier, later in itertools.pairwise(shares))


def main() -> None:
    """Measure and print."""
    sizes = {
        f"{steps}x{actors}": milliseconds([wandering(steps, actors, seed) for seed in range(SEEDS)])
        for steps, actors in SIZES
    }
    taken = {steps: milliseconds([straight(steps)]) for steps in STRAIGHT}
    print(json.dumps({"ms": sizes, "straight": taken, "growth": growth(taken)}))


if __name__ == "__main__":
    main()
