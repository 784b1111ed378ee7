"""``temuan.html`` in headless Chromium: filters, address, keyboard, print, and what keeps people out (axe-core)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pypdfium2
import pytest

from tests.export import chromium
from tests.report import html_sample
from tests.report.devtools import Browser

ALL = "8 dari 8 temuan ditampilkan, dalam 5 dokumen atau berkas."


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("halaman") / "temuan.html"
    path.write_text(html_sample.page(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    chromium.find()
    with Browser() as browser:
        yield browser


@pytest.fixture
def browser(started: Browser, file: Path) -> Iterator[Browser]:
    """The page, fresh; afterwards nothing may have been complained of or asked of a network."""
    started.size(1100, 900)
    started.media()
    started.problems.clear()
    started.requests.clear()
    started.open(file)
    yield started
    assert started.problems == []
    assert [address for address in started.requests if not address.startswith(("file:", "about:"))] == []


def shown(browser: Browser) -> list[str]:
    """The codes of the findings on display."""
    query = "[...document.querySelectorAll('.group article')].filter(a => a.offsetParent).map(a => a.dataset.code)"
    codes: list[str] = browser.ask(query)
    return codes


def status(browser: Browser) -> str:
    return str(browser.ask("document.getElementById('shown').textContent"))


def hash_of(browser: Browser) -> str:
    return unquote_plus(str(browser.ask("location.hash")))


def choose(browser: Browser, id: str, value: str) -> None:
    """Choose in a list as a person does: the value changes, then the list says so."""
    browser.ask(
        f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event('change', {{bubbles: true}})); }})"
        f"(document.getElementById({json.dumps(id)}))"
    )


def click(browser: Browser, query: str) -> None:
    browser.ask(f"document.querySelector({json.dumps(query)}).click()")


def test_everything_is_shown_at_first(browser: Browser) -> None:
    assert status(browser) == ALL
    assert len(shown(browser)) == 8
    assert hash_of(browser) == ""
    assert browser.ask("document.getElementById('filters').getAttribute('role')") == "search"


def test_filters_narrow_and_counts_follow(browser: Browser) -> None:
    click(browser, "input[value=warning]")
    assert "BHS-01" not in shown(browser)
    assert status(browser).startswith("6 dari 8")
    choose(browser, "office", "alfa")
    assert shown(browser) == ["HKM-01", "DUR-01", "BHS-03"]
    label = "document.querySelector('input[value=warning]').parentElement.innerText"
    assert browser.ask(label).strip() == "peringatan (2)", "how many there would be"
    choose(browser, "family", "DUR")
    assert shown(browser) == ["DUR-01"]
    assert browser.ask("document.querySelector('#family option[value=HKM]').text") == "HKM: Keluarga HKM (1)"
    tally = "[...document.querySelectorAll('.group .tally')].filter(e => e.offsetParent).map(e => e.textContent)"
    assert browser.ask(tally) == ["temuan: 1 dari 3"]
    others = "[...document.querySelectorAll('section.of')].filter(e => e.offsetParent).map(e => e.dataset.office)"
    assert set(browser.ask(others)) == {"alfa"}, "summary and conformity follow the office"
    rules = "[...document.querySelectorAll('details.rule')].filter(e => e.offsetParent).map(e => e.dataset.code)"
    assert browser.ask(rules) == ["DUR-01"]


def test_what_blocks(browser: Browser) -> None:
    click(browser, "#blocking")
    assert shown(browser) == ["HKM-01", "ALR-03", "MSK-05"]
    assert hash_of(browser) == "#menahan=ya"


def test_search_goes_over_everything_in_a_finding_and_its_document(browser: Browser) -> None:
    for words, codes in (
        ("dicabut", ["HKM-01"]),
        ("UU  17/2014 TANGGALNYA", ["HKM-01"]),
        ("paripurna", ["BHS-03"]),
        ("langkah.csv", ["DUR-01"]),
        ("hkm-04", ["ATR-05"]),
    ):
        browser.ask("document.getElementById('search').focus(), document.getElementById('search').select()")
        browser.type(words)
        assert shown(browser) == codes, words
    assert hash_of(browser) == "#cari=hkm-04"


def test_nothing_found_is_said_and_reset_brings_all_back(browser: Browser) -> None:
    browser.ask("document.getElementById('search').focus()")
    browser.type("tidak ada yang begini")
    assert shown(browser) == []
    assert browser.ask("document.getElementById('none').innerText").startswith("Tidak ada temuan yang cocok")
    click(browser, "#again")
    assert status(browser) == ALL
    assert hash_of(browser) == ""
    assert browser.ask("document.activeElement.id") == "search"


def test_the_address_keeps_the_view(browser: Browser, file: Path) -> None:
    click(browser, "input[value=info]")
    choose(browser, "office", "beta")
    choose(browser, "document", "beta/sop/dua")
    expected = "#tingkat=error,warning&kantor=beta&dokumen=beta/sop/dua"
    assert hash_of(browser) == expected
    view = "document.getElementById('view').innerText"
    assert browser.ask(view) == "Saringan yang berlaku: kesalahan, peringatan; beta; SOP Dua."
    browser.reload()
    assert shown(browser) == ["ALR-03"]
    browser.open(file, expected.replace("beta/sop/dua", "beta%2Fsop%2Fdua"))
    assert shown(browser) == ["ALR-03"]
    assert browser.ask("document.getElementById('office').value") == "beta"


@pytest.mark.parametrize("hash", ["#kantor=tidak-ada&keluarga=%3Cb%3E", "#tidak-ada", "#%", "#=&=&x=1"])
def test_a_strange_address_shows_everything(browser: Browser, file: Path, hash: str) -> None:
    browser.open(file, hash)
    assert status(browser) == ALL


def test_a_link_shows_what_the_filters_hide(browser: Browser) -> None:
    choose(browser, "family", "HKM")
    anchor = browser.ask("document.querySelector('.group[hidden][data-document=\\'beta/sop/dua\\'] h3').id")
    click(browser, f"tbody a[href='#{anchor}']")
    assert status(browser) == ALL
    assert browser.ask("document.activeElement.id") == anchor
    assert hash_of(browser) == f"#{anchor}", "the address tells what is shown"
    browser.ask("new Promise(done => { addEventListener('popstate', () => setTimeout(done)); history.back(); })")
    assert hash_of(browser) == "#keluarga=HKM"
    assert status(browser) != ALL


def test_a_link_leaves_the_filters_that_show_its_target(browser: Browser) -> None:
    choose(browser, "office", "beta")
    before = status(browser)
    anchor = browser.ask("document.querySelector('.group[data-document=\\'beta/sop/dua\\'] h3').id")
    click(browser, f"tbody a[href='#{anchor}']")
    assert status(browser) == before != ALL
    assert hash_of(browser) == "#kantor=beta"


def test_explanations_are_closed_until_asked_for(browser: Browser) -> None:
    opened = "[...document.querySelectorAll('details.rule[open]')].map(e => e.dataset.code)"
    assert browser.ask(opened) == []
    click(browser, "article[data-code=HKM-01] .head a")
    assert browser.ask(opened) == ["HKM-01"]
    assert browser.ask("document.activeElement.id") == "r-HKM-01"
    click(browser, "#open")
    assert len(browser.ask(opened)) == len(html_sample.RULES) - 1
    assert browser.ask("document.getElementById('open').textContent") == "Tutup semua"


def test_a_heading_sorts_its_table(browser: Browser) -> None:
    rows = "[...document.querySelectorAll('.documents')[0].tBodies[0].rows].map(r => r.cells[3].textContent)"
    assert browser.ask(rows) == ["2", "0", "0", "0"]
    head = ".documents thead th:nth-child(4)"
    click(browser, f"{head} button")
    assert browser.ask(f"document.querySelector('{head}').getAttribute('aria-sort')") == "descending"
    click(browser, f"{head} button")
    assert browser.ask(rows) == ["0", "0", "0", "2"]


def test_the_keyboard_reaches_and_works_everything(browser: Browser) -> None:
    where = "(e => e.id || e.className || e.name || e.textContent.trim())(document.activeElement)"
    seen = []
    browser.press("Tab")
    assert browser.ask(where) == "skip"
    assert browser.ask("document.activeElement.getBoundingClientRect().left >= 0"), "visible once it has the focus"
    browser.press("Enter")
    assert browser.ask("document.activeElement.id") == "findings"
    for _ in range(10):
        browser.press("Tab")
        seen.append(browser.ask(where))
        width = browser.ask("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px", f"{seen[-1]} shows that it has the focus"
    assert seen[:9] == ["tingkat", "tingkat", "tingkat", "blocking", "family", "office", "document", "search", "reset"]
    for _ in range(6):
        browser.press("Tab", shift=True)
    assert browser.ask(where) == "blocking"
    browser.press("Space")
    assert shown(browser) == ["HKM-01", "ALR-03", "MSK-05"]
    for _ in range(5):
        browser.press("Tab")
    browser.press("Enter")
    assert status(browser) == ALL
    browser.ask("document.querySelector('#r-BHS-01').focus()")
    browser.press("Enter")
    assert browser.ask("document.querySelector('#r-BHS-01').parentElement.open")


def test_enter_in_the_search_field_searches_and_stays(browser: Browser) -> None:
    browser.ask("document.getElementById('search').focus()")
    browser.call("Input.insertText", text="dicabut")
    browser.press("Enter")
    assert shown(browser) == ["HKM-01"]
    assert browser.ask("location.search") == ""


def test_the_number_of_results_is_announced(browser: Browser) -> None:
    live = "(e => [e.getAttribute('role'), e.getAttribute('aria-live')])(document.getElementById('shown'))"
    assert browser.ask(live) == ["status", "polite"]


def test_hostile_texts_do_nothing(browser: Browser) -> None:
    assert browser.ask("document.scripts.length") == 1
    assert browser.ask("document.images.length") == 0
    assert browser.ask("document.title") == "Hasil pemeriksaan"


def test_the_policy_stops_what_is_not_ours(started: Browser, file: Path) -> None:
    started.open(file)
    started.ask("document.body.append(Object.assign(document.createElement('script'), {text: 'window.strange = 1'}))")
    started.ask("document.body.append(Object.assign(new Image(), {src: 'https://example.invalid/x.png'}))")
    assert started.ask("window.strange === undefined")
    started.ask("new Promise(done => setTimeout(done, 50))")
    told = [problem for problem in started.problems if "Content Security Policy" in problem]
    assert any("inline script" in problem for problem in told)
    assert any("example.invalid" in problem for problem in told)


@pytest.mark.parametrize("width", [360, 768, 1100])
def test_nothing_is_wider_than_the_window(browser: Browser, width: int) -> None:
    browser.size(width, 800)
    assert browser.ask("document.documentElement.scrollWidth") <= width


def printed(browser: Browser) -> list[str]:
    """The text of each page as printed."""
    document = pypdfium2.PdfDocument(io.BytesIO(browser.pdf()))
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842), "A4, upright"
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_print_has_everything_but_the_filters(browser: Browser) -> None:
    text = " ".join(printed(browser))
    for part in ("Temuan tentang undang-undang yang dicabut.", "Keluarga", "contoh baik", "Kesesuaian dengan bentuk"):
        assert (part in text) is (part != "Keluarga"), part
    assert "Hapus saringan" not in text
    assert browser.ask("document.querySelectorAll('details.rule[open]').length") == 0, "as before printing"


def test_print_shows_the_view_and_says_that_it_is_one(browser: Browser) -> None:
    choose(browser, "family", "HKM")
    text = " ".join(printed(browser))
    assert "1 dari 8 temuan ditampilkan" in text
    assert "Saringan yang berlaku: HKM: Keluarga HKM." in text
    assert "salah ketik" not in text


def test_no_finding_is_cut_between_pages(started: Browser, tmp_path: Path) -> None:
    path = tmp_path / "temuan.html"
    path.write_text(html_sample.page(html_sample.many(6, 12)), encoding="utf-8")
    started.open(path)
    for page in printed(started):
        assert page.count("Temuan tentang hal") == page.count("Yang harus dilakukan")


def test_without_scripts_everything_is_there(file: Path) -> None:
    chromium.find()
    with Browser(scripts=False) as browser:
        browser.open(file)
        text = " ".join(printed(browser))
        assert "Temuan tentang undang-undang yang dicabut." in text
        assert "contoh baik" in text
        assert "Hapus saringan" not in text
        assert browser.problems == []


@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (1100, "dark"), (360, "light")])
def test_axe_finds_nothing_that_keeps_people_out(browser: Browser, width: int, scheme: str) -> None:
    script = chromium.axe()
    browser.size(width, 900)
    browser.media(prefers_color_scheme=scheme)
    click(browser, "#open")
    browser.ask(f"{script}; 0")
    found = browser.ask("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]))")
    assert found == []


def test_a_thousand_sops_open_and_filter(started: Browser, tmp_path: Path) -> None:
    path = tmp_path / "temuan.html"
    path.write_text(html_sample.page(html_sample.many(1000, 20)), encoding="utf-8")
    assert path.stat().st_size < 30_000_000
    started.problems.clear()
    started.open(path)
    choose(started, "office", "kantor-3")
    choose(started, "family", "HKM")
    assert status(started) == "500 dari 20.000 temuan ditampilkan, dalam 100 dokumen atau berkas."
    assert started.problems == []
