"""Files of the reader tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from tests.readers.sample import JABATAN, KANTOR, PEJABAT, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below the test's folder, making folders on the way."""

    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def office(write: Write, tmp_path: Path) -> OfficeInput:
    """A small fictional office."""
    write("inputs/contoh/kantor.yaml", KANTOR)
    write("inputs/contoh/jabatan.csv", JABATAN)
    write("inputs/contoh/pejabat.csv", PEJABAT)
    found = read_office(tmp_path / "inputs/contoh", tmp_path)
    assert found.findings == ()
    return found


@pytest.fixture
def read(write: Write, office: OfficeInput, tmp_path: Path) -> Callable[..., SopInput]:
    """Reads an SOP from the text of its YAML and, if given, of its step table."""

    def make(yaml: str | bytes, steps: str | bytes | None = None) -> SopInput:
        path = write("inputs/contoh/sop/uji.yaml", yaml)
        if steps is not None:
            write("inputs/contoh/sop/uji.langkah.csv", steps)
        return read_sop(path, office, tmp_path)

    return make
