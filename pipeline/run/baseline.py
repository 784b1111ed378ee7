"""Findings recorded as known, so that only new ones are told and block: a file of fingerprints with their texts.

The key of a finding is its content (``model.fingerprint``): steps may be put in, taken out or moved. Equal findings are
counted, so that one more of them is new. What stops a document at every stage is never recorded nor hidden.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.errors import OutputError, UsageError
from pipeline.model.finding import Finding
from pipeline.model.fingerprint import DIGITS, fingerprint
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.model.result import DocumentResult
from pipeline.readers.files import shown
from pipeline.readers.workspace import SOP_SUFFIXES
from pipeline.resources import here
from pipeline.rules import registry
from pipeline.run.settings import Settings

VERSION: Final = 1
_ABOUT: Final = (
    "Temuan lama yang tidak ditampilkan lagi. Diperbarui dengan: tertib check --baseline ... --update-baseline"
)

_NEVER: Final = frozenset(("INT", "ATR"))
"""Families that say that checking itself is not as the person thinks: an acceptance that ended is no old finding."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A recorded finding. ``document`` is the file for one about an office; ``message`` is for people only."""

    document: str
    code: str
    message: str
    fingerprint: str


class _Reach:
    """What a run looked at: which recorded findings it would have met, had they still been there.

    A run at chosen rules, at another stage or for another day says nothing of what it did not meet.
    """

    def __init__(self, settings: Settings) -> None:
        self._partial = any((settings.select, settings.ignore, settings.stage, settings.as_of))
        self._documents: set[str] = set()
        self._folders: dict[str, set[Path]] = {}
        self._told: set[str] = set()
        self._whole: set[str] = set()

    def office(self, office: OfficeInput, root: Path, documents: Iterable[str], *, whole: bool) -> None:
        """Note that ``documents`` of ``office`` were checked, ``whole`` when these are all its SOPs."""
        folder = office.office.folder
        self._folders.setdefault(office.office.id, set()).add(folder)
        self._told.add(shown(folder, root))
        self._documents.update(documents)
        if whole:
            self._whole.update((office.office.id, shown(folder, root)))

    def covers(self, known: Known) -> bool:
        """Would this run have met the finding?"""
        if self._partial:
            return False
        office, _, rest = known.document.partition("/")
        folder = known.document.rpartition("/")[0]
        if known.document in self._documents or folder in self._told:
            return known.code not in _together() or office in self._whole or folder in self._whole
        return self._is_gone(office, rest)

    def _is_gone(self, office: str, document: str) -> bool:
        """Is it a document of an office that was looked at, and is its file no longer there?"""
        paths = [folder / document for folder in self._folders.get(office, ())]
        there = (path.with_name(path.name + suffix).exists() for path in paths for suffix in (*SOP_SUFFIXES, ""))
        return bool(paths) and document.count("/") == 1 and not any(there)


