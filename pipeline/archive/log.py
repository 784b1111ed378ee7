"""The log of an archive, ``catatan.jsonl``: one line per event, each holding the hash of the one before.

A line ends in its own hash (``sidik``): the SHA-256 of what stands before ``,"sidik":``. A version is in the archive
when its line is in the log; everything else at the top of the archive is made from the log. Before version folders are
written a line announces them, so that what a killed run left is told from what somebody put there. Days only, no clock
times: a computer's clock proves nothing, and the order is that of the numbers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.archive.facts import Facts, from_written, written
from pipeline.archive.storage import Hashes
from pipeline.model.message import Message, say

NAME: Final = "catatan.jsonl"
FORMAT: Final = 2
"""Format of the archives that this program writes; 1 had no log."""
OPENED: Final = "arsip dibuka"
SETTINGS: Final = "keterangan arsip"
BEGUN: Final = "pengarsipan dimulai"
FILED: Final = "versi diarsipkan"
START: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """A line: its number from 1, the day, what happened, and its own hash."""

    number: int
    date: dt.date
    kind: str
    content: Mapping[str, Any]
    mark: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A version as it was filed: the hashes of its manifests (SHA-512 "" where an older program wrote none)."""

    facts: Facts
    manifests: Hashes
    event: int

    @property
    def place(self) -> str:
        """Its folder."""
        return self.facts.place


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; 0 stands for the whole log."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class Log:
    """The lines of a log that could be read, and what is wrong with it."""

    events: tuple[Event, ...] = ()
    filed: tuple[Filed, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def last(self) -> str:
        """Hash of the last line: whoever notes it elsewhere can tell later that no line was cut off."""
        return self.events[-1].mark if self.events else START

    @property
    def opening(self) -> Mapping[str, Any]:
        """What the first line says of the archive."""
        return self.events[0].content if self.events and self.events[0].kind == OPENED else {}

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the office says of its archive (see ``pipeline.archive.index``), as noted last."""
        found = [event.content for event in self.events if event.kind == SETTINGS]
        return found[-1] if found else {}

    @property
    def pending(self) -> dict[str, str]:
        """Versions that were announced and not filed: SHA-256 of the manifest by their folder."""
        begun = [event.content["versi"] for event in self.events if event.kind == BEGUN and _announces(event)]
        known = {one.place for one in self.filed}
        return {place: proof for versions in begun for place, proof in versions.items() if place not in known}

    def versions(self, folder: str) -> tuple[Filed, ...]:
        """The versions in the log of what lies in ``folder`` ("sop/NAME"), oldest first."""
        return tuple(sorted((one for one in self.filed if one.facts.folder == folder), key=_version))

    def before(self, number: int) -> Log:
        """The log as it was when it had ``number`` lines."""
        return Log(self.events[:number], tuple(one for one in self.filed if one.event <= number))

    def opened(self, day: dt.date, **content: Any) -> Log:
        """With the line that opens an archive."""
        return self._with(day, OPENED, {"format": FORMAT, **content})

    def told(self, day: dt.date, settings: Mapping[str, Any]) -> Log:
        """With a line on what the office says of its archive."""
        return self._with(day, SETTINGS, settings)

    def begun(self, day: dt.date, versions: Mapping[str, str]) -> Log:
        """With the line that announces ``versions``: SHA-256 of the manifest by folder."""
        return self._with(day, BEGUN, {"versi": dict(versions)})

    def with_version(self, day: dt.date, facts: Facts, manifests: Hashes) -> Log:
        """With the line of a version."""
        content = {
            "folder": facts.place,
            "manifes_sha256": manifests.sha256,
            "manifes_sha512": manifests.sha512,
            "keterangan": written(facts),
        }
        made = self._with(day, FILED, content)
        return replace(made, filed=(*self.filed, Filed(facts, manifests, len(made.events))))

    def _with(self, day: dt.date, kind: str, content: Mapping[str, Any]) -> Log:
        number = len(self.events) + 1
        mark = _mark(_body(number, day, kind, content, self.last))
        return replace(self, events=(*self.events, Event(number, day, kind, content, mark)))


def render(log: Log) -> bytes:
    """The log as it is written."""
    lines = []
    before = START
    for event in log.events:
        lines.append(_line(_body(event.number, event.date, event.kind, event.content, before), event.mark))
        before = event.mark
    return b"".join(lines)


def parse(data: bytes) -> Log:
    """Read a log back. Raises nothing: what is wrong is in ``faults``, and lines that cannot be read are left out."""
    faults: list[Fault] = []
    events: list[Event] = []
    lines = data.split(b"\n")
    if lines.pop() != b"":
        faults.append(Fault(len(lines) + 1, _SAY_CUT))
        lines.append(data.rpartition(b"\n")[2])
    before = START
    for number, line in enumerate(lines, start=1):
        event, fault = _event(line, number, before)
        if fault is not None:
            faults.append(Fault(number, fault))
        before = event.mark if event else ""
        if event is not None:
            events.append(event)
    if not lines or not events or events[0].kind != OPENED:
        faults.append(Fault(0, _SAY_NO_START))
    filed, more = _filed(events)
    return Log(tuple(events), filed, (*faults, *more))


def _event(line: bytes, number: int, before: str) -> tuple[Event | None, Message | None]:
    try:
        data = json.loads(line)
        event = Event(
            data.pop("no"),
            dt.date.fromisoformat(data.pop("tanggal")),
            str(data.pop("peristiwa")),
            data,
            str(data.pop("sidik")),
        )
        told = str(data.pop("sebelum"))
        same = _line(_body(event.number, event.date, event.kind, data, told), event.mark)[:-1] == line
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, _SAY_NO_LINE
    if not same:
        return None, _SAY_NO_LINE
    if _mark(line.rpartition(b',"sidik":')[0]) != event.mark:
        return event, _SAY_CHANGED
    return event, None if event.number == number and before in (told, "") else _SAY_CHAIN


def _filed(events: list[Event]) -> tuple[tuple[Filed, ...], list[Fault]]:
    found: dict[str, Filed] = {}
    faults = []
    for event in events:
        if event.kind not in (OPENED, SETTINGS, BEGUN, FILED) or (event.kind == BEGUN and not _announces(event)):
            faults.append(Fault(event.number, _SAY_NO_LINE))
        if event.kind != FILED:
            continue
        try:
            facts = from_written(event.content["keterangan"])
            proofs = Hashes(_hex(event.content["manifes_sha256"], 64), _hex(event.content["manifes_sha512"], 128))
            if event.content["folder"] != facts.place or facts.place in found:
                raise ValueError(facts.place)
        except (ValueError, KeyError, TypeError):
            faults.append(Fault(event.number, _SAY_NO_LINE))
            continue
        found[facts.place] = Filed(facts, proofs, event.number)
    return tuple(found.values()), faults


def _announces(event: Event) -> bool:
    versions = event.content.get("versi")
    return isinstance(versions, dict) and all(isinstance(proof, str) for proof in versions.values())


def _hex(value: object, digits: int) -> str:
    text = str(value)
    if text and (len(text) != digits or set(text) - set("0123456789abcdef")):
        raise ValueError(text[:80])
    return text


def _body(number: int, day: dt.date, kind: str, content: Mapping[str, Any], before: str) -> bytes:
    data = {"no": number, "tanggal": day.isoformat(), "peristiwa": kind, **content, "sebelum": before}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()[:-1]


def _line(body: bytes, mark: str) -> bytes:
    return body + f',"sidik":{json.dumps(mark)}}}\n'.encode()


def _mark(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _version(one: Filed) -> int:
    return one.facts.version


_SAY_CUT: Final = say("baris terakhir terpotong")
_SAY_NO_START: Final = say("catatan tidak diawali baris pembukaan")
_SAY_NO_LINE: Final = say("bukan baris catatan arsip")
_SAY_CHANGED: Final = say("sidik tidak sama dengan isi baris: baris ini diubah")
_SAY_CHAIN: Final = say("tidak bersambung dengan baris sebelumnya: ada baris yang dihapus, disisipkan, atau ditukar")
