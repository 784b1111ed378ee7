"""Lembaga sebagai pelaku kegiatan perorangan.

Apa: Mendengarkan, menjawab, mencatat, mengunjungi, menandatangani, atau melaksanakan reses dilakukan orang: Anggota
    DPRD, Pimpinan DPRD, atau pejabat; bukan "Dewan" atau "DPRD".
Mengapa: DPRD sebagai lembaga bertindak melalui rapat dan alat kelengkapannya; siapa yang harus hadir tidak tertulis.
Salah: Dewan mendengarkan keluhan masyarakat
Benar: Mendengarkan keluhan masyarakat (pelaksana: Anggota DPRD)
Sumber: UU 23/2014 Pasal 161 (kewajiban anggota DPRD) dan Pasal 163 (alat kelengkapan DPRD).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.actors import key
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.parties import doers
from pipeline.rules.sentences import Sentence
from pipeline.rules.shapes import conducts_recess, numbers
from pipeline.rules.vocabulary import words


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per name of the institution that acts where a person does, at its column or its first sentence."""
    institutions = words("vague_actor")
    columns = {column for column, name in enumerate(sop.actors) if key(name) in institutions}
    rows: dict[str, list[int]] = {}
    places: dict[str, tuple[DataPath, str]] = {}
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if not _personal(step, sentence):
            continue
        named: dict[str, DataPath] = {
            sop.actors[c]: ("pelaksana", c) for c in step.columns if c is not None and c in columns
        }
        for party in doers(sentence.clauses[0], ctx.names) if sentence.clauses[0].doer else ():
            if key(party.written) in institutions and not any(key(party.written) == key(name) for name in named):
                named[party.written] = ("langkah", row, "kegiatan")
        for name, path in named.items():
            rows.setdefault(key(name), []).append(row)
            places.setdefault(key(name), (path, name))
    for plain, (path, name) in places.items():
        yield _hit(sop, path, name, rows[plain])


def _personal(step: Step, sentence: Sentence) -> bool:
    return sentence.verb in words("individual") or conducts_recess(step)


def _hit(sop: Sop, path: DataPath, name: str, rows: list[int]) -> Hit:
    return Hit(
        path,
        say('"{a}" adalah lembaga, tetapi langkah {n} dikerjakan orang.', a=name, n=numbers(sop, rows)),
        say("Tulis siapa yang mengerjakannya: Anggota DPRD, Pimpinan DPRD, atau nama alat kelengkapannya."),
    )


RULE = Rule(
    code="PLK-08",
    name="lembaga-sebagai-pelaku",
    severity=Severity.WARNING,
    summary=say("Lembaga sebagai pelaku kegiatan perorangan"),
    source="UU 23/2014 Pasal 161 dan 163",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
