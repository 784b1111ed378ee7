"""Clusters for tests: one that is shared, and clusters of one's own to break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.convert.libreoffice import find_soffice
from tests.cli.desk import Desk
from tests.cluster.farm import Farm, deadly_converter, farm


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, libreoffice: None) -> Iterator[Farm]:
    """A cluster whose converter kills workers over certain documents; each test has those come that it needs."""
    folder = tmp_path_factory.mktemp("klaster")
    soffice = find_soffice()
    assert soffice is not None
    program = deadly_converter(folder / "libreoffice", soffice)
    with farm(folder, {"TERTIB_SOFFICE": str(program)}) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    """A working folder with one small office, spoken to in Indonesian."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    yield Desk(tmp_path, capsys)
    find_soffice.cache_clear()
