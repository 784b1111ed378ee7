"""Whatever is done to a signed PDF is noticed, also where readers of PDF say "valid"."""

from __future__ import annotations

from io import BytesIO

import pytest

from pipeline.errors import SignatureError
from pipeline.sign.reports import Level, SignatureReport, Trust
from pipeline.sign.verify import verify_signatures
from tests.sign.authority import Authority, Identity, blank_pdf, sign_pdf
from tests.sign.tampering import TAMPERINGS, appended, remove_last_field


def _reports(data: bytes, trust: Trust) -> tuple[SignatureReport, ...]:
    """The reports; a file that is no readable PDF any more has none."""
    try:
        return verify_signatures(data, trust)
    except SignatureError:
        return ()


@pytest.mark.parametrize("level", ["b-b", "b-lt", "b-lta"])
@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_change_is_noticed(name: str, level: str, signed: dict[str, bytes], trust: Trust) -> None:
    assert all(report.holds for report in verify_signatures(signed[level], trust))
    tampered = TAMPERINGS[name](signed[level])
    assert tampered != signed[level]
    reports = _reports(tampered, trust)
    assert not any(report.holds for report in reports)
    assert all(not (report.intact and report.whole) for report in reports)


TOLD = {
    "overlay": "halaman 1",
    "change_title": "Title",
    "change_xmp": "dc:title",
    "add_note": "catatan atau isian di halaman 1",
    "add_signature_field": "tambahan",
    "add_text_field": "tambahan",
    "new_look_free": "ttd2",
    "move_field": "ttd2",
    "twice_the_page": "jumlah halaman",
    "turn_page": "halaman 1",
    "appended": "8 byte",
    "one_bit": "tidak sama lagi",
}


@pytest.mark.parametrize("name", TOLD)
def test_what_was_changed_is_told(name: str, signed: dict[str, bytes], trust: Trust) -> None:
    (report,) = verify_signatures(TAMPERINGS[name](signed["b-b"]), trust)
    assert any(TOLD[name].lower() in fault.id.lower() for fault in report.faults), [f.id for f in report.faults]


def test_change_behind_the_second_signature_breaks_both(
    authority: Authority, person: Identity, second: Identity, trust: Trust
) -> None:
    data = sign_pdf(sign_pdf(blank_pdf("ttd", "ttd2"), person), second, field="ttd2")
    assert [report.holds for report in verify_signatures(data, trust)] == [True, True]
    tampered = TAMPERINGS["change_title"](data)
    assert [report.holds for report in verify_signatures(tampered, trust)] == [False, False]


def test_change_between_two_signatures_breaks_the_first(
    person: Identity, second: Identity, trust: Trust, signed: dict[str, bytes]
) -> None:
    between = TAMPERINGS["change_title"](signed["b-b"])
    first, later = verify_signatures(sign_pdf(between, second, field="ttd2"), trust)
    assert (first.signer, first.whole) == ("Penandatangan Contoh 01", False)
    assert (later.signer, later.holds) == ("Penandatangan Contoh 02", True)


def test_timestamp_that_was_taken_away_is_missed(signed: dict[str, bytes], trust: Trust) -> None:
    signature, gone = verify_signatures(appended(remove_last_field)(signed["b-lta"]), trust)
    assert (signature.field, signature.level) == ("ttd", Level.B_LT)
    assert not gone.holds
    assert "dihapus" in gone.faults[0].id


def test_something_hidden_in_the_timestamp_of_the_document(signed: dict[str, bytes], trust: Trust) -> None:
    data = signed["b-lta"]
    end = data.index(b">", data.rindex(b"/Contents <"))
    (report,) = verify_signatures(data[: end - 8] + b"DEADBEEF" + data[end:], trust)
    assert not report.holds
    assert any("Stempel waktu dokumen" in fault.id for fault in report.faults)


def test_signature_of_another_document_does_not_fit(signed: dict[str, bytes], trust: Trust) -> None:
    other = signed["b-b"].replace(b"Isi dokumen", b"Isi lainnya")
    (report,) = verify_signatures(other, trust)
    assert (report.intact, report.holds) == (False, False)


def test_range_that_leaves_more_out_is_noticed(signed: dict[str, bytes], trust: Trust) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader

    data = signed["b-b"]
    inner = PdfFileReader(BytesIO(data)).embedded_regular_signatures[0]
    start = int(inner.byte_range[1])
    moved = data.replace(str(start).encode(), str(start - 9).encode(), 1)
    assert not any(report.holds for report in _reports(moved, trust))


@pytest.mark.parametrize(("level", "step"), [("b-b", 61), ("b-t", 97)])
def test_single_bits_all_over_the_file(level: str, step: int, signed: dict[str, bytes], trust: Trust) -> None:
    """Every ``step``-th byte with one bit turned: the report is never the same as before."""
    data = signed[level]
    before = verify_signatures(data, trust)
    unnoticed = []
    for place in range(0, len(data), step):
        turned = bytearray(data)
        turned[place] ^= 1 << (place % 7)
        if _reports(bytes(turned), trust) == before:
            unnoticed.append(place)
    assert unnoticed == []
