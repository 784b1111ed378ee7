"""Waktu terbaca, tetapi tidak ditulis baku.

Apa: Waktu ditulis dengan angka, spasi, dan satuan lengkap berhuruf kecil.
Mengapa: Waktu dicetak persis seperti diketik; penulisan yang bercampur terlihat sebagai naskah yang belum diperiksa.
Salah: 15Menit; 30 mnt; 3 hr; 1/2 jam; 10 Menit
Benar: 15 menit; 30 menit; 3 hari; ½ jam; 10 menit
Sumber: Ejaan Bahasa Indonesia yang Disempurnakan; PermenPAN-RB 35/2012, mutu baku: waktu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.duration import TimeKind, TimeValue
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.shapes import numbered

_UNIT = re.compile(
    r"\b(?:detik|menit|jam|hari|kerja|efektif|kalender|takwim|minggu|pekan|bulan|triwulan|semester|tahun)\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\d/])(?:(\d+) )?(1/2|1/4|3/4|1/3|2/3)(?![\d/])")
_SIGNS = {"1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓", "2/3": "⅔"}
_POINT = re.compile(r"(?<![\d.,])(\d+)\.(\d{1,2})(?![\d.])")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per row; one for all the rows in which nothing but capitals is wrong."""
    capitals: list[tuple[int, str]] = []
    for row, step in enumerate(sop.steps):
        right = _standard(step.time) if step.time is not None else ""
        if not right or step.time is None:
            continue
        if right == _small(step.time.text):
            capitals.append((row, right))
            continue
        yield Hit(
            ("langkah", row, "waktu"),
            say(
                'Waktu langkah {n} ("{t}") tidak ditulis baku dan tercetak seperti itu.',
                n=numbered(step, row),
                t=step.time.text,
            ),
            say('Tulis "{s}".', s=right),
            fixes=(Replacement(("langkah", row, "waktu"), right),),
        )
    if capitals:
        yield _capitals(sop.steps, capitals)


def _capitals(steps: tuple[Step, ...], rows: list[tuple[int, str]]) -> Hit:
    first, right = rows[0]
    return Hit(
        ("langkah", first, "waktu"),
        say(
            "Satuan waktu ditulis dengan huruf besar pada langkah {rows}.",
            rows=", ".join(numbered(steps[row], row) for row, _ in rows),
        ),
        say('Tulis dengan huruf kecil, misalnya "{s}".', s=right),
        fixes=tuple(Replacement(("langkah", row, "waktu"), small) for row, small in rows),
    )


@lru_cache(maxsize=1024)
def _standard(time: TimeValue) -> str:
    """The standard spelling of a duration, "" when it has it or is no duration."""
    if time.kind is not TimeKind.MEASURED:
        return ""
    right = time.suggestion or _POINT.sub(r"\1,\2", _FRACTION.sub(_sign, _small(time.text)))
    return right if right != time.text else ""


def _small(text: str) -> str:
    return _UNIT.sub(lambda found: found.group().lower(), text)


def _sign(found: re.Match[str]) -> str:
    return (found[1] or "") + _SIGNS[found[2]]


RULE = Rule(
    code="DUR-02",
    name="penulisan-waktu",
    severity=Severity.WARNING,
    summary=say("Waktu terbaca, tetapi tidak ditulis baku"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
    fixable=True,
)
