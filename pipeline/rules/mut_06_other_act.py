"""Output menyebut tindakan lain daripada kegiatannya.

Apa: Output yang bernama tindakan (disposisi, persetujuan, pengesahan, penetapan, penolakan) sesuai dengan kata kerja
kegiatannya.
Mengapa: Pelaksana tidak tahu mana yang harus dikerjakan: yang tertulis di kegiatan atau yang tertulis di output.
Salah: Memberi persetujuan kegiatan reses | output Disposisi Pimpinan DPRD
Benar: Memberi persetujuan kegiatan reses | output Persetujuan Pimpinan DPRD
Sumber: Konvensi penyusunan SOP; karena itu peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.sentences import Sentence
from pipeline.rules.shapes import has_consent, numbered
from pipeline.rules.topics import stems, text_stems
from pipeline.rules.vocabulary import rows

_HEAD = re.compile(r"[^\W\d_]+")
_CONSENT = "menyetujui"


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per output that begins with an act which the verb of the row is known not to be."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        for index, output in enumerate(step.outputs):
            act = _other_act(step, sentence, output)
            verb = "memberi persetujuan" if has_consent(step) else sentence.verb
            if act:
                yield Hit(
                    ("langkah", row, "output", index),
                    say(
                        'Output langkah {n}, "{o}", tidak sesuai dengan kegiatannya, yaitu "{v}".',
                        n=numbered(step, row),
                        o=output,
                        v=verb,
                    ),
                    say(
                        'Tulis hasil dari "{v}" sebagai output. Bila yang dikerjakan memang {a}, tulis kegiatannya '
                        '"{w} ...".',
                        v=verb,
                        a=act,
                        w=_acts()[act][0].capitalize(),
                    ),
                    span=(0, len(output)),
                )


def _other_act(step: Step, sentence: Sentence, output: str) -> str:
    """The act ``output`` names, when the row does another one and nowhere speaks of that act; else ""."""
    head = _HEAD.match(output)
    act = head.group().lower() if head else ""
    if act not in _acts() or not text_stems(step.activity).isdisjoint(_roots(act)):
        return ""
    # Words of the output that the row does speak of make it its own: "Disposisi persetujuan" of "Menyetujui".
    verb = _CONSENT if has_consent(step) else sentence.verb
    if verb == _CONSENT and not text_stems(output).isdisjoint(_roots("persetujuan")):
        return ""
    return act if verb in _acts()[act][1] else ""


@cache
def _roots(act: str) -> frozenset[str]:
    return stems(act) - {act} or stems(act)


@cache
def _acts() -> dict[str, tuple[str, frozenset[str]]]:
    """Act -> the verb that does it, and verbs that do something else."""
    table = rows("acts.csv", ("output", "kegiatan", "lain"))
    return {act: (verb, frozenset(others.split())) for act, verb, others in table}


RULE = Rule(
    code="MUT-06",
    name="output-tindakan-lain",
    severity=Severity.WARNING,
    summary=say("Output menyebut tindakan lain"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
