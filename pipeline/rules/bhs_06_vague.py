"""Ungkapan yang tidak dapat diukur.

Apa: Langkah, kelengkapan, output, dan keterangan tidak memakai ungkapan seperti "secepatnya", "bila perlu",
"dan lain-lain", atau "pihak terkait".
Mengapa: Setiap pelaksana menafsirkannya lain, sehingga pelaksanaan tidak sama dan tidak dapat dinilai.
Salah: Menyampaikan undangan kepada pihak terkait secepatnya
Benar: Menyampaikan undangan kepada Anggota DPRD paling lambat 3 hari kerja sebelum rapat
Sumber: Permendagri 52/2011, asas kejelasan dan kemudahan serta keterukuran. Daftar ungkapannya konvensi (vague.csv),
karena itu peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import texts
from pipeline.rules.vocabulary import rows

_FIELDS = frozenset(("langkah", "peringatan", "pencatatan", "peralatan"))
_HELP = {
    "waktu": say(
        id='Sebutkan batas waktunya, misalnya "paling lambat 2 hari kerja", di kolom waktu.',
        en='State the limit, for example "paling lambat 2 hari kerja", in the column waktu.',
    ),
    "syarat": say(
        id="Sebutkan kapan hal ini dilakukan dan siapa yang menentukannya; bila ada dua jalan, jadikan keputusan "
        "dengan cabang Ya dan Tidak.",
        en="Say when this is done and who decides it; where there are two ways, make it a decision with the exits Ya "
        "and Tidak.",
    ),
    "isi": say(
        id="Sebutkan semuanya, atau hapus ungkapan ini.",
        en="Name them all, or take the expression out.",
    ),
    "pihak": say(
        id="Sebutkan jabatan atau unit yang dimaksud.",
        en="Name the position or unit that is meant.",
    ),
}


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per expression; names of actors, title, qualifications and related SOPs are left alone."""
    if not any(last in ctx.prose for last in _last_words()):
        return
    for path, text in texts(sop):
        if path[0] in _FIELDS:
            for match in _pattern().finditer(text):
                kind = _kinds()[" ".join(match.group().lower().split())]
                yield Hit(path, _message(match.group()), _HELP[kind], span=match.span())


def _message(words: str) -> Message:
    return say(
        id='"{w}" tidak dapat diukur: setiap pelaksana menafsirkannya lain.',
        en='"{w}" cannot be measured: everyone reads it differently.',
        w=words,
    )


@cache
def _kinds() -> dict[str, str]:
    return {words: kind for words, kind in rows("vague.csv", ("ungkapan", "jenis"))}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.split()[-1] for words in _kinds())


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_kinds(), key=lambda words: (-len(words), words))
    every = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in longest)
    return re.compile(rf"(?<![\w-])(?:{every})(?![\w-])", re.IGNORECASE)


RULE = Rule(
    code="BHS-06",
    name="ungkapan-tidak-terukur",
    severity=Severity.WARNING,
    summary=say(id="Ungkapan yang tidak dapat diukur", en="An expression that cannot be measured"),
    source="Permendagri 52/2011, asas kejelasan dan keterukuran",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
