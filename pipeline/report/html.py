"""The report as one HTML file that opens without a network and prints well: ``temuan.html``."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model.dates import long_date
from pipeline.model.finding import Severity
from pipeline.model.message import Lang
from pipeline.model.result import RunResult
from pipeline.report import html_conformity, html_parts
from pipeline.report.html_parts import RuleText
from pipeline.report.places import SEVERITY, Lines
from pipeline.report.words import WORDS
from pipeline.resources import data_file

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

__all__ = ["RuleText", "render"]


def render(
    result: RunResult,
    *,
    lang: Lang,
    today: dt.date,
    version: str,
    base: str = "",
    lines: Lines | None = None,
    rules: Sequence[RuleText] = (),
) -> str:
    """The page. ``base`` is the folder of the page as outputs are told ("outputs"), so that it can link to them.

    ``rules`` are all that can check anything: the page explains those it has findings of.
    """
    words = _words(lang)
    groups = html_parts.groups(result, lang, lines or {}, words)
    offices = html_parts.offices(result, groups, base, lang, words)
    return _template().render(
        lang=lang,
        words=words,
        style=_asset("temuan.css"),
        script=_asset("temuan.js"),
        style_hash=_hash(_asset("temuan.css")),
        script_hash=_hash(_asset("temuan.js")),
        today=long_date(today) if lang == "id" else today.isoformat(),
        version=version,
        documents=len(result.documents),
        offices=offices,
        conversions=html_parts.conversions(result, lang),
        conformity=html_conformity.tables(result, offices, frozenset(rule.code for rule in rules), words),
        groups=groups,
        rules=html_parts.explained(result, rules, lang),
        families=html_parts.families(result, rules, lang),
        counts={severity.value: result.count(severity) for severity in Severity},
        severities=[(severity.value, SEVERITY[severity].text(lang)) for severity in Severity],
        blocking=sum(1 for finding in result.findings if finding.blocks),
        failures=[(failure.document, failure.message.text(lang)) for failure in result.failures],
        notes=[note.text(lang) for note in result.notes],
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["code"] = _code
    return environment.from_string(data_file("temuan.html.j2").read_text(encoding="utf-8"))


@cache
def _asset(name: str) -> Markup:
    """Our own style or script, put in as it is; only what comes from inputs is escaped."""
    from markupsafe import Markup

    return Markup(data_file(name).read_text(encoding="utf-8"))


def _hash(text: str) -> str:
    """The hash by which the page's policy allows exactly this style or script and no other (CSP level 2)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


_CODE = re.compile("`([^`]+)`")


def _code(text: str) -> Markup:
    """``text`` escaped, with what stands between backticks as code."""
    from markupsafe import Markup, escape

    escaped = str(escape(text))
    return Markup(_CODE.sub(r"<code>\1</code>", escaped) if "`" in escaped else escaped)


def _words(lang: Lang) -> dict[str, str]:
    return {key: word.text(lang) for key, word in WORDS.items()}
