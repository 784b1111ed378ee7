"""The bytes that a signature leaves out hold the signature, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.sign.later import _is_suspicious, gap_faults, later_than

CMS = b"\x30\x0b" + b"\x06\x03abc" + b"\xa0\x04defg"
LONG = b"\x30\x81\x88" + b"\x06\x03abc" + b"\xa0\x81\x80" + b"d" * 128
ENDLESS = b"\x30\x80" + b"\x06\x03abc" + b"\xa0\x80\0\0\0\0"
ZEROS = b"\0" * 8


def told(
    content: bytes,
    *,
    written: str = "",
    frame: tuple[bytes, bytes] = (b"<", b">"),
    said: bytes | None = None,
    moved: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> bool:
    """Is a file complained of whose gap holds ``content`` (``written`` so), framed by ``frame``?

    ``said`` is what the signature holds according to the reader; ``moved`` is added to the range of bytes.
    """
    gap = frame[0] + (written or content.hex()).encode() + frame[1]
    data = b"HEAD" + gap + b"TAIL"
    span = [one + more for one, more in zip((0, 4, 4 + len(gap), 4), moved, strict=True)]
    signature = SimpleNamespace(byte_range=span, pkcs7_content=content if said is None else said)
    return bool(gap_faults(data, signature))


@pytest.mark.parametrize("content", [CMS, LONG, CMS + ZEROS, LONG + ZEROS, ENDLESS])
def test_a_signature_with_zeros_behind_it_is_right(content: bytes) -> None:
    assert not told(content)
    assert not told(content, written=content.hex().upper())


@pytest.mark.parametrize(
    "content",
    [
        CMS + b"\0\0x",
        LONG + b"x",
        CMS[:1] + b"\x0d" + CMS[2:] + b"xy",  # longer than its two parts
        b"\x31" + CMS[1:],
        b"\x30\x0b" + b"\x06\x03abc" + b"\xa0\x03defg",
        ZEROS,
        b"\x30",
        b"\x30\x85\0\0\0\0\x01a",
        b"",
    ],
)
def test_anything_beside_the_signature_is_told(content: bytes) -> None:
    assert told(content)


def test_a_reader_that_read_something_else_is_told() -> None:
    assert told(CMS, said=LONG)


def test_digits_are_of_one_case_and_nothing_else() -> None:
    assert told(CMS, written="30" + CMS.hex().upper()[2:-8] + CMS.hex()[-8:].replace("6", "a"))
    assert told(CMS, written=CMS.hex().replace("0b", "0B", 1).replace("a0", "a0", 1))
    assert told(CMS, written=CMS.hex() + " ")


@pytest.mark.parametrize("frame", [(b"(", b")"), (b"<", b"x"), (b"x", b">")])
def test_a_gap_that_is_no_hexadecimal_text_is_told(frame: tuple[bytes, bytes]) -> None:
    assert told(CMS, frame=frame)


@pytest.mark.parametrize(
    "moved",
    [
        (1, 0, 0, 0),
        (-1, 0, 0, 0),
        (0, -9, 0, 0),
        (0, 0, 0, 1),
        (0, 0, 0, -99),
        (0, 99, 0, 0),
        (0, 1, 0, 0),
        (0, 0, -1, 0),
    ],
)
def test_a_range_that_is_not_all_but_the_gap_is_told(moved: tuple[int, int, int, int]) -> None:
    assert told(CMS, moved=moved)


def test_a_range_of_more_or_fewer_parts_is_told() -> None:
    for span in ([0, 4, 9], [0, 4, 9, 1, 11, 2], []):
        assert gap_faults(b"x" * 20, SimpleNamespace(byte_range=span, pkcs7_content=CMS))


def test_a_signature_of_a_part_of_its_revision_is_told() -> None:
    """Whatever the rest of the file says: what is not covered can be changed."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    gap = b"<" + CMS.hex().encode() + b">"
    signature = SimpleNamespace(
        byte_range=[0, 4, 4 + len(gap), 4],
        pkcs7_content=CMS,
        coverage=SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START,
        compute_integrity_info=lambda **_named: None,
    )
    found = later_than(b"HEAD" + gap + b"TAIL", signature, frozenset())
    assert not found.whole
    assert "hanya mencakup sebagian berkas" in found.faults[0].text("id")


def test_revisions_that_cannot_be_compared_are_not_trusted() -> None:
    def broken(_policy: object) -> None:
        raise ValueError

    assert _is_suspicious(SimpleNamespace(evaluate_modifications=broken, docmdp_level=None)) is None
    assert _is_suspicious(SimpleNamespace(evaluate_modifications=lambda _policy: None, docmdp_level=None))
