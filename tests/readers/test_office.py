"""Office folders."""

from __future__ import annotations

import datetime as dt
import struct
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.model.finding import Severity, Stage
from pipeline.model.office import ActorKind, RegionKind, SeverityChange, Sex, WorkHours
from pipeline.readers.office import read_office
from tests.readers.sample import KANTOR, Write, short

FULL = r"""pemerintah: Pemerintah Kota Contoh
unit: Sekretariat DPRD
jenis_daerah: kota
alamat: Jalan Contoh Nomor 1
telepon: "(000) 000000"
surel: setwan@contoh.example
laman: https://contoh.example
logo: logo.png
tempat: Contoh
pola_nomor: '(?P<klasifikasi>[\d.]+)/(?P<urut>\d+)/(?P<tahun>\d{4})'
jam_kerja: {jam_per_hari: 7,25, hari_per_minggu: 6}
kertas: a4
penanda: CONTOH
aturan:
  pilih: [HKM, TGL-01]
  abaikan: BHS
  tingkat:
    DUR-03: info
    HKM-01: {draf: warning, final: error}
  masa_tinjau: 36
pengesah_sop: [Sekretaris DPRD, Kepala Bagian Umum]
"""
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 400, 500)
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H2x", 4) + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 500, 400) + bytes(10)


def test_every_key(write: Write, tmp_path: Path) -> None:
    write("kota/kantor.yaml", FULL.replace("7,25", "'7,25'"))
    write("kota/logo.png", PNG)
    found = read_office(tmp_path / "kota", tmp_path)
    office = found.office
    assert found.findings == ()
    assert (office.id, office.region, office.region_kind) == ("kota", "Kota Contoh", RegionKind.CITY)
    assert (office.address, office.phone, office.email) == (
        "Jalan Contoh Nomor 1",
        "(000) 000000",
        "setwan@contoh.example",
    )
    assert (office.logo, office.logo_pixels) == (tmp_path / "kota/logo.png", (400, 500))
    assert (office.policy.review_months, office.signing_positions) == (36, ("Sekretaris DPRD", "Kepala Bagian Umum"))
    assert office.hours == WorkHours(Fraction(29, 4), 6)
    assert (office.paper, office.mark, office.city) == ("A4", "CONTOH", "Contoh")
    assert office.policy.select == ("HKM", "TGL-01")
    assert office.policy.ignore == ("BHS",)
    assert office.policy.severities == (
        SeverityChange("DUR-03", Severity.INFO),
        SeverityChange("HKM-01", Severity.WARNING, Stage.DRAFT),
        SeverityChange("HKM-01", Severity.ERROR, Stage.FINAL),
    )
    place = found.places["kantor", "aturan", "tingkat", "HKM-01", "final"]
    assert (place.file, place.line, place.column) == ("kota/kantor.yaml", 19, 36)


KANTOR_FAULTS = [
    ("unknown key", "pemerintah: x\nalmat: y\n", [("MSK-08", 2, 1)], "Maksud Anda `alamat`?"),
    ("region kind", "jenis_daerah: kabupatn\n", [("MSK-10", 1, 15)], "Maksud Anda `kabupaten`?"),
    ("paper", "kertas: A3\n", [("MSK-10", 1, 9)], "`F4`, `A4`, `Legal`"),
    ("list for a text", "unit: [a, b]\n", [("MSK-09", 1, 7)], "unit"),
    ("broken pattern", "pola_nomor: '(?P<urut'\n", [("MSK-28", 1, 13)], "Contoh"),
    ("unknown group", "pola_nomor: '(?P<nomor>x)'\n", [("MSK-28", 1, 13)], "Contoh"),
    ("hours", "jam_kerja: {jam_per_hari: tujuh}\n", [("MSK-27", 1, 27)], "7,5"),
    ("hours of a day", "jam_kerja: {jam_per_hari: 25}\n", [("MSK-10", 1, 27)], "1-24"),
    ("days", "jam_kerja: {hari_per_minggu: 8}\n", [("MSK-27", 1, 30)], "angka"),
    ("severity", "aturan: {tingkat: {HKM-01: fatal}}\n", [("MSK-10", 1, 28)], "`error`"),
    ("stage", "aturan: {tingkat: {HKM-01: {akhir: error}}}\n", [("MSK-10", 1, 29)], "`final`"),
    ("levels as text", "aturan: {tingkat: error}\n", [("MSK-09", 1, 19)], "tingkat"),
    ("a list", "- a\n", [("MSK-09", 1, 1)], "tertib new kantor"),
]


