"""Says plainly when LibreOffice is missing: what it converts is then not tested. On CI that is a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from pipeline.convert.libreoffice import find_soffice
from tests.recorded import recorded
from tests.shared import made_once, shared_folder

# Speed belongs in benchmarks/; a busy machine is no failure.
settings.register_profile("tertib", deadline=None)
settings.load_profile("tertib")
_STATED = os.environ.get("TERTIB_SOFFICE")
os.environ["TERTIB_CACHE"] = "0"  # results of other runs have no place in a test


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """Needed by every test that converts for real."""
    find_soffice.cache_clear()
    if find_soffice() is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing on CI")
        pytest.skip("LibreOffice is missing here: what it converts is not tested")


@pytest.fixture(scope="session", autouse=True)
def _recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test converts what another has converted; see ``tests.recorded``."""
    soffice = find_soffice()
    with pytest.MonkeyPatch.context() as patch:
        if soffice is not None:
            folder = shared_folder(tmp_path_factory) / "libreoffice"
            made_once(folder, lambda: recorded(soffice, folder))
            patch.setenv("TERTIB_SOFFICE", str(folder / "soffice"))
            find_soffice.cache_clear()
        yield
    find_soffice.cache_clear()


@pytest.fixture
def real_libreoffice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program itself, for tests of what it does."""
    if _STATED is None:
        monkeypatch.delenv("TERTIB_SOFFICE", raising=False)
    else:
        monkeypatch.setenv("TERTIB_SOFFICE", _STATED)
    find_soffice.cache_clear()
    yield
    find_soffice.cache_clear()
