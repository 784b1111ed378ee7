"""Inputs of the right form with wild values: every key and column, with values that fit and values that do not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import yaml
from hypothesis import strategies as st

from pipeline.readers.fields import Field, Shape
from pipeline.readers.tables import TableSpec
from tests.wild import values as v

_FITTING: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.TEXT: v.TEXTS,
    Shape.TEXTS: st.one_of(v.TEXTS, st.lists(st.one_of(st.sampled_from(v.CITATIONS), v.TEXTS), max_size=4)),
    Shape.DATE: st.one_of(st.sampled_from(v.DATES), st.dates()),
    Shape.INTEGER: st.one_of(st.sampled_from(v.NUMBERS), st.integers(-2, 30)),
    Shape.DEGREES: st.one_of(st.sampled_from(v.NUMBERS), st.floats(), st.integers(-12, 142)),
    Shape.NUMBER: st.one_of(st.sampled_from(v.NUMBERS), st.floats(), st.integers(0, 48)),
    Shape.OPEN: st.dictionaries(
        st.sampled_from(v.CODES),
        st.one_of(st.sampled_from(v.CODES), st.dictionaries(st.sampled_from(v.CODES), v.TEXTS)),
        max_size=4,
    ),
}
_BY_KEY: dict[str, list[str]] = {
    "no": ["1", "2", "3", "4", "1", "2", "3", *v.NUMBERS],
    "kegiatan": v.SENTENCES,
    "judul": v.SENTENCES,
    "pelaksana": v.PEOPLE,
    "pengesah": ["setwan", "ketua", *v.PEOPLE],
    "waktu": v.TIMES,
    "total_waktu": v.TIMES,
    "jenis": ["mulai", "proses", "keputusan", "selesai", "", *v.CODES],
    "ya": ["1", "2", "3", *v.TARGETS],
    "tidak": ["1", "2", "3", *v.TARGETS],
    "cabang": v.TARGETS,
    "lanjut": ["1", "2", "3", "4", *v.TARGETS],
    "dalam": ["1", "2", "3", "4", *v.TARGETS],
    "langkah": ["pelaksanaan-reses.langkah.csv", "../sop/tamu.yaml", "/", ".", "..", "a\nb", "tamu.yaml", "x" * 300],
    "logo": ["logo.png", "sop", "../kantor.yaml", "kantor.yaml", "x" * 300, "/dev/zero", "~", "http://x.example/a.png"],
    "pola_nomor": v.PATTERNS,
    "dasar": v.CITATIONS,
    "dasar_hukum": v.CITATIONS,
    "nip": v.PEOPLE,
    "tanggal": v.DATES,
    "tanggal_lahir": v.DATES,
    "tahun": v.DATES + v.NUMBERS,
    "nomor": v.NUMBERS,
    "lembaran": v.CITATIONS + v.NUMBERS,
    "anggaran": v.NUMBERS,
    "volume": v.NUMBERS,
    "peserta": v.NUMBERS,
    "harga": v.NUMBERS,
    "satuan": ["m", "M'", "m²", "unit", *v.SIGNS],
    "lintang": ["-7.42", "-7,42", "109.2", "95", "nan", "inf", *v.NUMBERS],
    "bujur": ["109.2", "109,2", "-7.42", "181", "nan", *v.NUMBERS],
    "kamus": ["K001", "k002", "K999", *v.SIGNS],
    "uraian": ["Perbaikan jalan provinsi", "Hibah untuk masjid", "Rehabilitasi irigasi 1.500 ha", *v.SENTENCES],
    "foto": v.NUMBERS,
    "jam": v.TIMES,
    "id": ["P001", "A01", "U0001", "setwan", *v.SIGNS],
    "anggota_id": ["A01", "A02", *v.SIGNS],
    "pertemuan_id": ["P001", "P002", *v.SIGNS],
    "aturan": v.CODES,
    "di": v.CODES,
    "sampai": ["2026-06-30", "2025-01-01", *v.DATES],
}
_STEP_KEYS = ("no", "kegiatan", "pelaksana", "kelengkapan", "waktu", "output", "keterangan", "jenis", "ya", "tidak",
              "cabang", "lanjut", "dalam", "rujukan")  # fmt: skip


def mapping(fields: Sequence[Field]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with any of ``fields``, and now and then a key that does not exist."""
    known = st.fixed_dictionaries({}, optional={field.key: _value(field) for field in fields})
    odd = st.dictionaries(v.TEXTS, v.VALUES, max_size=1)
    return st.one_of(known, known, known, st.builds(lambda a, b: {**a, **b}, known, odd))


def _value(field: Field) -> st.SearchStrategy[Any]:
    fitting: list[st.SearchStrategy[Any]] = []
    if field.key in _BY_KEY:
        fitting += [st.sampled_from(_BY_KEY[field.key])] * 2
    if field.choices and field.shape is Shape.CHOICE:
        fitting += [st.sampled_from(field.choices)] * 3
    if field.shape in _FITTING:
        fitting.append(_FITTING[field.shape])
    if field.fields and field.shape is not Shape.OPEN:
        inner = mapping(field.fields)
        fitting += [inner, inner] if field.shape is not Shape.RECORDS else [st.lists(inner, max_size=3)] * 2
    if field.shape is Shape.TABLE:
        fitting += [st.lists(steps(), min_size=1, max_size=6)] * 6
    return st.one_of(*fitting, v.VALUES)


def steps() -> st.SearchStrategy[dict[str, Any]]:
    """A step with any of its keys."""
    cells = {key: st.one_of(cell(key), cell(key), cell(key), v.VALUES) for key in _STEP_KEYS}
    needed = ("no", "kegiatan", "pelaksana")
    optional = {key: made for key, made in cells.items() if key not in needed}
    return st.fixed_dictionaries({key: cells[key] for key in needed}, optional=optional)


def cell(column: str) -> st.SearchStrategy[str]:
    """A cell of ``column``."""
    fitting = st.sampled_from(_BY_KEY.get(column, v.SIGNS))
    return st.one_of(fitting, fitting, st.just(""), v.TEXTS)


@st.composite
def table(draw: st.DrawFn, spec: TableSpec, most: int = 8) -> list[list[str]]:
    """A table with its header; most columns as they should be, some lost, doubled or unknown."""
    names = [column.name for column in spec.columns]
    if draw(st.integers(0, 3)) == 0:
        names = draw(st.lists(st.one_of(st.sampled_from(names), v.TEXTS), min_size=1, max_size=len(names) + 2))
    row = st.tuples(*(cell(name) for name in names)).map(list)
    return [names, *draw(st.lists(row, max_size=most))]


def as_csv(rows: Sequence[Sequence[str]], separator: str, *, quoted: bool) -> bytes:
    """The rows as a CSV, or, where ``quoted`` is False, simply joined."""
    if not quoted:
        return "\n".join(separator.join(row) for row in rows).encode("utf-8", "surrogatepass")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def as_yaml(value: object, style: int) -> bytes:
    """``value`` as a YAML writer (0, 1), as JSON (2), or as a careless person writes it (3)."""
    if style < 2:
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=bool(style), width=10_000)
    elif style == 2:
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = _careless(value, "")
    return str(text).encode("utf-8", "surrogatepass")


def _careless(value: object, indent: str) -> str:
    if isinstance(value, dict) and value:
        return "".join(f"\n{indent}{key}: {_careless(inner, indent + '  ')}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{indent}- {_careless(inner, indent + '  ')}" for inner in value)
    return str(value)
