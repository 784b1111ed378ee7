"""Programs that only tests need: a test that lacks one is skipped, and says so; on CI it fails."""

from __future__ import annotations

import os
import shutil
from typing import Final

import pytest

REQUIRED: Final = "TERTIB_CHECKERS"
"""Variable that makes a missing program a failure ("wajib"); ``make checkers`` installs them."""


def need(program: str) -> str:
    """The path of ``program`` ("java", "softhsm2-util"). Skips the test, or fails it where the program is required."""
    found = shutil.which(program)
    if found is not None:
        return found
    reason = f"{program} is missing: what it checks is not tested (make checkers installs it)"
    if os.environ.get(REQUIRED):
        pytest.fail(reason)
    pytest.skip(reason)
