"""The outcome of a whole run given again where nothing changed: inputs, outputs, program, fonts, LibreOffice, day.

A run is kept (``OUTPUT/.tertib/terakhir-COMMAND.json``) when the next one, with nothing changed, would change nothing
and tell the same. That everything is as it was then is seen from what the system notes of every file
(``pipeline.run.files``); where that differs, contents decide.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pipeline
from pipeline.errors import OutputError
from pipeline.model.message import Message, say
from pipeline.resources import packaged_templates
from pipeline.run.basis import machine
from pipeline.run.events import Listener
from pipeline.run.files import Found, are_settled, one_file, quick, walk, whole
from pipeline.run.outcome import INTERNAL_CODE, Outcome
from pipeline.run.settings import Settings
from pipeline.run.state import KINDS, LEGACY, Made, State, file_of, kind_of
from pipeline.run.stored import from_data, result_from_data, result_to_data, to_data
from pipeline.run.writing import INDEX, PRIVATE, Outputs, own

_VERSION: Final = 1
REPORT: Final = "laporan"
"""What the report at the top of the output folder was made from; see ``report_state``."""
_REPORTED: Final = ("temuan-sop.json", "temuan-reses.json")
_NOT_IN_KEY: Final = frozenset(("root", "output", "jobs", "lang", "cache", "force", "explain"))
"""Settings that change nothing of what is made and found, or are looked at otherwise."""
_ARCHIVED: Final = ("sop", "reses", "buku", "arsip", "lain")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What of an output folder a command has to do with: parts of every office, and its files among the program's own.
    ``reports``: the report at the top is its work, too."""

    parts: tuple[str, ...]
    own: tuple[str, ...]
    reports: bool = False


_SCOPES: Final[Mapping[str, _Scope]] = {
    "build": _Scope(("sop",), (LEGACY, file_of("sop"), "samping.json", "temuan-sop.json"), reports=True),
    "recap": _Scope(("reses",), (LEGACY, file_of("reses"), "temuan-reses.json"), reports=True),
    "book": _Scope(("sop", "buku"), (LEGACY, file_of("sop"), file_of("buku"))),
    "archive": _Scope(_ARCHIVED, (LEGACY, *map(file_of, KINDS))),
}


_shared: dict[str, list[Found]] | None = None
"""What was found below folders, while several commands look at the same ones; None while nobody shares."""


@contextmanager
def sharing() -> Iterator[None]:
    """Look at every folder once for all commands inside, as long as none of them has anything to do."""
    global _shared  # noqa: PLW0603 - as long as the process works through a list of commands
    _shared = {}
    try:
        yield
    finally:
        _shared = None


def forget() -> None:
    """Look at folders again: something is about to be written."""
    global _shared  # noqa: PLW0603 - as above
    _shared = None


def _once(name: str, look: Callable[[], list[Found]]) -> list[Found]:
    if _shared is None:
        return look()
    if name not in _shared:
        _shared[name] = look()
    return _shared[name]


