"""The page of the gallery."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from tests.gallery.page import Card, Picture, render

GOOD = Card(
    "kasus/lurus", "Surat <Masuk> & Keluar", "Lurus.", {"pages": 1, "lines": 4, "crossings": 0, "overlaps": 0},
    pictures=[Picture("kasus/lurus/halaman-1.png", 1200, 800)], pdf="kasus/lurus/lurus.pdf",
)  # fmt: skip
CROSSED = Card("contoh/silang", "Silang", "", {"pages": 1, "lines": 4, "crossings": 3, "overlaps": 0})
OVERLAPPING = Card("contoh/tumpang", "Tumpang", "", {"pages": 1, "lines": 4, "crossings": 0, "overlaps": 1})
REFUSED = Card("kasus/tinggi", "Tinggi", "", findings=["FMT-01: lebih tinggi daripada satu halaman"], fatal=True)
CARDS = [GOOD, CROSSED, OVERLAPPING, REFUSED]


class Reader(HTMLParser):
    """Collects the attributes of every element, by tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[dict[str, Any]]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.setdefault(tag, []).append(dict(attrs))


def elements() -> dict[str, list[dict[str, Any]]]:
    reader = Reader()
    reader.feed(render(CARDS))
    return reader.found


def test_it_opens_offline_and_loads_pictures_when_they_are_seen() -> None:
    found = elements()
    assert [image["src"] for image in found["img"]] == ["kasus/lurus/halaman-1.png"]
    assert {(image["loading"], image["width"], image["height"]) for image in found["img"]} == {("lazy", "1200", "800")}
    assert "http" not in render(CARDS)
    assert "link" not in found
    assert "src" not in found["script"][0]


def test_the_worst_comes_first_when_asked() -> None:
    ranks = {card["data-nama"]: card["data-buruk"] for card in elements()["section"]}
    assert ranks == {"kasus/tinggi": "0", "contoh/tumpang": "1", "contoh/silang": "2", "kasus/lurus": "3"}


def test_the_filter_knows_names_and_texts_but_not_the_words_of_the_score() -> None:
    words = elements()["section"][0]["data-kata"]
    assert words == "kasus/lurus surat <masuk> & keluar lurus."


def test_texts_are_escaped_and_findings_shown() -> None:
    page = render(CARDS)
    assert "Surat &lt;Masuk&gt; &amp; Keluar" in page
    assert "<li>FMT-01: lebih tinggi daripada satu halaman</li>" in page
    assert "<span class=salah>1 tumpang tindih</span>" in page
    assert "4 SOP, 1 ditolak, 3 halaman" in page
