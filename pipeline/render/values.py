"""How values stand in a document: the environment of tags, with its filters and its way to write a value."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.model.dates import long_date

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OWN_NAMES: Final = frozenset(dir(dict))
_NOT_RECORDED: Final = "–"

BETWEEN, QUOTED = "di_antara", "dalam_tanda_kutip"
"""Filters that ``soundness`` puts behind values that stand between elements, and in their attributes."""


class MisplacedError(Exception):
    """A value that is well written within a text, but not where its tag stands."""


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox; what it gives for a key of a plain dict, it gives without a detour over an error."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _OWN_NAMES:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment() -> _Environment:
    """The environment of all templates: strict, escaping, and without a way out of the context."""
    env = _Environment(undefined=StrictUndefined, autoescape=True, finalize=written)
    env.filters["tanggal"] = long_date
    env.filters["ribuan"] = thousands
    env.filters["rupiah"] = rupiah
    env.filters[BETWEEN] = _between
    env.filters[QUOTED] = _quoted
    return env


def written(value: object) -> object:
    """``value`` for XML, still to be escaped; newline and tab become Word's own, a sign that XML forbids is dropped."""
    if isinstance(value, str):
        if value.isprintable():  # most are, and nothing is told faster
            return value
        return _cleaned(value) if isinstance(value, Markup) else _broken(value)
    if value is None:
        return ""
    if isinstance(value, StrictUndefined):
        return value
    if hasattr(value, "__html__"):
        return _cleaned(value.__html__())
    text = str(value)
    return text if text.isprintable() else _broken(text)


def _cleaned(markup: str) -> Markup:
    return Markup(_ILLEGAL.sub("", markup))


def _broken(value: str) -> str:
    text = _ILLEGAL.sub("", value).replace("\r\n", "\n")
    if "\n" not in text and "\t" not in text:
        return text
    marked = str(escape(text))
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        marked = marked.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return Markup(marked)


def _between(value: object) -> object:
    """``value`` between elements: a run that the program made, or a text that opens and closes none."""
    if isinstance(value, StrictUndefined | Markup):
        return value
    if isinstance(written(value), Markup) and not hasattr(value, "__html__"):
        raise MisplacedError
    return value


def _quoted(value: object) -> object:
    """``value`` within quotation marks: plain text."""
    if not isinstance(value, StrictUndefined) and isinstance(written(value), Markup):
        raise MisplacedError
    return value


def thousands(number: int | None) -> str:
    """``1250000`` -> "1.250.000"; None, a value that is not recorded, -> "–"."""
    return _NOT_RECORDED if number is None else f"{number:,}".replace(",", ".")


def rupiah(number: int | None) -> str:
    """``1250000`` -> "Rp1.250.000"; None -> "–"."""
    if number is None:
        return _NOT_RECORDED
    return f"-Rp{thousands(-number)}" if number < 0 else f"Rp{thousands(number)}"
