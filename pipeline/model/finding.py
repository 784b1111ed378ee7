"""What is wrong, where, and what to do: the data behind every line of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.message import Message

DataPath = tuple[str | int, ...]
"""Where a value stands in an input, by its keys there: ``("langkah", 2, "waktu")`` (rows count from 0)."""


class Severity(StrEnum):
    """How bad a finding is; values are those of the JSON report."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(StrEnum):
    """How sure the source of a rule is (``keyakinan``); only the surest may be an error by default."""

    HIGH = "tinggi"
    MEDIUM = "sedang"
    LOW = "rendah"


class Stage(StrEnum):
    """The stage of a document (``status``): decides which findings block it."""

    DRAFT = "draf"
    REVIEW = "tinjau"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file. ``file`` is relative to the working folder where possible, with ``/``.

    Lines and columns count from 1; ``end_column`` is one past the last character. For tables ``line`` is the
    line of the file, ``cell`` the row and column as spreadsheets write it (``C7``, the header being row 1).
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that helps to understand a finding."""

    place: Place
    message: Message


@dataclass(frozen=True, slots=True)
class Fix:
    """What puts a finding right without changing what is meant: characters ``start`` to ``end`` of ``value``, the text
    that stands at ``place`` (the whole value or its cell), become ``text``."""

    place: Place
    value: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file itself: the signs from the start to the end of ``place`` become ``text``. An empty place
    (it ends where it begins) is one where something is put in."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, ready to be reported. ``source`` names the article or convention behind the rule.

    ``confidence`` is that of the source. ``path`` is where the value stands in the form, () where that is not known;
    ``step`` the stated number of the step concerned. ``subject`` is what the finding is about, by content and without
    row numbers, and ``ordinal`` which of several findings of equal content it is: see ``model.fingerprint``.
    ``accepts`` are the findings that an acceptance (``kecuali``) hides: only the finding that tells of it has any.
    ``about`` are fields that it speaks of besides that of ``path``, by their keys: ``tanggal.efektif``,
    ``langkah.waktu``. ``fatal`` says that it stops the document at every stage: no policy, acceptance or baseline
    takes it away. ``fixes`` put it right, where the program can do so by itself.
    """

    code: str
    name: str
    severity: Severity
    message: Message
    help: Message
    place: Place
    source: str = ""
    related: tuple[Related, ...] = ()
    document: str | None = None
    blocks: bool = False
    confidence: Confidence = Confidence.HIGH
    path: DataPath = ()
    step: int | None = None
    subject: str = ""
    ordinal: int = 0
    accepts: tuple[Finding, ...] = ()
    about: tuple[str, ...] = ()
    fatal: bool = False
    fixes: tuple[Fix, ...] = ()

    @property
    def fixable(self) -> bool:
        """Can the program put it right? Workbooks it does not change."""
        return bool(self.fixes) and all(fix.place.line is not None for fix in self.fixes)


SourceMap = Mapping[DataPath, Place]


def place_of(places: SourceMap, path: DataPath) -> Place | None:
    """The place of ``path`` or of its nearest ancestor that has one; None when nothing is known."""
    for length in range(len(path), -1, -1):
        place = places.get(path[:length])
        if place is not None:
            return place
    return None
