"""What the last runs made, so that what did not change is not made again: ``OUTPUT/.tertib/catatan-*.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pipeline
from pipeline.run.files import Index, content_digest
from pipeline.run.ledger import Ledger
from pipeline.run.writing import PRIVATE, Outputs


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF as it was made: SHA-256 of its DOCX and of itself, of every source by its path, and by what.

    ``title``, ``number`` and ``stage`` are the document's, for the index of the archive; empty where it has none.
    ``carried`` is the hash of what the PDF says it was made from (see ``pipeline.run.finishing``), ``sidecar`` the text
    of the file beside it that says where it is to be signed, "" where nobody signs. ``unchecked`` are the names of the
    checks that could not be made of it. ``basis`` is what it was made with besides (``pipeline.run.basis``), empty in
    records of earlier programs, and ``drawn`` what drawing its DOCX told, as plain data.
    """

    document: str
    docx: str
    pdf: str
    sources: Mapping[str, str]
    converter: str
    pages: int
    title: str = ""
    number: str = ""
    stage: str = ""
    carried: str = ""
    sidecar: str = ""
    unchecked: tuple[str, ...] = ()
    basis: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, Any] = field(default_factory=dict)


class State:
    """The record of an output folder; keys are PDF paths relative to it, with ``/``. Unreadable means empty."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self._ledgers: dict[str, Ledger[Made]] = {}
        self._legacy = outputs.private / LEGACY
        self._early: dict[str, Made] | None = None

    def key(self, pdf: Path) -> str:
        """The key of a PDF."""
        return pdf.relative_to(self._outputs.folder).as_posix()

    def get(self, pdf: Path) -> Made | None:
        """The record of ``pdf``, None when there is none."""
        key = self.key(pdf)
        return self._ledger(kind_of(key)).get(key)

    def all(self) -> Iterator[tuple[Path, Made]]:
        """Every PDF on record, in the order of their paths."""
        made = {key: one for kind in KINDS for key, one in self._ledger(kind).all().items()}
        for key, one in sorted(made.items()):
            yield self._outputs.folder / key, one

    def put(self, pdf: Path, made: Made) -> None:
        """Remember ``pdf``; ``save`` writes it down."""
        key = self.key(pdf)
        self._ledger(kind_of(key)).put(key, made)

    def save(self) -> None:
        """Write down what was put since. Raises OutputError."""
        if not any(ledger.has_news for ledger in self._ledgers.values()):
            return
        if self._legacy.is_file():
            for kind in KINDS:
                self._ledger(kind).save(self._outputs)
            self._outputs.remove(self._legacy)
            self._early = {}
        for ledger in self._ledgers.values():
            ledger.save(self._outputs)

    def _ledger(self, kind: str) -> Ledger[Made]:
        if kind not in self._ledgers:
            ledger = Ledger(self._outputs.private / file_of(kind), _row, _made)
            for key, made in self._migrated().items():
                if kind_of(key) == kind:
                    ledger.add(key, made)
            self._ledgers[kind] = ledger
        return self._ledgers[kind]

    def _migrated(self) -> dict[str, Made]:
        """What an earlier version of the program wrote down."""
        if self._early is None:
            self._early = _load(self._legacy)
        return self._early


LEGACY: Final = "state.json"
"""Where earlier versions wrote everything."""
KINDS: Final = ("sop", "reses", "buku", "lain")
_VERSION: Final = 1


def kind_of(key: str) -> str:
    """In which of the files a PDF is on record: each command that makes documents has its own."""
    parts = key.split("/")
    if len(parts) == 2:
        return "buku"
    return parts[1] if len(parts) > 2 and parts[1] in ("sop", "reses") else "lain"


def file_of(kind: str) -> str:
    """The name of one of the files in the program's own folder."""
    return f"catatan-{kind}.jsonl"


def has_record(folder: Path) -> bool:
    """Was anything made in this output folder?"""
    private = folder / PRIVATE
    return any((private / name).is_file() for name in (LEGACY, *map(file_of, KINDS)))


_NAMES: Final = tuple(one.name for one in fields(Made))


def _row(made: Made) -> dict[str, Any]:
    return {name: getattr(made, name) for name in _NAMES}


def _made(row: Mapping[str, Any]) -> Made:
    # What an earlier version of the program did not write down has its default: without the record, every PDF in place
    # would count as somebody else's.
    made = Made(**{name: row[name] for name in _NAMES if name in row})
    if not isinstance(made.sources, dict) or not isinstance(made.basis, dict) or not isinstance(made.drawn, dict):
        raise TypeError(row)
    return replace(made, unchecked=tuple(made.unchecked))


def _load(path: Path) -> dict[str, Made]:
    # Whatever is wrong with the record means that everything is made again.
    try:
        data: Any = json.loads(path.read_bytes())
        if data["schema_version"] != _VERSION:
            return {}
        return {key: _made(row) for key, row in data["outputs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def digest(path: Path) -> str:
    """SHA-256 of a file as hex, read now; "" when it cannot be read."""
    return content_digest(path)


class SourceDigests:
    """SHA-256 of source files; every file is read once per run however many documents share it."""

    def __init__(self, root: Path, index: Index | None = None) -> None:
        self._root = root
        self._read = index.digest if index is not None else digest
        self._seen: dict[Path, str] = {}  # by the whole path

    def of(self, sources: Iterable[Path], read: Mapping[Path, str] | None = None) -> dict[str, str]:
        """Digest by path (relative to the working folder where possible, with ``/``), in the order of ``sources``.

        ``read`` are the digests of what was read: a file may have changed since.
        """
        known = read or {}
        return {self._told(path): known.get(path) or self._one(path) for path in sources}

    def _told(self, path: Path) -> str:
        full = self._root / path
        return full.relative_to(self._root).as_posix() if full.is_relative_to(self._root) else full.as_posix()

    def _one(self, path: Path) -> str:
        full = self._root / path
        if full not in self._seen:
            self._seen[full] = self._read(full)
        return self._seen[full]


@cache
def converter_id(program: Path) -> str:
    """What identifies the converter: this program's version and the build of LibreOffice.

    Starting LibreOffice to ask would cost more than all else in a run with nothing to do, so its ``versionrc`` is
    read, or size and time of the program where there is none.
    """
    real = program.resolve()
    for name in ("versionrc", "version.ini", "setuprc", "bootstraprc", "bootstrap.ini"):
        found = digest(real.parent / name)
        if found:
            return f"tertib {pipeline.__version__}, {name} {found[:16]}"
    try:
        stat = real.stat()
    except OSError:
        return f"tertib {pipeline.__version__}"
    return f"tertib {pipeline.__version__}, {real.name} {stat.st_size} {int(stat.st_mtime)}"


def is_current(made: Made | None, docx: str, carried: str, pdf: str, converter: str | None) -> bool:
    """Is a PDF with hash ``pdf`` what converting a DOCX with hash ``docx`` would give, and does it carry what has hash
    ``carried``?

    ``converter`` None (there is none): whatever converted it will do, and whatever it carries.
    """
    if made is None or made.docx != docx or not docx:
        return False
    if converter is not None and (made.converter, made.carried) != (converter, carried):
        return False
    return bool(pdf) and made.pdf == pdf
