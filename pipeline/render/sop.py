"""An SOP and its computed flowchart become a Word document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.dates import long_date
from pipeline.model.finding import Stage
from pipeline.model.form import HeadCell
from pipeline.model.naming import bare_title, fold, sop_name
from pipeline.model.office import Office, Official
from pipeline.model.plan import PagePlan, Plan
from pipeline.model.sop import Sop, Step
from pipeline.render.drawing import page_drawing
from pipeline.render.measures import Measures
from pipeline.render.narrative import page_narratives
from pipeline.render.picture import Logo
from pipeline.render.qr import NO_CODE, Code
from pipeline.render.template import Template
from pipeline.render.watermark import watermark

GAP = "[belum diisi]"
"""Printed where the input says nothing: visible, and never mistaken for content."""
NOT_YET = "[belum ditetapkan]"
"""Printed for number and effective date before enactment."""
GAP_ACTOR = "[pelaksana belum diisi]"

REQUIRED = frozenset(
    {
        "pemerintah",
        "unit",
        "nomor",
        "judul",
        "tanggal_pembuatan",
        "tanggal_revisi",
        "tanggal_efektif",
        "pengesah",
        "dasar_hukum",
        "kualifikasi_pelaksana",
        "keterkaitan",
        "peralatan",
        "peringatan",
        "pencatatan",
        "pelaksana",
        "halaman",
    }
)
"""What the official form must show (PermenPAN-RB 35/2012): a template that lost one of these is refused."""

Cells = Mapping[str, tuple[str, ...]]


def step_cells(sop: Sop) -> tuple[Cells, ...]:
    """The printed paragraphs of each step by column key of the template (``kegiatan``, ``waktu`` ...)."""
    return tuple(_cells(row, step) for row, step in enumerate(sop.steps))


def _cells(row: int, step: Step) -> Cells:
    return {
        "no": (str(step.number or row + 1),),
        "kegiatan": (step.activity or GAP,),
        "kelengkapan": _items(step.inputs),
        "waktu": (step.time.text.strip() if step.time and step.time.text.strip() else GAP,),
        "output": _items(step.outputs),
        "keterangan": (_remark(step),),
    }


def _remark(step: Step) -> str:
    """The remark, and the SOPs that the step refers to: the form has no symbol for them, so they stand in words."""
    written = fold(step.remark)
    names = [sop_name(name) for name in step.references if fold(f"SOP {bare_title(name)}") not in written]
    if not names:
        return step.remark
    see = f"ihat {'; '.join(names)}"
    remark = step.remark.rstrip()
    if remark.endswith("."):
        return f"{remark} L{see}."
    return f"{remark.rstrip(';')}; l{see}" if remark else f"L{see}"


def _items(values: tuple[str, ...]) -> tuple[str, ...]:
    """One item stands alone, several are numbered; none is a gap."""
    if len(values) > 1:
        return tuple(f"{number}.\t{value}" for number, value in enumerate(values, 1))
    return values or (GAP,)


def render(
    template: Template,
    sop: Sop,
    office: Office,
    plan: Plan,
    *,
    paper: str = "",
    family: str = "Arial",
    list_size: float | None = None,
    header: Sequence[Sequence[HeadCell]] = (),
    code: Code | None = None,
) -> bytes:
    """The DOCX of ``sop`` on ``paper`` ("" as the template has it), drawing texts in the font ``family``.

    ``list_size`` (points) is for the lists of the identity page; None leaves them as the template has them. ``header``
    is that of the step table where actors' names are set smaller than in the template; ``code`` the QR code, which a
    draft has not.

    Raises TemplateError when the template asks for what does not exist.
    """
    logo = Logo.read(office.logo)
    context = sop_context(sop, office, plan, logo, family) | ({} if code is None else code.context())
    template.check(frozenset(context))  # before the next: a misspelled tag is told as such, not as a lost one
    template.require(REQUIRED)
    pictures = (*([] if logo is None else [logo.picture]), *([] if code is None else [code.picture]))
    return template.render(context, pictures=pictures, fitting=Measures(plan, header, list_size).fitting(paper))


def identity_values(sop: Sop, office: Office) -> dict[str, tuple[str, ...]]:
    """The printed paragraphs of the identity page, by the names that templates have for them."""
    block = signature(sop.signer, office)
    return {
        "nomor": (sop.number or _later(sop),),
        "judul": (sop.title or GAP,),
        "tanggal_pembuatan": (long_date(sop.created) if sop.created else GAP,),
        "tanggal_revisi": (long_date(sop.revised) if sop.revised else "-",),
        "tanggal_efektif": (long_date(sop.effective) if sop.effective else _later(sop),),
        "dasar_hukum": _items(sop.legal_basis),
        "kualifikasi_pelaksana": _items(sop.qualifications),
        "keterkaitan": _items(sop.related) if sop.related or sop.stage is not Stage.FINAL else ("-",),
        "peralatan": _items(sop.equipment),
        "peringatan": _items(sop.warnings),
        "pencatatan": _items(sop.records),
        "pengesah.jabatan": block.position,
        "pengesah.nama": (block.name,),
        "pengesah.pangkat": (block.rank,),
        "pengesah.nip": (block.nip,),
    }


_SINGLE = ("nomor", "judul", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif")
_LISTS = ("dasar_hukum", "kualifikasi_pelaksana", "keterkaitan", "peralatan", "peringatan", "pencatatan")


def sop_context(sop: Sop, office: Office, plan: Plan, logo: Logo | None, family: str) -> dict[str, object]:
    """Everything a template may ask for, by its Indonesian name (listed in ``docs/templates.md``)."""
    cells = step_cells(sop)
    values = identity_values(sop, office)
    told = page_narratives(sop, plan)
    return {
        "pemerintah": office.government.upper() or GAP,
        "unit": office.unit.upper() or GAP,
        "instansi": office.unit if office.region in office.unit else f"{office.unit} {office.region}".strip(),
        "alamat": " – ".join(part for part in (office.address, office.phone, office.email, office.website) if part),
        "logo": "" if logo is None else logo.run,
        "penanda": office.mark,
        "tanda_air": watermark(sop.stage),
        **NO_CODE,
        **{key: values[key][0] for key in _SINGLE},
        **{key: values[key] for key in _LISTS},
        "pengesah": signature(sop.signer, office).context(),
        "pelaksana": list(sop.actors or (GAP_ACTOR,)),
        "jumlah_pelaksana": max(1, len(sop.actors)),
        "halaman": [_page(page, told[n], n + 1, cells, family) for n, page in enumerate(plan.pages)],
        "riwayat": [] if sop.stage is Stage.FINAL else _history(sop),
    }


def _later(sop: Sop) -> str:
    return GAP if sop.stage is Stage.FINAL else NOT_YET


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block: lines of the position, then name, rank and NIP below the place for signing."""

    position: tuple[str, ...]
    name: str = ""
    rank: str = ""
    nip: str = ""

    def context(self) -> dict[str, object]:
        """By the names that templates have for them."""
        return {"jabatan": list(self.position), "nama": self.name, "pangkat": self.rank, "nip": self.nip}


