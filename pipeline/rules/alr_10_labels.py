"""Nama jalan keputusan.

Apa: Setiap jalan keluar keputusan bernama, pendek, berbahasa Indonesia, dan namanya hanya dipakai satu kali.
Mengapa: Pembaca memilih panah menurut namanya; dua panah bernama sama, atau tanpa nama, tidak dapat dipilih.
Salah: cabang Yes=4; No=2
Benar: ya 4, tidak 2; atau cabang A=4; B=2; C=selesai
Sumber: PermenPAN-RB 35/2012, simbol belah ketupat; kaidah bahasa Indonesia.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import exit_path, numbered

LONGEST = 24
"""Characters of a name that still stands beside its arrow."""
_INDONESIAN = {
    **dict.fromkeys(("yes", "y", "yess", "true", "ok", "oke", "iya", "ya"), "Ya"),
    **dict.fromkeys(("no", "n", "not", "false", "t", "tdk", "tdk.", "tak", "tidak"), "Tidak"),
    **dict.fromkeys(("approved", "approve", "agree", "agreed"), "Disetujui"),
    **dict.fromkeys(("rejected", "reject", "refused", "disagree"), "Ditolak"),
    **dict.fromkeys(("accepted", "accept"), "Diterima"),
    **dict.fromkeys(("revise", "revised", "revision"), "Perbaikan"),
    "complete": "Lengkap",
    "incomplete": "Tidak lengkap",
}
_LETTERS = frozenset("ynt")
"""May also be names in a row of letters: only wrong where every name of the decision is in the list."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """Hits for exits of a decision without a name, or with one that is foreign, too long or used twice."""
    for row, step in enumerate(sop.steps):
        if step.branches and any(edge.source == row and not edge.label for edge in ctx.flow.edges):
            yield _nameless(row, step)
        yield from _named(row, step)


def _nameless(row: int, step: Step) -> Hit:
    return Hit(
        ("langkah", row, "lanjut"),
        say("Keputusan pada langkah {n} mempunyai jalan tanpa nama (lanjut).", n=numbered(step, row)),
        say("Kosongkan lanjut, atau pindahkan ke cabang dengan namanya, misalnya `A=5`."),
    )


def _named(row: int, step: Step) -> Iterator[Hit]:
    foreign = [branch.label for branch in step.branches if branch.label.casefold() not in _INDONESIAN]
    seen: dict[str, int] = {}
    for branch in step.branches:
        label, key = branch.label, branch.label.casefold()
        if key in seen:
            yield _twice(row, step, label, same=seen[key] == branch.target)
            continue
        seen[key] = branch.target
        right = _INDONESIAN.get(key, label)
        if right != label and not (key in _LETTERS and foreign):
            yield _wrong(row, step, label, right)
        elif len(label) > LONGEST:
            yield _long(row, step, label)


def _twice(row: int, step: Step, label: str, *, same: bool) -> Hit:
    return Hit(
        exit_path(row, label),
        say("Jalan {label} pada langkah {n} ditulis dua kali.", label=label, n=numbered(step, row))
        if same
        else say(
            "Jalan {label} pada langkah {n} menuju dua langkah; tidak tertulis salah satu atau keduanya.",
            label=label,
            n=numbered(step, row),
        ),
        say(
            "Hapus salah satu, atau beri nama lain di cabang, misalnya `A=5; B=7`. Langkah bersamaan dimulai dari "
            "lanjut sebuah langkah sesudahnya."
        ),
    )


def _wrong(row: int, step: Step, label: str, right: str) -> Hit:
    return Hit(
        ("langkah", row, "cabang"),
        say('Nama jalan "{label}" pada langkah {n} bukan "{right}".', label=label, n=numbered(step, row), right=right),
        say("Pakai kolom {column}.", column=right.lower())
        if right in ("Ya", "Tidak")
        else say('Pakai nama "{right}".', right=right),
    )


def _long(row: int, step: Step, label: str) -> Hit:
    return Hit(
        ("langkah", row, "cabang"),
        say(
            'Nama jalan "{label}" pada langkah {n} terlalu panjang untuk berdiri di samping panah.',
            label=label if len(label) <= 2 * LONGEST else f"{label[:LONGEST]}...",
            n=numbered(step, row),
        ),
        say("Pakai nama pendek, misalnya A dan B, dan jelaskan artinya di keterangan."),
    )


RULE = Rule(
    code="ALR-10",
    name="nama-jalan",
    severity=Severity.WARNING,
    summary=say("Nama jalan keputusan tidak ada, asing, terlalu panjang, atau ganda"),
    source="PermenPAN-RB 35/2012, simbol belah ketupat",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
