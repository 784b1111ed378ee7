"""The HTML report: one file, no network, escaped, and complete without scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pipeline.model.finding import Place, Related, Severity
from pipeline.model.message import Lang, say
from pipeline.model.result import Failure, RunResult
from pipeline.report import html
from pipeline.report.words import WORDS
from pipeline.resources import data_file
from tests.report import html_sample, report_sample
from tests.report.html_sample import DAY, HOSTILE
from tests.report.report_sample import LINES, RESULT

_VOID = {"meta", "input", "br", "col", "img"}


def page(lang: Lang = "id", result: RunResult = RESULT) -> str:
    return html.render(result, lang=lang, today=DAY, version="1.2.3", base="outputs", lines=LINES)


class Reader(HTMLParser):
    """Collects tags with their attributes, the visible text, and what scripts and styles hold."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.code: dict[str, list[str]] = {"script": [], "style": []}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"td", "th", "dt", "dd", "li"}:
            self.texts.append(" ")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.code:
            self.code[self.open[-1]].append(data)
        elif self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("sample", [report_sample, html_sample])
def test_page_is_well_formed_and_loads_nothing(lang: Lang, sample: object) -> None:
    text = page(lang) if sample is report_sample else html_sample.page(lang=lang)
    reader = read(text)
    assert not {"link", "img", "iframe", "object", "base"} & {tag for tag, _ in reader.tags}
    assert not [tag for tag, attributes in reader.tags if {"src", "style", "onclick"} & set(attributes)]
    assert not re.search(r"@import|url\(|https?://", "".join(reader.code["style"] + reader.code["script"]))
    assert ("html", {"lang": lang}) in reader.tags
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "{" not in reader.text.replace("{n}", "")


