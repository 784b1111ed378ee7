"""One authority and one signed PDF of each level for all tests: keys take long to make."""

from __future__ import annotations

import pytest

from pipeline.sign.reports import Trust
from tests.sign.authority import NOW, Authority, Identity, blank_pdf, sign_pdf


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def person(authority: Authority) -> Identity:
    return authority.issue("Penandatangan Contoh 01")


@pytest.fixture(scope="session")
def second(authority: Authority) -> Identity:
    return authority.issue("Penandatangan Contoh 02")


@pytest.fixture(scope="session")
def trust(authority: Authority) -> Trust:
    return Trust((authority.root.der,), now=NOW)


@pytest.fixture(scope="session")
def signed(authority: Authority, person: Identity) -> dict[str, bytes]:
    """A PDF with the fields ttd (signed) and ttd2, by level."""
    data = blank_pdf("ttd", "ttd2")
    levels = ("b-b", "b-t", "b-lt", "b-lta")
    return {level: sign_pdf(data, person, level=level, authority=authority) for level in levels}
