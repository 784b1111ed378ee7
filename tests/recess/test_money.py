"""Amounts of rupiah: what people write is read, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.money import LIMIT, Money, MoneyFault, parse_rupiah, rupiah, thousands


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250000", 1_250_000), ("1.250.000", 1_250_000), ("Rp1.250.000", 1_250_000), ("Rp 1.250.000,-", 1_250_000),
        ("Rp. 1.250.000,00", 1_250_000), ("rp1250000", 1_250_000), ("IDR 1.250.000", 1_250_000), ("0", 0),
        ("1.250.000,--", 1_250_000), ("1.250.000.-", 1_250_000), ("1 250 000", 1_250_000), ("500", 500),
        ("1\u00a0250\u00a0000", 1_250_000), ("1\u202f250\u202f000", 1_250_000), ("１２５００００", 1_250_000),
        ("1250000.0", 1_250_000), ("1250000.00", 1_250_000), ("0.0", 0), ("1.250.000 rupiah", 1_250_000),
        ("150 juta", 150_000_000), ("Rp1,5 miliar", 1_500_000_000), ("1.5 jt", 1_500_000), ("2,5 jt", 2_500_000),
        ("2 milyar", 2_000_000_000), ("Rp 2 M", 2_000_000_000), ("1,5 M rupiah", 1_500_000_000), ("500rb", 500_000),
        ("500 Ribu rupiah", 500_000), ("150 jt,-", 150_000_000), ("0,75 juta", 750_000), ("±5.000.000", 5_000_000),
        ("sekitar Rp 5 juta", 5_000_000), ("", None), ("-", None), ("–", None), ("Rp -", None), ("Rp", None),
        ("belum dihitung", None), ("Tidak ada", None), ("n/a", None), ("xxx", None), ("menyusul", None),
    ],
)  # fmt: skip
def test_readable(text: str, amount: int | None) -> None:
    assert parse_rupiah(text) == Money(amount)


@pytest.mark.parametrize(
    ("text", "fault", "suggestion"),
    [
        ("1,250,000", MoneyFault.FOREIGN, "1.250.000"),
        ("1,250,000.00", MoneyFault.FOREIGN, "1.250.000"),
        ("1.250.000,50", MoneyFault.CENTS, "1.250.000"),
        ("1,250,000,-", MoneyFault.FOREIGN, "1.250.000"),
        ("1250000.5", MoneyFault.CENTS, "1.250.000"),
        ("333333.3333333333", MoneyFault.CENTS, "333.333"),
        ("2 M", MoneyFault.WORDS, "2.000.000.000"),  # or metres
        ("500 m", MoneyFault.WORDS, "500.000.000.000"),
        ("1.500 juta", MoneyFault.WORDS, ""),  # one and a half million, or billion
        ("1,250 miliar", MoneyFault.WORDS, ""),
        ("99999 triliun", MoneyFault.TOO_LARGE, ""),
        ("5-10 juta", MoneyFault.UNREADABLE, ""),
        ("1.500.000/unit", MoneyFault.UNREADABLE, ""),
        ("1250000²", MoneyFault.UNREADABLE, ""),
        ("tidak lebih dari 5", MoneyFault.UNREADABLE, ""),
        ("-5000", MoneyFault.NEGATIVE, ""),
        ("(5.000)", MoneyFault.NEGATIVE, ""),
        ("1.25", MoneyFault.UNREADABLE, ""),
        ("12.50.000", MoneyFault.UNREADABLE, ""),
        ("seratus juta", MoneyFault.UNREADABLE, ""),
        ("1.250.000 + 500.000", MoneyFault.UNREADABLE, ""),
        ("1E+09", MoneyFault.UNREADABLE, ""),
        ("=1+1", MoneyFault.UNREADABLE, ""),
        (str(LIMIT + 1), MoneyFault.TOO_LARGE, ""),
        ("9" * 5000, MoneyFault.TOO_LARGE, ""),
    ],
)
def test_faults(text: str, fault: MoneyFault, suggestion: str) -> None:
    assert parse_rupiah(text) == Money(None, fault, suggestion)


@given(st.integers(0, LIMIT), st.sampled_from(["{0}", "Rp{0}", "Rp {0},-", "Rp. {0},00", " {0} ", "IDR {0}"]))
def test_every_printed_amount_reads_back(amount: int, form: str) -> None:
    assert parse_rupiah(form.format(thousands(amount))) == Money(amount)
    assert parse_rupiah(form.format(amount)) == Money(amount)
    assert parse_rupiah(rupiah(amount)) == Money(amount)


@given(st.text())
def test_any_text_is_an_amount_a_fault_or_nothing(text: str) -> None:
    money = parse_rupiah(text)
    assert money.amount is None or (money.fault is None and 0 <= money.amount <= LIMIT)
    if money.suggestion:
        assert parse_rupiah(money.suggestion).amount is not None
