"""The generated pages are those of the program as it is; the command page keeps the promises of the specification."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.app import EXIT_CODES
from pipeline.cli.docs import RULE_PAGES, cli_page
from pipeline.model.message import Lang
from pipeline.rules.docs import rules_page
from pipeline.run.catalogue import others

DOCS = Path(__file__).parents[2] / "docs"


def test_command_page_is_current() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == cli_page(), "run: python -m pipeline.cli.docs"


@pytest.mark.parametrize("lang", RULE_PAGES)
def test_rule_pages_are_current(lang: Lang) -> None:
    page = (DOCS / RULE_PAGES[lang]).read_text(encoding="utf-8")
    assert page == rules_page(lang, others()), "run: python -m pipeline.cli.docs"


def test_exit_codes_are_those_promised() -> None:
    assert [code for code, _ in EXIT_CODES] == [0, 1, 2, 3, 4, 5, 130]
