"""One SOP from values to DOCX: form, layout, drawing and context in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.layout.identity import reduction
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import sheet_of
from pipeline.layout.table import with_fitting_names
from pipeline.model.finding import Finding, Place, Severity, Stage, place_of
from pipeline.model.form import Form, Identity
from pipeline.model.ink import Ink, ink_of
from pipeline.model.inputs import SopInput
from pipeline.model.plan import Plan, Problem
from pipeline.model.sop import Sop, Step
from pipeline.render import sop as sop_document
from pipeline.render.form import read_form, read_identity
from pipeline.render.paper import form_on, identity_on
from pipeline.render.qr import DIGITS, QR_SIDE, Code, code_of, short
from pipeline.render.template import Template
from pipeline.run.canonical import fingerprint
from pipeline.run.extras import Extra

OVERFLOW = "FMT-01"
"""Code of findings that the layout makes (the rule catalogue: text clipped or table over the page)."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A DOCX, and what its PDF must show.

    ``texts`` must all be printed; ``pages`` holds, for each page of the flowchart in order, texts that must stand on
    that page, so that page n of the plan is one page of the PDF, and ``ink`` what must be seen there. ``docx`` is empty
    when ``findings`` say that no readable page can be made. ``extras`` are the further formats asked for.
    """

    docx: bytes
    texts: tuple[str, ...]
    pages: tuple[tuple[str, ...], ...]
    layout: Mapping[str, int]
    findings: tuple[Finding, ...]
    ink: tuple[Ink, ...] = ()
    extras: tuple[Extra, ...] = ()


def render_sop(template: Template, item: SopInput, also: Collection[str] = ()) -> Rendered:
    """Lay out and render a readable SOP, ``also`` in these further formats (see ``pipeline.run.settings``).

    Raises TemplateError; what the layout cannot do is a finding.
    """
    sop, office = item.sop, item.office.office
    if sop is None:
        raise ValueError("an unreadable input has nothing to render")
    if not sop.steps:
        sop = replace(sop, steps=(Step(None, ""),))  # a draft without steps shows the gap, not an empty page
    stated = form_on(_form(template), office.paper)
    cells = sop_document.step_cells(sop)
    sheet = with_fitting_names(sheet_of(sop, stated, cells, sop_document.GAP_ACTOR))
    form, plan = sheet.form, plan_flowchart(sheet)
    findings = tuple(_finding(problem, item) for problem in plan.problems)
    if any(problem.fatal for problem in plan.problems):
        return Rendered(b"", (), (), plan.score, findings)
    family = form.columns[0].style.family
    size = _list_size(template, item)
    header = () if form is stated else form.header
    code = _code(template, item)
    docx = sop_document.render(
        template, sop, office, plan, paper=office.paper, family=family, list_size=size, header=header, code=code
    )
    pages = _page_texts(plan, cells)
    extras = tuple(_extras(also, sop, plan, form, cells))
    return Rendered(docx, _texts(sop, pages), pages, plan.score, findings, ink_of(plan, form.left), extras)


def _code(template: Template, item: SopInput) -> Code | None:
    """The QR code of a document of the last stage; a draft has none: what it says is not settled."""
    sop, office = item.sop, item.office.office
    if sop is None or sop.stage is not Stage.FINAL:
        return None
    return code_of(item.id, fingerprint(sop, office, template.path), office.publication)


def _extras(
    also: Collection[str], sop: Sop, plan: Plan, form: Form, cells: tuple[sop_document.Cells, ...]
) -> Iterator[Extra]:
    if also:
        from pipeline.run import export

        if "svg" in also:
            pages = export.sop_svg(sop, plan, form, cells)
            yield from (Extra(f".alur-{number}.svg", page) for number, page in enumerate(pages, 1))
        if "bpmn" in also:
            yield Extra(".bpmn", export.sop_bpmn(sop))


@lru_cache(maxsize=32)
def _form(template: Template) -> Form:
    return read_form(template)


@lru_cache(maxsize=32)
def _identity(template: Template) -> Identity | None:
    return read_identity(template)


def _list_size(template: Template, item: SopInput) -> float | None:
    """Size of the identity page's lists with which it stays one page, None where the template's own will do."""
    identity = _identity(template)
    if identity is None or item.sop is None:
        return None
    office = item.office.office
    fitted = identity_on(identity, _form(template), office.paper)
    final = item.sop.stage is Stage.FINAL
    values = {**sop_document.identity_values(item.sop, office), "sidik": (short("0" * DIGITS),) if final else ()}
    step = reduction(fitted, values, {"kode_qr": QR_SIDE} if final else {})
    return identity.list_size - step / 2 if step else None


def _page_texts(plan: Plan, cells: tuple[sop_document.Cells, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(text for row in page.rows for paragraphs in cells[row].values() for text in paragraphs if text)
        for page in plan.pages
    )


def _texts(sop: Sop, pages: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    parts = (sop.legal_basis, sop.qualifications, sop.related, sop.equipment, sop.warnings, sop.records, sop.actors)
    signer = () if sop.signer is None else (sop.signer.name,)
    own = [sop.number, sop.title, *signer, *(text for part in parts for text in part)]
    return tuple(text for text in (*own, *(text for page in pages for text in page)) if text)


def _finding(problem: Problem, item: SopInput) -> Finding:
    return Finding(
        code=OVERFLOW,
        name="halaman-tidak-muat",
        severity=Severity.ERROR if problem.fatal else Severity.WARNING,
        message=problem.message,
        help=problem.help,
        place=place_of(item.places, problem.path) or Place(str(item.path)),
        document=item.id,
        blocks=problem.fatal,
    )
