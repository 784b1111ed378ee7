"""The three tables of a recess: the columns of each, what they mean, and other headers that offices use for them."""

from __future__ import annotations

from pipeline.model.message import say
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS
from pipeline.readers.proposal_columns import PROPOSAL_TABLE
from pipeline.readers.recess_headers import (
    DAY,
    DISTRICT,
    FRACTION,
    MEMBER_ID,
    MEMBER_NAME,
    NAMED_MEMBER,
    NUMBER,
    PARTICIPANTS,
    SITTING,
    SITTING_YEAR,
    SUBDISTRICT,
    TIME,
    VENUE,
    VILLAGE,
    column,
)
from pipeline.readers.tables import TableSpec

MEMBER_TABLE = TableSpec(
    MEMBERS,
    (
        column(
            "id",
            say("pengenal anggota"),
            "id anggota",
            "anggota_id",
            "kode anggota",
            required=True,
            unless="no",
            example="A01",
        ),
        NUMBER,
        column(
            "nama",
            say("nama anggota"),
            "nama anggota",
            *(name for name in MEMBER_NAME if name != "nama"),
            "nama lengkap",
            required=True,
            example="Nama Anggota 01",
        ),
        column("fraksi", say("fraksi"), "nama fraksi", "fraksi dewan", required=True, example="Fraksi Contoh"),
        column(
            "komisi",
            say("komisi; kosong untuk pimpinan DPRD"),
            "akd",
            "nama komisi",
            example="Komisi I",
        ),
        column(
            "dapil",
            say("daerah pemilihan"),
            "daerah pemilihan",
            "nama dapil",
            required=True,
            example="Dapil 1",
        ),
        column("jabatan", say("jabatan di DPRD"), example="Anggota"),
    ),
    shared=frozenset({"fraksi", "komisi", "dapil"}),
)
MEETING_TABLE = TableSpec(
    MEETINGS,
    (
        column(
            "id",
            say("pengenal pertemuan"),
            "id pertemuan",
            "pertemuan_id",
            "kode pertemuan",
            required=True,
            unless="no",
            example="P001",
        ),
        NUMBER,
        MEMBER_ID,
        NAMED_MEMBER,
        column(
            "tanggal",
            say("tanggal (2026-02-03)"),
            *DAY,
            required=True,
            example="2026-02-03",
        ),
        column("jam", say("jam mulai (09.00)"), *TIME, required=True, example="09.00"),
        SUBDISTRICT,
        VILLAGE,
        column(
            "tempat",
            say("tempat pertemuan"),
            "lokasi",
            "lokasi kegiatan",
            *VENUE,
            required=True,
            example="Balai Desa Contoh",
        ),
        column("peserta", say("jumlah peserta"), *PARTICIPANTS, example="100"),
        column(
            "foto",
            say("jumlah foto atau nama berkasnya"),
            "dokumentasi",
            "jumlah foto",
            "foto kegiatan",
            "foto/dokumentasi",
            "file foto",
            example="balai-desa-1.jpg; balai-desa-2.jpg",
        ),
        column(
            "daftar_hadir",
            say("`ada` atau nama berkasnya"),
            "absensi",
            "absen",
            "presensi",
            "daftar hadir peserta",
            example="ada",
        ),
        column(
            "unsur",
            say("unsur masyarakat yang hadir"),
            "unsur peserta",
            "unsur masyarakat",
            "unsur yang hadir",
            example="Ketua RT, kelompok tani, dan kader posyandu",
        ),
        column(
            "pendamping",
            say("pendamping dari sekretariat"),
            "nama pendamping",
            "staf pendamping",
            "petugas pendamping",
            example="Staf Subbagian Humas",
        ),
        column(
            "acara",
            say("susunan acara, dipisah `;`"),
            "susunan acara",
            "agenda",
            "rangkaian acara",
            example="Pembukaan; Penyampaian aspirasi; Tanggapan; Penutup",
        ),
        FRACTION,
        DISTRICT,
        SITTING,
        SITTING_YEAR,
    ),
    shared=frozenset({"anggota_id", "nama_anggota", "fraksi", "dapil", "tanggal", "kecamatan", "desa"}),
)
RECESS_TABLES = (MEMBER_TABLE, MEETING_TABLE, PROPOSAL_TABLE)

OF_FORMAT = {
    MEMBERS: frozenset({"id", "nama", "fraksi", "komisi", "dapil", "jabatan"}),
    MEETINGS: frozenset(
        {"id", "anggota_id", "tanggal", "jam", "kecamatan", "desa", "tempat", "peserta", "foto", "daftar_hadir"}
    ),
    PROPOSALS: frozenset(
        {"id", "pertemuan_id", "anggota_id", "uraian", "bidang", "opd", "kecamatan", "desa", "lokasi", "volume"}
        | {"satuan", "anggaran", "prioritas", "status", "keterangan"}
    ),
}
"""The columns that every such table has; what a table lacks of them is told, of others nothing is."""
NOT_PRINTED = frozenset({(PROPOSALS, "keterangan")})
