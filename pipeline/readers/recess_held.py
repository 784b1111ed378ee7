"""Reads when a recess was, and nothing else of it: the other recesses of an office are looked at for every one."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.recess import Held
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Reading
from pipeline.readers.files import is_there
from pipeline.readers.nodes import MapNode, Node
from pipeline.readers.recess import MAIN_FILES, SHEET
from pipeline.readers.recess_fields import RECESS_FIELDS


def main_file(folder: Path) -> Path | None:
    """The file that says which recess the folder holds, None when there is none."""
    return next((folder / name for name in MAIN_FILES if is_there(folder / name)), None)


def read_held(folder: Path, office: str, root: Path) -> Held | None:
    """What the main file of ``folder`` says; None without one that can be read. What is wrong in it is not told here.

    ``office`` is the id of the office. Never raises for what is in the file.
    """
    main = main_file(folder)
    if main is None:
        return None
    collector = Collector()
    node = _node(main, root, collector)
    if not isinstance(node, MapNode):
        return None
    reading = Reading(node, RECESS_FIELDS, (), collector)
    return Held(
        id=f"{office}/reses/{folder.resolve().name}",
        year=reading.text("tahun"),
        session=reading.integer("masa", 1, 3),
        start=reading.date("mulai"),
        end=reading.date("selesai"),
    )


def _node(main: Path, root: Path, collector: Collector) -> Node | None:
    if main.suffix == ".xlsx":
        from pipeline.readers.workbooks import forget, read_mapping

        node = read_mapping(main, root, SHEET, RECESS_FIELDS, collector)
        forget()
        return node
    from pipeline.readers.yamlfile import read_yaml

    return read_yaml(main, root, collector)
