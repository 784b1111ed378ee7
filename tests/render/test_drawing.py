"""The drawing in the DOCX: connectors follow the planned ways and hang on their symbols, over random flows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flows import random_sheet
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from presets import WPS, A, drawn_path, is_line, preset_path

from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import Sheet
from pipeline.model.form import MM
from pipeline.model.plan import Label, Line, PagePlan, Plan, Point, Rect, Symbol, SymbolKind
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.connectors import FULL, Connector, connector, simplified
from pipeline.render.drawing import IDS, connection_site, page_drawing
from pipeline.render.proof import prove_docx
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@st.composite
def poly_lines(draw: st.DrawFn) -> tuple[Point, ...]:
    """Orthogonal lines of up to six stretches, with ends that often share an x or y with an earlier point."""
    x, y = draw(st.integers(0, 300 * MM)), draw(st.integers(0, 200 * MM))
    points = [(x, y)]
    sideways = draw(st.booleans())
    for _ in range(draw(st.integers(1, 6))):
        index = 0 if sideways else 1
        earlier = st.sampled_from([point[index] for point in points])
        value = draw(st.one_of(st.integers(0, 200 * MM), earlier, earlier.map(lambda v: v + 1)))
        points.append((value, points[-1][1]) if sideways else (points[-1][0], value))
        sideways = not sideways
    return simplified(points)


def path_of(shape: Connector) -> list[tuple[float, float]]:
    """The drawn path of a connector, by the formulas of the standard."""
    flags = (' flipH="1"' if shape.flip_h else "") + (' flipV="1"' if shape.flip_v else "")
    bends = "".join(f'<a:gd name="adj{i}" fmla="val {v}"/>' for i, v in enumerate(shape.bends, 1))
    node = etree.fromstring(
        f'<wps:wsp xmlns:wps="{WPS[1:-1]}" xmlns:a="{A[1:-1]}"><wps:spPr><a:xfrm rot="{shape.turn}"{flags}>'
        f'<a:off x="{shape.x}" y="{shape.y}"/><a:ext cx="{shape.width}" cy="{shape.height}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape.preset}"><a:avLst>{bends}</a:avLst></a:prstGeom></wps:spPr></wps:wsp>'
    )
    return drawn_path(node)


def assert_follows(found: list[Any], points: tuple[Point, ...]) -> None:
    """The drawn path has the same corners, stretches between the first and the last lie where they were planned.

    To 1 EMU and 1 in 200,000, which is what an adjustment can say.
    """
    assert len(found) == len(points)
    reach = max(max(abs(a - b) for a, b in zip(p, q, strict=True)) for p in points for q in points)
    exact = 1 + reach / (2 * FULL)
    for (x0, y0), (x1, y1) in zip(found, points, strict=True):
        assert abs(x0 - x1) <= exact, (found, points)
        assert abs(y0 - y1) <= exact, (found, points)
    inner = list(zip(found, points, strict=True))[1:-1]
    for (a, planned), (b, following) in pairwise(inner):
        axis = 0 if planned[0] == following[0] else 1
        assert abs(a[axis] - planned[axis]) <= exact, (found, points)
        assert abs(b[axis] - planned[axis]) <= exact, (found, points)


@settings(max_examples=500, deadline=None)
@given(poly_lines())
def test_a_preset_gives_the_way_exactly(points: tuple[Point, ...]) -> None:
    shape = connector(points)
    if shape is not None:
        assert len(points) <= 6
        assert all(abs(bend) <= 3 * FULL for bend in shape.bends)
        assert_follows(path_of(shape), points)


@pytest.mark.parametrize("beside", [0, 1, 635, 1_270, 3 * MM])
@pytest.mark.parametrize("sideways", [False, True])
def test_what_reaches_far_out_of_a_narrow_box_is_no_preset(beside: int, sideways: bool) -> None:
    """A line around something to straight below its start: LibreOffice drew it 3/2 as far out."""
    x, far = 72_000, 72_000 - 11 * MM
    end = x + beside
    points = [(x, 0), (x, 2 * MM), (far, 2 * MM), (far, 17 * MM), (end, 17 * MM), (end, 22 * MM)]
    assert connector([(b, a) for a, b in points] if sideways else points) is None
    wide = [(min(x, 5 * MM + far), y) if x > far else (x, y) for x, y in points]
    wide[-2:] = [(x + 4 * MM, y) for x, y in wide[-2:]]
    assert connector([(b, a) for a, b in wide] if sideways else wide) is not None


@settings(max_examples=300, deadline=None)
@given(poly_lines())
def test_presets_bend_near_their_box(points: tuple[Point, ...]) -> None:
    corners = list(zip(points, points[1:], points[2:], strict=False))
    turns = all((a[0] == b[0]) != (b[0] == c[0]) for a, b, c in corners)
    width, height = (abs(a - b) for a, b in zip(points[0], points[-1], strict=True))
    inner = points[1:-1]
    near = all(abs(x - points[0][0]) <= 3 * width and abs(y - points[0][1]) <= 3 * height for x, y in inner)
    assert (connector(points) is not None) == (2 <= len(points) <= 6 and turns and near)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(0, 0), (9, 0)], Connector("straightConnector1", 0, 0, 9, 0)),
        ([(0, 9), (0, 0)], Connector("straightConnector1", 0, 0, 0, 9, flip_v=True)),
        ([(0, 0), (90, 0), (90, 50)], Connector("bentConnector2", 0, 0, 90, 50)),
        ([(90, 0), (0, 0), (0, 50)], Connector("bentConnector2", 0, 0, 90, 50, flip_h=True)),
        # Down, then left: the box of the connector on its side, turned by a quarter.
        ([(90, 0), (90, 50), (0, 50)], Connector("bentConnector2", 20, -20, 50, 90, 5_400_000)),
        ([(0, 0), (30, 0), (30, 50), (60, 50)], Connector("bentConnector3", 0, 0, 60, 50, 0, bends=(50_000,))),
    ],
)
def test_known_connectors(points: list[Point], expected: Connector) -> None:
    assert connector(points) == expected


def test_what_no_preset_gives_is_told() -> None:
    assert connector([(0, 0), (90, 0), (30, 0)]) is None
    stairs = [(10 * (i // 2 + i % 2), 10 * (i // 2)) for i in range(8)]
    assert connector(stairs) is None
    assert connector(stairs[:6]) is not None


def test_the_formulas_of_the_standard() -> None:
    path = preset_path("bentConnector5", 1000, 500, {"adj1": 20_000, "adj2": 150_000, "adj3": -10_000})
    assert path == [(0, 0), (200, 0), (200, 750), (-100, 750), (-100, 500), (1000, 500)]


def parsed(run: str) -> Any:
    """A run as XML."""
    return etree.fromstring(str(run).replace("<w:r>", f'<w:r xmlns:w="{W[1:-1]}">', 1))


def shapes_of(page: PagePlan, number: int) -> tuple[Any, list[Any]]:
    """The run, and its shapes without the frame."""
    run = parsed(page_drawing(page, number, "Arial"))
    return run, list(run.iter(WPS + "wsp"))[1:]


@SETTINGS
@given(random_sheet(most_steps=15))
def test_lines_are_drawn_as_planned_and_bound_to_their_symbols(sheet: Sheet) -> None:
    plan = plan_flowchart(sheet)
    ids: list[str] = []
    for number, page in enumerate(plan.pages, 1):
        if not (page.symbols or page.labels):
            continue
        run, shapes = shapes_of(page, number)
        every = [*run.iter(WP + "docPr"), *run.iter(WPS + "cNvPr")]
        ids += [node.get("id") for node in every]
        assert all(node.get("name") and node.get("descr") for node in every)
        lines, symbols = shapes[: len(page.lines)], shapes[len(page.lines) :][: len(page.symbols)]
        assert [is_line(shape) for shape in shapes] == [True] * len(lines) + [False] * (len(shapes) - len(lines))
        own = [shape.find(WPS + "cNvPr").get("id") for shape in symbols]
        for line, shape in zip(page.lines, lines, strict=True):
            check_line(line, shape, page, own)
    assert len(set(ids)) == len(ids)


def check_line(line: Line, shape: Any, page: PagePlan, ids: list[str]) -> None:
    """The path is the planned one, and each end at a connection site is bound to the symbol that the plan says."""
    points = simplified(line.points)
    found = [(x + page.area.x, y + page.area.y) for x, y in drawn_path(shape)]
    assert_follows(found, points)
    for tag, point, symbol in (("stCxn", points[0], line.source), ("endCxn", points[-1], line.target)):
        node = shape.find(f"{WPS}cNvCnPr/{A}{tag}")
        site = connection_site(page.symbols[symbol].rect, point)
        if site is None:
            assert node is None
        else:
            assert (node.get("id"), node.get("idx")) == (ids[symbol], str(site))
    assert (shape.find(f".//{A}tailEnd") is not None) == line.arrow


def small_page(count: int = 2) -> PagePlan:
    """A page with ``count`` steps below one another and a decision's label, in code."""
    rects = [Rect(10 * MM, (10 + 20 * i) * MM, 16 * MM, 6 * MM) for i in range(count)]
    kinds = [SymbolKind.PROCESS, SymbolKind.DECISION]
    symbols = tuple(
        Symbol(kinds[i % 2], rect, "", f"Langkah {i + 1}: {kinds[i % 2].value}, Kepala “Contoh” & <Rekan>", i, 0)
        for i, rect in enumerate(rects)
    )
    lines = tuple(
        Line(((18 * MM, a.bottom), (18 * MM, b.y)), f"Dari Langkah {i + 1} ke Langkah {i + 2}", i, i + 1)
        for i, (a, b) in enumerate(pairwise(rects))
    )
    label = Label(Rect(20 * MM, 17 * MM, 5 * MM, 3 * MM), "Ya & <tidak>", "Dari Langkah 1 ke Langkah 2 (Ya)", line=0)
    return PagePlan((0, 1), (20 * MM, 20 * MM), Rect(0, 0, 40 * MM, 20 * count * MM + 9 * MM), symbols, lines, (label,))


