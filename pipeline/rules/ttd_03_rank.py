"""Pangkat kosong atau tidak sesuai golongan.

Apa: Pangkat penanda tangan terisi, ada dalam daftar pangkat PNS, dan sesuai dengan golongannya. PPPK hanya mempunyai
    golongan (I sampai XVII), tanpa pangkat.
Mengapa: Blok tanda tangan memuat pangkat; pangkat dan golongan yang berbeda menunjukkan data lama.
Salah: Pembina, IV/c
Benar: Pembina Utama Muda, IV/c
Sumber: Daftar pangkat dan golongan ruang PNS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.office import Official
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import GRADES, ROMAN, is_contract, is_council, plain_grade, plain_rank, signer_path

_RANKS = {plain_rank(rank): grade for grade, rank in GRADES.items()}
_WITH_GRADE = re.compile(r"^(?P<rank>.*?)[\s,]*\(?\s*(?P<grade>[IV]{1,3}\s*[/.]\s*[a-eA-E])\s*\)?$")
_COMPARE = say("Cocokkan dengan SK terakhir.")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """At most one hit: rank missing or unknown, or rank and grade that do not belong together."""
    signer = sop.signer
    if signer is None or is_council(signer) or not signer.name:
        return
    told = _contract_fault(signer) if is_contract(signer) else _fault(signer)
    if told is not None:
        yield Hit(signer_path(sop), *told)


def _contract_fault(signer: Official) -> tuple[Message, Message] | None:
    grade = plain_grade(signer.grade)
    if signer.rank.strip():
        return (
            say(
                '{n} adalah PPPK, yang tidak mempunyai pangkat, tetapi pangkatnya diisi "{r}".',
                n=signer.name,
                r=signer.rank,
            ),
            say("Kosongkan pangkat; PPPK hanya mempunyai golongan. Bila ia PNS, tulis golongan seperti IV/a."),
        )
    if grade and grade not in ROMAN and grade != "PPPK":
        return (
            say('Golongan "{g}" tidak ada.', g=signer.grade),
            say("Golongan PNS ditulis seperti IV/a; golongan PPPK I sampai XVII."),
        )
    return None


def _fault(signer: Official) -> tuple[Message, Message] | None:
    rank, grade = _parts(signer)
    if not rank:
        return (
            say("Pangkat {n} belum diisi.", n=signer.name),
            say("Isi pangkat dan golongan di pejabat.csv."),
        )
    if rank not in _RANKS:
        return (
            say('Pangkat "{r}" tidak ada.', r=signer.rank),
            _right(grade) if grade in GRADES else _COMPARE,
        )
    if not grade or _RANKS[rank] == grade:
        return None
    return (
        say("Pangkat {r} tidak sesuai dengan golongan {g}.", r=signer.rank, g=signer.grade or grade),
        _right(grade)
        if grade in GRADES
        else say(
            "Golongan {g} tidak ada; pangkat {r} bergolongan {right}. Cocokkan dengan SK terakhir.",
            g=grade,
            r=signer.rank,
            right=_RANKS[rank],
        ),
    )


def _parts(signer: Official) -> tuple[str, str]:
    """(rank, grade) in plain form; the grade may stand behind the rank: "Pembina (IV/a)"."""
    grade = plain_grade(signer.grade)
    both = _WITH_GRADE.match(signer.rank.strip())
    if both is None:
        return plain_rank(signer.rank), grade
    return plain_rank(both["rank"]), grade or plain_grade(both["grade"])


def _right(grade: str) -> Message:
    return say("Golongan {g}: {right}. Cocokkan dengan SK terakhir.", g=grade, right=GRADES[grade])


RULE = Rule(
    code="TTD-03",
    name="pangkat-penanda-tangan",
    severity=Severity.WARNING,
    summary=say("Pangkat kosong atau tidak sesuai golongan"),
    source="Daftar pangkat dan golongan ruang PNS",
    doc=__doc__,
    check=check,
)
