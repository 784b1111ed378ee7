"""What is kept between runs comes back as it was."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity, Stage
from pipeline.model.message import say
from pipeline.model.result import DocumentResult, DurationSummary
from pipeline.run.stored import (
    document_from_data,
    document_to_data,
    finding_from_data,
    finding_to_data,
    from_data,
    to_data,
)

TEXT = say(id="Langkah {n}: {why}", en="Step {n}: {why}", n=3, why=say(id="kosong", en="empty"))
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
)


def through(data: object) -> object:
    return json.loads(json.dumps(data))


def test_a_text_comes_back_in_every_language() -> None:
    back = from_data(through(to_data(TEXT)))
    assert [back.text(lang) for lang in ("id", "en")] == ["Langkah 3: kosong", "Step 3: empty"]


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
        document = DocumentResult("a/sop/b", Stage.REVIEW, duration=duration, title="Judul", unchecked=("HKM-01",))
        assert document_from_data(through(document_to_data(document))) == document
