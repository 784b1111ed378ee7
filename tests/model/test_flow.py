"""The flow as a graph: exits that exclude one another, exits taken together, and where parallel branches meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.finding import Stage
from pipeline.model.flow import FINISH, Edge, Flow, Meeting, flow_of
from pipeline.model.sop import END, Branch, Sop, Step, StepKind

DECIDE = StepKind.DECISION


def flow(*steps: dict[str, object]) -> Flow:
    """The flow of steps numbered from 1; the first starts, the last ends unless it says otherwise."""
    made = []
    for number, given_ in enumerate(steps, 1):
        usual = StepKind.START if number == 1 else StepKind.END if number == len(steps) else StepKind.PROCESS
        kind = DECIDE if "branches" in given_ else usual
        made.append(Step(number, "x", kind=kind, **given_))  # type: ignore[arg-type]
    return flow_of(Sop("uji", Stage.DRAFT, steps=tuple(made)))


def to(*targets: int) -> dict[str, object]:
    return {"next": targets}


def by(**exits: int) -> dict[str, object]:
    return {"branches": tuple(Branch(label.capitalize(), target) for label, target in exits.items())}


MEETINGS = {
    "straight": (flow({}, {}, {}), (), ()),
    "two branches": (flow(to(2, 3), to(4), {}, {}), (0,), (Meeting(0, 3, ((1,), (2,))),)),
    "three branches": (flow(to(2, 3, 4), to(5), to(5), to(5), {}), (0,), (Meeting(0, 4, ((1,), (2,), (3,))),)),
    "two meet, then the third": (
        flow(to(2, 3, 4), to(5), to(5), to(6), {}, {}),
        (0,),
        (Meeting(0, 4, ((1,), (2,))), Meeting(0, 5, ((3,), (4,)))),
    ),
    "a branch inside a branch": (
        flow(to(2, 6), to(3, 4), to(5), {}, to(7), to(7), {}),
        (0, 1),
        (Meeting(1, 4, ((2,), (3,))), Meeting(0, 6, ((4,), (5,)))),
    ),
    "a decision is no split": (flow({}, by(ya=3, tidak=4), to(4), {}), (), ()),
    "a decision in a branch leads to the meeting by two ways": (
        flow(to(2, 5), by(ya=3, tidak=4), to(6), to(6), {}, {}),
        (0,),
        (Meeting(0, 5, ((2, 3), (4,))),),
    ),
    "a correction inside a branch": (
        flow(to(2, 4), {}, by(ya=5, tidak=2), {}, {}),
        (0,),
        (Meeting(0, 4, ((2,), (3,))),),
    ),
    "a correction back over the split": (
        flow({}, to(3, 4), to(5), {}, by(ya=6, tidak=2), {}),
        (1,),
        (Meeting(1, 4, ((2,), (3,))),),
    ),
    "a rejection back to the first branch": (
        flow(to(2, 3), to(4), to(4), by(ya=5, tidak=2), {}),
        (0,),
        (Meeting(0, 3, ((1,), (2,))),),
    ),
    "a rejection back to the second branch": (
        flow(to(2, 3), to(4), to(4), by(ya=5, tidak=3), {}),
        (0,),
        (Meeting(0, 3, ((1,), (2,))),),
    ),
    "a rejection back to the third branch": (
        flow(to(2, 3, 4), to(5), to(5), to(5), by(ya=6, tidak=4), {}),
        (0,),
        (Meeting(0, 4, ((1,), (2,), (3,))),),
    ),
    "a rejection back into the inner of two splits": (
        flow(to(2, 6), to(3, 4), to(5), to(5), to(7), to(7), by(ya=8, tidak=4), {}),
        (0, 1),
        (Meeting(1, 4, ((2,), (3,))), Meeting(0, 6, ((4,), (5,)))),
    ),
    "a row above that only a rejection leads to": (
        flow(to(3), to(3), by(ya=4, tidak=2), {}),
        (),
        (),
    ),
    "what comes back waits for nothing": (flow({}, by(ya=3, tidak=1), {}), (), ()),
    "one branch rejects and ends": (
        flow(to(2, 3), by(ya=4, tidak=END), {}, {}),
        (0,),
        (Meeting(0, 3, ((1,), (2,))),),
    ),
    "a branch leads into the other": (flow(to(2, 3), {}, {}), (0,), (Meeting(0, 2, ((0,), (1,))),)),
    "a decision leads into the other branch": (flow(to(2, 4), by(ya=5, tidak=4), {}, {}, {}), (0,), ()),
    "branches that end apart": (flow(to(2, 3), to(END), {}), (0,), ()),
    "one of two ends at once": (flow({}, to(3, END), {}), (1,), ()),
    "a split that is never reached": (flow(to(4), to(3, 4), {}, {}), (1,), ()),
}


@pytest.mark.parametrize(("made", "splits", "meetings"), MEETINGS.values(), ids=MEETINGS)
def test_splits_and_meetings(made: Flow, splits: tuple[int, ...], meetings: tuple[Meeting, ...]) -> None:
    assert made.splits() == frozenset(splits)
    assert made.meetings() == meetings


def test_an_edge_is_there_once() -> None:
    assert flow(to(2, 2, 3, 2), {}, {}).edges == (Edge(0, 1), Edge(0, 2), Edge(1, 2))
    assert flow(by(ya=2, tidak=2), {}).edges == (Edge(0, 1, "Ya"), Edge(0, 1, "Tidak"))
    assert flow(to(9, 9), {}).dangling == ((0, 9),)


def test_exits_of_whatever_has_branches_exclude_one_another() -> None:
    boxes = Step(2, "x", kind=StepKind.PROCESS, branches=(Branch("Ya", 3), Branch("Tidak", 1)))
    made = flow_of(Sop("uji", Stage.DRAFT, steps=(Step(1, "x"), boxes, Step(3, "x"))))
    assert made.choices == {1}
    assert made.splits() == frozenset()


def test_ends() -> None:
    made = flow({}, by(ya=3, tidak=END), {}, by(ya=1))
    assert made.ends() == {1}
    assert made.ending() == {0, 1, 2, 3}
    assert flow({}, to(1)).ending() == frozenset()


def test_what_goes_back_is_what_closes_a_circle_up_the_page() -> None:
    back_to_a_branch = flow(to(2, 3), to(4), to(4), by(ya=5, tidak=3), {})
    assert back_to_a_branch.forward().targets[3] == (4,)
    correction_above = flow(to(3), to(3), by(ya=4, tidak=2), {})
    assert correction_above.forward().targets == {0: (2,), 1: (), 2: (3, 1), 3: ()}
    out_of_order = flow(to(3), to(END), to(2))
    assert out_of_order.forward().order == (0, 2, 1)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Any edges at all."""
    size = draw(st.integers(0, 12))
    rows = st.integers(0, max(0, size - 1))
    edges = st.builds(Edge, rows, st.one_of(rows, st.just(FINISH)), st.sampled_from(["", "Ya"]))
    several = draw(st.lists(edges, max_size=30, unique=True)) if size else []
    return Flow(size, tuple(several), (), draw(st.frozensets(rows)) if size else frozenset())


@given(flows())
def test_the_forward_flow_reaches_the_same_rows_and_never_goes_round(made: Flow) -> None:
    forward = made.forward()
    assert set(forward.order) == made.reachable()
    place = {row: index for index, row in enumerate(forward.order)}
    assert all(place[row] < place[target] for row in forward.order for target in forward.targets[row])
    for meeting in made.meetings():
        assert meeting.split in made.splits()
        sources = [source for group in meeting.sources for source in group]
        assert len(sources) == len(set(sources)) >= len(meeting.sources) >= 2
        assert all(meeting.row in forward.targets[source] for source in sources)
        assert all(meeting.split == source or place[meeting.split] < place[source] for source in sources)
