"""Finished PDFs stay PDF/A-3a and PDF/UA-1 when they are signed, by one and by two, at every level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from pipeline.model.particulars import Particulars, Signer
from pipeline.pdf import verapdf
from pipeline.pdf.finish import finish
from pipeline.pdf.proof import prove_finished
from pipeline.sign.keys import read_p12
from pipeline.sign.reports import Level, Trust
from pipeline.sign.signing import Order, sign_pdf
from pipeline.sign.typeface import find_typeface
from pipeline.sign.verify import verify_signatures
from tests.checkers import need
from tests.pdf.papers import SIGNER, as_made, bookmark, odd_document
from tests.sign.authority import NOW, PASSPHRASE, Authority, Identity

OTHER = Signer("ttdsaksi", "SAKSI CONTOH", "Kepala Bagian Umum")
LEVELS = (Level.B_B, Level.B_T, Level.B_LT)


@pytest.fixture(scope="module")
def finished(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A document with a place for each of two signers, finished."""
    folder = tmp_path_factory.mktemp("dua-penanda-tangan")
    path = odd_document(folder / "dua.docx")
    document = docx.Document(str(path))
    space = document.add_paragraph()
    space.paragraph_format.line_spacing = Pt(80)
    bookmark(space, OTHER.field, 11)
    end = document.add_paragraph()
    end.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    bookmark(end, f"{OTHER.field}akhir", 12)
    document.add_paragraph(OTHER.name)
    document.save(str(path))
    paper = as_made([path], folder)["dua"]
    finish(paper.pdf, Particulars("uji/sop/dua", "Dua Penanda Tangan", signers=(SIGNER, OTHER)), docx=path)
    return paper.pdf.read_bytes()


@pytest.fixture(scope="module")
def signed(
    finished: bytes, authority: Authority, person: Identity, second: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, bytes]:
    """Signed by one and by two, by level."""
    folder = tmp_path_factory.mktemp("kunci")
    made = {}
    for level in LEVELS:
        data = finished
        for number, (identity, field) in enumerate(((person, SIGNER.field), (second, OTHER.field)), 1):
            (folder / "kunci.p12").write_bytes(identity.p12())
            order = Order(
                read_p12(folder / "kunci.p12", PASSPHRASE),
                level,
                NOW.astimezone(dt.timezone(dt.timedelta(hours=7))),
                authority.timestamper(),
                font=find_typeface(),
                crls=(authority.crl(),),
                offline=True,
            )
            data = sign_pdf(data, order, field).data
            made[f"{level.value} {number}"] = data
    return made


CASES = [f"{level.value} {number}" for level in LEVELS for number in (1, 2)]


@pytest.mark.parametrize("case", CASES)
def test_signatures_hold(case: str, signed: Mapping[str, bytes], trust: Trust) -> None:
    reports = verify_signatures(signed[case], trust)
    assert [(one.level.value, one.holds, one.whole) for one in reports] == [(case[:-2], True, True)] * int(case[-1])


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith("1")])
def test_our_own_proof_passes(case: str, signed: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "dua.pdf"
    path.write_bytes(signed[case])
    assert {check.name for check in prove_finished(path, "dua.pdf")}


@pytest.mark.parametrize("case", CASES)
def test_verapdf_passes(case: str, signed: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "dua.pdf"
    path.write_bytes(signed[case])
    need("java")
    opinion = verapdf.ask(path)
    assert (opinion.asked, opinion.faults) == (True, ())


@pytest.mark.parametrize("case", CASES)
def test_unsigned_pdf_can_be_cut_out(case: str, signed: Mapping[str, bytes], finished: bytes) -> None:
    assert signed[case].startswith(finished)
