"""Naskah hanya berisi cerita.

Apa: Naskah yang hanya memuat tujuan dan prosedur dilaporkan bagian mana yang belum ada.
Mengapa: Isi yang tidak ada tidak boleh dikarang; harus diisi oleh yang mengerjakan.
Salah: tujuan dan tiga kalimat prosedur tanpa pelaksana, waktu, dan output
Benar: setiap langkah dengan pelaksana, kelengkapan, waktu, dan output
Sumber: PermenPAN-RB 35/2012, unsur identitas dan bagan alir.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import joined, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.idn_01_missing import missing_fields
from pipeline.rules.shapes import doer, numbered

_STEPS = frozenset(("langkah", "pelaksana"))
_HELP = say("Isi bersama orang yang mengerjakannya. Tertib tidak mengarang isi yang tidak ada.")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit per group of fields that the draft does not have, instead of one per cell."""
    if not ctx.narrative:
        return
    fields = [field for field in missing_fields(sop) if field[0][0] not in _STEPS]
    if fields:
        yield Hit(
            (),
            say("Naskah belum memuat identitas: {f}.", f=joined(", ", [label for _, label in fields])),
            _HELP,
            about=tuple(".".join(map(str, path)) for path, _ in fields),
        )
    yield from _idle(sop, ctx)
    for column, missing in (
        ("kelengkapan", not any(step.inputs for step in sop.steps)),
        ("waktu", True),
        ("output", True),
    ):
        if missing:
            yield Hit(
                ("langkah",),
                say("Naskah tidak memuat {c} untuk satu pun langkah.", c=column),
                _HELP,
                about=(f"langkah.{column}",),
            )


def _idle(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """Steps without actor: one hit for those whose sentence names nobody, one for each that names somebody."""
    unnamed: list[str] = []
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if step.actors:
            continue
        named = doer(sentence, ctx.names)
        if not named:
            unnamed.append(numbered(step, row))
            continue
        yield Hit(
            ("langkah", row, "pelaksana"),
            say('Pelaksana langkah {n} kosong, padahal kalimatnya menyebut "{a}".', n=numbered(step, row), a=named),
            say("Isi pelaksana langkah itu, dan cantumkan di daftar `pelaksana`."),
        )
    if unnamed:
        yield Hit(
            ("langkah",),
            say("Naskah tidak menyebut siapa yang melakukan langkah {n}.", n=", ".join(unnamed)),
            _HELP,
            about=("langkah.pelaksana",),
        )


RULE = Rule(
    code="NAR-01",
    name="naskah-cerita",
    severity=Severity.ERROR,
    summary=say("Naskah hanya berisi cerita"),
    source="PermenPAN-RB 35/2012, unsur identitas dan bagan alir",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
