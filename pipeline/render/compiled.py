"""A part of a template, compiled: from values to bytes without a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from pipeline.render.columns import with_certain_columns, with_columns
from pipeline.render.grids import with_grids
from pipeline.render.paper import refit
from pipeline.render.soundness import prove
from pipeline.render.source import as_printed, jinja_source, without_breaks
from pipeline.render.template_faults import broken_result, not_computable, syntax_error, unknown_value
from pipeline.render.values import MisplacedError, environment

DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_BATCH: Final = 100  # pieces of text that are joined at once

Finish = Callable[[bytes], bytes]
"""Changes a filled part, before it is known to be XML."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What is done to the body of a template besides its tags.

    ``prepare`` changes its parsed XML and ``mark`` its source; both are done once for all fittings of one ``key``, that
    is why they must depend on nothing else. ``finish`` is done to the bytes of each document.
    """

    key: str
    prepare: Callable[[Any], None]
    mark: Callable[[str], str] = str
    finish: Finish = bytes


@cache
def on_paper(paper: str) -> Fitting:
    """The body on ``paper`` ("" as the template has it)."""
    return Fitting(f"kertas {paper}", partial(refit, paper=paper))


def tags_of(path: Path, source: str) -> tuple[nodes.Template, frozenset[str]]:
    """The tags of ``source``, a part of ``path``, and the names that they ask a context for.

    Raises TemplateError when one does not parse.
    """
    try:
        tree = environment().parse(source)
        return tree, frozenset(meta.find_undeclared_variables(tree))
    except TemplateSyntaxError as error:
        raise syntax_error(path, source, error) from error


@dataclass(frozen=True, slots=True)
class Compiled:
    """A part, ready to be filled; ``plain`` when it is printed as it stands, ``proved`` when no filling breaks it."""

    path: Path
    name: str
    filled: JinjaTemplate
    plain: bool
    proved: bool

    @classmethod
    def of(cls, path: Path, name: str, tree: nodes.Template) -> Compiled:
        """The part ``name`` of ``path``, compiled from its tags, which are changed."""
        plain = all(isinstance(node, nodes.Output | nodes.TemplateData) for node in tree.find_all(nodes.Node))
        for data in tree.find_all(nodes.TemplateData):
            printed = as_printed(data.data)
            plain = plain and printed == without_breaks(data.data)
            data.data = printed
        proved = prove(tree)
        return cls(path, name, environment().from_string(tree), plain, proved)

    def data(self, context: Mapping[str, object], finish: Finish = bytes) -> bytes:
        """The part filled with ``context``. Raises TemplateError for what cannot be filled."""
        with self._told():
            text = "".join(self._pieces(context))
        data = finish((DECLARATION + text).encode())
        if not self.proved:
            parser = expat.ParserCreate(namespace_separator=" ")
            try:
                parser.Parse(data, True)
            except expat.ExpatError as error:
                raise broken_result(self.path, self.name) from error
        return data

    def texts(self, context: Mapping[str, object]) -> Iterator[str]:
        """The same as text, in pieces of some 50 KB, and not parsed."""
        pieces = iter(self._pieces(context))
        with self._told():
            while batch := list(islice(pieces, _BATCH)):
                yield "".join(batch)

    def _pieces(self, context: Mapping[str, object]) -> Iterable[str]:
        return self.filled.root_render_func(self.filled.new_context(dict(context)))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong within is told to who edits the template."""
        try:
            yield
        except UndefinedError as error:
            raise unknown_value(self.path, error) from error
        except MisplacedError as error:
            raise broken_result(self.path, self.name) from error
        except (TemplateRuntimeError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
            raise not_computable(self.path) from error


class Bodies:
    """The body of a template, compiled for each fitting when it is first asked for. ``names`` are those that its tags
    ask a context for."""

    def __init__(self, path: Path, name: str, source: str, parse: Callable[[], Any]) -> None:
        """``source`` is the part ``name`` of ``path``, ``parse`` gives its XML. Raises TemplateError for its tags."""
        source, grids = with_certain_columns(source)
        self._path, self._name, self._parse = path, name, parse
        self._repair = partial(with_columns, grids=grids)
        self._tags, self.names = tags_of(path, source)
        self._fitted: dict[str, Compiled] = {}
        self._plain: Compiled | None = None

    def fitted(self, fitting: Fitting) -> Compiled:
        """The body for ``fitting``, its grids with a column for each cell."""
        if fitting.key not in self._fitted:
            root = self._parse()
            fitting.prepare(root)
            # Its tags are those of the template as it stands, whose errors have been told.
            tags = environment().parse(fitting.mark(with_grids(jinja_source(root))))
            self._fitted[fitting.key] = Compiled.of(self._path, self._name, tags)
        return self._fitted[fitting.key]

    def as_docxtpl(self) -> tuple[Compiled, Finish]:
        """The body as docxtpl would fill it, and what is done to its bytes: grids that only the rows tell."""
        if self._plain is None:
            self._plain = Compiled.of(self._path, self._name, self._tags)
        return self._plain, self._repair
