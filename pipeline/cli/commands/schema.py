"""``tertib schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import options
from pipeline.errors import UsageError
from pipeline.model.message import Lang, say

_SHORT = say(id="JSON Schema berkas masukan, untuk penyunting teks.", en="JSON Schema of the input files, for editors.")
_HELP = say(
    id="Mencetak JSON Schema satu jenis berkas masukan; penyunting teks memakainya untuk melengkapi kunci dan menandai "
    "yang salah.\n\n"
    "KIND adalah jenisnya, misalnya sop. Tanpa KIND: daftar semua jenis.\n\n"
    "tertib schema --output inputs/.skema menulis semuanya ke folder yang dirujuk baris pertama setiap contoh; ulangi "
    "sesudah tertib diperbarui.",
    en="Prints the JSON Schema of one kind of input file; editors complete keys and mark faults with it.\n\n"
    "KIND is the kind, such as sop. Without KIND: the list of all kinds.\n\n"
    "tertib schema --output inputs/.skema writes all of them to the folder that the first line of every example names; "
    "do it again after an update of tertib.",
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

    folder = say(id="Tulis sebagai berkas ke folder ini.", en="Write them as files into this folder.")
    params: list[click.Parameter] = [
        click.Argument(["kinds"], nargs=-1, metavar="[KIND]..."),
        click.Option(["-o", "--output"], type=click.Path(path_type=Path), metavar="FOLDER", help=folder.text(lang)),
        *options(lang),
    ]
    return Command("schema", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _no_kind(kind: str, kinds: tuple[str, ...]) -> UsageError:
    import difflib  # for a misspelled kind only

    near = difflib.get_close_matches(kind.lower(), kinds, n=1)
    if near:
        return UsageError(
            say(
                id="Jenis {kind} tidak ada. Maksud Anda {near}?",
                en="There is no kind {kind}. Did you mean {near}?",
                kind=kind,
                near=near[0],
            )
        )
    return UsageError(
        say(
            id="Jenis {kind} tidak ada. Pilihannya: {kinds}.",
            en="There is no kind {kind}. Choose from: {kinds}.",
            kind=kind,
            kinds=", ".join(kinds),
        )
    )