def with_names(text: str) -> str:
    """``text`` with the names that every office has to give, unless it gives them or is no mapping."""
    names = {"pemerintah": "x", "unit": "y"}
    return text + "".join(f"{key}: {name}\n" for key, name in names.items() if key not in text and text[0] != "-")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kertas: A4\n", "`pemerintah`, `unit`"),
        ("pemerintah: x\nunit:\n", "`unit`"),
        ("pemerintah: ''\nunit: y\n", "`pe"),
    ],
)
def test_an_office_needs_its_names(write: Write, tmp_path: Path, text: str, names: str) -> None:
    write("k/kantor.yaml", text)
    (found,) = read_office(tmp_path / "k", tmp_path).findings
    assert (found.code, found.place.file) == ("MSK-24", "k/kantor.yaml")
    assert names in found.message.id


@pytest.mark.parametrize(("text", "found", "help_"), [c[1:] for c in KANTOR_FAULTS], ids=[c[0] for c in KANTOR_FAULTS])
def test_kantor_faults(write: Write, tmp_path: Path, text: str, found: list[object], help_: str) -> None:
    write("k/kantor.yaml", with_names(text))
    findings = read_office(tmp_path / "k", tmp_path).findings
    assert short(findings) == found
    assert help_ in findings[0].help.id


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?P<urut>x", "kurung `(` tidak ditutup dengan `)` (tanda ke-1)"),
        ("x)", "kurung `)` tanpa `(`"),
        ("[x", "kurung siku `[` tidak ditutup"),
        ("*x", "tidak ada yang diulang"),
        ("(?P<1>x)", "nama kelompok salah tulis"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said_in_indonesian(
    write: Write, tmp_path: Path, pattern: str, words: str
) -> None:
    write("k/kantor.yaml", with_names(f"pola_nomor: '{pattern}'\n"))
    (found,) = read_office(tmp_path / "k", tmp_path).findings
    assert words in found.message.id


def test_missing_kantor_is_a_finding_and_the_rest_is_read(write: Write, tmp_path: Path) -> None:
    write("k/jabatan.csv", "nama\nAnggota DPRD\n")
    found = read_office(tmp_path / "k", tmp_path)
    assert [(f.code, f.place.file) for f in found.findings] == [("MSK-01", "k/kantor.yaml")]
    assert [position.name for position in found.office.positions] == ["Anggota DPRD"]


@pytest.mark.parametrize(
    ("government", "kind"),
    [
        ("Pemerintah Kota Contoh", RegionKind.CITY),
        ("Pemerintah Provinsi Contoh", RegionKind.PROVINCE),
        ("Pemerintah Kabupaten Kotabaru", RegionKind.REGENCY),
        ("", RegionKind.REGENCY),
    ],
)
def test_kind_of_region_when_not_stated(write: Write, tmp_path: Path, government: str, kind: RegionKind) -> None:
    write("k/kantor.yaml", f"pemerintah: {government}\nunit: x\n")
    assert read_office(tmp_path / "k", tmp_path).office.region_kind is kind


OFFICIALS = """id,nama,jabatan,sebagai,jenis_kelamin,tgl. lahir
satu,Pejabat,Sekretaris Daerah,pj,L,1975-01-01
dua,Pejabat,Sekretaris DPRD,,perempuan,
tiga,Pejabat,Arsiparis,,laki,1 Januari 1975
"""


def test_sex_and_birth_date_of_an_official(write: Write, tmp_path: Path) -> None:
    write("k/kantor.yaml", KANTOR)
    write("k/pejabat.csv", OFFICIALS)
    found = read_office(tmp_path / "k", tmp_path)
    assert [(o.capacity, o.sex, o.born) for o in found.office.officials] == [
        ("Pj.", Sex.MAN, dt.date(1975, 1, 1)),
        ("", Sex.WOMAN, None),
        ("", None, None),
    ]
    assert short(found.findings) == [("MSK-10", 4, 25), ("TGL-01", 4, 30)]


REGISTERS = {
    "jabatan.csv": "nama;singkatan;alias;unit;jenis\nSekretaris DPRD;Sekwan;Set. Dewan; Setwan;x;Internal\n",
    "regulasi.csv": "jenis,nomor,tahun,tentang\nPerbup Contoh,2,2025,Organisasi\nPerbup Contoh,3,25,Lain\n",
    "hari-libur.csv": "tanggal,keterangan,jenis\n2026-06-29,Hari Jadi,\n29 Juni 2026,Salah,\n"
    "2026-08-17,Upacara,Kerja\n2026-12-31,Cuti akhir tahun,cuti\n2026-07-01,x,setengah\n",
    "pejabat.csv": "id,nama,jabatan,sebagai\nsatu,Pejabat,Sekretaris,plt\nSATU,B,x,\ntiga,,x,\nempat,E,x,pgs\n",
}


def test_registers(write: Write, tmp_path: Path) -> None:
    write("k/kantor.yaml", KANTOR)
    for name, text in REGISTERS.items():
        write(f"k/{name}", text.replace("Set. Dewan; Setwan", '"Set. Dewan; Setwan"'))
    found = read_office(tmp_path / "k", tmp_path)
    office = found.office
    (position,) = office.positions
    assert (position.abbreviation, position.aliases, position.kind) == (
        "Sekwan",
        ("Set. Dewan", "Setwan"),
        ActorKind.INTERNAL,
    )
    assert [(o.id, o.capacity) for o in office.officials] == [("satu", "Plt."), ("empat", "")]
    assert [r.year for r in office.regulations] == [2025, None]
    assert office.days_off == {dt.date(2026, 6, 29): "Hari Jadi", dt.date(2026, 12, 31): "Cuti akhir tahun"}
    assert office.worked_days == {dt.date(2026, 8, 17): "Upacara"}
    assert [(f.code, f.place.file, f.place.line, f.place.column) for f in found.findings] == [
        ("MSK-26", "k/pejabat.csv", 3, 1),
        ("MSK-24", "k/pejabat.csv", 4, 6),
        ("MSK-10", "k/pejabat.csv", 5, 11),
        ("MSK-27", "k/regulasi.csv", 3, 17),
        ("TGL-01", "k/hari-libur.csv", 3, 1),
        ("MSK-10", "k/hari-libur.csv", 6, 14),
    ]
    assert found.places["pejabat", 1, "nama"].line == 5
    assert found.places["hari-libur", 0, "tanggal"].cell == "A2"
    assert [path.name for path in found.sources] == [
        "kantor.yaml",
        "jabatan.csv",
        "pejabat.csv",
        "regulasi.csv",
        "hari-libur.csv",
    ]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("tidak-ada.png", None, "tidak ditemukan"),
        ("logo.png", b"", "bukan gambar"),
        ("logo.png", PNG[:8], "bukan gambar"),
        ("logo.jpg", JPEG[:8], "bukan gambar"),
        ("logo.svg", b"<svg/>", "bukan gambar"),
        (".", None, "tidak dapat dibuka"),
    ],
)
def test_a_logo_that_cannot_be_used(write: Write, tmp_path: Path, name: str, data: bytes | None, word: str) -> None:
    write("kota/kantor.yaml", f"{KANTOR}logo: {name}\n")
    if data is not None:
        write(f"kota/{name}", data)
    found = read_office(tmp_path / "kota", tmp_path)
    assert short(found.findings) == [("MSK-31", 4, 7)]
    assert word in found.findings[0].message.id
    assert found.findings[0].severity is Severity.ERROR
    assert found.office.logo is None


