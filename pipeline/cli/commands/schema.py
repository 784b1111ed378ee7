"""``tertib schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import ANY_PATH, options
from pipeline.errors import UsageError
from pipeline.model.message import Lang, say

_SHORT = say("JSON Schema berkas masukan, untuk penyunting teks.")
_HELP = say(
    "Mencetak JSON Schema satu jenis berkas masukan; penyunting teks memakainya untuk melengkapi kunci dan menandai "
    "yang salah.\n\n"
    "KIND adalah jenisnya, misalnya sop. Tanpa KIND: daftar semua jenis.\n\n"
    "tertib schema --output inputs/.skema menulis semuanya ke folder yang dirujuk baris pertama setiap contoh; ulangi "
    "sesudah tertib diperbarui."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(kinds: tuple[str, ...], output: Path | None, **_: Any) -> int:
        from pipeline.cli.output import write
        from pipeline.run.schema import KINDS, about, schema_text, write_schemas

        unknown = next((kind for kind in kinds if kind not in KINDS), None)
        if unknown is not None:
            raise _no_kind(unknown, KINDS)
        if output is not None:
            write("".join(f"{path.as_posix()}\n" for path in write_schemas(output, kinds or KINDS, lang)))
        elif not kinds:
            write("".join(f"{kind:<12}{about(kind).text(lang)}\n" for kind in KINDS))
        elif len(kinds) == 1:
            write(schema_text(kinds[0], lang))
        else:
            every = {kind: json.loads(schema_text(kind, lang)) for kind in kinds}
            write(json.dumps(every, ensure_ascii=False, indent=2) + "\n")
        return 0

    folder = say("Tulis sebagai berkas ke folder ini.")
    params: list[click.Parameter] = [
        click.Argument(["kinds"], nargs=-1, metavar=f"[{say('JENIS').text(lang)}]..."),
        click.Option(["-o", "--output"], type=ANY_PATH, metavar="FOLDER", help=folder.text(lang)),
        *options(lang),
    ]
    return Command("schema", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _no_kind(kind: str, kinds: tuple[str, ...]) -> UsageError:
    import difflib  # for a misspelled kind only

    near = difflib.get_close_matches(kind.lower(), kinds, n=1)
    if near:
        return UsageError(say("Jenis {kind} tidak ada. Maksud Anda {near}?", kind=kind, near=near[0]))
    return UsageError(say("Jenis {kind} tidak ada. Pilihannya: {kinds}.", kind=kind, kinds=", ".join(kinds)))
