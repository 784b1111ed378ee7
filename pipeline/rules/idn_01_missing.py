"""Kolom identitas kosong.

Apa: Halaman identitas memuat 13 kolom resmi; semuanya terisi. Keterkaitan dan Tanggal Revisi boleh "-".
Mengapa: Kolom kosong membuat SOP dikembalikan, dan pelaksana tidak tahu dasar, alat, atau akibatnya.
Salah: peringatan: (kosong)
Benar: peringatan: Jika laporan terlambat, maka reses berikutnya tidak dapat dilaksanakan
Sumber: PermenPAN-RB 35/2012, unsur dokumentasi: bagian identitas. Nomor, tanggal, dan pengesah diisi saat
penetapan, sehingga pada tahap draf dan tinjau hanya menjadi catatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity, Stage
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import states

_LABELS: dict[DataPath, Message] = {
    ("nomor",): say("Nomor SOP"),
    ("tanggal", "pembuatan"): say("Tanggal Pembuatan"),
    ("tanggal", "efektif"): say("Tanggal Efektif"),
    ("pengesah",): say("Disahkan oleh"),
    ("judul",): say("Nama SOP"),
    ("dasar_hukum",): say("Dasar Hukum"),
    ("kualifikasi_pelaksana",): say("Kualifikasi Pelaksana"),
    ("peralatan",): say("Peralatan dan Perlengkapan"),
    ("peringatan",): say("Peringatan"),
    ("pencatatan",): say("Pencatatan dan Pendataan"),
    ("pelaksana",): say("Pelaksana"),
    ("langkah",): say("Kegiatan"),
}
_AT_ENACTMENT = frozenset((("nomor",), ("tanggal", "pembuatan"), ("tanggal", "efektif"), ("pengesah",)))


def missing_fields(sop: Sop) -> Iterator[tuple[DataPath, Message]]:
    """Path and label of every field of the identity page that is empty or holds only a dash."""
    values: dict[DataPath, object] = {
        ("nomor",): states(sop.number),
        ("tanggal", "pembuatan"): sop.created,
        ("tanggal", "efektif"): sop.effective,
        ("pengesah",): sop.signer,
        ("judul",): states(sop.title),
        ("dasar_hukum",): sop.legal_basis,
        ("kualifikasi_pelaksana",): states(*sop.qualifications),
        ("peralatan",): states(*sop.equipment),
        ("peringatan",): states(*sop.warnings),
        ("pencatatan",): states(*sop.records),
        ("pelaksana",): sop.actors,
        ("langkah",): sop.steps,
    }
    for path, value in values.items():
        if not value:
            yield path, _LABELS[path]


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit per empty field; a narrative draft is left to NAR-01."""
    if ctx.narrative:
        return
    for path, label in missing_fields(sop):
        if path in _AT_ENACTMENT and ctx.stage is not Stage.FINAL:
            yield Hit(
                path,
                say("{f} belum diisi.", f=label),
                say("Diisi saat penetapan."),
                severity=Severity.INFO,
            )
        else:
            yield Hit(
                path,
                say("Kolom {f} kosong.", f=label),
                say(
                    "Isi `{key}`. Jika memang tidak ada, tanyakan kepada pengelola SOP; jangan dikarang.",
                    key=".".join(str(p) for p in path),
                ),
            )


RULE = Rule(
    code="IDN-01",
    name="kolom-identitas-kosong",
    severity=Severity.ERROR,
    summary=say("Kolom identitas ada yang kosong"),
    source="PermenPAN-RB 35/2012, unsur dokumentasi: bagian identitas",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
