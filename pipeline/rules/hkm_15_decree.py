"""Keputusan atau surat edaran sebagai dasar hukum.

Apa: Dasar Hukum berisi peraturan perundang-undangan; keputusan, instruksi, dan surat edaran bukan peraturan.
Mengapa: Keputusan menetapkan hal tertentu dan surat edaran hanya memberi petunjuk; keduanya tidak dapat menjadi dasar
wewenang.
Salah: Surat Edaran Menteri Dalam Negeri Nomor 061/1234/SJ sebagai butir pertama
Benar: peraturan yang dilaksanakan surat edaran itu; surat edarannya disebut di Keterkaitan
Sumber: UU 12/2011 Pasal 7, 8, dan 100: keputusan yang bersifat mengatur sebelum 12 Agustus 2011 dibaca sebagai
peraturan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import READ_AS_REGULATION_UNTIL

_NAMES = {
    "keputusan": say("Keputusan"),
    "instruksi": say("Instruksi"),
    "edaran": say("Surat edaran"),
}


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A note per decree, instruction and circular."""
    for index, citation in ctx.cited:
        name = _NAMES.get(citation.nature)
        if name is None or not citation.kind:
            continue
        if citation.nature == "keputusan" and (citation.year or 0) <= READ_AS_REGULATION_UNTIL:
            continue
        yield Hit(("dasar_hukum", index), _message(name), _help(citation.nature))


def _message(name: Message) -> Message:
    return say("{name} bukan peraturan perundang-undangan.", name=name)


def _help(nature: str) -> Message:
    if nature == "edaran":
        return say("Cantumkan peraturan yang dilaksanakan surat edaran ini; surat edarannya cukup di keterkaitan.")
    return say(
        "Cantumkan peraturan yang menjadi dasarnya; bila tetap perlu disebut, tempatkan sesudah semua peraturan."
    )


RULE = Rule(
    code="HKM-15",
    name="bukan-peraturan",
    severity=Severity.INFO,
    summary=say("Keputusan atau surat edaran sebagai dasar hukum"),
    source="UU 12/2011 Pasal 7, 8, dan 100",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
