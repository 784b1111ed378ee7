"""Papers for the tests of PDFs: a document with all that LibreOffice is known to get wrong, and the product's own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from PIL import Image

from pipeline.convert.libreoffice import Job, convert
from pipeline.model.particulars import Signer

ROOT = Path(__file__).resolve().parents[2]
SIGNER = Signer("ttdkepala", "NAMA PEJABAT CONTOH", "Sekretaris DPRD", "196804301990021003")
LINK = "https://contoh.go.id/dokumen"


@dataclass(frozen=True, slots=True)
class Paper:
    """A DOCX and the PDF that LibreOffice made of it, as it made it."""

    docx: Path
    pdf: Path


def left_as_made(_path: Path) -> None:
    """A finish step that does nothing."""


def as_made(documents: Sequence[Path], folder: Path) -> dict[str, Paper]:
    """The PDFs of ``documents`` in ``folder`` by the stem of their name, as LibreOffice makes them."""
    jobs = [Job(docx, folder / f"{docx.stem}.pdf", finish=left_as_made) for docx in documents]
    for outcome in convert(jobs, workers=1):
        if outcome.error is not None:
            raise outcome.error
    return {job.docx.stem: Paper(job.docx, job.pdf) for job in jobs}


@lru_cache(maxsize=1)
def picture() -> bytes:
    """A small picture of two colours."""
    image = Image.new("1", (64, 64), 1)
    image.paste(0, (16, 16, 48, 48))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def odd_document(path: Path, *, signed: bool = True) -> Path:
    """A page with a picture, a border, links, a table, and, when ``signed``, the bookmarks of a signature."""
    document = Document()
    document.core_properties.title = "Judul di Word"
    _language(document, "id-ID")
    bordered = document.add_paragraph("SEKRETARIAT DPRD")
    bordered._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="double" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>')
    )
    document.add_paragraph("Isi dokumen uji.")
    document.add_picture(io.BytesIO(picture()), width=Cm(2))
    next(document.element.body.iter(qn("wp:docPr"))).set("descr", "Lambang uji")
    _linked(document, "tautan bergaya", styled=True)
    _linked(document, "tautan polos", styled=False)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Kepala satu", "Kepala dua", "isi satu", "isi dua"), strict=True):
        cell.text = text
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    if signed:
        _signature(document)
    document.add_paragraph("Akhir.")
    document.save(str(path))
    return path


def _language(document: Any, language: str) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    found = properties.find(qn("w:lang"))
    found.set(qn("w:val"), language)


def _linked(document: Any, text: str, *, styled: bool) -> None:
    if styled and "Hyperlink" not in [style.name for style in document.styles]:
        document.styles.add_style("Hyperlink", 2)
    relation = document.part.relate_to(LINK, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    style = '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>' if styled else ""
    spaces = nsdecls("w", "r")
    document.add_paragraph()._p.append(
        parse_xml(f'<w:hyperlink {spaces} r:id="{relation}"><w:r>{style}<w:t>{text}</w:t></w:r></w:hyperlink>')
    )


def _signature(document: Any) -> None:
    space = document.add_paragraph()
    space.paragraph_format.line_spacing = Pt(80)
    space.paragraph_format.space_after = Pt(0)
    bookmark(space, SIGNER.field, 1)
    end = document.add_paragraph()
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    bookmark(end, f"{SIGNER.field}akhir", 2)
    document.add_paragraph(SIGNER.name)


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put the empty bookmark ``name`` at the end of ``paragraph``."""
    for kind, extra in (("bookmarkStart", {"name": name}), ("bookmarkEnd", {})):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(number))
        for key, value in extra.items():
            mark.set(qn(f"w:{key}"), value)
        paragraph._p.append(mark)


def run_product(folder: Path, *arguments: str, office: bool) -> Path:
    """The output folder of ``tertib ARGUMENTS``; without ``office`` only its DOCX are made."""
    environment = {**os.environ, "TERTIB_CACHE": "0"}
    if not office:
        environment["TERTIB_SOFFICE"] = str(folder / "tidak-ada")
    command = [sys.executable, "-m", "pipeline", *arguments, "-q", "-o", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in ((0,) if office else (0, 3)):
        raise AssertionError(done.stdout + done.stderr)
    return folder
