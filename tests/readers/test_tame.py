"""Patterns that are quick on every number, and patterns that may never end."""

from __future__ import annotations

import pytest

from pipeline.readers.tame import is_tame


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        r"(?P<klasifikasi>000\.8\.3\.3)/(?P<urut>\d{3})/(?P<tahun>\d{4})",
        r"(?P<klasifikasi>[\d.]+)/(?P<urut>\d+)/(?P<tahun>\d{4})",
        r"(?:800|900)/[(*+]+/\(\d+\)/.*",
        r"(?P<urut>\d+)(?:/[A-Z]+)?/(?:SET|UMUM){1,2}",
        r"(?i:[^]x+])*a?",
        r"(\d{1,3}){2,4}",
    ],
)
def test_tame(pattern: str) -> None:
    assert is_tame(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(?:a*)*",
        "(a|a)*",
        "(a|ab)+x",
        "((a)+)+",
        "((a+)b?){2,}",
        r"(?P<urut>(?:\d+)?)*",
        "(?:(?:(?:x|y)))+",
        "(.*)+?",
        ".*" * 7,
        "(?=(a+))*",
    ],
)
def test_wild(pattern: str) -> None:
    assert not is_tame(pattern)
