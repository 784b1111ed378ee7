"""Peraturan yang sama disebut dua kali.

Apa: Setiap peraturan muncul satu kali dalam Dasar Hukum, dan peraturan perubahan menyatu dengan yang diubahnya.
Mengapa: Butir ganda biasanya salah salin, dan peraturan yang dimaksud malah hilang.
Salah: UU 23/2014 pada butir 1 dan 4
Benar: UU 23/2014 pada butir 1
Sumber: UU 12/2011 Lampiran II tentang dasar hukum.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.canonical import suggestion
from pipeline.rules.citations import Citation
from pipeline.rules.titles import amended_by_title


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit at every item that repeats an earlier one, or that only amends another."""
    seen: dict[tuple[str, str], int] = {}
    for index, citation in ctx.cited:
        if not citation.complete:
            continue
        first = seen.setdefault((_name(citation, ctx), citation.region), index)
        if first != index:
            yield Hit(
                ("dasar_hukum", index),
                say("{r} sudah disebut pada butir {n}.", r=citation.short, n=first + 1),
                say("Hapus salah satu."),
                related=(Pointer(("dasar_hukum", first), say("pertama di sini")),),
            )
    yield from _amendments(sop, ctx, {name: index for (name, _), index in seen.items()})


def _amendments(sop: Sop, ctx: Context, places: dict[str, int]) -> Iterator[Hit]:
    for index, citation in ctx.cited:
        amended = amended_by_title(citation.about) if citation.complete else None
        base = places.get(_name(amended, ctx)) if amended is not None else None
        if amended is None or base is None or base == index:
            continue
        whole = suggestion(sop, ctx, base, ctx.citations[base])
        yield Hit(
            ("dasar_hukum", index),
            say(
                "{r} hanya mengubah {base} pada butir {n}; perubahan disebut pada butir peraturan yang diubah.",
                r=citation.short,
                base=amended.short,
                n=base + 1,
            ),
            say('Hapus butir ini dan tulis butir {n}: "{t}"', n=base + 1, t=whole),
            related=(Pointer(("dasar_hukum", base), say("yang diubah")),),
        )


def _name(citation: Citation, ctx: Context) -> str:
    row = ctx.register.find(citation)
    return row.short if row is not None else citation.short


RULE = Rule(
    code="HKM-14",
    name="peraturan-ganda",
    severity=Severity.WARNING,
    summary=say("Peraturan disebut dua kali, atau perubahan menjadi butir sendiri"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
