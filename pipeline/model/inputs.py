"""What the readers hand on: values, where they stand, and what was wrong with the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.model.finding import Finding, SourceMap
from pipeline.model.office import Office
from pipeline.model.sop import Sop


@dataclass(frozen=True, slots=True)
class OfficeInput:
    """An office folder as read. ``places`` maps ``("kantor", key)``, ``("jabatan", row, column)`` and so on.

    ``digests`` holds the SHA-256 of every file as it was read.
    """

    office: Office
    places: SourceMap
    findings: tuple[Finding, ...]
    sources: tuple[Path, ...]
    digests: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SopInput:
    """An SOP file as read; ``sop`` is None when the file cannot be read at all (``findings`` say why).

    ``path`` is the YAML file (or workbook); ``sources`` are all files it was read from, ``path`` first.
    ``places`` maps data paths in the form's own keys: ``("judul",)``, ``("dasar_hukum", 0)``,
    ``("langkah", 2, "waktu")``; ``()`` is the file itself. ``digests`` holds the SHA-256 of every file as it was read.
    """

    id: str
    path: Path
    sop: Sop | None
    office: OfficeInput
    places: SourceMap
    findings: tuple[Finding, ...]
    sources: tuple[Path, ...]
    digests: Mapping[Path, str] = field(default_factory=dict)
