"""Titik di akhir kegiatan tidak seragam.

Apa: Semua kegiatan diakhiri titik, atau tidak satu pun.
Mengapa: Tanda baca yang berganti-ganti memberi kesan baris disalin dari naskah lain tanpa diperiksa.
Salah: langkah 4 diakhiri titik, delapan langkah lainnya tidak
Benar: semua kegiatan tanpa titik
Sumber: Konvensi penyusunan SOP: kegiatan dalam tabel bukan kalimat lengkap. Titik singkatan (dll., dst.) tidak
    dihitung.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Replacement, Rule
from pipeline.rules.shapes import numbers

_STOP = re.compile(r"(?<![.\s])(?<!\bdll)(?<!\bdsb)(?<!\bdst)(?<!\btsb)(?<!\bybs)\.$", re.IGNORECASE)
_SURE = re.compile(r"(?:[^\W\d_]{4,}|\b[A-Z]{2,}|[\d)%\"”])\.$")
"""A full stop that cannot be that of a short form (Kab., No., S.H.)."""


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit, at the first of the rows that differ from most; the full stops are the odd ones when as many do."""
    written = [row for row, step in enumerate(sop.steps) if step.activity.strip()]
    texts = {row: sop.steps[row].activity.rstrip() for row in written}
    stopped = [row for row, text in texts.items() if text[-1] == "." and _STOP.search(text)]
    others = [row for row in written if row not in set(stopped)]
    if not stopped or not others:
        return
    odd = stopped if len(stopped) <= len(others) else others
    yield Hit(
        ("langkah", odd[0], "kegiatan"),
        _message(numbers(sop, odd), with_stop=odd is stopped),
        say("Seragamkan: kegiatan dalam tabel biasanya tanpa titik."),
        related=tuple(Pointer(("langkah", row, "kegiatan"), say("juga di sini")) for row in odd[1:]),
        subject="",
        fixes=tuple(fix for row in odd for fix in _fixes(row, texts[row], with_stop=odd is stopped)),
    )


def _fixes(row: int, text: str, *, with_stop: bool) -> Iterator[Replacement]:
    """What makes a row like most: its full stop taken away, or one put where no other mark stands.

    Several sentences in a row keep theirs.
    """
    end = len(text)
    if with_stop and _SURE.search(text) and ". " not in text:
        yield Replacement(("langkah", row, "kegiatan"), "", (end - 1, end))
    elif not with_stop and (text[-1].isalnum() or text[-1] in ')”"'):
        yield Replacement(("langkah", row, "kegiatan"), ".", (end, end))


def _message(rows: str, *, with_stop: bool) -> Message:
    if with_stop:
        return say("Kegiatan pada langkah {n} diakhiri titik, yang lain tidak.", n=rows)
    return say("Kegiatan pada langkah {n} tidak diakhiri titik, yang lain diakhiri titik.", n=rows)


RULE = Rule(
    code="KEG-04",
    name="titik-tidak-seragam",
    severity=Severity.WARNING,
    summary=say("Titik di akhir kegiatan tidak seragam"),
    source="Konvensi penyusunan SOP",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
    fixable=True,
)
