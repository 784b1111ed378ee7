"""Every rule, by name: nothing is found by scanning, so nothing is lost or gained by accident."""

from __future__ import annotations

import re
from functools import cache

from pipeline.rules import (
    alr_01_ends,
    alr_02_branches,
    alr_03_broken,
    alr_04_endless,
    alr_05_symbol,
    alr_08_backward,
    alr_09_no_decision,
    alr_10_labels,
    alr_11_reference,
    alr_12_parallel,
    bhs_01_typo,
    bhs_02_blank,
    bhs_03_blanks,
    bhs_04_standard,
    bhs_05_abbreviation,
    bhs_06_vague,
    dur_01_unreadable,
    dur_02_spelling,
    dur_03_days,
    dur_08_long_hours,
    dur_09_extreme,
    dur_10_unmeasured,
    hkm_01_revoked,
    hkm_02_partly,
    hkm_04_order,
    hkm_05_incomplete,
    hkm_06_title,
    hkm_08_style,
    hkm_09_punctuation,
    hkm_10_unknown,
    hkm_11_substance,
    hkm_12_form,
    hkm_14_twice,
    hkm_16_region,
    hkm_18_future,
    idn_01_missing,
    idn_04_number,
    idn_05_classification,
    idn_06_number_year,
    idn_08_title_form,
    idn_09_topic,
    idn_10_self,
    idn_11_unknown_sop,
    idn_12_warning,
    keg_01_subject,
    keg_02_passive,
    keg_03_two,
    keg_05_length,
    keg_07_numbers,
    keg_08_decision,
    keg_09_repeated,
    mut_01_columns,
    mut_02_cells,
    mut_07_product,
    nar_01_narrative,
    nar_02_todo,
    nar_04_terms,
    plk_01_nobody,
    plk_02_idle,
    plk_05_abbreviation,
    plk_07_many_names,
    plk_09_order,
    plk_11_many,
    plk_12_unregistered,
    plk_13_handover,
    res_01_length,
    res_02_sum,
    res_04_announce,
    str_04_duplicate,
    str_08_same_steps,
    str_09_other_times,
    tgl_03_order,
    tgl_04_day_off,
    ttd_01_signer,
    ttd_02_nip,
    ttd_03_rank,
    ttd_04_titles,
    ttd_09_two_numbers,
)
from pipeline.rules.base import Rule

RULES: tuple[Rule, ...] = (
    str_04_duplicate.RULE,
    str_08_same_steps.RULE,
    str_09_other_times.RULE,
    idn_01_missing.RULE,
    idn_04_number.RULE,
    idn_05_classification.RULE,
    idn_06_number_year.RULE,
    idn_08_title_form.RULE,
    idn_09_topic.RULE,
    idn_10_self.RULE,
    idn_11_unknown_sop.RULE,
    idn_12_warning.RULE,
    tgl_03_order.RULE,
    tgl_04_day_off.RULE,
    keg_01_subject.RULE,
    keg_02_passive.RULE,
    keg_03_two.RULE,
    keg_05_length.RULE,
    keg_07_numbers.RULE,
    keg_08_decision.RULE,
    keg_09_repeated.RULE,
    plk_01_nobody.RULE,
    plk_02_idle.RULE,
    plk_05_abbreviation.RULE,
    plk_07_many_names.RULE,
    plk_09_order.RULE,
    plk_11_many.RULE,
    plk_12_unregistered.RULE,
    plk_13_handover.RULE,
    alr_01_ends.RULE,
    alr_02_branches.RULE,
    alr_03_broken.RULE,
    alr_04_endless.RULE,
    alr_05_symbol.RULE,
    alr_08_backward.RULE,
    alr_09_no_decision.RULE,
    alr_10_labels.RULE,
    alr_11_reference.RULE,
    alr_12_parallel.RULE,
    mut_01_columns.RULE,
    mut_02_cells.RULE,
    mut_07_product.RULE,
    dur_01_unreadable.RULE,
    dur_02_spelling.RULE,
    dur_03_days.RULE,
    dur_08_long_hours.RULE,
    dur_09_extreme.RULE,
    dur_10_unmeasured.RULE,
    hkm_01_revoked.RULE,
    hkm_02_partly.RULE,
    hkm_04_order.RULE,
    hkm_05_incomplete.RULE,
    hkm_06_title.RULE,
    hkm_08_style.RULE,
    hkm_09_punctuation.RULE,
    hkm_10_unknown.RULE,
    hkm_11_substance.RULE,
    hkm_12_form.RULE,
    hkm_14_twice.RULE,
    hkm_16_region.RULE,
    hkm_18_future.RULE,
    bhs_01_typo.RULE,
    bhs_02_blank.RULE,
    bhs_03_blanks.RULE,
    bhs_04_standard.RULE,
    bhs_05_abbreviation.RULE,
    bhs_06_vague.RULE,
    res_01_length.RULE,
    res_02_sum.RULE,
    res_04_announce.RULE,
    ttd_01_signer.RULE,
    ttd_02_nip.RULE,
    ttd_03_rank.RULE,
    ttd_04_titles.RULE,
    ttd_09_two_numbers.RULE,
    nar_01_narrative.RULE,
    nar_02_todo.RULE,
    nar_04_terms.RULE,
)
FAMILIES = frozenset(rule.family for rule in RULES)
READERS_CODES = frozenset(("TGL-01",))
"""Codes of the catalogue whose findings the readers make, because the value cannot be kept when it is wrong."""


_TYPED = re.compile(r"([A-Z]{3})[-_ ]?([0-9O]{1,2})$")
"""A code as people type it in a hurry: "idn9", "HKM-O1"."""


@cache
def _index() -> dict[str, Rule]:
    return {name: rule for rule in RULES for name in (rule.code.lower(), rule.name)}


def by_name(name: str) -> Rule | None:
    """The rule with this code or slug name, None when there is none."""
    return _index().get(name.strip().lower())


def nearest(name: str) -> str:
    """Code, family or slug nearest to a misspelled one, "" when none is near."""
    import difflib  # needed for a misspelled code only

    typed = _TYPED.match(name.strip().upper())
    if typed:
        code = f"{typed[1]}-{typed[2].replace('O', '0'):0>2}"
        if by_name(code) is not None:
            return code
    known = {**{key: key for key in _index()}, **{family.lower(): family for family in FAMILIES}}
    known |= {rule.code.lower(): rule.code for rule in RULES}
    found = difflib.get_close_matches(name.strip().lower(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else ""
