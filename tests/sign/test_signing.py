"""PDFs signed by ourselves: the levels, the fields, and what must stay as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pipeline.errors import ProofError, UsageError
from pipeline.sign import signing
from pipeline.sign.keys import Key, read_p12
from pipeline.sign.reports import Level, Trust, Trusted
from pipeline.sign.signing import Order, sign_pdf
from pipeline.sign.typeface import find_typeface
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import NOW, PASSPHRASE, Authority, Identity, blank_pdf, self_signed
from tests.sign.tampering import TAMPERINGS

WIB = dt.timezone(dt.timedelta(hours=7))
LEVELS = (Level.B_B, Level.B_T, Level.B_LT)


def key_of(identity: Identity, folder: Path) -> Key:
    path = folder / "kunci.p12"
    path.write_bytes(identity.p12())
    return read_p12(path, PASSPHRASE)


@pytest.fixture
def order(person: Identity, authority: Authority, tmp_path: Path) -> Order:
    return Order(
        key_of(person, tmp_path),
        Level.B_B,
        NOW.astimezone(WIB),
        timestamper=authority.timestamper(),
        tsa="http://tsa.contoh.example/",
        font=find_typeface(),
        crls=(authority.crl(),),
        offline=True,
    )


@pytest.mark.parametrize("level", LEVELS)
def test_levels(level: Level, order: Order, trust: Trust) -> None:
    data = blank_pdf()
    made = sign_pdf(data, replace(order, level=level))
    (report,) = verify_signatures(made.data, trust)
    assert (report.level, report.holds, report.whole, report.trusted) == (level, True, True, Trusted.YES)
    assert report.claimed == NOW
    assert (report.proved is None) == (level is Level.B_B)
    assert made.report.level is level
    assert made.data.startswith(data), "the unsigned PDF can be cut out of the signed one"


def test_timestamp_authority_is_not_asked_for_b_b(order: Order) -> None:
    made = sign_pdf(blank_pdf(), replace(order, timestamper=None, crls=()))
    assert made.report.level is Level.B_B


@pytest.mark.parametrize("level", LEVELS)
def test_two_sign_one_after_the_other(
    level: Level, order: Order, second: Identity, trust: Trust, tmp_path: Path
) -> None:
    first = sign_pdf(blank_pdf("ttd", "ttd2"), replace(order, level=level), "ttd2")
    other = replace(order, level=level, key=key_of(second, tmp_path))
    both = verify_signatures(sign_pdf(first.data, other).data, trust)
    assert [(one.field, one.signer[-2:], one.level, one.holds) for one in both] == [
        ("ttd2", "01", level, True),
        ("ttd", "02", level, True),
    ]


def _told(data: bytes) -> tuple[object, ...]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return (dict(pdf.docinfo), pdf.Root.Metadata.read_bytes())


@pytest.mark.parametrize("level", LEVELS)
def test_metadata_stay_as_they_are(level: Level, order: Order) -> None:
    data = blank_pdf()
    assert _told(sign_pdf(data, replace(order, level=level)).data) == _told(data)


def test_signature_is_seen_in_its_field(order: Order) -> None:
    made = sign_pdf(blank_pdf(), order).data
    with pikepdf.open(BytesIO(made)) as pdf:
        look = pdf.pages[0].Annots[0].AP.N
        inner = look.Resources.XObject["/Stempel"]
        fonts = [font for font in inner.get("/Resources", {}).get("/Font", {}).values()]
        assert [float(side) for side in look.BBox] in ([0, 0, 180, 50], [0, 50, 180, 0])
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        assert len(fonts) == (1 if order.font else 0)


def test_without_a_font_there_is_a_frame(order: Order) -> None:
    assert sign_pdf(blank_pdf(), replace(order, font=None)).report.holds


def _refused(data: bytes, order: Order, field: str = "") -> str:
    with pytest.raises(UsageError) as caught:
        sign_pdf(data, order, field)
    assert caught.value.exit_code == 2
    return caught.value.text("id")


def test_field_must_be_chosen_among_several(order: Order) -> None:
    told = _refused(blank_pdf("ttdkepala", "ttdsaksi"), order)
    assert "ttdkepala (Tanda tangan ttdkepala); ttdsaksi (Tanda tangan ttdsaksi)" in told
    assert "--field" in told


def test_field_that_is_not_there(order: Order) -> None:
    assert "Isian lain tidak ada. Yang belum ditandatangani: ttd" in _refused(blank_pdf("ttd"), order, "lain")


def test_field_that_is_signed(order: Order) -> None:
    made = sign_pdf(blank_pdf("ttd"), order).data
    assert "Semua isian tanda tangan di PDF ini sudah ditandatangani" in _refused(made, order)
    assert "sudah ditandatangani" in _refused(made, order, "ttd")
    assert "tidak ada isian lain" in _refused(made, order, "lain")


def test_pdf_without_fields(order: Order) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    made = BytesIO()
    pdf.save(made)
    assert "hanya ada pada dokumen berstatus final" in _refused(made.getvalue(), order)


@pytest.mark.parametrize(("data", "told"), [(b"", "kosong"), (b"halo", "bukan PDF"), (blank_pdf()[:700], "rusak")])
def test_no_pdf(data: bytes, told: str, order: Order) -> None:
    assert told in _refused(data, order)


@pytest.mark.parametrize("name", ["one_bit", "change_title", "overlay", "appended"])
def test_broken_signature_is_not_signed_over(name: str, signed: dict[str, bytes], order: Order) -> None:
    assert "tidak utuh lagi" in _refused(TAMPERINGS[name](signed["b-b"]), order, "ttd2")


def test_b_lt_needs_what_proves_validity(order: Order, authority: Authority, tmp_path: Path) -> None:
    long = replace(order, level=Level.B_LT, crls=(), offline=True)
    assert "daftar pencabutan" in _refused(blank_pdf(), long)


def test_b_lt_with_a_revoked_certificate(order: Order, tmp_path: Path) -> None:
    authority = Authority()
    lost = authority.issue("Dicabut")
    authority.revoke(lost, NOW - dt.timedelta(days=1))
    told = _refused(
        blank_pdf(),
        replace(order, key=key_of(lost, tmp_path), level=Level.B_LT, crls=(authority.crl(),)),
    )
    assert "sudah dicabut" in told


def test_certificate_without_lists_cannot_be_b_lt(order: Order, authority: Authority, tmp_path: Path) -> None:
    key = key_of(authority.issue("Tanpa Daftar", crl=False), tmp_path)
    with pytest.raises(ProofError) as caught:
        sign_pdf(blank_pdf(), replace(order, key=key, level=Level.B_LT))
    assert "menjadi tingkat B-T, bukan B-LT" in caught.value.text("id")


def test_result_that_does_not_verify_is_not_handed_out(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = signing._signed
    monkeypatch.setattr(signing, "_signed", lambda *given: TAMPERINGS["one_bit"](whole(*given)))
    with pytest.raises(ProofError) as caught:
        sign_pdf(blank_pdf(), order)
    assert "tidak disimpan" in caught.value.text("id")
    assert caught.value.exit_code == 4


def test_own_certificate_that_the_office_trusts(order: Order, tmp_path: Path) -> None:
    own = self_signed()
    made = sign_pdf(blank_pdf(), replace(order, key=key_of(own, tmp_path), roots=(own.der,)))
    assert made.report.trusted is Trusted.YES
