"""What unpacks beyond measure is refused before it is unpacked; what a document is made of is not."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Name

from pipeline.errors import SignatureError
from pipeline.sign import measure
from pipeline.sign.compare import compare
from tests.sign import paper

GOOD = paper.paper()
MOST = 1024 * 1024


def with_stream(packed: bytes, filters: Name | Array, where: str = "page") -> bytes:
    """A PDF with a page, or an attached file, of ``packed``."""
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(packed, filter=filters)
        if where == "page":
            pdf.pages[0].Contents = stream
        else:
            pdf.Root.Besar = stream
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return out.getvalue()


@pytest.mark.parametrize("where", ["page", "elsewhere"])
def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setattr(measure, "MOST", MOST)
    data = with_stream(zlib.compress(bytes(MOST + 1)), Name.FlateDecode, where)
    with pytest.raises(SignatureError, match="1 MB"):
        compare(GOOD, data)


def test_what_is_packed_twice_is_refused() -> None:
    data = with_stream(zlib.compress(zlib.compress(b" ")), Array([Name.FlateDecode, Name.FlateDecode]))
    with pytest.raises(SignatureError) as error:
        compare(GOOD, data)
    assert "tidak wajar" in error.value.text("id")


def test_what_is_within_measure_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "MOST", MOST)
    measure.prove_measure(with_stream(zlib.compress(bytes(MOST)), Name.FlateDecode))
    measure.prove_measure(with_stream(zlib.compress(bytes(MOST + 1))[:-900], Name.FlateDecode))
    measure.prove_measure(GOOD)
    measure.prove_measure(b"bukan PDF")
    assert compare(GOOD, GOOD).same


def test_nothing_short_can_be_a_bomb() -> None:
    packed = zlib.compress(bytes(10 * MOST), 9)
    assert len(packed) * measure._RATIO > 10 * MOST
