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

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.citations import READ_AS_REGULATION_UNTIL, VARYING_RANK, Citation, rank_of

_AMENDING = "perubahan"


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit, at the first item that belongs before the ranked one above it; the help gives the whole order."""
    # An amending regulation is often listed right after the amended one, whatever its year.
    ranked = [
        (index, rank, citation)
        for index, citation in enumerate(ctx.citations)
        if (rank := rank_of(citation, ctx.register.home)) not in (None, VARYING_RANK)
        and not (citation.nature == "keputusan" and (citation.year or 0) <= READ_AS_REGULATION_UNTIL)
        and not citation.about.lower().startswith(_AMENDING)
    ]
    wrong = next((pair for pair in pairwise(ranked) if _reversed(pair[0], pair[1])), None)
    if wrong is None:
        return
    (above, _, earlier), (below, _, later) = wrong
    yield Hit(
        ("dasar_hukum", below),
        say(
            "Butir {n} ({r}) seharusnya sebelum butir {m} ({s}).",
            n=below + 1,
            r=_name(later),
            m=above + 1,
            s=_name(earlier),
        ),
        say(
            "Urutkan menurut tingkatan, lalu tahun, lalu nomor: {order}.",
            order="; ".join(_name(citation) for _, _, citation in sorted(ranked, key=_key)),
        ),
        related=(Pointer(("dasar_hukum", above), say("butir sebelumnya")),),
    )


Ranked = tuple[int, int | None, Citation]
"""Index of the item, place in the hierarchy, citation."""


def _reversed(first: Ranked, second: Ranked) -> bool:
    """Does ``second`` belong before ``first``? Numbers are compared within one kind only."""
    (_, high, one), (_, low, other) = first, second
    if high != low:
        return (low or 0) < (high or 0)
    if one.year is None or other.year is None:
        return False
    return _key(second) < _key(first) if one.kind == other.kind else other.year < one.year


def _key(item: Ranked) -> tuple[int, int, int]:
    _, rank, citation = item
    return rank or 0, citation.year or 0, citation.ordinal or 0


def _name(citation: Citation) -> str:
    return citation.short if citation.complete else citation.kind


RULE = Rule(
    code="HKM-04",
    name="urutan-dasar-hukum",
    severity=Severity.WARNING,
    summary=say("Urutan dasar hukum keliru"),
    source="UU 12/2011 Lampiran II angka 43",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
