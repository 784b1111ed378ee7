"""Proves of a compiled template, once, that whatever it is filled with comes out as well-formed XML.

Then no result has to be parsed to know it. The proof follows the elements that are open through the tree of the tags:
all ways through a condition must leave the same ones open, a loop those it found. What it cannot follow is not proved
(tags that are rare, such as macros; filters that can cut a value amid its markup), and its results are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jinja2 import nodes

from pipeline.render.values import BETWEEN, QUOTED

_TAG: Final = re.compile(
    r"""<(?:\?[^?]*\?>|(?P<end>/)?(?P<name>[\w:.-]+)(?:\s+[\w:.-]+=(?:"[^"<]*"|'[^'<]*'))*\s*(?P<empty>/)?>)"""
)
_MARKED: Final = re.compile("[<>&\"']")
_TEXT: Final = "w:t"
_FILTERS: Final = frozenset(
    {"tanggal", "ribuan", "rupiah", "length", "count", "int", "float", "abs", "round", "default", "d", "join"}
)
"""Filters that give no markup but what they were given whole."""
_EXPRESSIONS: Final = (
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And),
    *(nodes.Or, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos, nodes.Test),
    *(nodes.List, nodes.Tuple),
)


class _UnprovedError(Exception):
    """The proof does not reach as far."""


def prove(tree: nodes.Template) -> bool:
    """Whether every filling of ``tree`` is well formed. If so, the values that do not stand in a text are told apart in
    ``tree``: filled with what would break the document there, they raise ``MisplacedError``.

    What stands between the tags must be XML that was written by a serialiser.
    """
    walk = _Walk()
    try:
        open_now = walk.through(tree.body, ())
    except _UnprovedError:
        return False
    if open_now:
        return False
    for output, place, kind in walk.elsewhere:
        value = output.nodes[place]
        output.nodes[place] = nodes.Filter(value, kind, [], [], None, None, lineno=value.lineno)
    return True


Open = tuple[str, ...]


class _Walk:
    """A walk through the tags. An unfinished tag counts as the innermost open element, with all it has so far."""

    def __init__(self) -> None:
        self.elsewhere: list[tuple[nodes.Output, int, str]] = []

    def through(self, body: Sequence[nodes.Node], found: Open) -> Open:
        for node in body:
            if isinstance(node, nodes.Output):
                found = self._output(node, found)
            elif isinstance(node, nodes.If):
                found = self._condition(node, found)
            elif isinstance(node, nodes.For) and not node.recursive:
                found = self._loop(node, found)
            elif isinstance(node, nodes.Assign):
                _plain(node.node)
            else:
                raise _UnprovedError
        return found

    def _output(self, output: nodes.Output, found: Open) -> Open:
        for place, node in enumerate(output.nodes):
            if isinstance(node, nodes.TemplateData):
                found = _after(node.data, found)
                continue
            _plain(node)
            if found and found[-1].startswith("<"):
                self.elsewhere.append((output, place, QUOTED))
            elif not found or found[-1] != _TEXT:
                self.elsewhere.append((output, place, BETWEEN))
        return found

    def _condition(self, node: nodes.If, found: Open) -> Open:
        ways = [node.body, *(other.body for other in node.elif_), node.else_]
        ends = {self._within(way, found) for way in ways}
        if len(ends) != 1:
            raise _UnprovedError
        return ends.pop()

    def _loop(self, node: nodes.For, found: Open) -> Open:
        # The signs of a text that is cut are no markup: a part of something may be gone through.
        _plain(node.iter.node if isinstance(node.iter, nodes.Getitem) else node.iter)
        if self._within(node.body, found) != found or self._within(node.else_, found) != found:
            raise _UnprovedError
        return found

    def _within(self, body: Sequence[nodes.Node], found: Open) -> Open:
        """What is open after a branch. In an attribute it must be text alone, which leaves all as it is."""
        if not (found and found[-1].startswith("<")):
            return self.through(body, found)
        for output in body:
            if not isinstance(output, nodes.Output):
                raise _UnprovedError
            if any(isinstance(node, nodes.TemplateData) and _MARKED.search(node.data) for node in output.nodes):
                raise _UnprovedError
        self.through(body, found)
        return found


def _after(data: str, found: Open) -> Open:
    """What is open after ``data``."""
    if found and found[-1].startswith("<"):
        data, found = found[-1] + data, found[:-1]
    opened = list(found)
    at = 0
    while (begin := data.find("<", at)) >= 0:
        tag = _TAG.match(data, begin)
        if tag is None:
            return (*opened, _unfinished(data[begin:]))
        at = tag.end()
        if tag["end"]:
            if not opened or opened.pop() != tag["name"]:
                raise _UnprovedError
        elif tag["name"] and not tag["empty"]:
            opened.append(tag["name"])
    return tuple(opened)


def _unfinished(tag: str) -> str:
    """A tag that a value or condition interrupts within the quotation marks of an attribute."""
    if ">" in tag or "<" in tag[1:] or tag.count('"') % 2 == 0:
        raise _UnprovedError
    return tag


def _plain(expression: nodes.Node) -> None:
    """Pass when ``expression`` cannot give markup other than what a value is as a whole."""
    inner = list(expression.iter_child_nodes())
    if isinstance(expression, nodes.Filter):
        known = expression.name in _FILTERS
    elif isinstance(expression, nodes.Getitem):
        known = isinstance(expression.arg, nodes.Const) and isinstance(expression.arg.value, str)
    else:
        known = isinstance(expression, _EXPRESSIONS)
    if not known:
        raise _UnprovedError
    if isinstance(expression, nodes.Getattr | nodes.Getitem) and isinstance(expression.node, nodes.Getitem):
        inner = [expression.node.node]  # one of a list: what is cut out of a text has nothing of its own
    for node in inner:
        _plain(node)
