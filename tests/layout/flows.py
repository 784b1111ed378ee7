"""Step tables for the layout tests, built in code: random ones for properties and named ones for cases."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from pipeline.layout.sheet import Sheet, sheet_of
from pipeline.model.duration import TimeKind, TimeValue
from pipeline.model.finding import Stage
from pipeline.model.form import ACTORS, MM, Column, Form, HeadCell, TextStyle
from pipeline.model.sop import END, Branch, Sop, Step, StepKind

CELL = TextStyle("Arial", 8.5)
HEAD = TextStyle("Arial", 8, bold=True)
KEYS = (
    ("no", 9),
    ("kegiatan", 62),
    (ACTORS, 120),
    ("kelengkapan", 36),
    ("waktu", 19),
    ("output", 31),
    ("keterangan", 18),
)


def form() -> Form:
    """A landscape F4 form like the default template's."""
    columns = tuple(Column(key, width * MM, CELL) for key, width in KEYS)
    heads = tuple(
        HeadCell("" if key == ACTORS else key.capitalize(), (key,), HEAD, actor=key == ACTORS) for key, _ in KEYS
    )
    return Form(330 * MM, 215 * MM, 20 * MM, 15 * MM, 18 * MM, 22 * MM, columns, (heads,), MM, MM, MM // 3, MM // 3)


def step(number: int, actors: tuple[int, ...], kind: StepKind = StepKind.PROCESS, **more: object) -> Step:
    """A step done by the actors with those column indexes."""
    text = f"Menyusun bahan rapat nomor {number} bersama unit terkait"
    time = TimeValue("1 hari kerja", TimeKind.MEASURED)
    names = tuple(f"Pelaksana {i}" for i in actors)
    return Step(number, text, names, actors, ("Berkas",), time, ("Laporan",), kind=kind, **more)  # type: ignore[arg-type]


def sheet(steps: list[Step], actors: int) -> Sheet:
    """The sheet of an SOP with these steps and so many actor columns."""
    names = tuple(f"Kepala Bagian Contoh {i}" for i in range(actors))
    sop = Sop("contoh/sop/uji", Stage.FINAL, title="Uji", actors=names, steps=tuple(steps))
    texts = [
        {
            "no": (str(s.number),),
            "kegiatan": (s.activity,),
            "kelengkapan": s.inputs,
            "waktu": ("1 hari kerja",),
            "output": s.outputs,
            "keterangan": (s.remark,),
        }
        for s in steps
    ]
    return sheet_of(sop, form(), texts, "[pelaksana belum diisi]")


_TEXTS = (
    "Menyusun bahan rapat",
    "Menyampaikan konsep surat kepada unit terkait untuk diperiksa dan diparaf",
    "Menghimpun pokok pikiran anggota DPRD dari seluruh daerah pemilihan, mengelompokkannya menurut bidang urusan, dan "
    "menyusun daftar usulan yang akan dibahas bersama perangkat daerah",
)
_LABELS = (("Ya", "Tidak"), ("Ya", "Tidak"), ("A", "B", "C"), ("Lengkap", "Belum lengkap"), ("A", "B", "C", "D"))


@st.composite
def random_sheet(draw: st.DrawFn, most_steps: int = 60, most_actors: int = 12) -> Sheet:
    """Sequences with decisions of two to four exits, back edges, jumps, ends inside, parallel branches, joint work,
    rows that hand over from actor to actor, missing actors, short and long texts."""
    count = draw(st.integers(2, draw(st.sampled_from((8, 20, most_steps)).filter(lambda n: n <= most_steps))))
    actors = draw(st.integers(1, most_actors))
    target = st.integers(1, count)
    steps = []
    for number in range(1, count + 1):
        least = 0 if draw(st.integers(0, 29)) == 29 else 1
        own = tuple(
            draw(
                st.lists(
                    st.integers(0, actors - 1),
                    min_size=least,
                    max_size=draw(st.sampled_from((1, 1, 1, 2, 4))),
                    unique=True,
                )
            )
        )
        more: dict[str, object] = {"handover": draw(st.booleans())} if len(own) > 1 else {}
        last = number == count
        kind = StepKind.START if number == 1 else StepKind.END if last else StepKind.PROCESS
        choice = 0 if last or number == 1 else draw(st.integers(0, 9))
        if choice in (7, 8):
            labels = draw(st.sampled_from(_LABELS))
            others = draw(st.lists(st.one_of(target, st.just(END)), min_size=len(labels) - 1, max_size=len(labels) - 1))
            kind = StepKind.DECISION
            more["branches"] = tuple(Branch(*pair) for pair in zip(labels, (number + 1, *others), strict=True))
        elif choice == 9:
            more["next"] = tuple(draw(st.lists(target, min_size=1, max_size=3, unique=True)))
        activity = _TEXTS[draw(st.sampled_from((0, 0, 1, 1, 2)))]
        steps.append(replace(step(number, own, kind, **more), activity=activity))
    return sheet(steps, actors)
