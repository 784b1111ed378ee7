"""What the last runs made, so that an unchanged DOCX is not converted again: ``OUTPUT/.tertib/state.json``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pipeline
from pipeline.run.writing import Outputs

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF as it was made: SHA-256 of its DOCX and of itself, of every source by its path, and by what.

    ``title``, ``number`` and ``stage`` are the document's, for the index of the archive; empty where it has none.
    ``carried`` is the hash of what the PDF says it was made from (see ``pipeline.run.finishing``), ``sidecar`` the text
    of the file beside it that says where it is to be signed, "" where nobody signs. ``unchecked`` are the names of the
    checks that could not be made of it.
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


class State:
    """The record of an output folder; keys are PDF paths relative to it, with ``/``. Unreadable means empty."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self._path = outputs.private / "state.json"
        self._made = _load(self._path)

    def key(self, pdf: Path) -> str:
        """The key of a PDF."""
        return pdf.relative_to(self._outputs.folder).as_posix()

    def get(self, pdf: Path) -> Made | None:
        """The record of ``pdf``, None when there is none."""
        return self._made.get(self.key(pdf))

    def all(self) -> Iterator[tuple[Path, Made]]:
        """Every PDF on record, in the order of their paths."""
        for key, made in sorted(self._made.items()):
            yield self._outputs.folder / key, made

    def put(self, pdf: Path, made: Made) -> None:
        """Remember ``pdf``; ``save`` writes it down."""
        self._made[self.key(pdf)] = made

    def save(self) -> None:
        """Write the record. Raises OutputError."""
        outputs = {key: asdict(made) for key, made in sorted(self._made.items())}
        text = json.dumps({"schema_version": _VERSION, "outputs": outputs}, indent=1, ensure_ascii=False)
        self._outputs.write(self._path, (text + "\n").encode())


def _load(path: Path) -> dict[str, Made]:
    # Whatever is wrong with the record means that everything is made again. What an earlier version of the program did
    # not write down has its default: without the record, every PDF in place would count as somebody else's.
    try:
        data: Any = json.loads(path.read_bytes())
        if data["schema_version"] != _VERSION:
            return {}
        names = [field.name for field in fields(Made)]
        made = {key: Made(**{name: row[name] for name in names if name in row}) for key, row in data["outputs"].items()}
        return {key: replace(one, unchecked=tuple(one.unchecked)) for key, one in made.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def digest(path: Path) -> str:
    """SHA-256 of a file as hex, "" when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


class SourceDigests:
    """SHA-256 of source files; every file is read once per run however many documents share it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[Path, str] = {}

    def of(self, sources: Iterable[Path]) -> dict[str, str]:
        """Digest by path (relative to the working folder where possible, with ``/``), in the order of ``sources``."""
        return {self._told(path): self._one(path) for path in sources}

    def _told(self, path: Path) -> str:
        full = self._root / path
        return full.relative_to(self._root).as_posix() if full.is_relative_to(self._root) else full.as_posix()

    def _one(self, path: Path) -> str:
        if path not in self._seen:
            self._seen[path] = digest(self._root / path)
        return self._seen[path]


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


def is_current(made: Made | None, docx: str, carried: str, pdf: Path, converter: str | None) -> bool:
    """Is ``pdf`` what converting a DOCX with hash ``docx`` would give, and does it carry what has hash ``carried``?

    ``converter`` None (there is none): whatever converted it will do, and whatever it carries.
    """
    if made is None or made.docx != docx or not docx:
        return False
    if converter is not None and (made.converter, made.carried) != (converter, carried):
        return False
    return made.pdf == digest(pdf)
