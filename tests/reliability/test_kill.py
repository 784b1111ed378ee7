"""Killed at any moment, a run leaves nothing half-made: what can be seen is whole, and the next run finishes the work.

Fifty moments, drawn by chance with fixed seeds, over ``build``, ``recap`` and ``archive``, and some more over ``book``
and ``archive --signed``; half of the runs make everything for the first time, half of them after a change of inputs.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from tests.reliability.office import Workplace
from tests.reliability.stages import COMMANDS, TURNS, Stage

MOMENTS = {"build": 9, "recap": 8, "archive": 8, "book": 2, "signed": 2}
"""Moments of each command, in each of the two turns."""
CASES = [
    (turn * len(COMMANDS) + place, number)
    for turn in range(len(TURNS))
    for place, name in enumerate(COMMANDS)
    for number in range(MOMENTS[name])
]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.mark.parametrize(("chosen", "number"), CASES)
def test_a_killed_run_leaves_everything_whole(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: int, number: int
) -> None:
    stage = stages[chosen]
    chance = random.Random(f"{chosen} {number}")
    place = stage.before.copy(tmp_path / "tempat")
    old, new = place.visible(), stage.after.visible()
    process = place.start(*stage.command)
    # Every moment has its own part of the time that the run takes; before the first output there is nothing to see.
    part = 0.15 + 0.9 * (number + chance.random()) / MOMENTS[stage.name]
    time.sleep(part * stage.seconds)
    os.killpg(process.pid, signal.SIGKILL)  # a process that has ended waits here until it is asked
    process.communicate()
    _prove_whole(place, old, new)
    if (place.folder / "outputs/uji/arsip").exists():
        code, told = place.here(monkeypatch, "verify", "outputs")
        assert code == 0, told
    code, told = place.here(monkeypatch, *stage.command)
    assert code == 0, told
    assert place.visible() == new
    code, told = place.here(monkeypatch, *stage.command)
    assert (code, place.visible()) == (0, new), told


def _prove_whole(place: Workplace, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Every file is as it was before, or as it is to become; a PDF opens."""
    seen = place.visible()
    for name, digest in seen.items():
        assert digest in {old.get(name), new.get(name)} or _grows(name), name
        if name.endswith(".pdf"):
            with pikepdf.open(place.folder / "outputs" / name) as pdf:
                assert len(pdf.pages) > 0
    assert not {name for name in old if name not in seen and name in new}


def _grows(name: str) -> bool:
    """Is this a file that gets its lines one after the other? The archive's own check reads those."""
    return "/arsip/" in name and "/" not in name.partition("/arsip/")[2]
