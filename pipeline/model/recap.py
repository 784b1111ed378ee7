"""The recap of a recess: totals that reconcile, and needs merged from the proposals that say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.recess import EarlierNeed, Held, Meeting, Member, Proposal, Recess

UNSTATED = "Tidak diisi"
"""Label of the group of rows whose cell is empty: they are counted, never dropped."""


UNKNOWN_MEMBER = "Anggota tidak dikenal"
"""Stands for the rows whose member is not in the register."""


LEADERS = "Pimpinan DPRD"
"""Group of the members without a komisi because they lead the council (UU 23/2014 art. 164: leaders join none)."""


def commission_of(member: Member) -> str:
    """The group of ``member`` in the table by komisi."""
    leads = " ".join(member.position.split()).casefold() in ("ketua dprd", "wakil ketua dprd")
    return member.commission or (LEADERS if leads else "")


class Dimension(StrEnum):
    """What a table of totals groups by; the value is the heading of its first column."""

    DISTRICT = "Dapil"
    FRACTION = "Fraksi"
    COMMISSION = "Komisi"
    FIELD = "Bidang"
    AGENCY = "Perangkat Daerah"
    SUBDISTRICT = "Kecamatan"
    VILLAGE = "Desa/Kelurahan"
    PRIORITY = "Prioritas"
    STATUS = "Status"


RowLabels = Callable[[Proposal], Mapping[Dimension, str]]
"""Gives the label of the group of a row in every dimension, as the tables of totals print it."""


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
class CrossTable:
    """Totals by two dimensions: ``cells[row][column]``. ``rows`` and ``columns`` are the labels of their tables, all of
    them and in the same order, so that sums along either way are the lines of those tables."""

    row_dimension: Dimension
    column_dimension: Dimension
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Tally, ...], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Proposals that ask for the same at the same place, merged. ``rows`` are in file order, the first one leads.

    ``amount`` is the highest estimate among the rows (None when none gives one); ``amounts`` are the different ones.
    ``scores`` run parallel to ``rows``: how similar each is to the row it was joined to, in percent; 100 for the lead
    and for texts that differ only in how they are written.
    """

    number: int
    rows: tuple[Proposal, ...]
    amount: int | None
    amounts: tuple[int, ...]
    scores: tuple[int, ...] = ()

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
class Duty:
    """The contents that the report of a member must have (PP 12/2018 art. 88(5)), and whether they are there.

    ``reported`` is False for a member without any row: art. 88(6) bars such a member from the next recess.
    """

    member: Member
    reported: bool
    time_and_place: bool
    heard: bool
    documented: bool

    @property
    def complete(self) -> bool:
        """Is everything there that the law asks for?"""
        return self.reported and self.time_and_place and self.heard and self.documented


class Change(StrEnum):
    """What became of a need between two recesses; the value is the word of the reports."""

    DONE = "Selesai"  # recorded last time, and said to be done
    REPEATED = "Diusulkan lagi"
    NEW = "Baru"
    OPEN = "Tidak diusulkan lagi"  # recorded last time, not done, and not heard again


@dataclass(frozen=True, slots=True)
class ComparedNeed:
    """A need of either recess. ``need`` is None for one that was not heard again, ``earlier`` for a new one.

    ``was_done`` marks a repeated one that the recess before called done: it is asked for again all the same.
    """

    change: Change
    need: Need | None
    earlier: EarlierNeed | None
    score: int = 100
    was_done: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Needs of one field (bidang) in this recess and in the one before."""

    label: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """This recess beside the one before it. Every need of both is in ``needs`` once; a need that came back stands in
    one line with the one that it repeats. ``counts`` holds every ``Change``."""

    previous: Held
    needs: tuple[ComparedNeed, ...]
    counts: Mapping[Change, int]
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """Everything that is printed about a recess as a whole.

    ``needs`` are numbered from 1 in the order of print; ``districts`` hold the same needs grouped for print. ``cross``
    is the table of kecamatan by field. ``duties`` has one entry for each member of the register.
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
    cross: CrossTable
    duties: tuple[Duty, ...]
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class GroupReport:
    """What the report of one group (a dapil, fraksi or komisi) holds: everything its members heard.

    ``needs`` are all needs of which a member of the group heard a row, with their numbers in the plenary's inventory,
    and ``fields`` the same by field in the order of print. A need is counted where it was recorded first: ``total`` is
    the group's line in the table of the plenary, and ``elsewhere`` says how many of ``needs`` are counted in another
    group. ``tables`` are totals over ``total`` by field, agency and subdistrict, each equal to it.
    """

    dimension: Dimension
    label: str
    activities: tuple[Activity, ...]
    meetings: int
    participants: int | None
    needs: tuple[Need, ...]
    fields: tuple[FieldGroup, ...]
    elsewhere: int
    tables: Mapping[Dimension, TotalTable]
    total: Tally
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """One annex of an inventory that is too long for one document.

    ``groups`` hold its needs as they are printed (in the report of a group one, without a label); ``first`` and
    ``last`` are the numbers of the first and last of its ``needs``. ``stem`` is the name of the file without its
    ending, ``title`` what the volume covers, ``count`` how many volumes there are.
    """

    number: int
    count: int
    stem: str
    title: str
    groups: tuple[DistrictGroup, ...]
    first: int
    last: int
    needs: int
    tally: Tally

    @property
    def amount(self) -> int | None:
        """Rupiah of its needs, None when none has an estimate."""
        return self.tally.recorded_amount


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
