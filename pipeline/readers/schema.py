"""JSON Schema of the input files, for editors: made from the very fields and columns that the readers read.

Draft 7, which editors know best. A schema says what an editor can help with: names, shapes, allowed words, examples.
What only the readers and rules can tell (that a step exists, that a day is real) is left to ``tertib check``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from pipeline.model.message import Lang, Message, say
from pipeline.readers.fields import Field, Shape
from pipeline.readers.office_fields import OFFICE_FIELDS
from pipeline.readers.recess_columns import RECESS_TABLES
from pipeline.readers.recess_fields import RECESS_FIELDS
from pipeline.readers.recess_registers import REGION_TABLES
from pipeline.readers.registers import OFFICE_TABLES
from pipeline.readers.sop_fields import SOP_FIELDS
from pipeline.readers.steps import STEPS
from pipeline.readers.tables import Column, TableSpec

Schema = dict[str, Any]
DRAFT: Final = "http://json-schema.org/draft-07/schema#"
FILES: Final[Mapping[str, tuple[Message, tuple[Field, ...]]]] = {
    "kantor": (say("Kantor: kantor.yaml"), OFFICE_FIELDS),
    "sop": (say("Satu SOP: sop/NAMA.yaml"), SOP_FIELDS),
    "reses": (say("Satu masa reses: reses.yaml"), RECESS_FIELDS),
}
"""Kinds of YAML files: what they are, and their keys."""
TABLES: Final[Mapping[str, TableSpec]] = {
    spec.sheet: spec for spec in (STEPS, *OFFICE_TABLES, *RECESS_TABLES, *REGION_TABLES)
}
"""Kinds of tables: the name of the CSV (for steps, of its ending) and of the sheet of a workbook."""
KINDS: Final = (*FILES, *TABLES)
_PLAIN: Final = ["string", "number", "null"]
"""What YAML makes of a value that the readers take as the text it is: ``kepala``, ``2026``, nothing."""
_DATE: Final = r"^(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]+ \d{4}|-|–)?$"
_NUMBER: Final = r"^\d{1,6}([.,]\d{1,4})?$"
_DEGREES: Final = r"^[-+]?\d{1,3}([.,]\d{1,15})?$"


def about(kind: str) -> Message:
    """What the files of ``kind`` are."""
    if kind in FILES:
        return FILES[kind][0]
    name = "NAMA.langkah.csv" if kind == STEPS.sheet else f"{kind}.csv"
    return say("Satu baris tabel {name}", name=name)


def schema_of(kind: str, lang: Lang) -> Schema:
    """The schema of ``kind`` (one of ``KINDS``), described in ``lang``; that of a table is the schema of its rows."""
    head = {"$schema": DRAFT, "title": about(kind).text(lang)}
    if kind in FILES:
        return head | _mapping(FILES[kind][1], lang)
    return head | _row(TABLES[kind], lang, typed=False)


def _mapping(fields: Iterable[Field], lang: Lang) -> Schema:
    parts = tuple(fields)
    made: Schema = {"type": "object", "properties": {field.key: _field(field, lang) for field in parts}}
    made |= _other_names(name for field in parts for name in field.synonyms)
    needed = [field.key for field in parts if field.needed]
    if needed:
        made["required"] = needed
    return made | {"additionalProperties": False}


def _other_names(names: Iterable[str]) -> Schema:
    """Other names of keys, which a form may use and the readers understand, without a description of their own."""
    known = [re.escape(name).replace(r"\ ", "[ _]") for name in names]
    return {"patternProperties": {f"^({'|'.join(known)})$": {}}} if known else {}


def _field(field: Field, lang: Lang) -> Schema:
    made: Schema = {"description": field.about.text(lang)} | _SHAPES[field.shape](field, lang)
    return made | {"examples": [_example(field)]} if field.example else made


def _example(field: Field) -> object:
    if field.shape is Shape.INTEGER:
        return int(field.example)
    if field.shape is Shape.GROUPS:
        return [[text.strip() for text in field.example.split(";")]]
    return [field.example] if field.shape is Shape.TEXTS else field.example


def _texts() -> Schema:
    return {"anyOf": [{"type": _PLAIN}, {"type": "array", "items": {"type": _PLAIN}}]}


def _groups() -> Schema:
    return {"anyOf": [{"type": _PLAIN}, {"type": "array", "items": _texts()}]}


def _date() -> Schema:
    return {"anyOf": [{"type": "null"}, {"type": "string", "pattern": _DATE}]}


def _number(pattern: str = _NUMBER) -> Schema:
    return {"anyOf": [{"type": ["number", "null"]}, {"type": "string", "pattern": pattern}]}


def _choice(words: Iterable[str]) -> Schema:
    return {"enum": [*words, None]}


def _optional(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "null"}, schema]}


def _records(field: Field, lang: Lang) -> Schema:
    one = _mapping(field.fields, lang)
    return {"anyOf": [{"type": "null"}, {"type": "array", "items": one}, one]}


def _open(field: Field, _lang: Lang) -> Schema:
    """Free keys, each with one of the field's words, or one per part of it."""
    parts = {part.key: _choice(field.choices) for part in field.fields}
    each = {"type": "object", "properties": parts, "additionalProperties": False}
    return _optional({"type": "object", "additionalProperties": {"anyOf": [_choice(field.choices), each]}})


