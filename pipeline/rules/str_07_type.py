"""Jenis SOP belum dinyatakan.

Apa: Setiap SOP menyatakan jenisnya: sifat (teknis, administratif), cakupan (makro, mikro), dan kelengkapan kegiatan
    (final, parsial). Dilaporkan satu kali untuk satu kantor.
Mengapa: Jenis menentukan apa yang diharapkan: SOP final berakhir pada produk utama, SOP makro merangkum SOP mikro.
Salah: SOP tanpa `jenis`
Benar: jenis: {sifat: administratif, cakupan: mikro, kelengkapan: final}
Sumber: PermenPAN-RB 35/2012, jenis SOP.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.finding import Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import say
from pipeline.rules.base import Hit, Rule
from pipeline.rules.shapes import is_narrative


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """One hit for the office, at the first SOP that does not declare its type; narrative drafts are NAR-01's."""
    known = [(index, item.sop) for index, item in enumerate(items) if item.sop is not None]
    full = [(index, sop) for index, sop in known if not is_narrative(sop)]
    lacking = [index for index, sop in full if not sop.type.declared]
    if lacking:
        yield Hit(
            ("jenis",),
            say("Jenis SOP belum dinyatakan lengkap: {n} dari {all} SOP kantor ini.", n=len(lacking), all=len(full)),
            say(
                "Tulis kunci `jenis` pada setiap SOP, dengan `sifat`, `cakupan`, dan `kelengkapan` di bawahnya "
                "(`tertib explain STR-07`)."
            ),
            item=lacking[0],
            subject="",
        )


RULE = Rule(
    code="STR-07",
    name="jenis-sop",
    severity=Severity.INFO,
    summary=say("Jenis SOP belum dinyatakan"),
    source="PermenPAN-RB 35/2012, jenis SOP",
    doc=__doc__,
    compare=compare,
)
