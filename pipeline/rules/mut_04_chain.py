"""Output tidak dipakai langkah berikutnya.

Apa: Output suatu langkah menjadi kelengkapan salah satu langkah sesudahnya, dengan nama yang sama atau mirip.
Langkah yang diikuti langkah tanpa kelengkapan tidak dinilai; sel kosong dilaporkan oleh MUT-02. Hasil keputusan dipakai
oleh arah alurnya; bukti, tanda terima, dan arsip boleh berhenti di langkahnya.
Mengapa: Rantai yang putus berarti ada hasil yang tidak dipakai, atau kelengkapan yang tidak jelas asalnya.
Salah: 1 output Konsep surat; 2 kelengkapan Formulir permohonan
Benar: 1 output Konsep surat; 2 kelengkapan Konsep surat
Sumber: PermenPAN-RB 35/2012, mutu baku: kelengkapan (masukan) dan output. Kesinambungannya konvensi, karena itu
peringatan.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.shapes import numbered, numbers, states
from pipeline.rules.topics import stems, text_stems
from pipeline.rules.vocabulary import words

_WORD = re.compile(r"[^\W\d_]{2,}")
_ENOUGH = 0.5
"""This share of the words of the shorter of two names must be shared for both to mean one thing."""
_LONGEST = 100
"""A list of more documents than this is not compared one by one."""
_MANY = 4
"""From so many broken links on they are told in one finding."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose outputs no following row asks for; a single one where many rows are so."""
    ends = ctx.flow.ends()
    rows = [row for row in range(len(sop.steps)) if row not in ends]
    broken = [(row, after) for row in rows if (after := _next_if_broken(sop, ctx, row)) is not None]
    if len(broken) >= _MANY:
        yield _of_many(sop, broken)
        return
    for row, after in broken:
        step, following = sop.steps[row], sop.steps[after]
        wanted, given = "; ".join(following.inputs), "; ".join(step.outputs)
        yield Hit(
            ("langkah", row, "output"),
            say(
                'Output langkah {n}, "{o}", tidak menjadi kelengkapan langkah mana pun sesudahnya; langkah {m} '
                'meminta "{k}".',
                n=numbered(step, row),
                o=given,
                m=numbered(following, after),
                k=wanted,
            ),
            say(
                'Tambahkan "{o}" pada kelengkapan langkah yang memakainya. Bila yang dimaksud sama dengan "{k}", '
                "tulis dengan nama yang sama.",
                o=given,
                k=wanted,
            ),
            related=(Pointer(("langkah", after, "kelengkapan"), say("kelengkapan")),),
        )


def _of_many(sop: Sop, broken: list[tuple[int, int]]) -> Hit:
    rows = [row for row, _ in broken]
    return Hit(
        ("langkah", rows[0], "output"),
        say("Output langkah {n} tidak menjadi kelengkapan langkah mana pun sesudahnya.", n=numbers(sop, rows)),
        say("Telusuri tabel dari atas: setiap output ditulis lagi, dengan nama yang sama, pada kelengkapan langkah "
            "yang memakainya."),
        related=tuple(
            Pointer(
                ("langkah", row, "output"),
                say('output langkah {n}: "{o}"', n=numbered(sop.steps[row], row), o="; ".join(sop.steps[row].outputs)),
            )
            for row in rows[1:]
        ),
        subject="",
    )  # fmt: skip


def _next_if_broken(sop: Sop, ctx: Context, row: int) -> int | None:
    """The row that follows ``row``, if no row after it asks for one of its outputs; None when there is no fault."""
    step = sop.steps[row]
    outputs = () if step.decides else step.outputs
    following = [target for target in ctx.flow.successors(row) if target != row]
    if not states(*outputs) or not following or len(outputs) > _LONGEST:
        return None
    if not all(states(*sop.steps[target].inputs) for target in following) or any(map(_closes, outputs)):
        return None
    return None if _is_wanted(sop, ctx, row) else following[0]


def _is_wanted(sop: Sop, ctx: Context, row: int) -> bool:
    """Does any row after ``row`` ask for one of its outputs? The nearest ones, which mostly do, are asked first."""
    seen, left = {row}, deque(ctx.flow.successors(row))
    while left:
        target = left.popleft()
        if target in seen:
            continue
        if _meet(sop.steps[row].outputs, sop.steps[target].inputs[:_LONGEST]):
            return True
        seen.add(target)
        left.extend(ctx.flow.successors(target))
    return False


def _closes(output: str) -> bool:
    head = _WORD.match(output.lower())
    return head is not None and head.group() in words("closing")


def _meet(outputs: Iterable[str], wanted: Collection[str]) -> bool:
    return any(_same(output, text) for output in outputs for text in wanted)


@lru_cache(maxsize=16384)
def _same(one: str, other: str) -> bool:
    """Do both names share half the words of the shorter one?"""
    first, second = _carrying(one), _carrying(other)
    if not first or not second:
        return False
    return _share(first, text_stems(other)) >= _ENOUGH or _share(second, text_stems(one)) >= _ENOUGH


def _share(carrying: tuple[frozenset[str], ...], found: frozenset[str]) -> float:
    return len([word for word in carrying if not found.isdisjoint(word)]) / len(carrying)


@lru_cache(maxsize=16384)
def _carrying(text: str) -> tuple[frozenset[str], ...]:
    """The stems of the words of ``text`` that carry its meaning, each once."""
    every = _WORD.findall(text.lower())
    function = words("function")
    return tuple(map(stems, dict.fromkeys(word for word in every if word not in function) or every))


RULE = Rule(
    code="MUT-04",
    name="rantai-putus",
    severity=Severity.WARNING,
    summary=say("Output tidak dipakai langkah berikutnya"),
    source="PermenPAN-RB 35/2012, mutu baku",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
