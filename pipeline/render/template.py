"""Word templates with docxtpl tags, opened and compiled once, rendered many times.

The tags are docxtpl's (``{{ x }}``, ``{%p for %}``, ``{%tr for %}``, ``{%tc for %}``, ``{{r x }}``); its ``patch_xml``
turns Word's XML into a Jinja source. Opening, patching and compiling cost some 60 ms, so they happen once for a
template, not once for a document. Unlike docxtpl's own ``render``, a missing value is an error (StrictUndefined),
every value is escaped (autoescape), a newline in a value becomes a line break, and the bytes of the result depend
on nothing but template and context (fixed zip dates and order).
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from pipeline.errors import TemplateError
from pipeline.model.dates import long_date
from pipeline.model.message import NOTHING, Message, say
from pipeline.model.reasons import why
from pipeline.resources import here

Finish = Callable[[Any], None]
"""Changes the parsed ``document.xml`` (an lxml element) in place after Jinja is through."""

_DOCUMENT = "word/document.xml"
_RELS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_RENDERED = re.compile(r"^(word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml)$")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
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
    themselves and not only in headers, footers and properties."""

    path: Path
    variables: frozenset[str]
    body: frozenset[str]
    parts: tuple[tuple[str, bytes], ...]
    compiled: Mapping[str, JinjaTemplate] = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Template:
        """Open and compile ``path``.

        Raises TemplateError when it is missing, is not a Word document, or holds a tag that does not parse.
        """
        parts = _read_parts(path)
        sources = {name: _jinja_source(name, data, path) for name, data in parts if _RENDERED.match(name)}
        env = _environment()
        compiled: dict[str, JinjaTemplate] = {}
        names: dict[str, set[str]] = {}
        for name, source in sources.items():
            try:
                names[name] = meta.find_undeclared_variables(env.parse(source))
                compiled[name] = env.from_string(source)
            except TemplateSyntaxError as error:
                raise _syntax_error(path, source, error) from error
        return cls(path, frozenset().union(*names.values()), frozenset(names[_DOCUMENT]), parts, compiled)

    def check(self, keys: frozenset[str]) -> None:
        """Raise TemplateError when the template asks for a variable that ``keys`` does not hold."""
        missing = sorted(self.variables - keys)
        if missing:
            raise _unknown_variable(self.path, missing[0], keys)

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
        parts: tuple[Part, ...] = (),
        finish: Finish | None = None,
    ) -> bytes:
        """The DOCX as bytes, with ``pictures`` and ``parts`` added; equal for equal arguments.

        Raises TemplateError when the template asks for what ``context`` does not hold.
        """
        self.check(frozenset(context))
        added = (*(picture.part for picture in pictures), *parts)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
            for name, data in self.parts:
                _write(package, name, self._part(name, data, context, added, finish))
            for part in added:
                _write(package, part.name, part.data)
        return buffer.getvalue()

    def _part(
        self,
        name: str,
        data: bytes,
        context: Mapping[str, object],
        added: tuple[Part, ...],
        finish: Finish | None,
    ) -> bytes:
        if name in self.compiled:
            root = self._parse(name, self._fill(name, context))
            if name == _DOCUMENT:
                _order_cell_properties(root)
                if finish is not None:
                    finish(root)
            return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
        if added and name == _RELS:
            return _with_relations(data, added)
        if added and name == _TYPES:
            return _with_types(data, added)
        return data

    def _fill(self, name: str, context: Mapping[str, object]) -> str:
        try:
            return self.compiled[name].render(context)
        except UndefinedError as error:
            raise TemplateError(
                say(
                    "{name}: templat meminta nilai yang tidak ada{message}. Perbaiki nama di dalam tanda "
                    "{{{{ }}}} pada templat; nama yang tersedia ada di docs/templates.md.",
                    name=self.path.name,
                    message=_named(error.message or ""),
                )
            ) from error
        except (TemplateRuntimeError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
            raise TemplateError(
                say(
                    "{name}: satu tanda pada templat tidak dapat dihitung. Periksa tanda {{{{ }}}} dan {{% "
                    "%}} yang baru disunting; rinciannya dengan --verbose.",
                    name=self.path.name,
                )
            ) from error

    def _parse(self, name: str, xml: str) -> Any:
        try:
            return etree.fromstring(xml.encode("utf-8"), _parser())
        except etree.XMLSyntaxError as error:
            raise TemplateError(
                say(
                    "{name}: hasil isian templat rusak pada bagian {name2}. Biasanya tanda {{%p %}}, {{%tr "
                    "%}}, atau {{%tc %}} tidak berpasangan di tempat yang sama.",
                    name=self.path.name,
                    name2=name,
                )
            ) from error


_CELL_ORDER = {name: place for place, name in enumerate(("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge"))}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _order_cell_properties(root: Any) -> None:
    """Put the properties of cells into the order of the schema: docxtpl sets spans before widths."""
    for span in root.iter(_W + "gridSpan"):
        properties = span.getparent()
        if properties[0] is span:
            properties[:] = sorted(properties, key=lambda node: _CELL_ORDER.get(etree.QName(node).localname, 9))


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
        raise _corrupt(path, why(error)) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise _corrupt(path) from error
    names = {name for name, _ in parts}
    if _DOCUMENT not in names or _TYPES not in names:
        raise _corrupt(path, say("tidak berisi naskah Word"))
    return parts


def _corrupt(path: Path, cause: Message | None = None) -> TemplateError:
    because = say(" ({cause})", cause=cause) if cause else NOTHING
    return TemplateError(
        say(
            "Templat {path} rusak atau bukan dokumen Word .docx{because}. Buka di Word, simpan ulang "
            "sebagai .docx, atau ambil kembali templat bawaan.",
            path=here(path),
            because=because,
        )
    )


def _jinja_source(name: str, data: bytes, path: Path) -> str:
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise _corrupt(path, say("bagian {n} rusak", n=name)) from error
    text: str = etree.tostring(root, encoding="unicode")
    if name == _CORE:
        return text
    # A line break before each paragraph lets an error name the paragraph it stands in; removed by lexing rules below.
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", _patcher().patch_xml(text))


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


def _syntax_error(path: Path, source: str, error: TemplateSyntaxError) -> TemplateError:
    line = source.split("\n")[max(error.lineno - 1, 0)] if error.lineno else ""
    near = re.sub(r"<[^>]+>", "", line).strip()[:80]
    return TemplateError(
        say(
            "{path}: tanda templat salah tulis di dekat “{near}”: {syntax_cause}. Periksa pasangan "
            "{{{{ }}}} dan {{% %}} serta {{% endfor %}}/{{% endif %}}.",
            path=path.name,
            near=near,
            syntax_cause=_syntax_cause(error.message or ""),
        )
    )


_SYNTAX_CAUSES: tuple[tuple[str, Callable[[str], Message]], ...] = (
    (
        r"innermost block that needs to be closed is '(\w+)'",
        lambda w: say("{{% {w} %}} tidak ditutup dengan {{% end{w} %}}", w=w),
    ),
    (
        r"unknown tag 'end(\w+)'",
        lambda w: say("{{% end{w} %}} tanpa {{% {w} %}} di depannya", w=w),
    ),
    (
        r"unknown tag '(\w+)'",
        lambda w: say("tanda {{% {w} %}} tidak dikenal", w=w),
    ),
    (r"No filter named '(\w+)'", lambda w: say("“| {w}” tidak dikenal", w=w)),
    (r"No test named '(\w+)'", lambda w: say("“is {w}” tidak dikenal", w=w)),
    (
        r"end of print statement', got '(.+?)'",
        lambda w: say("isi {{{{ }}}} tidak dapat dibaca sesudah “{w}”", w=w),
    ),
    (
        r"(Expected an expression, got)",
        lambda _: say("isi di antara tanda kurung kurawal kosong atau tidak lengkap"),
    ),
    (
        r"unexpected char '(.+?)'",
        lambda w: say("huruf “{w}” tidak boleh ada di dalam tanda", w=w),
    ),
    (r"unexpected '(.+?)'", lambda w: say("“{w}” tidak pada tempatnya", w=w)),
    (r"got '(.+?)'", lambda w: say("“{w}” tidak pada tempatnya", w=w)),
)


def _syntax_cause(message: str) -> Message:
    """What Jinja says of a tag, in words of people; its own text is kept as the cause for ``--verbose``."""
    for pattern, words in _SYNTAX_CAUSES:
        found = re.search(pattern, message)
        if found:
            return words(found[1])
    return say("tanda itu tidak dapat dibaca")


def _unknown_variable(path: Path, name: str, keys: frozenset[str]) -> TemplateError:
    near = difflib.get_close_matches(name, sorted(keys), n=1)
    hint = say(" Maksud Anda “{near}”?", near=near[0]) if near else NOTHING
    return TemplateError(
        say(
            "{path}: templat meminta “{name}”, yang tidak ada.{hint} Perbaiki nama itu di Word. Yang tersedia: {keys}.",
            path=path.name,
            name=name,
            hint=hint,
            keys=", ".join(sorted(keys)),
        )
    )


def _named(message: str) -> str:
    """The name that Jinja misses, in brackets: the last one its message quotes."""
    names = re.findall(r"'([^']+)'", message)
    return f" (“{names[-1]}”)" if names else ""


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


def _write(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    info.external_attr = 0
    package.writestr(info, data)
