"""Word templates with docxtpl tags, opened and compiled once, rendered many times.

The tags are docxtpl's (``{{ x }}``, ``{%p for %}``, ``{%tr for %}``, ``{%tc for %}``, ``{{r x }}``); its ``patch_xml``
turns Word's XML into a Jinja source. Opening, patching and compiling cost some 60 ms, so they happen once for a
template, not once for a document; parts without tags are compressed once, and no tree is built of a filled part
(docs/decisions/04-compiled-templates.md). Unlike docxtpl's own ``render``, a missing value is an error
(StrictUndefined), every value is escaped (autoescape), a newline in a value becomes a line break, and the bytes of the
result depend on nothing but template and context (fixed zip dates and order).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.render.compiled import DECLARATION, Bodies, Compiled, Fitting, on_paper, tags_of
from pipeline.render.long_tables import well_broken
from pipeline.render.package import ONCE, Entry, entry, package
from pipeline.render.parts import RELS, TYPES, Part, Picture, Told, telling, told
from pipeline.render.source import jinja_source, parsed, plain_source
from pipeline.render.template_faults import broken_result, corrupt, unknown_variable
from pipeline.render.template_repair import repaired
from pipeline.resources import here

_DOCUMENT: Final = "word/document.xml"
_CORE: Final = "docProps/core.xml"
_RENDERED: Final = re.compile(r"^(word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml)$")


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A compiled template. ``variables`` are the names it asks a context for, ``body`` those asked for on its pages
    themselves and not only in headers, footers and properties, ``mended`` what was put right on loading."""

    path: Path
    variables: frozenset[str]
    body: frozenset[str]
    parts: tuple[tuple[str, bytes], ...]
    mended: tuple[Message, ...] = ()
    _compiled: Mapping[str, Compiled] = field(default_factory=dict, repr=False)  # all but the body
    _bodies: Bodies = field(kw_only=True, repr=False)
    _unchanged: dict[str, Entry] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path) -> Template:
        """Open and compile ``path``.

        Raises TemplateError when it is missing, is not a Word document, or holds a tag that does not parse.
        """
        parts, mended = repaired(_read_parts(path))
        held = dict(parts)
        sources = {name: _source(path, name, held[name]) for name in held if _RENDERED.match(name)}
        bodies = Bodies(path, _DOCUMENT, sources.pop(_DOCUMENT), partial(parsed, held[_DOCUMENT]))
        tags = {name: tags_of(path, source) for name, source in sources.items()}
        compiled = {name: Compiled.of(path, name, tree) for name, (tree, _) in tags.items()}
        names = bodies.names.union(*(asked for _, asked in tags.values()))
        return cls(path, names, bodies.names, parts, mended, compiled, _bodies=bodies)

    def check(self, keys: frozenset[str]) -> None:
        """Raise TemplateError when the template asks for a variable that ``keys`` does not hold."""
        missing = sorted(self.variables - keys)
        if missing:
            raise unknown_variable(self.path, missing[0], keys)

    def require(self, names: frozenset[str]) -> None:
        """Raise TemplateError when the pages of the template do not show one of ``names``."""
        lost = sorted(names - self.body)
        if lost:
            raise TemplateError(
                say(
                    "{name}: templat tidak lagi memuat {{{{ {lost} }}}}, padahal wajib tercetak. Kembalikan "
                    "tanda itu di Word, atau ambil kembali templat bawaan.",
                    name=self.path.name,
                    lost=lost[0],
                )
            )

    def render(
        self,
        context: Mapping[str, object],
        *,
        pictures: tuple[Picture, ...] = (),
        fitting: Fitting | None = None,
    ) -> bytes:
        """The DOCX as bytes, with ``pictures`` added; equal for equal arguments. Without ``fitting`` it is what
        docxtpl makes of it.

        Raises TemplateError when the template asks for what ``context`` does not hold.
        """
        self.check(frozenset(context))
        body, finish = self._bodies.as_docxtpl() if fitting is None else (self._bodies.fitted(fitting), fitting.finish)
        added = tuple(picture.part for picture in pictures)
        return self._package(context, added, (body.data(context, finish),))

    def stream(
        self,
        context: Mapping[str, object],
        *,
        pictures: tuple[Picture, ...] = (),
        parts: tuple[Part, ...] = (),
        paper: str = "",
    ) -> bytes:
        """The DOCX on ``paper`` ("" as the template has it), its body written while it is filled.

        For documents with tables of any length: memory grows only with the compressed result, as long as the context
        makes its rows on demand (``Lazy``). What tables need to break well over pages is done to their rows as they
        pass. Raises TemplateError like ``render``, and when what comes out is no XML.
        """
        self.check(frozenset(context))
        added = (*(picture.part for picture in pictures), *parts)
        return self._package(context, added, self._streamed(context, paper))

    def _package(self, context: Mapping[str, object], added: tuple[Part, ...], body: Iterable[bytes]) -> bytes:
        said = told(added)
        return package(
            [
                *(self._entry(name, data, context, said, body) for name, data in self.parts),
                *(entry(part.name, (part.data,)) for part in added),
            ]
        )

    def _entry(self, name: str, data: bytes, context: Mapping[str, object], said: Told, body: Iterable[bytes]) -> Entry:
        if name == _DOCUMENT:
            return entry(name, body)
        if name in self._compiled and not self._compiled[name].plain:
            return entry(name, (self._compiled[name].data(context),))
        if said and name in (RELS, TYPES):
            return telling(name, data, said)
        if name not in self._unchanged:
            self._unchanged[name] = entry(name, (data,), ONCE)
        return self._unchanged[name]

    def _streamed(self, context: Mapping[str, object], paper: str) -> Iterator[bytes]:
        """The body in pieces; fed to a parser on its way, which keeps nothing of it."""
        body = self._bodies.fitted(on_paper(paper))
        parser = expat.ParserCreate(namespace_separator=" ")
        try:
            for text in chain((DECLARATION,), well_broken(body.texts(context))):
                data = text.encode()
                parser.Parse(data)
                yield data
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise broken_result(self.path, _DOCUMENT) from error


def _source(path: Path, name: str, data: bytes) -> str:
    try:
        root = parsed(data)
    except etree.XMLSyntaxError as error:
        raise corrupt(path, say("bagian {n} rusak", n=name)) from error
    return plain_source(root) if name == _CORE else jinja_source(root)


def _read_parts(path: Path) -> tuple[tuple[str, bytes], ...]:
    try:
        with zipfile.ZipFile(path) as package:
            parts = tuple((info.filename, package.read(info)) for info in package.infolist() if not info.is_dir())
    except FileNotFoundError as error:
        raise TemplateError(
            say(
                "Templat {path} tidak ada. Kembalikan berkas itu, atau hapus folder templat sendiri agar "
                "templat bawaan dipakai.",
                path=here(path),
            )
        ) from error
    except OSError as error:
        raise corrupt(path, why(error)) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise corrupt(path) from error
    names = {name for name, _ in parts}
    if _DOCUMENT not in names or TYPES not in names:
        raise corrupt(path, say("tidak berisi naskah Word"))
    return parts
