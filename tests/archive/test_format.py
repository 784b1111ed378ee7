"""An archive of format 2 as it was written once: every later program must find it whole and be able to add to it.

When this fails, what makes the files at the top was changed: that needs a new format (``log.FORMAT``).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.archive import log
from pipeline.archive.verify import verify
from tests.archive.desk import add, item, tree

KEPT = Path(__file__).with_name("format-2.json")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The archive as it was written."""
    for name, text in json.loads(KEPT.read_text(encoding="utf-8")).items():
        path = tmp_path / "arsip" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("latin-1"))
    return tmp_path / "arsip"


def test_what_was_written_once_stays_whole(archive: Path) -> None:
    assert log.FORMAT == 2
    proved = verify(archive, "arsip")
    assert (proved.findings, proved.versions) == ((), 5)


def test_it_can_be_added_to(archive: Path, tmp_path: Path) -> None:
    before = tree(archive)
    add(archive, item(tmp_path, name="baru"))
    assert verify(archive, "arsip").findings == ()
    after = tree(archive)
    for name in ("catatan.jsonl", "indeks.csv"):
        assert after[name].startswith(before[name])
    assert all(after[name] == data for name, data in before.items() if "/" in name)
