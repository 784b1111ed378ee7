"""How a report shall look: what every format is given besides the result itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.finding import Edit, Fix
from pipeline.model.message import Lang
from pipeline.report.places import Lines

if TYPE_CHECKING:
    from pipeline.report.html_parts import RuleText


@dataclass(frozen=True, slots=True)
class View:
    """``lines`` are the source lines to quote, ``width`` that of the terminal in columns.

    ``quiet`` leaves out what blocks nothing, in the formats for people only; ``verbose`` folds nothing together;
    ``statistics`` wants counts by rule instead of findings. ``rules`` are the rules as ``explain`` tells them.
    ``edits`` say what puts a finding with these fixes right in its files.
    """

    lang: Lang
    version: str = ""
    lines: Lines = field(default_factory=dict)
    color: bool = False
    width: int = 100
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    rules: Sequence[RuleText] = ()
    edits: Mapping[tuple[Fix, ...], Sequence[Edit]] = field(default_factory=dict)
