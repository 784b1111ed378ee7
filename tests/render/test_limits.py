"""Limits of column widths as an office writes them in Word: what is understood, and what is refused in which words."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import TemplateError
from pipeline.model.form import ACTORS, MM, TWIP, Column
from pipeline.render.form import read_form
from pipeline.render.limits import without_limits
from pipeline.render.paper import form_on
from pipeline.render.template import Template
from pipeline.resources import packaged_templates

ROOT = Path(__file__).resolve().parents[2]
SHOWN = "Langkah kegiatan, pelaksana, mutu baku, dan keterangan; bagan alir tergambar di kolom pelaksana."


def template(description: str, folder: Path) -> Template:
    """The default template with another description of its step table."""
    path = folder / "sop.docx"
    with zipfile.ZipFile(packaged_templates() / "sop.docx") as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                start = text.index('<w:tblDescription w:val="Langkah kegiatan')
                end = text.index("/>", start) + 2
                data = (text[:start] + f'<w:tblDescription w:val="{description}"/>' + text[end:]).encode()
            new.writestr(info.filename, data)
    return Template.load(path)


def columns(description: str, folder: Path) -> dict[str, Column]:
    return {column.key: column for column in read_form(template(description, folder)).columns}


@pytest.mark.parametrize(
    ("statement", "key", "least", "most"),
    [
        ("Lebar kolom: Kegiatan 45-80 mm", "kegiatan", 45, 80),
        ("Lebar kolom: Kegiatan 45-80 mm; Waktu 15 – 25 mm.", "waktu", 15, 25),
        ("lebar kolom:  KEGIATAN  4,5-8 cm ; ", "kegiatan", 45, 80),
        ("Lebar kolom: Pelaksana: 16 s.d. 30 mm. Jangan dihapus.", ACTORS, 16, 30),
        ("Lebar kolom: pelaksana 16 sampai 30", ACTORS, 16, 30),
        ("Lebar kolom: Output 20,5 mm", "output", 20.5, 20.5),
        ("Lebar kolom: No 8-12 mm", "no", 8, 12),
        ("Lebar kolom: Kelengkapan 30 mm - 40 mm&#10;Baris lain", "kelengkapan", 30, 40),
    ],
)
def test_what_is_understood(statement: str, key: str, least: float, most: float, tmp_path: Path) -> None:
    column = columns(f"{SHOWN} {statement}", tmp_path)[key]
    assert abs(column.least - least * MM) < TWIP
    assert abs(column.most - most * MM) < TWIP


def test_a_column_that_is_not_named_has_no_limits_of_its_own(tmp_path: Path) -> None:
    found = columns("Lebar kolom: Kegiatan 45-80 mm", tmp_path)
    assert (found["waktu"].least, found["waktu"].most) == (0, 0)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("Lebar kolom: Kegitan 45-80 mm", "kolom “Kegitan” tidak ada"),
        ("Lebar kolom: Kegiatan lebar; Waktu 15-25 mm", "“Kegiatan lebar” tidak terbaca"),
        ("Lebar kolom: Kegiatan 45-80 inci", "tidak terbaca"),
        ("Lebar kolom: Kegiatan 45-80 mm, Waktu 15-25 mm", "tidak terbaca"),
        ("Lebar kolom: Kegiatan 80-45 mm", "tidak melebihi lebar terbesar"),
        ("Lebar kolom: Kegiatan 0-45 mm", "lebih dari 0"),
        ("Lebar kolom: Waktu 15-20 mm; waktu 15-25 mm", "disebut dua kali"),
        ("Lebar kolom: Pelaksana 10-30 mm", "paling sempit 14 mm"),
        ("Lebar kolom: Kegiatan 250-260 mm; Kelengkapan 60-70 mm", "jumlah lebar terkecil"),
        ("Lebar kolom: .", "tidak satu kolom pun"),
    ],
)
def test_what_is_refused_names_the_place_and_the_remedy(statement: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        columns(f"{SHOWN} {statement}", tmp_path)
    for word in ("sop.docx", "“Langkah”", why, "Teks Alternatif, Deskripsi"):
        assert word in error.value.text("id")
    assert "Alt Text, Description" in error.value.text("en")


def test_the_statement_is_not_printed() -> None:
    assert without_limits(f"{SHOWN} Lebar kolom: Kegiatan 45-80 mm; Waktu 15,5-25 mm.") == SHOWN
    assert without_limits(f"{SHOWN} Lebar kolom: Kegiatan 45-80 mm. Sekian.") == f"{SHOWN} Sekian."
    assert without_limits(SHOWN) == SHOWN


def test_the_default_template_states_its_limits() -> None:
    form = read_form(Template.load(packaged_templates() / "sop.docx"))
    assert all(0 < column.least < column.most for column in form.columns if column.key != "no")


def test_limits_follow_the_paper() -> None:
    form = read_form(Template.load(packaged_templates() / "sop.docx"))
    other = form_on(form, "A4")
    for old, new in zip(form.columns, other.columns, strict=True):
        assert new.least == old.least * other.table_width // form.table_width
        assert new.most == old.most * other.table_width // form.table_width


@pytest.mark.parametrize(("stated", "bottom"), [(10, 20), (20, 20), (30, 30)])
def test_the_foot_of_the_page_stays_free_whatever_the_template_says(stated: int, bottom: int, tmp_path: Path) -> None:
    path = tmp_path / "sop.docx"
    with zipfile.ZipFile(packaged_templates() / "sop.docx") as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                twips = -(-stated * MM // TWIP)
                data = re.sub(rb'w:bottom="\d+"(?= w:left="\d+" w:header)', b'w:bottom="%d"' % twips, data)
            new.writestr(info.filename, data)
    assert abs(read_form(Template.load(path)).bottom - bottom * MM) < TWIP
