"""``tertib new``: what it makes reads without faults and can be built upon."""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import Desk


def test_a_new_office_with_sop_and_recess_reads_without_faults(desk: Desk) -> None:
    assert desk.run("new", "kantor", "inputs/baru").code == 0
    assert desk.run("new", "sop", "inputs/baru/sop/surat").code == 0
    made = desk.run("new", "reses", "inputs/baru/reses/2026-masa-1")
    assert made.out.splitlines()[-2] == "inputs/baru/reses/2026-masa-1/reses.yaml"
    ran = desk.run("check", "inputs/baru", "--format", "json")
    assert ran.code == 0
    data = json.loads(ran.out)
    assert [document["id"] for document in data["documents"]] == ["baru/sop/surat", "baru/reses/2026-masa-1"]
    assert [f for f in data["findings"] if f["code"].startswith("MSK") or f["severity"] == "error"] == []
    assert "tanggal_laporan:" in (desk.folder / "inputs/baru/reses/2026-masa-1/reses.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2027-masa-3", ("2027", "3")),
        ("2026_Masa 2", ("2026", "2")),
        ("2027-masa-12", ("2026", "1")),
        ("percobaan", ("2026", "1")),
    ],
)
def test_a_new_recess_is_the_one_that_its_folder_names(desk: Desk, name: str, expected: tuple[str, str]) -> None:
    desk.run("new", "kantor", "inputs/baru")
    desk.run("new", "reses", f"inputs/baru/reses/{name}")
    lines = (desk.folder / f"inputs/baru/reses/{name}/reses.yaml").read_text("utf-8").splitlines()
    assert tuple(next(x for x in lines if x.startswith(key)).split()[1] for key in ("tahun:", "masa:")) == expected


def test_tables_open_in_columns_in_an_indonesian_excel(desk: Desk) -> None:
    desk.run("new", "kantor", "inputs/baru")
    desk.run("new", "sop", "inputs/baru/sop/surat")
    desk.run("new", "reses", "inputs/baru/reses/2026-masa-1")
    tables = list((desk.folder / "inputs/baru").rglob("*.csv"))
    assert len(tables) == 6
    for table in tables:
        data = table.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b";" in data.split(b"\r\n")[0]
        assert b"," not in data.split(b"\r\n")[0]


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (["kantor", "inputs/uji"], "sudah ada"),
        (["sop", "inputs/uji/sop/surat.yaml"], "sudah ada"),
        (["sop", "inputs/tidak-ada/sop/surat.yaml"], "tertib new kantor"),
        (["sop", "surat.yaml"], "KANTOR/sop"),
        (["reses", "inputs/uji/sop/x"], "KANTOR/reses"),
        (["kantor", "inputs/a:b"], "a-b"),
        (["lain", "x"], "sop, kantor, reses"),
        (["sop"], "PATH"),
    ],
)
def test_wrong_places_are_told_and_nothing_is_written(desk: Desk, args: list[str], part: str) -> None:
    before = desk.visible("inputs")
    ran = desk.run("new", *args)
    assert ran.code == 2
    assert part in ran.err
    assert desk.visible("inputs") == before
