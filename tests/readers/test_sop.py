"""SOP files: values and places."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable

import pytest

from pipeline.model.duration import TimeKind
from pipeline.model.finding import Stage
from pipeline.model.inputs import SopInput
from pipeline.model.office import Official, Sex
from pipeline.model.sop import END, Acceptance, Branch, Revision, SopType, Step, StepKind
from tests.readers.sample import short

Read = Callable[..., SopInput]

FULL = """nomor: 800/006.4/2023
judul: Pelaksanaan Reses
tujuan: Uji
status: Tinjau
tanggal: {pembuatan: 2023-01-02, revisi: null, efektif: 2023-01-03}
pengesah: setwan
dasar_hukum:
  - Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
  -
  - "Peraturan: dua"
kualifikasi_pelaksana: [Memahami tugas]
keterkaitan: SOP Lain
peralatan: [Komputer, Printer]
peringatan: Jika tidak
pencatatan: Buku
pelaksana: [Anggota DPRD, Pimpinan DPRD, Kab. Penganggaran dan Pengawasan]
langkah: uji.langkah.csv
riwayat:
  - {revisi: 0, tanggal: 2023-01-02, uraian: Penetapan pertama}
kecuali:
  - {aturan: hkm-01, alasan: menunggu, oleh: Kabag, sampai: 2027-06-30}
"""
STEPS = """no;kegiatan;pelaksana;kelengkapan;waktu;output;keterangan;jenis;ya;tidak;cabang;lanjut;dalam
1;Mengajukan;Dewan;Agenda, Kalender;3 hari;Usulan;;;;;;;
2.;Menyetujui;"Pimpinan Dewan; anggota dprd";"A; B";1 hari kerja;C;x;;3;1;"A=5; B: selesai";;
3;Melaksanakan;ANGGOTA  DPRD;;6 hari;D;;;;;;4,5;
4;Mencatat;Kabag. Penganggaran dan Pengawasan;;2 hari;E;;;;;;selesai;3
5;Selesai;Pimpinan DPRD;;-;F;;;;;;;
"""


def test_everything(read: Read) -> None:
    found = read(FULL, STEPS)
    sop = found.sop
    assert found.findings == ()
    assert sop is not None
    assert (found.id, sop.id, sop.stage) == ("contoh/sop/uji", "contoh/sop/uji", Stage.REVIEW)
    assert (sop.number, sop.title, sop.purpose) == ("800/006.4/2023", "Pelaksanaan Reses", "Uji")
    assert (sop.created, sop.revised, sop.effective) == (dt.date(2023, 1, 2), None, dt.date(2023, 1, 3))
    assert sop.signer is not None
    assert sop.signer.id == "setwan"
    assert sop.legal_basis[1] == "Peraturan: dua"
    assert (sop.related, sop.warnings, sop.records) == (("SOP Lain",), ("Jika tidak",), ("Buku",))
    assert sop.history == (Revision(0, dt.date(2023, 1, 2), "Penetapan pertama"),)
    assert sop.accepted == (Acceptance("HKM-01", "menunggu", "Kabag", dt.date(2027, 6, 30)),)
    assert "keterangan" in sop.columns
    assert [path.name for path in found.sources] == ["uji.yaml", "uji.langkah.csv"]


def test_steps(read: Read) -> None:
    sop = read(FULL, STEPS).sop
    assert sop is not None
    steps = sop.steps
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    assert [step.kind for step in steps] == [
        StepKind.START,
        StepKind.DECISION,
        StepKind.PROCESS,
        StepKind.PROCESS,
        StepKind.END,
    ]
    assert [step.columns for step in steps] == [(0,), (1, 0), (0,), (2,), (1,)]
    assert steps[1].branches == (Branch("Ya", 3), Branch("Tidak", 1), Branch("A", 5), Branch("B", END))
    assert (steps[2].next, steps[3].next, steps[3].within) == ((4, 5), (END,), 3)
    assert (steps[0].inputs, steps[1].inputs) == (("Agenda, Kalender",), ("A", "B"))
    assert [step.time.kind for step in steps if step.time] == [TimeKind.MEASURED] * 4 + [TimeKind.UNMEASURABLE]


def test_places(read: Read) -> None:
    places = read(FULL, STEPS).places
    yaml, table = "inputs/contoh/sop/uji.yaml", "inputs/contoh/sop/uji.langkah.csv"
    spots = {path: (p.file, p.line, p.column, p.cell) for path, p in places.items()}
    assert spots[()] == (yaml, None, None, None)
    assert spots["judul",] == (yaml, 2, 8, None)
    assert spots["tanggal", "efektif"] == (yaml, 5, 57, None)
    assert spots["tanggal", "revisi"] == (yaml, 5, 34, None)
    assert spots["dasar_hukum", 0] == (yaml, 8, 5, None)
    assert spots["dasar_hukum", 1] == (yaml, 10, 5, None)
    assert spots["keterkaitan", 0] == (yaml, 12, 14, None)
    assert spots["pelaksana", 1] == (yaml, 16, 27, None)
    assert spots["kecuali", 0, "sampai"] == (yaml, 21, 61, None)
    assert spots["pengesah", "nip"] == ("inputs/contoh/pejabat.csv", 2, 28, "C2")
    assert spots["langkah",] == (table, 1, 1, "A1")
    assert spots["langkah", 1] == (table, 3, 1, "A3")
    assert spots["langkah", 1, "waktu"] == (table, 3, 53, "E3")
    assert spots["langkah", 3, "dalam"] == (table, 5, 70, "M5")


def test_inline_steps(read: Read) -> None:
    found = read(
        """pelaksana: [Anggota DPRD, Pimpinan DPRD]
