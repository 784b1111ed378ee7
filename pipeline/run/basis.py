"""What documents are made with besides their inputs: program, libraries, fonts, LibreOffice, template and options.

Each has a hash of its own, so that it can be told which of them changed. Nothing is started, and contents are read only
where the system says that something was touched (``pipeline.run.files``).
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.convert.libreoffice import find_soffice
from pipeline.resources import PACKAGE
from pipeline.run.files import Found, Index, quick, walk, whole

PROGRAM, LIBRARIES, FONTS = "program", "pustaka", "huruf"
TEMPLATE, LOGO, OPTIONS = "templat", "logo", "opsi"
"""Keys of a basis, in the record and in what is explained."""

_NOT_IN_DOCUMENTS: Final = ("cli/", "report/", "sign/", "archive/", "data/temuan", "data/locale/")
"""Parts of the program that print and file, but make no document; beginnings of paths in the package."""
_LIBRARIES: Final = (
    *("docxtpl", "python-docx", "Jinja2", "lxml", "fonttools", "Pillow", "segno", "pandas", "RapidFuzz", "holidays"),
    *("PyYAML", "openpyxl", "XlsxWriter", "openxml-audit", "pikepdf", "pypdf", "pypdfium2", "page-validation"),
    *("pyHanko", "opendataloader-pdf", "JPype1", "click"),
)
_VARIABLES: Final = ("FONTCONFIG_", "SAL_", "OOO_", "LO_")
_FONT_FOLDERS: Final = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts/opentype", "/etc/fonts"),
    *("/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts"),
)
_HOME_FOLDERS: Final = (".fonts", ".local/share/fonts", ".config/fontconfig", ".fonts.conf", "Library/Fonts")

Basis = Mapping[str, str]


def tools(index: Index) -> Basis:
    """Hashes of program, libraries and fonts, as they are now."""
    program = [one for one in _package() if not one.name.startswith(_NOT_IN_DOCUMENTS)]
    return {PROGRAM: _content(program, index), LIBRARIES: libraries(), FONTS: _content(_fonts(), index)}


def machine() -> tuple[list[Found], str]:
    """Everything outside of inputs and outputs that a whole run depends on: files, and what is no file."""
    files = [*_package(), *_fonts()]
    soffice = find_soffice()
    if soffice is not None:
        files += (Found(str(path), str(path), _status(path)) for path in _of_office(soffice))
    variables = sorted((name, value) for name, value in os.environ.items() if _counts(name))
    return files, _hash([libraries(), str(soffice), repr(variables)])


def _counts(name: str) -> bool:
    return name.startswith(_VARIABLES) or (name.startswith("TERTIB_") and name != "TERTIB_CACHE")


def _of_office(program: Path) -> Iterable[Path]:
    real = program.resolve()
    return (program, real, *(real.parent / name for name in ("versionrc", "version.ini", "soffice.bin", "setuprc")))


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def libraries() -> str:
    """A hash of Python and of the versions of the libraries that documents depend on."""
    return _hash([sys.version, *(f"{name} {version}" for name, version in _versions())])


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in _LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, ""))
    return tuple(found)


def _package() -> list[Found]:
    return walk(PACKAGE, lambda name: name.endswith(("__pycache__", ".pyc")))


def font_folders() -> tuple[Path, ...]:
    """Where the system, the person and LibreOffice keep fonts, and what chooses between them."""
    folders = [Path(folder) for folder in _FONT_FOLDERS if Path(folder).is_absolute()]
    with suppress(RuntimeError):  # no home
        folders += [Path.home() / name for name in _HOME_FOLDERS]
    folders += [Path(folder) / "fonts" for folder in os.environ.get("XDG_DATA_DIRS", "").split(os.pathsep) if folder]
    folders += [Path(folder) / "fonts" for folder in (os.environ.get("XDG_DATA_HOME"),) if folder]
    folders += [Path(folder) / "Microsoft/Windows/Fonts" for folder in (os.environ.get("LOCALAPPDATA"),) if folder]
    soffice = find_soffice()
    if soffice is not None:
        folders.append(soffice.resolve().parent.parent / "share" / "fonts")
    return tuple(dict.fromkeys(folders))


def _fonts() -> list[Found]:
    return [
        Found(f"{folder}/{one.name}", one.path, one.status)
        for folder in font_folders()
        for one in walk(folder, lambda name: name.endswith((".uuid", ".TMP")))
    ]


_contents: dict[str, str] = {}
"""Hashes of contents by that of what the system notes, within this process."""


def _content(files: list[Found], index: Index) -> str:
    seen = quick(files)
    if seen and seen in _contents:
        return _contents[seen]
    found = whole(files, index)
    if seen:
        _contents[seen] = found
    return found


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
