"""The zip package of a document, as others read it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.package import ONCE, entry, package
from pipeline.render.parts import Picture
from pipeline.render.template import Template

PARTS = {
    "[Content_Types].xml": b"<a/>" * 100,
    "word/media/gambar.png": b"\x89PNG" * 100,
    "word/bagian-\u00e9.xml": b"",
    "word/document.xml": bytes(range(256)) * 300,
}


def test_zipfile_reads_what_was_written() -> None:
    data = package([entry(name, (held[:7], held[7:])) for name, held in PARTS.items()])
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert {info.filename: opened.read(info) for info in opened.infolist()} == PARTS
        assert [info.date_time for info in opened.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 4
        assert [info.external_attr or info.create_system for info in opened.infolist()] == [0] * 4
        assert opened.getinfo("word/media/gambar.png").compress_type == zipfile.ZIP_STORED
        assert opened.getinfo("word/document.xml").compress_type == zipfile.ZIP_DEFLATED


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1), st.binary()))
def test_any_parts(parts: dict[str, bytes]) -> None:
    data = package(entry(f"x/{name}", (held,)) for name, held in parts.items())
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert {info.filename[2:]: opened.read(info) for info in opened.infolist()} == parts


def test_pieces_do_not_show() -> None:
    held = PARTS["word/document.xml"] * 20
    pieces = [held[at : at + 999] for at in range(0, len(held), 999)]
    assert entry("a.xml", pieces) == entry("a.xml", [held])
    assert len(entry("a.xml", [held], ONCE).packed) <= len(entry("a.xml", [held]).packed)


def test_parts_without_tags_are_those_of_the_template(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "tanpa tanda"
    document.sections[0].footer.paragraphs[0].text = "{{ judul }}"
    document.save(str(tmp_path / "t.docx"))
    template = Template.load(tmp_path / "t.docx")
    parts = dict(template.parts)
    changed = {name for name, held in parts.items() if b"{{" in held}
    assert len(changed) == 1
    for data in (template.render({"judul": "x"}), template.stream({"judul": "x"})):
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            assert opened.namelist() == list(parts)
            other = {name: opened.read(name) for name in parts if name != "word/document.xml"}
        assert {name for name, held in other.items() if held != parts[name]} == changed


def test_a_picture_changes_only_what_tells_of_it(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "t.docx"))
    template = Template.load(tmp_path / "t.docx")
    bare, with_one, with_other = (
        zipfile.ZipFile(io.BytesIO(template.render({}, pictures=pictures)))
        for pictures in ((), (Picture("rIdA", b"a", "png"),), (Picture("rIdB", b"b", "jpeg"),))
    )
    for opened, name in ((with_one, "word/media/rIdA.png"), (with_other, "word/media/rIdB.jpeg")):
        assert opened.namelist() == [*bare.namelist(), name]
        differ = {each for each in bare.namelist() if opened.read(each) != bare.read(each)}
        assert differ <= {"[Content_Types].xml", "word/_rels/document.xml.rels"}
        assert name.rpartition("/")[2].encode() in opened.read("word/_rels/document.xml.rels")
