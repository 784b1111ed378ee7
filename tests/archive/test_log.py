"""The log: what is written comes back, and what is wrong with a line is told on that line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import index, log
from pipeline.archive.facts import Facts, from_written, written
from pipeline.archive.log import Log
from pipeline.archive.storage import Hashes
from tests.archive.desk import DAY, OFFICE

PROOF = Hashes("a" * 64, "b" * 128)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FACTS = st.builds(
    Facts,
    st.sampled_from(["sop", "reses"]),
    TEXTS.filter(lambda text: bool(text) and "/" not in text),
    st.integers(1, 999_999),
    st.dates(),
    TEXTS,
    TEXTS,
    TEXTS,
    st.none() | st.dates(),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.lists(TEXTS, max_size=3).map(tuple),
    st.integers(0, 9),
)


def sample() -> Log:
    """A log of five lines."""
    made = Log().opened(DAY, baca_saya="c" * 64).told(DAY, index.settings_of(OFFICE))
    made = made.begun(DAY, {"sop/a/v001": "a" * 64})
    made = made.with_version(DAY, Facts("sop", "a", 1, DAY), PROOF)
    return made.begun(DAY, {"sop/b/v001": "a" * 64})


@given(st.lists(FACTS, max_size=4, unique_by=lambda facts: facts.place))
def test_what_is_written_comes_back(versions: list[Facts]) -> None:
    made = sample()
    for facts in versions:
        if facts.place != "sop/a/v001":
            made = made.with_version(DAY, facts, PROOF)
    read = log.parse(log.render(made))
    assert read.faults == ()
    assert (read.events, read.filed, read.last) == (made.events, made.filed, made.last)
    assert log.render(read) == log.render(made)


@given(FACTS)
def test_facts_come_back(facts: Facts) -> None:
    assert from_written(json.loads(json.dumps(written(facts)))) == facts


def test_facts_of_older_programs_lack_some() -> None:
    told = {
        "jenis": "sop",
        "nama": "a",
        "versi": 1,
        "tanggal": "2025-01-02",
        "nomor": "",
        "judul": "J",
        "status": "final",
    }
    assert from_written(told) == Facts("sop", "a", 1, dt.date(2025, 1, 2), title="J", stage="final")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"versi": 0}, "sop/a/v000"),
        ({"versi": "1"}, "versi"),
        ({"versi": True}, "versi"),
        ({"nama": "a/b"}, "sop/a/b"),
        ({"nama": ""}, "sop//v001"),
        ({"jenis": "../x"}, "x/a/v001"),
        ({"tanggal": "besok"}, "tanggal"),
    ],
)
def test_facts_that_are_none(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_written(written(Facts("sop", "a", 1, DAY)) | change)


def test_what_was_announced_and_not_filed() -> None:
    assert sample().pending == {"sop/b/v001": "a" * 64}


def _without_mark(line: bytes) -> bytes:
    return line.rpartition(b',"sidik"')[0] + b"}\n"


def _other_space(line: bytes) -> bytes:
    return line.replace(b'"no":', b'"no": ', 1)


CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a letter": lambda lines: [*lines[:1], lines[1].replace(b"Contoh", b"Contol", 1), *lines[2:]],
    "another blank": lambda lines: [*lines[:1], _other_space(lines[1]), *lines[2:]],
    "no mark": lambda lines: [*lines[:1], _without_mark(lines[1]), *lines[2:]],
    "no line": lambda lines: [*lines[:1], b"\n", *lines[2:]],
    "a deep one": lambda lines: [*lines[:1], b"[" * 100_000 + b"\n", *lines[2:]],
    "a number": lambda lines: [*lines[:1], b"1\n", *lines[2:]],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_line_that_is_none_is_told_with_its_number(name: str) -> None:
    lines = log.render(sample()).splitlines(keepends=True)
    read = log.parse(b"".join(CHANGES[name](lines)))
    assert [fault.line for fault in read.faults] == [2]
    assert len(read.filed) == 1


def _remarked(line: bytes, old: bytes, new: bytes) -> bytes:
    """``line`` changed by somebody who can compute its hash."""
    body = line.replace(old, new, 1).rpartition(b',"sidik":')[0]
    return log._line(body, log._mark(body))


def test_a_line_that_was_changed_with_its_hash_breaks_the_chain_behind_it() -> None:
    lines = log.render(sample()).splitlines(keepends=True)
    lines[1] = _remarked(lines[1], b"Contoh", b"Contol")
    assert [(one.line, one.message) for one in log.parse(b"".join(lines)).faults] == [(3, log._SAY_CHAIN)]


def test_a_line_with_another_number_is_told_though_its_hash_fits() -> None:
    lines = log.render(sample()).splitlines(keepends=True)
    lines[-1] = _remarked(lines[-1], b'"no":5', b'"no":6')
    assert [(one.line, one.message) for one in log.parse(b"".join(lines)).faults] == [(5, log._SAY_CHAIN)]


def test_a_blank_that_json_does_not_mind_is_told_though_the_hash_fits() -> None:
    lines = log.render(sample()).splitlines(keepends=True)
    lines[-1] = _remarked(lines[-1], b'"no":', b'"no": ')
    assert [(one.line, one.message) for one in log.parse(b"".join(lines)).faults] == [(5, log._SAY_NO_LINE)]


@pytest.mark.parametrize("end", [-1, -2, -40])
def test_a_last_line_that_was_cut_off_is_told(end: int) -> None:
    data = log.render(sample())[:end]
    read = log.parse(data)
    assert (5, log._SAY_CUT) in [(one.line, one.message) for one in read.faults]
    assert len(read.events) == (5 if end == -1 else 4)


def test_a_log_that_does_not_begin_with_its_opening_is_told() -> None:
    made = Log().told(DAY, index.settings_of(OFFICE))
    assert [(one.line, one.message) for one in log.parse(log.render(made)).faults] == [(0, log._SAY_NO_START)]


FORGED: dict[str, Callable[[], Log]] = {
    "an event that there is not": lambda: sample()._with(DAY, "lain", {}),
    "an announcement of nothing": lambda: sample()._with(DAY, log.BEGUN, {"versi": ["sop/x/v001"]}),
    "an announcement without hashes": lambda: sample()._with(DAY, log.BEGUN, {"versi": {"sop/x/v001": 1}}),
    "a version twice": lambda: sample().with_version(DAY, Facts("sop", "a", 1, DAY), PROOF),
    "a hash that is too short": lambda: sample().with_version(DAY, Facts("sop", "b", 1, DAY), Hashes("a" * 63, "")),
    "a hash of other signs": lambda: sample().with_version(DAY, Facts("sop", "b", 1, DAY), Hashes("g" * 64, "")),
}


def _elsewhere() -> Log:
    content = dict(sample().with_version(DAY, Facts("sop", "b", 1, DAY), PROOF).events[-1].content)
    return sample()._with(DAY, log.FILED, {**content, "folder": "sop/c/v001"})


FORGED["a version in the folder of another"] = _elsewhere


@pytest.mark.parametrize("name", FORGED)
def test_what_no_run_writes_is_told_and_not_taken(name: str) -> None:
    read = log.parse(log.render(FORGED[name]()))
    assert [(one.line, one.message) for one in read.faults] == [(6, log._SAY_NO_LINE)]
    assert [one.place for one in read.filed] == ["sop/a/v001"]
    assert read.pending == {"sop/b/v001": "a" * 64}


def test_a_log_as_it_was_knows_nothing_of_what_came_later() -> None:
    made = sample().told(DAY, {"unit": "Lain"})
    assert made.settings == {"unit": "Lain"}
    assert (made.before(3).filed, made.before(3).settings) == ((), sample().settings)
    assert (len(made.before(4).filed), len(made.before(4).events)) == (1, 4)


def test_a_line_gone_is_told_where_it_was() -> None:
    lines = log.render(sample()).splitlines(keepends=True)
    read = log.parse(b"".join([*lines[:2], *lines[3:]]))
    assert {fault.line for fault in read.faults} == {3, 4}


@given(st.binary(max_size=200))
def test_any_bytes_are_no_surprise(data: bytes) -> None:
    assert log.parse(data).faults


def test_a_forged_line_with_a_right_hash_must_make_sense() -> None:
    """Who can compute the hashes still cannot put a version elsewhere."""
    made = sample()._with(
        DAY, log.FILED, {"folder": "../x", "manifes_sha256": "", "manifes_sha512": "", "keterangan": {"jenis": "sop"}}
    )
    read = log.parse(log.render(made))
    assert [fault.line for fault in read.faults] == [6]
    assert len(read.filed) == 1
