"""Templates: the same document as docxtpl's own render, strict where docxtpl is silent, clear when they are wrong."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.render.parts import Picture
from pipeline.render.template import Template
from pipeline.render.values import rupiah

AWKWARD = ["A & B < C > D", "“kutip” 'satu' \"dua\"", "{{ bukan tanda }}", "{% bukan %}", "é ü ñ – — …", "", " tepi "]


def make(path: Path, *paragraphs: str, rows: list[list[str]] | None = None) -> Path:
    """A small Word file with these paragraphs and one table."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(path)
    return path


def texts(data: bytes) -> list[str]:
    """Paragraph texts of the body and its tables, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(node.text or "" for node in p.iter(w + "t")) for p in root.iter(w + "p")]


def canonical(data: bytes) -> bytes:
    """The document part in canonical XML without the line breaks that either engine leaves between elements."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = re.sub(rb">\s+<", b"><", package.read("word/document.xml"))
    return bytes(etree.tostring(etree.fromstring(xml), method="c14n"))


LOOPS = [["{%tr for b in baris %}", "", ""], ["{{ b.a }}", "{{ b.b }}", "{{ judul }}"], ["{%tr endfor %}", "", ""]]


@pytest.mark.parametrize("value", AWKWARD)
def test_the_same_document_as_docxtpl(tmp_path: Path, value: str) -> None:
    path = make(tmp_path / "t.docx", "{{ judul }}", "{%p if baris %}", "ada", "{%p endif %}", rows=LOOPS)
    context = {"judul": value, "baris": [{"a": value, "b": n} for n in range(3)]}
    peer = DocxTemplate(path)
    peer.render(context, autoescape=True)
    peer.save(tmp_path / "peer.docx")
    assert canonical(Template.load(path).render(context)) == canonical((tmp_path / "peer.docx").read_bytes())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_survives(value: str) -> None:
    template = shared()
    printable = "".join(s for s in value if s in "\n\t" or s.isprintable())
    found = texts(template.render({"judul": printable}))
    assert "".join(found).replace(" ", "") == printable.replace("\n", "").replace("\t", "").replace(" ", "")


def shared(cache: dict[str, Template] = {}) -> Template:  # noqa: B006 - one template for all examples
    """A template with a single variable."""
    if not cache:
        folder = Path(__import__("tempfile").mkdtemp())
        cache["t"] = Template.load(make(folder / "t.docx", "{{ judul }}"))
    return cache["t"]


def test_newline_and_tab_become_words_own(tmp_path: Path) -> None:
    data = Template.load(make(tmp_path / "t.docx", "{{ judul }}")).render({"judul": "1.\tsatu\ndua"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml")
    assert xml.count(b"<w:tab/>") == 1
    assert xml.count(b"<w:br/>") == 1


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    path = make(tmp_path / "t.docx", "{{ judul }}")
    assert Template.load(path).render({"judul": "x"}) == Template.load(path).render({"judul": "x"})


def test_a_picture_is_added_with_its_relation(tmp_path: Path) -> None:
    template = Template.load(make(tmp_path / "t.docx", "x"))
    data = template.render({}, pictures=(Picture("rIdLogo", b"\x89PNG", "png"),))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.read("word/media/rIdLogo.png") == b"\x89PNG"
        assert b"rIdLogo" in package.read("word/_rels/document.xml.rels")
        assert b'Extension="png"' in package.read("[Content_Types].xml")


ENGLISH = re.compile(r"Errno|not a zip|Jinja|expected|Unexpected|undefined|has no|line \\d|unsupported")
WRONG = [
    ("{{ judull }}", "Maksud Anda “judul”"),
    ("{{ judul", "salah tulis"),
    ("{{ }}", "kosong atau tidak lengkap"),
    ("{% for x in judul %}{{ x }}", "{% for %} tidak ditutup dengan {% endfor %}"),
    ("{% endfor %}", "{% endfor %} tanpa {% for %}"),
    ("{% jika judul %}", "{% jika %} tidak dikenal"),
    ("{{ judul|besar }}", "“| besar” tidak dikenal"),
    ("{{ judul.isi }}", "meminta nilai yang tidak ada (“isi”)"),
    ("{{ judul|rupiah }}", "tidak dapat dihitung. Periksa tanda {{ }} dan {% %}"),
]


@pytest.mark.parametrize(("tag", "told"), WRONG)
def test_a_wrong_tag_says_where_and_what(tmp_path: Path, tag: str, told: str) -> None:
    path = make(tmp_path / "salah.docx", "Kepala", tag)
    with pytest.raises(TemplateError) as error:
        Template.load(path).render({"judul": "Reses"})
    assert told in error.value.text("id")
    assert "salah.docx" in error.value.text("id")
    assert not ENGLISH.search(error.value.text("id"))
    assert error.value.exit_code == 2


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak", None])
def test_a_corrupt_template_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "t.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TemplateError) as error:
        Template.load(path)
    assert "templat" in error.value.text("id").lower()
    assert "bawaan" in error.value.text("id")
    assert not ENGLISH.search(error.value.text("id"))


def test_a_folder_in_place_of_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "templates" / "sop.docx"
    path.mkdir(parents=True)
    with pytest.raises(TemplateError) as error:
        Template.load(path)
    assert error.value.text("id").startswith(
        "Templat templates/sop.docx rusak atau bukan dokumen Word .docx (ini folder"
    )


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(TemplateError, match=r"not a Word"):
        Template.load(path)


@pytest.mark.parametrize(("number", "text"), [(0, "Rp0"), (1250000, "Rp1.250.000"), (-5000, "-Rp5.000")])
def test_rupiah(number: int, text: str) -> None:
    assert rupiah(number) == text
