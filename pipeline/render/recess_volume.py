"""An annex volume of the inventory: what ``lampiran-reses.docx`` is filled with, and the document."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.model.recap import Dimension, GroupReport, Recap, Volume
from pipeline.model.recess import RecessInput
from pipeline.render.recess_documents import fill
from pipeline.render.recess_inventory import annex, inventory, source_file
from pipeline.render.recess_words import NO_PICTURE, Context, common, district, letterhead, recess_of, total
from pipeline.render.template import Template

VOLUME_TEMPLATE = "lampiran-reses.docx"
_PLENARY = "Rekapitulasi Hasil Reses dan Inventarisasi Kebutuhan Masyarakat"


def render_volume(
    template: Template, item: RecessInput, whole: Recap | GroupReport, volume: Volume, *, public: bool = False
) -> bytes:
    """One volume of the plenary's inventory, or of a group's report, as DOCX.

    Raises TemplateError when the template asks for what the context does not hold.
    """
    return fill(
        template, item.office.office, lambda logo: volume_context(item, whole, volume, logo=logo, public=public)
    )


def volume_context(
    item: RecessInput,
    whole: Recap | GroupReport,
    volume: Volume,
    *,
    logo: Markup = NO_PICTURE,
    public: bool = False,
) -> Context:
    """The context of ``lampiran-reses.docx``."""
    recess = recess_of(item)
    office = item.office.office
    return {
        **common(recess, office, logo),
        "kop": letterhead(office, (office.government, office.unit.replace("DPRD", "Dewan Perwakilan Rakyat Daerah"))),
        "instansi": f"{office.unit} {office.region}",
        "publik": public,
        "judul": _PLENARY if isinstance(whole, Recap) else f"Laporan Hasil Reses {_named(whole)}",
        "lampiran": annex(volume),
        "jumlah": {**total(whole.total), "usulan": len(whole.needs)},
        "tabel_sumber": source_file(item),
        "kelompok": inventory(volume.groups, recess),
    }


def _named(report: GroupReport) -> str:
    return district(report.label) if report.dimension is Dimension.DISTRICT else report.label
