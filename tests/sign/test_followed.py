"""What may follow a signature and what was taken away behind it, to the edge: tags, removed signatures, clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import SignatureError
from pipeline.sign import verify
from pipeline.sign.reports import SignatureReport, Trust
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import NOW, Identity, blank_pdf, sign_pdf
from tests.sign.tampering import appended, remove_last_field, remove_signature, rewritten

MINUTE = dt.timedelta(minutes=1)


def _pointed_at(entry: str) -> bytes:
    """A PDF whose catalogue points at its fields through ``entry``, as the tags of an accessible PDF do."""
    made = BytesIO()
    with pikepdf.open(BytesIO(blank_pdf("ttd", "ttd2"))) as pdf:
        element = pdf.make_indirect(Dictionary(S=Name.Form))
        element.K = Array([Dictionary(Type=Name.OBJR, Obj=field) for field in pdf.Root.AcroForm.Fields])
        pdf.Root[entry] = pdf.make_indirect(Dictionary(K=element))
        pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize(("entry", "whole"), [("/StructTreeRoot", True), ("/PieceInfo", False)])
def test_only_the_tags_may_point_at_a_field_that_is_signed_later(
    entry: str, whole: bool, person: Identity, second: Identity, trust: Trust
) -> None:
    data = sign_pdf(sign_pdf(_pointed_at(entry), person), second, field="ttd2")
    first, later = verify_signatures(data, trust)
    assert (first.whole, first.holds) == (whole, whole)
    assert later.holds


def _gone(reports: tuple[SignatureReport, ...]) -> list[str]:
    return [report.field for report in reports if any("dihapus" in fault.id for fault in report.faults)]


def test_a_signature_that_was_taken_away_is_missed(signed: dict[str, bytes], trust: Trust) -> None:
    (report,) = verify_signatures(appended(remove_signature)(signed["b-b"]), trust)
    assert (report.field, report.holds, report.intact, report.whole) == ("ttd", False, False, False)
    assert "ttd dihapus dari berkas ini" in report.faults[0].id
    assert report.box is not None
    assert (report.box.page, report.box.x) == (1, 72)


def _nothing(writer: Any) -> None:
    writer.update_root()


def _all_signatures(writer: Any) -> None:
    for held in writer.root["/AcroForm"]["/Fields"]:
        field = held.get_object()
        field.pop("/V", None)
        writer.update_container(field)


@pytest.mark.parametrize(
    "changes",
    [
        (_all_signatures,),
        (_nothing, _all_signatures),
        (_all_signatures, _nothing),
        (_nothing, _all_signatures, _nothing),
    ],
    ids=len,
)
def test_all_that_were_taken_away_are_told_once_wherever_it_was_done(
    changes: tuple[Callable[[Any], None], ...], signed: dict[str, bytes], second: Identity, trust: Trust
) -> None:
    data = sign_pdf(signed["b-b"], second, field="ttd2")
    for change in changes:
        data = appended(change)(data)
    assert _gone(verify_signatures(data, trust)) == ["ttd", "ttd2"]


def test_one_taken_away_is_told_beside_one_that_is_there(
    signed: dict[str, bytes], second: Identity, trust: Trust
) -> None:
    data = appended(remove_signature)(sign_pdf(signed["b-b"], second, field="ttd2"))
    reports = verify_signatures(data, trust)
    assert [(report.field, report.holds) for report in reports] == [("ttd2", False), ("ttd", False)]
    assert _gone(reports) == ["ttd"]


def test_a_signature_of_the_first_revision_counts_too(signed: dict[str, bytes], trust: Trust) -> None:
    """Another program wrote the signed file anew, and then the signature was taken away."""
    assert _gone(verify_signatures(appended(remove_signature)(rewritten(signed["b-b"])), trust)) == ["ttd"]


def test_a_field_that_is_gone_has_no_place(signed: dict[str, bytes], trust: Trust) -> None:
    (*_, gone) = verify_signatures(appended(remove_last_field)(signed["b-lta"]), trust)
    assert gone.box is None


def test_more_revisions_than_are_looked_at_are_refused(
    signed: dict[str, bytes], trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What happened in them is not known, so nothing of the file counts as checked."""
    monkeypatch.setattr(verify, "_MOST_REVISIONS", 3)
    data = appended(_nothing)(signed["b-b"])
    assert [report.field for report in verify_signatures(data, trust)] == ["ttd"]
    data = appended(_nothing)(data)
    with pytest.raises(SignatureError) as caught:
        verify_signatures(data, trust)
    told = caught.value.text("id")
    assert "berlapis 4 kali" in told
    assert "tidak dapat diverifikasi" in told


@pytest.mark.parametrize(("ahead", "told"), [(59 * MINUTE, False), (60 * MINUTE, False), (61 * MINUTE, True)])
def test_a_clock_may_be_an_hour_ahead(ahead: dt.timedelta, told: bool, person: Identity, trust: Trust) -> None:
    (report,) = verify_signatures(sign_pdf(blank_pdf(), person, now=NOW + ahead), trust)
    assert any("masa depan" in fault.id for fault in report.faults) is told
    assert report.holds is not told
