"""Where a document differs from the one that was made again, in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import pytest

from pipeline.errors import SignatureError
from pipeline.model.message import say
from pipeline.run.rebuild_diff import MOST, docx_differences, pdf_differences
from pipeline.sign import compare
from pipeline.sign.changes import Change, Comparison, Kind


def docx(parts: Mapping[str, str], method: int = zipfile.ZIP_STORED) -> bytes:
    """A package of ``parts``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text, method)
    return out.getvalue()


def body(*paragraphs: str, more: str = "") -> str:
    texts = (f'<w:p w:x="1"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in paragraphs)
    return "".join(texts) + more


LONG = "0123456789" * 10


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ({"a": body("x")}, {"a": body("x"), "b": "1"}, ["DOCX: bagian b hanya ada pada hasil pembuatan ulang."]),
        ({"a": "1", "b": "1"}, {"a": "1"}, ["DOCX: bagian b tidak ada pada hasil pembuatan ulang."]),
        ({"a": body("x", more="<a/>")}, {"a": body("x")}, ["DOCX: a berbeda, bukan pada teksnya."]),
        (
            {"a": body("sama", "lama")},
            {"a": body("sama", "baru")},
            ["DOCX: a berbeda; pertama pada teks “lama” yang kini menjadi “baru”."],
        ),
        (
            {"a": body("sama")},
            {"a": body("sama", "tambahan")},
            ["DOCX: a berbeda; pertama pada teks “” yang kini menjadi “tambahan”."],
        ),
        (
            {"a": body("sama", "hilang")},
            {"a": body("sama")},
            ["DOCX: a berbeda; pertama pada teks “hilang” yang kini menjadi “”."],
        ),
        (
            {"a": body("la\nma")},
            {"a": body("la\nlu")},
            ["DOCX: a berbeda; pertama pada teks “la\nma” yang kini menjadi “la\nlu”."],
        ),
        (
            {"a": body(LONG + "lama" + LONG)},
            {"a": body(LONG + "lama")},
            [
                f"DOCX: a berbeda; pertama pada teks “…4567890123456789lama{LONG[:40]}…” yang kini menjadi "
                "“…4567890123456789lama”."
            ],
        ),
        ({"a": "2", "b": "2"}, {"a": "1", "b": "1"}, [f"DOCX: {name} berbeda, bukan pada teksnya." for name in "ab"]),
        ({str(n): "1" for n in range(MOST + 3)}, {}, MOST),
    ],
)
def test_what_differs_in_a_docx(one: dict[str, str], two: dict[str, str], words: Sequence[str] | int) -> None:
    told = [note.text("id") for note in docx_differences(docx(one), docx(two))]
    if isinstance(words, int):
        assert len(told) == words
    else:
        assert told == list(words)


def test_the_same_docx_in_other_wrapping_is_told_as_that() -> None:
    parts = {"a": body("x" * 200)}
    assert docx_differences(docx(parts), docx(parts)) == []
    (note,) = docx_differences(docx(parts), docx(parts, zipfile.ZIP_DEFLATED))
    assert "dikemas lain" in note.text("id")


@pytest.mark.parametrize("data", [b"", b"PK\3\4 rusak"])
def test_what_is_no_package_has_no_parts(data: bytes) -> None:
    (note,) = docx_differences(data, docx({"a": "1"}))
    assert "bagian a hanya ada" in note.text("id")


@pytest.mark.parametrize(("count", "told", "last"), [(1, 1, "1"), (MOST, MOST, "12"), (MOST + 5, MOST + 1, "dan 5")])
def test_of_many_changes_the_first_are_told(monkeypatch: pytest.MonkeyPatch, count: int, told: int, last: str) -> None:
    kind = next(iter(Kind))
    changes = tuple(Change(kind, say("perbedaan {n}", n=n + 1)) for n in range(count))
    monkeypatch.setattr(compare, "compare", lambda again, given: Comparison(changes, int(again + given)))
    notes = [note.text("id") for note in pdf_differences(b"1", b"2")]
    assert (len(notes), last in notes[-1]) == (told, True)


def test_pages_that_look_the_same_are_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "compare", lambda *_: Comparison((), 1))
    (note,) = pdf_differences(b"1", b"2")
    assert "semua halaman terlihat sama" in note.text("id")


def test_what_cannot_be_compared_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: bytes) -> Comparison:
        raise SignatureError(say("berkas rusak"))

    monkeypatch.setattr(compare, "compare", fails)
    assert [note.text("id") for note in pdf_differences(b"1", b"2")] == ["berkas rusak"]
