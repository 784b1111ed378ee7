"""The proposals for the planning system: every field, one line a need, and nothing that runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.recess import Planning, RecessInput
from pipeline.model.region import Agency, Entry, Region
from pipeline.recess.recap import make_recap
from pipeline.render.sipd_csv import FIELDS, SipdCsv, _safe, sipd_csv
from tests.recess import small

REGION = Region(
    agencies=(Agency("Dinas Pekerjaan Umum", "1.03.0.00", "Dinas PU"),),
    dictionary=(
        Entry("K1", "Rehabilitasi Jalan", "Pekerjaan Umum", "Dinas PU", "m"),
        Entry("K2", "Bantuan Benih"),
        Entry("K3", "Ruang kelas"),
        Entry("K4", "Ruang Kelas"),
    ),
)


def made(item: RecessInput) -> SipdCsv:
    return sipd_csv(item, make_recap(small.recess_of(item)))


def lines(made: SipdCsv) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.data.decode("utf-8-sig"), newline="")))


def changed(item: RecessInput, at: int = 0, **values: object) -> RecessInput:
    recess = small.recess_of(item)
    rows = list(recess.proposals)
    rows[at] = replace(rows[at], **values)  # type: ignore[arg-type]
    return replace(item, recess=replace(recess, proposals=tuple(rows)))


def test_every_need_is_a_line_with_every_field(tmp_path: Path) -> None:
    item = replace(small.read(tmp_path), region=REGION)
    item = replace(item, recess=replace(small.recess_of(item), planning=Planning(2027)))
    result = made(item)
    found = lines(result)
    assert tuple(found[0]) == FIELDS
    assert (result.proposals, result.left_out, len(found)) == (4, 0, 4)
    road = next(line for line in found if line["id_usulan"] == "U1")
    assert road == {
        **dict.fromkeys(FIELDS, ""),
        "id_usulan": "U1",
        "id_reses": "2026-masa-1",
        "tahun_anggaran": "2027",
        "id_pengusul": "A1; A2",
        "pengusul": "Anggota Contoh 01; Anggota Contoh 02",
        "fraksi_dewan": "Fraksi Contoh Melati; Fraksi Contoh Dahlia",
        "jenis_usul": "usulan",
        "bidang_urusan": "Pekerjaan Umum",
        "gagasan": "Perbaikan jalan",
        "giat_teks": "Perbaikan jalan",
        "alamat_teks": "Dusun 1, Contoh Mekar, Kec. Contoh Timur",
        "lokus_usulan": "Dusun 1",
        "kecamatan": "Contoh Timur",
        "kelurahan": "Contoh Mekar",
        "koefisien": "100 m",
        "volume": "100",
        "satuan": "m",
        "anggaran": "120000000",
        "kode_skpd": "1.03.0.00",
        "nama_skpd": "Dinas Pekerjaan Umum",
        "status_usul": "Diusulkan",
        "sumber": "inputs/contoh/reses/2026-masa-1/aspirasi.csv:2; inputs/contoh/reses/2026-masa-1/aspirasi.csv:4",
    }


def test_the_kamus_is_found_by_id_and_by_its_very_text(tmp_path: Path) -> None:
    item = changed(replace(small.read(tmp_path), region=REGION), entry="k1")
    found = {line["id_usulan"]: (line["id_kamus"], line["giat_teks"]) for line in lines(made(item))}
    assert found["U1"] == ("K1", "Rehabilitasi Jalan")
    assert found["U2"] == ("K2", "Bantuan Benih")
    assert found["U4"] == ("", "Ruang kelas")  # two entries have that text


def test_columns_for_the_planning_system_are_used(tmp_path: Path) -> None:
    item = changed(
        small.read(tmp_path), 1, problem="Benih mahal", idea="Bantuan", latitude=-7.42, longitude=109.2,
        pictures="a.jpg; b.jpg", programme="P1", volume="2,5",
    )  # fmt: skip
    line = next(line for line in lines(made(item)) if line["id_usulan"] == "U2")
    names = ("masalah", "gagasan", "lat", "lang", "file_foto", "id_program", "volume", "koefisien")
    assert [line[name] for name in names] == [
        "Benih mahal", "Bantuan", "-7.42", "109.2", "a.jpg; b.jpg", "P1", "2.5", "2,5 ha",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["pengaduan", "Tanggapan", "Keluhan warga"])
def test_what_proposes_nothing_is_left_out_and_counted(kind: str, tmp_path: Path) -> None:
    result = made(changed(small.read(tmp_path), 1, kind=kind))
    assert (result.proposals, result.left_out) == (3, 1)
    assert "U2" not in {line["id_usulan"] for line in lines(result)}


def test_a_need_that_one_row_complains_of_and_another_proposes_stays(tmp_path: Path) -> None:
    result = made(changed(small.read(tmp_path), 0, kind="pengaduan"))
    assert result.left_out == 0
    assert "U3" in {line["id_usulan"] for line in lines(result)}
    complained = lines(made(changed(small.read(tmp_path), 2, kind="pengaduan")))
    assert {line["id_usulan"]: line["anggaran"] for line in complained}[
        "U1"
    ] == "100000000"  # the other one's is higher


@pytest.mark.parametrize("text", ["=1+1", "+1 unit", "-jalan", "@SUM(A1)", "\t=1", " =1+1", "|calc", "%0A"])
def test_no_text_runs(text: str, tmp_path: Path) -> None:
    line = next(line for line in lines(made(changed(small.read(tmp_path), 1, text=text))) if line["id_usulan"] == "U2")
    assert line["gagasan"].startswith("'")
    assert line["gagasan"][1:] == text.strip()


def test_numbers_stay_numbers() -> None:
    assert [_safe(value) for value in ("-7.42", -7.42, "12", 12, "1.250")] == ["-7.42", -7.42, "12", 12, "1.250"]


def test_the_form_of_the_file(tmp_path: Path) -> None:
    data = made(changed(small.read(tmp_path), 1, text='Dua "baris",\nsatu; usulan')).data
    assert data.startswith(b"\xef\xbb\xbfid_usulan,id_reses,")
    assert data.count(b"\r\n") == data.count(b"\n") == 5
    assert b'"Dua ""baris"", satu; usulan"' in data


def test_a_recess_without_rows_is_a_header(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    result = made(replace(item, recess=replace(small.recess_of(item), proposals=())))
    assert (result.proposals, lines(result)) == (0, [])
    assert result.data.endswith(b",sumber\r\n")


@given(st.text(max_size=40))
def test_no_cell_begins_with_what_runs(text: str) -> None:
    safe = str(_safe(text))
    assert not safe.startswith(("=", "+", "@", "\t", "\r", "|", "%"))
    assert not safe.startswith("-") or float(safe) <= 0
    assert "\n" not in safe
