"""The hash of what the documents of a recess are made of: every row counts, where it stands does not."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.model.recess import Attachment, AttachmentKind, RecessInput
from pipeline.model.region import Region
from pipeline.readers.office import read_office
from pipeline.run.canonical import _BATCH, file_digest, recess_fingerprint
from pipeline.run.recess_history import with_history
from pipeline.run.recess_safely import safe_recess

ROOT = Path(__file__).resolve().parents[2]


@cache
def sample() -> RecessInput:
    """The second recess of the sample office, with the first as the one before."""
    office = read_office(ROOT / "inputs/contoh", ROOT)
    item = safe_recess(ROOT / "inputs/contoh/reses/2026-masa-1", office, ROOT)
    return with_history([item], ROOT).items[0]


def test_the_sample_has_what_is_changed_here() -> None:
    item = sample()
    assert item.recess is not None
    assert item.history.earlier is not None
    assert len(item.recess.proposals) > 2
    assert item.recess.meetings
    assert len(item.history.earlier.needs) > 2
    assert item.region != Region()


def proposals(*, number: int, copies: int = 1) -> RecessInput:
    """The sample with the last of ``copies`` times its proposals changed, where ``number`` is not 0."""
    item = sample()
    assert item.recess is not None
    rows = list(item.recess.proposals) * copies
    rows[-1] = replace(rows[-1], text=f"{rows[-1].text} {number}" if number else rows[-1].text)
    return replace(item, recess=replace(item.recess, proposals=tuple(rows)))


def needs(**change: object) -> RecessInput:
    item = sample()
    earlier = item.history.earlier
    assert earlier is not None
    last = replace(earlier.needs[-1], **change)  # type: ignore[arg-type]
    changed = replace(earlier, needs=(*earlier.needs[:-1], last))
    return replace(item, history=replace(item.history, earlier=changed))


def test_every_row_of_every_table_changes_it() -> None:
    first = recess_fingerprint(sample())
    assert recess_fingerprint(proposals(number=0)) == first
    changed = [
        proposals(number=1),
        needs(text="Lain"),
        replace(sample(), region=Region()),
        replace(sample(), history=replace(sample().history, earlier=None)),
        replace(sample(), recess=None),
    ]
    found = [first, *map(recess_fingerprint, changed)]
    assert len(set(found)) == len(found)


def test_the_last_of_very_many_rows_changes_it() -> None:
    item = sample()
    assert item.recess is not None
    copies = _BATCH // len(item.recess.proposals) + 2
    one, two = (recess_fingerprint(proposals(number=number, copies=copies)) for number in (1, 2))
    assert one != two


def test_where_something_stands_does_not_change_it() -> None:
    first = recess_fingerprint(sample())
    assert recess_fingerprint(needs(source="lain.csv:7")) == first
    item = sample()
    assert item.recess is not None
    photo = Attachment(AttachmentKind.PHOTO, Path("/lain/foto.jpg"), (4, 3))
    shown = tuple(replace(meeting, attachments=(photo,)) for meeting in item.recess.meetings)
    assert recess_fingerprint(replace(item, recess=replace(item.recess, meetings=shown))) == first


def test_a_meeting_changes_it() -> None:
    item = sample()
    assert item.recess is not None
    other = (replace(item.recess.meetings[0], venue="Lain"), *item.recess.meetings[1:])
    assert recess_fingerprint(replace(item, recess=replace(item.recess, meetings=other))) != recess_fingerprint(item)


@pytest.mark.parametrize("later", [b"bb", b"b"])
def test_a_file_that_is_written_over_has_another_digest(tmp_path: Path, later: bytes) -> None:
    """Also in the same length: the time tells."""
    path = tmp_path / "x"
    path.write_bytes(b"a")
    os.utime(path, ns=(1, 1))
    first = file_digest(path)
    path.write_bytes(later)
    os.utime(path, ns=(2, 2))
    assert file_digest(path) != first
