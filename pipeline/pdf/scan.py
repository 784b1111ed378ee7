"""What a content stream marks: which operators it uses, which contents carry an id of the structure tree, which none.

Everything that is painted must be an artifact or belong to the structure tree, and nothing may be both (ISO 14289-1,
7.1). The stream is taken apart by qpdf, so strings and inline pictures cannot be mistaken for operators; it costs
some 1.2 microseconds an operator, 3 ms a page of a SOP.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
_PAINT: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "s", "S", "sh", "INLINE IMAGE"})
_NAMES: Final = (
    "BMC BDC EMC MP DP BX EX q Q cm w J j M d ri i gs m l c v y h re n W W* CS cs SC SCN sc scn G g RG rg K k Do "
    "BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* d0 d1"
)
OPERATORS: Final = _TEXT | _PAINT | frozenset(_NAMES.split())
"""All operators of ISO 32000-1, annex A; pikepdf gives an inline picture as one."""
_RELEVANT: Final = _TEXT | _PAINT | {"Do", "BMC", "BDC", "EMC"}
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
    import pikepdf

    found = Marks()
    open_marks: list[int] = []
    inside = artifacts = 0  # how many of the open ones carry an id, are artifacts
    for instruction in pikepdf.parse_content_stream(stream):
        name = str(instruction.operator)
        if name not in _RELEVANT:
            if name not in OPERATORS:
                found.unknown = found.unknown or name
        elif name == "EMC":
            closed = open_marks.pop() if open_marks else None
            found.balanced &= closed is not None
            inside -= closed is not None and closed >= 0
            artifacts -= closed == _ARTIFACT
        elif name in {"BMC", "BDC"}:
            mark = _mark(instruction.operands, resources)
            open_marks.append(mark)
            if mark >= 0:
                found.ids.append(mark)
                found.crossed += artifacts > 0 or inside > 0
                inside += 1
            elif mark == _ARTIFACT:
                found.crossed += inside > 0
                artifacts += 1
        else:
            if name == "Do":
                found.forms.extend(_form(instruction.operands, resources))
            found.untagged += not (inside or artifacts)
    found.balanced &= not open_marks
    return found


def _mark(operands: Any, resources: Any) -> int:
    """The id of a mark that has one, else _ARTIFACT or _PLAIN."""
    import pikepdf

    if len(operands) > 1:
        properties = operands[1]
        if isinstance(properties, pikepdf.Name):
            properties = resources.get("/Properties", {}).get(str(properties), {})
        number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        if number is not None:
            return int(number)
    return _ARTIFACT if operands and operands[0] == "/Artifact" else _PLAIN


def _form(operands: Any, resources: Any) -> Iterator[Any]:
    shown = resources.get("/XObject", {}).get(str(operands[0])) if operands else None
    if shown is not None and shown.get("/Subtype") == "/Form":
        yield shown