def again(command: str, settings: Settings, listener: Listener) -> Outcome | None:
    """The outcome of ``command`` where it would change nothing; None when it is to be run. Raises OutputError."""
    kept = kept_run(command, settings, listener)
    if kept is None:
        return None
    outcome = kept.outcome()
    return _explained(outcome) if settings.explain and outcome is not None else outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that was kept and would do nothing now. ``mark`` stands for its outcome, ``exit_code`` is that of it."""

    mark: str
    exit_code: int
    _record: Mapping[str, Any]

    def outcome(self) -> Outcome | None:
        """What it told; None where that cannot be read."""
        try:
            data = json.loads(self._record["outcome"])
            notes = tuple(from_data(note) for note in data["notes"])
            return Outcome(result_from_data(data["result"]), (), notes)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def kept_run(command: str, settings: Settings, listener: Listener) -> Kept | None:
    """The run of ``command`` that was kept, where nothing changed since; None for none. Raises OutputError."""
    path = settings.output / PRIVATE / f"terakhir-{command}.json"
    if settings.force or settings.update_baseline or _read(path, command, settings) is None:
        return None
    with own(settings.output, listener) as outputs:
        record = _read(path, command, settings)
        if record is None or (_SCOPES[command].reports and not _is_reported(outputs, settings)):
            return None
        now = _Places(command, settings, outputs, record["folders"], record["files"]).found()
        if not all(_is_same(now[name], record["parts"][name], outputs) for name in now):
            return None
        _renew(path, record, now, outputs)
    return Kept(record["mark"], record["exit_code"], record)


class Seen:
    """What there was before a run of ``command`` read it; ``folders`` (offices) and ``files`` are its inputs."""

    def __init__(
        self,
        command: str,
        settings: Settings,
        outputs: Outputs,
        folders: Iterable[Path] = (),
        files: Iterable[Path] = (),
    ) -> None:
        self._command = command
        self._settings = settings
        self._outputs = outputs
        self._places = _Places(command, settings, outputs, *_told(settings, folders, files))
        self._before = self._places.read()
        # What was touched a moment ago may be touched again without a trace.
        self._certain = all(are_settled(found) for found in self._before.values())

    def keep(self, outcome: Outcome, read: Iterable[Path] = ()) -> None:
        """Keep the outcome of the run, if the next one would be the same. What cannot be kept is not: the next run does
        the work once more. ``read`` are all inputs that were read; nothing is kept where one lies elsewhere."""
        settings, outputs = self._settings, self._outputs
        with suppress(OutputError, OSError):
            if not self._places.covers(read):
                return
            if not self._is_worth_keeping(outcome) or not _are_as_made(outcome, self._command, settings, outputs):
                return
            now = self._places.found()
            if any(_stamps(now[name]) != _stamps(found) for name, found in self._before.items()):
                return
            parts = {name: [quick(found), whole(found, outputs.index)] for name, found in now.items()}
            record = {
                "schema_version": _VERSION,
                "program": pipeline.__version__,
                "key": _key(self._command, settings),
                "folders": list(self._places.folders),
                "files": list(self._places.files),
                "parts": parts,
                **_plain(outcome),
            }
            _write(outputs.private / f"terakhir-{self._command}.json", record, outputs)

    def _is_worth_keeping(self, outcome: Outcome) -> bool:
        asked = self._settings.update_baseline
        fault = any(finding.code == INTERNAL_CODE for finding in outcome.result.findings)
        return self._certain and not asked and not fault and not outcome.problems and outcome.lasting


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything is that a run of ``command`` depends on. Folders and files are told from the working folder."""

    command: str
    settings: Settings
    outputs: Outputs
    folders: Sequence[str]
    files: Sequence[str]

    def covers(self, paths: Iterable[Path]) -> bool:
        """Does every one of ``paths`` lie where changes are looked for?"""
        root = self.settings.root
        tops = [os.path.normpath(root / folder) for folder in self.folders]
        single = {os.path.normpath(root / file) for file in self.files}
        every = {os.path.normpath(root / path) for path in paths} - single
        return all(any(_is_seen(Path(path), Path(top)) for top in tops) for path in every)

    def read(self) -> dict[str, list[Found]]:
        """What is only read."""
        root = self.settings.root
        inputs = [one for folder in self.folders for one in _once(folder, partial(_below, root / folder, folder))]
        inputs += [one_file(root / file, file) for file in self.files]
        return {"masukan": inputs, "mesin": _once("", _machine)}

    def found(self) -> dict[str, list[Found]]:
        """Everything."""
        scope = _SCOPES[self.command]
        folder = self.outputs.folder
        everything = _once(str(folder), partial(walk, folder, _is_private))
        made = [one for one in everything if _part_of(one.name) in scope.parts]
        own_files = [one_file(self.outputs.private / name, name) for name in scope.own]
        return {**self.read(), "keluaran": made, "catatan": own_files}


def _machine() -> list[Found]:
    files, rest = machine()
    return [*files, *_below(packaged_templates(), "templat"), Found(rest, rest, None)]


def _below(folder: Path, told: str) -> list[Found]:
    return [Found(f"{told}/{one.name}", one.path, one.status) for one in walk(folder, _is_hidden)]


def _is_seen(path: Path, top: Path) -> bool:
    return path.is_relative_to(top) and not any(map(_is_hidden, path.relative_to(top).parts))


def _is_hidden(name: str) -> bool:
    return name.rpartition("/")[2].startswith((".", "~"))


def _is_private(name: str) -> bool:
    return name == PRIVATE or name.rpartition("/")[2].startswith((".~", "~$"))


def _part_of(name: str) -> str:
    """To what a file or folder below the outputs belongs: "sop" for OFFICE/sop/NAME.pdf; "" at the top."""
    parts = name.split("/")
    if len(parts) == 1:
        return ""
    return "arsip" if len(parts) > 2 and parts[1] == "arsip" else kind_of(name)


def _told(settings: Settings, folders: Iterable[Path], files: Iterable[Path]) -> tuple[list[str], list[str]]:
    """The folders of inputs and templates, and files elsewhere, as a record names them; none that lies in another."""
    root = settings.root
    wanted = [*((root / path for path in settings.paths) if settings.paths else [root / "inputs"]), *folders]
    wanted += [root / "templates", *([settings.templates] if settings.templates else [])]
    tops = [one for one in dict.fromkeys(wanted) if not any(one != two and one.is_relative_to(two) for two in wanted)]
    single = [*files, *([settings.baseline] if settings.baseline else [])]
    outside = [one for one in dict.fromkeys(single) if not any((root / one).is_relative_to(top) for top in tops)]
    return [settings.relative(one) for one in tops], [settings.relative(one) for one in outside]


