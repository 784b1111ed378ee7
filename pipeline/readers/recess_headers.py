"""Columns that more than one table of a recess has, and the headers that offices use for them."""

from __future__ import annotations

from pipeline.model.message import Message, say
from pipeline.readers.tables import Column


def column(
    name: str, about: Message, *synonyms: str, required: bool = False, unless: str = "", example: str = ""
) -> Column:
    """A column with its ``synonyms`` as plain arguments."""
    return Column(name, about, required, synonyms, example, unless)


NUMBER = column(
    "no", say("nomor urut; menjadi pengenal bila kolom `id` tidak ada"), "nomor", "no urut", "nomor urut", example="1"
)
MEMBER_NAME = (
    "nama anggota dprd",
    "nama anggota dewan",
    "nama dewan",
    "anggota",
    "anggota dprd",
    "anggota dewan",
    "nama",
    "pengusul",
    "nama pengusul",
)
MEMBER_ID = column(
    "anggota_id",
    say("id di anggota.csv"),
    "id anggota",
    "kode anggota",
    required=True,
    unless="nama_anggota",
    example="A01",
)
NAMED_MEMBER = column(
    "nama_anggota", say("nama anggota, pengganti `anggota_id`"), *MEMBER_NAME, example="Nama Anggota 01"
)
SUBDISTRICT = column(
    "kecamatan", say("kecamatan"), "kec", "nama kecamatan", "distrik", required=True, example="Kecamatan Contoh"
)
VILLAGE = column(
    "desa",
    say("desa atau kelurahan"),
    "kelurahan",
    "desa/kelurahan",
    "kelurahan/desa",
    "kel/desa",
    "desa/kel",
    "nama desa",
    "nama desa/kelurahan",
    "nagari",
    "gampong",
    "kampung",
    required=True,
    example="Desa Contoh",
)
DAY = (
    "tgl",
    "hari/tanggal",
    "hari/tgl",
    "tanggal pelaksanaan",
    "tgl pelaksanaan",
    "tanggal kegiatan",
    "tanggal reses",
    "tgl reses",
    "tanggal pertemuan",
)
TIME = ("pukul", "waktu", "jam mulai", "jam pelaksanaan", "jam/pukul")
VENUE = (
    "tempat kegiatan",
    "tempat pertemuan",
    "tempat pelaksanaan",
    "tempat reses",
    "lokasi reses",
    "lokasi pertemuan",
    "tempat/lokasi",
)
PARTICIPANTS = ("jumlah peserta", "jml peserta", "jumlah hadir", "peserta hadir", "jumlah yang hadir")
FRACTION = column(
    "fraksi",
    say("fraksi, dicocokkan dengan anggota.csv"),
    "nama fraksi",
    "fraksi dewan",
    example="Fraksi Contoh",
)
DISTRICT = column(
    "dapil", say("dapil, dicocokkan dengan anggota.csv"), "daerah pemilihan", "nama dapil", example="Dapil 1"
)
SITTING = column(
    "masa_persidangan",
    say("masa persidangan, dicocokkan dengan reses.yaml"),
    "masa sidang",
    "masa reses",
    "masa",
    example="I",
)
SITTING_YEAR = column(
    "tahun_sidang", say("tahun sidang, dicocokkan dengan reses.yaml"), "tahun reses", example="2025/2026"
)
