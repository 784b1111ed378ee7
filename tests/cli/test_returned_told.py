"""What is told, and written down, of a signature that came back: the time in this zone, the place in points."""

from __future__ import annotations

import json
import time

import pytest

from tests.cli.desk import Desk
from tests.cli.desk_signed import built, came_back, letter, trusting
from tests.sign.service import own

RECORD = "outputs/uji/arsip/sop/surat/v002/surat.ttd.pemeriksaan.json"


def signed(desk: Desk, data: bytes) -> None:
    """A letter that is built and came back, signed on 1 June 2026 at 03:00 UTC."""
    trusting(desk)
    built(desk, "uji/sop/surat", data)
    came_back(desk, {"surat.pdf": own(data)})


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
@pytest.mark.parametrize(
    ("zone", "told"),
    [("WIB-7", "10:00 WIB"), ("XYZ-9", "12:00 WIT"), ("UTC0", "03:00 UTC"), ("EST+5", "22:00 UTC-0500")],
)
def test_the_time_is_told_in_the_zone_of_the_computer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, zone: str, told: str
) -> None:
    signed(desk, letter())
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert f"{told}), penerbit tepercaya" in " ".join(desk.run("archive", "--signed", "kembali").all.split())
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_record_tells_places_in_hundredths_of_a_point(desk: Desk) -> None:
    signed(desk, letter(box=(330.123456, 120.1 + 0.2, 180.0, 72.0)))
    assert desk.run("archive", "--signed", "kembali").code == 0
    (signature,) = json.loads((desk.folder / RECORD).read_bytes())["tanda_tangan"]
    place = {"page": 2, "originX": 330.12, "originY": 120.3, "width": 180.0, "height": 72.0}
    assert signature["letak"] == place


def test_the_list_tells_how_many_documents_are_signed(desk: Desk) -> None:
    trusting(desk)
    for name in ("anggota/anggota-contoh-01", "rekapitulasi"):
        document = f"uji/reses/2026-1/{name}"
        data = letter(f"Laporan {name}", document=document)
        built(desk, document, data)
        came_back(desk, {"1.pdf": own(data)})
    assert desk.run("archive", "--signed", "kembali").code == 0
    rows = desk.run("archive", "list").out.splitlines()[2:-1]
    assert [row.split("  ")[-1] for row in rows] == ["belum", "Pejabat Contoh (1 dari 2)"]


def test_the_record_does_not_tell_where_the_file_lay(desk: Desk) -> None:
    signed(desk, letter())
    away = desk.folder.parent / f"{desk.folder.name} layanan"
    (desk.folder / "kembali").rename(away)
    ran = desk.run("archive", "--signed", f"../{away.name}")
    assert (ran.code, f"{away.name}/surat.pdf" in " ".join(ran.all.split())) == (0, True), ran.all
    record = (desk.folder / RECORD).read_text(encoding="utf-8")
    assert json.loads(record)["catatan"][0].startswith("surat.pdf: ")
    assert "layanan/" not in record
