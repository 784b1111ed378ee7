"""The narrative of the flowchart: sentences as they must be, and every arrow of any flow told once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.convert.libreoffice import Job, convert
from pipeline.model.finding import Stage
from pipeline.model.flow import FINISH, Edge, flow_of
from pipeline.model.plan import Line, PagePlan, Plan, Rect, Symbol, SymbolKind
from pipeline.model.sop import END, Branch, Sop, Step, StepKind
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.narrative import MOST, page_narratives
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
ACTORS = ("Sekretaris", "Kepala Bagian", "Ketua")
RECT = Rect(0, 0, 1, 1)


def sop(*steps: dict[str, object], actors: tuple[str, ...] = ACTORS) -> Sop:
    """Steps numbered from 1, by the first actor unless they say otherwise."""
    made = []
    for number, told in enumerate(steps, 1):
        usual = StepKind.START if number == 1 else StepKind.END if number == len(steps) else StepKind.PROCESS
        kind = StepKind.DECISION if "branches" in told else usual
        made.append(Step(number, "Mencatat surat", **{"columns": (0,), "kind": kind, **told}))  # type: ignore[arg-type]
    return Sop("uji", Stage.DRAFT, actors=actors, steps=tuple(made))


def by(**exits: int) -> dict[str, object]:
    return {"columns": (1,), "branches": tuple(Branch(label.capitalize(), to) for label, to in exits.items())}


def plan(of: Sop, *starts: int) -> Plan:
    """Pages that begin at these rows and at row 0, with a connector at both ends of each arrow between pages."""
    borders = [*sorted({0, *starts}), len(of.steps)]
    page_of = {row: n for n, (first, last) in enumerate(pairwise(borders)) for row in range(first, last)}
    torn = [e for e in flow_of(of).edges if e.target != FINISH and page_of[e.source] != page_of[e.target]]
    pages = []
    for number, (first, last) in enumerate(pairwise(borders)):
        symbols = [Symbol(SymbolKind.PROCESS, RECT, "", "", row, 0) for row in range(first, last)]
        lines = []
        for name, edge in enumerate(torn, 1):
            if number in (page_of[edge.source], page_of[edge.target]):
                symbols.append(Symbol(SymbolKind.CONNECTOR, RECT, str(name), "", None, 0))
                ends = (0, len(symbols) - 1) if number == page_of[edge.source] else (len(symbols) - 1, 0)
                lines.append(Line((), "", *ends, edge))
        pages.append(PagePlan(tuple(range(first, last)), (), RECT, tuple(symbols), tuple(lines), ()))
    return Plan((), (), tuple(pages), {})


def tell(of: Sop, *starts: int) -> list[str]:
    return list(page_narratives(of, plan(of, *starts)))


SENTENCES = {
    "straight": (
        sop({}, {"columns": (1,)}, {}),
        "Bagan alir langkah 1 sampai 3. Mulai pada langkah 1, Sekretaris, lanjut ke langkah 2. Langkah 2, Kepala "
        "Bagian, lanjut ke langkah 3. Selesai pada langkah 3, Sekretaris.",
    ),
    "one step": (
        sop({"kind": StepKind.PROCESS}),
        "Bagan alir langkah 1. Langkah 1, Sekretaris, tanpa langkah berikutnya.",
    ),
    "a decision": (
        sop({}, by(ya=3, tidak=1), {}),
        "Langkah 2, keputusan oleh Kepala Bagian: jika Ya, lanjut ke langkah 3; jika Tidak, kembali ke langkah 1.",
    ),
    "an exit that ends": (sop({}, by(ya=3, tidak=END), {}), "jika Tidak, selesai."),
    "an exit without a name": (
        sop({}, {**by(ya=3), "next": (1,)}, {}),
        "jika Ya, lanjut ke langkah 3; tanpa nama jalan, kembali ke langkah 1.",
    ),
    "a decision without exits": (
        sop({}, {"kind": StepKind.DECISION}, {}),
        "Langkah 2, keputusan oleh Sekretaris, tanpa jalan keluar.",
    ),
    "a first step that decides": (
        sop(by(ya=2, tidak=3), {}, {}),
        "Mulai pada langkah 1, keputusan oleh Kepala Bagian: jika Ya, lanjut ke langkah 2; jika Tidak, lanjut ke "
        "langkah 3.",
    ),
    "at the same time": (
        sop({"next": (2, 3)}, {"next": (4,)}, {}, {}),
        "Sekretaris, lanjut bersamaan ke langkah 2 dan 3. Langkah 2, Sekretaris, lanjut ke langkah 4. Langkah 3, "
        "Sekretaris, lanjut ke langkah 4. Selesai pada langkah 4, Sekretaris, setelah langkah 2 dan 3 selesai.",
    ),
    "waiting for one of two and another": (
        sop({"next": (2, 5)}, by(ya=3, tidak=4), {"next": (6,)}, {"next": (6,)}, {}, {}),
        "Selesai pada langkah 6, Sekretaris, setelah langkah 3 atau 4 dan 5 selesai.",
    ),
    "a rejection that returns to one of the branches": (
        sop({"next": (2, 3)}, {"next": (4,)}, {"next": (4,)}, by(ya=5, tidak=3), {}),
        "keputusan oleh Kepala Bagian, setelah langkah 2 dan 3 selesai: jika Ya, lanjut ke langkah 5; jika Tidak, "
        "kembali ke langkah 3.",
    ),
    "a rejection that returns to the third branch": (
        sop({"next": (2, 3, 4)}, {"next": (5,)}, {"next": (5,)}, {"next": (5,)}, by(ya=6, tidak=4), {}),
        "setelah langkah 2, 3, dan 4 selesai: jika Ya, lanjut ke langkah 6; jika Tidak, kembali ke langkah 4.",
    ),
    "on, back and finished at once": (
        sop({}, {"next": (3, 1, END)}, {}),
        "Langkah 2, Sekretaris, lanjut ke langkah 3 dan bersamaan kembali ke langkah 1 dan bersamaan selesai.",
    ),
    "ends before the last row": (sop({}, {"next": (END,)}, {}), "Langkah 2, Sekretaris, selesai."),
    "to itself": (sop({}, {"next": (2,)}, {}), "Langkah 2, Sekretaris, kembali ke langkah 2."),
    "to a step that is not there": (
        sop({}, {"next": (9,)}, {}),
        "Langkah 2, Sekretaris, tujuan langkah 9 tidak ada.",
    ),
    "one exit to a step that is not there": (
        sop({}, by(ya=3, tidak=9), {}),
        "jika Ya, lanjut ke langkah 3; tujuan langkah 9 tidak ada.",
    ),
    "nobody": (sop({}, {"columns": (None,)}, {}), "Langkah 2, pelaksana yang belum diisi, lanjut ke langkah 3."),
    "two together": (sop({}, {"columns": (1, 0)}, {}), "Langkah 2, Kepala Bagian bersama Sekretaris, lanjut"),
    "three together": (
        sop({}, {"columns": (2, 0, 1)}, {}),
        "Langkah 2, Ketua bersama Sekretaris dan Kepala Bagian, lanjut",
    ),
    "one hands over to the other": (
        sop({}, {"columns": (0, 1), "handover": True}, {}),
        "Langkah 2, Sekretaris lalu Kepala Bagian, lanjut ke langkah 3.",
    ),
    "another SOP": (
        sop({}, {"reference": "SOP Renstra; Kearsipan"}, {}),
        "lanjut ke langkah 3. Lihat SOP Renstra dan SOP Kearsipan. Selesai",
    ),
}


@pytest.mark.parametrize(("of", "told"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(of: Sop, told: str) -> None:
    (text,) = tell(of)
    assert told in text
    assert text.startswith("Bagan alir langkah 1")


def test_arrows_between_pages() -> None:
    of = sop({}, {}, by(ya=4, tidak=1), {}, by(ya=6, tidak=2), {})
    first, second, third = tell(of, 2, 4)
    assert first.startswith(
        "Bagan alir langkah 1 sampai 2, bagian 1 dari 3. Masuk dari halaman lain: sambungan 2 ke langkah 1 dan "
        "sambungan 4 ke langkah 2. Mulai"
    )
    assert "lanjut ke langkah 3 di halaman berikutnya (sambungan 1)." in first
    assert (
        "jika Ya, lanjut ke langkah 4; jika Tidak, kembali ke langkah 1 di halaman sebelumnya (sambungan 2)." in second
    )
    assert "jika Tidak, kembali ke langkah 2 di bagian 1 (sambungan 4)." in third


def test_without_a_symbol_there_is_no_connector_to_name() -> None:
    of = sop({}, {"columns": ()}, {})
    whole = plan(of, 1)
    bare = Plan((), (), tuple(PagePlan(page.rows, (), RECT, (), (), ()) for page in whole.pages), {})
    first, second = page_narratives(of, bare)
    assert first.endswith("lanjut ke langkah 2 di halaman berikutnya.")
    assert "Masuk" not in second


def test_texts_are_spoken_on_one_line_and_not_at_length() -> None:
    of = sop({}, {**by(**{"a\x00\n  b": 3, "x" * 300: 1})}, {}, actors=("Sekretaris", "Kepala\tBagian <&>", "Ketua"))
    (text,) = tell(of)
    assert "keputusan oleh Kepala Bagian <&>: jika A b, lanjut" in text
    assert f"jika X{'x' * 78}…, kembali" in text
    assert text.isprintable()


def test_a_page_that_would_be_told_at_length_leaves_out_the_actors() -> None:
    long = tuple(f"{name} {'Kedudukan ' * 6}" for name in ACTORS)
    few, many = (sop(*[dict[str, object](columns=(0, 1, 2))] * count, actors=long) for count in (4, 40))
    assert "Sekretaris" in tell(few)[0]
    (text,) = tell(many)
    assert "Sekretaris" not in text
    assert len(text) <= MOST
    assert "Langkah 39, lanjut ke langkah 40." in text


def test_the_pdf_has_it_too(libreoffice: None, tmp_path: Path) -> None:
    template = Template.load(packaged_templates() / "sop.docx")
    office = read_office(ROOT / "inputs/contoh", ROOT)
    item = read_sop(ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml", office, ROOT)
    rendered = render_sop(template, item)
    job = Job(tmp_path / "a.docx", tmp_path / "a.pdf")
    job.docx.write_bytes(rendered.docx)
    assert [outcome.error for outcome in convert([job], workers=1)] == [None]
    with pikepdf.open(job.pdf) as pdf:
        nodes = [node for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and "/Alt" in node]
        told = [text for node in nodes if (text := str(node["/Alt"])).startswith("Bagan alir")]
    assert len(told) == len(rendered.pages) > 1
    assert all("lanjut ke langkah" in text for text in told)


HEADS = r"(?:Mulai pada l|Selesai pada l|L)angkah (\d+)"
PLACES = r" di (?:halaman \w+|bagian \d+)(?: \(sambungan \d+\))?"


def edges_of(texts: Sequence[str]) -> list[Edge]:
    """The arrows that the texts tell, read back from the words alone; a wrong "lanjut" or "kembali" fails."""
    found = []
    for text in texts:
        for sentence in text.rstrip(".").split(". "):
            head = re.match(HEADS, sentence)
            if head is None:
                continue
            source = int(head[1]) - 1
            rest = re.sub(PLACES, "", sentence[head.end() :])
            for clause in rest.split("; "):
                named = re.search(r"jika (\w+), ", clause)
                label = named[1] if named else ""
                for verb, told in re.findall(r"(lanjut|kembali)(?: bersamaan)? ke langkah ([\d, dan]*\d)", clause):
                    targets = [int(number) - 1 for number in re.findall(r"\d+", told)]
                    assert all((target > source) == (verb == "lanjut") for target in targets)
                    found += [Edge(source, target, label) for target in targets]
                if re.search(r"(?:, |bersamaan )selesai$", clause):
                    found.append(Edge(source, FINISH, label))
    return found


@st.composite
def sops(draw: st.DrawFn) -> tuple[Sop, list[int]]:
    """Any flow of up to 25 steps, and rows at which pages begin."""
    count = draw(st.integers(1, 25))
    target = st.integers(0, count + 1)  # 0 ends; one number too many does not exist
    labels = st.sampled_from(["Ya", "Tidak", "A", "B", "Lengkap"])
    steps = []
    for number in range(1, count + 1):
        steps.append(
            Step(
                number,
                "x",
                columns=tuple(draw(st.lists(st.sampled_from([0, 1, 2, None]), max_size=3))),
                kind=draw(st.sampled_from(StepKind)),
                branches=tuple(draw(st.lists(st.builds(Branch, labels, target), max_size=4))),
                next=tuple(draw(st.lists(target, max_size=3))),
                handover=draw(st.booleans()),
            )
        )
    starts = draw(st.lists(st.integers(0, count - 1), max_size=4))
    return Sop("uji", Stage.DRAFT, actors=("Satu", "Dua", "Tiga"), steps=tuple(steps)), starts


@settings(max_examples=300, deadline=None)
@given(sops())
def test_every_arrow_is_told_once(made: tuple[Sop, list[int]]) -> None:
    of, starts = made
    texts = page_narratives(of, plan(of, *starts))
    flow = flow_of(of)
    assert sorted(edges_of(texts)) == sorted(flow.edges)
    heads = [int(number) for text in texts for number in re.findall(rf"(?:^|\. ){HEADS}", text)]
    assert heads == list(range(1, flow.size + 1))
    for page, text in zip(plan(of, *starts).pages, texts, strict=True):
        named = {symbol.text for symbol in page.symbols if symbol.kind is SymbolKind.CONNECTOR}
        assert named == set(re.findall(r"sambungan (\d+)", text))
        assert len(text) < 150 * (len(page.rows) + 1) + 80 * len(flow.edges)
