"""Findings and results as plain data and back, for what is kept between runs. One place knows how a text is kept.

The data is for this program alone: whoever keeps some names the version it belongs to (``run.cache``) or does without
what it cannot read (``run.record``). A value of a class is the list of its fields in their order, so that thousands of
findings stay small and quick to read, and a field that is added is kept without a change here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.model.finding import Finding
from pipeline.model.message import Message
from pipeline.model.result import DocumentResult, RunResult

_Made = TypeVar("_Made")
_Decoder = Callable[[Any], Any]


def to_data(message: Message) -> Any:
    """A text as plain data: its key and facts, so that it can be told in any language."""
    facts = [[name, to_data(fact) if isinstance(fact, Message) else fact] for name, fact in message.facts]
    return [message.key, facts, message.finish, message.context]


def from_data(data: Any) -> Message:
    """The text of ``to_data``. Raises ValueError or TypeError for anything else."""
    key, facts, finish, context = data
    if finish not in ("", "sentence", "bare") or not isinstance(key, str) or not isinstance(context, str):
        raise ValueError(data)
    told = tuple([(intern(name), _fact(fact)) for name, fact in facts])
    return Message(intern(key), told, finish, intern(context))


def _fact(data: Any) -> str | float | Message:
    return data if isinstance(data, str | float) else from_data(data)


def finding_to_data(finding: Finding) -> Any:
    """A finding as plain data."""
    return _plain(finding)


def finding_from_data(data: Any) -> Finding:
    """The finding of ``finding_to_data``. Raises ValueError, TypeError or KeyError for anything else."""
    return _made(Finding, data)


def document_to_data(document: DocumentResult) -> Any:
    """The result of a document as plain data."""
    return _plain(document)


def document_from_data(data: Any) -> DocumentResult:
    """The result of ``document_to_data``. Raises ValueError, TypeError or KeyError for anything else."""
    return _made(DocumentResult, data)


def result_to_data(result: RunResult) -> Any:
    """The result of a run as plain data."""
    return _plain(result)


def result_from_data(data: Any) -> RunResult:
    """The result of ``result_to_data``. Raises ValueError, TypeError or KeyError for anything else."""
    return _made(RunResult, data)


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _BARE:
        return value
    if kind is tuple:
        return [_plain(part) for part in value]
    if kind is Message:
        return to_data(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(getattr(value, name)) for name in _names(kind)]  # type: ignore[arg-type] # mypy takes classes for unhashable


_BARE = frozenset((str, int, bool, NoneType))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _made(kind: type[_Made], data: Any) -> _Made:
    decoders = _decoders(kind)  # type: ignore[arg-type] # as above
    return kind(*[decode(part) if decode else part for decode, part in zip(decoders, data, strict=True)])


@cache
def _decoders(kind: type) -> tuple[_Decoder | None, ...]:
    hints = get_type_hints(kind)
    return tuple(_decoder(hints[name]) for name in _names(kind))


def _decoder(hint: Any) -> _Decoder | None:
    """What makes a value of the type ``hint`` out of plain data; None where the data is the value."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        several = len(set(inner) - {NoneType}) > 1  # a text or a number, as it is
        return None if several else _optional(next((each for each in map(_decoder, inner) if each is not None), None))
    if origin is tuple:
        return _tuple(_decoder(inner[0]))
    if origin is not None and issubclass(origin, Mapping):
        return dict
    if hint is Message:
        return from_data
    if hint is str:
        return intern  # the same few names and texts are in thousands of findings
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {each.value: each for each in hint}.__getitem__
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda data: _made(hint, data)
    return None


def _optional(decode: _Decoder | None) -> _Decoder | None:
    return None if decode is None else lambda data: None if data is None else decode(data)


def _tuple(decode: _Decoder | None) -> _Decoder:
    return tuple if decode is None else lambda data: tuple([decode(part) for part in data])
