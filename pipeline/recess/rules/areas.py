"""What the register of areas (``wilayah.csv``) says about the places of a recess: part of rule RES-09."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.recess import Member
from pipeline.model.region import Area
from pipeline.model.told import told_list
from pipeline.recess.rules.area_names import district_key, place_key
from pipeline.recess.rules.base import Hit, RecessContext
from pipeline.recess.rules.nearness import Nearness

_Fault = tuple[str, Message, Message]
"""The column that is wrong, what is wrong, what to do."""
_NAMED = 3
_SEVERAL = re.compile(r"\W*(?:se|seluruh|semua|lintas|beberapa|setiap|tiap|antar)\b", re.IGNORECASE)
"""What a proposal for more than one place says there: "Semua desa", "Se-Kecamatan Contoh", "Lintas kecamatan"."""


class Areas:
    """The register by the keys of its names. One kecamatan may be split between dapil, and one name of a desa stand
    in several kecamatan."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        self.districts: dict[str, str] = {}
        self._districts_of: dict[str, dict[str, str]] = {}
        self._villages: dict[str, dict[str, str]] = {}
        self._subdistricts_of: dict[str, dict[str, str]] = {}
        for area in areas:
            subdistrict = place_key(area.subdistrict)
            self._districts_of.setdefault(subdistrict, {})
            self._villages.setdefault(subdistrict, {})
            if area.district:
                self.districts.setdefault(district_key(area.district), area.district)
                self._districts_of[subdistrict].setdefault(district_key(area.district), area.district)
            if area.village:
                village = place_key(area.village)
                self._villages[subdistrict].setdefault(village, area.village)
                self._subdistricts_of.setdefault(village, {}).setdefault(subdistrict, area.subdistrict)
        self._near_subdistricts = Nearness(area.subdistrict for area in areas)
        self._near_villages: dict[str, Nearness] = {}
        self._known: dict[tuple[str, str], tuple[_Fault, ...]] = {}

    def faults(self, subdistrict: str, village: str) -> tuple[_Fault, ...]:
        """What is wrong with a kecamatan and the desa in it; what is not filled in is told elsewhere."""
        place = (subdistrict, village)
        if place not in self._known:
            self._known[place] = tuple(self._judged(subdistrict, village))
        return self._known[place]

    def outside(self, subdistrict: str, member: Member) -> tuple[str, ...]:
        """The dapil of ``subdistrict`` when that of ``member`` is not among them, () otherwise."""
        found = self._districts_of.get(place_key(subdistrict), {})
        own = district_key(member.district)
        return tuple(found.values()) if own in self.districts and found and own not in found else ()

    def _judged(self, subdistrict: str, village: str) -> Iterator[_Fault]:
        key = place_key(subdistrict)
        if not key or _SEVERAL.match(subdistrict):
            return
        if key not in self._villages:
            yield (
                "kecamatan",
                say("kecamatan `{k}` tidak ada di wilayah.csv", k=subdistrict),
                self._near_subdistricts.help(subdistrict, say("Perbaiki namanya, atau tambahkan di wilayah.csv.")),
            )
            return
        villages = self._villages[key]
        if place_key(village) in ("", *villages) or not villages or _SEVERAL.match(village):
            return
        yield self._village_fault(key, subdistrict, village, villages)

    def _village_fault(self, key: str, subdistrict: str, village: str, villages: Mapping[str, str]) -> _Fault:
        elsewhere = tuple(self._subdistricts_of.get(place_key(village), {}).values())
        message = say("desa `{d}` tidak ada di Kecamatan {k} menurut wilayah.csv", d=village, k=subdistrict)
        if elsewhere:
            found = told_list(elsewhere[:_NAMED])
            return "desa", message, say("Desa itu ada di Kecamatan {k}: perbaiki desa atau kecamatannya.", k=found)
        near = self._near_villages.setdefault(key, Nearness(villages.values()))
        return "desa", message, near.help(village, say("Perbaiki namanya, atau tambahkan di wilayah.csv."))


def against_areas(ctx: RecessContext) -> Iterator[Hit]:
    """Hits on dapil, kecamatan and desa that the register does not know, or places elsewhere."""
    areas = Areas(ctx.region.areas)
    yield from _members(ctx, areas)
    outside = set()
    for meeting in ctx.recess.meetings:
        for column, message, help in areas.faults(meeting.subdistrict, meeting.village):
            yield Hit(ctx.meeting(meeting, column), message, help)
        member = ctx.members.get(meeting.member_id)
        districts = areas.outside(meeting.subdistrict, member) if member else ()
        if member and districts:
            outside.add((member.id, place_key(meeting.subdistrict)))
            yield Hit(
                ctx.meeting(meeting, "kecamatan"),
                _elsewhere(meeting.subdistrict, member, districts),
                say("Anggota mengadakan reses di dapilnya sendiri: periksa kecamatan atau anggotanya."),
            )
    yield from _proposals(ctx, areas, outside)


def _members(ctx: RecessContext, areas: Areas) -> Iterator[Hit]:
    near = Nearness(areas.districts.values())
    for member in ctx.recess.members if areas.districts else ():
        if member.district.strip() and district_key(member.district) not in areas.districts:
            yield Hit(
                ctx.member(member, "dapil"),
                say("dapil `{d}` tidak ada di wilayah.csv", d=member.district),
                near.help(member.district, say("Perbaiki namanya, atau tambahkan di wilayah.csv.")),
            )


def _proposals(ctx: RecessContext, areas: Areas, outside: set[tuple[str, str]]) -> Iterator[Hit]:
    """A proposal may be for another dapil, so that is only a warning; where the meeting was there, it is told there."""
    for row in ctx.recess.proposals:
        for column, message, help in areas.faults(row.subdistrict, row.village):
            yield Hit(ctx.proposal(row, column), message, help)
        member = ctx.members.get(row.member_id)
        if member is None or (member.id, place_key(row.subdistrict)) in outside:
            continue
        districts = areas.outside(row.subdistrict, member)
        if districts:
            yield Hit(
                ctx.proposal(row, "kecamatan"),
                _elsewhere(row.subdistrict, member, districts),
                say("Periksa kecamatannya; bila usulan memang untuk dapil lain, biarkan."),
                Severity.WARNING,
            )


def _elsewhere(subdistrict: str, member: Member, districts: tuple[str, ...]) -> Message:
    return say(
        "Kecamatan {k} menurut wilayah.csv di {d}, sedangkan {name} dari {own}",
        k=subdistrict,
        d=told_list(districts[:_NAMED]),
        name=member.name,
        own=member.district,
    )
