"""Every fault that the proof of a DOCX is there for, put in on purpose."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import ProofError
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render import proof
from pipeline.render.proof import prove_docx
from pipeline.render.proof_shapes import Shapes
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


ROW = (
    '<w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>Usulan {n}</w:t></w:r></w:p></w:tc>'
    '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>Tempat</w:t></w:r></w:p></w:tc></w:tr>'
)
GRID = (
    '<w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
)
INNER = f"<w:tbl>{GRID}{ROW.replace('{n}', 'dalam')}</w:tbl>"


def with_table(data: bytes, rows: int, change: Callable[[str], str] = str) -> bytes:
    """``data`` with a long table first, ``change`` made to the row in the middle of it."""
    made = [ROW.replace("{n}", str(n)) for n in range(rows)]
    made[rows // 2] = change(made[rows // 2])
    table = f"<w:tbl>{GRID}{''.join(made)}</w:tbl><w:p/>"
    return changed(data, lambda xml: xml.replace("<w:body>", f"<w:body>{table}", 1))


def drawing(id_: str, text: str) -> str:
    """An inline picture frame in a run."""
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    shape = f'<wp:docPr id="{id_}" name="a" descr="{text}"/>'
    return f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}">{shape}</wp:inline></w:drawing></w:r>'


MIDDLE: dict[str, tuple[Callable[[str], str], str]] = {
    "leftover tag": (lambda x: x.replace("Tempat", "{{ u.lokasi }}"), "{{ u.lokasi }}"),
    "cell too many": (lambda x: x.replace("</w:tr>", "<w:tc><w:p/></w:tc></w:tr>"), "baris 151: 3 kolom, seharusnya 2"),
    "span too wide": (lambda x: x.replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>', 1), "baris 151: 3 kolom"),
    "merge without start": (lambda x: x.replace("</w:tcPr>", "<w:vMerge/></w:tcPr>", 1), "sel gabungan tanpa awal"),
    "shape without alt text": (lambda x: x.replace("<w:r>", f"{drawing('7', '')}<w:r>", 1), "tanpa teks alternatif"),
    "id twice": (lambda x: x.replace("<w:r>", f"{drawing('100003', 'a')}<w:r>", 1), "dipakai 2 kali"),
    "fault in a table in a cell": (
        lambda x: x.replace("<w:p>", f"{INNER.replace('<w:tc>', '<w:tc><w:p/></w:tc><w:tc>', 1)}<w:p>", 1),
        "baris 1: 3 kolom",
    ),
    "malformed": (lambda x: x.replace("</w:tc>", "", 1), "baris|mismatch"),
}


@pytest.mark.parametrize("fault", MIDDLE)
def test_faults_amid_a_long_table_are_found(good: bytes, fault: str) -> None:
    change, told = MIDDLE[fault]
    with pytest.raises(ProofError) as error:
        prove_docx(with_table(good, 301, change), "panjang.docx")
    assert re.search(told.replace("{", r"\{"), error.value.text("id"))


@pytest.mark.parametrize("rows", [1, 59, 60, 61, 100, 301])
def test_a_long_table_passes_and_its_ends_meet_the_schema(good: bytes, rows: int) -> None:
    prove_docx(with_table(good, rows, lambda x: x.replace("<w:p>", f"{INNER}<w:p>", 1)), "panjang.docx")
    for place in (0, rows - 1):
        broken = changed(
            with_table(good, rows),
            lambda xml, place=place: xml.replace(f"<w:t>Usulan {place}<", f"<w:salah/><w:t>Usulan {place}<", 1),
        )
        with pytest.raises(ProofError, match="salah"):
            prove_docx(broken, "panjang.docx")


def test_what_a_person_wrote_is_no_leftover(good: bytes) -> None:
    text = "pakai {{ tanda }}\nitu"
    data = with_table(good, 301, lambda x: x.replace("Tempat", "pakai {{ tanda }}</w:t><w:br/><w:t>itu"))
    prove_docx(data, "panjang.docx", given=iter([text]))
    with pytest.raises(ProofError) as error:
        prove_docx(data, "panjang.docx", given=["pakai tanda itu"])
    assert "tanda templat tertinggal" in error.value.text("id")


def test_brackets_in_different_paragraphs_are_no_tag(good: bytes) -> None:
    prove_docx(with_table(good, 301, lambda x: x.replace("Usulan", "{{").replace("Tempat", "}}")), "panjang.docx")


def test_what_was_proved_once_is_still_checked_where_it_differs(good: bytes) -> None:
    def styled(style: str) -> bytes:
        return with_table(good, 3, lambda x: x.replace("<w:p>", f"<w:p><w:pPr>{style}</w:pPr>", 1))

    for _ in range(2):
        prove_docx(styled('<w:jc w:val="center"/>'), "sama.docx")
    for wrong in ('<w:jc w:val="tengah"/>', '<w:jc w:val="center"/><w:keepNext/>'):
        for _ in range(2):  # what failed is not remembered
            with pytest.raises(ProofError):
                prove_docx(styled(wrong), "lain.docx")


def test_each_package_that_looks_the_same_is_given_to_the_schema_check_once(
    good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = 0

    def count(_: bytes) -> Iterator[str]:
        nonlocal given
        given += 1
        return iter(())

    monkeypatch.setattr(proof, "schema_faults", count)
    monkeypatch.setattr(Shapes, "_known", set())
    names = ("satu", "dua", "tiga")
    for data in (with_table(good, 5, lambda x, name=name: x.replace("Tempat", name)) for name in names):
        prove_docx(data, "sop.docx")
    assert given == 1
    prove_docx(changed(with_table(good, 5), lambda x: x.replace('w:w="4000"', 'w:w="4001"', 1)), "sop.docx")
    assert given == 2
