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
                "{n} pelaksana tidak muat: halaman ini memuat paling banyak {most} kolom pelaksana ({least} mm).",
                n=len(sheet.actors),
                most=most,
                least=least // MM,
            ),
            say("Gabungkan pelaksana yang tugasnya sama, atau pecah SOP menjadi beberapa SOP yang saling terkait."),
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
                "Nama pelaksana “{name}” terpenggal di tengah kata: kolomnya hanya {width} mm.",
                name=name,
                width=width // MM,
            ),
            say("Pakai sebutan atau singkatan jabatan yang kata-katanya lebih pendek."),
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
            say("Huruf “{family}” pada templat tidak terpasang; ukuran teks hanya perkiraan.", family=family),
            say("Pasang huruf itu, atau pakai Arial, Calibri, Cambria, atau Times New Roman pada templat."),
        )
        for family in sorted(families)
    ]
