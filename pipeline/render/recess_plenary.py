"""The document for the plenary: what ``rekap-reses.docx`` is filled with.

The values are ready to print; only counts and amounts stay numbers, so that a template can format them
(``{{ x | ribuan }}``, ``{{ x | rupiah }}``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from pipeline.model.recap import Activity, Dimension, Duty, Recap, TotalTable, Volume
from pipeline.model.recess import RecessInput
from pipeline.render.qr import Code
from pipeline.render.recess_charts import NO_CHARTS, Charts, charts_of
from pipeline.render.recess_comparison import comparison
from pipeline.render.recess_documents import fill
from pipeline.render.recess_heat import heat
from pipeline.render.recess_inventory import annex, inventory, source_file
from pipeline.render.recess_wording import priority
from pipeline.render.recess_words import (
    NO_PICTURE,
    NOTHING,
    Context,
    attendance,
    common,
    letter,
    letterhead,
    official_signature,
    share,
    total,
)
from pipeline.render.sop import GAP
from pipeline.render.template import Template

RECAP_TEMPLATE = "rekap-reses.docx"

LONG_TABLE = 60
"""Lines above which a table of totals is not printed: the workbook has it, with filters."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def render_recap(
    template: Template,
    item: RecessInput,
    recap: Recap,
    *,
    public: bool = False,
    volumes: Sequence[Volume] = (),
    code: Code | None = None,
) -> bytes:
    """The document for the plenary as DOCX; with ``volumes`` the inventory is only listed, and they hold it.

    The public edition leaves out the number (NIP) of who signs. Raises TemplateError when the template asks for what
    the context does not hold.
    """
    charts = charts_of(template, item, recap)

    def make(logo: Markup) -> Context:
        return recap_context(item, recap, logo=logo, charts=charts, public=public, volumes=volumes)

    return fill(template, item.office.office, make, parts=charts.parts, code=code)


def recap_context(
    item: RecessInput,
    recap: Recap,
    *,
    logo: Markup = NO_PICTURE,
    charts: Charts = NO_CHARTS,
    public: bool = False,
    volumes: Sequence[Volume] = (),
) -> Context:
    """The context of ``rekap-reses.docx``."""
    recess = recap.recess
    office = item.office.office
    compared = comparison(recap.comparison)
    spread = heat(recap.cross)
    tables = [table for table in recap.tables.values() if len(table.lines) <= LONG_TABLE]
    return {
        **common(recess, office, logo),
        "kop": letterhead(office, (office.government, office.unit.replace("DPRD", "Dewan Perwakilan Rakyat Daerah"))),
        "instansi": f"{office.unit} {office.region}",
        "publik": public,
        "bab": _chapters(gambaran=charts.shown or spread is not None, perbandingan=compared is not None),
        "grafik": charts.context,
        "jumlah_anggota": sum(1 for a in recap.activities if a.member.id and (a.meetings or a.heard)),
        "jumlah_pertemuan": len(recess.meetings),
        **attendance(recess.meetings),
        "jumlah": total(recap.total),
        "anggaran_pokok": in_short(recap.total.recorded_amount),
        **_silent(recap),
        "lengkap": _completeness(recap.duties),
        "anggota": list(_members(recap)),
        "ringkasan": [_summary(number, table) for number, table in enumerate(tables, 1)],
        "ringkasan_lain": [
            {"judul": table.dimension.value, "baris": len(table.lines)}
            for table in recap.tables.values()
            if len(table.lines) > LONG_TABLE
        ],
        "peta": spread,
        "perbandingan": compared,
        "tabel_sumber": source_file(item),
        "lampiran": [annex(volume) for volume in volumes],
        "kelompok": inventory(() if volumes else recap.districts, recess),
        "ttd": _signature(item, recap, public=public),
    }


def in_short(amount: int | None) -> str:
    """Rupiah to three or four figures: "Rp325,4 miliar", "Rp950 juta"; smaller amounts and None as they are."""
    for name, size in (("triliun", 10**12), ("miliar", 10**9), ("juta", 10**6)):
        if amount is not None and amount >= size:
            tenths = (amount * 10 + size // 2) // size
            whole = f"{tenths // 10:,}".replace(",", ".")
            return f"Rp{whole},{tenths % 10} {name}" if tenths % 10 else f"Rp{whole} {name}"
    return NOTHING if amount is None else f"Rp{amount:,}".replace(",", ".")


def _chapters(**present: bool) -> Mapping[str, str]:
    """The numbers of the chapters that there are, by the names that the template knows."""
    order = ("gambaran", "pelaksanaan", "ringkasan", "perbandingan", "inventaris", "penutup")
    numbers = iter(_ROMAN)
    return {name: next(numbers) if present.get(name, True) else "" for name in order}


def _silent(recap: Recap) -> Context:
    """Who has not reported at all (PP 12/2018 art. 88(6)), and who has met people without noting a proposal."""
    missing = [duty.member for duty in recap.duties if not duty.reported]
    ids = {member.id for member in missing}
    silent = [a.member for a in recap.activities if a.member.id and a.member.id not in ids and not a.heard]
    return {
        "belum_lapor": [member.name or GAP for member in missing],
        "tanpa_aspirasi": ", ".join(member.name or GAP for member in silent),
    }


def _completeness(duties: Sequence[Duty]) -> Mapping[str, int]:
    complete = sum(duty.complete for duty in duties)
    missing = sum(not duty.reported for duty in duties)
    return {
        "anggota": len(duties),
        "lengkap": complete,
        "belum": missing,
        "kurang": len(duties) - complete - missing,
    }


def _members(recap: Recap) -> Iterator[Mapping[str, object]]:
    duties = {duty.member.id: duty for duty in recap.duties}
    for activity in recap.activities:
        duty = duties.get(activity.member.id)
        yield {**_activity(activity), "laporan": NOTHING if duty is None else contents(duty)}


def contents(duty: Duty) -> str:
    """ "Lengkap", or what the report lacks of art. 88(5)."""
    if not duty.reported:
        return "Belum disampaikan"
    parts = ((duty.time_and_place, "waktu dan tempat"), (duty.heard, "aspirasi"), (duty.documented, "dokumentasi"))
    lacks = [name for there, name in parts if not there]
    return f"Kurang {', '.join(lacks)}" if lacks else "Lengkap"


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


def _signature(item: RecessInput, recap: Recap, *, public: bool) -> Mapping[str, object]:
    block = dict(official_signature(recap.recess, item.office.office))
    if public:
        lines = block["keterangan"]
        assert isinstance(lines, list)
        block["keterangan"] = [line for line in lines if not str(line).startswith("NIP")]
    return block
