"""Judul membahas hal lain daripada isinya.

Apa: Pokok judul muncul dalam langkah, kelengkapan, output, keterkaitan, peringatan, atau pencatatan.
Mengapa: Judul yang sama sekali tidak muncul dalam isi hampir selalu sisa berkas SOP lain yang disalin.
Salah: judul Penyusunan Renstra, semua langkah tentang reses
Benar: judul Pelaksanaan Reses, semua langkah tentang reses
Sumber: Permendagri 52/2011, asas kejelasan dan keselarasan. Bahwa judul harus muncul dalam isi ialah konvensi
pemeriksaan, dan pokok judul dikenali dari kata-katanya; karena itu peringatan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.sentences import is_active, is_passive
from pipeline.rules.shapes import content
from pipeline.rules.topics import topic_of
from pipeline.rules.vocabulary import words

_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_STEPS = 3
"""Below this a table says too little to judge a title by."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when no word of the title, nor a kin word or abbreviation, occurs in the content."""
    if len(sop.steps) < _FEWEST_STEPS or ctx.topic.any_touches(content(sop)):
        return
    yield Hit(
        ("judul",),
        _message(bare_title(sop.title), common_topic(sop)),
        say("Sesuaikan judul dengan isi, atau isi dengan judul. Periksa apakah berkas ini disalin dari SOP lain."),
    )


def _message(title: str, common: str) -> Message:
    if not common:
        return say('Judul tentang "{t}", tetapi tidak satu pun langkah, output, atau keterangan menyebutnya.', t=title)
    return say(
        'Judul tentang "{t}", tetapi tidak satu pun langkah, output, atau keterangan menyebutnya; isi berkas ini '
        "tentang {c}.",
        t=title,
        c=common,
    )


def common_topic(sop: Sop) -> str:
    """The word that most activities and outputs of the SOP share, "" when none is shared.

    What only tells how something is ("masuk") names no topic: it is told with the word before it ("surat masuk").
    """
    texts = [" ".join((step.activity, *step.outputs)) for step in sop.steps]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in topic_of(text).words if not is_active(word) and not is_passive(word))
    for actor in sop.actors:
        for word in topic_of(actor).words:
            counts.pop(word, None)
    best = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
    if best[1] < 2:
        return ""
    return _with_noun(best[0], texts) if best[0] in words("modifier") else best[0]


def _with_noun(word: str, texts: list[str]) -> str:
    """``word`` with the noun that stands before it in most of ``texts``, "" when no noun does so in two."""
    pairs: Counter[str] = Counter()
    for text in texts:
        pairs.update({before for before, after in pairwise(_WORD.findall(text.lower())) if after == word})
    nouns = ((count, noun) for noun, count in pairs.items() if not (is_active(noun) or is_passive(noun)))
    count, noun = max(nouns, default=(0, ""))
    return f"{noun} {word}" if count >= 2 else ""


RULE = Rule(
    code="IDN-09",
    name="judul-lain-isi",
    severity=Severity.WARNING,
    summary=say("Judul membahas hal lain daripada isinya"),
    source="Permendagri 52/2011, asas kejelasan dan keselarasan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
