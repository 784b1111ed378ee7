"""``tertib doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, settings_of
from pipeline.model.message import Lang, say

if TYPE_CHECKING:
    from pipeline.run.doctor import Probe

_SHORT = say(id="Periksa apakah semua yang diperlukan ada.", en="Is everything here that is needed?")
_HELP = say(
    id=(
        "Memeriksa Python, LibreOffice, templat, huruf, dan folder keluaran, dan memberi tahu "
        "apa yang harus dilakukan bila ada yang kurang."
    ),
    en=(
        "Looks at Python, LibreOffice, templates, fonts and the output folder, and says what to "
        "do where something is missing."
    ),
)
_MARKS = {
    "good": (say(id="baik", en="good"), "32"),
    "warning": (say(id="perhatian", en="look"), "33"),
    "bad": (say(id="kurang", en="bad"), "31"),
}
_READY = say(id="Semua siap.", en="Everything is ready.")
_NOT_READY = say(id="Ada yang perlu dibereskan; lihat di atas.", en="Something needs doing; see above.")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import colored, write
        from pipeline.run.doctor import examine, exit_code

        looks = looks_of(values, lang)
        probes = examine(settings_of(values, lang))
        code = exit_code(probes)
        rows = [_row(probe, lang, color=looks.color and colored()) for probe in probes]
        rows.append((_NOT_READY if any(probe.remedy for probe in probes) else _READY).text(lang))
        write("\n".join(rows) + "\n")
        return code

    params = options(lang, "output", "templates")
    return Command("doctor", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _row(probe: Probe, lang: Lang, *, color: bool) -> str:
    word, style = _MARKS[probe.state.value]
    mark = f"{word.text(lang):<10}"
    if color:
        mark = f"\x1b[{style}m{mark}\x1b[0m"
    row = f"{mark}{probe.name.text(lang)}: {probe.detail.text(lang)}"
    return f"{row}\n{'':<10}{probe.remedy.text(lang)}" if probe.remedy else row
