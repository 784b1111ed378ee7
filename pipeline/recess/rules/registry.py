"""Every rule on recess data, by name: nothing is found by scanning, so nothing is lost or gained by accident."""

from __future__ import annotations

from pipeline.recess.rules import (
    asp_01_required,
    asp_02_agency,
    asp_03_amount,
    asp_04_personal,
    asp_05_mixed,
    res_01_length,
    res_03_number,
    res_04_announced,
    res_05_content,
    res_07_unreported,
    res_08_dates,
    res_09_register,
    res_10_clash,
    res_12_totals,
    res_13_silent,
    res_14_copied,
)
from pipeline.recess.rules.base import Rule

RECESS_RULES: tuple[Rule, ...] = (
    res_01_length.RULE,
    res_03_number.RULE,
    res_04_announced.RULE,
    res_05_content.RULE,
    res_07_unreported.RULE,
    res_08_dates.RULE,
    res_09_register.RULE,
    res_10_clash.RULE,
    res_12_totals.RULE,
    res_13_silent.RULE,
    res_14_copied.RULE,
    asp_01_required.RULE,
    asp_02_agency.RULE,
    asp_03_amount.RULE,
    asp_04_personal.RULE,
    asp_05_mixed.RULE,
)
"""In order of codes within a family."""
