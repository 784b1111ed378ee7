"""Keys of ``reses.yaml``: the planning system, plenaries, groups of proposals, the recess to compare with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.model.recess import Planning, Recess, RecessInput
from tests.recess import small


def read(tmp_path: Path, extra: str, others: tuple[str, ...] = ()) -> tuple[RecessInput, Recess]:
    for name in others:
        (tmp_path / "inputs/contoh/reses" / name).mkdir(parents=True)
    item = small.read(tmp_path, main=small.MAIN + extra)
    return item, small.recess_of(item)


def test_nothing_is_assumed(tmp_path: Path) -> None:
    _, recess = read(tmp_path, "")
    assert (recess.planning, recess.plenaries, recess.together, recess.apart) == (None, (), (), ())
    assert (recess.announced, recess.last_of_term, recess.previous) == (dt.date(2026, 1, 26), False, "")


def test_all_keys(tmp_path: Path) -> None:
    item, recess = read(
        tmp_path,
        "persidangan_terakhir: ya\n"
        "rapat_paripurna: [2026-02-20, 5 Februari 2026, 2026-02-20]\n"
        "pokir: {tahun_anggaran: 2027, batas: 2026-02-28, tanggal_masuk: 25 Februari 2026}\n"
        "gabung: [[U1, u3], U2; U4]\n"
        "pisah: [U1, U5]\n"
        "pembanding: 2025-masa-3\n",
        ("2025-masa-3",),
    )
    assert item.findings == ()
    assert recess.last_of_term
    assert recess.plenaries == (dt.date(2026, 2, 5), dt.date(2026, 2, 20))
    assert recess.planning == Planning(2027, dt.date(2026, 2, 28), dt.date(2026, 2, 25))
    assert recess.together == (("U1", "U3"), ("U2", "U4"))
    assert recess.apart == (("U1", "U5"),)
    assert recess.previous == "2025-masa-3"


WRONG = [
    ("gabung: [[U1, U9]]\n", "MSK-25", "`gabung` menyebut `U9`"),
    ("gabung: [[U1]]\n", "MSK-24", "hanya berisi satu"),
    ("gabung: [[U1, u1]]\n", "MSK-24", "hanya berisi satu"),
    ("gabung: {a: U1}\n", "MSK-09", "daftar kelompok"),
    ("gabung: [[U1, [U2]]]\n", "MSK-09", "daftar kelompok"),
    ("gabung: [[U1, U2]]\npisah: [[U2, U1, U3]]\n", "MSK-26", "`U1`, `U2` ada di `gabung` dan juga di `pisah`"),
    ("pisah: U1\n", "MSK-24", "hanya berisi satu"),
    ("rapat_paripurna: [besok]\n", "TGL-01", "besok"),
    ("rapat_paripurna: 20/02/2026\n", "TGL-01", "20/02/2026"),
    ("pengumumam: 2026-01-20\n", "MSK-08", "pengumumam"),
    ("persidangan_terakhir: mungkin\n", "MSK-10", "mungkin"),
    ("pokir: 2027\n", "MSK-09", "`pokir` harus"),
    ("pokir: {tahun_anggaran: 27}\n", "MSK-27", "2000-2100"),
    ("pokir: {batas: akhir bulan}\n", "TGL-01", "akhir bulan"),
    ("pembanding: 2025-masa-2\n", "MSK-25", "`2025-masa-2`"),
    ("pembanding: ../lain\n", "MSK-25", "`../lain`"),
    ("pembanding: 2026-masa-1\n", "MSK-25", "`2026-masa-1`"),
]


@pytest.mark.parametrize(("extra", "code", "words"), WRONG)
def test_what_is_wrong_is_told_at_its_line(extra: str, code: str, words: str, tmp_path: Path) -> None:
    item, _ = read(tmp_path, extra, ("2025-masa-3",))
    assert [finding.code for finding in item.findings] == [code]
    assert words in item.findings[0].message.id
    assert item.findings[0].place.line in (10, 11)


def test_no_comparison_and_a_near_name(tmp_path: Path) -> None:
    _, recess = read(tmp_path / "a", "pembanding: Tidak\n")
    assert recess.previous == "tidak"
    item, recess = read(tmp_path / "b", "pembanding: 2025masa3\n", ("2025-masa-3",))
    assert recess.previous == ""
    assert item.findings[0].help.id == "Maksud Anda `2025-masa-3`?"


def test_an_empty_planning_is_still_planning(tmp_path: Path) -> None:
    _, recess = read(tmp_path, "pokir: {}\n")
    assert recess.planning == Planning()


def test_ids_are_not_said_to_be_missing_where_rows_could_not_be_read(tmp_path: Path) -> None:
    tables = small.tables()
    tables["aspirasi"][2] += ["x", "y"]
    item = small.read(tmp_path, tables, small.MAIN + "gabung: [[U1, U2]]\n")
    assert [finding.code for finding in item.findings] == ["MSK-16"]
