"""Killed at any moment, a run leaves nothing half-made: what can be seen is whole, and the next run finishes the work.

Fifty moments, drawn by chance with fixed seeds, over ``build``, ``recap`` and ``archive``; half of the runs make
everything for the first time, half of them after a change of the inputs.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from tests.reliability.office import COMMANDS, Workplace
from tests.reliability.recorder import recorder

MOMENTS = 50


@dataclass(frozen=True)
class Stage:
    """A command about to run: the folder as it is before, and as it is after, and how many seconds it takes."""

    command: tuple[str, ...]
    before: Workplace
    old: Mapping[str, str]
    new: Mapping[str, str]
    seconds: float


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory, libreoffice: None) -> tuple[Stage, ...]:
    """Every command, for the first time and after a change."""
    folder = tmp_path_factory.mktemp("tahap")
    place = Workplace.new(folder / "awal", recorder(folder))
    found = []
    for turn in ("pertama", "sesudah"):
        if turn == "sesudah":
            place = place.copy(folder / "berubah")
            place.change()
        for command in COMMANDS:
            before = place.copy(folder / f"{turn}-{command[0]}")
            code, told = place.run(*command)
            assert code == 0, told
            twin = before.copy(folder / f"lagi-{turn}-{command[0]}")
            began = time.monotonic()  # by now the conversions are recorded
            code, told = twin.run(*command)
            seconds = time.monotonic() - began
            assert code == 0, told
            assert twin.visible() == place.visible()
            old = before.visible() if (before.folder / "outputs").exists() else {}
            found.append(Stage(command, before, old, place.visible(), seconds))
    return tuple(found)


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_run_leaves_everything_whole(stages: tuple[Stage, ...], tmp_path: Path, moment: int) -> None:
    chance = random.Random(moment)
    stage = stages[moment % len(stages)]
    place = stage.before.copy(tmp_path / "tempat")
    process = place.start(*stage.command)
    time.sleep(chance.uniform(0.15, 1.05) * stage.seconds)
    os.killpg(process.pid, signal.SIGKILL)  # a process that has ended waits here until it is asked
    process.communicate()
    _prove_whole(place, stage)
    if (place.folder / "outputs/uji/arsip").exists():
        code, told = place.run("verify", "outputs")
        assert code == 0, told
    code, told = place.run(*stage.command)
    assert code == 0, told
    assert place.visible() == stage.new


def _prove_whole(place: Workplace, stage: Stage) -> None:
    """Every file is as it was before, or as it is to become; a PDF opens."""
    if not (place.folder / "outputs").exists():
        return
    for name, digest in place.visible().items():
        assert digest in {stage.old.get(name), stage.new.get(name)} or _grows(name), name
        if name.endswith(".pdf"):
            with pikepdf.open(place.folder / "outputs" / name) as pdf:
                assert len(pdf.pages) > 0
    assert not {name for name in stage.old if name not in place.visible() and name in stage.new}


def _grows(name: str) -> bool:
    """Is this a file that gets its lines one after the other? The archive's own check reads those."""
    return "/arsip/" in name and "/" not in name.partition("/arsip/")[2]
