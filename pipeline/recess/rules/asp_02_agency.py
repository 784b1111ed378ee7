"""OPD tidak cocok dengan bidangnya.

Apa: OPD (perangkat daerah) yang disebut menangani urusan pada kolom `bidang`. Bila kantor punya opd.csv, daftar itulah
    yang dipakai; bila tidak, kata-kata pada nama OPD dibandingkan dengan nama urusan.
Mengapa: Usulan yang salah alamat dikembalikan oleh OPD, dan jumlah per bidang dan per OPD tidak sejalan.
Salah: bidang Kesehatan, OPD Dinas Pertanian
Benar: bidang Kesehatan, OPD Dinas Kesehatan
Sumber: UU 23/2014 Pasal 12 (urusan); pembagiannya kepada OPD berbeda di setiap daerah, jadi hanya peringatan. OPD yang
    namanya tidak menyebut urusan apa pun (kecamatan, misalnya) tidak dinilai.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.recess import Proposal
from pipeline.model.region import Agency
from pipeline.model.told import told_list
from pipeline.recess.affairs import affair_of, affairs, fits
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.nearness import Nearness
from pipeline.recess.text import squash

_Fault = tuple[str, Message, Message]
_NAMED = 3
_REGION = re.compile(r"(?<=\w) (?:pemerintah |pemkab |pemkot )?(?:kabupaten|kab|kota|provinsi|prov) \w.*$")
_BETWEEN = re.compile(r"\s*[;/+\n]\s*")
"""Agencies named as those that would fit."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row whose agency is unknown to the register, or does not carry the field."""
    judge = _Registered(ctx.region.agencies) if ctx.region.agencies else _Usual()
    known: dict[tuple[str, str], _Fault | None] = {}
    for row in ctx.recess.proposals:
        pair = (row.field, row.agency)
        if pair not in known:
            known[pair] = judge.fault(row) if row.agency.strip() else None
        fault = known[pair]
        if fault is not None:
            column, message, help = fault
            yield Hit(ctx.proposal(row, column), message, help)


class _Usual:
    """Judges by the words of names, where the office has no register of its agencies."""

    def fault(self, row: Proposal) -> _Fault | None:
        affair = affair_of(row.field)
        if affair is None or fits(affair, row.agency) is not False:
            return None
        carried = [other.name for other in affairs() if fits(other, row.agency)]
        return (
            "opd",
            say("OPD `{o}` tidak cocok dengan bidang `{f}`", o=row.agency, f=row.field),
            say(
                "Menurut namanya OPD itu menangani {a}. Perbaiki `opd` atau `bidang`; bila di daerah ini memang "
                "demikian, tulis urusan OPD itu di opd.csv.",
                a=told_list(carried[:_NAMED]),
            ),
        )


class _Registered:
    """Judges by ``opd.csv``."""

    def __init__(self, agencies: tuple[Agency, ...]) -> None:
        self._agencies = agencies
        named = [(name, agency) for agency in reversed(agencies) for name in (agency.abbreviation, agency.name) if name]
        self._known: Mapping[str, Agency] = {_plain(name): agency for name, agency in named}
        self._near = Nearness(agency.name for agency in agencies)

    def fault(self, row: Proposal) -> _Fault | None:
        agency = self._known.get(_plain(row.agency))
        if agency is None and any(_plain(part) in self._known for part in _BETWEEN.split(row.agency)):
            return None  # several agencies share the proposal: which one carries what nobody can tell
        if agency is None:
            return (
                "opd",
                say("OPD `{o}` tidak ada di opd.csv", o=row.agency),
                self._near.help(row.agency, say("Perbaiki namanya, atau tambahkan OPD itu di opd.csv.")),
            )
        if not row.field.strip() or not agency.affairs or _carries(agency, row.field) is not False:
            return None
        others = [other.name for other in self._agencies if other.affairs and _carries(other, row.field)]
        return (
            "opd",
            say("OPD `{o}` menurut opd.csv tidak menangani bidang `{f}`", o=row.agency, f=row.field),
            say(
                "{others}Perbaiki `opd` atau `bidang`, atau lengkapi urusan OPD itu di opd.csv.",
                others=say("Yang menanganinya: {names}. ", names=told_list(others[:_NAMED])) if others else NOTHING,
            ),
        )


def _plain(name: str) -> str:
    """The name of an agency without that of its region: "Dinas Kesehatan Kab. Contoh"."""
    plain = squash(name)
    return plain if plain.startswith(("kecamatan ", "kelurahan ")) else _REGION.sub("", plain)


def _carries(agency: Agency, field: str) -> bool | None:
    """Does ``agency`` carry ``field`` by its register? None when the field is no affair that is known."""
    if squash(field) in {squash(affair) for affair in agency.affairs}:
        return True
    affair = affair_of(field)
    if affair is None:
        return None
    carried = [affair_of(name) for name in agency.affairs]
    if None in carried:
        return True if any(part and set(part.parts) & set(affair.parts) for part in carried) else None
    return any(part is not None and set(part.parts) & set(affair.parts) for part in carried)


RULE = Rule(
    code="ASP-02",
    name="opd-tidak-cocok",
    severity=Severity.WARNING,
    about=say("OPD tidak dikenal atau tidak menangani bidang usulan."),
    source="UU 23/2014 Pasal 12; pembagian urusan menurut daerah",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
