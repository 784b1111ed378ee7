"""What was measured, by part, in ``benchmarks/results.json``: a run of some parts leaves the others as they were."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import Measured, Row


@dataclass(frozen=True, slots=True)
class Record:
    """One part as it was last measured: on which day, on what, in how many seconds, and what came out."""

    date: str
    machine: Mapping[str, str]
    seconds: float
    rows: tuple[Row, ...]
    figures: Mapping[str, Any] = field(default_factory=dict)


def record(measured: Measured, machine: Mapping[str, str], seconds: float) -> Record:
    """``measured`` today; what JSON makes of it, so that a chart is the same now and from the file."""
    figures = json.loads(json.dumps(measured.figures))
    return Record(time.strftime("%Y-%m-%d"), dict(machine), round(seconds, 1), measured.rows, figures)


def load(path: Path) -> dict[str, Record]:
    """What ``path`` keeps; nothing when it is not there."""
    return load_text(path.read_text(encoding="utf-8")) if path.is_file() else {}


def load_text(text: str) -> dict[str, Record]:
    """What ``save`` wrote."""
    kept = json.loads(text)
    return {
        name: Record(
            part["date"], part["machine"], part["seconds"], tuple(Row(**r) for r in part["rows"]), part["figures"]
        )
        for name, part in kept.items()
    }


def save(path: Path, parts: Mapping[str, Record]) -> None:
    """Write ``parts`` to ``path``."""
    told = {name: asdict(part) for name, part in parts.items()}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
