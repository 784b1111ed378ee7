"""All templates with real values, and small ones with awkward values: the same document as docxtpl's own render."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docxtpl import RichText
from docxtpl_peer import DOCUMENT, compared, parts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.model.office import Office
from pipeline.model.recap import Dimension
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.recess.groups import group_reports
from pipeline.recess.recap import make_recap, member_reports
from pipeline.recess.volumes import volumes_of
from pipeline.render.book import Entry, Head, render_front
from pipeline.render.recess_group import render_group
from pipeline.render.recess_member import render_member
from pipeline.render.recess_plenary import render_recap
from pipeline.render.recess_volume import render_volume
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop
from tests.recess import small

ROOT = Path(__file__).resolve().parents[2]
SOPS = sorted((ROOT / "inputs").glob("*/sop/*.yaml"))
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def template(name: str) -> Template:
    return Template.load(packaged_templates() / name)


def caught(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Template, Mapping[str, object]]]:
    """What templates are filled with from now on."""
    found: list[tuple[Template, Mapping[str, object]]] = []
    for way in ("render", "stream"):
        real = getattr(Template, way)

        def catch(self: Template, context: Any, real: Any = real, **named: Any) -> bytes:
            found.append((self, context))
            return bytes(real(self, context, **named))

        monkeypatch.setattr(Template, way, catch)
    return found


@pytest.mark.parametrize("path", SOPS, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_sop(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = caught(monkeypatch)
    render_sop(template("sop.docx"), read_sop(path, read_office(path.parent.parent, ROOT), ROOT))
    monkeypatch.undo()
    ours, theirs = compared(*found[0])
    assert ours == theirs


def test_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    office: Office = read_office(ROOT / "inputs/contoh", ROOT).office
    entries = (Entry("A & B", "000/1", 1, "http://a.invalid/1", dt.date(2026, 2, 2)), Entry("<C>", "", 3, "x"))
    found = caught(monkeypatch)
    render_front(template("buku-sop.docx"), office, (Head("Isi", 2, "y"),), entries, 2026)
    monkeypatch.undo()
    ours, theirs = compared(*found[0])
    assert ours == theirs


def recess_documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Template, Mapping[str, object]]]:
    """What the documents of a recess are filled with, one of each."""
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    found = caught(monkeypatch)
    render_recap(template("rekap-reses.docx"), item, recap)
    render_member(template("laporan-reses.docx"), item, member_reports(recap)[0])
    render_group(template("laporan-reses-kelompok.docx"), item, group_reports(recap, Dimension.DISTRICT)[0])
    render_volume(
        template("lampiran-reses.docx"), item, recap, volumes_of(recap.districts, stem="rekapitulasi", most=2)[0]
    )
    monkeypatch.undo()
    return found


def test_the_documents_of_a_recess(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = recess_documents(monkeypatch, tmp_path)
    assert len(found) == 4
    for used, context in found:
        ours, theirs = compared(used, context)
        assert ours == theirs, used.path.name


def test_all_templates_are_compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    compared_above = {used.path.name for used, _ in recess_documents(monkeypatch, tmp_path)}
    assert compared_above | {"sop.docx", "buku-sop.docx"} == {path.name for path in packaged_templates().glob("*.docx")}


AWKWARD: Mapping[str, object] = {
    "signs of XML": "A & B < C > D ]]> &amp; <w:t>",
    "quotes": "“kutip” 'satu' \"dua\" ‘tiga’",
    "tags": "{{ bukan }} {% bukan %} {# bukan #}",
    "lines": "satu\ndua\n\ntiga\n",
    "tabs": "\tsatu\tdua",
    "lines and tabs with signs": '<a>\t&\n"b"\t\n',
    "right to left": "مجلس النواب \u200f(1)\u200e שלום",
    "beyond the first plane": "𝕊𝕆ℙ 👩\u200d⚖️",
    "spaces": "  tepi\u00a0\u2003\u00ad  ",
    "empty": "",
    "nothing": None,
    "a number": 12.5,
    "a list": ["a", "<b>"],
    "very long": "kata & kata " * 5_000,
}


def made(path: Path, *paragraphs: str, rows: list[list[str]] | None = None) -> Template:
    """A template as Word saves it, with these paragraphs and one table."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))
    return Template.load(path)


