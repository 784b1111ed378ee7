"""The cases of the gallery: every SOP that the tests and the example offices have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from pipeline.model.finding import Stage
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
EXPECTED = HERE / "expected.yaml"
NEVER = ("overlaps", "through_symbols", "through_texts", "outside")
"""Figures of the layout score that are 0 in every drawing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One SOP of the gallery."""

    path: Path

    @property
    def office(self) -> str:
        """Name of its office folder."""
        return self.path.parent.parent.name

    @property
    def id(self) -> str:
        """Office and name, such as ``kasus/zigzag-02``."""
        return f"{self.office}/{self.path.stem}"

    @property
    def about(self) -> str:
        """What the case is there for: the comment at the head of its file."""
        lines = takewhile(lambda line: line.startswith("#"), self.path.read_text("utf-8").splitlines())
        return " ".join(line.lstrip("# ") for line in lines)

    def read(self) -> SopInput:
        """The case as read, at the stage final: a watermark would lie over what is to be looked at."""
        item = read_sop(self.path, _office(self.path.parent.parent), ROOT)
        return replace(item, sop=replace(item.sop, stage=Stage.FINAL) if item.sop else None)


@cache
def _office(folder: Path) -> OfficeInput:
    return read_office(folder, ROOT)


@cache
def template() -> Template:
    """The template that all cases are drawn with."""
    return Template.load(packaged_templates() / "sop.docx")


def all_cases() -> tuple[Case, ...]:
    """The cases made for the tests, then the example offices; each office by name."""
    found = [*sorted((HERE / "inputs").glob("*/sop/*.yaml")), *sorted((ROOT / "inputs").glob("*/sop/*.yaml"))]
    return tuple(Case(path) for path in found)


def expected() -> Mapping[str, Mapping[str, Any]]:
    """What is expected of each case, by its id."""
    return yaml.safe_load(EXPECTED.read_text("utf-8")) or {}
