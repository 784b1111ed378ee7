"""A standard operating procedure (SOP AP) as data. Attribute names are English, comments name the form's keys."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.model.duration import TimeValue
from pipeline.model.finding import DataPath, Stage
from pipeline.model.office import Official

TEXT_KEYS: Final = {"nomor": "number", "judul": "title", "tujuan": "purpose"}
"""Keys of the form that hold one text, with the attribute of ``Sop`` that reads them."""
LIST_KEYS: Final = {
    "dasar_hukum": "legal_basis",
    "kualifikasi_pelaksana": "qualifications",
    "keterkaitan": "related",
    "peralatan": "equipment",
    "peringatan": "warnings",
    "pencatatan": "records",
    "pelaksana": "actors",
}
"""Keys of the form that hold a list of texts, with the attribute of ``Sop`` that reads them."""
END: Final = 0
"""Target of a flow that ends (``selesai``); step numbers count from 1."""


_SEE = re.compile(r"^\s*lihat\b[\s:]*", re.IGNORECASE)


class StepKind(StrEnum):
    """What a step is drawn as (``jenis``)."""

    START = "mulai"
    PROCESS = "proses"
    DECISION = "keputusan"
    END = "selesai"


@dataclass(frozen=True, slots=True)
class Branch:
    """A labelled exit of a decision: ``label`` as printed ("Ya", "Tidak", "A"), ``target`` a step number or END."""

    label: str
    target: int


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the step table.

    ``number`` is the stated ``no`` (None when unreadable); ``actors`` the names as written; ``columns`` the index
    into ``Sop.actors`` of each, None where the name matches no column. ``branches`` holds ``ya``, ``tidak`` and
    ``cabang``; ``next`` holds ``lanjut``; both name step numbers. ``within`` is ``dalam``; ``reference`` names another
    SOP (several with ``;`` between them) in which the step is laid down. ``handover`` says that the actors act one
    after the other (``A > B``), each handing on to the next, and the last one goes on; otherwise they act together and
    the first is responsible.
    """

    number: int | None
    activity: str  # kegiatan
    actors: tuple[str, ...] = ()  # pelaksana
    columns: tuple[int | None, ...] = ()
    inputs: tuple[str, ...] = ()  # kelengkapan
    time: TimeValue | None = None  # waktu
    outputs: tuple[str, ...] = ()  # output
    remark: str = ""  # keterangan
    kind: StepKind = StepKind.PROCESS
    branches: tuple[Branch, ...] = ()
    next: tuple[int, ...] = ()
    within: int | None = None
    reference: str = ""  # rujukan
    handover: bool = False  # ``>`` in pelaksana

    @property
    def references(self) -> tuple[str, ...]:
        """The SOPs that ``reference`` names, without the word "lihat"; "-" names none."""
        names = (_SEE.sub("", part).strip() for part in self.reference.split(";"))
        return tuple(name for name in names if name.strip("-–— "))

    @property
    def decides(self) -> bool:
        """Do its exits exclude one another, whatever it is drawn as?"""
        return bool(self.branches) or self.kind is StepKind.DECISION


@dataclass(frozen=True, slots=True)
class Revision:
    """A line of ``riwayat``."""

    number: int | None
    date: dt.date | None
    text: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An accepted finding (``kecuali``): every one has a reason, a person and an expiry date.

    ``where`` narrows it to a place (``di``): a step by its stated number, a field by its key, or both; ``()`` is the
    whole SOP. ``("langkah", 3, "waktu")``, ``("dasar_hukum", 2)``: numbers count from 1.
    """

    code: str
    reason: str
    by: str
    until: dt.date
    where: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class SopType:
    """What kind of SOP it declares itself to be (``jenis``); "" where it declares nothing."""

    nature: str = ""  # sifat: teknis, administratif
    scope: str = ""  # cakupan: makro, mikro
    completeness: str = ""  # kelengkapan: final, parsial

    @property
    def declared(self) -> bool:
        """Is every axis declared?"""
        return bool(self.nature and self.scope and self.completeness)


@dataclass(frozen=True, slots=True)
class Sop:
    """One SOP. ``columns`` are the canonical names of the columns the step table has, present even if empty.

    A text or date that the input does not give is empty or None: it is reported and prints as a visible gap.
    ``labels`` are (data path, label) of fields that the input calls otherwise than their key, and ``written`` (data
    path, text) of dates that it writes in words.
    """

    id: str
    stage: Stage
    number: str = ""
    title: str = ""
    purpose: str = ""  # tujuan; only narrative drafts have it, the form has no field for it
    created: dt.date | None = None
    revised: dt.date | None = None
    effective: dt.date | None = None
    signer: Official | None = None
    legal_basis: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()  # peringatan
    records: tuple[str, ...] = ()  # pencatatan
    actors: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    columns: frozenset[str] = frozenset()
    history: tuple[Revision, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    total: TimeValue | None = None  # total_waktu: the time of the whole procedure as the office states it
    type: SopType = SopType()  # jenis
    labels: tuple[tuple[DataPath, str], ...] = ()
    written: tuple[tuple[DataPath, str], ...] = ()
    partial: bool = False  # rows of the step table could not be read: ``steps`` are not all there are

    @property
    def date(self) -> dt.date | None:
        """The day at which the SOP is judged: effective, else revised, else created."""
        return self.effective or self.revised or self.created
