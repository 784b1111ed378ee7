"""Proofs of validity in a signed file: each counts that can be read, and what cannot be read is told, never passed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pyhanko.pdf_utils import generic

from pipeline.sign import verify
from pipeline.sign.reports import Level, SignatureReport, Trust
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import NOW, Authority, Identity, blank_pdf, sign_pdf
from tests.sign.tampering import Name, appended

BAD = "bukti keabsahan di dalam berkas ini"
JUNK = b"bukan bukti"
DAY = dt.timedelta(days=1)


def _answer(authority: Authority, identity: Identity, revoked: dt.datetime | None = None) -> bytes:
    """What the authority's server says of a certificate (OCSP)."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=identity.certificate,
        issuer=authority.root.certificate,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=NOW - dt.timedelta(hours=1),
        next_update=NOW + DAY,
        revocation_time=revoked,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, authority.root.certificate)
    builder = builder.certificates([authority.root.certificate])
    return builder.sign(authority.root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def with_proofs(data: bytes, **proofs: list[bytes] | None) -> bytes:
    """``data`` with a store of proofs; None for what is no list."""

    def change(writer: Any) -> None:
        store: Any = generic.DictionaryObject({Name("/Type"): Name("/DSS")})
        for kind, contents in proofs.items():
            if contents is None:
                store[Name(f"/{kind}")] = generic.NumberObject(5)
                continue
            streams = [writer.add_object(generic.StreamObject(stream_data=one)) for one in contents]
            store[Name(f"/{kind}")] = generic.ArrayObject(streams)
        writer.root[Name("/DSS")] = writer.add_object(store)
        writer.update_root()

    return appended(change)(data)


def only(data: bytes, trust: Trust) -> SignatureReport:
    (report,) = verify_signatures(data, trust)
    return report


def _told(report: SignatureReport, text: str) -> bool:
    return any(text in note.id for note in report.notes)


@pytest.fixture(scope="module")
def asked(authority: Authority) -> Identity:
    """Somebody of whose certificate the issuer's server answers."""
    return authority.issue("Penandatangan Contoh 03", crl=False, ocsp=True)


def test_an_answer_of_the_issuers_server_counts(authority: Authority, asked: Identity, trust: Trust) -> None:
    data = sign_pdf(blank_pdf(), asked)
    without, given = only(data, trust), only(with_proofs(data, OCSPs=[_answer(authority, asked)]), trust)
    assert (without.holds, given.holds) == (True, True)
    assert (_told(without, "dicabut tidak diperiksa"), _told(given, "dicabut tidak diperiksa")) == (True, False)
    assert not _told(given, BAD)


def test_somebody_whom_the_issuers_server_revoked_is_told(authority: Authority, asked: Identity, trust: Trust) -> None:
    answer = _answer(authority, asked, NOW - 10 * DAY)
    report = only(with_proofs(sign_pdf(blank_pdf(), asked), OCSPs=[answer]), trust)
    assert "dicabut pada 22-05-2026" in report.faults[0].id


@pytest.mark.parametrize("kind", ["Certs", "CRLs", "OCSPs"])
def test_a_proof_that_cannot_be_read_is_told(kind: str, signed: dict[str, bytes], trust: Trust) -> None:
    for contents in ([JUNK], [b""], None):
        report = only(with_proofs(signed["b-b"], **{kind: contents}), trust)
        assert _told(report, BAD)
        assert _told(report, "tidak dapat diverifikasi")
        assert (report.intact, report.level) == (True, Level.B_B)
    assert not _told(only(signed["b-lt"], trust), BAD)
    assert not _told(only(signed["b-b"], trust), BAD)


def test_a_store_that_is_none_is_told(signed: dict[str, bytes], trust: Trust) -> None:
    def change(writer: Any) -> None:
        writer.root[Name("/DSS")] = generic.NumberObject(5)
        writer.update_root()

    assert _told(only(appended(change)(signed["b-b"]), trust), BAD)


@pytest.mark.parametrize("junk", ["Certs", "CRLs", "OCSPs"])
def test_junk_beside_a_revocation_does_not_hide_it(junk: str, trust: Trust) -> None:
    authority = Authority()
    lost = authority.issue("Dicabut")
    authority.revoke(lost, NOW - 10 * DAY)
    data = sign_pdf(blank_pdf(), lost)
    proofs = {"CRLs": [authority.crl()]}
    proofs[junk] = [JUNK, *proofs.get(junk, [])]
    report = only(with_proofs(data, **proofs), replace(trust, roots=(authority.root.der,)))
    assert any("dicabut pada 22-05-2026" in fault.id for fault in report.faults)
    assert _told(report, BAD)


def test_a_timestamp_that_cannot_be_read_is_told(
    signed: dict[str, bytes], trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_signer: object) -> list[Any]:
        return [cms.SignedData()]

    monkeypatch.setattr(verify, "timestamps_in", broken)
    report = only(signed["b-b"], trust)
    assert not report.holds
    assert any("Stempel waktu tanda tangan ini rusak" in fault.id for fault in report.faults)


def test_a_time_that_cannot_be_read_is_told(person: Identity, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sign_pdf(blank_pdf(), person)
    assert not _told(only(data, trust), "Waktu yang dinyatakan")
    monkeypatch.setattr(
        "pyhanko.sign.validation.generic_cms.extract_self_reported_ts", lambda _signer: None
    )  # as where only the PDF states it
    assert only(data, trust).claimed == NOW
    monkeypatch.setattr("pyhanko.pdf_utils.generic.parse_pdf_date", _refuse)
    report = only(data, trust)
    assert report.claimed is None
    assert _told(report, "Waktu yang dinyatakan penanda tangan tidak dapat dibaca, jadi tidak dapat diverifikasi")


def _refuse(*_given: object, **_named: object) -> None:
    raise ValueError


def test_a_signature_that_states_no_time_is_no_fault() -> None:
    assert verify._claimed(SimpleNamespace(self_reported_timestamp=None)) == (None, True)
