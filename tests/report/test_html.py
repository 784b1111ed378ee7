"""The HTML report: one file, no network, escaped, and complete without scripts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pipeline.model.finding import Place, Related
from pipeline.model.message import Lang, Message
from pipeline.model.result import Failure, RunResult
from pipeline.report import html
from tests.report.report_sample import LINES, RESULT

DAY = dt.date(2026, 11, 21)


def page(lang: Lang = "id", result: RunResult = RESULT) -> str:
    return html.render(result, lang=lang, today=DAY, version="1.2.3", base="outputs", lines=LINES)


class Reader(HTMLParser):
    """Collects tags with their attributes, and the visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.texts.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


@pytest.mark.parametrize("lang", ["id", "en"])
def test_page_is_well_formed_and_loads_nothing(lang: Lang) -> None:
    text = page(lang)
    reader = read(text)
    assert not re.search(r"https?://|@import|url\(|<link|<img|<iframe", text)
    assert not [tag for tag, attributes in reader.tags if "src" in attributes]
    assert ("html", {"lang": lang}) in reader.tags


def test_every_finding_stands_there_with_place_and_remedy() -> None:
    reader = read(page())
    articles = [attributes for tag, attributes in reader.tags if tag == "article"]
    assert len(articles) == len(RESULT.findings) + len(RESULT.failures)
    text = " ".join("".join(reader.texts).split())
    for part in (
        "Judul “<Reses> & Pokir” diawali kata SOP.",
        "Hapus kata “SOP”.",
        "reses.yaml, baris 3, kolom 8",
        "reses.langkah.csv, sel E7, baris 7",
        "buku.xlsx, lembar langkah, sel B4",
        "LibreOffice tidak ditemukan.",
        "Keluaran lama tidak diubah.",
        "21 November 2026",
        "menahan dokumen",
    ):
        assert part in text


def test_the_rule_of_conversion_stands_once_below_the_totals() -> None:
    one = page()
    assert one.count("bukan dengan menjumlah baris: 1 hari = 7,5 jam.") == 1
    assert "<sup>" not in one
    first = RESULT.documents[0]
    other = replace(first.duration, conversion=Message("1 hari = 8 jam", "1 day = 8 hours"))
    two = page(result=replace(RESULT, documents=(first, replace(first, id="contoh/sop/lain", duration=other))))
    assert two.count("3 hari kerja (biasanya 2 hari kerja)<sup>1</sup>") == 1
    assert two.count("3 hari kerja (biasanya 2 hari kerja)<sup>2</sup>") == 1
    assert "<sup>2</sup> Lama prosedur dihitung" in two


def test_values_are_escaped_and_links_are_relative() -> None:
    text = page()
    assert "<Reses>" not in text
    assert 'href="contoh/sop/reses%20%26%20rekap.docx"' in text


def test_filters_know_every_document_and_severity() -> None:
    reader = read(page())
    values = [attributes.get("value") for tag, attributes in reader.tags if tag in {"option", "input"}]
    assert {"*", "", "contoh/sop/reses", "error", "warning", "info"} <= set(values)


def test_nothing_found_is_said() -> None:
    text = page(result=RunResult((), ()))
    assert "Tidak ada temuan" in text
    read(text)


def test_same_result_same_page() -> None:
    assert page() == page()


def test_documents_are_listed_by_title_with_the_path_small() -> None:
    titled = replace(RESULT.documents[0], title="Pelaksanaan Reses <uji>")
    text = page(result=replace(RESULT, documents=(titled, *RESULT.documents[1:])))
    assert ">Pelaksanaan Reses &lt;uji&gt;</a>" in text
    assert text.count(f'<br><span class="path">{titled.id}</span>') == 2
    assert ">contoh/sop/kosong<" in text
    assert "<th>Lama prosedur</th>" in text


def test_backticks_become_code_and_stay_escaped() -> None:
    told = Message("isi `<b>&` di `a`; satu ` saja", "x")
    first = replace(RESULT.findings[0], message=told, help=told, related=(Related(Place("a"), told),))
    result = replace(RESULT, findings=(first,), notes=(told,), failures=(Failure(told, 4),))
    text = page(result=result)
    assert text.count("isi <code>&lt;b&gt;&amp;</code> di <code>a</code>; satu ` saja") == 5


def test_on_a_small_screen_the_table_is_a_list() -> None:
    text = page()
    assert "@media screen and (max-width: 40rem)" in text
    for label in ("Tahap", "Kesalahan", "Peringatan", "Lama prosedur", "Berkas jadi"):
        assert f'data-label="{label}"' in text
