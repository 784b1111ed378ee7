"""What verification tells of signatures of every kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509

from pipeline.errors import SignatureError, UsageError
from pipeline.sign import verify
from pipeline.sign.certificates import Known
from pipeline.sign.reports import Level, SignatureReport, Trust, Trusted
from pipeline.sign.verify import fields_of, read_roots, verify_signatures
from tests.sign.authority import NOW, YEAR, Authority, Identity, blank_pdf, self_signed, sign_pdf

LEVELS = {"b-b": Level.B_B, "b-t": Level.B_T, "b-lt": Level.B_LT, "b-lta": Level.B_LTA}


def only(data: bytes, trust: Trust) -> SignatureReport:
    (report,) = verify_signatures(data, trust)
    return report


@pytest.mark.parametrize("level", LEVELS)
def test_levels(level: str, signed: dict[str, bytes], trust: Trust) -> None:
    report = only(signed[level], trust)
    assert report.level is LEVELS[level]
    assert (report.holds, report.intact, report.whole, report.trusted) == (True, True, True, Trusted.YES)
    assert (report.field, report.signer) == ("ttd", "Penandatangan Contoh 01")
    assert report.claimed == NOW
    assert report.proved == (None if level == "b-b" else NOW)
    assert report.box is not None
    assert (report.box.page, report.box.x, report.box.y, report.box.width) == (1, 72, 100, 180)


@pytest.mark.parametrize("level", LEVELS)
def test_without_roots_nobody_is_trusted(level: str, signed: dict[str, bytes]) -> None:
    report = only(signed[level], Trust(now=NOW))
    assert report.trusted is Trusted.NOT_CHECKED
    assert report.holds
    assert "sertifikat_tepercaya" in report.notes[0].id


def test_unknown_root(signed: dict[str, bytes]) -> None:
    report = only(signed["b-b"], Trust((Authority("Akar Lain").root.der,), now=NOW))
    assert (report.trusted, report.intact) == (Trusted.NO, True)
    assert "Akar Contoh" in report.faults[0].id


@pytest.mark.parametrize("level", ["b-b", "b-t"])
def test_revocation_that_was_not_checked_is_told(level: str, signed: dict[str, bytes], trust: Trust) -> None:
    assert any("dicabut tidak diperiksa" in note.id for note in only(signed[level], trust).notes)
    assert not any("tidak diperiksa" in note.id for note in only(signed["b-lt"], trust).notes)


def test_expired_since_then(signed: dict[str, bytes], trust: Trust) -> None:
    later = replace(trust, now=NOW + 3 * YEAR)
    report = only(signed["b-b"], later)
    assert (report.holds, report.trusted) == (False, Trusted.NO)
    assert "berakhir pada 01-06-2027" in report.faults[0].id
    assert all(only(signed[level], later).holds for level in ("b-t", "b-lt", "b-lta"))


def test_timestamp_authority_expired_since_then(signed: dict[str, bytes], trust: Trust) -> None:
    report = only(signed["b-t"], replace(trust, now=NOW + 12 * YEAR))
    assert (report.level, report.proved, report.holds) == (Level.B_B, None, False)
    assert "Stempel waktunya tidak dihitung" in report.notes[0].id


CASES = {
    "expired": (dict(start=NOW - 2 * YEAR, end=NOW - YEAR), "berakhir"),
    "future": (dict(start=NOW + YEAR, end=NOW + 2 * YEAR), "baru berlaku mulai"),
    "purpose": (dict(usage=x509.KeyUsage(False, False, True, *[False] * 6)), "tidak diterbitkan untuk menandatangani"),
}


@pytest.mark.parametrize("name", CASES)
def test_certificates_of_no_use(name: str, authority: Authority, trust: Trust) -> None:
    details, told = CASES[name]
    report = only(sign_pdf(blank_pdf(), authority.issue(f"Contoh {name}", **details)), trust)
    assert report.intact
    assert report.trusted is Trusted.NO
    assert any(told in fault.id for fault in report.faults)


def test_weak_digest(person: Identity, trust: Trust) -> None:
    report = only(sign_pdf(blank_pdf(), person, digest="sha1"), trust)
    assert not report.holds
    assert "dapat dipalsukan" in report.faults[0].id


def test_self_signed() -> None:
    own = self_signed()
    data = sign_pdf(blank_pdf(), own)
    for roots in ((), (Authority("Akar Lain").root.der,)):
        report = only(data, Trust(roots, now=NOW))
        assert not report.holds
        assert "dibuat oleh pemegangnya sendiri" in report.faults[0].id
    assert only(data, Trust((own.der,), now=NOW)).trusted is Trusted.YES


def _revoked(authority: Authority, monkeypatch: pytest.MonkeyPatch, when: dt.datetime) -> Identity:
    """Somebody on the authority's CRL, which every file then has with it."""
    from asn1crypto import crl

    lost = authority.issue("Dicabut")
    authority.revoke(lost, when)
    listed = crl.CertificateList.load(authority.crl())
    before = verify._known
    monkeypatch.setattr(verify, "_known", lambda *given: Known(before(*given).certificates, (listed,)))
    return lost