ROWS = [
    ["Kepala", "x", "y"],
    ["{%tr for b in baris %}", "", ""],
    ["{{ b }}", "a {{ b }} c", "z"],
    ["{%tr endfor %}", "", ""],
]
COLUMNS = [
    ["No", "{%tc for b in baris %}", "{{ b }}", "{%tc endfor %}", "Akhir"],
    ["{%tr for b in baris %}", "", "", "", ""],
    ["{{ loop.index }}", "{%tc for c in baris %}", "{{ c }}{{ b }}", "{%tc endfor %}", "{{ b }}"],
    ["{%tr endfor %}", "", "", "", ""],
]
NESTED = [
    ["{%tr for r in dalam %}", ""],
    ["{% for b in r %}{{ b }}{% if not loop.last %}, {% endif %}{% endfor %}", "{% for b in r %}{{ b }}; {% endfor %}"],
    ["{%tr if not loop.last %}", ""],
    ["{{ loop.index }} dari {{ loop.length }}", "{{ r | length }}"],
    ["{%tr endif %}", ""],
    ["{%tr endfor %}", ""],
]


@pytest.mark.parametrize("value", AWKWARD.values(), ids=AWKWARD)
def test_awkward_values(value: object, tmp_path: Path) -> None:
    paragraphs = ("{{ judul }}", "a {{ judul }} b {{judul}} c", "{%p if judul %}", "ada {{ judul }}", "{%p endif %}")
    used = made(tmp_path / "t.docx", *paragraphs, "{{r run }}", "x {{r run}} y", rows=ROWS)
    context = {"judul": value, "baris": [value, "b", value], "run": Markup("<w:r><w:t>merah &amp; putih</w:t></w:r>")}
    ours, theirs = compared(used, context)
    assert ours == theirs


@pytest.mark.parametrize("rows", [ROWS, COLUMNS, NESTED], ids=["rows", "columns", "nested"])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_loops(rows: list[list[str]], count: int, tmp_path: Path) -> None:
    used = made(tmp_path / "t.docx", "{{ judul }}", rows=rows)
    values = [f"nilai <{n}>" for n in range(count)]
    ours, theirs = compared(used, {"judul": "x", "baris": values, "dalam": [values, [], ["satu"]]})
    assert ours == theirs


def runs(*texts: str) -> str:
    """A paragraph whose text stands in several runs, as Word leaves it after editing."""
    written = "".join(
        f'<w:r><w:rPr><w:b/><w:sz w:val="{20 + n}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        '<w:proofErr w:type="spellStart"/>'
        for n, text in enumerate(texts)
    )
    return f'<w:p xmlns:w="{NS}"><w:pPr><w:jc w:val="both"/></w:pPr>{written}</w:p>'


SPLIT = {
    "braces apart": ("a {", "{ jud", "ul }", "} b"),
    "a tag in three": ("{% i", "f judul", " %}", "ya", "{% endif %}"),
    "a word apart": ("{{", " judul ", "}}"),
    "curly quotes": ("{{ kamus[“a”] }}", " dan {{ kamus[‘a’] }}"),
    "signs of XML": ("{% if 1 &lt; 2 %}", "kurang", "{% endif %}"),
    "a comment": (
        "a{# tidak",
        " dicetak #}b",
    ),
    "signs that are no tags": ("{_{ judul }_} dan {_% if %_}",),
    "a run in a text": ("sebelum {{r run }}", " sesudah"),
    "a run that may be": ("{% if judul %}{{r run }}{% endif %}",),
    "merged with the one before": ("a", "{%- if judul %}b{% endif -%}", "c"),
}


