"""Two runs at once: the second waits or says so, every file is whole, and the archive verifies."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.run.events import Silent
from pipeline.run.writing import own
from pipeline.sign.reports import Trust
from pipeline.sign.verify import verify_signatures
from tests.reliability.office import Workplace
from tests.reliability.stages import Stage
from tests.sign.service import AUTHORITY

SIGNED = ("archive", "--signed", "kembali")
PAIRS = [
    ("archive", ("build", "--force"), ("archive",)),
    ("archive", ("archive",), ("archive",)),
    ("book", ("book",), ("build", "--force")),
    ("signed", SIGNED, SIGNED),
]
"""Before which stage, and which two runs; what they lead to together is known."""


@pytest.mark.parametrize(("name", "first", "second"), PAIRS)
def test_two_runs(
    stages: tuple[Stage, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    first: tuple[str, ...],
    second: tuple[str, ...],
) -> None:
    stage = next(stage for stage in reversed(stages) if stage.name == name)
    place = stage.before.copy(tmp_path / "tempat")
    ended = both(place, first, second)
    assert [code for code, _ in ended] == [0, 0], ended
    assert documents(place) == documents(stage.after)
    assert not list((place.folder / "outputs/.tertib/kerja").iterdir()), "nothing half-made is left"
    code, told = place.here(monkeypatch, "verify", "outputs")
    assert code == 0, told


def test_one_file_is_signed_once(stages: tuple[Stage, ...], tmp_path: Path) -> None:
    place = stages[-1].after.copy(tmp_path / "tempat")
    command = ("sign", "outputs/uji/sop/surat.pdf", *place.key())
    ended = both(place, command, command)
    assert sorted(code for code, _ in ended) == [0, 2], ended
    refused = next(" ".join(told.split()) for code, told in ended if code)
    assert "ttd/surat.pdf sudah ada dan tidak ditimpa" in refused
    (made,) = (place.folder / "outputs/uji/sop/ttd").iterdir()
    (report,) = verify_signatures(made.read_bytes(), Trust((AUTHORITY.root.der,)))
    assert report.holds


def test_the_second_says_that_it_waits(stages: tuple[Stage, ...], tmp_path: Path) -> None:
    place = stages[-1].before.copy(tmp_path / "tempat")
    with own(place.folder / "outputs", Silent()):
        process = place.start(*SIGNED)
        assert process.stdout is not None
        assert "Proses tertib lain sedang menulis ke outputs; menunggu" in process.stdout.readline()
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert documents(place) == documents(stages[-1].after)


def both(place: Workplace, *commands: tuple[str, ...]) -> list[tuple[int, str]]:
    """Start all at once: exit code of each, and what it said."""
    running = [place.start(*command) for command in commands]
    told = [process.communicate(timeout=300)[0] for process in running]
    return [(process.returncode, words) for process, words in zip(running, told, strict=True)]


def documents(place: Workplace) -> dict[str, str]:
    """All that is visible but the report, which is that of the run that ended last."""
    return {name: digest for name, digest in place.visible().items() if not name.startswith("temuan.")}
