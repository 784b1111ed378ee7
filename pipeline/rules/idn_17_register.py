"""Pencatatan tanpa register atau formulir.

Apa: Pencatatan dan Pendataan menyebut buku, register, formulir, atau dokumen yang diisi pelaksana.
Mengapa: "Disimpan sebagai data elektronik dan manual" tidak memberi tahu apa yang dicatat dan di mana mencarinya.
Salah: Disimpan sebagai data elektronik dan manual
Benar: Buku agenda surat masuk
Sumber: PermenPAN-RB 35/2012, unsur identitas: pencatatan dan pendataan adalah data dan formulir yang diisi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.identity_words import kind, spoken
from pipeline.rules.shapes import states

_KEPT = re.compile(r"\b(?:ter)?(?:disimpan|dicatat|didata|diarsipkan|didokumentasikan|tersimpan)\b", re.IGNORECASE)


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit when nothing under records names a register, a form or a document."""
    if not states(*sop.records) or any(names_record(text) for text in sop.records):
        return
    yield Hit(
        ("pencatatan",),
        say("Pencatatan tidak menyebut register, formulir, atau dokumen yang diisi."),
        say('Sebutkan namanya, misalnya "Buku agenda surat masuk" atau "Daftar hadir".'),
    )


@lru_cache(maxsize=4096)
def names_record(text: str) -> bool:
    """Does ``text`` name a register, a form or a document, and not only that something is kept?"""
    said = spoken(text)
    if any(word in kind("register") or word.removesuffix("nya") in kind("register") for word in said):
        return True
    left = [word for word in said if word not in kind("stock")]
    return bool(left) and not _KEPT.search(text)


RULE = Rule(
    code="IDN-17",
    name="pencatatan-tanpa-register",
    severity=Severity.WARNING,
    summary=say("Pencatatan tanpa register atau formulir"),
    source="PermenPAN-RB 35/2012, unsur identitas: pencatatan dan pendataan",
    doc=__doc__,
    check=check,
)
