"""What the plenary's template is filled with, names as the template writes them.

The values are ready to print; only counts and amounts stay numbers, so that a template can format them
(``{{ x | ribuan }}``, ``{{ x | rupiah }}``).
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from pipeline.model.money import rupiah
from pipeline.model.recap import UNSTATED, Activity, Dimension, DistrictGroup, Need, Recap, TotalTable
from pipeline.model.recess import RecessInput
from pipeline.render.recess_documents import fill
from pipeline.render.recess_wording import priority
from pipeline.render.recess_words import (
    NO_PICTURE,
    NOTHING,
    Context,
    attendance,
    common,
    district,
    letter,
    letterhead,
    official_signature,
    share,
    total,
    volume,
    where,
)
from pipeline.render.sop import GAP
from pipeline.render.template import Template

RECAP_TEMPLATE = "rekap-reses.docx"


def render_recap(template: Template, item: RecessInput, recap: Recap) -> bytes:
    """The inventory for the plenary as DOCX. Raises TemplateError when the template asks for what does not exist."""
    return fill(template, item.office.office, lambda logo: recap_context(item, recap, logo=logo))


def recap_context(item: RecessInput, recap: Recap, *, logo: Markup = NO_PICTURE) -> Context:
    """The context of ``rekap-reses.docx``: the inventory for the plenary."""
    recess = recap.recess
    office = item.office.office
    return {
        **common(recess, office, logo),
        "kop": letterhead(office, (office.government, office.unit.replace("DPRD", "Dewan Perwakilan Rakyat Daerah"))),
        "instansi": f"{office.unit} {office.region}",
        "jumlah_anggota": sum(1 for a in recap.activities if a.member.id and (a.meetings or a.heard)),
        "jumlah_pertemuan": len(recess.meetings),
        **attendance(recess.meetings),
        "jumlah": total(recap.total),
        "tanpa_aspirasi": ", ".join(a.member.name for a in recap.activities if a.member.id and not a.heard),
        "anggota": [_activity(activity) for activity in recap.activities],
        "ringkasan": [_summary(number, table) for number, table in enumerate(recap.tables.values(), 1)],
        "kelompok": [_group(number, group, recap) for number, group in enumerate(recap.districts, 1)],
        "ttd": official_signature(recess, office),
    }


def _activity(activity: Activity) -> Mapping[str, object]:
    member = activity.member
    return {
        "nama": member.name or GAP,
        "fraksi": member.fraction or NOTHING,
        "komisi": member.commission or NOTHING,
        "dapil": member.district or NOTHING,
        "pertemuan": activity.meetings,
        "peserta": activity.participants,
        "tercatat": activity.heard,
    }


def _summary(number: int, table: TotalTable) -> Mapping[str, object]:
    whole = table.total.needs
    name = priority if table.dimension is Dimension.PRIORITY else str
    lines = [
        {"nama": name(line.label), **total(line.tally), "bagian": share(line.tally.needs, whole)}
        for line in table.lines
    ]
    return {"huruf": letter(number), "judul": table.dimension.value, "baris": lines, "bagian": share(whole, whole)}


def _group(number: int, group: DistrictGroup, recap: Recap) -> Mapping[str, object]:
    return {
        "huruf": letter(number),
        "judul": "Daerah pemilihan tidak diketahui" if group.label == UNSTATED else district(group.label),
        "jumlah": total(group.tally),
        "bidang": [
            {
                "nama": part.label,
                "jumlah": total(part.tally),
                "usulan": [_need(need, recap) for need in part.needs],
            }
            for part in group.fields
        ],
    }


def _need(need: Need, recap: Recap) -> Mapping[str, object]:
    lead = need.lead
    names = dict.fromkeys(_name(row.member_id, recap) for row in need.rows)
    return {
        "no": need.number,
        "uraian": lead.text.rstrip(" .") or GAP,
        "keterangan": _amounts(need),
        "opd": lead.agency or UNSTATED,
        "lokasi": where(lead.location, lead.village, lead.subdistrict),
        "volume": volume(lead),
        "anggaran": NOTHING if need.amount is None else rupiah(need.amount),
        "prioritas": priority(lead.priority) or NOTHING,
        "pengusul": "\n".join(names),
        "sumber": "\n".join(row.id or NOTHING for row in need.rows),
    }


def _name(member_id: str, recap: Recap) -> str:
    member = recap.members.get(member_id)
    return member.name if member and member.name else member_id or UNSTATED


def _amounts(need: Need) -> str:
    """Says that the rows of a merged need give different estimates."""
    if len(need.amounts) < 2:
        return ""
    return f"Perkiraan berbeda: {' / '.join(rupiah(amount) for amount in need.amounts)}"
