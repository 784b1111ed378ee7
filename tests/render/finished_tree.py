"""The measures of a plan put into a parsed document: the plain way, that the product's own is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from pipeline.model.form import ACTORS, TWIP, HeadCell
from pipeline.model.plan import Plan
from pipeline.render.form import IDENTITY_TITLE, W, step_tables, titled_tables
from pipeline.render.limits import without_limits
from pipeline.render.paper import refit


def finish(
    root: Any, plan: Plan, paper: str, header: Sequence[Sequence[HeadCell]], actors: int, list_size: float | None
) -> None:
    """What ``pipeline.render.measures`` does, done to the filled document."""
    refit(root, paper)
    fit_tables(root, plan)
    size_names(root, header, actors)
    plain_single_items(root)
    if list_size is not None:
        size_lists(root, list_size)


def fit_tables(root: Any, plan: Plan) -> None:
    """Give the step table of each page the widths and exact heights of the plan."""
    for table, page in zip(step_tables(root), plan.pages, strict=True):
        description = table.find(f"{W}tblPr/{W}tblDescription")
        if description is not None:
            description.set(W + "val", without_limits(description.get(W + "val")))
        grid = table.find(W + "tblGrid")
        for node in list(grid):
            grid.remove(node)
        widths = [width // TWIP for width in plan.widths]
        for width in widths:
            grid.append(grid.makeelement(W + "gridCol", {W + "w": str(width)}))
        table.find(f"{W}tblPr/{W}tblW").set(W + "w", str(sum(widths)))
        heights = [*plan.header, *page.heights]
        for row, height in zip(table.findall(W + "tr"), heights, strict=True):
            exact_height(row, height)
            cell_widths(row, widths)


def exact_height(row: Any, height: int) -> None:
    properties = row.find(W + "trPr")
    if properties is None:
        properties = row.makeelement(W + "trPr")
        row.insert(0, properties)
    for node in properties.findall(W + "trHeight"):
        properties.remove(node)
    node = properties.makeelement(W + "trHeight", {W + "val": str(height // TWIP), W + "hRule": "exact"})
    cant = properties.find(W + "cantSplit")
    properties.insert(0 if cant is None else 1, node)


def cell_widths(row: Any, widths: list[int]) -> None:
    position = 0
    for cell in row.findall(W + "tc"):
        properties = cell.find(W + "tcPr")
        span = properties.find(W + "gridSpan")
        count = 1 if span is None else int(span.get(W + "val"))
        properties.find(W + "tcW").set(W + "w", str(sum(widths[position : position + count])))
        position += count


def size_names(root: Any, header: Sequence[Sequence[HeadCell]], actors: int) -> None:
    """Set the actors' names in the header of each step table in the sizes of ``header``."""
    for table in step_tables(root):
        for row, heads in zip(table.findall(W + "tr"), header, strict=False):
            cells = iter(row.findall(W + "tc"))
            for head in heads:
                each = head.actor or (head.numbered and ACTORS in head.keys)
                for cell in islice(cells, actors if each else 1):
                    for run in cell.iter(W + "r") if head.actor else ():
                        set_size(run, round(2 * head.style.size))


def size_lists(root: Any, size: float) -> None:
    """Set the lists of the identity page in ``size`` points."""
    for table in titled_tables(root, IDENTITY_TITLE):
        for paragraph in table.iter(W + "p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(W + "val").endswith("Butir"):
                for run in paragraph.iter(W + "r"):
                    set_size(run, round(2 * size))


def set_size(run: Any, half_points: int) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        properties = run.makeelement(W + "rPr")
        run.insert(0, properties)
    for name in ("sz", "szCs"):
        node = properties.find(W + name)
        if node is None:
            node = properties.makeelement(W + name)
            properties.append(node)
        node.set(W + "val", str(half_points))


def plain_single_items(root: Any) -> None:
    """An item that stands alone has no number, so it loses the hanging indent of numbered items."""
    for paragraph in root.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or not style.get(W + "val").endswith("Butir"):
            continue
        if paragraph.find(f".//{W}tab") is None:
            properties = paragraph.find(W + "pPr")
            indent = properties.find(W + "ind")
            if indent is None:
                indent = properties.makeelement(W + "ind")
                style.addnext(indent)
            for name in ("left", "firstLine"):
                indent.set(W + name, "0")
