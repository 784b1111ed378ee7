"""Every fault that the proof of a DOCX is there for, put in on purpose."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ProofError
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.proof import prove_docx
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def good() -> bytes:
    path = ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml"
    item = read_sop(path, read_office(path.parent.parent, ROOT), ROOT)
    return render_sop(Template.load(packaged_templates() / "sop.docx"), item).docx


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """``data`` with its document part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                text = change(content.decode())
                assert text != content.decode(), "the fault was not put in"
                content = text.encode()
            new.writestr(info.filename, content)
    return result.getvalue()


FAULTS: dict[str, Callable[[str], str]] = {
    "leftover tag": lambda x: x.replace("Menyusun jadwal", "{{ judul }}", 1),
    "id twice": lambda x: x.replace('id="100003"', 'id="100004"', 1),
    "line bound to nothing": lambda x: re.sub(r'<a:endCxn id="\d+"', '<a:endCxn id="99"', x, count=1),
    "site that is no number": lambda x: re.sub(r'(<a:stCxn id="\d+" idx=)"\d"', r'\1"kiri"', x, count=1),
    "shape without alt text": lambda x: x.replace(' descr="Dari Langkah 1 ke Langkah 2"', "", 1),
    "span too wide": lambda x: x.replace('<w:gridSpan w:val="8"/>', '<w:gridSpan w:val="9"/>', 1),
    "merge without start": lambda x: x.replace('<w:vMerge w:val="restart"/>', "", 1),
    "unknown preset": lambda x: x.replace("flowChartDecision", "flowChartBelahKetupat", 1),
    "choice without namespace": lambda x: x.replace('Requires="wpg"', 'Requires="zzz"', 1),
    "wrong order": lambda x: x.replace("<w:tblGrid>", "<w:tr/><w:tblGrid>", 1),
    "malformed": lambda x: x[:-20],
}


def test_a_sound_document_passes(good: bytes) -> None:
    prove_docx(good, "rapat.docx")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_document_does_not(good: bytes, fault: str) -> None:
    with pytest.raises(ProofError, match=r"rapat\.docx") as error:
        prove_docx(changed(good, FAULTS[fault]), "rapat.docx")
    assert error.value.exit_code == 4


@pytest.mark.parametrize("data", [b"", b"bukan zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_document_does_not(data: bytes) -> None:
    with pytest.raises(ProofError):
        prove_docx(data, "x.docx")
