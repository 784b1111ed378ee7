"""What the processes of pytest-xdist share: made by the first that needs it, once in a session."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.run.writing import try_lock


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of this session, the same in each of its processes."""
    base = factory.getbasetemp()
    # The processes of pytest-xdist each have a folder of their own below a common one.
    return base.parent if base.name.startswith("popen-") else base


def made_once(folder: Path, make: Callable[[], object]) -> Path:
    """``folder``, filled by ``make`` unless that was done before; one that failed is tried again."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder.with_name(f"{folder.name}.selesai")
    with _alone(folder.with_name(f"{folder.name}.kunci")):
        if not done.exists():
            make()
            done.touch()
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("ab") as lock:
        while not try_lock(lock):
            time.sleep(0.1)
        yield
