"""Keputusan tanpa dua jalan keluar.

Apa: Setiap keputusan mempunyai jalan Ya dan Tidak, atau sedikitnya dua cabang bernama, yang menuju langkah yang
    berbeda.
Mengapa: Tanpa jalan kedua, tidak tertulis apa yang terjadi bila hasilnya lain. Lebih dari tiga jalan tidak mempunyai
    sisi belah ketupat sendiri-sendiri dan sulit dibaca.
Salah: jenis keputusan, ya: 3, tidak: (kosong)
Benar: jenis keputusan, ya: 3, tidak: 1
Sumber: PermenPAN-RB 35/2012, simbol belah ketupat. Lebih dari tiga jalan, dan jalan yang semuanya menuju langkah yang
    sama, menjadi peringatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import END, Sop, Step, StepKind
from pipeline.model.told import told_list
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import exit_path, numbered

MOST = 3
"""Exits that have a side of the diamond each: the fourth side is for the arrow that comes in."""


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per decision with fewer than two exits, with exits that all lead to one step, and with too many."""
    for row, step in enumerate(sop.steps):
        if step.kind is not StepKind.DECISION:
            continue
        labels = {branch.label.casefold() for branch in step.branches}
        if len(labels) < 2:
            yield _missing(row, step, labels)
        elif len({branch.target for branch in step.branches}) == 1:
            yield _same(row, step)
        elif len(set(step.branches)) > MOST:
            yield _many(row, step)


def _missing(row: int, step: Step, labels: set[str]) -> Hit:
    names = [label for label in ("Ya", "Tidak") if label.casefold() not in labels]
    only = step.branches[0].label if labels and len(names) == 2 else ""
    number = numbered(step, row)
    message = (
        say("Keputusan pada langkah {n} hanya mempunyai satu jalan ({label}).", n=number, label=only)
        if only
        else say("Keputusan pada langkah {n} tidak mempunyai jalan {m}.", n=number, m=told_list(names))
    )
    return Hit(
        ("langkah", row, "cabang" if only else "tidak" if "ya" in labels else "ya"),
        message,
        say("Isi kolom ya dan tidak dengan nomor langkah tujuan, atau selesai."),
    )


def _same(row: int, step: Step) -> Hit:
    target = step.branches[0].target
    return Hit(
        exit_path(row, step.branches[-1].label),
        say(
            "Semua jalan keputusan pada langkah {n} menuju {target}, jadi tidak ada yang diputuskan.",
            n=numbered(step, row),
            target=say("akhir") if target == END else say("langkah {n}", n=target),
        ),
        say("Arahkan salah satu jalan ke langkah lain, atau ubah jenis langkah itu menjadi proses."),
        severity=Severity.WARNING,
    )


def _many(row: int, step: Step) -> Hit:
    return Hit(
        ("langkah", row, "cabang"),
        say(
            "Keputusan pada langkah {n} mempunyai {c} jalan; belah ketupat mempunyai tempat bagi {most}.",
            n=numbered(step, row),
            c=len(set(step.branches)),
            most=MOST,
        ),
        say("Pecah menjadi beberapa keputusan berturut-turut."),
        severity=Severity.WARNING,
    )


RULE = Rule(
    code="ALR-02",
    name="keputusan-satu-jalan",
    severity=Severity.ERROR,
    summary=say("Keputusan tanpa dua jalan keluar"),
    source="PermenPAN-RB 35/2012, simbol belah ketupat",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
