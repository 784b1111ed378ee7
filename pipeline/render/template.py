"""Word templates with docxtpl tags, opened and compiled once, rendered many times.

The tags are docxtpl's (``{{ x }}``, ``{%p for %}``, ``{%tr for %}``, ``{%tc for %}``, ``{{r x }}``); its ``patch_xml``
turns Word's XML into a Jinja source. Opening, patching and compiling cost some 60 ms, so they happen once for a
template, not once for a document. Unlike docxtpl's own ``render``, a missing value is an error (StrictUndefined),
every value is escaped (autoescape), a newline in a value becomes a line break, and the bytes of the result depend
on nothing but template and context (fixed zip dates and order).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from pipeline.errors import TemplateError
from pipeline.model.dates import long_date
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.render.grids import with_grids
from pipeline.render.long_tables import well_broken
from pipeline.render.paper import refit
from pipeline.render.template_faults import (
    broken_result,
    corrupt,
    not_computable,
    syntax_error,
    unknown_value,
    unknown_variable,
)
from pipeline.render.template_repair import repaired
from pipeline.resources import here

Finish = Callable[[Any], None]
"""Changes the parsed ``document.xml`` (an lxml element) in place after Jinja is through."""

_DOCUMENT = "word/document.xml"
_RELS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_RENDERED = re.compile(r"^(word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml)$")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BATCH = 500  # pieces of text that are joined at once, some 50 KB
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_CELL = re.compile(r"(<w:tcPr>)(.*?)</w:tcPr>", re.DOTALL)
_PROPERTY = re.compile(r"""<w:(\w+)(?: (?:"[^"]*"|[^<>"])*)?(?:/>|(?<!/)>.*?</w:\1>)""", re.DOTALL)
_CELL_ORDER = {
    name: place
    for place, name in enumerate(
        ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
         "tcFitText", "vAlign", "hideMark")
    )
}  # fmt: skip
_IMAGE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image part to be added to the document; ``rid`` is the relationship id that the drawing XML uses."""

    rid: str
    data: bytes
    extension: str  # "png", "jpeg", without the dot

    @property
    def part(self) -> Part:
        """The same as a part of the package."""
        return Part(
            f"word/media/{self.rid}.{self.extension}", self.data, f"image/{self.extension}", _IMAGE_REL, self.rid
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be added to the package, such as a picture, a chart, or the workbook inside a chart.

    ``name`` is its place in the package ("word/charts/grafik.xml"). ``relation`` and ``rid`` are type and id of the
    relationship by which the document refers to it; both are "" for what only another part refers to.
    ``content_type`` is "" for what declares none (a part of relationships).
    """

    name: str
    data: bytes
    content_type: str = ""
    relation: str = ""
    rid: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A compiled template. ``variables`` are the names it asks a context for, ``body`` those asked for on its pages
    themselves and not only in headers, footers and properties, ``mended`` what was put right on loading."""

    path: Path
    variables: frozenset[str]
    body: frozenset[str]
    parts: tuple[tuple[str, bytes], ...]
    compiled: Mapping[str, JinjaTemplate] = field(repr=False)
    mended: tuple[Message, ...] = ()
    papers: dict[str, JinjaTemplate] = field(default_factory=dict, repr=False)  # the body as streamed, by paper

    @classmethod
    def load(cls, path: Path) -> Template:
        """Open and compile ``path``.

        Raises TemplateError when it is missing, is not a Word document, or holds a tag that does not parse.
        """
        parts, mended = repaired(_read_parts(path))
        sources = {name: _jinja_source(name, data, path) for name, data in parts if _RENDERED.match(name)}
        env = _environment()
        compiled: dict[str, JinjaTemplate] = {}
        names: dict[str, set[str]] = {}
        for name, source in sources.items():
            try:
                names[name] = meta.find_undeclared_variables(env.parse(source))
                compiled[name] = env.from_string(source)
            except TemplateSyntaxError as error:
                raise syntax_error(path, source, error) from error
        return cls(path, frozenset().union(*names.values()), frozenset(names[_DOCUMENT]), parts, compiled, mended)

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
        finish: Finish | None = None,
    ) -> bytes:
        """The DOCX as bytes, with ``pictures`` added; equal for equal arguments.

        Raises TemplateError when the template asks for what ``context`` does not hold.
        """
        added = tuple(picture.part for picture in pictures)
        return self._package(context, added, lambda: (self._tree(_DOCUMENT, context, finish),))

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
        added = (*(picture.part for picture in pictures), *parts)
        return self._package(context, added, lambda: self._streamed(context, paper))

    def _package(
        self, context: Mapping[str, object], added: tuple[Part, ...], body: Callable[[], Iterable[bytes]]
    ) -> bytes:
        self.check(frozenset(context))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts:
                _write(package, name, body() if name == _DOCUMENT else (self._part(name, data, context, added),))
            for part in added:
                _write(package, part.name, (part.data,))
        return buffer.getvalue()

    def _part(self, name: str, data: bytes, context: Mapping[str, object], added: tuple[Part, ...]) -> bytes:
        if name in self.compiled:
            return self._tree(name, context)
        if added and name == _RELS:
            return _with_relations(data, added)
        if added and name == _TYPES:
            return _with_types(data, added)
        return data

    def _tree(self, name: str, context: Mapping[str, object], finish: Finish | None = None) -> bytes:
        root = self._parse(name, "".join(self._filled(self.compiled[name], context)))
        if finish is not None:
            finish(root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _streamed(self, context: Mapping[str, object], paper: str) -> Iterator[bytes]:
        """The body in pieces; fed to a parser on its way, which keeps nothing of it."""
        if paper not in self.papers:
            source = with_grids(_jinja_source(_DOCUMENT, dict(self.parts)[_DOCUMENT], self.path, paper))
            # The line breaks are for errors, and this source has been compiled before without one.
            self.papers[paper] = _environment().from_string(source.replace("\n<w:p", "<w:p"))
        parser = expat.ParserCreate(namespace_separator=" ")
        try:
            for text in chain((_DECLARATION,), well_broken(self._filled(self.papers[paper], context))):
                data = text.encode()
                parser.Parse(data)
                yield data
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise broken_result(self.path, _DOCUMENT) from error

    def _filled(self, filled: JinjaTemplate, context: Mapping[str, object]) -> Iterator[str]:
        """The source of a part with its values, in pieces."""
        pieces = filled.generate(context)
        try:
            while batch := list(islice(pieces, _BATCH)):
                yield "".join(batch)
        except UndefinedError as error:
            raise unknown_value(self.path, error) from error
        except (TemplateRuntimeError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
            raise not_computable(self.path) from error

    def _parse(self, name: str, xml: str) -> Any:
        try:
            return etree.fromstring(xml.encode("utf-8"), _parser())
        except etree.XMLSyntaxError as error:
            raise broken_result(self.path, name) from error


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
    if _DOCUMENT not in names or _TYPES not in names:
        raise corrupt(path, say("tidak berisi naskah Word"))
    return parts


def _jinja_source(name: str, data: bytes, path: Path, paper: str = "") -> str:
    """A part as a Jinja source, with its tables fitted to ``paper``."""
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise corrupt(path, say("bagian {n} rusak", n=name)) from error
    if paper:
        refit(root, paper)
    text: str = etree.tostring(root, encoding="unicode")
    if name == _CORE:
        return text
    # A line break before each paragraph lets an error name the paragraph it stands in; removed by lexing rules below.
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", _in_order(_patcher().patch_xml(text)))


def _in_order(source: str) -> str:
    """Put the properties of cells into the order of the schema: docxtpl sets spans and shades before widths."""
    return _CELL.sub(lambda found: found[1] + _sorted(found[2]) + "</w:tcPr>", source)


def _sorted(properties: str) -> str:
    found = list(_PROPERTY.finditer(properties))
    if "".join(each[0] for each in found) != properties:
        return properties
    return "".join(each[0] for each in sorted(found, key=lambda each: _CELL_ORDER.get(each[1], len(_CELL_ORDER))))


@cache
def _patcher() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate("")


@cache
def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@cache
def _environment() -> Environment:
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_finalize)
    env.filters["tanggal"] = long_date
    env.filters["ribuan"] = thousands
    env.filters["rupiah"] = rupiah
    return env


def _finalize(value: object) -> object:
    """Escape ``value`` for XML; newline and tab become Word's own, a sign that XML forbids is dropped."""
    if isinstance(value, Markup | StrictUndefined):
        return value
    if value is None:
        return ""
    text = _ILLEGAL.sub("", str(value)).replace("\r\n", "\n")
    if "\n" not in text and "\t" not in text:
        return text
    marked = str(escape(text))
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        marked = marked.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return Markup(marked)


_NOT_RECORDED = "–"


def thousands(number: int | None) -> str:
    """``1250000`` -> "1.250.000"; None, a value that is not recorded, -> "–"."""
    return _NOT_RECORDED if number is None else f"{number:,}".replace(",", ".")


def rupiah(number: int | None) -> str:
    """``1250000`` -> "Rp1.250.000"; None -> "–"."""
    if number is None:
        return _NOT_RECORDED
    return f"-Rp{thousands(-number)}" if number < 0 else f"Rp{thousands(number)}"


def _with_relations(data: bytes, added: tuple[Part, ...]) -> bytes:
    root = etree.fromstring(data, _parser())
    namespace = etree.QName(root).namespace
    for part in added:
        if part.rid:
            target = part.name.removeprefix("word/")
            etree.SubElement(root, f"{{{namespace}}}Relationship", Id=part.rid, Type=part.relation, Target=target)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_types(data: bytes, added: tuple[Part, ...]) -> bytes:
    """Declare what is added: XML parts by name, others by the ending of their names."""
    root = etree.fromstring(data, _parser())
    namespace = etree.QName(root).namespace
    known = {node.get("Extension", "").lower() for node in root}
    endings = {part.name.rpartition(".")[2]: part.content_type for part in added if part.content_type}
    for ending in sorted(set(endings) - known - {"xml"}):
        root.insert(0, etree.Element(f"{{{namespace}}}Default", Extension=ending, ContentType=endings[ending]))
    for part in added:
        if part.content_type and part.name.endswith(".xml"):
            etree.SubElement(root, f"{{{namespace}}}Override", PartName=f"/{part.name}", ContentType=part.content_type)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _write(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    info.external_attr = 0
    with package.open(info, "w") as out:
        for piece in pieces:
            out.write(piece)
