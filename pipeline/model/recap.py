"""The recap of a recess: totals that reconcile, and needs merged from the proposals that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.recess import Meeting, Member, Proposal, Recess

UNSTATED = "Tidak diisi"
"""Label of the group of rows whose cell is empty: they are counted, never dropped."""


UNKNOWN_MEMBER = "Anggota tidak dikenal"
"""Stands for the rows whose member is not in the register."""


class Dimension(StrEnum):
    """What a table of totals groups by; the value is the heading of its first column."""

    DISTRICT = "Dapil"
    FRACTION = "Fraksi"
    COMMISSION = "Komisi"
    FIELD = "Bidang"
    AGENCY = "Perangkat Daerah"
    SUBDISTRICT = "Kecamatan"
    PRIORITY = "Prioritas"
    STATUS = "Status"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and whole rupiah of some proposals.

    ``heard`` counts every row and ``heard_amount`` adds every row. ``needs`` and ``amount`` count a need that was
    heard several times once, where it was first recorded; ``unpriced`` are needs without an estimate and
    ``heard_unpriced`` rows without one.
    """

    heard: int = 0
    heard_amount: int = 0
    needs: int = 0
    amount: int = 0
    unpriced: int = 0
    heard_unpriced: int = 0

    @property
    def recorded_amount(self) -> int | None:
        """``amount``, None when no need has an estimate: what nobody wrote down is not Rp0."""
        return self.amount if self.needs > self.unpriced else None

    @property
    def recorded_heard_amount(self) -> int | None:
        """``heard_amount``, None when no row has an estimate."""
        return self.heard_amount if self.heard > self.heard_unpriced else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.heard + other.heard,
            self.heard_amount + other.heard_amount,
            self.needs + other.needs,
            self.amount + other.amount,
            self.unpriced + other.unpriced,
            self.heard_unpriced + other.heard_unpriced,
        )


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One group of a table of totals."""

    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class TotalTable:
    """Totals by one dimension; ``total`` is the sum of ``lines`` and equals the grand total (rule RES-12)."""

    dimension: Dimension
    lines: tuple[TotalLine, ...]
    total: Tally


@dataclass(frozen=True, slots=True)
class Need:
    """Proposals with the same text at the same place, merged. ``rows`` are in file order, the first one leads.

    ``amount`` is the highest estimate among the rows (None when none gives one); ``amounts`` are the different ones.
    """

    number: int
    rows: tuple[Proposal, ...]
    amount: int | None
    amounts: tuple[int, ...]

    @property
    def lead(self) -> Proposal:
        """The proposal that was recorded first: it decides where the need is counted."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Needs of one field (bidang) inside a district, ordered by kecamatan and desa."""

    label: str
    needs: tuple[Need, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class DistrictGroup:
    """Needs of one district (dapil), which is that of the member who recorded them first. Every need is in one."""

    label: str
    fields: tuple[FieldGroup, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Activity:
    """What a member did: meetings held, people who came (None: not recorded for any meeting), proposals recorded."""

    member: Member
    meetings: int
    participants: int | None
    heard: int


@dataclass(frozen=True, slots=True)
class Recap:
    """Everything that is printed about a recess as a whole.

    ``needs`` are numbered from 1 in the order of print; ``districts`` hold the same needs grouped for print.
    ``activities`` has one entry for each member of the register, and one more for rows of nobody in it.
    ``participants`` is None when no meeting says how many people came.
    """

    recess: Recess
    members: Mapping[str, Member]
    meetings: Mapping[str, Meeting]
    needs: tuple[Need, ...]
    tables: Mapping[Dimension, TotalTable]
    districts: tuple[DistrictGroup, ...]
    activities: tuple[Activity, ...]
    total: Tally
    participants: int | None


@dataclass(frozen=True, slots=True)
class FieldRows:
    """Proposals of one field (bidang), in file order."""

    label: str
    rows: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class MeetingResult:
    """What was heard at one meeting, by field; ``meeting`` is None for proposals that belong to no known meeting."""

    meeting: Meeting | None
    fields: tuple[FieldRows, ...]


@dataclass(frozen=True, slots=True)
class MemberReport:
    """What the report of one member holds: every row the member heard counts here, also one heard by others too.

    ``fields`` are the member's totals by field (bidang) in the order of the recap's table; ``meetings`` are in
    order of time, and so are ``results``.
    """

    member: Member
    meetings: tuple[Meeting, ...]
    results: tuple[MeetingResult, ...]
    proposals: tuple[Proposal, ...]
    fields: tuple[TotalLine, ...]
    total: Tally
