"""The hash in the QR code of a book: of its decree, its words and what its SOPs print, whatever page they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.book import BookWords
from pipeline.model.office import Office
from pipeline.run.canonical import book_fingerprint
from tests.render.test_book import DECREE, OFFICE, PATH

SOPS = (
    {"nomor": "001", "judul": "Pelaksanaan Reses", "sidik": "aa"},
    {"nomor": "002", "judul": "Rapat Paripurna", "sidik": "bb"},
)
FIRST = book_fingerprint(OFFICE, "Buku", SOPS, PATH)


def decree(**more: object) -> Office:
    return replace(OFFICE, book=BookWords(decree=replace(DECREE, **more)))  # type: ignore[arg-type]


def signer(**more: object) -> Office:
    return replace(OFFICE, officials=(replace(OFFICE.officials[0], **more),))  # type: ignore[arg-type]


OTHERS: dict[str, Callable[[Path], str]] = {
    "another SOP": lambda _: book_fingerprint(OFFICE, "Buku", (*SOPS, {**SOPS[0], "nomor": "003"}), PATH),
    "one less": lambda _: book_fingerprint(OFFICE, "Buku", SOPS[:1], PATH),
    "another order": lambda _: book_fingerprint(OFFICE, "Buku", SOPS[::-1], PATH),
    "an SOP of other content": lambda _: book_fingerprint(OFFICE, "Buku", ({**SOPS[0], "sidik": "ab"}, SOPS[1]), PATH),
    "another title": lambda _: book_fingerprint(OFFICE, "Himpunan", SOPS, PATH),
    "a decree of other words": lambda _: book_fingerprint(decree(deciding=("Menetapkan.",)), "Buku", SOPS, PATH),
    "a decree of another number": lambda _: book_fingerprint(decree(number="9"), "Buku", SOPS, PATH),
    "no decree": lambda _: book_fingerprint(replace(OFFICE, book=BookWords()), "Buku", SOPS, PATH),
    "another signer": lambda _: book_fingerprint(signer(name="Pejabat Lain"), "Buku", SOPS, PATH),
    "another office": lambda _: book_fingerprint(replace(OFFICE, city="Lain"), "Buku", SOPS, PATH),
    "another template": lambda folder: book_fingerprint(OFFICE, "Buku", SOPS, _other(folder)),
}


def _other(folder: Path) -> Path:
    path = folder / "buku-sop.docx"
    path.write_bytes(PATH.read_bytes() + b" ")
    return path


@pytest.mark.parametrize("case", OTHERS)
def test_other_content_has_another_hash(case: str, tmp_path: Path) -> None:
    assert OTHERS[case](tmp_path) != FIRST


def test_equal_content_has_the_same_hash(tmp_path: Path) -> None:
    moved = tmp_path / "lain.docx"
    moved.write_bytes(PATH.read_bytes())
    turned = [dict(reversed(one.items())) for one in SOPS]
    assert book_fingerprint(replace(OFFICE, folder=tmp_path), "Buku", turned, moved) == FIRST
    assert len(FIRST) == 64
