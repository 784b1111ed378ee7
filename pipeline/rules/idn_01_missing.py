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

_LABELS: dict[DataPath, Message] = {
    ("nomor",): say(id="Nomor SOP", en="Number of the SOP"),
    ("tanggal", "pembuatan"): say(id="Tanggal Pembuatan", en="Date of making"),
    ("tanggal", "efektif"): say(id="Tanggal Efektif", en="Effective date"),
    ("pengesah",): say(id="Disahkan oleh", en="Signer"),
    ("judul",): say(id="Nama SOP", en="Title of the SOP"),
    ("dasar_hukum",): say(id="Dasar Hukum", en="Legal basis"),
    ("kualifikasi_pelaksana",): say(id="Kualifikasi Pelaksana", en="Qualifications of the actors"),
    ("peralatan",): say(id="Peralatan dan Perlengkapan", en="Equipment"),
    ("peringatan",): say(id="Peringatan", en="Warning"),
    ("pencatatan",): say(id="Pencatatan dan Pendataan", en="Records"),
    ("pelaksana",): say(id="Pelaksana", en="Actors"),
    ("langkah",): say(id="Kegiatan", en="Steps"),
}
_AT_ENACTMENT = frozenset((("nomor",), ("tanggal", "pembuatan"), ("tanggal", "efektif"), ("pengesah",)))


def missing_fields(sop: Sop) -> Iterator[tuple[DataPath, Message]]:
    """Path and label of every empty field of the identity page."""
    values: dict[DataPath, object] = {
        ("nomor",): sop.number.strip(),
        ("tanggal", "pembuatan"): sop.created,
        ("tanggal", "efektif"): sop.effective,
        ("pengesah",): sop.signer,
        ("judul",): sop.title.strip(),
        ("dasar_hukum",): sop.legal_basis,
        ("kualifikasi_pelaksana",): sop.qualifications,
        ("peralatan",): sop.equipment,
        ("peringatan",): sop.warnings,
        ("pencatatan",): sop.records,
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
                say(id="{f} belum diisi.", en='The field "{f}" is not filled in yet.', f=label),
                say(id="Diisi saat penetapan.", en="It is filled in at enactment."),
                severity=Severity.INFO,
            )
        else:
            yield Hit(
                path,
                say(id="Kolom {f} kosong.", en='The field "{f}" is empty.', f=label),
                say(
                    id="Isi `{key}`. Jika memang tidak ada, tanyakan kepada pengelola SOP; jangan dikarang.",
                    en="Fill in `{key}`. If there is none, ask those in charge of SOPs; do not invent it.",
                    key=".".join(str(p) for p in path),
                ),
            )


RULE = Rule(
    code="IDN-01",
    name="kolom-identitas-kosong",
    severity=Severity.ERROR,
    summary=say(id="Kolom identitas ada yang kosong", en="A field of the identity page is empty"),
    source="PermenPAN-RB 35/2012, unsur dokumentasi: bagian identitas",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
