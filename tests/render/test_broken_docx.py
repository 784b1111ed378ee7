"""The corpus of broken documents: each fault is told in its own words, and what is sound passes."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ProofError
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.proof import prove_docx
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop
from tests.render.broken_docx import BODY, FAULTS, SOUND, broken, parts_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def good() -> bytes:
    path = ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml"
    item = read_sop(path, read_office(path.parent.parent, ROOT), ROOT)
    return render_sop(Template.load(packaged_templates() / "sop.docx"), item).docx


def told(data: bytes) -> str:
    """What the proof says of ``data``, in Indonesian."""
    with pytest.raises(ProofError) as error:
        prove_docx(data, "rapat.docx")
    return error.value.text("id")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told(good: bytes, fault: str) -> None:
    assert re.search(FAULTS[fault].told, told(broken(good, FAULTS[fault])))


@pytest.mark.parametrize("case", SOUND)
def test_what_is_sound_passes(good: bytes, case: str) -> None:
    prove_docx(broken(good, SOUND[case]), "rapat.docx")


def test_a_part_that_is_there_twice_is_told(good: bytes) -> None:
    result = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(result, "w") as package:
        warnings.simplefilter("ignore")
        for name, data in [*parts_of(good).items(), (BODY, b"<a/>")]:
            package.writestr(name, data)
    assert "word/document.xml ada 2 kali" in told(result.getvalue())


def test_a_flipped_byte_in_a_packed_part_is_told(good: bytes) -> None:
    data = bytearray(good)
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        at = package.getinfo("word/styles.xml").header_offset + 60
    data[at] ^= 0xFF
    assert "rapat.docx tidak lolos" in told(bytes(data))
