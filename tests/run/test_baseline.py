"""Old findings recorded in a file are not told; new ones are, whatever moves. The file is never lost."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import OutputError, UsageError
from pipeline.model.finding import Finding, Stage
from pipeline.rules import registry
from pipeline.run import baseline as module
from tests.run.small import ROWS, Inputs, Row, inputs, table

CLEAN: Row = ("Menyimpan surat", "Kepala Bagian Umum", "10 menit", "Surat tersimpan")


@pytest.fixture
def desk(tmp_path: Path) -> Inputs:
    return inputs(tmp_path)


def file_of(desk: Inputs) -> Path:
    return desk.root / "lama.json"


def record(desk: Inputs, **settings: Any) -> None:
    desk.run(baseline=file_of(desk), update_baseline=True, **settings)


def told(desk: Inputs, **settings: Any) -> list[str]:
    return [f.code for f in desk.check(baseline=file_of(desk), **settings).findings]


def notes(desk: Inputs, **settings: Any) -> list[str]:
    return [note.text("id") for note in desk.check(baseline=file_of(desk), **settings).notes]


def rows_of(desk: Inputs) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(file_of(desk).read_text(encoding="utf-8"))["findings"]
    return rows


def test_recorded_findings_are_not_told_and_do_not_block(desk: Inputs) -> None:
    before = desk.run()
    assert before.exit_code == 1
    record(desk)
    after = desk.run(baseline=file_of(desk))
    assert (after.exit_code, after.report.findings) == (0, ())
    assert [n.text("id") for n in after.notes] == [
        f"{len(before.report.findings)} temuan lama disembunyikan (lama.json)."
    ]
    assert [replace(one, unchecked=()) for one in after.report.documents] == list(before.report.documents)


def test_new_findings_are_told(desk: Inputs) -> None:
    record(desk)
    desk.write("sop/sop-1.langkah.csv", table((*ROWS, ("Surat dikirim", "Sekretaris DPRD", "1 jam", "Surat"))))
    assert "KEG-02" in told(desk)


def test_one_more_of_two_equal_findings_is_new_and_one_less_is_gone(desk: Inputs) -> None:
    record(desk)
    equal = Counter(row["code"] for row in rows_of(desk))["DUR-10"]
    assert equal == 2 * 3
    desk.write("sop/sop-1.langkah.csv", table((*ROWS[:2], *ROWS[1:])))
    assert told(desk, select=("DUR-10",)) == ["DUR-10"]
    desk.write("sop/sop-1.langkah.csv", table((*ROWS[:2], *ROWS[3:])))
    assert told(desk, select=("DUR-10",)) == []
    assert any("sudah tidak ada" in note for note in notes(desk))
    record(desk)
    assert Counter(row["code"] for row in rows_of(desk))["DUR-10"] == equal - 1


def test_what_a_run_did_not_look_at_is_not_gone(desk: Inputs) -> None:
    record(desk)
    before = file_of(desk).read_bytes()
    desk.write("sop/sop-1.langkah.csv", table([CLEAN]))
    other = (desk.path("sop/sop-2.yaml"),)
    for settings in (
        {"paths": other},
        {"select": ("TTD",)},
        {"ignore": ("DUR",)},
        {"stage": Stage.DRAFT},
        {"as_of": dt.date(2026, 3, 1)},
    ):
        assert not any("sudah tidak ada" in note for note in notes(desk, **settings))
        record(desk, **settings)
        assert {row["fingerprint"] for row in rows_of(desk)} >= {
            r["fingerprint"] for r in json.loads(before)["findings"]
        }
    assert any("sudah tidak ada" in note for note in notes(desk))


def test_findings_of_sops_together_are_gone_only_when_all_were_looked_at(desk: Inputs) -> None:
    desk.change("sop/sop-2.yaml", "/002/", "/001/")
    record(desk)
    assert "STR-04" in {row["code"] for row in rows_of(desk)}
    desk.change("sop/sop-2.yaml", "/001/", "/002/")
    assert not any("sudah tidak ada" in note for note in notes(desk, paths=(desk.path("sop/sop-2.yaml"),)))
    assert "1 temuan di lama.json sudah tidak ada; keluarkan dari sana dengan --update-baseline." in notes(desk)


def test_a_removed_sop_is_gone(desk: Inputs) -> None:
    record(desk)
    for name in ("sop/sop-3.yaml", "sop/sop-3.langkah.csv"):
        desk.path(name).unlink()
    assert any("sudah tidak ada" in note for note in notes(desk))
    record(desk)
    assert {row["document"] for row in rows_of(desk) if "sop-3" in row["document"]} == set()


def test_findings_on_the_office_are_recorded_by_their_file(desk: Inputs) -> None:
    desk.write("kantor.yaml", "pemerintah: Pemerintah Kabupaten Contoh\nalamatt: Jalan\n")
    record(desk)
    assert "inputs/kantor/kantor.yaml" in {row["document"] for row in rows_of(desk)}
    assert told(desk) == []
    desk.write("kantor.yaml", "pemerintah: Pemerintah Kabupaten Contoh\n")
    assert any("sudah tidak ada" in note for note in notes(desk))


def test_what_stops_a_document_and_what_concerns_checking_is_told_all_the_same(
    desk: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("sop/sop-1.yaml", "nomor: [")
    desk.change(
        "sop/sop-2.yaml", "langkah:", "kecuali: [{aturan: XYZ, alasan: a, oleh: b, sampai: 2030-01-01}]\nlangkah:"
    )

    def broken(*_: object) -> object:
        raise ZeroDivisionError("x")

    rule = next(rule for rule in registry.RULES if rule.check)
    monkeypatch.setattr(registry, "RULES", (*registry.RULES, replace(rule, code="KEG-99", check=broken)))
    record(desk)
    never = {"MSK-05", "ATR-01", "INT-01"}
    assert never <= set(told(desk))
    assert not {row["code"] for row in rows_of(desk)} & never


def test_the_file_is_for_people_and_for_comparing(desk: Inputs) -> None:
    record(desk)
    text = file_of(desk).read_text(encoding="utf-8")
    data = json.loads(text)
    assert (data["schema_version"], list(data)) == (1, ["schema_version", "about", "findings"])
    assert data["findings"] == sorted(data["findings"], key=lambda row: tuple(row.values()))
    assert len(text.splitlines()) == len(data["findings"]) + 6, "one finding a line"
    assert any("secepatnya" in row["message"] for row in data["findings"])
    record(desk, lang="en")
    assert file_of(desk).read_text(encoding="utf-8") == text


def test_an_empty_baseline_can_be_written_and_read(desk: Inputs) -> None:
    record(desk, select=("NAR",))
    assert rows_of(desk) == []
    assert told(desk, select=("NAR",)) == []


BROKEN = ["", "{", "[]", "{}", '{"schema_version": 2, "findings": []}', '{"schema_version": 1}', "\udcff"]
BROKEN += ['{"schema_version": 1, "findings": [{"code": "A"}]}', '{"schema_version": true, "findings": 3}', "[" * 9999]
BROKEN += ['{"schema_version": 1, "findings": [{"document": "", "code": "", "message": "", "fingerprint": "x"}]}']


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("update", [False, True])
def test_a_file_that_is_none_of_ours_is_left_alone(desk: Inputs, text: str, update: bool) -> None:
    data = text.encode("utf-8", "surrogateescape")
    file_of(desk).write_bytes(data)
    with pytest.raises(UsageError) as raised:
        desk.run(baseline=file_of(desk), update_baseline=update)
    assert "lama.json" in raised.value.text("id")
    assert file_of(desk).read_bytes() == data


def test_a_file_that_is_not_there_is_said(desk: Inputs) -> None:
    with pytest.raises(UsageError, match="--update-baseline"):
        desk.run(baseline=file_of(desk))
    with pytest.raises(UsageError, match="--baseline"):
        desk.run(update_baseline=True)


@pytest.mark.parametrize("place", ["inputs", "tidak/ada.json"])
def test_a_file_that_cannot_be_written_is_said(desk: Inputs, place: str) -> None:
    with pytest.raises((UsageError, OutputError)) as raised:
        desk.run(baseline=desk.root / place, update_baseline=True)
    assert place.partition("/")[0] in raised.value.text("en")


def test_a_write_that_fails_leaves_the_old_file(desk: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    record(desk)
    before = file_of(desk).read_bytes()
    desk.write("sop/sop-1.langkah.csv", table([CLEAN]))

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(OutputError, match="full"):
        record(desk)
    assert file_of(desk).read_bytes() == before
    assert [path.name for path in desk.root.iterdir() if path.name.startswith(".")] == []


_POOL: tuple[Row, ...] = (
    *ROWS,
    CLEAN,
    ("Surat dikirim", "Sekretaris DPRD", "1 jam", "Surat terkirim"),
    ("Memeriksa surat", "Sekretaris DPRD", "", ""),
    ("", "", "5 menit", "Surat"),
    ("Membahas surat", "Kepala Bagian Umum", "90 jam", "Berita acara"),
)


def edited(rows: list[Row], chance: random.Random) -> list[Row]:
    """``rows`` after a few steps were put in, taken out, moved or changed."""
    rows = list(rows)
    for _ in range(chance.randint(1, 4)):
        act = chance.choice(("in", "in", "out", "move", "double"))
        at = chance.randrange(len(rows) + 1)
        if act == "in" or len(rows) < 3:
            rows.insert(at, chance.choice(_POOL))
        elif act == "double":
            rows.insert(at, chance.choice(rows))
        else:
            row = rows.pop(chance.randrange(len(rows)))
            if act == "move":
                rows.insert(min(at, len(rows)), row)
    return rows


def contents(findings: tuple[Finding, ...], rows: list[Row]) -> Counter[tuple[object, ...]]:
    """How often each finding is there, told by rule, field and what the row says; not by its number."""
    found: Counter[tuple[object, ...]] = Counter()
    for finding in findings:
        words = tuple(part for part in finding.path if isinstance(part, str))
        row = rows[finding.step - 1] if finding.step is not None else finding.path
        found[finding.code, words, row] += 1
    return found


@pytest.mark.parametrize("seed", range(40))
def test_steps_put_in_taken_out_or_moved_neither_revive_nor_hide_findings(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    desk = inputs(tmp_path, 1)
    rows = edited(list(ROWS), chance)
    desk.write("sop/sop-1.langkah.csv", table(rows))
    old = contents(desk.check().findings, rows)
    record(desk)
    rows = edited(rows, chance)
    desk.write("sop/sop-1.langkah.csv", table(rows))
    now = contents(desk.check().findings, rows)
    assert contents(desk.check(baseline=file_of(desk)).findings, rows) == now - old
