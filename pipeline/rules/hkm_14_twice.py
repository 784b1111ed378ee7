"""Peraturan yang sama disebut dua kali.

Apa: Setiap peraturan muncul satu kali dalam Dasar Hukum.
Mengapa: Butir ganda biasanya salah salin, dan peraturan yang dimaksud malah hilang.
Salah: UU 23/2014 pada butir 1 dan 4
Benar: UU 23/2014 pada butir 1
Sumber: UU 12/2011 Lampiran II tentang dasar hukum.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit at every item that repeats an earlier one."""
    seen: dict[tuple[str, str], int] = {}
    for index, citation in enumerate(ctx.citations):
        if not citation.complete:
            continue
        first = seen.setdefault((citation.short, citation.region), index)
        if first != index:
            yield Hit(
                ("dasar_hukum", index),
                say(
                    id="{r} sudah disebut pada butir {n}.",
                    en="{r} stands already at item {n}.",
                    r=citation.short,
                    n=first + 1,
                ),
                say(id="Hapus salah satu.", en="Remove one of them."),
                related=(Pointer(("dasar_hukum", first), say(id="pertama di sini", en="first here")),),
            )


RULE = Rule(
    code="HKM-14",
    name="peraturan-ganda",
    severity=Severity.WARNING,
    summary=say(id="Peraturan yang sama disebut dua kali", en="The same regulation is cited twice"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
)
