"""How values stand in a document: the environment of tags, with its filters and its way to write a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import markupsafe
from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.model.dates import long_date

BETWEEN, QUOTED = "di_antara", "dalam_tanda_kutip"
"""Filters that ``soundness`` puts behind values that stand between elements, and in their attributes."""

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGNS: Final = tuple(
    (sign, Markup(f'</w:t>{element}<w:t xml:space="preserve">'))
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>"))
)
_OWN_NAMES: Final = frozenset(dir(dict))
_NOT_RECORDED: Final = "–"
_escaped: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", escape)
"""As ``escape``, but plain text comes out, which is made in half the time: there are hundreds in a document."""


class MisplacedError(Exception):
    """A value that is well written within a text, but not where its tag stands."""


def written(value: object) -> str:
    """``value`` as XML; newline and tab become Word's own, a sign that XML forbids is dropped, None is nothing.

    Markup, and what knows its own, stays as it is. Raises Jinja's UndefinedError for what the context does not hold.
    """
    if type(value) is str:
        return _escaped(value) if value.isprintable() else _broken(value)  # most are, and nothing is told faster
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value if value.isprintable() else _cleaned(value)
    if hasattr(value, "__html__") and not isinstance(value, StrictUndefined):
        return _cleaned(value.__html__())
    text = str(value)
    return _escaped(text) if text.isprintable() else _broken(text)


def _cleaned(markup: str) -> Markup:
    return Markup(_ILLEGAL.sub("", markup))


def _broken(value: str) -> str:
    marked = escape(_ILLEGAL.sub("", value).replace("\r\n", "\n"))
    for sign, element in _SIGNS:
        marked = marked.replace(sign, element)
    return marked


class _Writer(CodeGenerator):
    """Writes the code of templates: each stretch between two tags of control is one piece of text, and each value in
    it is written by one call. Jinja's own makes three calls of it, and a piece of every value."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        if frame.buffer is not None or frame.require_output_check:
            super().visit_Output(node, frame)
            return
        self.writeline("yield ''.join((", node)
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data))
            else:
                self.write("environment.written(")
                self.visit(child, frame)
                self.write(")")
            self.write(",")
        self.write("))")


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox; what it gives for a key of a plain dict, it gives without a detour over an error."""

    code_generator_class = _Writer
    written = staticmethod(written)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _OWN_NAMES:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment() -> _Environment:
    """The environment of all templates: strict, escaping, and without a way out of the context."""
    env = _Environment(undefined=StrictUndefined, autoescape=True, finalize=lambda value: Markup(written(value)))
    env.filters["tanggal"] = long_date
    env.filters["ribuan"] = thousands
    env.filters["rupiah"] = rupiah
    env.filters[BETWEEN] = _between
    env.filters[QUOTED] = _quoted
    return env


def _between(value: object) -> object:
    """``value`` between elements: a run that the program made, or a text that opens and closes none."""
    if not hasattr(value, "__html__") and _is_broken(value):
        raise MisplacedError
    return value


def _quoted(value: object) -> object:
    """``value`` within quotation marks: plain text."""
    if (isinstance(value, Markup) and value) or _is_broken(value):
        raise MisplacedError
    return value


def _is_broken(value: object) -> bool:
    return isinstance(value, str) and ("\n" in value or "\t" in value)


def thousands(number: int | None) -> str:
    """``1250000`` -> "1.250.000"; None, a value that is not recorded, -> "–"."""
    return _NOT_RECORDED if number is None else f"{number:,}".replace(",", ".")


def rupiah(number: int | None) -> str:
    """``1250000`` -> "Rp1.250.000"; None -> "–"."""
    if number is None:
        return _NOT_RECORDED
    return f"-Rp{thousands(-number)}" if number < 0 else f"Rp{thousands(number)}"
