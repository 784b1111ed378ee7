"""Number and title of the SOPs of an office that a run does not check, for the rules that judge SOPs together.

``tertib check inputs/x/sop/a.yaml`` must know that ``SOP B`` exists without reading all of ``b.yaml``: two lines of
text are looked for, and only where they are written in an unusual way is the file parsed. Workbooks are not opened
(each takes longer than a whole SOP): their SOPs count as there, with a number and title that nobody knows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from pipeline.model.finding import Place, Stage
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.sop import Sop
from pipeline.readers.faults import Collector
from pipeline.readers.files import MAX_BYTES, shown
from pipeline.readers.nodes import MapNode, TextNode
from pipeline.readers.workspace import SOP_SUFFIXES

_KEYS = ("nomor", "judul")
_LINE = re.compile(r"(?m)^(?P<key>nomor|judul):(?P<value>[^\n]*)\n(?P<more>[ \t]+\S)?")
_PLAIN = re.compile(r"[^\s'\"|>&*!%@`{\[#][^#'\"\\]*")
_QUOTED = re.compile(r"(?P<mark>['\"])(?P<text>[^'\"\\]*)(?P=mark)")


def siblings(selected: Collection[Path], office: OfficeInput, root: Path) -> tuple[SopInput, ...]:
    """The other SOPs beside ``selected``, in the order of names; ``sop`` has a number and a title only, or is None
    where these are not known."""
    folders = {path.parent for path in selected}
    names = {_real(path) for path in selected}
    beside = [
        path
        for folder in sorted(folders)
        for path in _entries(folder)
        if path.suffix.lower() in SOP_SUFFIXES and path.name[0] not in ".~" and _real(path) not in names
    ]
    return tuple(_sibling(path, office, root) for path in beside)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # only what is in it may be opened, by name
        return []


def _real(path: Path) -> str:
    return os.path.realpath(path)  # unlike resolve(), this bears a link to itself


def _sibling(path: Path, office: OfficeInput, root: Path) -> SopInput:
    id = f"{office.office.id}/sop/{path.stem}"
    values = _values(path, root)
    sop = Sop(id, Stage.DRAFT, number=values["nomor"], title=values["judul"]) if values is not None else None
    return SopInput(id, path, sop, office, {(): Place(shown(path, root))}, (), (path,))


def _values(path: Path, root: Path) -> dict[str, str] | None:
    if path.suffix.lower() not in (".yaml", ".yml"):
        return None
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    found = dict.fromkeys(_KEYS, "")
    for line in _LINE.finditer(text if text.endswith("\n") else f"{text}\n"):
        value = _simple(line["value"].strip())
        if value is None or line["more"] or found[line["key"]]:
            return _parsed(path, root)
        found[line["key"]] = value
    return found if found["judul"] else _parsed(path, root)


def _simple(text: str) -> str | None:
    """The value of a line as it is usually written; None when only a parser can tell."""
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return quoted["text"].strip()
    return text if not text or (_PLAIN.fullmatch(text) and ": " not in text and not text.endswith(":")) else None


def _parsed(path: Path, root: Path) -> dict[str, str] | None:
    from pipeline.readers.yamlfile import read_yaml

    node = read_yaml(path, root, Collector(None))
    if not isinstance(node, MapNode):
        return None
    values = {key: node.entries.get(key) for key in _KEYS}
    return {key: (value.text or "").strip() if isinstance(value, TextNode) else "" for key, value in values.items()}
