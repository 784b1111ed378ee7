"""Pangkat kosong atau tidak sesuai golongan.

Apa: Pangkat penanda tangan terisi dan sesuai dengan golongannya.
Mengapa: Blok tanda tangan memuat pangkat; pangkat dan golongan yang berbeda menunjukkan data lama.
Salah: Pembina, IV/c
Benar: Pembina Utama Muda, IV/c
Sumber: Daftar pangkat dan golongan ruang PNS. PPPK tidak mempunyai pangkat (golongan I sampai XVII).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import GRADES, is_council, plain_grade, plain_rank, signer_path

_RANKS = {plain_rank(rank) for rank in GRADES.values()}


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """At most one hit: rank missing, or rank and grade that do not belong together."""
    signer = sop.signer
    if signer is None or is_council(signer) or not signer.name:
        return
    grade = plain_grade(signer.grade)
    if grade and "/" not in grade:
        return  # a contract employee (PPPK) has a grade without rank
    rank = plain_rank(signer.rank)
    if not rank:
        yield Hit(
            signer_path(sop),
            say(id="Pangkat {n} belum diisi.", en="The rank of {n} is not filled in.", n=signer.name),
            say(id="Isi pangkat dan golongan di pejabat.csv.", en="Fill in pangkat and golongan in pejabat.csv."),
        )
    elif (grade in GRADES and plain_rank(GRADES[grade]) != rank) or (grade and grade not in GRADES):
        yield Hit(
            signer_path(sop),
            say(
                id="Pangkat {r} tidak sesuai dengan golongan {g}.",
                en="The rank {r} does not belong to the grade {g}.",
                r=signer.rank,
                g=signer.grade,
            ),
            say(
                id="Golongan {g}: {right}. Cocokkan dengan SK terakhir.",
                en="Grade {g} is {right}. Compare with the last decree.",
                g=grade,
                right=GRADES.get(grade, "tidak ada"),
            ),
        )


RULE = Rule(
    code="TTD-03",
    name="pangkat-penanda-tangan",
    severity=Severity.WARNING,
    summary=say(id="Pangkat kosong atau tidak sesuai golongan", en="The rank is missing or does not fit the grade"),
    source="Daftar pangkat dan golongan ruang PNS",
    doc=__doc__,
    check=check,
)
