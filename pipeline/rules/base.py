"""What a rule is: a check that yields data paths and facts. The engine finds places and applies policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.finding import Confidence, DataPath, Severity, Stage
from pipeline.model.flow import Flow
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message
from pipeline.model.office import Office
from pipeline.model.sop import Sop
from pipeline.rules.actors import Names
from pipeline.rules.calendar import Calendar
from pipeline.rules.citations import Citation
from pipeline.rules.register import Register
from pipeline.rules.sentences import Sentence
from pipeline.rules.topics import Topic


@dataclass(frozen=True, slots=True)
class Facts:
    """What the person running the program decides, and the clock.

    ``as_of`` judges the legal status on that day instead of the SOP's own date. ``stage`` overrides the stage
    of every document. ``select`` and ``ignore`` hold codes, families or slug names; an empty ``select`` is all.
    ``known`` are the codes, families and slugs of all findings, those made outside the rules too, in lower case, so
    that naming one is no mistake.
    """

    as_of: dt.date | None = None
    today: dt.date = dt.date.min
    strict: bool = False
    stage: Stage | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    known: Collection[str] = frozenset()

    @property
    def year(self) -> int:
        """This year. A rule that needs no more asks for this: what it finds then holds until the year ends."""
        return self.today.year


@dataclass(frozen=True, slots=True)
class Pointer:
    """A related place: a data path, of the same SOP or of the ``item``-th SOP of the group."""

    path: DataPath
    message: Message
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """What the text at ``path`` (or its characters ``span``) should be, where putting it there is safe: it changes how
    something is written, never what is meant, so that ``--fix`` may do it unasked."""

    path: DataPath
    text: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule found, at a data path in the form's own keys; one that begins with ``kantor`` or ``pejabat`` is
    in the files of the office.

    ``severity`` and ``source`` replace those of the rule. ``item`` is the SOP meant by a rule on a group. ``span`` is
    the part of the text at ``path`` that is meant, as character offsets; an item of a list cell is
    ``("langkah", row, "output", 0)``.
    ``fixes`` put it right, all together; see ``Replacement``.
    ``about`` are fields that it speaks of besides that of the path (see ``Finding``).
    ``subject`` replaces the value at ``path`` as what the finding is about by content: "" where one finding stands for
    many rows, so that one more row does not make it a new finding (see ``model.fingerprint``).
    """

    path: DataPath
    message: Message
    help: Message
    severity: Severity | None = None
    source: str | None = None
    related: tuple[Pointer, ...] = ()
    item: int = 0
    span: tuple[int, int] | None = None
    about: tuple[str, ...] = ()
    subject: str | None = None
    fixes: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """Everything besides the SOP that a rule may ask for, prepared once per SOP.

    ``sentences`` and ``citations`` run parallel to ``sop.steps`` and ``sop.legal_basis``. ``day`` is the day at
    which the SOP is judged. ``narrative`` marks a draft that only tells a story (rule NAR-01 speaks for it).
    ``prose`` is every printed text and number and purpose in lower case: a quick look before a closer one.
    """

    office: Office
    facts: Facts
    register: Register
    calendar: Calendar
    stage: Stage
    day: dt.date
    flow: Flow
    names: Names
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    topic: Topic
    narrative: bool
    recess: bool
    prose: str

    @property
    def cited(self) -> tuple[tuple[int, Citation], ...]:
        """Every regulation of the legal basis with the index of its item, which may hold several."""
        return tuple((index, each) for index, first in enumerate(self.citations) for each in (first, *first.also))

    @property
    def cited_shorts(self) -> frozenset[str]:
        """Short names of the regulations cited, as the register names them where it knows them."""
        found = ((self.register.find(citation), citation) for _, citation in self.cited if citation.complete)
        return frozenset(row.short if row is not None else citation.short for row, citation in found)


SopCheck = Callable[[Sop, Context], Iterable[Hit]]
GroupCheck = Callable[[Sequence[SopInput]], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``code`` of the catalogue, slug ``name``, default ``severity``, one-line ``summary``.

    ``source`` is the article or convention behind it, ``confidence`` how sure that is: below HIGH neither the rule nor
    any of its hits is an error by default. ``doc`` the module's docstring, which ``explain`` prints.
    Exactly one of ``check`` (one SOP) and ``compare`` (all SOPs of one office) is given. ``fixable`` says that some of
    its hits carry fixes.
    """

    code: str
    name: str
    severity: Severity
    summary: Message
    source: str
    doc: str
    check: SopCheck | None = None
    compare: GroupCheck | None = None
    confidence: Confidence = Confidence.HIGH
    fixable: bool = False

    @property
    def family(self) -> str:
        """``"HKM"`` of ``"HKM-01"``."""
        return self.code.partition("-")[0]
