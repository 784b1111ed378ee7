"""Satu pelaksana dengan beberapa sebutan.

Apa: Satu pelaksana disebut dengan satu nama di seluruh SOP, dan persetujuan disebut menurut yang memberikannya.
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
from pipeline.model.told import told_list
from pipeline.rules.actors import key
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.parties import alike, parties
from pipeline.rules.shapes import has_consent, numbered
from pipeline.rules.vocabulary import actor_groups

_CONSENT = re.compile(r"\b[Pp]ersetujuan\s+(?=[A-Z])")
_PREDICATE = re.compile(r"\s+(?:di|ke|pada|dalam|atas|untuk|kepada|dari|tentang|di\w{4,}|me\w{4,})\b")
"""What may follow the name of the one who gives a consent."""
_CONSENTING = frozenset(("menyetujui", "disetujui"))


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per actor that is printed under more than one name, at the first place where the name changes, and per
    consent that is named after another than the one who gives it."""
    yield from _names(sop, ctx)
    yield from _consents(sop, ctx)


def _consents(sop: Sop, ctx: Context) -> Iterator[Hit]:
    given: list[int] = []
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if has_consent(step) or sentence.verb in _CONSENTING:
            given.append(row)
            continue
        match = _CONSENT.search(step.activity) if given else None
        phrase = step.activity[match.end() :] if match else ""
        end = _PREDICATE.search(phrase)
        named = parties(phrase[: end.start()] if end else phrase, ctx.names)[:1]
        giving = [ctx.names.columns[c] for r in given for c in sop.steps[r].columns if c is not None]
        if not match or not named or not named[0].choices or not giving:
            continue
        if not any(alike(choice, name, ctx.names) for choice in named[0].choices for name in giving):
            yield _not_given_by(sop, row, given[-1], named[0].written)


def _not_given_by(sop: Sop, row: int, source: int, named: str) -> Hit:
    return Hit(
        ("langkah", row, "kegiatan"),
        say(
            'Langkah {n} menyebut persetujuan "{a}", padahal yang menyetujui pada langkah {m} adalah "{b}".',
            n=numbered(sop.steps[row], row),
            a=named,
            m=numbered(sop.steps[source], source),
            b=told_list(sop.steps[source].actors),
        ),
        say("Samakan nama pemberi persetujuannya."),
        related=(Pointer(("langkah", source, "kegiatan"), say("persetujuannya di sini")),),
    )


def _names(sop: Sop, ctx: Context) -> Iterator[Hit]:
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
                    "Satu pelaksana disebut dengan {n} nama: {names}.",
                    n=len(found),
                    names=", ".join(f'"{written[spelling]}"' for spelling in found),
                ),
                say('Pakai "{name}" di semua tempat.', name=name),
            )


def _as_written(spelling: str, text: str) -> str:
    match = re.search(r"[.\s]+".join(map(re.escape, spelling.split())), text, re.IGNORECASE)
    return match.group() if match else spelling


RULE = Rule(
    code="PLK-07",
    name="banyak-sebutan",
    severity=Severity.WARNING,
    summary=say("Satu pelaksana dengan beberapa sebutan"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