def _key(command: str, settings: Settings) -> str:
    root = settings.root
    values = [(one.name, getattr(settings, one.name)) for one in fields(settings) if one.name not in _NOT_IN_KEY]
    plain = [(name, sorted(value) if isinstance(value, frozenset) else str(value)) for name, value in values]
    moved = [(name, str(value).replace(str(root), "")) for name, value in plain]
    return hashlib.sha256(repr((command, settings.relative(settings.output), moved)).encode()).hexdigest()


def _read(path: Path, command: str, settings: Settings) -> dict[str, Any] | None:
    """The record of the last run under the same settings; None when there is none that is understood."""
    try:
        record: Any = json.loads(path.read_bytes())
        if (record["schema_version"], record["program"]) != (_VERSION, pipeline.__version__):
            return None
        if record["key"] != _key(command, settings):
            return None
        if hashlib.sha256(record["outcome"].encode()).hexdigest() != record["mark"]:
            return None
        sound = {name: [str(text) for text in parts] for name, parts in record["parts"].items()}
        return record if all(len(parts) == 2 for parts in sound.values()) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, LookupError):
        return None


def _is_same(found: Sequence[Found], kept: Sequence[str], outputs: Outputs) -> bool:
    seen, content = kept
    now = quick(found)
    return (bool(now) and now == seen) or whole(found, outputs.index) == content


def _renew(path: Path, record: dict[str, Any], now: Mapping[str, Sequence[Found]], outputs: Outputs) -> None:
    """Where files were touched but not changed, remember that, so that nothing has to be read the next time."""
    parts = {name: [quick(found) or record["parts"][name][0], record["parts"][name][1]] for name, found in now.items()}
    if parts != record["parts"]:
        with suppress(OutputError):
            _write(path, {**record, "parts": parts}, outputs)


def _write(path: Path, record: Mapping[str, Any], outputs: Outputs) -> None:
    data = outputs.index.data()
    if data is not None:
        outputs.write(outputs.private / INDEX, data)
    outputs.write(path, json.dumps(record, separators=(",", ":")).encode())


def _stamps(found: Iterable[Found]) -> list[tuple[str, object]]:
    return [(one.name, one.stamp) for one in found]


def _are_as_made(outcome: Outcome, command: str, settings: Settings, outputs: Outputs) -> bool:
    """Do all files hold what this run, or the one that made them, put into them? Were all their checks made?"""
    index = outputs.index
    state = State(outputs)
    every = (settings.root / told for document in outcome.result.documents for told in document.outputs)
    for pdf in (path for path in every if path.suffix == ".pdf"):
        made = state.get(pdf)
        if made is None or index.digest(pdf) != made.pdf or (made.unchecked and not _is_thick(made, command)):
            return False
        if made.docx and index.digest(pdf.with_suffix(".docx")) != made.docx:
            return False
    written = ((path, digest) for path, digest in outputs.written.items() if not path.is_relative_to(outputs.work))
    return all(index.digest(path) == digest for path, digest in written)


def _is_thick(made: Made, command: str) -> bool:
    """Is this a book that is checked in parts when it is made, and not once more?"""
    if command != "book":
        return False
    from pipeline.run.book_make import WHOLE

    return made.pages > WHOLE


def report_state(outputs: Outputs, lang: str) -> bytes:
    """What stands for the report at the top of the output folder, and for what it was made from."""
    files = [
        *(outputs.private / name for name in _REPORTED),
        *(outputs.folder / f"temuan.{s}" for s in ("html", "json")),
    ]
    return "\n".join((pipeline.__version__, lang, *map(outputs.index.digest, files))).encode()


def _is_reported(outputs: Outputs, settings: Settings) -> bool:
    try:
        return (outputs.private / REPORT).read_bytes() == report_state(outputs, settings.lang)
    except OSError:
        return False


def mark_of(outcome: Outcome) -> str:
    """What stands for an outcome, as far as the next run would tell the same."""
    return str(_plain(outcome)["mark"])


def _plain(outcome: Outcome) -> dict[str, Any]:
    notes = outcome.notes if outcome.later is None else outcome.later
    documents = tuple(replace(document, why=None) for document in outcome.result.documents)
    result = replace(outcome.result, documents=documents)
    data = {"result": result_to_data(result), "notes": [to_data(note) for note in notes]}
    text = json.dumps(data, separators=(",", ":"))
    return {"exit_code": outcome.exit_code, "mark": hashlib.sha256(text.encode()).hexdigest(), "outcome": text}


def _explained(outcome: Outcome) -> Outcome:
    """Every document of a run that had nothing to do is unchanged."""
    result = outcome.result
    documents = tuple(replace(one, why=()) if one.outputs else one for one in result.documents)
    notes: list[Message] = [
        say("{document}: tidak berubah.", document=one.id)
        if one.outputs
        else say("{document}: tidak dibuat; lihat temuan atau kegagalan di atas.", document=one.id)
        for one in documents
    ]
    return replace(outcome, result=replace(result, documents=documents), notes=(*outcome.notes, *notes))
