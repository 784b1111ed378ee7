"""Finds the template of an office: its own, the project's, or the one that ships with the program."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import TemplateError, TertibError
from pipeline.model.message import say
from pipeline.model.office import Office
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.settings import Settings


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
    """Templates by path, each opened and compiled once. A broken one is told for every document that wants it."""

    def __init__(self) -> None:
        self._loaded: dict[Path, Template | TertibError] = {}

    def at(self, path: Path) -> Template:
        """The template at ``path``. Raises TemplateError."""
        if path not in self._loaded:
            try:
                self._loaded[path] = Template.load(path)
            except TertibError as error:
                self._loaded[path] = error
        found = self._loaded[path]
        if isinstance(found, TertibError):
            raise found
        return found


class TemplateShelf(Shelf):
    """Templates by name and office, as the settings of a run have them searched for."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def load(self, name: str, office: Office) -> Template:
        """The template ``name`` for ``office``. Raises TemplateError."""
        return self.at(find_template(name, self._settings, office))