langkah:
  - {no: 1, uraian kegiatan: Mengajukan, pelaksana: Dewan, waktu: 3 hari}
  - no: 2
    kegiatan: Menyetujui
    pelaksana: [Pimpinan DPRD, Dewan]
    kelengkapan: ["A; B", C]
    cabang: {A: 1, B: selesai}
    lanjut: []
"""
    )
    assert found.findings == ()
    assert found.sop is not None
    first, second = found.sop.steps
    assert (first.activity, first.columns) == ("Mengajukan", (0,))
    assert second.inputs == ("A; B", "C")
    assert second.branches == (Branch("A", 1), Branch("B", END))
    assert found.sop.columns == {"no", "kegiatan", "pelaksana", "waktu", "kelengkapan", "cabang", "lanjut"}
    assert (found.places["langkah", 1, "kegiatan"].line, found.places["langkah", 1, "kegiatan"].column) == (5, 15)


@pytest.mark.parametrize("header", ["rujukan", "Rujukan SOP", "Lihat SOP", "SOP Terkait", "Referensi"])
def test_a_step_refers_to_another_sop(read: Read, header: str) -> None:
    found = read("pelaksana: [Dewan]\n", f"no;kegiatan;pelaksana;{header}\n1;a;Dewan;SOP Renstra\n2;b;Dewan;\n")
    assert found.findings == ()
    assert found.sop is not None
    assert [step.reference for step in found.sop.steps] == ["SOP Renstra", ""]
    assert found.places["langkah", 0, "rujukan"].cell == "D2"
    assert "rujukan" in found.sop.columns


def test_a_step_of_an_inline_list_refers_to_other_sops(read: Read) -> None:
    found = read("pelaksana: [Dewan]\nlangkah:\n  - {no: 1, kegiatan: a, pelaksana: Dewan, rujukan: [SOP A, B]}\n")
    assert found.findings == ()
    assert found.sop is not None
    assert found.sop.steps[0].references == ("SOP A", "B")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("", ()),
        ("-", ()),
        ("SOP A", ("SOP A",)),
        ("Lihat SOP A; lihat: B ;", ("SOP A", "B")),
        ("SOP Lihat-Lihat", ("SOP Lihat-Lihat",)),
    ],
)
def test_names_of_a_reference(written: str, names: tuple[str, ...]) -> None:
    assert Step(1, "a", reference=written).references == names


@pytest.mark.parametrize(
    ("written", "columns", "handover"),
    [
        ("Dewan > Pimpinan DPRD", (0, 1), True),
        ("Pimpinan Dewan->anggota dprd", (1, 0), True),
        ("Dewan → Pimpinan DPRD → Dewan", (0, 1, 0), True),
        ("Dewan >", (0,), False),
        ("Dewan", (0,), False),
        ('"Dewan; Pimpinan DPRD"', (0, 1), False),
    ],
)
def test_actors_hand_over(read: Read, written: str, columns: tuple[int, ...], handover: bool) -> None:
    item = read("pelaksana: [Anggota DPRD, Pimpinan DPRD]\n", f"no,kegiatan,pelaksana\n1,a,{written}\n")
    assert item.findings == ()
    assert item.sop is not None
    assert (item.sop.steps[0].columns, item.sop.steps[0].handover) == (columns, handover)


def test_actors_together_and_handing_over_at_once(read: Read) -> None:
    item = read("pelaksana: [Dewan, Pimpinan DPRD]\n", 'no;kegiatan;pelaksana\n1;a;"Dewan; Pimpinan DPRD > Dewan"\n')
    assert short(item.findings) == [("MSK-21", 2, 5)]
    assert item.sop is not None
    assert (item.sop.steps[0].columns, item.sop.steps[0].handover) == ((0, 1, 0), False)


def test_signer_as_mapping(read: Read) -> None:
    found = read("pengesah: {nama: Pejabat Contoh, jabatan: Sekretaris DPRD, nip: 0123, sebagai: plt}\n")
    assert found.sop is not None
    assert found.sop.signer == Official("Pejabat Contoh", "Sekretaris DPRD", nip="0123", capacity="Plt.")
    assert found.places["pengesah", "nip"].column == 65
    assert found.findings == ()


def test_sex_and_birth_date_of_a_signer(read: Read) -> None:
    text = "pengesah: {nama: A, jabatan: B, jenis_kelamin: Perempuan, tanggal_lahir: 1 Januari 1975}\n"
    found = read(text)
    assert found.findings == ()
    assert found.sop is not None
    assert found.sop.signer == Official("A", "B", sex=Sex.WOMAN, born=dt.date(1975, 1, 1))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2 Januari 2023", dt.date(2023, 1, 2)),
        ("02 Pebruari 2023", dt.date(2023, 2, 2)),
        ("Senin, 2 January 2023", dt.date(2023, 1, 2)),
    ],
)
def test_dates_in_words(read: Read, written: str, day: dt.date) -> None:
    found = read(f'tanggal: {{efektif: "{written}"}}\nriwayat: [{{tanggal: {day}}}]\n')
    assert found.findings == ()
    assert found.sop is not None
    assert (found.sop.effective, found.sop.written) == (day, ((("tanggal", "efektif"), written),))


def test_other_names_of_keys_and_columns(read: Read) -> None:
    text = "Nama SOP: A\nkualifikasi_pelaksanaan: [B]\ntanggal: {pengesahan: 2023-01-02}\nlangkah: uji.langkah.csv\n"
    found = read(text, "no,Aktifitas,pelaksana\n1,Mencatat,Dewan\n")
    sop = found.sop
    assert sop is not None
    assert (sop.title, sop.qualifications, sop.effective) == ("A", ("B",), dt.date(2023, 1, 2))
    assert dict(sop.labels) == {
        ("judul",): "Nama SOP",
        ("kualifikasi_pelaksana",): "kualifikasi_pelaksanaan",
        ("tanggal", "efektif"): "pengesahan",
        ("langkah", "kegiatan"): "Aktifitas",
    }
    place = found.places["label", "kualifikasi_pelaksana"]
    assert (place.line, place.column, place.end_column) == (2, 1, 24)
    assert found.places["label", "langkah", "kegiatan"].cell == "B1"
    assert found.places["kualifikasi_pelaksana", 0].column == 27


def test_type_of_an_sop(read: Read) -> None:
    found = read("jenis: {sifat: Teknis, cakupan: mikro, kelengkapan: final}\n")
    assert found.findings == ()
    assert found.sop is not None
    assert found.sop.type == SopType("teknis", "mikro", "final")
    assert found.sop.type.declared
    assert not SopType("teknis").declared


def test_absent_keys_are_not_our_business(read: Read) -> None:
    found = read("judul: x\n")
    assert found.findings == ()
    assert found.sop is not None
    assert (found.sop.stage, found.sop.steps, found.sop.columns) == (Stage.DRAFT, (), frozenset())


def test_steps_beside_are_found_without_being_named(read: Read) -> None:
    found = read("pelaksana: [Dewan]\n", "no,kegiatan,pelaksana\n1,a,Dewan\n")
    assert found.sop is not None
    assert len(found.sop.steps) == 1


def test_start_up_is_light() -> None:
    code = (
        "import sys; import pipeline.readers.sop, pipeline.readers.office, pipeline.readers.workspace;"
        "heavy = {'pandas', 'openpyxl', 'rapidfuzz', 'lxml', 'docx', 'difflib', 'jinja2'} & set(sys.modules);"
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
