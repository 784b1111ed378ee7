"""Arithmetic on durations, in exact fractions, and the totals of an SOP along its flow."""

from __future__ import annotations

from fractions import Fraction

from pipeline.model.duration import Bound, Duration, Quantity

_BEFORE = {Bound.EXACT: "", Bound.ABOUT: "± ", Bound.AT_MOST: "paling lama ", Bound.AT_LEAST: "paling cepat "}


def describe_number(amount: Fraction) -> str:
    """ "3", "1,5", "1/3": decimal comma where two decimals suffice, else a fraction."""
    if amount.denominator == 1:
        return str(amount.numerator)
    hundredths = amount * 100
    if hundredths.denominator == 1:
        return f"{float(amount):.2f}".rstrip("0").replace(".", ",")
    return f"{amount.numerator}/{amount.denominator}"


def describe_sum(quantities: tuple[Quantity, ...]) -> str:
    """ "2 bulan 1 minggu"."""
    return " ".join(f"{describe_number(q.amount)} {q.unit.value}" for q in quantities)


def describe(duration: Duration) -> str:
    """The duration as the form should state it: "paling lama 3 hari kerja", "5-10 menit", "2 menit/berkas"."""
    low, high = duration.low, duration.high
    if low == high:
        text = describe_sum(high)
    elif len(low) == len(high) == 1 and low[0].unit is high[0].unit:
        text = f"{describe_number(low[0].amount)}-{describe_sum(high)}"
    else:
        text = f"{describe_sum(low)} - {describe_sum(high)}"
    return f"{_BEFORE[duration.bound]}{text}" + (f"/{duration.per}" if duration.per else "")
