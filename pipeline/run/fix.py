"""``tertib check --fix`` and ``--diff``: puts right in the input files what the program can put right by itself."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.model.finding import Finding, Fix, Place
from pipeline.model.message import Message, say
from pipeline.readers.rewrite import Change, rewritten
from pipeline.run.check import check
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from pipeline.run.writing import PRIVATE, explain_os_error

BACKUPS: Final = "sebelum-perbaikan"
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file before and after; ``count`` findings were put right in it."""

    path: Path
    name: str
    before: bytes
    after: bytes
    count: int


def check_and_fix(settings: Settings, listener: Listener, now: dt.datetime) -> Outcome:
    """``check --fix``: put right what can be, then check again. Raises UsageError, OutputError."""
    # The baseline is that of the files as they will be.
    first = check(replace(settings, update_baseline=False), listener)
    files = fixed_files(first.result.findings, settings)
    if not files:
        outcome, told = (first, _NOTHING) if not settings.update_baseline else (check(settings, listener), _NOTHING)
    else:
        told = write_fixes(files, settings, now)
        outcome = check(settings, listener)
    return replace(outcome, notes=(told, *outcome.notes))


def check_and_diff(settings: Settings, listener: Listener) -> tuple[str, Outcome]:
    """``check --diff``: what ``--fix`` would change, and the findings. Writes nothing. Raises UsageError."""
    outcome = check(replace(settings, update_baseline=False), listener)
    return diff(fixed_files(outcome.result.findings, settings)), outcome


_NOTHING = say(
    id="Tidak ada temuan yang dapat diperbaiki otomatis.", en="There is nothing that can be put right automatically."
)


def fixed_files(findings: Iterable[Finding], settings: Settings) -> tuple[Fixed, ...]:
    """Every input file that has something to put right, in the order of their names; nothing is written."""
    by_file: dict[str, list[Fix]] = defaultdict(list)
    for finding in findings:
        for fix in finding.fixes:
            if fix.place.line is not None:
                by_file[fix.place.file].append(fix)
    return tuple(filter(None, (_fixed(name, by_file[name], settings) for name in sorted(by_file))))


def _fixed(name: str, fixes: Sequence[Fix], settings: Settings) -> Fixed | None:
    path = settings.root / name
    try:
        before = path.read_bytes()
        text = before.removeprefix(_BOM).decode("utf-8")
    except (OSError, ValueError):
        return None  # checking has said why it cannot be read
    counted = dict(_composed(fixes))
    made, done = rewritten(text, name, counted)
    after = (_BOM if before.startswith(_BOM) else b"") + made.encode("utf-8")
    if after == before:
        return None
    return Fixed(path, name, before, after, sum(counted[change] for change in done))


def _composed(fixes: Iterable[Fix]) -> Iterator[tuple[Change, int]]:
    """All fixes of one value as one change of it, with their number; of two that meet, the first wins."""
    by_value: dict[tuple[Place, str], set[Fix]] = defaultdict(set)
    for fix in fixes:
        by_value[fix.place, fix.value].add(fix)
    for (place, value), several in by_value.items():
        new, last, count = "", 0, 0
        for fix in sorted(several, key=lambda each: (each.start, each.end, each.text)):
            if fix.start < last:
                continue
            new += value[last : fix.start] + fix.text
            last, count = fix.end, count + 1
        yield Change(place, value, new + value[last:]), count


def diff(files: Iterable[Fixed]) -> str:
    """What would change, as a unified diff."""
    parts: list[str] = []
    for file in files:
        before, after = (_lines(data) for data in (file.before, file.after))
        parts += difflib.unified_diff(before, after, f"a/{file.name}", f"b/{file.name}")
    return "".join(part if part.endswith("\n") else f"{part}\n\\ No newline at end of file\n" for part in parts)


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)


def write_fixes(files: Sequence[Fixed], settings: Settings, now: dt.datetime) -> Message:
    """Write the files, each by rename, after keeping what they were; what to say of it. Raises OutputError.

    A file that changed since it was read is left alone.
    """
    folder = settings.output / PRIVATE / BACKUPS / f"{now:%Y%m%d-%H%M%S}"
    written = []
    for file in files:
        try:
            if file.path.read_bytes() != file.before:
                continue
            _keep(folder / _inside(file.name), file.before)
            _replace(file.path, file.after)
        except OSError as error:
            raise explain_os_error(error, file.path) from error
        written.append(file)
    return say(
        id="{count} temuan diperbaiki di {files} berkas. Naskah sebelumnya disimpan di {folder}.",
        en="{count} finding(s) put right in {files} file(s). What they were is kept in {folder}.",
        count=sum(file.count for file in written),
        files=len(written),
        folder=settings.relative(folder),
    )


def _inside(name: str) -> Path:
    """``name`` as a path that stays inside the folder of what is kept."""
    return Path(*(part.replace(":", "") for part in Path(name).parts if part not in ("/", "\\", "..")))


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _replace(path: Path, data: bytes) -> None:
    # A link stays a link: the file it leads to is replaced.
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.baru")
    try:
        temporary.write_bytes(data)
        temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
