"""Usulan tidak ada di kamus usulan.

Apa: Setiap usulan yang dimasukkan ke SIPD sama dengan satu entri kamus-usulan.csv, menurut `id` pada kolom `kamus`
    atau menurut uraian yang persis sama. Diperiksa bila reses.yaml berisi `pokir` dan kantor punya kamus usulan.
Mengapa: Kamus adalah daftar tertutup: usulan di luarnya tidak dapat dimasukkan.
Salah: uraian Bikin got di RT 04, kamus kosong
Benar: uraian Bikin got di RT 04, kamus K016 (Pembangunan drainase lingkungan)
Sumber: Kamus usulan pokok-pokok pikiran DPRD di SIPD.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import NOTHING, Message, joined, say, verbatim
from pipeline.model.recess import Proposal
from pipeline.model.region import Entry
from pipeline.recess.dictionary import Dictionary
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import planned
from pipeline.recess.text import squash

_NAMED = 3
"""Entries named as those that may be meant."""
_MOST = 50
"""Texts that are told one by one, each for all its rows."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each id and each text that is not in the kamus, with the number of rows that have it."""
    if not ctx.region.dictionary:
        return
    dictionary = Dictionary(ctx.region.dictionary)
    unknown: dict[tuple[bool, str], list[tuple[int, Proposal]]] = {}
    for index, row in planned(ctx):
        if dictionary.entry(row, ctx.plain[index]) is None:
            key = (True, squash(row.entry)) if row.entry.strip() else (False, ctx.plain[index])
            unknown.setdefault(key, []).append((index, row))
    groups = list(unknown.values())
    for rows in groups[:_MOST]:
        yield _hit(ctx, dictionary, rows)
    rest = [row for rows in groups[_MOST:] for _, row in rows]
    if rest:
        yield Hit(
            ctx.proposal(rest[0], "kamus"),
            say("{n} usulan lain juga tidak ada di kamus usulan", n=len(rest)),
            say("Isi kolom `kamus` dengan id entri yang dimaksud."),
        )


def _hit(ctx: RecessContext, dictionary: Dictionary, rows: list[tuple[int, Proposal]]) -> Hit:
    index, row = rows[0]
    if row.entry.strip():
        what = say("kamus `{id}` tidak ada di kamus-usulan.csv", id=row.entry)
    elif ctx.plain[index]:
        what = say("usulan ini tanpa id kamus, dan tidak ada tepat satu entri dengan uraiannya")
    else:
        what = say("usulan ini tanpa id kamus dan tanpa uraian")
    others = say("; begitu juga {n} baris lain", n=len(rows) - 1) if len(rows) > 1 else NOTHING
    near = dictionary.nearest(row, ctx.plain[index], _NAMED) if ctx.plain[index] else ()
    return Hit(ctx.proposal(row, "kamus"), say("{what}{others}", what=what, others=others), _help(near))


def _help(near: tuple[Entry, ...]) -> Message:
    if not near:
        return say("Tidak ada entri yang mirip. Pilih entri lain, atau minta OPD menambahkannya ke kamus.")
    named = joined("; ", (verbatim(f"{entry.id} {entry.text} ({entry.unit or '–'})") for entry in near))
    return say("Yang mirip: {named}. Isi kolom `kamus` dengan id yang dimaksud.", named=named)


RULE = Rule(
    code="PKR-01",
    name="di-luar-kamus-usulan",
    severity=Severity.ERROR,
    about=say("Usulan tidak ada di kamus usulan."),
    source="kamus usulan pokok-pokok pikiran DPRD (SIPD)",
    doc=__doc__,
    check=check,
)
