"""The quality of drawings over many random flows: what the layout score sums to. Run in a process of its own."""

from __future__ import annotations

import json
import time
from collections import Counter

from hypothesis import HealthCheck, given, seed, settings

from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import Sheet
from pipeline.layout.tracks import HEAD
from pipeline.model.plan import Line
from tests.layout.flows import random_sheet

COUNT = 300
SUMMED = ("lines", "bends", "crossings", "overlaps", "through_symbols", "through_texts", "labels_on_borders")


def main() -> None:
    """Lay out COUNT flows, the same in every run, and print the sums."""
    total: Counter[str] = Counter()

    @seed(1)
    @settings(max_examples=COUNT, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(random_sheet())
    def lay_out(sheet: Sheet) -> None:
        start = time.process_time()
        plan = plan_flowchart(sheet)
        total["microseconds"] += round((time.process_time() - start) * 1e6)
        total["flows"] += 1
        total["steps"] += len(sheet.rows)
        total["too dense"] += any(problem.fatal for problem in plan.problems)
        total["short heads"] += sum(_is_short(line) for page in plan.pages for line in page.lines)
        total.update({key: plan.score[key] for key in SUMMED})

    lay_out()
    print(json.dumps(total))


def _is_short(line: Line) -> bool:
    (x0, y0), (x1, y1) = line.points[-2:]
    return line.arrow and len(line.points) > 2 and abs(x0 - x1) + abs(y0 - y1) < HEAD


if __name__ == "__main__":
    main()
