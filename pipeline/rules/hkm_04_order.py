"""Urutan dasar hukum keliru.

Apa: Dasar hukum diurutkan menurut tingkatan peraturan, lalu tahun, lalu nomor.
Mengapa: Urutan menunjukkan peraturan mana yang lebih tinggi; pemeriksa membacanya dari atas.
Salah: Perbup 86/2021 pada butir 1, UU 23/2014 pada butir 2
Benar: UU 23/2014 pada butir 1, Perbup 86/2021 pada butir 2
Sumber: UU 12/2011 Lampiran II angka 43. Jenis yang tempatnya beragam (misalnya Peraturan DPRD) tidak dinilai.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.citations import Citation, rank_of

_AMENDING = "perubahan"


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit, at the first item that belongs before the ranked one above it; the help gives the whole order."""
    # An amending regulation is often listed right after the amended one, whatever its year.
    ranked = [
        (index, citation)
        for index, citation in enumerate(ctx.citations)
        if rank_of(citation) is not None and not citation.about.lower().startswith(_AMENDING)
    ]
    wrong = next((pair for pair in pairwise(ranked) if _reversed(pair[0][1], pair[1][1])), None)
    if wrong is None:
        return
    (above, earlier), (below, later) = wrong
    yield Hit(
        ("dasar_hukum", below),
        say(
            id="Butir {n} ({r}) seharusnya sebelum butir {m} ({s}).",
            en="Item {n} ({r}) belongs before item {m} ({s}).",
            n=below + 1,
            r=_name(later),
            m=above + 1,
            s=_name(earlier),
        ),
        say(
            id="Urutkan menurut tingkatan, lalu tahun, lalu nomor: {order}.",
            en="Order them by rank, then year, then number: {order}.",
            order="; ".join(_name(citation) for _, citation in sorted(ranked, key=lambda item: _key(item[1]))),
        ),
        related=(Pointer(("dasar_hukum", above), say(id="butir sebelumnya", en="the item before it")),),
    )


def _reversed(first: Citation, second: Citation) -> bool:
    """Does ``second`` belong before ``first``? Numbers are compared within one kind only."""
    if rank_of(first) != rank_of(second):
        return (rank_of(second) or 0) < (rank_of(first) or 0)
    if first.year is None or second.year is None:
        return False
    return _key(second) < _key(first) if first.kind == second.kind else second.year < first.year


def _key(citation: Citation) -> tuple[int, int, int]:
    number = int(citation.number) if citation.number.isdecimal() else 0
    return rank_of(citation) or 0, citation.year or 0, number


def _name(citation: Citation) -> str:
    return citation.short if citation.complete else citation.kind


RULE = Rule(
    code="HKM-04",
    name="urutan-dasar-hukum",
    severity=Severity.WARNING,
    summary=say(id="Urutan dasar hukum keliru", en="The legal basis is in the wrong order"),
    source="UU 12/2011 Lampiran II angka 43",
    doc=__doc__,
    check=check,
)
