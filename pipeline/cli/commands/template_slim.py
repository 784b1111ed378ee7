"""``tertib template slim``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import ANY_PATH, looks_of, options, settings_of
from pipeline.model.message import Lang, Message, joined, say

if TYPE_CHECKING:
    from pipeline.run.settings import Settings
    from pipeline.run.slim import Lean

_FILE = say("BERKAS")
_SHORT = say("Ringankan templat bagi LibreOffice, cetakannya tetap sama.")
_HELP = say(
    "Mengeluarkan dari templat apa yang memperlambat LibreOffice dan tidak tampak: gaya dan penomoran yang tidak "
    "dipakai, tanda penyuntingan, bagian yang tidak berguna bagi cetakan; garis tabel dinyatakan langsung, bukan lewat "
    "gaya tabel.\n\nSebelum diganti, templat itu sendiri dan dokumen contoh dicetak sebelum dan sesudahnya dan "
    "dibandingkan titik demi titik. Bila satu titik saja berbeda, berkasnya tidak diubah. Berkas lama disimpan di "
    "sampingnya: sop.docx menjadi sop.asli.docx."
)
_OUTPUT = say("Tulis hasilnya ke berkas ini; templatnya sendiri tidak diubah.")
_PRINTING = say("Mencetak templat dan dokumen contoh, sebelum dan sesudah dirampingkan ...")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(file: Path, **values: Any) -> int:
        from pipeline.cli.output import tell, write
        from pipeline.run.slim import slim_template

        looks, settings = looks_of(values, lang), settings_of({**values, "output": None}, lang)
        output = values["output"]

        def begun() -> None:
            if not looks.quiet:
                tell(_PRINTING.text(lang))

        target = settings.root / output if output else None
        lean = slim_template(settings.root / file, target, jobs=settings.jobs, begun=begun)
        write("".join(f"{line.text(lang)}\n" for line in _told(settings.root / file, lean, settings)))
        return 0

    metavar = _FILE.text(lang)
    params = [
        click.Argument(["file"], type=ANY_PATH, metavar=metavar),
        click.Option(["-o", "--output"], type=ANY_PATH, default=None, metavar=metavar, help=_OUTPUT.text(lang)),
        *options(lang, "jobs"),
    ]
    return Command("slim", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _told(path: Path, lean: Lean, settings: Settings) -> Iterator[Message]:
    name = settings.relative(path)
    if not lean.done:
        yield say("{path}: sudah ringan, tidak ada yang perlu dikerjakan.", path=name)
        if lean.written is not None:
            yield say("Salinannya: {path}", path=settings.relative(lean.written))
    else:
        yield say("{path}: {before} KB menjadi {after} KB", path=name, before=_kb(lean.before), after=_kb(lean.after))
        yield from (say("  keluar: {what}", what=what) for what in lean.done)
        yield say(
            "Dibandingkan sebelum dan sesudah: {what}. Semuanya {n} halaman; tidak satu titik pun berubah.",
            what=joined("; ", lean.compared),
            n=lean.pages,
        )
    yield from (say("  tidak dikerjakan karena akan mengubah cetakan: {what}", what=what) for what in lean.held)
    yield from (say("  tetap: {what}", what=what) for what in lean.kept)
    if lean.original is not None:
        yield say("Berkas lama disimpan: {path}", path=settings.relative(lean.original))
    if lean.done and lean.written is not None and lean.original is None:
        yield say("Hasilnya: {path}; berkas lama tidak diubah.", path=settings.relative(lean.written))


def _kb(size: int) -> float:
    return round(size / 1024, 1)