def test_links_within_the_page_lead_somewhere() -> None:
    reader = read(html_sample.page())
    ids = {attributes.get("id") for _, attributes in reader.tags}
    links = [attributes["href"] or "" for tag, attributes in reader.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert [link for link in links if not link.startswith("#")] == ["alfa/sop/reses%20%26%20rekap.docx"]


def test_the_policy_allows_our_script_and_style_and_no_other() -> None:
    reader = read(page())
    policy = next(a["content"] or "" for tag, a in reader.tags if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (held,) = reader.code[kind]
        digest = base64.b64encode(hashlib.sha256(held.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text() -> None:
    text = html_sample.page()
    reader = read(text)
    assert len(reader.code["script"]) == 1
    assert "alert" not in reader.code["script"][0]
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert HOSTILE.replace("`x`", "x") in reader.text


def test_every_finding_stands_there_with_place_and_remedy() -> None:
    reader = read(page())
    articles = [attributes for tag, attributes in reader.tags if tag == "article"]
    assert len(articles) == len(RESULT.findings) + len(RESULT.failures)
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
        assert part in reader.text


def test_a_finding_tells_step_column_doubt_related_places_and_what_is_accepted() -> None:
    text = read(html_sample.page()).text
    for part in (
        "reses.langkah.csv, sel E4, baris 4, langkah 3, kolom waktu (di inputs/alfa/sop)",
        "UU 17/2014 (keyakinan sumber sedang: cocokkan dahulu dengan naskah aslinya)",
        "reses.yaml, baris 3: tanggalnya",
        "HKM-04: Temuan tentang urutan.",
        "kantor.yaml, baris 5 (di inputs/alfa)",
    ):
        assert part in text
    assert "<mark>Undang-Undang N</mark>omor 17 &lt;b&gt;" in html_sample.page()


def test_the_rules_of_all_findings_are_explained_and_no_others() -> None:
    reader = read(html_sample.page())
    explained = [attributes["data-code"] for tag, attributes in reader.tags if tag == "details"]
    codes = {f.code for f in html_sample.FINDINGS} | {html_sample.ACCEPTED.code}
    assert set(explained) == codes
    assert "IDN-01" not in explained
    assert "Mengapa" in reader.text


def test_offices_and_documents_are_counted() -> None:
    text = read(html_sample.page()).text
    assert "alfa 4 2 2 1 1" in text, "documents, errors, warnings, notes, held back"
    assert "beta 2 2 0 1 2" in text
    assert "Berkas bersama: 0 kesalahan, 1 peringatan, 0 catatan" in text
    assert "draf tidak 0 0 0 - -" in text, "an SOP without findings is listed"


def test_a_finding_of_no_office_stands_apart() -> None:
    odd = replace(html_sample.FINDINGS[0], place=Place("--select"))
    text = html_sample.page(RunResult((odd,), html_sample.DOCUMENTS))
    assert '<option value="-">Umum</option>' in text
    read(text)


def test_the_rule_of_conversion_stands_once_below_the_totals() -> None:
    one = page()
    assert one.count("bukan dengan menjumlah baris: 1 hari = 7,5 jam.") == 1
    assert "<sup>" not in one
    first = RESULT.documents[0]
    other = replace(first.duration, conversion=say("1 hari = 8 jam"))
    two = page(result=replace(RESULT, documents=(first, replace(first, id="contoh/sop/lain", duration=other))))
    assert two.count("3 hari kerja (biasanya 2 hari kerja)<sup>1</sup>") == 1
    assert two.count("3 hari kerja (biasanya 2 hari kerja)<sup>2</sup>") == 1
    assert "<sup>2</sup> Lama prosedur dihitung" in two


def test_filters_know_every_severity_family_office_and_document() -> None:
    reader = read(html_sample.page())
    values = {attributes.get("value") for tag, attributes in reader.tags if tag in {"option", "input"}}
    assert {"error", "warning", "info", "HKM", "DUR", "ATR", "alfa", "beta", "alfa/sop/reses"} <= values
    assert "Keluarga HKM" in reader.text
    (form,) = [attributes for tag, attributes in reader.tags if tag == "form"]
    assert "hidden" in form, "without scripts there is nothing to filter with"


def test_one_office_needs_no_table_and_no_filter_of_offices() -> None:
    text = page()
    assert "Menurut kantor" not in text
    assert 'id="office"' not in text


def test_nothing_found_is_said() -> None:
    text = page(result=RunResult((), ()))
    assert "Tidak ada temuan" in text
    read(text)


def test_same_result_same_page() -> None:
    assert html_sample.page() == html_sample.page()


def test_documents_are_listed_by_title_with_the_path_small() -> None:
    titled = replace(RESULT.documents[0], title="Pelaksanaan Reses <uji>")
    text = page(result=replace(RESULT, documents=(titled, *RESULT.documents[1:])))
    assert ">Pelaksanaan Reses &lt;uji&gt;</a>" in text
    assert text.count(f'<br><span class="path">{titled.id}</span>') == 2
    assert ">contoh/sop/kosong<" in text


def test_backticks_become_code_and_stay_escaped() -> None:
    told = say("isi `<b>&` di `a`; satu ` saja")
    first = replace(RESULT.findings[0], message=told, help=told, related=(Related(Place("a"), told),))
    result = replace(RESULT, findings=(first,), notes=(told,), failures=(Failure(told, 4),))
    text = page(result=result)
    assert text.count("isi <code>&lt;b&gt;&amp;</code> di <code>a</code>; satu ` saja") == 5


def test_on_a_small_screen_the_table_is_a_list() -> None:
    text = page()
    for label in ("Tahap", "Ditahan", "Kesalahan", "Peringatan", "Catatan", "Lama prosedur", "Berkas jadi"):
        assert f'data-label="{label}"' in text


def test_every_word_of_the_template_is_known() -> None:
    template = data_file("temuan.html.j2").read_text(encoding="utf-8")
    assert set(re.findall(r"words\.(\w+)", template)) <= set(WORDS)


def test_in_english_nothing_of_the_page_itself_stays_indonesian() -> None:
    indonesian = html_sample.page()
    english = html_sample.page(lang="en")
    for key in ("title", "conformity_about", "rules_about", "todo", "reset"):
        assert WORDS[key].text("id") in indonesian
        assert WORDS[key].text("en") in english
        assert WORDS[key].text("id") not in english


def test_counts_at_the_top_agree_with_the_result() -> None:
    text = read(page()).text
    for severity, word in ((Severity.ERROR, "Kesalahan"), (Severity.WARNING, "Peringatan"), (Severity.INFO, "Catatan")):
        assert f"{RESULT.count(severity)} {word}" in text
