"""Nomor atau judul dipakai dua SOP.

Apa: Dalam satu kantor, setiap SOP mempunyai nomor dan judul sendiri.
Mengapa: Nomor yang sama membuat dua naskah tidak dapat dibedakan dalam arsip dan buku SOP.
Salah: dua SOP bernomor 000.8.3.3/006/2023
Benar: 000.8.3.3/006/2023 dan 000.8.3.3/007/2023
Sumber: Tata naskah dinas (satu nomor untuk satu naskah); KemenPANRB: kegiatan yang sama mempunyai SOP yang sama.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.finding import Confidence, Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Hit, Pointer, Rule


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit at every SOP whose number or title an earlier one of the same office has."""
    yield from _repeated(items, "nomor")
    yield from _repeated(items, "judul")


def _repeated(items: Sequence[SopInput], field: str) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.sop is None:
            continue
        text, key = _value(item.sop, field)
        if not key:
            continue
        if key not in seen:
            seen[key] = index
            continue
        other = items[seen[key]].id
        message, advice = _number(text, other) if field == "nomor" else _title(text, other)
        first = Pointer((field,), say("dipakai pertama di sini"), seen[key])
        yield Hit((field,), message, advice, related=(first,), item=index)


def _number(text: str, other: str) -> tuple[Message, Message]:
    return (
        say('Nomor "{text}" sudah dipakai {other}.', text=text, other=other),
        say("Beri nomor lain, atau hapus salah satu berkas bila keduanya SOP yang sama."),
    )


def _title(text: str, other: str) -> tuple[Message, Message]:
    return (
        say('Judul "{text}" sudah dipakai {other}.', text=text, other=other),
        say("Beri judul lain, atau hapus salah satu berkas bila keduanya SOP yang sama."),
    )


def _value(sop: Sop, field: str) -> tuple[str, str]:
    text = sop.number if field == "nomor" else bare_title(sop.title)
    return text.strip(), "".join(text.lower().split())


RULE = Rule(
    code="STR-04",
    name="nomor-atau-judul-ganda",
    severity=Severity.ERROR,
    summary=say("Nomor atau judul dipakai dua SOP"),
    source="Tata naskah dinas; KemenPANRB: kegiatan yang sama mempunyai SOP yang sama",
    doc=__doc__,
    compare=compare,
    confidence=Confidence.HIGH,
)
