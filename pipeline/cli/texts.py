"""Brings the translations up to date: ``python -m pipeline.cli.texts``.

The texts are read out of the program: every ``say("...")``, and the explanations and sources of the rules. New ones
are added to ``data/locale/LANG/LC_MESSAGES/tertib.po`` untranslated, those that are gone are dropped, and the
compiled catalogue (``.mo``), which the program reads, is written beside it.
"""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

import pipeline
from pipeline.model.message import DOMAIN, LANGUAGES, LOCALE, Lang
from pipeline.rules.docs import sections

_ROOT: Final = Path(__file__).resolve().parents[2]
_RULE: Final = re.compile(r"[a-z]{3}_\d{2}_\w+\.py")
_SOURCED: Final = frozenset(("Rule", "RecessRule", "Entry", "Hit", "Finding"))
_WIDTH: Final = 110
_NOT_OURS: Final = tuple(
    f'"{name}: '.encode() for name in ("Report-Msgid-Bugs-To", "Last-Translator", "Language-Team", "Generated-By")
)
"""Headers that Babel fills with stand-ins, or with its own version."""
TRANSLATED: Final = tuple(lang for lang in LANGUAGES if lang != "id")


def po_path(lang: Lang) -> Path:
    """The catalogue that people edit."""
    return LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_path(lang: Lang) -> Path:
    """The catalogue that the program reads."""
    return po_path(lang).with_suffix(".mo")


Text = tuple[str, str]
"""A text of the program: its context, "" for most, and the text itself."""


def extract(root: Path = _ROOT) -> dict[Text, list[str]]:
    """Every text of the program with the files that say it (relative to ``root``), in the order of the files.

    Raises ValueError for a ``say`` whose text is not written out, since no catalogue could know it.
    """
    found: dict[Text, list[str]] = {}
    for path in sorted((root / "pipeline").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in (*_said(tree, name), *_sources(tree), *(_explained(tree) if _RULE.fullmatch(path.name) else ())):
            places = found.setdefault(text, [])
            if name not in places:
                places.append(name)
    return found


def _said(tree: ast.Module, name: str) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "say":
            continue
        contexts = [keyword.value for keyword in node.keywords if keyword.arg == "context"]
        match node.args, contexts:
            case [ast.Constant(value=str(text))], []:
                yield "", text
            case [ast.Constant(value=str(text))], [ast.Constant(value=str(context))]:
                yield context, text
            case _:
                raise ValueError(f"{name}:{node.lineno}: the text of say() is not written out")


def _sources(tree: ast.Module) -> Iterator[Text]:
    """The articles and conventions behind rules and findings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SOURCED:
            for keyword in node.keywords:
                if keyword.arg == "source" and isinstance(keyword.value, ast.Constant) and keyword.value.value:
                    yield "", str(keyword.value.value)


def _explained(tree: ast.Module) -> Iterator[Text]:
    """The explanation of a rule, by its headings."""
    yield from (("", text) for text in sections(ast.get_docstring(tree) or "").values())


def read(path: Path) -> Catalog:
    """The catalogue at ``path``."""
    with path.open("rb") as stream:
        return pofile.read_po(stream, domain=DOMAIN)


def updated(catalogue: Catalog, texts: dict[Text, list[str]]) -> Catalog:
    """A catalogue of exactly ``texts``, with the translations that ``catalogue`` has for them."""
    new = Catalog(
        locale=catalogue.locale,
        domain=DOMAIN,
        project="tertib",
        version=pipeline.__version__,
        fuzzy=False,
        creation_date=catalogue.creation_date,
        revision_date=catalogue.revision_date,
        header_comment="# Translations of tertib; the msgids are the Indonesian texts of the program.",
    )
    for (context, text), places in texts.items():
        known = catalogue.get(text, context or None)
        string = known.string if known is not None else ""
        new.add(text, string, locations=[(place, 0) for place in places], context=context or None)
    return new


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it."""
    stream = io.BytesIO()
    pofile.write_po(stream, catalogue, width=_WIDTH, include_lineno=False)
    lines = stream.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_NOT_OURS))


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    stream = io.BytesIO()
    mofile.write_mo(stream, catalogue)
    return stream.getvalue()


def fields(text: str) -> frozenset[str]:
    """Names of the ``{name}`` places of ``text``; empty for a text whose braces mean nothing."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
    except ValueError:
        return frozenset()


def update() -> list[str]:
    """Write all catalogues; the texts that have no translation yet."""
    texts = extract()
    lacking: list[str] = []
    for lang in TRANSLATED:
        catalogue = updated(read(po_path(lang)), texts)
        po_path(lang).write_bytes(as_po(catalogue))
        mo_path(lang).write_bytes(as_mo(catalogue))
        lacking += [str(message.id) for message in catalogue if message.id and not message.string]
    return lacking


if __name__ == "__main__":
    for missing in update():
        print(f"not translated yet: {missing}")
