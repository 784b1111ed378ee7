"""Satu pelaksana dengan beberapa sebutan.

Apa: Satu pelaksana disebut dengan satu nama di seluruh SOP.
Mengapa: "Dewan", "Anggota Dewan", dan "Anggota DPRD" bisa berarti orang yang berbeda; tugasnya menjadi kabur.
Salah: Dewan (kolom), Anggota Dewan (langkah 1)
Benar: Anggota DPRD di semua tempat
Sumber: Konvensi penyusunan SOP; nama jabatan menurut peraturan organisasi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.actors import key
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.vocabulary import actor_groups


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit per actor that is printed under more than one name, at the first place where the name changes."""
    spellings: dict[str, dict[str, DataPath]] = {}
    written: dict[str, str] = {}
    short = {key(p.abbreviation): key(p.name) for p in ctx.office.positions if p.abbreviation.strip()}
    for column, name in enumerate(sop.actors):
        written.setdefault(key(name), name)
        spellings.setdefault(ctx.names.same(name), {}).setdefault(key(name), ("pelaksana", column))
    for row, step in enumerate(sop.steps):
        for text, column_name in ((step.activity, "kegiatan"), *((output, "output") for output in step.outputs)):
            for name, spelling in ctx.names.mentions(text):
                if spelling not in written:
                    written[spelling] = _as_written(spelling, text)
                spellings.setdefault(name, {}).setdefault(spelling, ("langkah", row, column_name))
    for name, found in spellings.items():
        # The abbreviation that the office itself gives a position is no other name; nor do outsiders without a column
        # act here.
        outside = actor_groups().get(name) == "luar" and name not in ctx.names.columns
        if len({short.get(spelling, spelling) for spelling in found}) > 1 and not outside:
            yield Hit(
                list(found.values())[1],
                say(
                    id="Satu pelaksana disebut dengan {n} nama: {names}.",
                    en="One actor goes by {n} names: {names}.",
                    n=len(found),
                    names=", ".join(f'"{written[spelling]}"' for spelling in found),
                ),
                say(id='Pakai "{name}" di semua tempat.', en='Use "{name}" everywhere.', name=name),
            )


def _as_written(spelling: str, text: str) -> str:
    match = re.search(r"[.\s]+".join(map(re.escape, spelling.split())), text, re.IGNORECASE)
    return match.group() if match else spelling


RULE = Rule(
    code="PLK-07",
    name="banyak-sebutan",
    severity=Severity.WARNING,
    summary=say(id="Satu pelaksana dengan beberapa sebutan", en="One actor goes by several names"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
