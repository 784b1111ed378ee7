"""Finds the template of an office: its own, the project's, or the one that ships with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.errors import TemplateError, TertibError
from pipeline.model.message import say
from pipeline.model.office import Office
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.settings import Settings

TEMPLATES: Final = (
    "sop.docx",
    "buku-sop.docx",
    "rekap-reses.docx",
    "lampiran-reses.docx",
    "laporan-reses.docx",
    "laporan-reses-kelompok.docx",
)
"""Names of the templates that documents are made with."""


def template_folders(settings: Settings, office: Office | None) -> tuple[Path, ...]:
    """Folders in the order in which they are searched."""
    folders = [settings.templates] if settings.templates else []
    if office is not None:
        folders.append(office.folder / "templates")
    folders += [settings.root / "templates", packaged_templates()]
    return tuple(dict.fromkeys(folders))


def find_template(name: str, settings: Settings, office: Office | None = None) -> Path:
    """Path of the template ``name`` (``sop.docx``) for ``office``. Raises TemplateError when there is none."""
    folders = template_folders(settings, office)
    for folder in folders:
        path = folder / name
        if path.exists():
            return path
    places = ", ".join(settings.relative(folder) for folder in folders)
    raise TemplateError(
        say(
            "Templat {name} tidak ditemukan di {places}. Salin kembali templat itu atau pasang ulang tertib.",
            name=name,
            places=places,
        )
    )


class Shelf:
    """Templates by path, each opened and compiled once, and again when its file was changed: a shelf may stand for
    hours. A broken one is told for every document that wants it."""

    def __init__(self) -> None:
        self._loaded: dict[Path, tuple[_Stamp, Template | TertibError]] = {}

    def at(self, path: Path) -> Template:
        """The template at ``path``. Raises TemplateError."""
        stamp = _stamp(path)
        if path not in self._loaded or self._loaded[path][0] != stamp:
            self._loaded[path] = stamp, _loaded(path)
        found = self._loaded[path][1]
        if isinstance(found, TertibError):
            raise found
        return found


_Stamp = tuple[int, int, int] | None
"""When a file was changed (nanoseconds), its size in bytes and its number on the disk; None for one that is gone."""


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _loaded(path: Path) -> Template | TertibError:
    try:
        return Template.load(path)
    except TertibError as error:
        return error


class TemplateShelf(Shelf):
    """Templates by name and office, as the settings of a run have them searched for."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def load(self, name: str, office: Office) -> Template:
        """The template ``name`` for ``office``. Raises TemplateError."""
        return self.at(find_template(name, self._settings, office))
