"""``tertib doctor``: is everything here that the other commands need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pipeline
from pipeline.convert.libreoffice import find_soffice, missing, version
from pipeline.errors import OutputError, TemplateError, TertibError, missing_part
from pipeline.model.message import Message, joined, say, verbatim
from pipeline.model.typefaces import acceptable, package_of, squeezed
from pipeline.pdf.validate import is_trusted
from pipeline.render.proof_template import template_faults
from pipeline.render.template import Template
from pipeline.run.settings import Settings
from pipeline.run.templates import TEMPLATES, find_template, template_folders

_FONT_NAME: Final = re.compile(rb'w:(?:ascii|hAnsi)="([^"]+)"')
_FONT_PARTS: Final = re.compile(r"word/(document|styles|header\d*|footer\d*)\.xml")
LIBRARIES: Final = (
    *("PIL", "click", "docxtpl", "fontTools", "fsspec", "holidays", "jinja2", "lxml", "openpyxl", "openxml_audit"),
    *(
        "pandas",
        "pebble",
        "pikepdf",
        "pyhanko",
        "pypdf",
        "pypdfium2",
        "rapidfuzz",
        "segno",
        "tqdm",
        "watchfiles",
        "xlsxwriter",
    ),
    *("yaml",),
)
"""By the names of their modules; the validator of PDFs is told apart, because PDFs are made without it, too."""


class State(StrEnum):
    """How a probe came out; values are those of the JSON output."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that was looked at: what it is, how it is, and what to do when it is not well."""

    name: Message
    state: State
    detail: Message
    remedy: Message | None = None
    exit_code: int = 0


def examine(settings: Settings, *, measure: bool = False) -> tuple[Probe, ...]:
    """Look at everything. Raises nothing: what is wrong is in the probes.

    With ``measure``, LibreOffice is timed with each template that could be lighter, which takes a while.

    Where a library is missing only that and LibreOffice are told; nothing else could be looked at.
    """
    libraries = _libraries()
    if libraries.state is State.BAD:
        return (_python(), libraries, _libreoffice())
    return (
        _python(),
        libraries,
        _libreoffice(),
        _validator(),
        *_templates(settings),
        *_weights(settings, measure=measure),
        *_fonts(settings),
        _output(settings),
    )


def exit_code(probes: tuple[Probe, ...]) -> int:
    """0 when all is well enough to work, else the lowest code among the probes that are bad."""
    return min((probe.exit_code for probe in probes if probe.state is State.BAD), default=0)


def _python() -> Probe:
    told = f"{pipeline.__version__}, Python {sys.version.split()[0]}"
    return Probe(verbatim("tertib"), State.GOOD, verbatim(told))


def _libraries() -> Probe:
    name = say("Pustaka Python")
    gone = [library for library in LIBRARIES if find_spec(library) is None]
    if not gone:
        return Probe(name, State.GOOD, say("{n} terpasang", n=len(LIBRARIES)))
    error = missing_part(ModuleNotFoundError(name=gone[0]))
    assert error is not None
    return Probe(
        name,
        State.BAD,
        say("tidak terpasang: {names}", names=", ".join(gone)),
        error.message,
        error.exit_code,
    )


def _libreoffice() -> Probe:
    name = verbatim("LibreOffice")
    program = find_soffice()
    if program is None:
        error = missing()
        detail = say("tidak ditemukan; hanya DOCX yang dapat dibuat")
        return Probe(name, State.BAD, detail, error.message, error.exit_code)
    told = version()
    if not told:
        detail = say("{p} ada tetapi tidak menjawab", p=program)
        remedy = say("Pasang ulang LibreOffice Writer.")
        return Probe(name, State.BAD, detail, remedy, 3)
    return Probe(name, State.GOOD, verbatim(f"{told} ({program})"))


def _templates(settings: Settings) -> Iterator[Probe]:
    for name in TEMPLATES:
        label = say("Templat {name}", name=name)
        try:
            path = find_template(name, settings)
        except TertibError as error:
            yield _unusable(label, error)
        else:
            yield _opened(label, path, settings)
    for path in _office_templates(settings):
        yield _opened(say("Templat {name}", name=path.name), path, settings)


def _opened(label: Message, path: Path, settings: Settings) -> Probe:
    try:
        template = Template.load(path)
    except TertibError as error:
        return _unusable(label, error)
    told = settings.relative(path)
    fault = next(template_faults(template.parts), None)
    if fault is not None:
        return Probe(
            label, State.BAD, say("{path}: {fault}", path=told, fault=fault), _SAY_REFUSED, TemplateError.exit_code
        )
    if template.mended:
        mended = joined("; ", template.mended)
        detail = say("{path}; diperbaiki saat dipakai, berkasnya tetap: {mended}", path=told, mended=mended)
        return Probe(label, State.GOOD, detail)
    return Probe(label, State.GOOD, verbatim(told))


_SAY_REFUSED: Final = say("Dokumen dari templat ini akan ditolak. Perbaiki hal itu di Word, lalu periksa lagi.")


def _unusable(label: Message, error: TertibError) -> Probe:
    remedy = error.message
    return Probe(label, State.BAD, say("tidak dapat dipakai"), remedy, error.exit_code)


