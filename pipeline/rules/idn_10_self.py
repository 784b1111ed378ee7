"""Keterkaitan atau rujukan menunjuk SOP ini sendiri.

Apa: Keterkaitan menyebut SOP lain yang memberi masukan atau memakai hasil SOP ini, dan rujukan sebuah langkah SOP
    lain yang mengaturnya.
Mengapa: SOP tidak terkait dengan dirinya sendiri; pembaca mencari SOP lain yang tidak ada.
Salah: judul Pelaksanaan Reses, keterkaitan SOP Pelaksanaan Reses
Benar: judul Pelaksanaan Reses, keterkaitan SOP Penyusunan Pokok-Pokok Pikiran DPRD
Sumber: PermenPAN-RB 35/2012, unsur identitas: keterkaitan adalah SOP lain. Bila hanya isinya yang menunjukkan hal itu,
    menjadi peringatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import content, names_itself, numbered
from pipeline.rules.topics import text_stems, topic_of
from pipeline.rules.vocabulary import words

_HELP = say("Hapus butir itu, atau sebutkan SOP lain yang terkait. Tulis '-' jika tidak ada.")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per related SOP that is this one, by its title (error) or by its content (warning), and per step that
    refers to this SOP by its title."""
    foreign_title = not ctx.topic.any_touches(content(sop))
    for index, related in enumerate(sop.related):
        path = ("keterkaitan", index)
        name = bare_title(related)
        if names_itself(name, sop.title):
            yield Hit(path, _message(related), _HELP)
        elif _same_subject(name, sop.title):
            yield Hit(path, _message(related), _HELP, severity=Severity.WARNING)
        elif foreign_title and _is_content(name, sop):
            yield Hit(
                path,
                say('Menurut isinya, berkas ini sendiri adalah "{r}".', r=related),
                _HELP,
                severity=Severity.WARNING,
            )

    for row, step in enumerate(sop.steps):
        for reference in step.references:
            if names_itself(reference, sop.title):
                yield Hit(
                    ("langkah", row, "rujukan"),
                    say('Langkah {n} merujuk "{r}", yaitu SOP ini sendiri.', n=numbered(step, row), r=reference),
                    say("Kosongkan rujukan, atau sebutkan SOP lain. Langkah SOP ini ditunjuk dengan nomornya."),
                )


def _message(related: str) -> Message:
    return say('"{r}" adalah SOP ini sendiri.', r=related)


def _same_subject(name: str, title: str) -> bool:
    """A related SOP without a kind of activity of its own ("SOP Reses") on exactly the subject of the title."""
    mine, other = topic_of(title).words, topic_of(name).words
    has_activity = any(word in words("generic") for word in name.lower().split())
    return bool(mine) and set(mine) == set(other) and not has_activity


def _is_content(name: str, sop: Sop) -> bool:
    """Do at least half of the rows speak of the related SOP's subject?"""
    topic = topic_of(name)
    if not topic.words or not sop.steps:
        return False
    touching = sum(topic.any_touches((step.activity, *step.outputs)) for step in sop.steps)
    return 2 * touching >= len(sop.steps) and not text_stems(sop.title) & text_stems(" ".join(topic.words))


RULE = Rule(
    code="IDN-10",
    name="terkait-diri-sendiri",
    severity=Severity.ERROR,
    summary=say("Keterkaitan atau rujukan menunjuk SOP ini sendiri"),
    source="PermenPAN-RB 35/2012, unsur identitas: keterkaitan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
