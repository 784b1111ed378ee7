"""What is kept between runs comes back as it was."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace

import pytest

from pipeline.model.finding import Confidence, Finding, Fix, Place, Related, Severity, Stage
from pipeline.model.message import say
from pipeline.model.result import DocumentResult, DurationSummary
from pipeline.run.stored import (
    document_from_data,
    document_to_data,
    finding_from_data,
    finding_to_data,
    from_data,
    result_from_data,
    result_to_data,
    to_data,
)
from tests.report.report_sample import RESULT

TEXT = say("pertemuan {m} tanpa {what}", m="P1", what=say("tanggal"))
PLACE = Place("inputs/a/sop/b.yaml", 3, 5, 3, 9, "langkah", "C7")
FINDING = Finding(
    "KEG-01",
    "nama",
    Severity.ERROR,
    TEXT,
    TEXT,
    PLACE,
    "UU 1/2000",
    (Related(Place("x.csv", 2), TEXT),),
    "a/sop/b",
    True,
    Confidence.LOW,
    ("langkah", 2, "waktu"),
    3,
    "isi\x1ewaktu",
    2,
    (),
    ("tanggal.efektif",),
    True,
    (Fix(PLACE, "isi", 0, 3, "ganti"),),
)


def through(data: object) -> object:
    return json.loads(json.dumps(data))


def test_a_text_comes_back_in_every_language() -> None:
    back = from_data(through(to_data(TEXT)))
    assert [back.text(lang) for lang in ("id", "en")] == ["pertemuan P1 tanpa tanggal", "meeting P1 has no date"]


def test_a_finding_comes_back_with_all_its_fields() -> None:
    finding = replace(FINDING, accepts=(FINDING,))
    for field in fields(Finding):
        if field.default is not MISSING:
            assert getattr(finding, field.name) != field.default, f"{field.name} is not tried"
    assert finding_from_data(through(finding_to_data(finding))) == finding


def test_a_bare_finding_comes_back() -> None:
    bare = Finding("A", "b", Severity.INFO, TEXT, TEXT, Place("x"))
    assert finding_from_data(through(finding_to_data(bare))) == bare


def test_the_result_of_a_document_comes_back() -> None:
    for duration in (DurationSummary(), DurationSummary("1 jam", "2 jam", "3 jam", TEXT)):
        document = DocumentResult("a/sop/b", Stage.REVIEW, ("x.docx",), duration, {"bends": 3}, "Judul", ("HKM-01",))
        assert document_from_data(through(document_to_data(document))) == document


def test_the_result_of_a_run_comes_back() -> None:
    assert result_from_data(through(result_to_data(RESULT))) == RESULT


@pytest.mark.parametrize("data", [None, 3, "text", [], {}, [["a"]], [1] * 18, list("abcdefghijklmnopqr")])
def test_anything_else_is_an_error_that_is_expected(data: object) -> None:
    for read in (finding_from_data, document_from_data, result_from_data, from_data):
        with pytest.raises((ValueError, TypeError, KeyError)):
            read(data)
