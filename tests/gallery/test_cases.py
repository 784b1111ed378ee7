"""Every case of the gallery is read and drawn, no worse than when someone last looked at its pages.

``expected.yaml`` holds the pages and the most crossings of each. After a change for the better, or a new case, run
``python -m tests.gallery --expected``, look at the pages (``make gallery``), and read the difference.
"""

from __future__ import annotations

import pytest

from pipeline.run.document import render_sop
from tests.gallery.cases import NEVER, Case, all_cases, expected, template

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    item = case.read()
    faults = [f"{f.code} {f.place}: {f.message.id}" for f in item.findings if f.code.startswith("MSK")]
    assert not faults
    assert case.about, "a comment at the head of the file says what the case is there for"
    wanted = expected().get(case.id)
    assert wanted is not None, "not in expected.yaml: run python -m tests.gallery --expected and look at its pages"
    drawn = render_sop(template(), item)
    fatal = [finding.message.id for finding in drawn.findings if finding.blocks]
    assert bool(fatal) == wanted.get("fatal", False), fatal
    if fatal:
        return
    assert {key: drawn.layout[key] for key in NEVER} == dict.fromkeys(NEVER, 0)
    assert drawn.layout["pages"] == wanted["pages"]
    assert drawn.layout["crossings"] <= wanted["crossings"]


def test_nothing_is_expected_of_a_case_that_is_gone() -> None:
    assert set(expected()) <= {case.id for case in CASES}


def test_no_two_cases_share_a_name() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
