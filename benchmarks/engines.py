"""Fills the form of ``benchmarks.work`` with an engine of Python; ``benchmarks/peers/engines.js`` has those of Node.

Run as ``python -m benchmarks.engines ENGINE TEMPLATE serve`` (a line of JSON in, one out: see ``serve``) or
``... many DATA COUNT FOLDER``. ENGINE is ``tertib`` or ``docxtpl``.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Fill = Callable[[Mapping[str, Any]], bytes]


def tertib(template: Path) -> Fill:
    """Tertib: the template is compiled once."""
    from pipeline.render.template import Template

    compiled = Template.load(template)
    return compiled.render


def docxtpl(template: Path) -> Fill:
    """docxtpl as its manual says."""
    from docxtpl import DocxTemplate

    def fill(data: Mapping[str, Any]) -> bytes:
        document = DocxTemplate(template)
        document.render(dict(data), autoescape=True)
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()

    return fill


def numbered(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    """``data`` as document ``number``: no two say the same."""
    return {**data, "nomor": data["nomor"].replace("/001/", f"/{number:03d}/")}


def serve(fill: Fill) -> None:
    """For each line ``{"data": FILE, "number": N, "out": FILE or null}`` fill once and answer ``{"ms": M}``."""
    read: dict[str, Any] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["data"] not in read:
            read[asked["data"]] = json.loads(Path(asked["data"]).read_text(encoding="utf-8"))
        data = numbered(read[asked["data"]], asked["number"])
        start = time.perf_counter()
        made = fill(data)
        taken = (time.perf_counter() - start) * 1000
        if asked["out"]:
            Path(asked["out"]).write_bytes(made)
        print(json.dumps({"ms": taken}), flush=True)


def many(fill: Fill, file: Path, count: int, folder: Path) -> None:
    """Write ``count`` documents into ``folder``."""
    data = json.loads(file.read_text(encoding="utf-8"))
    for number in range(1, count + 1):
        (folder / f"{number}.docx").write_bytes(fill(numbered(data, number)))


def main(engine: str, template: Path, mode: str, *rest: str) -> None:
    """Serve, or make many."""
    fill = {"tertib": tertib, "docxtpl": docxtpl}[engine](template)
    if mode == "serve":
        serve(fill)
    else:
        many(fill, Path(rest[0]), int(rest[1]), Path(rest[2]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