def _reference(field: Field, lang: Lang) -> Schema:
    return {"anyOf": [{"type": _PLAIN}, _mapping(field.fields, lang)]}


def _steps(_field: Field, lang: Lang) -> Schema:
    return {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": _row(STEPS, lang, typed=True)}]}


_SHAPES: Final[Mapping[Shape, Callable[[Field, Lang], Schema]]] = {
    Shape.TEXT: lambda _field, _lang: {"type": _PLAIN},
    Shape.TEXTS: lambda _field, _lang: _texts(),
    Shape.GROUPS: lambda _field, _lang: _groups(),
    Shape.DATE: lambda _field, _lang: _date(),
    Shape.INTEGER: lambda _field, _lang: {"type": ["integer", "null"]},
    Shape.NUMBER: lambda _field, _lang: _number(),
    Shape.DEGREES: lambda _field, _lang: _number(_DEGREES),
    Shape.CHOICE: lambda field, _lang: _choice(field.choices),
    Shape.MAPPING: lambda field, lang: _optional(_mapping(field.fields, lang)),
    Shape.RECORDS: _records,
    Shape.OPEN: _open,
    Shape.REFERENCE: _reference,
    Shape.TABLE: _steps,
}


def _row(spec: TableSpec, lang: Lang, *, typed: bool) -> Schema:
    """A row by its column names; other headers that the readers know stand under ``patternProperties``.

    ``typed``: written as YAML, where a cell may be a list, and ``cabang`` a mapping.
    """
    known = [name for column in spec.columns for name in column.synonyms]
    made: Schema = {
        "type": "object",
        "properties": {column.name: _cell(column, lang, typed=typed) for column in spec.columns},
        "required": [column.name for column in spec.columns if column.required and not column.unless],
        "additionalProperties": False,
    }
    if known:
        made["patternProperties"] = {f"^({'|'.join(re.escape(name) for name in known)})$": {}}
        made["required"] = [column.name for column in spec.columns if column.required and not column.synonyms]
    return made


def _cell(column: Column, lang: Lang, *, typed: bool) -> Schema:
    made: Schema = {"description": column.about.text(lang)} | (_typed_cell() if typed else {"type": "string"})
    return made | {"examples": [column.example]} if column.example else made


def _typed_cell() -> Schema:
    texts = _texts()["anyOf"]
    return {"anyOf": [*texts, {"type": "object", "additionalProperties": {"type": _PLAIN}}]}
