"""The Word documents of a recess: contexts into templates, and what a long table needs to break well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from pipeline.model.form import MM
from pipeline.model.office import Office
from pipeline.render.paper import refit
from pipeline.render.picture import Logo
from pipeline.render.recess_words import NO_PICTURE, Context
from pipeline.render.template import Template

LONG_CELL = 2_000
"""Characters in one cell above which its row may break over pages: it could be taller than a page."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SUM_STYLE = "TertibTabelJumlah"
_LOGO_WIDTH = 22 * MM


def fill(template: Template, office: Office, make: Callable[[Markup], Context]) -> bytes:
    """``template`` filled with what ``make`` gives for the logo's run (empty without a logo), as DOCX.

    Raises TemplateError when the template asks for what the context does not hold.
    """
    logo = Logo.read(office.logo, width_max=_LOGO_WIDTH)
    context = make(NO_PICTURE if logo is None else logo.run)

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
