"""Satu orang dengan dua NIP, atau satu NIP untuk dua orang.

Apa: Setiap NIP milik satu orang, dan setiap orang mempunyai satu NIP, di pejabat.csv dan pada semua pengesah SOP.
Mengapa: Salah satu angka atau nama pasti salah, dan tercetak di bawah tanda tangan.
Salah: Andi Contoh, S.H. NIP 196804301990021003 dan Andi Contoh NIP 196804301990021008
Benar: Andi Contoh, S.H. dengan NIP yang sama pada semua SOP
Sumber: Perka BKN 22/2007: NIP adalah identitas tunggal. Nama sama dengan NIP yang jauh berbeda dapat berarti dua orang,
    dan nama yang sebagian sama dapat berarti ejaan; keduanya menjadi peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.rules.base import Hit, Pointer, Rule
from pipeline.rules.nip import normalize
from pipeline.rules.signers import signers

_BEFORE = frozenset(("prof", "dr", "drs", "dra", "drh", "drg", "ir", "h", "hj", "kh", "r", "rr", "raden", "apt", "ns"))
"""Titles that stand before a name."""
_WORDS = re.compile(r"[^\W\d_]+")
_TYPED = 3
"""Two numbers that differ in at most so many digits are one number and a slip."""


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    nip: str
    words: tuple[str, ...]
    digits: str
    item: int
    path: DataPath


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit at everyone whose number or name contradicts the first one who has it; the register comes first."""
    by_number: dict[str, _Person] = {}
    by_name: dict[tuple[str, ...], _Person] = {}
    told: set[tuple[str, str]] = set()
    for item, path, official in signers(items):
        person = _Person(official.name, official.nip, _bare(official.name), normalize(official.nip), item, path)
        if not person.words or not person.digits or (official.name, official.nip) in told:
            continue
        told.add((official.name, official.nip))
        owner = by_number.setdefault(person.digits, person)
        if owner.words != person.words:
            yield _two_names(person, owner)
            continue
        same = by_name.setdefault(person.words, person)
        if same.digits != person.digits and len(person.words) > 1:
            yield _two_numbers(person, same)


@lru_cache(maxsize=1024)
def _bare(name: str) -> tuple[str, ...]:
    """Words of a name without titles: what stands before the first comma, but for those in front."""
    words = [word.casefold() for word in _WORDS.findall(name.partition(",")[0])]
    while words and words[0] in _BEFORE and len(words) > 1:
        words.pop(0)
    return tuple(words)


def _two_names(person: _Person, owner: _Person) -> Hit:
    unlike = not set(person.words) & set(owner.words)
    return _hit(
        person,
        owner,
        "nip",
        say('NIP {nip} dipakai oleh "{name}" dan oleh "{other}".', nip=person.nip, name=person.name, other=owner.name),
        say("Cocokkan dengan SK keduanya: perbaiki NIP yang salah, atau samakan ejaan namanya bila orangnya sama."),
        Severity.ERROR if unlike else Severity.WARNING,
    )


def _two_numbers(person: _Person, same: _Person) -> Hit:
    slip = len(person.digits) == len(same.digits) and _distance(person.digits, same.digits) <= _TYPED
    return _hit(
        person,
        same,
        "nip",
        say('"{name}" mempunyai dua NIP: {nip} dan {other}.', name=person.name, nip=person.nip, other=same.nip),
        say("Cocokkan dengan SK pejabat itu dan samakan. Bila memang dua orang yang senama, abaikan dengan kecuali."),
        Severity.ERROR if slip else Severity.WARNING,
    )


def _distance(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _hit(person: _Person, other: _Person, key: str, message: Message, advice: Message, severity: Severity) -> Hit:
    return Hit(
        (*person.path, key),
        message,
        advice,
        severity=severity,
        related=(Pointer((*other.path, key), say("pertama di sini"), other.item),),
        item=person.item,
        subject=f"{person.digits} {' '.join(person.words)}",
    )


RULE = Rule(
    code="TTD-09",
    name="nip-ganda",
    severity=Severity.ERROR,
    summary=say("Satu orang dengan dua NIP, atau satu NIP untuk dua orang"),
    source="Perka BKN 22/2007: NIP adalah identitas tunggal",
    doc=__doc__,
    compare=compare,
    confidence=Confidence.HIGH,
)
