"""Lembaran Negara atau Tambahannya tidak cocok.

Apa: Tahun dan nomor LN, TLN, BN, LD, atau BD yang ditulis sama dengan daftar.
Mengapa: Angka yang salah menunjuk peraturan lain; kesalahan seperti ini sering tersalin dari naskah lain.
Salah: UU 23/2014 (Lembaran Negara Republik Indonesia Tahun 2014 Nomor 224, ...)
Benar: UU 23/2014 (Lembaran Negara Republik Indonesia Tahun 2014 Nomor 244, ...)
Sumber: UU 12/2011 Lampiran II angka 47-49; angka menurut gazettes.csv dan kolom lembaran serta tambahan di
regulasi.csv kantor. Selalu peringatan: naskah yang terbit pun sering berbeda.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import gazette_of
from pipeline.rules.citations import Citation
from pipeline.rules.gazettes import Gazette
from pipeline.rules.register import Regulation


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per gazette entry, of a citation or of an amendment it names, that the register knows otherwise."""
    for index, cited in ctx.cited:
        named = cited.amendment.by if cited.amendment is not None else ()
        for citation in (cited, *named):
            row = _row(citation, ctx)
            for entry in citation.gazettes if row is not None else ():
                message = _wrong(entry, row) if row is not None else None
                if row is not None and message is not None:
                    yield Hit(("dasar_hukum", index), message, _help(row))


def _row(citation: Citation, ctx: Context) -> Regulation | None:
    return ctx.register.find(citation) if citation.complete and citation.gazettes else None


def _wrong(entry: Gazette, row: Regulation) -> Message | None:
    supplement = entry.series.startswith("T")
    if not supplement and entry.year is not None and entry.year != row.year:
        return say(
            "{s} Tahun {y} tidak cocok: {r} dimuat pada tahun {right}.",
            s=entry.series,
            y=entry.year,
            r=row.short,
            right=row.year,
        )
    known = row.published
    right = None if known is None else known.supplement if supplement else known.number
    if right is None or right == entry.number:
        return None
    return say(
        "{s} Nomor {n} tidak cocok: menurut daftar, {r} dimuat dalam {s} Nomor {right}.",
        s=entry.series,
        n=entry.number,
        r=row.short,
        right=right,
    )


def _help(row: Regulation) -> Message:
    entry = gazette_of(row)
    if not entry:
        return say("Periksa tahunnya di JDIH, lalu perbaiki.")
    return say('Bandingkan dengan JDIH, lalu tulis "({entry})"', entry=entry)


RULE = Rule(
    code="HKM-07",
    name="lembaran-tidak-cocok",
    severity=Severity.WARNING,
    summary=say("Lembaran Negara atau Tambahannya tidak cocok"),
    source="UU 12/2011 Lampiran II angka 47-49",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
