"""Keys of ``reses.yaml``."""

from __future__ import annotations

from pipeline.model.finding import Stage
from pipeline.model.message import Message, say
from pipeline.readers.fields import Field, Shape
from pipeline.readers.registers import CAPACITIES


def _field(key: str, shape: Shape, about: Message, choices: tuple[str, ...] = (), example: str = "") -> Field:
    return Field(key, shape, about, choices, example=example)


YES_NO = ("ya", "tidak")
SIGNER_FIELDS = (
    _field("nama", Shape.TEXT, say("Nama dengan gelar"), example="Nama Pejabat, S.H., M.Si."),
    _field("jabatan", Shape.TEXT, say("Jabatan"), example="Sekretaris DPRD"),
    _field("nip", Shape.TEXT, say("NIP"), example="19800101 200501 1 001"),
    _field("pangkat", Shape.TEXT, say("Pangkat"), example="Pembina"),
    _field("golongan", Shape.TEXT, say("Golongan ruang"), example="IV/a"),
    Field(
        "sebagai",
        Shape.CHOICE,
        say("Kosong, Plt., Plh., Pj., a.n., atau u.b."),
        choices=CAPACITIES,
    ),
)
PLANNING_FIELDS = (
    _field("tahun_anggaran", Shape.INTEGER, say("Tahun anggaran yang dituju usulan"), example="2027"),
    _field("batas", Shape.DATE, say("Hari terakhir memasukkan pokir menurut daerah"), example="2026-02-28"),
    _field("tanggal_masuk", Shape.DATE, say("Hari usulan dimasukkan ke SIPD"), example="2026-02-25"),
)
RECESS_FIELDS: tuple[Field, ...] = (
    _field(
        "tahun",
        Shape.TEXT,
        say("Tahun, atau tahun sidang (2025/2026)"),
        example="2026",
    ),
    _field("masa", Shape.INTEGER, say("Masa persidangan, 1 sampai 3"), example="1"),
    _field("mulai", Shape.DATE, say("Hari pertama reses"), example="2026-02-02"),
    _field("selesai", Shape.DATE, say("Hari terakhir reses"), example="2026-02-07"),
    _field(
        "tanggal_laporan",
        Shape.DATE,
        say("Tanggal di atas tanda tangan"),
        example="2026-02-16",
    ),
    _field(
        "hitungan_hari",
        Shape.CHOICE,
        say("Cara menghitung lama reses; kosong: keduanya diperiksa"),
        ("kalender", "kerja"),
    ),
    _field(
        "status",
        Shape.CHOICE,
        say("Tahap dokumen"),
        tuple(stage.value for stage in Stage),
    ),
    _field(
        "dasar",
        Shape.TEXTS,
        say("Dasar hukum"),
        example="Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    ),
    Field(
        "penandatangan",
        Shape.REFERENCE,
        say("id di pejabat.csv, atau pejabatnya sendiri"),
        fields=SIGNER_FIELDS,
        example="setwan",
    ),
    _field("pengumuman", Shape.DATE, say("Tanggal agenda reses anggota diumumkan"), example="2026-01-28"),
    _field(
        "persidangan_terakhir",
        Shape.CHOICE,
        say("ya bila ini masa persidangan terakhir dalam masa jabatan DPRD"),
        YES_NO,
    ),
    _field("rapat_paripurna", Shape.TEXTS, say("Tanggal rapat paripurna di sekitar masa reses"), example="2026-02-20"),
    Field(
        "pokir",
        Shape.MAPPING,
        say("Diisi bila usulan diteruskan ke SIPD sebagai pokok-pokok pikiran"),
        fields=PLANNING_FIELDS,
    ),
    _field(
        "gabung",
        Shape.GROUPS,
        say("Kelompok id aspirasi yang merupakan satu kebutuhan"),
        example="U0001; U0007",
    ),
    _field(
        "pisah",
        Shape.GROUPS,
        say("Kelompok id aspirasi yang mirip tetapi bukan satu kebutuhan"),
        example="U0012; U0013",
    ),
    _field(
        "pembanding",
        Shape.TEXT,
        say("Folder reses yang dibandingkan, atau tidak; kosong: reses sebelum ini"),
        example="2025-masa-3",
    ),
    _field(
        "catatan",
        Shape.TEXT,
        say("Catatan, tidak dicetak"),
        example="Dua pertemuan digabung",
    ),
)
"""Keys of ``reses.yaml``."""
