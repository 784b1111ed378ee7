"""The settings of one run, built once at the edge and frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.finding import Stage
from pipeline.model.message import Lang

FORMATS = ("svg", "bpmn")
"""What an SOP can be made as besides DOCX and PDF."""

RECESS_PARTS = ("anggota", "dapil", "fraksi", "komisi", "rekapitulasi")
"""What the documents of a recess can be limited to; the workbook, the CSV and the JSON belong to the last one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person asked for.

    ``root`` is the working folder (places are told relative to it), ``output`` the output folder (absolute).
    ``paths`` are the PATH arguments as given; empty means ``root/inputs``. ``stage`` overrides the stage that the
    documents state. ``templates`` is searched before every other template folder when given.
    ``also`` are the further formats to make beside DOCX and PDF (``FORMATS``). ``today`` is the only clock of a run.
    ``cache`` is where results of earlier checks are kept, None for nowhere. ``baseline`` is the file of the findings
    that are not to be told again; with ``update_baseline`` it is written anew.
    ``only`` limits the documents of a recess to these (``RECESS_PARTS``, empty: all), ``public`` makes the edition for
    the public instead, ``pdf`` False makes no PDF. ``signed`` is the folder (or file) of what came back from signing,
    ``rebuild`` makes documents again from what their PDFs carry. ``explain`` tells of every document why it was made
    again.
    """

    root: Path
    output: Path
    today: dt.date
    paths: tuple[Path, ...] = ()
    lang: Lang = "id"
    jobs: int = 1
    stage: Stage | None = None
    strict: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: dt.date | None = None
    force: bool = False
    templates: Path | None = None
    also: frozenset[str] = frozenset()
    cache: Path | None = None
    baseline: Path | None = None
    update_baseline: bool = False
    only: frozenset[str] = frozenset()
    public: bool = False
    pdf: bool = True
    signed: Path | None = None
    rebuild: bool = False
    explain: bool = False

    def relative(self, path: Path) -> str:
        """``path`` as people are told it: relative to the working folder where possible, with ``/``."""
        full = path if path.is_absolute() else self.root / path
        try:
            return full.relative_to(self.root).as_posix()
        except ValueError:
            return full.as_posix()
