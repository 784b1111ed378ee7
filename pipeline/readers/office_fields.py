"""Keys of ``kantor.yaml``: what the reader reads, the schema describes and the editor offers."""

from __future__ import annotations

from pipeline.model.finding import Severity, Stage
from pipeline.model.message import Message, say
from pipeline.model.office import RegionKind
from pipeline.readers.book import BOOK_FIELD
from pipeline.readers.fields import Field, Shape

OFF = "mati"
LEVEL_WORDS = {"kesalahan": Severity.ERROR, "peringatan": Severity.WARNING, "catatan": Severity.INFO}
"""Severities as the reports print them; the files may say them in these words, too."""
LEVELS = (*(severity.value for severity in Severity), *LEVEL_WORDS, OFF)
STAGES = tuple(stage.value for stage in Stage)
PAPERS = ("F4", "A4", "Legal")


def _field(key: str, shape: Shape, about: Message, **more: object) -> Field:
    return Field(key, shape, about, **more)  # type: ignore[arg-type]


def _stage_field(stage: str) -> Field:
    return _field(stage, Shape.CHOICE, say("Tingkat pada tahap ini"))


FATES = ("musnah", "permanen", "dinilai kembali")
"""What becomes of records when their time is over (Peraturan ANRI on retention schedules)."""

_RETENTION: tuple[Field, ...] = (
    _field(
        "kode_klasifikasi",
        Shape.TEXT,
        say("Kode klasifikasi arsip kantor (Permendagri 83/2022)"),
        example="000.8.3.3",
    ),
    _field("retensi_aktif", Shape.TEXT, say("Lama simpan aktif menurut JRA kantor"), example="2 tahun"),
    _field("retensi_inaktif", Shape.TEXT, say("Lama simpan inaktif menurut JRA kantor"), example="3 tahun"),
    _field("nasib_akhir", Shape.CHOICE, say("Nasib akhir menurut JRA kantor"), choices=FATES),
)

OFFICE_FIELDS: tuple[Field, ...] = (
    _field(
        "pemerintah",
        Shape.TEXT,
        say("Nama pemerintah daerah"),
        example="Pemerintah Kabupaten Contoh",
    ),
    _field("unit", Shape.TEXT, say("Nama unit kerja"), example="Sekretariat DPRD"),
    _field(
        "jenis_daerah",
        Shape.CHOICE,
        say("Jenis daerah; menentukan batas hukum reses"),
        choices=tuple(kind.value for kind in RegionKind),
    ),
    _field("alamat", Shape.TEXT, say("Alamat kop surat"), example="Jalan Contoh Nomor 1"),
    _field("telepon", Shape.TEXT, say("Telepon"), example="(0281) 000000"),
    _field("surel", Shape.TEXT, say("Surel"), example="setwan@contoh.example"),
    _field("laman", Shape.TEXT, say("Laman"), example="https://setwan.contoh.example"),
    _field("logo", Shape.TEXT, say("Berkas gambar logo"), example="logo.png"),
    _field("tempat", Shape.TEXT, say("Tempat penandatanganan"), example="Contoh"),
    _field(
        "alamat_dokumen",
        Shape.TEXT,
        say("Alamat dokumen di laman kantor, untuk kode QR; memuat {dokumen} dan {sidik}"),
        example="https://setwan.contoh.example/dokumen/{dokumen}?sidik={sidik}",
    ),
    _field(
        "sertifikat_tepercaya",
        Shape.TEXT,
        say("Sertifikat akar penerbit tanda tangan elektronik: berkas atau folder PEM/DER di folder kantor"),
        example="sertifikat",
    ),
    _field(
        "pengesah_sop",
        Shape.TEXTS,
        say("Jabatan yang berwenang mengesahkan SOP; pada Sekretariat DPRD bawaannya Sekretaris DPRD"),
        example="Sekretaris DPRD",
    ),
    _field(
        "pola_nomor",
        Shape.TEXT,
        say("Pola nomor SOP (ekspresi reguler dengan kelompok klasifikasi, urut, tahun)"),
        example=r"(?P<klasifikasi>[\d.]+)/(?P<urut>\d+)/(?P<tahun>\d{4})",
    ),
    _field(
        "jam_kerja",
        Shape.MAPPING,
        say("Jam kerja; bawaan 7,5 jam dan 5 hari (Perpres 21/2023)"),
        fields=(
            _field("jam_per_hari", Shape.NUMBER, say("Jam kerja per hari"), example="7,5"),
            _field(
                "hari_per_minggu",
                Shape.INTEGER,
                say("Hari kerja per minggu"),
                example="5",
            ),
        ),
    ),
    _field("kertas", Shape.CHOICE, say("Ukuran kertas"), choices=PAPERS),
    _field(
        "akhir_masa_jabatan",
        Shape.DATE,
        say("Hari terakhir masa jabatan DPRD; pada persidangan terakhir tidak ada reses"),
        example="2029-08-31",
    ),
    _field(
        "batas_wilayah",
        Shape.MAPPING,
        say("Kotak yang memuat seluruh wilayah, dalam derajat desimal; koordinat usulan dicocokkan dengannya"),
        fields=(
            _field("selatan", Shape.DEGREES, say("Lintang paling selatan"), example="-7,6500"),
            _field("barat", Shape.DEGREES, say("Bujur paling barat"), example="108,9000"),
            _field("utara", Shape.DEGREES, say("Lintang paling utara"), example="-7,2500"),
            _field("timur", Shape.DEGREES, say("Bujur paling timur"), example="109,4000"),
        ),
    ),
    _field(
        "arsip",
        Shape.MAPPING,
        say("Arsip: tempatnya, dan klasifikasi serta retensi untuk indeksnya"),
        fields=(
            _field(
                "alamat",
                Shape.TEXT,
                say("Tempat arsip: folder, s3://EMBER/folder, atau sftp://SERVER/folder; bawaan outputs/KANTOR/arsip"),
                example="s3://arsip-setwan/kabupaten-contoh",
            ),
            *_RETENTION,
            _field("sop", Shape.MAPPING, say("Isian khusus untuk SOP"), fields=_RETENTION),
            _field("reses", Shape.MAPPING, say("Isian khusus untuk dokumen reses"), fields=_RETENTION),
        ),
    ),
    _field(
        "penanda",
        Shape.TEXT,
        say("Teks di kepala setiap halaman"),
        example="SALINAN",
    ),
    BOOK_FIELD,
    _field(
        "aturan",
        Shape.MAPPING,
        say("Kebijakan aturan"),
        fields=(
            _field(
                "pilih",
                Shape.TEXTS,
                say("Hanya kode atau keluarga ini"),
                example="HKM",
            ),
            _field(
                "abaikan",
                Shape.TEXTS,
                say("Kode atau keluarga yang diabaikan"),
                example="BHS-05",
            ),
            _field(
                "tingkat",
                Shape.OPEN,
                say("Tingkat per kode, boleh per tahap"),
                choices=LEVELS,
                fields=tuple(_stage_field(stage) for stage in STAGES),
            ),
            _field(
                "masa_tinjau",
                Shape.INTEGER,
                say("Umur SOP dalam bulan saat harus ditinjau; bawaan 24"),
                example="24",
            ),
        ),
    ),
)
"""Keys of ``kantor.yaml``."""
