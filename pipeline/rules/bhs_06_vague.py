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
from pipeline.rules.prose import printed
from pipeline.rules.vocabulary import rows

_WORD = re.compile(r"[^\W\d_]{2,}")
_FIELDS = frozenset(("langkah", "peringatan", "pencatatan", "peralatan"))
_HELP = {
    "waktu": say('Sebutkan batas waktunya, misalnya "paling lambat 2 hari kerja", di kolom waktu.'),
    "syarat": say(
        "Sebutkan kapan hal ini dilakukan dan siapa yang menentukannya; bila ada dua jalan, jadikan keputusan "
        "dengan cabang Ya dan Tidak."
    ),
    "isi": say("Sebutkan semuanya, atau hapus ungkapan ini."),
    "pihak": say("Sebutkan jabatan atau unit yang dimaksud."),
}


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per expression; names of actors, title, qualifications and related SOPs are left alone."""
    every = printed(sop)
    for path, text in every.holding(last for words, last in _words() if words <= every.words):
        if path[0] in _FIELDS:
            for match in _pattern().finditer(text):
                kind = _kinds()[" ".join(match.group().lower().split())]
                yield Hit(path, _message(match.group()), _HELP[kind], span=match.span())


def _message(words: str) -> Message:
    return say('"{w}" tidak dapat diukur: setiap pelaksana menafsirkannya lain.', w=words)


@cache
def _kinds() -> dict[str, str]:
    return {words: kind for words, kind in rows("vague.csv", ("ungkapan", "jenis"))}


@cache
def _words() -> tuple[tuple[frozenset[str], str], ...]:
    """The words of each expression, and the last of them: a text without it does not hold the expression."""
    every = [_WORD.findall(words) for words in _kinds()]
    return tuple((frozenset(words), words[-1]) for words in every)


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_kinds(), key=lambda words: (-len(words), words))
    every = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in longest)
    return re.compile(rf"(?<![\w-])(?:{every})(?![\w-])", re.IGNORECASE)


RULE = Rule(
    code="BHS-06",
    name="ungkapan-tidak-terukur",
    severity=Severity.WARNING,
    summary=say("Ungkapan yang tidak dapat diukur"),
    source="Permendagri 52/2011, asas kejelasan dan keterukuran",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
