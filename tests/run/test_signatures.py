"""What is said of a signature: what speaks against it, and how one that holds is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.message import say
from pipeline.run.settings import Settings
from pipeline.run.signatures import faults_of, holding, is_signed, open_fields, trust_for
from pipeline.run.trust import Trusts
from pipeline.sign import verify
from pipeline.sign.reports import Field, Level, SignatureReport, Trust, Trusted

EARLY = dt.datetime(2026, 3, 2, 9, 6, tzinfo=dt.UTC)
GOOD = SignatureReport("ttd", "Pejabat Contoh", EARLY, None, Level.B_B, True, Trusted.YES, True)
FAULTS = (say("satu"), say("dua"))


@pytest.mark.parametrize(
    ("report", "found"),
    [
        (GOOD, []),
        (
            replace(GOOD, trusted=Trusted.NOT_CHECKED),
            [("TTD-17", "Penerbit sertifikat Pejabat Contoh tidak diperiksa.")],
        ),
        (
            replace(GOOD, trusted=Trusted.NOT_CHECKED, signer=""),
            [("TTD-17", "Penerbit sertifikat ttd tidak diperiksa.")],
        ),
        (
            replace(GOOD, trusted=Trusted.NOT_CHECKED, faults=FAULTS),
            [("TTD-14", "Tanda tangan Pejabat Contoh: satu"), ("TTD-14", "Tanda tangan Pejabat Contoh: dua")],
        ),
        (replace(GOOD, intact=False, faults=FAULTS[:1]), [("TTD-11", "Tanda tangan Pejabat Contoh: satu")]),
        (replace(GOOD, whole=False, faults=FAULTS[:1], signer=""), [("TTD-11", "Tanda tangan ttd: satu")]),
    ],
)
def test_what_speaks_against_a_signature(report: SignatureReport, found: Sequence[tuple[str, str]]) -> None:
    told = list(faults_of(report, "a.pdf"))
    assert [(one.code, one.message.text("id")) for one in told] == list(found)
    assert {one.place.file for one in told} <= {"a.pdf"}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (GOOD, "a.pdf: tanda tangan Pejabat Contoh utuh (B-B, 2026-03-02 "),
        (replace(GOOD, proved=EARLY + dt.timedelta(days=2)), "(B-B, 2026-03-04 "),
        (replace(GOOD, claimed=None, signer=""), "tanda tangan ttd utuh (B-B, -), penerbit tepercaya."),
        (replace(GOOD, trusted=Trusted.NO), "penerbit tidak tepercaya."),
        (replace(GOOD, trusted=Trusted.NOT_CHECKED), "penerbit tidak diperiksa."),
    ],
)
def test_how_one_that_holds_is_told(report: SignatureReport, words: str) -> None:
    assert words in holding(report, "a.pdf").text("id")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([], None),
        ([Field("ttd1", "", True)], None),
        (
            [Field("ttd1", "Ketua", True), Field("ttd2", "Wakil", False), Field("ttd3", "", False)],
            "1 dari 3 tanda tangan",
        ),
    ],
)
def test_fields_that_nobody_signed_are_named(
    monkeypatch: pytest.MonkeyPatch, fields: list[Field], words: str | None
) -> None:
    monkeypatch.setattr(verify, "fields_of", lambda _: fields)
    told = [note.text("id") for note in open_fields(b"", "a.pdf")]
    assert told == ([] if words is None else [f"a.pdf: baru {words}; belum: Wakil, ttd3."])


def test_only_a_pdf_with_a_range_of_bytes_claims_to_be_signed() -> None:
    assert is_signed(b"%PDF-1.7 /ByteRange [0 1 2 3]")
    assert not is_signed(b"%PDF-1.7")


@pytest.mark.parametrize(("document", "place"), [("kantor/sop/a", "outputs/kantor/sop/a"), ("", "kembali/a.pdf")])
def test_a_document_is_held_against_its_own_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str, place: str
) -> None:
    monkeypatch.setattr(Trusts, "roots_for", lambda _, pdf: (pdf.as_posix().encode(),))
    trusts = Trusts(Settings(tmp_path, tmp_path / "outputs", EARLY.date()))
    assert trust_for(document, tmp_path / "kembali/a.pdf", trusts) == Trust(((tmp_path / place).as_posix().encode(),))