class Screen:
    """Takes out the findings that are known while a run goes on, and says at its end how many there were."""

    def __init__(self, settings: Settings, known: Iterable[Known] = ()) -> None:
        self._path = settings.baseline
        self._told = settings.relative(settings.baseline) if settings.baseline is not None else ""
        self._update = settings.update_baseline
        self._reach = _Reach(settings)
        self._known = {one.fingerprint: one for one in known}
        self._met: dict[str, Known] = {}
        self._hushed: dict[str, set[str]] = {}

    def saw_office(self, office: OfficeInput, root: Path, documents: Iterable[str], *, whole: bool) -> None:
        """Note that ``documents`` of ``office`` were checked, ``whole`` when these are all its SOPs."""
        if self._path is not None:
            self._reach.office(office, root, documents, whole=whole)

    def sift(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """``findings`` that are told, in their order. When the file is written anew these are the fatal ones only."""
        return tuple(finding for finding in findings if not self._hides(finding))

    def _hides(self, finding: Finding) -> bool:
        if self._path is None or finding.fatal or finding.code[:3] in _NEVER:
            return False
        key = fingerprint(finding)
        if key not in self._known and not self._update:
            return False
        # In one language, whoever runs it: the file is shared, and its differences are read.
        text = " ".join(finding.message.text("id").split())
        self._met[key] = Known(finding.document or finding.place.file, finding.code, text, key)
        folder = finding.place.file.split("/")[-2:-1]
        self._hushed.setdefault(finding.document or "".join(folder), set()).add(finding.code)
        return True

    def mark(self, document: DocumentResult) -> DocumentResult:
        """``document`` with the codes of what is hidden of it, or of its office, among those that have no say."""
        names = (document.id, document.id.partition("/")[0])
        codes = {code for name in names for code in self._hushed.get(name, ())} - set(document.unchecked)
        return replace(document, unchecked=(*document.unchecked, *sorted(codes))) if codes else document

    def end(self) -> tuple[Message, ...]:
        """What is to be said of the file at the end of the run, after writing it anew if so wished.

        Raises OutputError.
        """
        if self._path is None:
            return ()
        gone = {key for key, one in self._known.items() if key not in self._met and self._reach.covers(one)}
        if self._update:
            left = {key: one for key, one in self._known.items() if key not in gone}
            known = sorted({**left, **self._met}.values())
            _replace(self._path, _text(known).encode("utf-8", "backslashreplace"))
            return (_written_note(len(known), self._told),)
        told = (_hidden_note(len(self._met), self._told),)
        return (*told, _gone_note(len(gone), self._told)) if gone else told


def begin(settings: Settings) -> Screen:
    """The screen of a run; without a baseline it lets all through. Raises UsageError.

    A file to be written anew need not be there yet; one that is there has to be sound, so that none is lost.
    """
    path = settings.baseline
    if path is None and settings.update_baseline:
        raise UsageError(say("--update-baseline memerlukan --baseline BERKAS, misalnya --baseline temuan-lama.json."))
    if path is None or (settings.update_baseline and not path.exists()):
        return Screen(settings)
    return Screen(settings, load(path))


def load(path: Path) -> tuple[Known, ...]:
    """The findings recorded in ``path``. Raises UsageError for a file that is not there or is none of ours."""
    try:
        data: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(
            say(
                "Garis dasar {file} tidak ada. Buat dengan: tertib check --baseline {file} --update-baseline",
                file=here(path),
            )
        ) from error
    except OSError as error:
        raise UsageError(
            say("Garis dasar {file} tidak dapat dibaca: {reason}.", file=here(path), reason=why(error))
        ) from error
    except (ValueError, RecursionError) as error:
        raise _broken(path) from error
    version = data.get("schema_version") if isinstance(data, dict) else None
    if isinstance(version, int) and version != VERSION:
        raise UsageError(
            say(
                "Garis dasar {file} dibuat versi lain (skema {version}, yang dikenal {known}) dan tidak diubah. "
                "Perbarui tertib, atau buat berkas baru dengan nama lain.",
                file=here(path),
                version=version,
                known=VERSION,
            )
        )
    try:
        return tuple(_known(row) for row in data["findings"])
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(path) from error


def _hidden_note(count: int, file: str) -> Message:
    """What is said of the findings that were not told."""
    return say("{n} temuan lama disembunyikan ({file}).", n=count, file=file)


def _gone_note(count: int, file: str) -> Message:
    """What is said of recorded findings that are no more."""
    return say(
        "{n} temuan di {file} sudah tidak ada; keluarkan dari sana dengan --update-baseline.", n=count, file=file
    )


def _written_note(count: int, file: str) -> Message:
    """What is said when the file was written."""
    return say("{n} temuan dicatat di {file}.", n=count, file=file)


def _known(row: Any) -> Known:
    texts = [row[name] for name in ("document", "code", "message", "fingerprint")]
    if not all(isinstance(text, str) for text in texts) or len(texts[3]) != DIGITS:
        raise ValueError(row)
    return Known(*texts)


@cache
def _together() -> frozenset[str]:
    """Codes of the rules that judge SOPs together."""
    return frozenset(rule.code for rule in registry.RULES if rule.compare is not None)


def _text(known: Sequence[Known]) -> str:
    """JSON with one finding a line, so that a difference of two versions shows findings."""
    rows = [
        json.dumps(
            {"document": o.document, "code": o.code, "message": o.message, "fingerprint": o.fingerprint},
            ensure_ascii=False,
        )
        for o in known
    ]
    body = "".join(f"\n  {row}{',' if number < len(rows) else ''}" for number, row in enumerate(rows, 1))
    about = json.dumps(_ABOUT, ensure_ascii=False)
    return f'{{\n "schema_version": {VERSION},\n "about": {about},\n "findings": [{body}\n ]\n}}\n'


def _broken(path: Path) -> UsageError:
    return UsageError(
        say(
            "{file} bukan garis dasar tertib, atau rusak; isinya tidak diubah. Kembalikan versi terakhirnya, atau "
            "hapus dan buat lagi dengan --update-baseline.",
            file=here(path),
        )
    )


def _replace(path: Path, data: bytes) -> None:
    if not path.parent.is_dir():
        message = say("Folder {folder} untuk garis dasar tidak ada. Buat dahulu folder itu.", folder=here(path.parent))
        raise OutputError(message)
    temporary: Path | None = None
    try:
        with suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            say(
                "Tidak dapat menulis {file}: {reason}. Berkas yang lama tidak diubah.",
                file=here(path),
                reason=why(error),
            )
        ) from error
