"""``tertib sign``."""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path
from typing import Any, Final

import click

from pipeline.cli.base import Command
from pipeline.cli.options import ANY_PATH, looks_of, options, paths, settings_of, word
from pipeline.errors import UsageError
from pipeline.model.message import Lang, say

_SHORT = say("Tanda tangani PDF dengan kunci sendiri (PKCS#12 atau token).")
_HELP = say(
    "Menandatangani PDF di isian yang sudah disiapkan (PAdES) dengan kunci kantor sendiri. Tanda tangan "
    "resmi pejabat tetap dari layanan tanda tangan elektronik nasional.\n\nHasilnya ditulis ke folder ttd di "
    "samping PDF-nya, sesudah diperiksa; berkas yang sudah ada tidak ditimpa. Kata sandi diminta tanpa "
    "ditampilkan, atau diambil dari --passfile atau dari TERTIB_SANDI; satu kata sandi untuk semua "
    "berkas.\n\ntertib sign --key kunci.p12 outputs/KANTOR/sop/NAMA.pdf"
)
PASSPHRASE: Final = "TERTIB_SANDI"
"""The environment variable that holds the passphrase or PIN."""
_LONGEST = 1024


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        import datetime as dt

        from pipeline.cli.output import perform
        from pipeline.run.sign import Request, level_of, sign

        request = Request(
            now=dt.datetime.now().astimezone(),
            key=values["key"],
            library=values["pkcs11"],
            token=values["token"] or "",
            certificate=values["cert"] or "",
            field=values["field"] or "",
            level=values["level"] or "",
            tsa=values["tsa"] or "",
            to=_folder(values["to"]),
            passphrase="",
        )
        level_of(request)  # before anybody types a passphrase
        secret = _passphrase(values["passfile"], lang, token=request.library is not None) if _has_key(request) else ""
        whole = dataclasses.replace(request, passphrase=secret)
        return perform(
            lambda settings, listener: sign(whole, settings, listener),
            settings_of(values, lang),
            looks_of(values, lang),
        )

    params = [paths(required=True, metavar="PDF"), *_own(lang), *options(lang, "format")]
    return Command("sign", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _own(lang: Lang) -> list[click.Parameter]:
    file, address = say("BERKAS").text(lang), say("ALAMAT").text(lang)
    rows: list[tuple[str, Any, str, Any]] = [
        ("--key", say("Berkas kunci PKCS#12 (.p12 atau .pfx)."), file, ANY_PATH),
        ("--pkcs11", say("Pustaka PKCS#11 dari pembuat kartu atau token."), say("PUSTAKA").text(lang), ANY_PATH),
        ("--token", say("Label token, bila terpasang lebih dari satu."), "LABEL", str),
        ("--cert", say("Label sertifikat di token, bila ada lebih dari satu."), "LABEL", str),
        ("--field", say("Isian yang ditandatangani (bawaan: satu-satunya yang masih kosong)."), "NAMA", str),
        (
            "--level",
            say("Tingkat PAdES: b-b, b-t (dengan stempel waktu), b-lt (juga bukti pencabutan) (bawaan: b-b)."),
            "b-b|b-t|b-lt",
            word(lang, "b-b", "b-t", "b-lt"),
        ),
        ("--tsa", say("Alamat layanan stempel waktu (RFC 3161)."), address, str),
        ("--to", say("Folder hasil (bawaan: folder ttd di samping PDF-nya)."), "FOLDER", ANY_PATH),
        ("--passfile", say("Berkas yang baris pertamanya kata sandi atau PIN."), file, ANY_PATH),
    ]
    return [
        click.Option([name], help=text.text(lang), metavar=metavar, type=kind, default=None)
        for name, text, metavar, kind in rows
    ]


def _folder(given: Path | None) -> Path | None:
    return None if given is None else Path.cwd() / given


def _has_key(request: Any) -> bool:
    return (request.key is None) != (request.library is None)


def _passphrase(file: Path | None, lang: Lang, *, token: bool) -> str:
    """The passphrase or PIN: from a file, from the environment, or typed unseen. Raises UsageError."""
    if file is not None:
        return _first_line(file)
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            say(
                "Kata sandi belum diberikan dan tidak dapat ditanyakan di sini. Tulis di baris pertama sebuah berkas "
                "dan sebutkan dengan --passfile, atau isi {name}.",
                name=PASSPHRASE,
            )
        )
    asked = say("PIN token") if token else say("Kata sandi kunci")
    typed: str = click.prompt(asked.text(lang), hide_input=True, default="", show_default=False, err=True)
    return typed


def _first_line(file: Path) -> str:
    from pipeline.model.reasons import why

    try:
        with file.open(encoding="utf-8") as lines:
            return lines.readline(_LONGEST).rstrip("\r\n")
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else say("bukan teks UTF-8")
        raise UsageError(
            say("--passfile {file} tidak dapat dibaca ({why}). Periksa nama dan letaknya.", file=file, why=reason)
        ) from error
