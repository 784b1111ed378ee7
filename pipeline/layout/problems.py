"""What is wrong with the table of a flowchart before anything is drawn: too many actors, broken names, no font."""

from __future__ import annotations

from pipeline.layout.cells import actor_area, font_of, name_width
from pipeline.layout.sheet import Sheet
from pipeline.layout.table import actors_room
from pipeline.model.form import MM, Form
from pipeline.model.message import say
from pipeline.model.plan import Problem


def table_problems(sheet: Sheet, widths: tuple[int, ...]) -> list[Problem]:
    """Everything about the table whose columns have these ``widths``; fatal when no readable page can be made of it."""
    return [*_crowded(sheet), *_broken_names(sheet, widths), *_unknown_fonts(sheet.form)]


def _crowded(sheet: Sheet) -> list[Problem]:
    most, least = actors_room(sheet)
    if len(sheet.actors) <= most:
        return []
    return [
        Problem(
            ("pelaksana",),
            say(
                id="{n} pelaksana tidak muat: halaman ini memuat paling banyak {most} kolom pelaksana ({least} mm).",
                en="{n} actors do not fit: this page holds at most {most} actor columns ({least} mm each).",
                n=len(sheet.actors),
                most=most,
                least=least // MM,
            ),
            say(
                id="Gabungkan pelaksana yang tugasnya sama, atau pecah SOP menjadi beberapa SOP yang saling terkait.",
                en="Join actors with the same task, or split the SOP into several that refer to each other.",
            ),
            fatal=True,
        )
    ]


def _broken_names(sheet: Sheet, widths: tuple[int, ...]) -> list[Problem]:
    """Names with a word that is wider than its column: it is broken between two letters, without a hyphen."""
    if len(sheet.actors) > actors_room(sheet)[0]:
        return []
    _, columns = actor_area(sheet.form, widths, len(sheet.actors))
    return [
        Problem(
            ("pelaksana", index),
            say(
                id="Nama pelaksana “{name}” terpenggal di tengah kata: kolomnya hanya {width} mm.",
                en="The actor's name “{name}” is broken within a word: its column is only {width} mm wide.",
                name=name,
                width=width // MM,
            ),
            say(
                id="Pakai sebutan atau singkatan jabatan yang kata-katanya lebih pendek.",
                en="Use a title or an abbreviation with shorter words.",
            ),
        )
        for index, (name, width) in enumerate(zip(sheet.actors, columns, strict=True))
        if name_width(name, sheet.form) > width
    ]


def _unknown_fonts(form: Form) -> list[Problem]:
    styles = {*(column.style for column in form.columns), *(cell.style for row in form.header for cell in row)}
    families = {style.family for style in styles if not font_of(style).known}
    return [
        Problem(
            (),
            say(
                id="Huruf “{family}” pada templat tidak terpasang; ukuran teks hanya perkiraan.",
                en="The template's font “{family}” is not installed; text sizes are estimates.",
                family=family,
            ),
            say(
                id="Pasang huruf itu, atau pakai Arial, Calibri, Cambria, atau Times New Roman pada templat.",
                en="Install the font, or use Arial, Calibri, Cambria or Times New Roman in the template.",
            ),
        )
        for family in sorted(families)
    ]
