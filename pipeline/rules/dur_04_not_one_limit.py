"""Waktu berupa rentang, perkiraan, atau batas bawah.

Apa: Waktu sebuah langkah adalah satu batas paling lama.
Mengapa: Standar dengan rentang atau "±" tidak menjanjikan apa pun; "minimal" membiarkan pekerjaan tanpa batas akhir.
Salah: 3-5 hari kerja; ± 30 menit; minimal 2 jam
Benar: paling lama 5 hari kerja; 30 menit
Sumber: PermenPAN-RB 35/2012, mutu baku: waktu; asas keterukuran Permendagri 52/2011. Satu batas adalah konvensi yang
    umum.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.duration import Bound, Duration
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.model.timing import describe_sum
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbers


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per text that is a range, an estimate or open-ended, at the first row that states it, naming them all."""
    rows: dict[str, list[int]] = {}
    durations: dict[str, Duration] = {}
    for row, step in enumerate(sop.steps):
        for duration in step.time.durations if step.time is not None else ():
            if step.time is not None and not _is_one_limit(duration):
                text = " ".join(step.time.text.split())
                durations.setdefault(text, duration)
                if row not in rows.setdefault(text, []):
                    rows[text].append(row)
    for text, stating in rows.items():
        message, advice = _texts(durations[text], numbers(sop, stating), text)
        yield Hit(("langkah", stating[0], "waktu"), message, advice, subject=text)


def _is_one_limit(duration: Duration) -> bool:
    return duration.low == duration.high and duration.bound in (Bound.EXACT, Bound.AT_MOST)


def _texts(duration: Duration, number: str, text: str) -> tuple[Message, Message]:
    if duration.bound is Bound.AT_LEAST:
        return _open(number, text)
    limit = describe_sum(duration.high) + (f"/{duration.per}" if duration.per else "")
    if duration.low != duration.high:
        return (
            say('Waktu langkah {n} ("{t}") adalah rentang, bukan satu batas.', n=number, t=text),
            say('Tulis batas atasnya: "paling lama {s}".', s=limit),
        )
    return (
        say('Waktu langkah {n} ("{t}") hanya perkiraan.', n=number, t=text),
        say('Tulis batas yang sanggup dipenuhi, misalnya "paling lama {s}".', s=limit),
    )


def _open(number: str, text: str) -> tuple[Message, Message]:
    return (
        say('Waktu langkah {n} ("{t}") tidak mempunyai batas akhir.', n=number, t=text),
        say('Tulis paling lama berapa, misalnya "paling lama 3 hari kerja".'),
    )


RULE = Rule(
    code="DUR-04",
    name="waktu-bukan-satu-batas",
    severity=Severity.WARNING,
    summary=say("Waktu berupa rentang, perkiraan, atau batas bawah"),
    source="PermenPAN-RB 35/2012, mutu baku: waktu; Permendagri 52/2011, asas keterukuran",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
