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
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def missing_fields(sop: Sop) -> Iterator[tuple[DataPath, str, str, bool]]:
    """(path, label, English label, filled only at enactment) of every empty field of the identity page."""
    fields: tuple[tuple[DataPath, str, str, bool, object], ...] = (
        (("nomor",), "Nomor SOP", "number", True, sop.number.strip()),
        (("tanggal", "pembuatan"), "Tanggal Pembuatan", "date of making", True, sop.created),
        (("tanggal", "efektif"), "Tanggal Efektif", "effective date", True, sop.effective),
        (("pengesah",), "Disahkan oleh", "signer", True, sop.signer),
        (("judul",), "Nama SOP", "title", False, sop.title.strip()),
        (("dasar_hukum",), "Dasar Hukum", "legal basis", False, sop.legal_basis),
        (("kualifikasi_pelaksana",), "Kualifikasi Pelaksana", "qualifications", False, sop.qualifications),
        (("peralatan",), "Peralatan dan Perlengkapan", "equipment", False, sop.equipment),
        (("peringatan",), "Peringatan", "warning", False, sop.warnings),
        (("pencatatan",), "Pencatatan dan Pendataan", "records", False, sop.records),
        (("pelaksana",), "Pelaksana", "actor columns", False, sop.actors),
        (("langkah",), "Kegiatan", "steps", False, sop.steps),
    )
    for path, label, english, late, value in fields:
        if not value:
            yield path, label, english, late


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit per empty field; a narrative draft is left to NAR-01."""
    if ctx.narrative:
        return
    for path, label, english, late in missing_fields(sop):
        if late and ctx.stage is not Stage.FINAL:
            yield Hit(
                path,
                say(id="{f} belum diisi.", en="The {f} is not filled in yet.", f=label),
                say(id="Diisi saat penetapan.", en="It is filled in at enactment."),
                severity=Severity.INFO,
            )
        else:
            yield Hit(
                path,
                say(id="Kolom {f} kosong.", en='The field "{f}" is empty.', f=label),
                say(
                    id="Isi `{key}`. Jika memang tidak ada, tanyakan kepada pengelola SOP; jangan dikarang.",
                    en="Fill in `{key}` ({e}).",
                    key=".".join(str(p) for p in path),
                    e=english,
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
