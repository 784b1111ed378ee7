"""Finds the template of an office: its own, the project's, or the one that ships with the program."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import TemplateError
from pipeline.model.message import say
from pipeline.model.office import Office
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
