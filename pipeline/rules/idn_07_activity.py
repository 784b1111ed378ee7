"""Judul tidak diawali jenis kegiatan.

Apa: Nama SOP diawali kata benda atau kata kerja kegiatan: Penyusunan, Pelaksanaan, Pengelolaan, Fasilitasi.
Mengapa: SOP mengatur kegiatan; judul "Surat Masuk" tidak menyatakan apa yang dilakukan terhadap surat itu.
Salah: Surat Masuk
Benar: Pengelolaan Surat Masuk
Sumber: Konvensi penulisan judul SOP; SOP adalah tentang kegiatan (paparan KemenPANRB). Karena itu bukan kesalahan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.identity_words import begins_with_activity, spoken

_HELD = frozenset(("rapat", "sidang", "upacara", "pelantikan", "paripurna", "musyawarah", "seminar", "reses"))
_WRITTEN = frozenset(
    (
        "laporan",
        "rencana",
        "renstra",
        "renja",
        "risalah",
        "notula",
        "dokumen",
        "raperda",
        "rancangan",
        "naskah",
    )
)


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """At most one hit."""
    title = bare_title(sop.title)
    said = spoken(title)
    if not said or begins_with_activity(title):
        return
    first = said[0]
    kind = "Penyelenggaraan" if first in _HELD else "Penyusunan" if first in _WRITTEN else "Pengelolaan"
    yield Hit(
        ("judul",),
        say('Judul "{t}" tidak diawali jenis kegiatan.', t=sop.title.strip()),
        say('Awali dengan kegiatannya, misalnya "{k} {b}".', k=kind, b=title),
    )


RULE = Rule(
    code="IDN-07",
    name="judul-tanpa-kegiatan",
    severity=Severity.WARNING,
    summary=say("Judul tidak diawali jenis kegiatan"),
    source="Konvensi penulisan judul SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