def test_names_tell_the_step() -> None:
    _, shapes = shapes_of(small_page(), 1)
    names = [shape.find(WPS + "cNvPr").get("name") for shape in shapes]
    assert names == [
        "Anak panah dari Langkah 1 ke Langkah 2",
        "Langkah 1: kotak",
        "Langkah 2: belah ketupat",
        "Nama jalan keluar dari Langkah 1 ke Langkah 2 (Ya)",
    ]
    assert shapes[1].find(WPS + "cNvPr").get("descr") == "Langkah 1: kotak, Kepala “Contoh” & <Rekan>"
    assert "".join(shapes[3].itertext()) == "Ya & <tidak>"


def test_the_alt_text_of_the_page_is_its_narrative() -> None:
    page = small_page()
    told = parsed(page_drawing(page, 3, "Arial", 'Langkah 2: jika "Tidak", kembali ke langkah 1.'))
    assert told.find(f".//{WP}docPr").get("descr") == 'Langkah 2: jika "Tidak", kembali ke langkah 1.'
    plain = parsed(page_drawing(page, 3, "Arial"))
    assert plain.find(f".//{WP}docPr").get("descr") == "Bagan alir bagian 3: langkah 1 sampai 2"


def test_a_long_name_of_an_exit_is_broken_and_hides_the_column_rule_below_it() -> None:
    page = small_page()
    label = replace(page.labels[0], text="Ditolak &\ndikembalikan")
    free, across = (
        shapes_of(replace(page, labels=(label,), columns=columns), 1)[1][-1] for columns in ((), (0, 22 * MM, 40 * MM))
    )
    assert [t.text for t in free.iter(W + "t")] == ["Ditolak &", "dikembalikan"]
    assert len(list(free.iter(W + "br"))) == 1
    fills = [shape.find(f"{WPS}spPr/{A}solidFill") is not None for shape in (free, across)]
    assert fills == [False, True]


