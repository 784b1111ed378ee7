"""Conformity with the form: which rule speaks of which element, and what is told of one that was not checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.finding import Place, Severity, Stage
from pipeline.model.message import NOTHING
from pipeline.model.result import EVERY_RULE, DocumentResult, RunResult
from pipeline.report.elements import ELEMENTS, IDENTITY, STEPS, State, conformity, spoken_of, table
from pipeline.rules import docs
from pipeline.run import catalogue
from tests.report import html_sample
from tests.report.html_sample import finding

KEYS = [element.key for element in ELEMENTS]
ID = "alfa/sop/reses"
CODES = frozenset(("IDN-01", "HKM-01", "DUR-01", "BHS-01", "MUT-02", "ALR-03", "MSK-05"))


def states(*findings: object, unchecked: tuple[str, ...] = (), shared: tuple[object, ...] = ()) -> dict[str, State]:
    document = DocumentResult(ID, Stage.DRAFT, unchecked=unchecked)
    made = conformity(document, findings, CODES, shared)  # type: ignore[arg-type]
    return dict(zip(KEYS, made, strict=True))


def test_every_rule_maps_to_elements_or_expressly_to_none() -> None:
    codes = {entry.code for entry in docs.entries(catalogue.others())}
    assert {code for code in codes if spoken_of(code) is None} == set(), "add them to pipeline/data/elements.csv"


def test_the_table_names_elements_only() -> None:
    assert {key for keys in table().values() for key in keys} <= set(KEYS)
    assert (len(IDENTITY), len(STEPS)) == (13, 7)


def test_without_findings_what_has_rules_conforms_and_what_has_none_is_not_checked() -> None:
    found = states()
    assert found["dasar_hukum"] is found["waktu"] is found["keterkaitan"] is State.OK
    assert found["instansi"] is State.UNCHECKED, "no rule of these speaks of it"


@pytest.mark.parametrize(
    ("severity", "state"),
    [(Severity.ERROR, State.WRONG), (Severity.WARNING, State.CHECK), (Severity.INFO, State.CHECK)],
)
def test_a_finding_marks_the_element_of_its_field_only(severity: Severity, state: State) -> None:
    found = states(finding("BHS-01", severity, ID, "x", path=("langkah", 3, "output")))
    assert found.pop("output") is state
    assert state not in found.values()


def test_several_fields_of_one_finding() -> None:
    about = ("langkah.kelengkapan", "langkah.waktu")
    found = states(finding("MUT-02", Severity.ERROR, ID, "x", path=("langkah", 1, "kelengkapan"), about=about))
    assert found["kelengkapan"] is found["waktu"] is State.WRONG
    assert found["output"] is State.OK


def test_a_rule_of_one_element_needs_no_field() -> None:
    assert states(finding("ALR-03", Severity.ERROR, ID, "x", path=("langkah", 1)))["alur"] is State.WRONG


def test_what_was_not_selected_never_conforms() -> None:
    found = states(unchecked=tuple(CODES - {"HKM-01"}))
    assert found["dasar_hukum"] is State.PARTLY, "BHS-01 and IDN-01 speak of it, too"
    assert found["waktu"] is found["nomor"] is State.UNCHECKED
    assert State.OK not in found.values()


def test_a_finding_counts_also_where_other_rules_did_not_run() -> None:
    found = states(finding("HKM-01", Severity.ERROR, ID, "x", path=("dasar_hukum", 0)), unchecked=("BHS-01",))
    assert found["dasar_hukum"] is State.WRONG


def test_an_unreadable_sop_is_not_checked_at_all() -> None:
    found = states(finding("MSK-05", Severity.ERROR, ID, "x"), unchecked=(EVERY_RULE,))
    assert set(found.values()) == {State.UNCHECKED}


def test_a_fault_of_an_unknown_column_leaves_the_step_table_in_doubt() -> None:
    found = states(finding("MSK-16", Severity.ERROR, ID, "x", path=("langkah", 2)))
    assert {found[element.key] for element in STEPS} == {State.PARTLY}
    assert found["nomor"] is State.OK


def test_a_crashed_rule_leaves_everything_in_doubt() -> None:
    assert State.OK not in states(finding("INT-01", Severity.ERROR, ID, "x")).values()


def test_an_accepted_finding_still_wants_a_look() -> None:
    accepted = finding("HKM-01", Severity.WARNING, ID, "x", path=("dasar_hukum", 0))
    told = finding("ATR-05", Severity.INFO, ID, "y", path=("kecuali", 0), accepts=(accepted,))
    found = states(told)
    assert found["dasar_hukum"] is State.CHECK
    assert found["nomor"] is State.OK


def test_a_fault_of_the_office_reaches_its_name_only() -> None:
    fault = finding("MSK-09", Severity.ERROR, None, "x", path=("kantor", "unit"))
    found = states(shared=(fault, finding("MSK-09", Severity.ERROR, None, "x", path=("jabatan", 3, "nama"))))
    assert found["instansi"] is State.WRONG
    assert found["pelaksana"] is State.OK


def test_the_name_of_the_office_is_proved_by_reading_it() -> None:
    document = DocumentResult(ID, Stage.DRAFT)
    codes = CODES | {"MSK-24"}
    lacking = finding("MSK-24", Severity.ERROR, None, "x")
    index = KEYS.index("instansi")
    assert conformity(document, (), codes)[index] is State.OK
    assert conformity(document, (), codes, (lacking,))[index] is State.WRONG
    unknown_key = finding("MSK-08", Severity.WARNING, None, "x")
    assert conformity(document, (), codes, (unknown_key,))[index] is State.PARTLY


def test_the_page_shows_signs_totals_and_rules_that_did_not_run() -> None:
    text = html_sample.page()
    silent = "Aturan yang tidak dijalankan atau temuannya tidak ditampilkan (pada 1 SOP):"
    assert text.count('<table class="matrix">') == 2
    assert '<td class="wrong"><span role="img" aria-label="salah">✗</span></td>' in text
    assert f"{silent} BHS." in text, "the family, when it has no other rules"
    assert f"{silent} semua, karena berkasnya tidak terbaca." in text
    assert 'perlu diperhatikan: <span lang="id">Logo dan nama instansi, Peringatan</span>' in text


def test_only_sops_have_elements() -> None:
    recess = DocumentResult("alfa/reses/2026-masa-1", Stage.DRAFT)
    assert '<table class="matrix">' not in html_sample.page(RunResult((), (recess,)))


def test_a_table_counts_every_sop_once_per_element() -> None:
    documents = tuple(DocumentResult(f"a/sop/{n}", Stage.DRAFT) for n in range(3))
    wrong = replace(
        finding("HKM-01", Severity.ERROR, "a/sop/1", "x", path=("dasar_hukum", 0)), place=Place("a"), help=NOTHING
    )
    text = html_sample.page(RunResult((wrong,), documents))
    start = text.index('<tbody class="sums">')
    rows = text[start : text.index("</tbody>", start)].split("<tr>")[1:]
    column = KEYS.index("dasar_hukum")
    assert [row.split("<td>")[1:][column].split("<")[0] for row in rows] == ["2", "1"]
    assert [row.split("<td>")[1:][column - 1].split("<")[0] for row in rows] == ["3", "·"]
