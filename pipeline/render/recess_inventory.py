"""The inventory of needs as templates print it: grouped by dapil and field, each line with its proposers and sources.

The rows of a template are made when they are printed, so that an inventory of any length needs little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import PurePath

from pipeline.model.money import rupiah, thousands
from pipeline.model.recap import UNSTATED, DistrictGroup, FieldGroup, Need, Volume
from pipeline.model.recess import PROPOSALS, Member, Proposal, Recess, RecessInput
from pipeline.render.lazy import Lazy
from pipeline.render.recess_wording import priority
from pipeline.render.recess_words import NOTHING, district, letter, total, volume, where
from pipeline.render.sop import GAP

Line = Mapping[str, object]
NO_DISTRICT = "Daerah pemilihan tidak diketahui"


def inventory(groups: Sequence[DistrictGroup], recess: Recess) -> Lazy[DistrictGroup, Line]:
    """``groups`` as the templates ask for them: ``huruf``, ``judul`` ("" without a label), ``jumlah``, ``bidang``."""
    line = line_of(recess)

    def field(_: int, group: FieldGroup) -> Line:
        needs = Lazy(group.needs, lambda _, need: line(need))
        return {"nama": group.label, "jumlah": total(group.tally), "usulan": needs}

    def part(index: int, group: DistrictGroup) -> Line:
        return {
            "huruf": letter(index + 1),
            "judul": titled(group.label),
            "jumlah": total(group.tally),
            "bidang": Lazy(group.fields, field),
        }

    return Lazy(groups, part)


def titled(label: str) -> str:
    """The heading of a district."""
    return NO_DISTRICT if label == UNSTATED else district(label)


def line_of(recess: Recess) -> Callable[[Need], Line]:
    """What makes the line of a need; it remembers what many needs share."""
    name = namer({member.id: member for member in reversed(recess.members)})
    ranked = cache(priority)

    def line(need: Need) -> Line:
        rows = need.rows
        lead = rows[0]
        names = [name(lead.member_id)] if len(rows) == 1 else list(dict.fromkeys(name(row.member_id) for row in rows))
        return {
            "no": need.number,
            "uraian": lead.text.rstrip(" .") or GAP,
            "keterangan": _note(need, len(names)) if len(rows) > 1 else "",
            "opd": lead.agency or UNSTATED,
            "lokasi": where(lead.location, lead.village, lead.subdistrict),
            "volume": volume(lead),
            "anggaran": NOTHING if need.amount is None else rupiah(need.amount),
            "prioritas": ranked(lead.priority) or NOTHING,
            "pengusul": "\n".join(names),
            "sumber": "\n".join(map(source, rows)),
        }

    return line


def namer(members: Mapping[str, Member]) -> Callable[[str], str]:
    """What gives the name of a member by id, or what stands for it."""

    def name(member_id: str) -> str:
        member = members.get(member_id)
        return member.name if member and member.name else member_id or UNSTATED

    return cache(name)


def source(row: Proposal) -> str:
    """ "U0001 (2)": the id of a proposal and its row in the table; a row without an id is "(baris 2)"."""
    return f"{row.id} ({row.row})" if row.id else f"(baris {row.row})"


def source_file(item: RecessInput) -> str:
    """The table of proposals as people know it: "aspirasi.csv", or "reses.xlsx, lembar aspirasi"."""
    table = item.tables.get(PROPOSALS)
    if table is None:
        return "tabel aspirasi"
    name = PurePath(table.file).name
    return f"{name}, lembar {table.sheet}" if table.sheet else name


def annex(volume: Volume) -> Line:
    """A volume as the templates ask for it."""
    return {
        "no": volume.number,
        "banyak": volume.count,
        "berkas": volume.stem,
        "isi": volume.title,
        "awal": volume.first,
        "akhir": volume.last,
        "usulan": volume.needs,
        "anggaran": volume.amount,
    }


def _note(need: Need, members: int) -> str:
    """How many rows say it, of how many members, whether they were joined by similarity, and which estimates differ."""
    heard = f"Digabung dari {thousands(len(need.rows))} aspirasi"
    if members > 1:
        heard += f", didengar {thousands(members)} anggota"
    least = min(need.scores, default=100)
    if least < 100:
        heard += f", kemiripan {least}%"
    if len(need.amounts) > 1:
        heard += f"; perkiraan berbeda: {' / '.join(map(rupiah, need.amounts))}"
    return heard
