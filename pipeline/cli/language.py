"""Which language to speak: ``--lang``, else the locale; Indonesian unless the locale says English."""

from __future__ import annotations

import locale
import sys
from collections.abc import Mapping, Sequence

from pipeline.model.message import Lang


def choose(args: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language for this command line. It has to be known before the commands, whose help texts are in it."""
    for before, word in zip(("", *args), args, strict=False):
        if word == "--":
            break
        stated = word.removeprefix("--lang=") if word.startswith("--lang=") else word if before == "--lang" else ""
        if stated == "id":
            return "id"
        if stated == "en":
            return "en"
    return _of_locale(environment)


def _of_locale(environment: Mapping[str, str]) -> Lang:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name)
        if value:
            return "en" if value.lower().startswith("en") else "id"
    if sys.platform == "win32":
        return "en" if (locale.getlocale()[0] or "").lower().startswith("en") else "id"
    return "id"
