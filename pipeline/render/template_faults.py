"""What is wrong with a template, told to the person who edits it in Word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import TemplateSyntaxError, UndefinedError

from pipeline.errors import TemplateError
from pipeline.model.message import NOTHING, Message, say
from pipeline.resources import here


def corrupt(path: Path, cause: Message | None = None) -> TemplateError:
    """The file is no template at all; ``cause`` says what is wrong with it, where that is known."""
    because = say(" ({cause})", cause=cause) if cause else NOTHING
    return TemplateError(
        say(
            "Templat {path} rusak atau bukan dokumen Word .docx{because}. Buka di Word, simpan ulang "
            "sebagai .docx, atau ambil kembali templat bawaan.",
            path=here(path),
            because=because,
        )
    )


def syntax_error(path: Path, source: str, error: TemplateSyntaxError) -> TemplateError:
    """A tag that does not parse, with the text of its paragraph."""
    line = source.split("\n")[max(error.lineno - 1, 0)] if error.lineno else ""
    near = re.sub(r"<[^>]+>", "", line).strip()[:80]
    return TemplateError(
        say(
            "{path}: tanda templat salah tulis di dekat “{near}”: {syntax_cause}. Periksa pasangan "
            "{{{{ }}}} dan {{% %}} serta {{% endfor %}}/{{% endif %}}.",
            path=path.name,
            near=near,
            syntax_cause=_syntax_cause(error.message or ""),
        )
    )


_SYNTAX_CAUSES: tuple[tuple[str, Callable[[str], Message]], ...] = (
    (
        r"innermost block that needs to be closed is '(\w+)'",
        lambda w: say("{{% {w} %}} tidak ditutup dengan {{% end{w} %}}", w=w),
    ),
    (
        r"unknown tag 'end(\w+)'",
        lambda w: say("{{% end{w} %}} tanpa {{% {w} %}} di depannya", w=w),
    ),
    (
        r"unknown tag '(\w+)'",
        lambda w: say("tanda {{% {w} %}} tidak dikenal", w=w),
    ),
    (r"No filter named '(\w+)'", lambda w: say("“| {w}” tidak dikenal", w=w)),
    (r"No test named '(\w+)'", lambda w: say("“is {w}” tidak dikenal", w=w)),
    (
        r"end of print statement', got '(.+?)'",
        lambda w: say("isi {{{{ }}}} tidak dapat dibaca sesudah “{w}”", w=w),
    ),
    (
        r"(Expected an expression, got)",
        lambda _: say("isi di antara tanda kurung kurawal kosong atau tidak lengkap"),
    ),
    (
        r"unexpected char '(.+?)'",
        lambda w: say("huruf “{w}” tidak boleh ada di dalam tanda", w=w),
    ),
    (r"unexpected '(.+?)'", lambda w: say("“{w}” tidak pada tempatnya", w=w)),
    (r"got '(.+?)'", lambda w: say("“{w}” tidak pada tempatnya", w=w)),
)


def _syntax_cause(message: str) -> Message:
    """What Jinja says of a tag, in words of people; its own text is kept as the cause for ``--verbose``."""
    for pattern, words in _SYNTAX_CAUSES:
        found = re.search(pattern, message)
        if found:
            return words(found[1])
    return say("tanda itu tidak dapat dibaca")


def unknown_variable(path: Path, name: str, keys: frozenset[str]) -> TemplateError:
    """A name that is none of ``keys``, with the nearest of them."""
    near = difflib.get_close_matches(name, sorted(keys), n=1)
    hint = say(" Maksud Anda “{near}”?", near=near[0]) if near else NOTHING
    return TemplateError(
        say(
            "{path}: templat meminta “{name}”, yang tidak ada.{hint} Perbaiki nama itu di Word. Yang tersedia: {keys}.",
            path=path.name,
            name=name,
            hint=hint,
            keys=", ".join(sorted(keys)),
        )
    )


def _named(message: str) -> str:
    """The name that Jinja misses, in brackets: the last one its message quotes."""
    names = re.findall(r"'([^']+)'", message)
    return f" (“{names[-1]}”)" if names else ""


def unknown_value(path: Path, error: UndefinedError) -> TemplateError:
    """The context has a variable of that name, but not what the tag wants of it."""
    return TemplateError(
        say(
            "{name}: templat meminta nilai yang tidak ada{message}. Perbaiki nama di dalam tanda "
            "{{{{ }}}} pada templat; nama yang tersedia ada di docs/templates.md.",
            name=path.name,
            message=_named(error.message or ""),
        )
    )


def not_computable(path: Path) -> TemplateError:
    """A tag that parses, but fails with the values it gets."""
    return TemplateError(
        say(
            "{name}: satu tanda pada templat tidak dapat dihitung. Periksa tanda {{{{ }}}} dan {{% "
            "%}} yang baru disunting; rinciannya dengan --verbose.",
            name=path.name,
        )
    )


def broken_result(path: Path, part: str) -> TemplateError:
    """What came out is no XML: tags that open in one place and close in another."""
    return TemplateError(
        say(
            "{name}: hasil isian templat rusak pada bagian {name2}. Biasanya tanda {{%p %}}, {{%tr "
            "%}}, atau {{%tc %}} tidak berpasangan di tempat yang sama.",
            name=path.name,
            name2=part,
        )
    )
