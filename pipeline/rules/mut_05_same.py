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

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.sentences import Sentence
from pipeline.rules.shapes import decides, numbered

_WORD = re.compile(r"\w+")
_MOVING = frozenset(
    ("menyampaikan", "menyerahkan", "mengirim", "mengirimkan", "meneruskan", "mendistribusikan", "menerima")
)
_SIGNING = frozenset(("menandatangani", "memaraf", "mengesahkan"))


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row that is no decision and whose every output stands among its requirements."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if not step.outputs or step.decides or decides(step, sentence):
            continue
        if _folded(step.outputs) <= _folded(step.inputs):
            yield Hit(
                ("langkah", row, "output"),
                say(
                    id='Output langkah {n}, "{o}", sama dengan kelengkapannya: tidak ada yang dihasilkan.',
                    en='The output of step {n}, "{o}", is the same as its requirements: nothing is made.',
                    n=numbered(step, row),
                    o="; ".join(step.outputs),
                ),
                _advice(step.outputs[0], sentence),
                related=(Pointer(("langkah", row, "kelengkapan"), say(id="kelengkapan", en="requirements")),),
            )


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(_WORD.findall(text.casefold())) for text in texts)


def _advice(output: str, sentence: Sentence) -> Message:
    rest = output if output.isupper() else output[:1].lower() + output[1:]
    if sentence.verb in _MOVING:
        return say(
            id='Tulis bukti penyampaiannya, misalnya "Tanda terima {o}".',
            en='Write what proves the handing over, for example "Tanda terima {o}".',
            o=rest,
        )
    if sentence.verb in _SIGNING:
        return say(
            id='Bedakan keduanya, misalnya kelengkapan "Konsep {o}" dan output "{p}".',
            en='Tell the two apart, for example the requirement "Konsep {o}" and the output "{p}".',
            o=rest,
            p=output,
        )
    return say(
        id="Tulis apa yang berubah oleh langkah ini (misalnya tercatat, diperiksa, lengkap), atau hapus langkah yang "
        "tidak menghasilkan apa-apa.",
        en="Write what this step changes (for example recorded, examined, complete), or take out a step that makes "
        "nothing.",
    )


RULE = Rule(
    code="MUT-05",
    name="output-sama-kelengkapan",
    severity=Severity.WARNING,
    summary=say(id="Output sama dengan kelengkapan", en="The output is the same as the requirements"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
