"""Peringatan membahas kegiatan lain.

Apa: Peringatan berbicara tentang kegiatan SOP ini.
Mengapa: Peringatan tentang kegiatan lain hampir selalu sisa berkas yang disalin.
Salah: judul Penyusunan Renstra, peringatan "Penyusunan Reses akan terkendala jika ..."
Benar: judul Penyusunan Renstra, peringatan "Jika penyusunan renstra terlambat, maka ..."
Sumber: Keselarasan antarbagian SOP (Permendagri 52/2011, asas kejelasan dan keselarasan).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.naming import bare_title
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.foreign import condition, procedures, stems_without
from pipeline.rules.topics import stems


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per warning that names a procedure which is neither that of the title nor a part of its steps."""
    if not sop.title.strip() or ctx.topic.any_touches(sop.warnings):
        return
    own = None
    for index, text in enumerate(sop.warnings):
        for said in procedures(condition(text)):
            # The warning itself is among the content: it proves nothing about itself.
            own = own if own is not None else _own(sop, ctx)
            if any(stems(word) & own for word in said):
                continue
            yield Hit(
                ("peringatan", index),
                say('Peringatan membahas "{w}", sedangkan judulnya "{t}".', w=" ".join(said), t=bare_title(sop.title)),
                say(
                    "Tulis akibatnya bila prosedur ini sendiri dilanggar. Periksa apakah peringatan ini tersalin "
                    "dari SOP lain."
                ),
            )
            break


def _own(sop: Sop, ctx: Context) -> frozenset[str]:
    """What the SOP is about by its title: a title that the steps do not know stands alone."""
    from_title = frozenset().union(*(stems(word) for word in ctx.topic.words))
    return from_title | stems_without(sop, sop.warnings) if ctx.topic.any_touches(_steps(sop)) else from_title


def _steps(sop: Sop) -> Iterator[str]:
    for step in sop.steps:
        yield step.activity
        yield from step.outputs


RULE = Rule(
    code="IDN-13",
    name="peringatan-lain-pokok",
    severity=Severity.WARNING,
    summary=say("Peringatan membahas kegiatan lain"),
    source="Permendagri 52/2011, asas kejelasan dan keselarasan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
