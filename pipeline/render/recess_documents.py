"""The Word documents of a recess: contexts into templates, and what a long table needs to break well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model.form import MM
from pipeline.model.office import Office
from pipeline.model.recap import MemberReport, Recap
from pipeline.model.recess import RecessInput
from pipeline.render.paper import refit
from pipeline.render.picture import Logo
from pipeline.render.recess import NO_PICTURE, Context, member_context, recap_context
from pipeline.render.template import Template

MEMBER_TEMPLATE = "laporan-reses.docx"
RECAP_TEMPLATE = "rekap-reses.docx"

LONG_CELL = 2_000
"""Characters in one cell above which its row may break over pages: it could be taller than a page."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SUM_STYLE = "TertibTabelJumlah"
_LOGO_WIDTH = 22 * MM


def render_member(template: Template, item: RecessInput, report: MemberReport) -> bytes:
    """The report of one member as DOCX. Raises TemplateError when the template asks for what does not exist."""
    logo = Logo.read(item.office.office.logo, width_max=_LOGO_WIDTH)
    return _render(template, item.office.office, logo, member_context(item, report, logo=_run(logo)))


def render_recap(template: Template, item: RecessInput, recap: Recap) -> bytes:
    """The inventory for the plenary as DOCX; raises like ``render_member``."""
    logo = Logo.read(item.office.office.logo, width_max=_LOGO_WIDTH)
    return _render(template, item.office.office, logo, recap_context(item, recap, logo=_run(logo)))


def _run(logo: Logo | None) -> Any:
    return NO_PICTURE if logo is None else logo.run


def _render(template: Template, office: Office, logo: Logo | None, context: Context) -> bytes:
    def finish(root: Any) -> None:
        refit(root, office.paper)
        for table in root.iter(f"{_W}tbl"):
            _keep_rows(table)
            _let_break(table)

    return template.render(context, pictures=() if logo is None else (logo.picture,), finish=finish)


def _keep_rows(table: Any) -> None:
    """Let no page hold one row of a table: its first two rows stay together, and its last two with sum and note.

    A heading above the table stays with those first rows because its style keeps with what follows.
    """
    rows = list(table.iterchildren(f"{_W}tr"))
    head = sum(1 for row in rows if row.find(f"{_W}trPr/{_W}tblHeader") is not None)
    end = next((at for at, row in enumerate(rows) if _style(row) == _SUM_STYLE), None)
    if not head or end is None:
        return
    kept = {*range(head + 1), *range(max(end - 2, head), len(rows))} - {len(rows) - 1}
    for at in sorted(kept):
        if at >= end - 1 or not _is_long(rows[at]):
            for paragraph in rows[at].iter(f"{_W}p"):
                _keep_with_next(paragraph)


def _let_break(table: Any) -> None:
    """Let a row that could be taller than a page break."""
    for row in table.iterchildren(f"{_W}tr"):
        if _is_long(row):
            for node in row.findall(f"{_W}trPr/{_W}cantSplit"):
                node.getparent().remove(node)


def _is_long(row: Any) -> bool:
    return sum(len(text) for text in _texts(row)) > LONG_CELL


def _style(row: Any) -> str | None:
    node = row.find(f"{_W}tc/{_W}p/{_W}pPr/{_W}pStyle")
    return None if node is None else node.get(f"{_W}val")


def _texts(row: Any) -> Iterator[str]:
    return (node.text or "" for node in row.iter(f"{_W}t"))


def _keep_with_next(paragraph: Any) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is not None and properties.find(f"{_W}keepNext") is None:
        properties.insert(1, properties.makeelement(f"{_W}keepNext", {}))
