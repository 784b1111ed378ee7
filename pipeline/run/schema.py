"""``tertib schema``: the JSON Schemas of inputs and report as text and as files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipeline.model.message import Lang, Message, say
from pipeline.readers import schema
from pipeline.resources import data_file
from pipeline.run.writing import explain_os_error

REPORT: Final = "temuan"
KINDS: Final = (*schema.KINDS, REPORT)
FOLDER: Final = ".skema"
"""Where the examples look for the schemas: this folder inside ``inputs``."""


def about(kind: str) -> Message:
    """What the files of ``kind`` (one of ``KINDS``) are."""
    return say("Laporan temuan: temuan.json") if kind == REPORT else schema.about(kind)


def schema_text(kind: str, lang: Lang) -> str:
    """The schema of ``kind`` as indented JSON with a newline at the end."""
    if kind == REPORT:
        return data_file("temuan.schema.json").read_text(encoding="utf-8")
    return json.dumps(schema.schema_of(kind, lang), ensure_ascii=False, indent=2) + "\n"


def file_name(kind: str) -> str:
    """``"sop.schema.json"``."""
    return f"{kind}.schema.json"


def write_schemas(folder: Path, kinds: Iterable[str], lang: Lang) -> tuple[Path, ...]:
    """Write the schemas of ``kinds`` into ``folder``, which is made; the files. Raises OutputError."""
    made = []
    for kind in kinds:
        path = folder / file_name(kind)
        temporary = path.with_name(f".{path.name}.baru")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(schema_text(kind, lang), encoding="utf-8")
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise explain_os_error(error, path) from error
        made.append(path)
    return tuple(made)
