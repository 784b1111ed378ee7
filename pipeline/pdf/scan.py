"""What a content stream marks: which operators it uses, which contents carry an id of the structure tree, which none.

Everything that is painted must be an artifact or belong to the structure tree, and nothing may be both (ISO 14289-1,
7.1). Streams as LibreOffice writes them are cut up here (``pipeline.pdf.plain``), some 1 ms a page of a SOP; any other
is taken apart by qpdf, so strings and inline pictures cannot be mistaken for operators, at three times the cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.pdf import plain

_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
_PAINT: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "s", "S", "sh", "INLINE IMAGE"})
_NAMES: Final = (
    "BMC BDC EMC MP DP BX EX q Q cm w J j M d ri i gs m l c v y h re n W W* CS cs SC SCN sc scn G g RG rg K k Do "
    "BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* d0 d1"
)
OPERATORS: Final = _TEXT | _PAINT | frozenset(_NAMES.split())
"""All operators of ISO 32000-1, annex A; pikepdf gives an inline picture as one."""
_BEGIN: Final = frozenset({"BMC", "BDC"})
_SHOWN: Final = _TEXT | _PAINT | {"Do"}
_SILENT: Final = OPERATORS - _SHOWN - _BEGIN - {"EMC"}
"""What neither marks nor paints."""
_OPERATORS: Final = frozenset(name.encode() for name in OPERATORS)
_RELEVANT: Final = frozenset(name.encode() for name in OPERATORS - _SILENT)
_ARTIFACT, _PLAIN = -1, -2


@dataclass(slots=True)
class Marks:
    """What was found in a page's content, or in a form's that it shows.

    ``ids`` are the marked-content ids in order. ``unknown`` is an operator that does not exist, "" when there is none;
    ``untagged`` counts what is painted outside of all marks, ``crossed`` artifacts inside marked content and the other
    way round. Not ``balanced``: a mark is never closed, or closed twice. ``forms`` are the form XObjects shown.
    """

    ids: list[int] = field(default_factory=list)
    unknown: str = ""
    untagged: int = 0
    crossed: int = 0
    balanced: bool = True
    forms: list[Any] = field(default_factory=list)


def marks_of(stream: Any, resources: Any) -> Marks:
    """The marks of ``stream``, a page or a form XObject. Raises pikepdf.PdfError when it cannot be taken apart."""
    found = Marks()
    open_marks: list[int] = []
    inside = artifacts = 0  # how many of the open ones carry an id, are artifacts
    for name, value in _plain(stream, resources) or _parsed(stream, resources):
        if name == "EMC":
            closed = open_marks.pop() if open_marks else None
            found.balanced &= closed is not None
            inside -= closed is not None and closed >= 0
            artifacts -= closed == _ARTIFACT
        elif name in _BEGIN:
            open_marks.append(value)
            if value >= 0:
                found.ids.append(value)
                found.crossed += artifacts > 0 or inside > 0
                inside += 1
            elif value == _ARTIFACT:
                found.crossed += inside > 0
                artifacts += 1
        elif name in _SHOWN:
            if name == "Do":
                found.forms.extend(value)
            found.untagged += not (inside or artifacts)
        else:
            found.unknown = found.unknown or name
    found.balanced &= not open_marks
    return found


_Event = tuple[str, Any]
"""An operator, with the number of the mark that it begins or the forms that it shows."""


def _plain(stream: Any, resources: Any) -> list[_Event] | None:
    """The relevant operators of a stream that needs no parser, None for any other."""
    import pikepdf

    content = stream.obj.get("/Contents") if isinstance(stream, pikepdf.Page) else stream
    if not isinstance(content, pikepdf.Stream):
        return None
    cut = plain.cut(content.read_bytes(), _OPERATORS, _RELEVANT)
    if cut is None:
        return None
    return [
        (operator, _event(operator, name, properties, resources)) if name else (operator, None)
        for operator, name, properties in cut
    ]


def _event(operator: str, name: str, properties: int | str | None, resources: Any) -> Any:
    if operator == "Do":
        return list(_form(name, resources))
    number = _number(properties, resources) if isinstance(properties, str) else properties
    return number if number is not None else _ARTIFACT if name == "/Artifact" else _PLAIN


def _parsed(stream: Any, resources: Any) -> Iterator[_Event]:
    """The relevant and the unknown operators of any stream, taken apart by qpdf."""
    import pikepdf

    for instruction in pikepdf.parse_content_stream(stream):
        name = str(instruction.operator)
        if name in _BEGIN:
            yield name, _mark(instruction.operands, resources)
        elif name == "Do":
            yield name, list(_form(str(instruction.operands[0]), resources)) if instruction.operands else []
        elif name not in _SILENT:
            yield name, None


def _mark(operands: Any, resources: Any) -> int:
    """The id of a mark that has one, else _ARTIFACT or _PLAIN."""
    import pikepdf

    if len(operands) > 1:
        properties = operands[1]
        if isinstance(properties, pikepdf.Name):
            number = _number(str(properties), resources)
        else:
            number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        if number is not None:
            return int(number)
    return _ARTIFACT if operands and operands[0] == "/Artifact" else _PLAIN


def _number(name: str, resources: Any) -> Any:
    """The id of a mark whose properties the ``resources`` hold under ``name``."""
    import pikepdf

    properties = resources.get("/Properties", {}).get(name, {})
    return properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None


def _form(name: str, resources: Any) -> Iterator[Any]:
    shown = resources.get("/XObject", {}).get(name)
    if shown is not None and shown.get("/Subtype") == "/Form":
        yield shown
