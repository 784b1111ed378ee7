"""Nama orang sebagai pelaksana.

Apa: Pelaksana ditulis dengan nama jabatan, bukan nama orang.
Mengapa: Orangnya berganti, jabatannya tetap; SOP dengan nama orang harus ditetapkan ulang setiap ada mutasi.
Salah: Drs. Pejabat Contoh, M.Si.
Benar: Kepala Bagian Umum
Sumber: Konvensi penyusunan SOP. Dikenali dari gelar, sapaan, NIP, atau nama yang sama dengan pejabat.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.actors import key
from pipeline.rules.base import Context, Hit, Rule

_FRONT = (
    r"(?:Drs|Dra|Dr|dr|Ir|Hj|Prof|KH|H)\.\s*(?=[A-Z][A-Za-z]{2})"
    r"|^(?:Bapak|Ibu|Bpk\.?|Sdr\.?|Sdri\.?|Saudara|Saudari)\s+(?=[A-Z])"
)
_BEHIND = (
    r"(?:S\.\s?(?:H|E|T|P|I\.?P|Sos|Kom|Pd|Ag|STP|Psi|Si|Hut|KM|AP|A\.P|Farm)|M\.\s?(?:H|M|T|P|Si|Hum|Pd|AP|A\.P|Kn|Kes"
    r"|Sc|Ag|Ak|Kom|IP)|A\.Md|Ph\.D|SH|SE|ST|MM|MH|SIP|SSos|SKom|MSi|MAP)(?![A-Za-z])"
)
_PERSON = re.compile(
    rf"(?<![\w.])(?:{_FRONT})|,\s*{_BEHIND}|\s(?:S|M)\.\s?(?:H|E|Si|Hum|Sos|AP)(?![A-Za-z])|\bNIP\b|\b\d{{8}}\s?\d{{6}}\b"
)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per column, or actor of a row who is no column, that is a person."""
    officials = tuple(o for o in (*ctx.office.officials, sop.signer) if o is not None and o.name.strip())
    people = {key(name): o.position for o in officials for name in (o.name, o.name.partition(",")[0])}
    told: set[str] = set()
    for path, name in _names(sop):
        position = people.get(key(name)) or people.get(key(name.partition(",")[0])) or ""
        if name in told or not (position or _PERSON.search(name)):
            continue
        told.add(name)
        yield _hit(path, name, position)


def _names(sop: Sop) -> Iterator[tuple[DataPath, str]]:
    for column, name in enumerate(sop.actors):
        yield ("pelaksana", column), name
    for row, step in enumerate(sop.steps):
        for actor, found in zip(step.actors, step.columns, strict=True):
            if found is None:
                yield ("langkah", row, "pelaksana"), actor


def _hit(path: DataPath, name: str, position: str) -> Hit:
    message = say('Pelaksana "{a}" adalah nama orang, bukan jabatan.', a=name)
    if position:
        return Hit(path, message, say('Tulis "{p}".', p=position))
    return Hit(
        path,
        message,
        say("Tulis jabatannya sebagaimana dalam jabatan.csv."),
    )


RULE = Rule(
    code="PLK-10",
    name="nama-orang-sebagai-pelaksana",
    severity=Severity.WARNING,
    summary=say("Nama orang sebagai pelaksana"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
