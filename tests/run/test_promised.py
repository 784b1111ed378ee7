"""Whether somebody else signed than the field names."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.run.promised import agreed_in, is_another, others_in
from pipeline.sign.reports import Field, Level, SignatureReport, Trusted

SECRETARY = "Tanda tangan Dra. Hj. NAMA CONTOH PERTAMA, S.H., M.Si., Sekretaris DPRD"
MEMBER = "Tanda tangan Anggota Contoh 01, Anggota DPRD"
CASES = [
    ("Nama Contoh Pertama", SECRETARY, False),
    ("DRA. HJ. NAMA CONTOH PERTAMA SH MSI", SECRETARY, False),
    ("Nama C. Pertama", SECRETARY, False),
    ("Orang Lain Sekali", SECRETARY, True),
    ("Anggota Contoh 01", MEMBER, False),
    ("Anggota Contoh 02", MEMBER, True),
    ("Orang Lain", "", False),
    ("", SECRETARY, False),
]


@pytest.mark.parametrize(("name", "label", "expected"), CASES)
def test_names_are_compared_without_titles(name: str, label: str, expected: bool) -> None:
    assert is_another(name, label) is expected


def _report(field: str, signer: str) -> SignatureReport:
    now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return SignatureReport(field, signer, now, None, Level.B_B, True, Trusted.NOT_CHECKED, True)


FIELDS = (Field("ttd1", SECRETARY, False), Field("ttd2", MEMBER, False))
WHOSE: dict[str, tuple[tuple[str, str], bool | None]] = {
    "in their own field": (("ttd1", "Nama Contoh Pertama"), True),
    "in the field of the other": (("ttd2", "Nama Contoh Pertama"), False),
    "in a field of the service": (("BSrE", "Anggota Contoh 01"), True),
    "a stranger in a field of the service": (("BSrE", "Orang Lain Sekali"), False),
    "nobody that could be read": (("ttd1", ""), None),
}


@pytest.mark.parametrize("case", WHOSE)
def test_each_signature_is_held_against_its_field(case: str) -> None:
    (field, signer), expected = WHOSE[case]
    reports = [_report(field, signer)]
    assert agreed_in(reports, FIELDS) == {field: expected}
    assert (field in others_in(reports, FIELDS)) is (expected is False)