def signature(official: Official | None, office: Office) -> Signature:
    """The signature block by the form of naskah dinas.

    The position is in capitals and names the region; ``sebagai`` (Plt., Plh., a.n.) stands before it.
    """
    if official is None:
        return Signature((NOT_YET,))
    position = official.position.upper()
    lines = [f"{official.capacity} {position}".strip()] if position else [GAP]
    region = office.region.upper()
    if region and region not in position:
        lines.append(region)
    lines[-1] += ","
    grade = f" ({official.grade})" if official.grade else ""
    rank = f"{official.rank}{grade}".strip()
    return Signature(tuple(lines), official.name or GAP, rank, print_nip(official.nip))


def print_nip(nip: str) -> str:
    """Eighteen digits as 8-6-1-3, the printed form of a NIP; anything else as given."""
    digits = re.sub(r"[\s.]", "", nip)
    if re.fullmatch(r"\d{18}", digits):
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
    return nip


def _page(page: PagePlan, told: str, number: int, cells: tuple[Cells, ...], family: str) -> dict[str, object]:
    return {"gambar": page_drawing(page, number, family, told), "baris": [_row(cells[row]) for row in page.rows]}


def _row(cells: Cells) -> dict[str, object]:
    lists = ("kelengkapan", "output")
    return {key: list(value) if key in lists else value[0] for key, value in cells.items()}


def _history(sop: Sop) -> list[dict[str, object]]:
    return [
        {
            "revisi": "-" if item.number is None else str(item.number),
            "tanggal": long_date(item.date) if item.date else "-",
            "uraian": item.text,
        }
        for item in sop.history
    ]
