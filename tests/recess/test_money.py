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
        ("1\u00a0250\u00a0000", 1_250_000), ("", None), ("-", None), ("–", None),
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
        ("150 juta", MoneyFault.WORDS, "150.000.000"),
        ("Rp1,5 miliar", MoneyFault.WORDS, "1.500.000.000"),
        ("2,5 jt", MoneyFault.WORDS, "2.500.000"),
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
