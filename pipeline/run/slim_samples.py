"""What a template is tried with before and after it is made lean: itself, and documents filled with the examples."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.model.finding import Stage
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run import new
from pipeline.run.check import check_sops, select
from pipeline.run.document import render_sop
from pipeline.run.events import Silent
from pipeline.run.settings import Settings
from pipeline.run.templates import TEMPLATES

BARE: Final = say("templat itu sendiri")
_OFFICE: Final = Path("inputs/contoh")
_LEAST: Final = 0.6
"""How much of what two templates ask for must be the same, for one to be taken for the other's kind."""
_REPORTS: Final[Mapping[str, tuple[str, str]]] = {
    "laporan-reses.docx": ("anggota", "anggota/*.docx"),
    "laporan-reses-kelompok.docx": ("dapil", "dapil/*.docx"),
    "rekap-reses.docx": ("rekapitulasi", "rekapitulasi.docx"),
}
"""The part of a recess that each template makes, and where its documents stand."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A document made with a template, and what it is; ``given`` are the texts of its input."""

    name: Message
    docx: bytes
    given: tuple[str, ...] = ()


def kind_of(template: Template) -> str:
    """The name of the shipped template that ``template`` takes the place of, "" when it is none of them."""
    if template.path.name in TEMPLATES:
        return template.path.name
    asked = template.variables
    shares = {name: len(asked & known) / max(1, len(asked | known)) for name, known in _asked().items()}
    best = max(shares, key=lambda name: shares[name])
    return best if asked and shares[best] >= _LEAST else ""


@cache
def _asked() -> Mapping[str, frozenset[str]]:
    return {name: Template.load(packaged_templates() / name).variables for name in TEMPLATES}


def samples(path: Path, data: bytes, kind: str) -> tuple[Sample, ...]:
    """Documents of the template whose file holds ``data``: itself, and its ``kind`` filled with the examples.

    ``path`` is what faults name. Raises TemplateError when the template cannot be filled.
    """
    return (Sample(BARE, data), *_filled(path, data, kind))


def _filled(path: Path, data: bytes, kind: str) -> Iterator[Sample]:
    if not kind:
        return
    with _examples() as settings:
        folder = settings.root / "templates"
        folder.mkdir()
        template = folder / kind
        template.write_bytes(data)
        if kind in _REPORTS:
            yield from _recess(settings, kind)
        elif kind == "sop.docx":
            # The code of a final SOP holds a hash of its template, which is to be the same before and after.
            yield from _sops(settings, replace(Template.load(template), path=path))
        elif kind == "buku-sop.docx":
            yield from _book(settings, Template.load(template))


@contextmanager
def _examples() -> Iterator[Settings]:
    """The examples of ``tertib new`` in a folder of their own."""
    import datetime as dt

    with tempfile.TemporaryDirectory(prefix="tertib-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        settings = Settings(root=root, output=root / "outputs", today=dt.date(2026, 1, 31), pdf=False)
        for kind, place in (("kantor", ""), ("sop", "sop/contoh.yaml"), ("reses", "reses/2026-masa-1")):
            new.make(kind, _OFFICE / place, settings)
        yield settings


def _items(settings: Settings) -> tuple[SopInput, ...]:
    items = check_sops(select(settings), settings, Silent()).items
    return tuple(item for item in items if item.sop is not None)


def _sops(settings: Settings, template: Template) -> Iterator[Sample]:
    """The example as a draft, with watermark and changes, and as a final SOP, with its code."""
    for item in _items(settings):
        for stage, name in ((Stage.DRAFT, say("SOP contoh, draf")), (Stage.FINAL, say("SOP contoh, final"))):
            sop = item.sop
            if sop is not None:
                made = render_sop(template, replace(item, sop=replace(sop, stage=stage)))
                if made.docx:
                    yield Sample(name, made.docx, made.texts)


def _book(settings: Settings, template: Template) -> Iterator[Sample]:
    from pipeline.render.book import Entry, Head, render_front

    items = _items(settings)
    entries = [
        Entry(item.sop.title, item.sop.number, page, "https://contoh.invalid/sop")
        for page, item in enumerate(items, 1)
        if item.sop is not None
    ]
    heads = [Head("Contoh", 1, "https://contoh.invalid/bagian")]
    docx = render_front(template, items[0].office.office, heads, entries, 2026)
    yield Sample(say("buku contoh"), docx)


def _recess(settings: Settings, kind: str) -> Iterator[Sample]:
    from pipeline.run.recap import recap

    part, places = _REPORTS[kind]
    outcome = recap(replace(settings, only=frozenset({part})), Silent())
    for problem in outcome.problems:
        raise problem.error
    found = sorted(settings.output.rglob(places))
    yield from (Sample(say("laporan contoh {name}", name=path.stem), path.read_bytes()) for path in found[:2])