def test_ids_stay_apart_on_a_page_of_many_shapes() -> None:
    first, second = (page_drawing(small_page(1500), number, "Arial") for number in (1, 2))
    ids = [node.get("id") for run in (first, second) for node in parsed(run).iter(WPS + "cNvPr", WP + "docPr")]
    assert len(ids) > 6000
    assert len(set(ids)) == len(ids)
    assert max(map(int, ids)) < 2**31


def test_more_shapes_than_ids_are_refused() -> None:
    page = small_page()
    crowd = PagePlan(page.rows, page.heights, page.area, page.symbols * (IDS // 2), (), ())
    with pytest.raises(ValueError, match="shapes"):
        page_drawing(crowd, 1, "Arial")


def test_a_page_without_symbols_has_no_drawing() -> None:
    assert page_drawing(PagePlan((0,), (MM,), Rect(0, 0, 1, 1), (), (), ()), 1, "Arial") == ""


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A document of the product, to put drawings into."""
    path = ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml"
    item = read_sop(path, read_office(path.parent.parent, ROOT), ROOT)
    return render_sop(Template.load(packaged_templates() / "sop.docx"), item).docx


def with_drawings(document: bytes, plan: Plan) -> bytes:
    """``document`` with a paragraph more for each page's drawing."""
    runs = [
        page_drawing(page, number, "Arial", "Narasi “uji” & <tanda>") for number, page in enumerate(plan.pages, 101)
    ]
    paragraphs = "".join(f"<w:p>{run}</w:p>" for run in runs if run)
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(result, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + paragraphs.encode(), 1)
            new.writestr(info.filename, content)
    return result.getvalue()


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(sheet=random_sheet(most_steps=20))
def test_every_drawing_is_schema_valid(sound: bytes, sheet: Sheet) -> None:
    prove_docx(with_drawings(sound, plan_flowchart(sheet)), "acak.docx")