@pytest.mark.parametrize("data", [PNG, JPEG], ids=["PNG", "JPEG"])
def test_a_logo_that_can(write: Write, tmp_path: Path, data: bytes) -> None:
    write("kota/kantor.yaml", f"{KANTOR}logo: gambar\n")
    logo = write("kota/gambar", data)
    found = read_office(tmp_path / "kota", tmp_path)
    assert (found.findings, found.office.logo, found.office.logo_pixels) == ((), logo, (400, 500))


def test_own_regulations_may_say_where_and_when_they_were_promulgated(write: Write, tmp_path: Path) -> None:
    write("k/kantor.yaml", KANTOR)
    header = "jenis,nomor,tahun,tentang,lembaran,tambahan,tanggal"
    write("k/regulasi.csv", f"{header}\nPerda Contoh,2,2020,A,3,14,2020-02-29\nPerda Contoh,3,2020,B,,,2020-02-30\n")
    found = read_office(tmp_path / "k", tmp_path)
    first, second = found.office.regulations
    assert (first.gazette, first.supplement, first.promulgated) == ("3", "14", dt.date(2020, 2, 29))
    assert second.promulgated is None
    assert [(f.code, f.place.file, f.place.line) for f in found.findings if "regulasi" in f.place.file] == [
        ("TGL-01", "k/regulasi.csv", 3)
    ]


@pytest.mark.parametrize(
    ("word", "severity"),
    [("Kesalahan", Severity.ERROR), ("peringatan", Severity.WARNING), ("catatan", Severity.INFO), ("mati", None)],
)
def test_severities_may_be_said_as_reports_print_them(tmp_path: Path, word: str, severity: Severity | None) -> None:
    office = tmp_path / "uji"
    office.mkdir()
    text = f"pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\naturan: {{tingkat: {{HKM-01: {word}}}}}\n"
    (office / "kantor.yaml").write_text(text, encoding="utf-8")
    read = read_office(office, tmp_path)
    assert read.findings == ()
    assert [change.severity for change in read.office.policy.severities] == [severity]
