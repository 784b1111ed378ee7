"""One working folder with everything in it, made by LibreOffice once for all tests here, also of several processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.convert.libreoffice import find_soffice
from pipeline.run.writing import try_lock
from tests.reliability.office import Workplace
from tests.reliability.recorder import recorder
from tests.reliability.stages import Stage, load, make


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory, libreoffice: None) -> tuple[Stage, ...]:
    """Every command, for the first time and after a change."""
    base = tmp_path_factory.getbasetemp()
    # The processes of pytest-xdist each have a folder of their own below a common one.
    shared = (base.parent if base.name.startswith("popen-") else base) / "tahap"
    shared.mkdir(exist_ok=True)
    with _alone(shared / "kunci"):
        if not (shared / "tahap.json").exists():
            make(Workplace.new(shared / "awal", recorder(shared)), shared)
    return load(shared)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("ab") as lock:
        while not try_lock(lock):
            time.sleep(0.2)
        yield


@pytest.fixture(scope="session")
def finished(stages: tuple[Stage, ...]) -> Workplace:
    """The working folder in which every command has run; each test takes a copy."""
    return stages[-1].after


@pytest.fixture(autouse=True)
def _forget_soffice() -> Iterator[None]:
    yield
    find_soffice.cache_clear()
