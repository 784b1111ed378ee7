"""``tertib impact``: which SOPs a regulation concerns."""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import SOP, Desk

LAW = "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah"
MD3 = "UU No. 27/2009 tentang MPR, DPR, DPD, dan DPRD;"


def put(desk: Desk, name: str, *basis: str) -> None:
    """An SOP with this legal basis, beside the one that cites UU 23/2014."""
    rows = "\n".join(f"  - {json.dumps(text)}" for text in basis)
    text = SOP.replace(f"  - {LAW}", rows).replace("Penerimaan Surat Masuk", f"Pengelolaan {name.title()}")
    assert rows in text
    desk.put(f"sop/{name}.yaml", text)


def test_a_citation_in_any_form_is_found_with_place_status_and_suggestion(desk: Desk) -> None:
    put(desk, "arsip", "Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan;", MD3)
    ran = desk.run("impact", "Undang-Undang Nomor 27 Tahun 2009")
    assert ran.code == 0
    flat = " ".join(ran.out.split())
    for part in (
        "UU 27/2009: Undang-Undang Nomor 27 Tahun 2009 tentang Majelis",
        "uji/sop/arsip Pengelolaan Arsip",
        "inputs/uji/sop/arsip.yaml:8:5",
        "butir 2: UU No. 27/2009",
        "hubungan: menyebut UU 27/2009",
        "status: dicabut UU 17/2014 sejak 5 Agustus 2014 (pada 2026-02-02)",
        "pengganti: UU 23/2014",
        "tulis: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah",
        "1 dari 2 SOP berkaitan dengan UU 27/2009.",
    ):
        assert part in flat


def test_what_is_written_right_gets_no_suggestion(desk: Desk) -> None:
    put(desk, "arsip", "Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan")
    suggested = json.loads(desk.run("impact", "UU 43/2009", "--format", "json").out)["uses"][0]["suggestion"]
    put(desk, "arsip", f"{suggested};")
    assert "tulis:" not in desk.run("impact", "UU 43/2009").out


def test_concise_is_one_line_for_each_citation(desk: Desk) -> None:
    put(desk, "arsip", f"{LAW}, dan {MD3}")
    first, second, last = desk.run("impact", "UU 23/2014", "--format", "concise").out.splitlines()
    assert first.startswith("inputs/uji/sop/arsip.yaml:7:5: uji/sop/arsip: menyebut UU 23/2014; dicabut sebagian")
    assert second.startswith("inputs/uji/sop/surat.yaml:7:5: uji/sop/surat: menyebut UU 23/2014")
    assert last == "2 dari 2 SOP berkaitan dengan UU 23/2014."


def test_json(desk: Desk) -> None:
    put(desk, "arsip", MD3)
    data = json.loads(desk.run("impact", "UU 27/2009", "--format", "json", "--lang", "en").out)
    assert data["schema_version"] == 1
    assert data["summary"] == {"documents": 2, "citing": 1}
    assert (data["regulation"]["state"], data["regulation"]["replacement"]) == ("dicabut", "UU 23/2014")
    (use,) = data["uses"]
    assert (use["document"], use["item"], use["relation"]) == ("uji/sop/arsip", 1, "langsung")
    assert use["place"]["line"] == 7
    assert use["status"] == "revoked by UU 17/2014 (5 August 2014)"
    assert use["suggestion"].endswith(";")


