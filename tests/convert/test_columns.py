"""Words broken between characters in narrow columns, whose pieces a reader of PDF gives apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from pipeline.convert.columns import pieces, printed
from pipeline.convert.libreoffice import Job, convert
from pipeline.convert.proof import prove_pdf
from pipeline.errors import ProofError
from pipeline.model.inputs import SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

pytestmark = pytest.mark.usefixtures("libreoffice")
ROOT = Path(__file__).resolve().parents[2]
LONG = "Koordinatorpenyelenggaraanpelayanankesekretariatan"
HEADS = ["Ketua DPRD", "Kepala Subbagian Rapat", "Arsiparis"]
GONE = (0, 5, 20, len(LONG) - 1)
CLIPPED = Mm(8)
Tables = Mapping[tuple[int, str, Mm | None], Path]
"""PDFs by the place of the narrow column, the word in it, and the height of its row."""
PLACES = pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])


def table(path: Path, place: int, word: str, height: Mm | None) -> Path:
    """A heading over two rows whose column ``place`` is too narrow for ``word``; ``height`` clips the lower row."""
    document = Document()
    cells = document.add_table(3, 5)
    cells.autofit = False
    for cell in (cell for column in cells.columns for cell in column.cells):
        cell.width, cell.vertical_alignment = Mm(26), WD_ALIGN_VERTICAL.CENTER
    cells.cell(0, 0).merge(cells.cell(1, 0)).text = "Kegiatan"
    cells.cell(0, 1).merge(cells.cell(0, 3)).text = "Pelaksana"
    cells.cell(0, 4).merge(cells.cell(1, 4)).text = "Keterangan"
    for index, head in enumerate(HEADS):
        cells.cell(1, index + 1).text = f"{word} Contoh" if index == place else head
    for index in range(5):
        cells.cell(2, index).text = f"Isi {index}"
    if height is not None:
        cells.rows[1].height, cells.rows[1].height_rule = height, WD_ROW_HEIGHT_RULE.EXACTLY
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def tables(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Every table of these tests, made in one go."""
    folder = tmp_path_factory.mktemp("tabel")
    wanted: list[tuple[int, str, Mm | None]] = [
        (place, word, None) for place in range(3) for word in (LONG, *map(without, GONE))
    ]
    wanted += [(place, LONG, CLIPPED) for place in range(3)]
    jobs = [Job(table(folder / f"{number}.docx", *key), folder / f"{number}.pdf") for number, key in enumerate(wanted)]
    assert [outcome.error for outcome in convert(jobs, workers=1)] == [None] * len(jobs)
    return {key: job.pdf for key, job in zip(wanted, jobs, strict=True)}


def without(gone: int) -> str:
    """The long word without one letter."""
    return LONG[:gone] + LONG[gone + 1 :]


def standing(pdf: Path, text: str = f"{LONG} Contoh") -> int:
    """How often the text stands on the page, whatever order the reader of PDF gives."""
    with pdfium.PdfDocument(pdf) as document:
        return printed(text, pieces(document[0].get_textpage()))


def others(place: int) -> list[str]:
    return [head for index, head in enumerate(HEADS) if index != place]


@PLACES
def test_a_broken_word_is_whole(place: int, tables: Tables) -> None:
    pdf = tables[place, LONG, None]
    texts = [*others(place), f"{LONG} Contoh"]
    prove_pdf(pdf, name="t.pdf", texts=texts, sequence=[texts])
    assert [standing(pdf, text) for text in [*texts, "Pelaksana", "Keterangan"]] == [1] * 5


@PLACES
@pytest.mark.parametrize("gone", GONE)
def test_a_missing_letter_is_found(place: int, gone: int, tables: Tables) -> None:
    pdf = tables[place, without(gone), None]
    assert standing(pdf) == 0
    with pytest.raises(ProofError, match="not printed whole"):
        prove_pdf(pdf, name="t.pdf", texts=[*others(place), f"{LONG} Contoh"])
    with pytest.raises(ProofError):
        prove_pdf(pdf, name="t.pdf", sequence=[[f"{LONG} Contoh"]])


@PLACES
def test_a_clipped_end_is_found(place: int, tables: Tables) -> None:
    pdf = tables[place, LONG, CLIPPED]
    assert standing(pdf) == 0
    with pytest.raises(ProofError, match="not printed whole"):
        prove_pdf(pdf, name="t.pdf", texts=[f"{LONG} Contoh"])


def test_pieces_of_two_columns_are_no_text(tables: Tables) -> None:
    pdf = tables[1, LONG, None]
    with pytest.raises(ProofError, match="not printed whole"):
        prove_pdf(pdf, name="t.pdf", texts=[f"Ketua DPRD Isi 0{LONG}"])
    with pytest.raises(ProofError, match="not printed whole"):
        prove_pdf(pdf, name="t.pdf", texts=[f"{LONG}Isi 1"])


def many_actors(item: SopInput, count: int) -> SopInput:
    """``item`` with ``count`` actors whose names must be broken in their narrow columns."""
    assert item.sop is not None
    names = [
        "Pengadministrasi Perkantoran", "Pertanggungjawaban Keuangan", "Kesekretariatan Pimpinan",
        "Perundang-undangan Daerah", "Kemasyarakatan", "Ketatalaksanaan", "Pengorganisasian",
        "Penyelenggaraan Rapat", "Ketenagakerjaan", "Perpustakaan", "Kehumasan", "Pelayanan",
    ]  # fmt: skip
    steps = tuple(replace(step, actors=(index % count,)) for index, step in enumerate(item.sop.steps))
    return replace(item, sop=replace(item.sop, actors=tuple(names[:count]), steps=steps))


@pytest.mark.parametrize("actors", [None, 11, 12])
def test_sops_with_broken_headings_become_pdfs(actors: int | None, tmp_path: Path) -> None:
    office = read_office(ROOT / "tests/gallery/inputs/kasus", ROOT)
    item = read_sop(ROOT / "tests/gallery/inputs/kasus/sop/nama-tanpa-spasi.yaml", office, ROOT)
    rendered = render_sop(
        Template.load(packaged_templates() / "sop.docx"), many_actors(item, actors) if actors else item
    )
    (tmp_path / "x.docx").write_bytes(rendered.docx)
    job = Job(tmp_path / "x.docx", tmp_path / "x.pdf", 1 + len(rendered.pages), rendered.texts, rendered.pages)
    assert convert([job], workers=1)[0].error is None
