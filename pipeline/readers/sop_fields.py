"""Keys of ``sop/NAME.yaml``: what the reader reads, the schema describes and the editor offers."""

from __future__ import annotations

from pipeline.model.finding import Stage
from pipeline.model.message import Message, say
from pipeline.readers.fields import Field, Shape
from pipeline.readers.registers import CAPACITIES, SEXES


def _field(
    key: str,
    shape: Shape,
    about: Message,
    fields: tuple[Field, ...] = (),
    choices: tuple[str, ...] = (),
    needed: bool = False,
    example: str = "",
    synonyms: tuple[str, ...] = (),
) -> Field:
    return Field(key, shape, about, choices, fields, needed, example, synonyms)


SOP_FIELDS: tuple[Field, ...] = (
    _field(
        "nomor",
        Shape.TEXT,
        say("Nomor SOP"),
        example="000.8.3.3/006/2026",
        synonyms=("nomor sop", "no sop"),
    ),
    _field(
        "judul",
        Shape.TEXT,
        say("Nama SOP"),
        example="Pelaksanaan Reses",
        synonyms=("judul sop", "nama sop", "nama prosedur"),
    ),
    _field(
        "tujuan",
        Shape.TEXT,
        say("Tujuan; hanya untuk konsep berbentuk narasi"),
        example="Menampung aspirasi masyarakat",
    ),
    _field(
        "status",
        Shape.CHOICE,
        say("Tahap dokumen; menentukan temuan mana yang menahan"),
        choices=tuple(stage.value for stage in Stage),
    ),
    _field(
        "tanggal",
        Shape.MAPPING,
        say("Tanggal-tanggal SOP"),
        fields=(
            _field("pembuatan", Shape.DATE, say("Tanggal pembuatan"), example="2026-01-05"),
            _field("revisi", Shape.DATE, say("Tanggal revisi"), example="2026-02-02"),
            _field(
                "efektif",
                Shape.DATE,
                say("Tanggal efektif"),
                example="2026-01-12",
                synonyms=("pengesahan",),
            ),
        ),
        synonyms=("tgl",),
    ),
    _field(
        "jenis",
        Shape.MAPPING,
        say("Jenis SOP menurut sifat, cakupan, dan kelengkapan kegiatannya"),
        fields=(
            _field(
                "sifat",
                Shape.CHOICE,
                say("teknis: satu pelaksana, sangat rinci; administratif: beberapa pelaksana"),
                choices=("teknis", "administratif"),
            ),
            _field(
                "cakupan",
                Shape.CHOICE,
                say("makro: menggabungkan beberapa SOP mikro; mikro: bagian dari SOP makro, atau berdiri sendiri"),
                choices=("makro", "mikro"),
            ),
            _field(
                "kelengkapan",
                Shape.CHOICE,
                say("final: berakhir pada produk utama; parsial: belum sampai produk utama"),
                choices=("final", "parsial"),
            ),
        ),
    ),
    _field(
        "pengesah",
        Shape.REFERENCE,
        say("Yang mengesahkan: id di pejabat.csv, atau data pejabatnya"),
        fields=(
            _field("jabatan", Shape.TEXT, say("Jabatan"), example="Sekretaris DPRD"),
            _field(
                "nama",
                Shape.TEXT,
                say("Nama dengan gelar"),
                example="Nama Pejabat, S.H., M.Si.",
            ),
            _field("nip", Shape.TEXT, say("NIP"), example="19800101 200501 1 001"),
            _field("pangkat", Shape.TEXT, say("Pangkat"), example="Pembina"),
            _field("golongan", Shape.TEXT, say("Golongan ruang"), example="IV/a"),
            _field(
                "sebagai",
                Shape.CHOICE,
                say("Kosong, Plt., Plh., Pj., a.n., atau u.b."),
                choices=CAPACITIES,
            ),
            _field(
                "jenis_kelamin",
                Shape.CHOICE,
                say("Pria atau wanita; dicocokkan dengan NIP"),
                choices=SEXES,
            ),
            _field(
                "tanggal_lahir",
                Shape.DATE,
                say("Tanggal lahir; dicocokkan dengan NIP"),
                example="1980-01-01",
            ),
        ),
        example="setwan",
        synonyms=("disahkan oleh", "pengesahan"),
    ),
    _field(
        "dasar_hukum",
        Shape.TEXTS,
        say("Dasar hukum"),
        example="Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;",
    ),
    _field(
        "kualifikasi_pelaksana",
        Shape.TEXTS,
        say("Kualifikasi pelaksana"),
        example="Memahami tata naskah dinas",
        synonyms=("kualifikasi pelaksanaan", "kualifikasi"),
    ),
    _field(
        "keterkaitan",
        Shape.TEXTS,
        say("Keterkaitan dengan SOP lain"),
        example="SOP Pengarsipan Surat",
        synonyms=("keterkaitan dengan sop lain", "keterkaitan sop"),
    ),
    _field(
        "peralatan",
        Shape.TEXTS,
        say("Peralatan dan perlengkapan"),
        example="Komputer",
        synonyms=("peralatan/perlengkapan", "peralatan dan perlengkapan"),
    ),
    _field(
        "peringatan",
        Shape.TEXTS,
        say("Peringatan"),
        example="Jika surat tidak dicatat, maka surat sulit ditemukan kembali",
    ),
    _field(
        "pencatatan",
        Shape.TEXTS,
        say("Pencatatan dan pendataan"),
        example="Buku agenda surat masuk",
        synonyms=("pencatatan dan pendataan", "pencatatan/pendataan"),
    ),
    _field(
        "pelaksana",
        Shape.TEXTS,
        say("Kolom pelaksana, menurut urutan cetak"),
        example="Sekretaris DPRD",
    ),
    _field(
        "langkah",
        Shape.TABLE,
        say("Berkas langkah, atau daftar langkah"),
        example="pelaksanaan-reses.langkah.csv",
    ),
    _field(
        "total_waktu",
        Shape.TEXT,
        say("Waktu seluruh prosedur seperti dinyatakan kantor; dibandingkan dengan waktu langkah"),
        example="12 hari kerja",
    ),
    _field(
        "riwayat",
        Shape.RECORDS,
        say("Riwayat revisi, yang terbaru di akhir"),
        fields=(
            _field("revisi", Shape.INTEGER, say("Nomor revisi"), example="0"),
            _field("tanggal", Shape.DATE, say("Tanggal perubahan"), example="2026-01-05"),
            _field("uraian", Shape.TEXT, say("Uraian"), example="Penetapan pertama"),
        ),
    ),
    _field(
        "kecuali",
        Shape.RECORDS,
        say("Temuan yang dikecualikan dengan alasan"),
        fields=(
            _field("aturan", Shape.TEXT, say("Kode aturan"), needed=True, example="HKM-01"),
            _field(
                "alasan",
                Shape.TEXT,
                say("Alasan"),
                needed=True,
                example="Penggantinya masih dalam proses penetapan",
            ),
            _field(
                "oleh",
                Shape.TEXT,
                say("Siapa yang mengecualikan"),
                needed=True,
                example="Kepala Bagian Organisasi",
            ),
            _field("sampai", Shape.DATE, say("Berlaku sampai"), needed=True, example="2027-06-30"),
            _field(
                "di",
                Shape.TEXT,
                say("Hanya di langkah atau bagian ini: langkah 3, waktu, atau langkah 3 waktu"),
                example="langkah 3",
            ),
        ),
    ),
)
"""Keys of ``sop/NAME.yaml``."""
