"""Peraturan tidak dikenal daftar.

Apa: Jenis setiap peraturan dikenali, dan peraturannya ada dalam daftar bawaan atau dalam regulasi.csv kantor.
Mengapa: Status peraturan yang tidak dikenal tidak dapat diperiksa; nomor bisa salah ketik.
Salah: Peraturan Pemerintah Nomor 120 Tahun 2018 tentang Tata Tertib DPRD
Benar: Peraturan Pemerintah Nomor 12 Tahun 2018, atau tambahkan peraturannya ke regulasi.csv
Sumber: Daftar peraturan (regulations.csv, regulasi.csv).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import LEAD, Citation
from pipeline.rules.kinds import nearest
from pipeline.rules.special import forms_regency
from pipeline.rules.titles import titled


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per complete citation the register does not have, and per kind that is not known; a note where the
    register has it at low confidence only.
    """
    latest = max(sop.date.year if sop.date is not None else 0, ctx.facts.year)
    for index, citation in ctx.cited:
        if not citation.kind and citation.number and citation.year:
            yield Hit(("dasar_hukum", index), _UNKNOWN_KIND, _meant_kind(citation))
        elif citation.complete and not is_younger(citation, latest):
            yield from _looked_up(index, citation, ctx)


def is_younger(citation: Citation, latest: int) -> bool:
    """Is its year still to come, so that HKM-18 speaks of it?"""
    return citation.year is not None and latest > 1 and citation.year > latest


def _looked_up(index: int, citation: Citation, ctx: Context) -> Iterator[Hit]:
    row = ctx.register.find(citation)
    if row is None:
        yield Hit(
            ("dasar_hukum", index),
            say("{r} tidak ada dalam daftar peraturan, jadi statusnya tidak dapat diperiksa.", r=citation.short),
            _meant(citation, ctx),
        )
    elif row.confidence == "rendah" and not forms_regency(row.kind, row.year, row.about):
        yield Hit(
            ("dasar_hukum", index),
            say("Status {r} dalam daftar bawaan belum dipastikan.", r=row.short),
            say("Pastikan di JDIH, lalu catat di regulasi.csv kantor dengan keyakinan tinggi."),
            severity=Severity.INFO,
        )


_UNKNOWN_KIND = say("Jenis peraturan pada butir ini tidak dikenali, jadi statusnya tidak dapat diperiksa.")


def _meant_kind(citation: Citation) -> Message:
    name = nearest(LEAD.sub("", citation.text))
    if name:
        return say('Mungkin maksudnya "{name}"? Periksa ejaannya.', name=name)
    return say('Awali dengan jenis peraturannya, misalnya "Peraturan Pemerintah" atau "Peraturan Bupati".')


def _meant(citation: Citation, ctx: Context) -> Message:
    """The regulation of the register that has this title, since a number is easily mistyped."""
    alike = titled(ctx.register, citation.about, citation.kind) if citation.about else None
    if alike is not None:
        return say(
            'Mungkin maksudnya "{t}". Bila bukan, pastikan di JDIH dan tambahkan ke regulasi.csv kantor.', t=alike.long
        )
    return say("Pastikan nomor dan tahunnya di JDIH, lalu tambahkan ke regulasi.csv kantor.")


RULE = Rule(
    code="HKM-10",
    name="peraturan-tidak-dikenal",
    severity=Severity.WARNING,
    summary=say("Peraturan tidak dikenal daftar"),
    source="Daftar peraturan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
