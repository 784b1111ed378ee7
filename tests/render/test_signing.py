"""Places for signatures, and what is told of templates without them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.render.signing import lacking, signing_fields
from pipeline.render.template import Template
from pipeline.resources import packaged_templates

OWN = {
    "sop.docx": "ttdpengesah",
    "laporan-reses.docx": "ttd1",
    "laporan-reses-kelompok.docx": "ttd1",
    "rekap-reses.docx": "ttd1",
}


def changed(tmp_path: Path, *edits: tuple[str, str]) -> Template:
    """``sop.docx`` with other words in its body."""
    path = tmp_path / "sop.docx"
    with zipfile.ZipFile(packaged_templates() / "sop.docx") as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                for old, new in edits:
                    assert old in text
                    text = text.replace(old, new)
                data = text.encode()
            target.writestr(info, data)
    return Template.load(path)


@pytest.mark.parametrize(("name", "field"), OWN.items())
def test_every_template_that_is_signed_has_its_place_and_code(name: str, field: str) -> None:
    template = Template.load(packaged_templates() / name)
    assert signing_fields(template) == {field}
    assert lacking(template, field) == ()
    assert {"kode_qr", "sidik"} <= template.body


def test_an_annex_is_not_signed() -> None:
    assert signing_fields(Template.load(packaged_templates() / "lampiran-reses.docx")) == frozenset()


def test_half_a_place_is_none(tmp_path: Path) -> None:
    template = changed(tmp_path, ('w:name="ttdpengesahakhir"', 'w:name="lain"'))
    assert signing_fields(template) == frozenset()
    (told,) = lacking(template, "ttdpengesah")
    assert "ttdpengesahakhir" in told.id
    assert "tanpa isian tanda tangan" in told.id


def test_a_template_without_code_is_told(tmp_path: Path) -> None:
    template = changed(tmp_path, ("kode_qr", "logo"))
    (told,) = lacking(template, "ttdpengesah")
    assert "{{r kode_qr }}" in told.id