@pytest.mark.parametrize("texts", SPLIT.values(), ids=SPLIT)
@pytest.mark.parametrize("title", ["judul & kawan", ""])
def test_runs_that_word_has_split(texts: tuple[str, ...], title: str, tmp_path: Path) -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(runs(*texts)))
    document.save(str(tmp_path / "t.docx"))
    run = Markup('<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>r</w:t></w:r>')
    ours, theirs = compared(Template.load(tmp_path / "t.docx"), {"judul": title, "kamus": {"a": "<n>"}, "run": run})
    assert ours == theirs


@pytest.mark.parametrize("text", ["{{ judul }} & kawan", "{_{ judul }_}", "tetap", "{% if judul %}ya{% endif %}"])
def test_headers_and_footers(text: str, tmp_path: Path) -> None:
    document = Document()
    for part in (document.sections[0].header, document.sections[0].footer):
        part.paragraphs[0].text = text
        part.add_table(1, 1, document.sections[0].page_width).cell(0, 0).text = text
    document.save(str(tmp_path / "t.docx"))
    ours, theirs = compared(Template.load(tmp_path / "t.docx"), {"judul": "a < b"})
    assert len(ours) == 3
    assert ours == theirs


def test_texts_with_looks_of_their_own(tmp_path: Path) -> None:
    used = made(tmp_path / "t.docx", "a {{r kaya }} b")
    rich = RichText("tebal & miring", bold=True)
    rich.add(" biru", color="0000FF", italic=True)
    ours, theirs = compared(used, {"kaya": rich})
    assert ours == theirs
    assert "tebal &amp; miring" in ours[DOCUMENT]


@pytest.mark.parametrize("row", [["{% colspan n %}lebar"], ['{% cellbg "FFEE00" %}kuning', "b", "c"]])
@pytest.mark.parametrize("n", [1, 3, 5])
def test_cells_that_span(row: list[str], n: int, tmp_path: Path) -> None:
    rows = [["a", "b", "c"], [*row, *[""] * (3 - len(row))]]
    ours, theirs = compared(made(tmp_path / "t.docx", rows=rows), {"n": n})
    assert ours == theirs


@pytest.mark.parametrize("tag", ["{% vm %}", "{% hm %}"])
def test_cells_that_merge(tag: str, tmp_path: Path) -> None:
    over = "tr" if tag == "{% vm %}" else "tc"
    if over == "tr":
        rows = [["{%tr for b in baris %}", ""], [f"sama{tag}", "{{ b }}"], ["{%tr endfor %}", ""]]
    else:
        rows = [["a", "{%tc for b in baris %}", f"sama{tag}", "{%tc endfor %}"], ["a", "b", "c", "d"]]
    ours, theirs = compared(made(tmp_path / "t.docx", rows=rows), {"baris": ["x", "y", "z"]})
    assert ours == theirs


CONTROL = "a\x00b\x01c\x07d\x08e\x0bf\x0cg\x0eh\x10i\x1fj\ufffek\ud800l"


def test_signs_that_xml_forbids_are_dropped(tmp_path: Path) -> None:
    used = made(tmp_path / "t.docx", "{{ judul }}", "{{r run }}", rows=COLUMNS)

    def filled(text: str) -> bytes:
        return used.render({"judul": text, "baris": [text, text], "run": Markup(f"<w:r><w:t>{text}</w:t></w:r>")})

    assert filled(CONTROL) == filled("abcdefghijkl")
    assert "abcdefghijkl" in "".join(parts_of(filled(CONTROL))[DOCUMENT].itertext())


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")) | st.sampled_from("\n\t<&\"'{}%"))


@settings(max_examples=15)
@given(values=st.lists(TEXTS, max_size=5), title=TEXTS)
def test_any_values(values: list[str], title: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    ours, theirs = compared(any_template(tmp_path_factory), {"judul": title, "baris": values})
    assert ours == theirs


def any_template(factory: pytest.TempPathFactory, held: dict[str, Template] = {}) -> Template:  # noqa: B006 - made once
    """A template with loops over rows and columns."""
    if not held:
        held["t"] = made(factory.mktemp("any") / "t.docx", "{{ judul }}", "a {{ judul }} b", rows=COLUMNS)
    return held["t"]
