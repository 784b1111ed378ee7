"""How far each SOP keeps to the official form: one state for each element of its two pages.

An element is told ``OK`` only where every rule that speaks of it had its say and found nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final

from pipeline.model.finding import Finding, Severity
from pipeline.model.result import EVERY_RULE, DocumentResult
from pipeline.resources import data_file


class State(IntEnum):
    """What is known of an element, the worst last."""

    OK = 0
    PARTLY = 1  # some rules did not run, or a fault may concern it
    UNCHECKED = 2
    CHECK = 3  # a warning, a note or an accepted finding
    WRONG = 4


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the form. ``label`` is what the form calls it, in every language; ``fields`` its input keys."""

    key: str
    label: str
    fields: tuple[str, ...]


IDENTITY: Final = (
    Element(
        "instansi",
        "Logo dan nama instansi",
        ("kantor.pemerintah", "kantor.unit", "kantor.logo", "kantor.alamat", "kantor.telepon", "kantor.surel"),
    ),
    Element("nomor", "Nomor SOP", ("nomor",)),
    Element("pembuatan", "Tanggal Pembuatan", ("tanggal.pembuatan",)),
    Element("revisi", "Tanggal Revisi", ("tanggal.revisi", "riwayat")),
    Element("efektif", "Tanggal Efektif", ("tanggal.efektif",)),
    Element("pengesahan", "Disahkan oleh", ("pengesah",)),
    Element("nama", "Nama SOP", ("judul",)),
    Element("dasar_hukum", "Dasar Hukum", ("dasar_hukum",)),
    Element("keterkaitan", "Keterkaitan", ("keterkaitan",)),
    Element("peringatan", "Peringatan", ("peringatan",)),
    Element("kualifikasi", "Kualifikasi Pelaksana", ("kualifikasi_pelaksana",)),
    Element("peralatan", "Peralatan dan Perlengkapan", ("peralatan",)),
    Element("pencatatan", "Pencatatan dan Pendataan", ("pencatatan",)),
)
"""The identity page, in the order of the form: PermenPAN-RB 35/2012, unsur dokumentasi."""
STEPS: Final = (
    Element("kegiatan", "Kegiatan", ("langkah.kegiatan", "langkah.no")),
    Element("pelaksana", "Pelaksana", ("pelaksana", "langkah.pelaksana")),
    Element(
        "alur",
        "Alur",
        ("langkah.jenis", "langkah.ya", "langkah.tidak", "langkah.cabang", "langkah.lanjut", "langkah.dalam"),
    ),
    Element("kelengkapan", "Kelengkapan", ("langkah.kelengkapan",)),
    Element("waktu", "Waktu", ("langkah.waktu",)),
    Element("output", "Output", ("langkah.output",)),
    Element("keterangan", "Keterangan", ("langkah.keterangan", "langkah.rujukan")),
)
"""The step table: its columns, and the flow drawn in those of the actors."""
ELEMENTS: Final = IDENTITY + STEPS

_KEYS: Final = tuple(element.key for element in ELEMENTS)
_STEP_KEYS: Final = frozenset(element.key for element in STEPS)
_DATES: Final = frozenset(("pembuatan", "revisi", "efektif"))
_ELSEWHERE: Final = ("kecuali", "status", "tujuan")
"""Keys of an SOP that the form does not print."""
_READERS: Final = "MSK"
"""Family of faults met while reading: without one, nothing is proved about what was read."""
_LETTERHEAD: Final = ("instansi", "MSK-24")
"""The one element that reading itself proves: it stands in the file of the office, and has to be there."""
_FAULT: Final = "INT"
_OF_FIELD: Final[Mapping[str, str]] = {field: element.key for element in ELEMENTS for field in element.fields}


@cache
def table() -> Mapping[str, frozenset[str]]:
    """``data/elements.csv``: the elements that rules can speak of, by code, or by family for its other rules."""
    with data_file("elements.csv").open(encoding="utf-8", newline="") as file:
        return {row["aturan"]: _read(row["unsur"]) for row in csv.DictReader(file)}


def _read(text: str) -> frozenset[str]:
    if text == "*":
        return frozenset(_KEYS)
    return frozenset() if text == "-" else frozenset(text.split(";"))


def spoken_of(code: str) -> frozenset[str] | None:
    """The elements that a rule can speak of; None for a rule of which the table knows nothing."""
    return table().get(code, table().get(code[:3]))


def conformity(
    document: DocumentResult, findings: Iterable[Finding], codes: Iterable[str], shared: Iterable[Finding] = ()
) -> tuple[State, ...]:
    """The state of every element of ``ELEMENTS`` in an SOP.

    ``findings`` are those on it, ``shared`` those on ``kantor.yaml`` of its office, ``codes`` every rule there is.
    """
    states = dict(zip(_KEYS, _before(document.unchecked, frozenset(codes)), strict=True))
    for finding in _with_accepted(findings):
        crashed = finding.code.startswith(_FAULT)
        touched = frozenset(_KEYS) if crashed else _touched(finding)
        worst = _state(finding) if _is_sure(finding, touched) else State.PARTLY
        for key in touched:
            states[key] = max(states[key], worst)
    name, proof = _LETTERHEAD
    for finding in shared:
        touched = _touched(finding)
        if name in touched:
            sure = finding.code == proof or _is_sure(finding, touched)
            states[name] = max(states[name], _state(finding) if sure else State.PARTLY)
    return tuple(states.values())


def _before(unchecked: tuple[str, ...], codes: frozenset[str]) -> Iterator[State]:
    """What is known of each element before any finding: which of its rules ran."""
    for rules in _rules_by_element(codes):
        silent = rules if EVERY_RULE in unchecked else rules.intersection(unchecked)
        if silent == rules:
            yield State.UNCHECKED
        else:
            yield State.PARTLY if silent else State.OK


@cache
def _rules_by_element(codes: frozenset[str]) -> tuple[frozenset[str], ...]:
    found = {code: spoken_of(code) or frozenset() for code in codes if not code.startswith(_READERS)}
    found |= {code: frozenset((key,)) for key, code in (_LETTERHEAD,) if code in codes}
    return tuple(frozenset(code for code, keys in found.items() if key in keys) for key in _KEYS)


def _with_accepted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings and those that an acceptance hides: the form does not keep to the rule all the same."""
    for finding in findings:
        yield finding
        yield from finding.accepts


def _state(finding: Finding) -> State:
    return State.WRONG if finding.severity is Severity.ERROR else State.CHECK


def _touched(finding: Finding) -> frozenset[str]:
    """The elements that a finding speaks of: by the fields it names, else all that its rule can speak of."""
    possible = spoken_of(finding.code)
    if possible is None:
        possible = frozenset(_KEYS)
    fields = [*finding.about, ".".join(part for part in finding.path if isinstance(part, str))]
    if any(field.startswith(_ELSEWHERE) for field in fields):
        return frozenset()
    named = frozenset(key for field in fields for key in _named(field))
    return possible & named or possible


def _named(field: str) -> Iterator[str]:
    if field == "langkah":
        yield from _STEP_KEYS
    elif field == "tanggal":
        yield from _DATES
    while field:
        if field in _OF_FIELD:
            yield _OF_FIELD[field]
            return
        field = field.rpartition(".")[0]


def _is_sure(finding: Finding, touched: frozenset[str]) -> bool:
    """Is it known that each of ``touched`` is meant?"""
    return len(touched) == 1 or bool(finding.about)