def _weights(settings: Settings, *, measure: bool) -> Iterator[Probe]:
    """What each template costs LibreOffice; those that cannot be read have been told."""
    from pipeline.run.slim_weight import weighed

    for path in dict.fromkeys(_used_templates(settings)):
        found = weighed(path, measure=measure)
        if found is not None:
            label = say("Berat {path}", path=settings.relative(path))
            state = State.WARNING if found.remedy else State.GOOD
            yield Probe(label, state, found.detail, found.remedy)


def _used_templates(settings: Settings) -> Iterator[Path]:
    for name in TEMPLATES:
        with suppress(TertibError):
            yield find_template(name, settings)
    yield from _office_templates(settings)


def _office_templates(settings: Settings) -> Iterator[Path]:
    """The templates that offices under ``inputs`` have of their own; one with another name would never be used."""
    for folder in sorted(settings.root.glob("inputs/*/templates")):
        yield from (folder / name for name in TEMPLATES if (folder / name).exists())


def _fonts(settings: Settings) -> Iterator[Probe]:
    wanted = sorted({font for path in _found_templates(settings) for font in fonts_of(path)})
    present = {squeezed(name) for name in installed_fonts()}
    for font in wanted:
        label = say("Huruf {font}", font=font)
        names = acceptable(font)
        found = next((name for name in names if squeezed(name) in present), None)
        if found == font:
            yield Probe(label, State.GOOD, say("terpasang"))
        elif found is not None:
            yield Probe(label, State.GOOD, say("digantikan {x} yang sama lebarnya", x=found))
        else:
            yield _no_font(label, names)


def _no_font(label: Message, names: Sequence[str]) -> Probe:
    package = package_of(names)
    remedy = say("Pasang huruf {font}, atau ganti hurufnya di templat.", font=names[0])
    if package:
        remedy = say(
            "Pasang huruf {font} (Debian/Ubuntu: sudo apt-get install {package}).",
            font=names[1] if len(names) > 1 else names[0],
            package=package,
        )
    return Probe(label, State.WARNING, say("tidak terpasang; PDF yang memakainya tidak lolos pemeriksaan"), remedy)


def _validator() -> Probe:
    """The validator of PDF/A and PDF/UA; without it PDFs are made, and their levels told as not checked."""
    label = say("Pemeriksa PDF/A dan PDF/UA")
    if is_trusted():
        return Probe(label, State.GOOD, say("terpasang dan lolos uji"))
    return Probe(
        label,
        State.WARNING,
        say("tidak terpasang atau tidak lolos uji; tingkat PDF tidak diperiksa"),
        say("Pasang ulang tertib dengan semua pustakanya (page-validation 0.11.0)."),
    )


def _output(settings: Settings) -> Probe:
    """Can files be written where the output folder is or would be? Nothing is left behind."""
    label = say("Folder keluaran {x}", x=settings.relative(settings.output))
    folder = next(path for path in (settings.output, *settings.output.parents) if path.exists())
    try:
        probe_folder(folder)
    except OutputError as error:
        detail = say("tidak dapat ditulisi")
        return Probe(label, State.BAD, detail, error.message, error.exit_code)
    return Probe(label, State.GOOD, say("dapat ditulisi"))


def probe_folder(folder: Path) -> None:
    """Raise OutputError unless a file can be made in ``folder``."""
    import tempfile

    from pipeline.run.writing import explain_os_error

    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise explain_os_error(error, folder) from error


def _found_templates(settings: Settings) -> Iterator[Path]:
    for folder in template_folders(settings, None):
        for name in TEMPLATES:
            if (folder / name).is_file():
                yield folder / name
    yield from _office_templates(settings)


def fonts_of(template: Path) -> frozenset[str]:
    """Names of the fonts that a template asks for; none when it cannot be read."""
    try:
        with zipfile.ZipFile(template) as package:
            parts = [package.read(name) for name in package.namelist() if _FONT_PARTS.fullmatch(name)]
    except (OSError, zipfile.BadZipFile):
        return frozenset()
    return frozenset(name.decode(errors="replace") for part in parts for name in _FONT_NAME.findall(part))


def installed_fonts() -> frozenset[str]:
    """Families of the fonts on this machine, in lower case: as fontconfig tells, else by the names of font files."""
    program = shutil.which("fc-list")
    if program is not None:
        done = subprocess.run([program, ":", "family"], capture_output=True, text=True, check=False, timeout=60)
        return frozenset(name.strip().lower() for line in done.stdout.splitlines() for name in line.split(","))
    return frozenset(_by_file())


_FILES: Final = {
    "arial": "arial",
    "calibri": "calibri",
    "cambria": "cambria",
    "times": "times new roman",
    "liberationsans": "liberation sans",
    "liberationserif": "liberation serif",
    "carlito": "carlito",
    "caladea": "caladea",
}


def _by_file() -> Iterator[str]:
    home = Path.home()
    folders = [
        Path("C:/Windows/Fonts"),
        home / "AppData/Local/Microsoft/Windows/Fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        home / "Library/Fonts",
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
    ]
    for folder in folders:
        for path in folder.rglob("*.[to]t[fc]") if folder.is_dir() else ():
            stem = path.stem.lower().split("-")[0].replace(" ", "")
            yield _FILES.get(stem, stem)
