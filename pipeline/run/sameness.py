"""What decides over the bytes of a document, besides its inputs: programs, libraries and fonts of a computer.

Two computers whose ``traits`` are the same make the same bytes of the same inputs.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import pipeline
from pipeline.convert.libreoffice import find_soffice
from pipeline.model.message import Message, joined, say, verbatim
from pipeline.model.typefaces import STAND_INS, squeezed
from pipeline.resources import PACKAGE, packaged_templates
from pipeline.run.state import converter_id

Traits = Mapping[str, str]
"""What was found, by the name under which people are told it."""

_LIBRARIES: Final = (
    *("docxtpl", "python-docx", "Jinja2", "MarkupSafe", "lxml", "fonttools", "pikepdf", "Pillow", "pyHanko", "pypdf"),
    *("pypdfium2", "segno", "openxml-audit", "page-validation", "XlsxWriter", "openpyxl", "distributed"),
)
_NONE: Final = "-"
_TOLD: Final = 4
"""Most differences that are told of one worker."""
_ANSWERS: Final = 60


def traits(families: Iterable[str] = ()) -> dict[str, str]:
    """What this computer is; fonts of ``families`` besides those that every office may use."""
    found = {
        "tertib": f"{pipeline.__version__} ({_program()})",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "sistem": f"{platform.system()} {platform.machine()}",
        "LibreOffice": _libreoffice(),
    }
    found |= {name: _version(name) for name in _LIBRARIES}
    found |= dict(_inside())
    return found | dict(_fonts({*STAND_INS, *(one for each in STAND_INS.values() for one in each), *families}))


def differences(here: Traits, there: Traits) -> Message | None:
    """In what a computer with the traits ``there`` differs from one with ``here``; None when in nothing."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    if not names:
        return None
    told = [
        say("{name} {there} (di sini {here})", name=name, there=there.get(name, _NONE), here=here.get(name, _NONE))
        for name in names[:_TOLD]
    ]
    if len(names) > _TOLD:
        told.append(say("dan {n} perbedaan lain", n=len(names) - _TOLD))
    return joined("; ", told)


def can_tell_fonts() -> bool:
    """Can the fonts of this computer be told apart? Without ``fc-list`` they are not compared."""
    return shutil.which("fc-list") is not None


def _program() -> str:
    """The first digits of the hash of the program itself: a changed copy of one version is another program."""
    digest = hashlib.sha256()
    for folder in (PACKAGE, packaged_templates()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _libreoffice() -> str:
    program = find_soffice()
    return converter_id(program).partition(", ")[2] if program is not None else _NONE


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _NONE


def _inside() -> Iterator[tuple[str, str]]:
    """Libraries that come inside others; one that cannot be loaded differs from every other."""
    import zlib

    yield "zlib", zlib.ZLIB_RUNTIME_VERSION
    try:
        from lxml import etree

        yield "libxml2", ".".join(map(str, etree.LIBXML_VERSION))
    except ImportError as error:
        yield "libxml2", str(error)
    try:
        import pikepdf

        yield "qpdf", str(pikepdf.__libqpdf_version__)
    except ImportError as error:
        yield "qpdf", str(error)


def _fonts(families: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Hash of the files of each of ``families`` that is installed."""
    # Of spellings that mean one family the same is told everywhere: the first, which has the capitals.
    wanted = {squeezed(name): name for name in sorted(families, reverse=True)}
    files: dict[str, set[Path]] = {}
    for names, path in _font_files():
        for name in names:
            if squeezed(name) in wanted:
                files.setdefault(squeezed(name), set()).add(path)
    for key, paths in sorted(files.items()):
        digests = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file())
        yield f"huruf {wanted[key]}", hashlib.sha256("".join(digests).encode()).hexdigest()[:12]


def _font_files() -> Iterator[tuple[list[str], Path]]:
    program = shutil.which("fc-list")
    if program is None or sys.platform == "win32":
        return
    command = [program, "--format", "%{file}\\t%{family}\\n"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_ANSWERS)
    for line in done.stdout.splitlines():
        path, _, names = line.partition("\t")
        yield [name.strip() for name in names.split(",") if name.strip()], Path(path)


def differs(worker: str, cause: Message) -> Message:
    """What to tell of a worker that is not used."""
    return say("Pekerja {worker} tidak dipakai: {cause}.", worker=worker, cause=cause)


def unknown(words: object) -> Message:
    """A cause that has only a library's own words."""
    return verbatim(words)
