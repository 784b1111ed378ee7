"""What stands in the log is in the archive: what could not be written is not entered, and what was left is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import desk, index, log, store, verify
from pipeline.archive.storage import LocalStorage
from pipeline.archive.store import Plan
from pipeline.errors import OutputError
from pipeline.model.message import say
from tests.archive.desk import OFFICE, add, filing, item, tree


def places(archive: Path) -> list[str]:
    """The versions in the log."""
    return [one.place for one in desk.load(LocalStorage(archive, None, "arsip")).log.filed]


def lines(archive: Path) -> int:
    return (archive / log.NAME).read_bytes().count(b"\n")


def faults(archive: Path) -> list[str]:
    return [finding.code for finding in verify.verify(archive, "arsip").findings]


def failing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have nothing of the SOP ``name`` written."""
    put = store.put

    def refuse(made: Plan, storage: Any) -> None:
        if made.facts.name == name:
            raise OutputError(say("penuh"))
        put(made, storage)

    monkeypatch.setattr(store, "put", refuse)


def test_what_could_not_be_written_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "banyumas" / "arsip"
    work = filing(archive)
    plans = [work.plan_for(item(tmp_path, name=name)) for name in ("a", "b", "c")]
    failing(monkeypatch, "b")
    work.begin(index.settings_of(OFFICE))
    told = {plan.facts.name: error for plan, error in work.file([plan for plan in plans if plan is not None])}
    assert (told["a"], told["c"]) == (None, None)
    assert isinstance(told["b"], OutputError)
    work.finish()
    assert places(archive) == ["sop/a/v001", "sop/c/v001"]
    monkeypatch.undo()
    add(archive, item(tmp_path, name="b"))
    assert places(archive) == ["sop/a/v001", "sop/c/v001", "sop/b/v001"]
    assert faults(archive) == []


def test_versions_are_announced_and_entered_many_at_once(tmp_path: Path) -> None:
    archive = tmp_path / "banyumas" / "arsip"
    add(archive, *(item(tmp_path, name=name) for name in "abc"))
    assert lines(archive) == 2 + 1 + 3  # opening, settings; one announcement; the versions
    before = tree(archive)
    add(archive, *(item(tmp_path, name=name) for name in "abc"))
    assert tree(archive) == before


def left_behind(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that wrote its version and was ended before it entered it."""
    work = filing(archive)
    plan = work.plan_for(item(tmp_path))
    assert plan is not None
    work.begin(index.settings_of(OFFICE))
    entered = log.Log.with_version
    monkeypatch.setattr(log.Log, "with_version", lambda *_arguments: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        list(work.file([plan]))
    monkeypatch.setattr(log.Log, "with_version", entered)
    assert places(archive) == []


def test_a_version_that_was_left_whole_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "banyumas" / "arsip"
    left_behind(archive, tmp_path, monkeypatch)
    put: list[str] = []
    monkeypatch.setattr(store, "put", lambda made, _storage: put.append(made.facts.place))
    add(archive, item(tmp_path))
    assert put == []
    assert places(archive) == ["sop/reses/v001"]
    assert lines(archive) == 2 + 1 + 1  # it is announced once
    assert faults(archive) == []


def test_what_was_left_in_part_is_written_again_without_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "banyumas" / "arsip"
    left_behind(archive, tmp_path, monkeypatch)
    place = archive / "sop/reses/v001"
    (place / "manifest-sha256.txt").unlink()
    (place / "sisa.txt").write_bytes(b"sisa")
    add(archive, item(tmp_path))
    assert not (place / "sisa.txt").exists()
    assert places(archive) == ["sop/reses/v001"]
    assert faults(archive) == []
