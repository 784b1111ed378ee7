"""What is proved of a signature before it is handed out, why one is refused, and where it is seen."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from cryptography import x509
from pyhanko.sign.timestamps import TimestampRequestError

from pipeline.errors import ProofError, SignatureError, UsageError
from pipeline.model.message import say
from pipeline.model.particulars import Box
from pipeline.sign import signing
from pipeline.sign.keys import read_p12
from pipeline.sign.reports import Field, Level, SignatureReport, Trust, Trusted
from pipeline.sign.signing import Order, sign_pdf
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import NOW, PASSPHRASE, Authority, Identity, blank_pdf

FAULT = say("Isi berkas tidak sama lagi.")
GOOD = SignatureReport("ttd", "Contoh", NOW, None, Level.B_B, True, Trusted.NOT_CHECKED, True)
BAD = replace(GOOD, intact=False, faults=(FAULT,))


@pytest.fixture
def order(person: Identity, tmp_path: Path) -> Order:
    (tmp_path / "kunci.p12").write_bytes(person.p12())
    return Order(read_p12(tmp_path / "kunci.p12", PASSPHRASE), Level.B_B, NOW, offline=True)


REPORTS: dict[str, tuple[SignatureReport, ...]] = {
    "none": (),
    "of another field": (replace(GOOD, field="ttd2"),),
    "not intact": (BAD,),
    "not whole": (replace(GOOD, whole=False),),
    "not intact, though nothing is told": (replace(GOOD, intact=False),),
    "with a fault": (replace(GOOD, faults=(FAULT,)),),
    "good beside one that was broken by it": (replace(BAD, field="ttd2"), GOOD),
    "of another level": (replace(GOOD, level=Level.OTHER),),
}


@pytest.mark.parametrize("case", REPORTS)
def test_a_result_is_handed_out_only_when_all_of_it_holds(
    case: str, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "verify_signatures", lambda *_given: REPORTS[case])
    with pytest.raises(ProofError) as caught:
        signing._proved(b"", order, Field("ttd", "", False))
    told = caught.value.text("id")
    assert "tidak disimpan" in told
    assert (FAULT.text("id") in told) is any(report.faults for report in REPORTS[case])


def test_a_good_result_among_others_is_that_of_the_field(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(GOOD, field="ttd2", signer="Lain")
    monkeypatch.setattr(signing, "verify_signatures", lambda *_given: (other, GOOD))
    assert signing._proved(b"", order, Field("ttd", "", False)) is GOOD


def _unreadable(*_given: object) -> None:
    raise SignatureError(say("PDF ini rusak."))


def test_what_cannot_be_read_is_neither_signed_nor_handed_out(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "verify_signatures", _unreadable)
    with pytest.raises(UsageError, match="rusak"):
        sign_pdf(blank_pdf(), order)
    with pytest.raises(ProofError, match="rusak"):
        signing._proved(b"", order, Field("ttd", "", False))


@pytest.mark.parametrize("report", [replace(BAD, signer=""), replace(GOOD, whole=False, signer="")])
def test_a_broken_signature_without_a_name_is_told_by_its_field(
    report: SignatureReport, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "verify_signatures", lambda *_given: (report,))
    with pytest.raises(UsageError) as caught:
        sign_pdf(blank_pdf(), order)
    assert "Tanda tangan ttd yang sudah ada" in caught.value.text("id")


def test_a_certificate_that_only_its_holder_trusts_is_proved_with_the_roots_of_the_office_only_then(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Trust] = []

    def verify(_data: bytes, trust: Trust) -> tuple[SignatureReport, ...]:
        asked.append(trust)
        return (GOOD,)

    monkeypatch.setattr(signing, "verify_signatures", verify)
    signing._proved(b"", replace(order, roots=(b"akar",)), Field("ttd", "", False))
    signing._prove_earlier(b"", order)
    assert asked == [Trust((), now=NOW), Trust(now=NOW)]


def _chained(inner: Exception, *, told: bool) -> Exception:
    """An error that ``inner`` was the cause of, or that came up while it was handled."""
    outer = ValueError("luar\nbaris kedua")
    if told:
        outer.__cause__ = inner
    else:
        outer.__context__ = inner
    return outer


@pytest.mark.parametrize("told", [True, False])
def test_why_the_library_refused_is_found_under_other_errors(told: bool, order: Order) -> None:
    refused = signing._refused(
        _chained(TimestampRequestError("x"), told=told), replace(order, tsa="http://tsa.example")
    )
    assert "http://tsa.example" in refused.text("id")


@pytest.mark.parametrize(("error", "text"), [(ValueError("satu\ndua"), "(satu)"), (KeyError(), "(KeyError)")])
def test_any_other_error_is_told_in_a_line(error: Exception, text: str, order: Order) -> None:
    assert text in signing._refused(error, order).text("id")


def test_an_error_of_ours_is_told_as_it_is(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_signed", _unreadable)
    with pytest.raises(SignatureError):
        sign_pdf(blank_pdf(), order)


def test_the_fields_that_are_left_are_told(order: Order) -> None:
    made = sign_pdf(blank_pdf("ttd", "ttd2", "ttd3"), order, "ttd2")
    assert [field.name for field in made.left] == ["ttd", "ttd3"]
    assert (made.place.name, made.report.field) == ("ttd2", "ttd2")


def test_what_is_signed_is_hashed_with_sha256_and_says_nothing_else(order: Order) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader

    (held,) = PdfFileReader(BytesIO(sign_pdf(blank_pdf(), order).data)).embedded_regular_signatures
    assert held.signer_info["digest_algorithm"]["algorithm"].native == "sha256"


def test_proofs_stand_in_the_revision_of_the_signature(order: Order, authority: Authority) -> None:
    data = blank_pdf()
    long = replace(order, level=Level.B_LT, timestamper=authority.timestamper(), crls=(authority.crl(),))
    made = sign_pdf(data, long).data
    assert made.count(b"%%EOF") == data.count(b"%%EOF") + 1
    with pikepdf.open(BytesIO(made)) as pdf:
        assert "/VRI" not in pdf.Root.DSS
        assert len(pdf.Root.DSS.CRLs) == 1
    (report,) = verify_signatures(made, Trust((authority.root.der,), now=NOW))
    assert (report.holds, report.level) == (True, Level.B_LT)


def _seen(data: bytes) -> Any:
    """The first page with its fields, 4 pixels to a point, from the top: gray."""
    document = pdfium.PdfDocument(data)
    document.init_forms()
    return document[0].render(scale=4, may_draw_forms=True).to_numpy()[:, :, :3].min(axis=2)


def test_the_frame_of_a_signature_is_on_the_edges_of_its_field(order: Order) -> None:
    """The field reaches from 72 to 252 points across, and from 100 to 150 up, on a page of 842."""
    seen = _seen(sign_pdf(blank_pdf(text=" "), order).data)
    left, right, top, bottom = 72 * 4, 252 * 4, (842 - 150) * 4, (842 - 100) * 4
    inner = seen[top : bottom + 1, left : right + 1]
    middle = inner.shape[0] // 2, inner.shape[1] // 2
    assert inner[:3, middle[1]].min() < 120
    assert inner[-4:, middle[1]].min() < 120
    assert inner[middle[0], :3].min() < 120
    assert inner[middle[0], -4:].min() < 120
    assert inner[6:-6, 6:-6].min() > 250
    around = seen.copy()
    around[top - 2 : bottom + 3, left - 2 : right + 3] = 255
    assert around.min() > 250


def test_a_field_that_is_not_seen_stays_so(order: Order) -> None:
    with pikepdf.open(BytesIO(blank_pdf())) as pdf:
        pdf.pages[0].Annots[0].Rect = pikepdf.Array([0, 0, 0, 0])
        made = BytesIO()
        pdf.save(made)
    signed = sign_pdf(made.getvalue(), order)
    assert (signed.place.box, signed.report.holds) == (None, True)
    assert signing._style(order, signed.place) is None
    assert signing._style(order, replace(signed.place, box=Box(1, 0, 0, 90.7, 40.2))) is not None


def test_a_certificate_for_digital_signatures_signs_too(order: Order, authority: Authority, tmp_path: Path) -> None:
    usage = x509.KeyUsage(True, *[False] * 8)
    (tmp_path / "lain.p12").write_bytes(authority.issue("Penandatangan Contoh 04", usage=usage).p12())
    key = read_p12(tmp_path / "lain.p12", PASSPHRASE)
    assert sign_pdf(blank_pdf(), replace(order, key=key)).report.holds
    proofs = replace(order, timestamper=authority.timestamper(), crls=(authority.crl(),))
    assert sign_pdf(blank_pdf(), replace(proofs, key=key, level=Level.B_LT)).report.level is Level.B_LT
