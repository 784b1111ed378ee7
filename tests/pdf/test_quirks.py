"""What LibreOffice 7.4 gets wrong and the finish step mends: each test shows the fault first, so that we notice when a
newer version no longer has it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.convert.libreoffice import version
from pipeline.errors import ProofError
from pipeline.model.particulars import Particulars
from pipeline.pdf import tags
from pipeline.pdf.finish import finish
from pipeline.pdf.marks import stretches
from pipeline.pdf.tags import walk
from tests.pdf.papers import Paper

SAID = Particulars("contoh/sop/uji", "Uji")
PAINTS = re.compile(rb"(?:^|\s)(?:S|f\*?|Do|TJ|Tj)(?=\s|$)")


@pytest.fixture(autouse=True)
def known(libreoffice: None) -> None:
    """Faults are those of one version; on others the mended file is what counts, in the other tests."""
    if " 7.4." not in version():
        pytest.skip(f"faults of LibreOffice 7.4; this is {version() or 'unknown'}")


def mended(paper: Paper, folder: Path) -> Path:
    path = folder / "jadi.pdf"
    shutil.copyfile(paper.pdf, path)
    finish(path, SAID, docx=paper.docx)
    return path


def kind(element: Any) -> str:
    """The type of a structure element."""
    return str(element.S)[1:]


def figures(path: Path) -> list[tuple[str, bool]]:
    """Alternative text of each figure, and whether something is in it."""
    with pikepdf.open(path) as pdf:
        found = [one for one in walk(pdf.Root.StructTreeRoot) if kind(one) == "Figure"]
        return [(str(one.get("/Alt", "")), "/K" in one) for one in found]


def unmarked(path: Path) -> int:
    """How many pieces of content are drawn outside of all marks."""
    count = 0
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            content = page.obj.Contents.read_bytes()
            pieces = [content[one.start : one.end] for one in stretches(content) if not one.mark]
            count += sum(bool(PAINTS.search(piece)) for piece in pieces)
    return count


def test_the_tab_order_is_a_string_on_pages_with_annotations(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    with pikepdf.open(papers["aneh"].pdf) as pdf:
        assert isinstance(pdf.pages[0].obj.Tabs, pikepdf.String)
    with pikepdf.open(mended(papers["aneh"], tmp_path)) as pdf:
        assert pdf.pages[0].obj.Tabs == pikepdf.Name.S


def test_a_link_without_the_style_of_links_is_lost(papers: Mapping[str, Paper]) -> None:
    with pikepdf.open(papers["aneh"].pdf) as pdf:
        assert len(pdf.pages[0].obj.Annots) == 1  # of two; DOCX with such a link are refused before (render/proof)


def test_the_border_of_a_paragraph_is_drawn_outside_of_all_marks(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    assert unmarked(papers["aneh"].pdf) > 0
    assert unmarked(mended(papers["aneh"], tmp_path)) == 0


def test_a_picture_in_a_line_stands_beside_its_empty_figure(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    assert figures(papers["aneh"].pdf) == [("Lambang uji", False)]
    path = mended(papers["aneh"], tmp_path)
    assert figures(path) == [("Lambang uji", True)]
    with pikepdf.open(path) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
        (shown,) = (one for one in stretches(content) if b" Do" in content[one.start : one.end])
        assert shown.mark.startswith(b"/Figure<</MCID ")
        number = int(re.findall(rb"\d+", shown.mark)[0])
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert parents[number].Alt == pikepdf.String("Lambang uji")
        assert list(parents[number].K) == [number]


def test_charts_lose_their_alternative_text(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    paper = papers["rekapitulasi"]
    lost = [text for text, _ in figures(paper.pdf) if not text]
    assert len(lost) >= 4
    told = [text for text, _ in figures(mended(paper, tmp_path))]
    assert len(told) == len(figures(paper.pdf))
    charts = told[1:]
    assert all(len(text) > 40 for text in charts)
    assert len(set(charts)) == len(charts)
    path = tmp_path / "tanpa.pdf"
    shutil.copyfile(paper.pdf, path)
    with pytest.raises(ProofError) as error:
        finish(path, SAID)
    assert "Gambar di halaman 1 " in error.value.text("id")


def test_a_watermark_is_a_figure_without_a_text(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    paper = papers["pelaksanaan-reses-usulan"]
    assert "" in [text for text, _ in figures(paper.pdf)]
    path = mended(paper, tmp_path)
    assert "" not in [text for text, _ in figures(path)]
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            assert page.obj.Contents.read_bytes().count(b"/Subtype/Watermark>>BDC") == 1
        assert [str(kid.S) for kid in pdf.Root.StructTreeRoot.K] == ["/Document"]


def test_a_group_of_shapes_is_an_empty_figure_beside_its_shapes(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    paper = papers["pelaksanaan-reses-usulan"]
    assert any(text.startswith("Bagan alir langkah 1 ") and not full for text, full in figures(paper.pdf))
    with pikepdf.open(mended(paper, tmp_path)) as pdf:
        charts = [one for one in walk(pdf.Root.StructTreeRoot) if str(one.get("/Alt", "")).startswith("Bagan alir")]
        assert len(charts) == 2
        for chart in charts:
            inside = list(walk(chart))[1:]
            assert sum(str(one.get("/Alt", "")).startswith("Langkah ") for one in inside) == 9
            assert any(kind(one) == "Div" for one in inside)  # the words inside the shapes
            assert all(one.P.objgen == chart.objgen for one in chart.K)
        loose = [one for one in walk(pdf.Root.StructTreeRoot) if kind(one) == "Figure" and "/K" not in one]
        assert loose == []


ROLES = {
    "maps to itself": ({"Tertib Sel": "Tertib Sel"}, {"Tertib Sel": "P"}),
    "in a circle": ({"A": "B", "B": "A"}, {"A": "P", "B": "P"}),
    "leads nowhere": ({"A": "Entah"}, {"A": "P"}),
    "over another": ({"A": "B", "B": "H1"}, {"A": "B", "B": "H1"}),
    "standard types keep their meaning": ({"Table": "P", "A": "Table"}, {"A": "Table"}),
}


@pytest.mark.parametrize("case", ROLES)
def test_roles_end_at_standard_types(case: str) -> None:
    given, wanted = ROLES[case]
    with pikepdf.new() as pdf:
        roles = pikepdf.Dictionary({f"/{key}": pikepdf.Name(f"/{value}") for key, value in given.items()})
        pdf.Root.StructTreeRoot = pikepdf.Dictionary(RoleMap=roles)
        tags.mend(pdf, ())
        found: Any = pdf.Root.StructTreeRoot.RoleMap
        assert {str(key)[1:]: str(value)[1:] for key, value in found.items()} == wanted
