"""Reads iCalendar strictly by the grammar of RFC 5545, as far as calendars of events with alarms use it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)")
_ESCAPED = re.compile(r"\\(.)")
_BARE = re.compile(r"(?<!\\)(?:\\\\)*[;,]")
_TEXTS = {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "UID", "PRODID"}
_ONCE = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}


@dataclass
class Component:
    """A component with its properties (name -> value, unescaped) and what is in it."""

    kind: str
    properties: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    inside: list[Component] = field(default_factory=list)


def parse(data: bytes) -> Component:
    """The calendar in ``data``. Raises ValueError with what is against the grammar."""
    lines = _unfolded(data)
    stack: list[Component] = []
    for number, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        _hold(match is not None, line)
        name, value = match["name"], match["value"]  # type: ignore[index]
        if name == "BEGIN":
            made = Component(value)
            if stack:
                stack[-1].inside.append(made)
            stack.append(made)
        elif name == "END":
            done = stack.pop()
            _hold(done.kind == value, line)
            _hold(_ONCE[done.kind] <= done.properties.keys(), f"{done.kind} lacks a property")
            if not stack:
                _hold(number == len(lines) - 1, "something after the calendar")
                return done
        else:
            _hold(name not in stack[-1].properties, f"{name} twice")
            stack[-1].properties[name] = _value(name, value)
            stack[-1].params[name] = match["params"]  # type: ignore[index]
    raise ValueError("no end")


def _unfolded(data: bytes) -> list[str]:
    _hold(data.endswith(b"\r\n"), "no line end")
    lines: list[bytes] = []
    for raw in data.split(b"\r\n")[:-1]:
        _hold(len(raw) <= 75, f"longer than 75 octets: {raw!r}")
        _hold(not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", raw), f"control character: {raw!r}")
        raw.decode()  # no sign is torn apart
        if raw.startswith((b" ", b"\t")):
            lines[-1] += raw[1:]
        else:
            lines.append(raw)
    return [line.decode() for line in lines]


def _value(name: str, value: str) -> str:
    if name not in _TEXTS:
        return value
    _hold(not _BARE.search(value), f"unescaped sign: {value}")
    _hold(set(_ESCAPED.findall(value)) <= set("\\;,nN"), f"unknown escape: {value}")
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _hold(right: bool, what: str) -> None:
    if not right:
        raise ValueError(what)
