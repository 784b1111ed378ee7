"""Pengaduan dan usulan bercampur dalam satu baris.

Apa: Satu baris memuat satu usulan atau satu pengaduan, dan kolom `jenis` sesuai dengan uraiannya.
Mengapa: Usulan masuk ke perencanaan, sedangkan pengaduan ditangani OPD; yang tercampur terlewat di salah satunya.
Salah: Pelayanan puskesmas dikeluhkan warga; usulan pembangunan jembatan Dusun 2
Benar: Dua baris: pengaduan pelayanan puskesmas, dan usulan pembangunan jembatan Dusun 2
Sumber: Konvensi. Dikenali dari kata-katanya, jadi hanya peringatan. Keluhan yang langsung disertai
    permintaannya ("jalan dikeluhkan rusak, mohon diperbaiki") adalah satu hal dan tidak diberi temuan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule

_COMPLAINT = re.compile(
    r"\b(?:keluhan|pengaduan|aduan|komplain|protes|(?:me|di)?(?:ngeluh|keluh|ngadu|protes)\w*|memprotes\w*)\b", re.I
)
_REQUEST = re.compile(
    r"\b(?:usul|usulan|(?:meng|di)usulkan|mohon|permohonan|memohon|dimohon|minta|permintaan|meminta|diminta)\b", re.I
)
_CLAUSES = re.compile(
    r"[;\n\r]+|\.\s+|\b(?:serta|dan) (?=usul|permohonan|keluhan|pengaduan|mengusulkan|mengadukan)",
    re.I,
)
_IS_COMPLAINT = re.compile(r"pengaduan|aduan|keluhan", re.I)
_IS_PROPOSAL = re.compile(r"usul|aspirasi", re.I)
_SPLIT = say("Pecah menjadi dua baris, satu untuk pengaduan dan satu untuk usulan.")


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row that holds both, or whose kind is not that of its text."""
    for row in ctx.recess.proposals:
        kind = row.kind
        if kind and _IS_COMPLAINT.search(kind) and _IS_PROPOSAL.search(kind):
            yield Hit(ctx.proposal(row, "jenis"), say("`jenis` menyebut pengaduan dan usulan sekaligus"), _SPLIT)
        elif _COMPLAINT.search(row.text) is None:
            if kind and _IS_COMPLAINT.search(kind) and _asks(row.text):
                yield Hit(
                    ctx.proposal(row, "jenis"),
                    say("`jenis` pengaduan, tetapi uraiannya usulan"),
                    say("Ganti `jenis` menjadi usulan, atau tulis apa yang diadukan."),
                )
        elif _mixed(row.text):
            yield Hit(ctx.proposal(row, "uraian"), say("uraian memuat pengaduan dan usulan sekaligus"), _SPLIT)
        elif kind and _IS_PROPOSAL.search(kind) and _only_complains(row):
            yield Hit(
                ctx.proposal(row, "jenis"),
                say("`jenis` usulan, tetapi uraiannya pengaduan"),
                say("Ganti `jenis` menjadi pengaduan, atau tulis apa yang diusulkan."),
            )


def _mixed(text: str) -> bool:
    """Is there a clause that only complains and another one that only asks?"""
    if _REQUEST.search(text) is None:
        return False
    clauses = [(bool(_COMPLAINT.search(part)), bool(_REQUEST.search(part))) for part in _CLAUSES.split(text)]
    return (True, False) in clauses and (False, True) in clauses


def _asks(text: str) -> bool:
    """Does the text begin as a proposal does? "Mohon" begins complaints as well."""
    return re.match(r"\W*(?:usul|usulan|mengusulkan|diusulkan)\b", text, re.I) is not None


def _only_complains(row: Proposal) -> bool:
    return re.match(
        r"\W*(?:keluhan|pengaduan|aduan|komplain|protes)\b", row.text, re.I
    ) is not None and not _REQUEST.search(row.text)


RULE = Rule(
    code="ASP-05",
    name="pengaduan-dan-usulan",
    severity=Severity.WARNING,
    about=say("Pengaduan dan usulan bercampur dalam satu baris."),
    source="konvensi",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