def test_revoked_before_signing(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority()
    lost = _revoked(authority, monkeypatch, NOW - dt.timedelta(days=10))
    trust = Trust((authority.root.der,), now=NOW)
    for level in ("b-b", "b-t"):
        report = only(sign_pdf(blank_pdf(), lost, level=level, authority=authority), trust)
        assert report.trusted is Trusted.NO
        assert "dicabut pada 22-05-2026" in report.faults[0].id


def test_revoked_after_a_proved_time(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority()
    lost = _revoked(authority, monkeypatch, NOW - dt.timedelta(days=10))
    trust = Trust((authority.root.der,), now=NOW)
    early = NOW - dt.timedelta(days=20)
    assert only(sign_pdf(blank_pdf(), lost, level="b-t", authority=authority, now=early), trust).holds
    assert not only(sign_pdf(blank_pdf(), lost, now=early), trust).holds


def test_revoked_on_a_list_that_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority()
    lost = _revoked(authority, monkeypatch, NOW - dt.timedelta(days=10))
    later = Trust((authority.root.der,), now=NOW + dt.timedelta(days=200))
    assert "dicabut" in only(sign_pdf(blank_pdf(), lost), later).faults[0].id


def test_time_in_the_future(person: Identity, trust: Trust) -> None:
    report = only(sign_pdf(blank_pdf(), person, now=NOW + dt.timedelta(days=3)), trust)
    assert "masa depan" in report.faults[0].id


def test_two_signatures_in_their_order(person: Identity, second: Identity, authority: Authority, trust: Trust) -> None:
    data = blank_pdf("ttd", "ttd2")
    for level in LEVELS:
        first = sign_pdf(data, second, field="ttd2", level=level, authority=authority)
        both = verify_signatures(sign_pdf(first, person, level=level, authority=authority), trust)
        assert [(one.field, one.holds) for one in both] == [("ttd2", True), ("ttd", True)]


def test_signature_in_a_field_made_for_it(person: Identity, second: Identity, trust: Trust) -> None:
    data = sign_pdf(sign_pdf(blank_pdf("ttd"), person), second, field="baru", new=True)
    first, later = verify_signatures(data, trust)
    assert (first.holds, first.whole) == (True, True)
    assert (later.field, later.box) == ("baru", None)


@pytest.mark.parametrize("kind", ["PADES", "ADOBE_PKCS7_DETACHED"])
def test_signing_services_that_add_a_field_each(kind: str, person: Identity, second: Identity, trust: Trust) -> None:
    data = blank_pdf()
    for number, identity in enumerate((person, second)):
        box = (72 + 200 * number, 300, 200 + 200 * number, 350)
        data = sign_pdf(data, identity, field=f"layanan{number}", new=True, box=box, kind=kind)
    reports = verify_signatures(data, trust)
    assert [(one.holds, one.whole) for one in reports] == [(True, True)] * 2
    assert {one.level for one in reports} == {Level.B_B if kind == "PADES" else Level.OTHER}
    assert [one.box.x for one in reports if one.box] == [72, 272]


@pytest.mark.parametrize(("certify", "whole"), [(1, False), (2, True)])
def test_certified_document_says_what_may_follow(
    certify: int, whole: bool, person: Identity, second: Identity, trust: Trust
) -> None:
    first = sign_pdf(blank_pdf("ttd", "ttd2"), person, certify=certify)
    assert only(first, trust).holds
    certified, _ = verify_signatures(_forced(first, second), trust)
    assert (certified.whole, certified.holds) == (whole, whole)


def _forced(data: bytes, identity: Identity) -> bytes:
    """Signed in ttd2, whatever the certification says."""
    from unittest.mock import patch

    with patch("pyhanko.sign.signers.pdf_signer.PdfSigner._enforce_certification_constraints"):
        return sign_pdf(data, identity, field="ttd2")


def test_unsigned() -> None:
    data = blank_pdf("ttd", "ttd2")
    assert verify_signatures(data, Trust(now=NOW)) == ()
    assert [(field.name, field.label, field.signed) for field in fields_of(data)] == [
        ("ttd", "Tanda tangan ttd", False),
        ("ttd2", "Tanda tangan ttd2", False),
    ]


def test_fields_left(signed: dict[str, bytes]) -> None:
    assert [(field.name, field.signed) for field in fields_of(signed["b-b"])] == [("ttd", True), ("ttd2", False)]
    note = only(signed["b-b"], Trust(now=NOW)).notes[-1]
    assert note.id == "Belum ditandatangani: ttd2 (Tanda tangan ttd2)."


def test_pdf_without_a_form(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "kosong.pdf")
    data = (tmp_path / "kosong.pdf").read_bytes()
    assert (fields_of(data), verify_signatures(data, Trust(now=NOW))) == ((), ())


@pytest.mark.parametrize(("turn", "seen"), [(0, (10, 20, 30, 5)), (90, (20, 555, 5, 30)), (180, (555, 817, 30, 5))])
def test_box_as_it_is_shown(turn: int, seen: tuple[float, ...], tmp_path: Path) -> None:
    from pipeline.sign.reading import shown_box

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj.Rotate = turn
    box = shown_box(1, page, [10, 20, 40, 25])
    assert (box.x, box.y, box.width, box.height) == seen


def test_encrypted(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "terkunci.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    for read in (fields_of, lambda data: verify_signatures(data, Trust(now=NOW))):
        with pytest.raises(SignatureError) as caught:
            read((tmp_path / "terkunci.pdf").read_bytes())
        assert "dikunci dengan kata sandi" in caught.value.text("id")


BAD = {
    "empty": (b"", "kosong"),
    "blank": (b" \n\n", "kosong"),
    "text": (b"halo", "bukan PDF"),
    "docx": (b"PK\x03\x04" + b"\0" * 2000, "bukan PDF"),
    "head only": (b"%PDF-1.7\n", "rusak"),
    "cut": (blank_pdf()[:700], "rusak"),
}


@pytest.mark.parametrize("name", BAD)
def test_no_pdf(name: str) -> None:
    data, told = BAD[name]
    with pytest.raises(SignatureError) as caught:
        verify_signatures(data, Trust(now=NOW))
    assert told in caught.value.text("id")
    assert caught.value.exit_code == 5


def test_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.sign.reading.LARGEST", 1000)
    with pytest.raises(SignatureError, match=r"too big|besar"):
        fields_of(blank_pdf())


def test_kind_that_nobody_uses_any_more(signed: dict[str, bytes], trust: Trust) -> None:
    data = signed["b-b"].replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 ")
    report = only(data, trust)
    assert not report.holds
    assert "usang atau tidak dikenal" in report.faults[0].id


def test_signature_that_is_none(signed: dict[str, bytes], trust: Trust) -> None:
    data = signed["b-b"].replace(b"/Contents <30", b"/Contents <31")
    assert "rusak" in only(data, trust).faults[0].id


def test_network_is_not_asked(signed: dict[str, bytes], trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert all(only(data, trust).holds for data in signed.values())


def test_roots_from_files_and_folders(tmp_path: Path, authority: Authority) -> None:
    other = Authority("Akar Lain")
    (tmp_path / "a.pem").write_bytes(authority.root.pem + other.root.pem)
    (tmp_path / "b.cer").write_bytes(other.root.der)
    (tmp_path / "catatan.txt").write_text("bukan sertifikat")
    assert read_roots(tmp_path / "a.pem") == (authority.root.der, other.root.der)
    assert read_roots(tmp_path / "b.cer") == (other.root.der,)
    assert read_roots(tmp_path) == (authority.root.der, other.root.der)


def test_roots_of_no_use(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    (tmp_path / "salah.pem").write_text("bukan sertifikat")
    for path, told in (
        ("kosong", "Tidak ada sertifikat"),
        ("salah.pem", "bukan sertifikat"),
        ("x", "tidak dapat dibaca"),
    ):
        with pytest.raises(UsageError) as caught:
            read_roots(tmp_path / path)
        assert told in caught.value.text("id")
