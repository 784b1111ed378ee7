"""Output sama dengan kelengkapan.

Apa: Langkah yang bukan keputusan menghasilkan sesuatu yang belum ada sebelumnya.
Mengapa: Bila output hanya mengulang kelengkapan, tidak terlihat apa yang dikerjakan di langkah itu.
Salah: Menandatangani surat | kelengkapan Surat tugas | output Surat tugas
Benar: Menandatangani surat | kelengkapan Konsep surat tugas | output Surat tugas
Sumber: Konvensi penyusunan SOP; karena itu peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.sentences import Sentence
from pipeline.rules.shapes import decides, numbered, states

_WORD = re.compile(r"\w+")
_MOVING = frozenset(
    ("menyampaikan", "menyerahkan", "mengirim", "mengirimkan", "meneruskan", "mendistribusikan", "menerima")
)
_SIGNING = frozenset(("menandatangani", "memaraf", "mengesahkan"))


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row that is no decision and whose every output stands among its requirements."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if not states(*step.outputs) or step.decides or decides(step, sentence):
            continue
        if _folded(step.outputs) <= _folded(step.inputs):
            yield Hit(
                ("langkah", row, "output"),
                say(
                    'Output langkah {n}, "{o}", sama dengan kelengkapannya: tidak ada yang dihasilkan.',
                    n=numbered(step, row),
                    o="; ".join(step.outputs),
                ),
                _advice(step.outputs[0], sentence),
                related=(Pointer(("langkah", row, "kelengkapan"), say("kelengkapan")),),
            )


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_fold, texts))


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _advice(output: str, sentence: Sentence) -> Message:
    rest = output if output.isupper() else output[:1].lower() + output[1:]
    if sentence.verb in _MOVING:
        return say('Tulis bukti penyampaiannya, misalnya "Tanda terima {o}".', o=rest)
    if sentence.verb in _SIGNING:
        return say('Bedakan keduanya, misalnya kelengkapan "Konsep {o}" dan output "{p}".', o=rest, p=output)
    return say(
        "Tulis apa yang berubah oleh langkah ini (misalnya tercatat, diperiksa, lengkap), atau hapus langkah yang "
        "tidak menghasilkan apa-apa."
    )


RULE = Rule(
    code="MUT-05",
    name="output-sama-kelengkapan",
    severity=Severity.WARNING,
    summary=say("Output sama dengan kelengkapan"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
