"""The document of an SOP: what the form asks for, from the published and the example inputs."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.model.finding import Stage
from pipeline.model.form import ACTORS, MM
from pipeline.model.inputs import SopInput
from pipeline.model.office import Office, Official, RegionKind
from pipeline.model.sop import Sop, Step
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.form import read_form
from pipeline.render.proof import prove_docx
from pipeline.render.sop import print_nip, signature, step_cells
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import Rendered, render_sop

ROOT = Path(__file__).resolve().parents[2]
SOPS = sorted((ROOT / "inputs").glob("*/sop/*.yaml"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.load(packaged_templates() / "sop.docx")


def read(path: Path) -> SopInput:
    return read_sop(path, read_office(path.parent.parent, ROOT), ROOT)


def document(rendered: Rendered) -> Any:
    with zipfile.ZipFile(io.BytesIO(rendered.docx)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def part(rendered: Rendered, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(rendered.docx)) as package:
        return package.read(name).decode()


def printed(root: Any) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p"))


def test_the_inputs_are_there() -> None:
    assert len(SOPS) == 13


@pytest.mark.parametrize("path", SOPS, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_input_gives_a_sound_document(path: Path, template: Template) -> None:
    item = read(path)
    rendered = render_sop(template, item)
    prove_docx(rendered.docx, path.stem)
    assert rendered.docx == render_sop(template, item).docx
    text = printed(document(rendered))
    assert item.sop is not None
    squeezed = re.sub(r"\s", "", text)
    for step in item.sop.steps:
        assert re.sub(r"\s", "", step.activity) in squeezed
    assert rendered.layout["overlaps"] == rendered.layout["through_symbols"] == rendered.layout["through_texts"] == 0


def test_a_draft_without_steps_shows_the_gap(template: Template) -> None:
    item = read(ROOT / "inputs/banyumas/sop/penyusunan-renstra.yaml")
    assert item.sop is not None
    rendered = render_sop(template, replace(item, sop=replace(item.sop, steps=())))
    assert len(rendered.pages) == 1
    assert rendered.pages[0].count("[belum diisi]") == 4
    assert "[pelaksana belum diisi]" in printed(document(rendered))


REMARKS = {
    "nothing to say": ("", "", ""),
    "a remark alone": ("Melalui surel", "", "Melalui surel"),
    "a reference alone": ("", "SOP Renstra", "Lihat SOP Renstra"),
    "without the word SOP": ("", "Penyusunan Renstra", "Lihat SOP Penyusunan Renstra"),
    "two": ("", "SOP A; SOP B", "Lihat SOP A; SOP B"),
    "after a remark": ("Melalui surel", "SOP Renstra", "Melalui surel; lihat SOP Renstra"),
    "after a sentence": ("Melalui surel.", "SOP Renstra", "Melalui surel. Lihat SOP Renstra."),
    "the remark names it": ("sesuai SOP  renstra", "SOP Renstra", "sesuai SOP  renstra"),
    "the remark names one of two": ("Lihat SOP A", "SOP A; SOP Baru", "Lihat SOP A; lihat SOP Baru"),
}


@pytest.mark.parametrize(("remark", "reference", "text"), REMARKS.values(), ids=REMARKS)
def test_the_remark_tells_the_other_sop(remark: str, reference: str, text: str) -> None:
    sop = Sop("uji", Stage.DRAFT, steps=(Step(1, "a", remark=remark, reference=reference),))
    assert step_cells(sop)[0]["keterangan"] == (text,)


def test_a_draft_has_watermark_and_gaps(template: Template) -> None:
    rendered = render_sop(template, read(ROOT / "inputs/banyumas/sop/penyusunan-renstra.yaml"))
    root = document(rendered)
    assert 'string="DRAF"' in part(rendered, "word/header1.xml")
    assert printed(root).count("[belum diisi]") == 9
    assert "[pelaksana belum diisi]" in printed(root)


def test_a_final_document_has_neither(template: Template) -> None:
    rendered = render_sop(template, read(ROOT / "inputs/contoh/sop/penerimaan-dan-pengolahan-aspirasi.yaml"))
    text = printed(document(rendered))
    assert "textpath" not in part(rendered, "word/header1.xml")
    assert "belum d" not in text
    assert "LEMBAR PERUBAHAN" not in text
    assert "CONTOH – DATA FIKTIF" in re.sub("<[^>]+>", "", part(rendered, "word/header1.xml"))


def test_a_proposal_prints_its_changes_and_claims_nothing(template: Template) -> None:
    rendered = render_sop(template, read(ROOT / "inputs/banyumas/sop/pelaksanaan-reses-usulan.yaml"))
    text = printed(document(rendered))
    assert "LEMBAR PERUBAHAN" in text
    assert text.count("[belum ditetapkan]") >= 2
    assert "UNTUK DITINJAU" in part(rendered, "word/header1.xml")


def test_rows_have_the_exact_heights_and_shapes_their_alt_texts(template: Template) -> None:
    root = document(render_sop(template, read(ROOT / "inputs/contoh/sop/pelaksanaan-reses.yaml")))
    tables = [t for t in root.iter(W + "tbl") if t.find(f"{W}tblPr/{W}tblCaption").get(W + "val") == "Langkah"]
    assert len(tables) >= 3
    for table in tables:
        heights = table.findall(f"{W}tr/{W}trPr/{W}trHeight")
        assert len(heights) == len(table.findall(W + "tr"))
        assert {h.get(W + "hRule") for h in heights} == {"exact"}
        assert len(table.findall(f"{W}tr/{W}trPr/{W}tblHeader")) == 3
    shapes = list(root.iter(WPS + "cNvPr"))
    assert all(shape.get("descr") for shape in shapes)
    assert len({shape.get("id") for shape in shapes}) == len(shapes)


def test_the_form_is_measured_from_the_template(template: Template) -> None:
    form = read_form(template)
    assert (form.page_width // MM, form.page_height // MM) == (330, 215)
    assert form.bottom >= 20 * MM
    assert [c.key for c in form.columns] == ["no", "kegiatan", ACTORS, "kelengkapan", "waktu", "output", "keterangan"]
    assert {c.style.family for c in form.columns} == {"Arial"}


def test_another_paper_refits_the_template(template: Template, tmp_path: Path) -> None:
    office = tmp_path / "inputs" / "contoh"
    (office / "sop").mkdir(parents=True)
    source = ROOT / "inputs/contoh"
    for name in ("jabatan.csv", "pejabat.csv", "logo.png", "regulasi.csv"):
        (office / name).write_bytes((source / name).read_bytes())
    (office / "kantor.yaml").write_text((source / "kantor.yaml").read_text().replace("kertas: F4", "kertas: A4"))
    for path in (source / "sop").glob("penerimaan*"):
        (office / "sop" / path.name).write_bytes(path.read_bytes())
    item = read_sop(office / "sop/penerimaan-dan-pengolahan-aspirasi.yaml", read_office(office, tmp_path), tmp_path)
    rendered = render_sop(template, item)
    prove_docx(rendered.docx, "a4")
    sizes = {(s.get(W + "w"), s.get(W + "h")) for s in document(rendered).iter(W + "pgSz")}
    assert sizes == {("16837", "11905")}


def long_basis(count: int) -> SopInput:
    """An input whose legal basis has ``count`` more items of two lines."""
    item = read(ROOT / "inputs/contoh/sop/pelaksanaan-reses.yaml")
    assert item.sop is not None
    more = tuple(
        f"Peraturan Daerah Kabupaten Contoh Nomor {n} Tahun 2020 tentang {'hal yang panjang ' * 8};"
        for n in range(count)
    )
    return replace(item, sop=replace(item.sop, legal_basis=(*more, *item.sop.legal_basis)))


@pytest.mark.parametrize(("count", "size"), [(0, None), (1, "16"), (2, "15"), (9, None)])
def test_a_long_identity_page_is_set_smaller(count: int, size: str | None, template: Template) -> None:
    root = document(render_sop(template, long_basis(count)))
    table = next(t for t in root.iter(W + "tbl") if t.find(f"{W}tblPr/{W}tblCaption").get(W + "val") == "Identitas")
    sizes = {node.get(W + "val") for node in table.iter(W + "sz")}
    assert sizes == (set() if size is None else {size})


OFFICE = Office("x", Path(), "Pemerintah Kabupaten Contoh", "Sekretariat DPRD", RegionKind.REGENCY)


@pytest.mark.parametrize(
    ("official", "lines", "rank", "nip"),
    [
        (
            Official("Pejabat Contoh", "Sekretaris DPRD", "197501012000011001", "Pembina Utama Muda", "IV/c"),
            ["SEKRETARIS DPRD", "KABUPATEN CONTOH,"],
            "Pembina Utama Muda (IV/c)",
            "19750101 200001 1 001",
        ),
        (
            Official("Pejabat Contoh", "Sekretaris DPRD Kabupaten Contoh", capacity="Plt."),
            ["Plt. SEKRETARIS DPRD KABUPATEN CONTOH,"],
            "",
            "",
        ),
        (None, ["[belum ditetapkan]"], "", ""),
    ],
)
def test_signature_block(official: Official | None, lines: list[str], rank: str, nip: str) -> None:
    block = signature(official, OFFICE)
    assert (list(block.position), block.rank, block.nip) == (lines, rank, nip)


@pytest.mark.parametrize(
    ("nip", "told"), [("19680430 199002 1 003", "19680430 199002 1 003"), ("12345", "12345"), ("", "")]
)
def test_nip_is_printed_in_its_groups(nip: str, told: str) -> None:
    assert print_nip(nip) == told


def test_dates_print_in_indonesian(template: Template) -> None:
    item = read(ROOT / "inputs/banyumas/sop/penyusunan-renstra.yaml")
    assert item.sop is not None
    assert item.sop.created == dt.date(2023, 1, 2)
    assert "2 Januari 2023" in printed(document(render_sop(template, item)))


@pytest.mark.parametrize(
    ("tag", "instead"), [("{{ nomor }}", ""), ("{{ pengesah", "{{ penanda"), ("b.kelengkapan", "[]")]
)
def test_a_template_that_lost_a_part_of_the_form_is_refused(tag: str, instead: str, tmp_path: Path) -> None:
    """Also when a page header still shows it."""
    path = tmp_path / "sop.docx"
    with zipfile.ZipFile(packaged_templates() / "sop.docx") as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                assert tag in text
                text = text.replace(tag, instead)
                data = (re.sub(r"pengesah[.\w]*", "penanda", text) if "pengesah" in tag else text).encode()
            new.writestr(info.filename, data)
    with pytest.raises(TemplateError, match=r"sop\.docx"):
        render_sop(Template.load(path), read(ROOT / "inputs/contoh/sop/penerimaan-dan-pengolahan-aspirasi.yaml"))


def test_the_signer_is_promised_to_the_proof(template: Template) -> None:
    rendered = render_sop(template, read(ROOT / "inputs/contoh/sop/penerimaan-dan-pengolahan-aspirasi.yaml"))
    assert "Pejabat Contoh Satu" in rendered.texts
