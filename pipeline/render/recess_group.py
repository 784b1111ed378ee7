"""The report of a dapil, fraksi or komisi: what ``laporan-reses-kelompok.docx`` is filled with, and the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from pipeline.model.office import Official
from pipeline.model.recap import (
    LEADERS,
    UNSTATED,
    Activity,
    Dimension,
    Duty,
    FieldGroup,
    GroupReport,
    Need,
    TotalTable,
    Volume,
    commission_of,
)
from pipeline.model.recess import Member, RecessInput
from pipeline.render.lazy import Lazy
from pipeline.render.qr import Code
from pipeline.render.recess_documents import fill
from pipeline.render.recess_inventory import Line, annex, line_of, source_file
from pipeline.render.recess_words import (
    NO_PICTURE,
    NOTHING,
    TO_WRITE,
    Context,
    common,
    district,
    letterhead,
    listed,
    most_heard,
    position_of,
    recess_of,
    share,
    signature_block,
    total,
)
from pipeline.render.sop import GAP, signature
from pipeline.render.template import Template

GROUP_TEMPLATE = "laporan-reses-kelompok.docx"

_OF_MEMBER: Mapping[Dimension, Callable[[Member], str]] = {
    Dimension.DISTRICT: lambda member: member.district,
    Dimension.FRACTION: lambda member: member.fraction,
    Dimension.COMMISSION: commission_of,
}
_KINDS = {
    Dimension.DISTRICT: "daerah pemilihan",
    Dimension.FRACTION: "fraksi",
    Dimension.COMMISSION: "komisi",
}
_DUTIES = ("waktu dan tempat", "aspirasi", "dokumentasi")


def render_group(
    template: Template,
    item: RecessInput,
    report: GroupReport,
    *,
    public: bool = False,
    volumes: Sequence[Volume] = (),
    code: Code | None = None,
) -> bytes:
    """The report of one group as DOCX. With ``volumes`` its inventory stands in them, and here only their list.

    Raises TemplateError when the template asks for what does not exist.
    """

    def make(logo: Markup) -> Context:
        return group_context(item, report, public=public, volumes=volumes, logo=logo)

    return fill(template, item.office.office, make, code=code)


def group_context(
    item: RecessInput,
    report: GroupReport,
    *,
    public: bool = False,
    volumes: Sequence[Volume] = (),
    logo: Markup = NO_PICTURE,
) -> Context:
    """The context of ``laporan-reses-kelompok.docx``: what the members of one group did and heard."""
    recess = recess_of(item)
    office = item.office.office
    fields = report.tables[Dimension.FIELD].lines if Dimension.FIELD in report.tables else ()
    return {
        **common(recess, office, logo),
        "kop": letterhead(office, ("Dewan Perwakilan Rakyat Daerah", office.region)),
        "instansi": f"DPRD {office.region}",
        "publik": public,
        "kelompok": named(report),
        **_conduct(item, report),
        "ringkasan": [_table(table) for table in report.tables.values()],
        "terbanyak": most_heard(fields),
        "jumlah": total(report.total),
        "dihitung_lain": report.elsewhere,
        "inventarisasi": () if volumes else _inventory(item, report),
        "jilid": [annex(one) for one in volumes],
        "tabel_sumber": source_file(item),
        "ttd": _signature(item, report),
    }


def named(report: GroupReport) -> Mapping[str, str]:
    """The group by its names: as a title, as its line in the tables of the plenary, and as people of it."""
    label, kind = report.label, _KINDS[report.dimension]
    if _leads(report):
        title = people = label
    elif label == UNSTATED:
        people = f"anggota tanpa {kind}"
        title = f"Anggota tanpa {kind.title()}"
    else:
        title = district(label) if report.dimension is Dimension.DISTRICT else _with_kind(label, kind)
        people = f"anggota DPRD dari {title}" if report.dimension is Dimension.DISTRICT else f"anggota {title}"
    return {"judul": title, "nama": label, "anggota": people, "macam": kind, "lain": f"{kind} lain"}


def _leads(report: GroupReport) -> bool:
    return report.dimension is Dimension.COMMISSION and report.label == LEADERS


def _with_kind(label: str, kind: str) -> str:
    return label if label.casefold().startswith(kind) else f"{kind.title()} {label}"


def _conduct(item: RecessInput, report: GroupReport) -> Context:
    """Chapter II: what each member did, and whose report holds what the law asks for."""
    others = [dimension for dimension in _OF_MEMBER if dimension is not report.dimension]
    gaps = [_lacking(duty) for duty in report.duties if not duty.complete]
    return {
        "kolom": dict(zip(("satu", "dua"), (dimension.value for dimension in others), strict=True)),
        "anggota": [_activity(item, activity, others) for activity in report.activities],
        "jumlah_anggota": sum(1 for activity in report.activities if activity.member.id),
        "jumlah_melapor": sum(1 for duty in report.duties if duty.reported),
        "jumlah_lengkap": len(report.duties) - len(gaps),
        "jumlah_pertemuan": report.meetings,
        "jumlah_peserta": report.participants,
        "kewajiban": [_duty(duty) for duty in report.duties],
        "belum_lengkap": listed(gaps),
    }


def _activity(item: RecessInput, activity: Activity, others: Sequence[Dimension]) -> Line:
    member = activity.member
    satu, dua = (_OF_MEMBER[dimension](member) or NOTHING for dimension in others)
    return {
        "nama": member.name or GAP,
        "jabatan": position_of(member, item.office.office) if member.id else NOTHING,
        "satu": satu,
        "dua": dua,
        "pertemuan": activity.meetings,
        "peserta": activity.participants,
        "tercatat": activity.heard,
    }


def _duty(duty: Duty) -> Mapping[str, str]:
    parts = (duty.time_and_place, duty.heard, duty.documented)
    time_and_place, heard, documented = ("Ada" if part else "Belum" for part in parts)
    state = "Lengkap" if duty.complete else "Belum lengkap" if duty.reported else "Tidak melapor"
    return {
        "nama": duty.member.name or GAP,
        "waktu_tempat": time_and_place,
        "aspirasi": heard,
        "dokumentasi": documented,
        "keterangan": state,
    }


def _lacking(duty: Duty) -> str:
    """ "Anggota Contoh 01 (dokumentasi)": whose report lacks what."""
    parts = (duty.time_and_place, duty.heard, duty.documented)
    gaps = [name for name, there in zip(_DUTIES, parts, strict=True) if not there]
    return f"{duty.member.name or duty.member.id} ({listed(gaps) if duty.reported else 'tidak melapor'})"


def _table(table: TotalTable) -> Line:
    whole = table.total.needs
    lines = [
        {"nama": line.label, **total(line.tally), "bagian": share(line.tally.needs, whole)} for line in table.lines
    ]
    return {"judul": table.dimension.value, "baris": lines, "bagian": share(whole, whole)}


def _inventory(item: RecessInput, report: GroupReport) -> Sequence[Line]:
    """The needs by field. An estimate that another group counts stands in words, so that the column adds up."""
    counted_at = _counted_at(item, report)
    line = line_of(recess_of(item))

    def make(_: int, need: Need) -> Line:
        elsewhere = counted_at(need)
        made = line(need)
        if not elsewhere:
            return made
        estimate = "" if need.amount is None else f" dengan perkiraan {made['anggaran']}"
        told = f"Dihitung pada {elsewhere}{estimate}"
        remark = f"{made['keterangan']}. {told}" if made["keterangan"] else told
        return {**made, "keterangan": remark, "anggaran": NOTHING}

    def field(_: int, group: FieldGroup) -> Line:
        return {
            "nama": group.label,
            "jumlah": total(group.tally),
            "dihitung_lain": sum(1 for need in group.needs if counted_at(need)),
            "usulan": Lazy(group.needs, make),
        }

    return Lazy(report.fields, field)


def _counted_at(item: RecessInput, report: GroupReport) -> Callable[[Need], str]:
    """What names the other group in which a need is counted; "" for one that is counted in this."""
    members = {member.id: member for member in reversed(recess_of(item).members)}
    own = {activity.member.id for activity in report.activities}
    group_of = _OF_MEMBER[report.dimension]

    def counted_at(need: Need) -> str:
        lead = members.get(need.lead.member_id)
        if (lead.id if lead else "") in own:
            return ""
        return (group_of(lead) if lead else "") or f"{_KINDS[report.dimension]} lain"

    return counted_at


def group_signer(report: GroupReport) -> str:
    """The position of who signs for a group."""
    if report.label == UNSTATED:
        return "Yang Melaporkan"
    if _leads(report):
        return "Ketua DPRD"
    position = "Juru Bicara" if report.dimension is Dimension.DISTRICT else "Ketua"
    return f"{position} {named(report)['judul']} DPRD"


def _signature(item: RecessInput, report: GroupReport) -> Line:
    """Who signs for a group is not in the data: the position stands there, the name is written by hand."""
    office = item.office.office
    block = signature(Official(TO_WRITE, group_signer(report)), office)
    return signature_block(recess_of(item), office, list(block.position), TO_WRITE, ())
