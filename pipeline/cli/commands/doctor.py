"""``tertib doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, settings_of
from pipeline.model.message import Lang, say

if TYPE_CHECKING:
    from pipeline.run.doctor import Probe

_SHORT = say("Periksa apakah semua yang diperlukan ada.")
_HELP = say(
    "Memeriksa Python, LibreOffice, templat, huruf, dan folder keluaran, dan memberi tahu "
    "apa yang harus dilakukan bila ada yang kurang.\n\nTemplat yang memperlambat LibreOffice disebut beserta "
    "sebabnya dan perkiraan waktunya; --measure mengukurnya."
)
_MEASURE = say("Ukur dengan LibreOffice waktu tiap dokumen dari templat yang berat, sebelum dan sesudah dirampingkan.")
_MARKS = {
    "good": (say("baik"), "32"),
    "warning": (say("perhatian"), "33"),
    "bad": (say("kurang"), "31"),
}
_READY = say("Semua siap.")
_NOT_READY = say("Ada yang perlu dibereskan; lihat di atas.")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import colored, write
        from pipeline.run.doctor import examine, exit_code

        looks = looks_of(values, lang)
        probes = examine(settings_of(values, lang), measure=bool(values.get("measure")))
        code = exit_code(probes)
        rows = [_row(probe, lang, color=looks.color and colored()) for probe in probes]
        rows.append((_NOT_READY if any(probe.remedy for probe in probes) else _READY).text(lang))
        write("\n".join(rows) + "\n")
        return code

    shared = options(lang, "output", "templates")
    params = [*shared[:2], click.Option(["--measure"], is_flag=True, help=_MEASURE.text(lang)), *shared[2:]]
    return Command("doctor", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _row(probe: Probe, lang: Lang, *, color: bool) -> str:
    word, style = _MARKS[probe.state.value]
    mark = f"{word.text(lang):<10}"
    if color:
        mark = f"\x1b[{style}m{mark}\x1b[0m"
    row = f"{mark}{probe.name.text(lang)}: {probe.detail.text(lang)}"
    return f"{row}\n{'':<10}{probe.remedy.text(lang)}" if probe.remedy else row