@pytest.mark.parametrize(
    ("asked", "cited", "relation", "words"),
    [
        ("UU 15/2019", "UU 12/2011 tentang X.", "diubah-oleh", "UU 12/2011, yang diubah dengan UU 15/2019"),
        ("UU 12/2011", "UU 15/2019 tentang X.", "mengubah", "UU 15/2019, yang mengubah UU 12/2011"),
        (
            "UU 13/2022",
            "UU 12/2011 tentang X sebagaimana telah beberapa kali diubah, terakhir dengan UU 13/2022.",
            "klausa-perubahan",
            "UU 12/2011, dengan UU 13/2022 dalam klausa perubahannya",
        ),
        (
            "Perda Kabupaten Contoh 5/2016",
            "Perda Kabupaten Contoh 2/2021 tentang Perubahan atas Perda Kabupaten Contoh Nomor 5 Tahun 2016.",
            "mengubah",
            "Perda 2/2021, yang mengubah Perda 5/2016",
        ),
        (
            "Perbup 2/2020",
            "Peraturan Bupati Contoh Nomor 2 Tahun 2020 tentang X.",
            "langsung",
            "menyebut Perbup 2/2020",
        ),
        (
            "Peraturan Menteri PAN dan RB Nomor 35 Tahun 2012",
            "Permenpan 35/2012 tentang X.",
            "langsung",
            "menyebut PermenPAN-RB 35/2012",
        ),
    ],
)
def test_amendments_and_other_names_are_followed(desk: Desk, asked: str, cited: str, relation: str, words: str) -> None:
    put(desk, "arsip", cited)
    (use,) = json.loads(desk.run("impact", asked, "--format", "json").out)["uses"]
    assert (use["relation"], use["document"]) == (relation, "uji/sop/arsip")
    assert words in use["relation_text"]


@pytest.mark.parametrize("asked", ["UU 9/2015x", "Perbup Lain 2/2020", "PP 23/2014", "UU 23/2004"])
def test_another_regulation_is_not_taken_for_it(desk: Desk, asked: str) -> None:
    put(desk, "arsip", "Peraturan Bupati Contoh Nomor 2 Tahun 2020 tentang X.")
    assert "dari 2 SOP berkaitan" not in desk.run("impact", asked).out


def test_nothing_found_is_said_and_no_error(desk: Desk) -> None:
    ran = desk.run("impact", "UU 43/2009")
    assert ran.code == 0
    assert "Tidak ada SOP yang menyebut UU 43/2009 (1 SOP dibaca)." in ran.out
    assert "No SOP cites UU 99/2020" in desk.run("impact", "UU 99/2020", "--lang", "en").out
    assert "UU 99/2020 tidak ada dalam daftar peraturan" in desk.run("impact", "UU 99/2020").out


def test_status_is_that_of_the_day_asked_for(desk: Desk) -> None:
    put(desk, "arsip", MD3)
    ran = desk.run("impact", "UU 27/2009", "--as-of", "2012-01-01")
    assert "masih berlaku pada tanggal itu, kemudian dicabut UU 17/2014" in " ".join(ran.out.split())


def test_paths_choose_what_is_searched(desk: Desk) -> None:
    put(desk, "arsip", MD3)
    assert "Tidak ada SOP" in desk.run("impact", "UU 27/2009", "inputs/uji/sop/surat.yaml").out
    assert "1 dari 1 SOP" in desk.run("impact", "UU 27/2009", "inputs/uji/sop/arsip.yaml").out


def test_the_offices_own_register_is_asked(desk: Desk) -> None:
    desk.put(
        "regulasi.csv",
        "jenis,nomor,tahun,tentang,status,dicabut_oleh\nPerbup,2,2020,Tata Kerja,dicabut,Perbup 5/2024\n"
        "Perbup,5,2024,Tata Kerja Baru,berlaku,\n",
    )
    put(desk, "tata-kerja", "Perbup 2/2020 tentang Tata Kerja;")
    ran = " ".join(desk.run("impact", "Perbup 2/2020").out.split())
    assert "dicabut Perbup 5/2024" in ran
    assert "tulis: Peraturan Bupati Contoh Nomor 5 Tahun 2024 tentang Tata Kerja Baru;" in ran


def test_what_cannot_be_read_is_named(desk: Desk) -> None:
    desk.put("sop/rusak.yaml", "judul: [")
    ran = desk.run("impact", "UU 23/2014")
    assert ran.code == 0
    assert "inputs/uji/sop/rusak.yaml" in ran.out


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (("UU", "17/2014"), 'tertib impact "UU 17/2014"'),
        (("UU 17",), '"UU 17/2014"'),
        (("Permendargi 80/2015",), 'Maksud Anda "Permendagri 80/2015"?'),
        (("UU tentang Kearsipan",), '"UU 43/2009"'),
        (("reses",), 'misalnya "UU 23/2014"'),
        (("",), 'misalnya "UU 23/2014"'),
    ],
)
def test_a_citation_that_cannot_be_understood(desk: Desk, asked: tuple[str, ...], hint: str) -> None:
    ran = desk.run("impact", *asked)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err
