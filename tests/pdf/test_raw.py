"""Objects of a PDF as they stand in the file: which tables are plain, and what is copied."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.pdf.raw import Copying, RawFile, RawWriter, is_plain

OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [ ] /Count 0 >>",
    b"(satu 1 0 R \\) dua 2 0 R)",
)


def written(*objects: bytes, trailer: bytes = b"", first: int = 0, free: int = 0, rows: int = 0) -> bytes:
    """A PDF of ``objects``; the object ``free`` is said to be free, ``first`` and ``rows`` spoil the table."""
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    start = len(data)
    data += b"xref\n%d %d\n0000000000 65535 f \n" % (first, len(places) + 1 + rows)
    for number, at in enumerate(places, 1):
        data += b"%010d 00000 %b \n" % (at, b"f" if number == free else b"n")
    return data + b"trailer << /Root 1 0 R /Size 4%b >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


PLAIN = written(*OBJECTS)
OTHER = {
    "a later revision": written(*OBJECTS, trailer=b" /Prev 9"),
    "a table in a stream beside it": written(*OBJECTS, trailer=b" /XRefStm 9"),
    "a table that begins later": written(*OBJECTS, first=1),
    "a table of another length": written(*OBJECTS, rows=1),
    "no table": PLAIN.replace(b"startxref\n", b"startxref\n9"),
    "no end": PLAIN[:-6],
    "nothing": b"",
}


def test_a_plain_table_is_known_as_one() -> None:
    assert is_plain(PLAIN)
    assert [RawFile(PLAIN).object(number)[0] for number in (1, 2, 3)] == list(OBJECTS)


@pytest.mark.parametrize("name", OTHER)
def test_any_other_table_is_not(name: str) -> None:
    assert not is_plain(OTHER[name])
    with pytest.raises(ValueError, match="xref"):
        RawFile(OTHER[name])


def test_what_is_free_or_unknown_is_nothing() -> None:
    file = RawFile(written(*OBJECTS, free=3))
    assert [file.object(number) for number in (3, 77)] == [(b"null", b"")] * 2


def test_a_table_that_leads_to_another_object_is_noticed() -> None:
    one, two = (b"%010d 00000 n" % PLAIN.index(b"%d 0 obj" % number) for number in (1, 2))
    file = RawFile(PLAIN.replace(one, b"SATU").replace(two, one).replace(b"SATU", two))
    with pytest.raises(ValueError, match="1"):
        file.object(1)


def test_names_that_stand_for_objects_do_so_only_in_what_was_changed() -> None:
    """A document may say the very words."""
    source = RawFile(written(b"[ 2 0 R 3 0 R ]", b"(/BukuUjix)", b"null"))
    source.override[3] = b"[ /BukuUjix ]"
    out = io.BytesIO()
    target = RawWriter(out)
    target.number()
    copying = Copying(source, target, {b"/BukuUjix": 1})
    target.write(1, b"<< /Type /Catalog /Pages %d 0 R /Uji %d 0 R >>" % (target.add(OBJECTS[1]), copying.number(1)))
    copying.finish()
    target.close(1, None)
    with pikepdf.open(out) as pdf:
        said, changed = pdf.Root.Uji
        assert str(said) == "/BukuUjix"
        assert changed[0].objgen == pdf.Root.objgen
