"""NIP berbeda dengan data pejabat.

Apa: Tanggal lahir dan jenis kelamin pada NIP sama dengan `tanggal_lahir` dan `jenis_kelamin` pejabat itu, bila diisi.
Mengapa: Bila berbeda, NIP itu milik orang lain atau salah ketik, walaupun susunannya benar.
Salah: nip 19750101 200001 1 001, jenis_kelamin wanita
Benar: nip 19750101 200001 2 001, jenis_kelamin wanita
Sumber: Perka BKN 22/2007: angka 1-8 tanggal lahir, angka 15 jenis kelamin (1 pria, 2 wanita).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.dates import told_date
from pipeline.model.finding import DataPath, Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import say
from pipeline.model.office import Official, Sex
from pipeline.rules import nip
from pipeline.rules.base import Hit, Rule
from pipeline.rules.signers import is_contract, signers

_HELP = say("Cocokkan ketiganya dengan SK pejabat itu dan perbaiki yang keliru.")

_SEXES = {Sex.MAN: say("pria"), Sex.WOMAN: say("wanita")}


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit for each of birth date and sex that differs, of everyone in pejabat.csv or stated by an SOP."""
    for index, path, official in signers(items):
        yield from _differences(index, path, official)


def _differences(index: int, path: DataPath, official: Official) -> Iterator[Hit]:
    said = nip.told(official.nip, contract=is_contract(official))
    if said is None:
        return
    subject = f"{official.name} {official.nip}"
    if official.born is not None and official.born != said.born:
        yield Hit(
            (*path, "tanggal_lahir"),
            say(
                "Menurut NIP, {n} lahir {b}, tetapi tanggal_lahir {s}.",
                n=official.name,
                b=told_date(said.born),
                s=told_date(official.born),
            ),
            _HELP,
            item=index,
            subject=subject,
        )
    if official.sex is not None and said.sex is not None and official.sex is not said.sex:
        yield Hit(
            (*path, "jenis_kelamin"),
            say(
                "Menurut angka ke-15 NIP, {n} {a}, tetapi jenis_kelamin {s}.",
                n=official.name,
                a=_SEXES[said.sex],
                s=_SEXES[official.sex],
            ),
            _HELP,
            item=index,
            subject=subject,
        )


RULE = Rule(
    code="TTD-13",
    name="nip-berbeda-dengan-data",
    severity=Severity.WARNING,
    summary=say("NIP berbeda dengan data pejabat"),
    source="Perka BKN 22/2007",
    doc=__doc__,
    compare=compare,
)
