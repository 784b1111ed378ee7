"""Says plainly when LibreOffice is missing: what it converts is then not tested. On CI that is a failure."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from pipeline.convert.libreoffice import find_soffice

# Speed belongs in benchmarks/; a busy machine is no failure.
settings.register_profile("tertib", deadline=None)
settings.load_profile("tertib")
os.environ["TERTIB_CACHE"] = "0"  # results of other runs have no place in a test


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """Needed by every test that converts for real."""
    find_soffice.cache_clear()
    if find_soffice() is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing on CI")
        pytest.skip("LibreOffice is missing here: what it converts is not tested")
