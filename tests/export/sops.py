"""Random SOPs of every kind of step, flow and gap, and small ones by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.model.finding import Stage
from pipeline.model.sop import END, Branch, Sop, Step, StepKind
from pipeline.readers.durations import parse_time

SIGNS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
)
TEXT = st.text(SIGNS, max_size=30)
WORDS = st.one_of(
    st.sampled_from(["Menyusun bahan rapat", "<Surat> & “disposisi”", "a; b", " ", "[belum diisi]"]), TEXT
)
LABELS = st.sampled_from(["Ya", "Tidak", "A", "B", "Disetujui dengan catatan"])


def step(number: int, *lanes: int, kind: StepKind = StepKind.PROCESS, **more: object) -> Step:
    """A step of the actors with these columns."""
    names = tuple(f"Pelaksana {lane + 1}" for lane in lanes)
    return Step(number, f"Mengerjakan hal {number}", names, lanes, kind=kind, **more)  # type: ignore[arg-type]


def sop(*steps: Step, actors: int = 3) -> Sop:
    """An SOP of these steps."""
    names = tuple(f"Pelaksana {lane + 1}" for lane in range(actors))
    return Sop("uji/sop/contoh", Stage.FINAL, "1/2026", "Contoh", actors=names, steps=steps)


@st.composite
def steps(draw: st.DrawFn, actors: int, most: int) -> tuple[Step, ...]:
    """Any steps that an input can give: unreadable and doubled numbers, missing targets and actors included."""
    count = draw(st.integers(0, most))
    numbers = st.one_of(st.none(), st.integers(1, count + 2))
    target = st.one_of(st.just(END), st.integers(1, count + 2))
    made = []
    for row in range(count):
        lanes = draw(st.lists(st.one_of(st.none(), st.integers(0, max(0, actors - 1))), max_size=3))
        lanes = [None if actors == 0 else lane for lane in lanes]
        names = draw(st.lists(WORDS, min_size=len(lanes), max_size=len(lanes)))
        made.append(
            Step(
                row + 1 if draw(st.integers(0, 5)) else draw(numbers),
                draw(WORDS),
                tuple(names),
                tuple(lanes),
                inputs=draw(st.lists(WORDS, max_size=2).map(tuple)),
                time=draw(
                    st.one_of(st.none(), st.sampled_from(["1 hari kerja", "", "10 – 15 menit"]), TEXT).map(_time)
                ),
                outputs=draw(st.lists(WORDS, max_size=2).map(tuple)),
                remark=draw(WORDS),
                kind=draw(st.sampled_from(StepKind)),
                branches=draw(
                    st.one_of(st.just(()), st.lists(st.builds(Branch, LABELS, target), max_size=3).map(tuple))
                ),
                next=draw(st.one_of(st.just(()), st.lists(target, max_size=3).map(tuple))),
                within=draw(st.one_of(st.none(), st.integers(1, count))),
                handover=draw(st.booleans()),
                reference=draw(st.one_of(st.just(""), st.just("SOP Penyusunan Jadwal"), TEXT)),
            )
        )
    return tuple(made)


def _time(text: str | None) -> object:
    return None if text is None else parse_time(text)


@st.composite
def sops(draw: st.DrawFn, most: int = 12) -> Sop:
    """Any SOP."""
    actors = draw(st.integers(0, 5))
    names = tuple(f"Pelaksana {lane + 1} {draw(WORDS)}" for lane in range(actors))
    title = draw(WORDS.filter(lambda text: text != "[belum diisi]"))
    return Sop("uji/sop/" + draw(WORDS), Stage.DRAFT, draw(WORDS), title, actors=names, steps=draw(steps(actors, most)))
