"""Sebutan kolom tidak baku.

Apa: Kolom halaman identitas dan kolom tabel disebut seperti pada bentuk resmi.
Mengapa: "Kualifikasi Pelaksanaan" menyatakan hal lain daripada "Kualifikasi Pelaksana"; sebutan yang salah terbawa
    setiap kali formulir disalin. Berkas tetap terbaca, dan yang tercetak adalah sebutan resmi.
Salah: kualifikasi_pelaksanaan: [Memahami tata naskah dinas]
Benar: kualifikasi_pelaksana: [Memahami tata naskah dinas]
Sumber: PermenPAN-RB 35/2012, unsur identitas dan kolom prosedur. Sebutan lain yang lazim (Judul SOP, Ket.) tidak salah.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.naming import fold
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_WRONG = {
    "kualifikasipelaksanaan": "Kualifikasi Pelaksana",
    "aktifitas": "Aktivitas",
    "kegiatanaktifitas": "Kegiatan",
}
"""Labels that are wrong, as ``fold`` writes them, and what the form says."""


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per label of the input that is wrong; other usual labels are right."""
    for path, label in sop.labels:
        right = _WRONG.get(fold(label))
        if right is not None:
            yield Hit(
                ("label", *path),
                say('Sebutan kolom "{w}" tidak baku.', w=label),
                say(
                    'Sebutan resminya "{r}". Di berkas ini tulis `{k}`, dan perbaiki formulir asalnya.',
                    r=right,
                    k=path[-1],
                ),
                subject=label,
            )


RULE = Rule(
    code="IDN-02",
    name="sebutan-kolom",
    severity=Severity.WARNING,
    summary=say("Sebutan kolom tidak baku"),
    source="PermenPAN-RB 35/2012, unsur identitas",
    doc=__doc__,
    check=check,
)
