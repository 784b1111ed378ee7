"""Reses lebih dari tiga kali setahun, dua kali dalam satu masa, atau pada masa persidangan terakhir.

Apa: Satu tahun sidang punya tiga masa persidangan dengan satu reses masing-masing; masa persidangan terakhir dari masa
    jabatan tanpa reses. Yang dibandingkan adalah reses lain kantor ini di folder `reses/`.
Mengapa: Reses yang tidak punya masa persidangan tidak punya dasar, dan biayanya tidak dapat dipertanggungjawabkan.
Salah: Empat folder reses dengan tahun sidang 2025/2026; dua folder dengan masa 1 tahun 2026 dan tanggal yang berbeda
Benar: Masa 1, 2, dan 3 tahun sidang 2025/2026, masing-masing satu reses
Sumber: UU 23/2014 Pasal 125 dan Pasal 179. `tahun` yang bukan tahun sidang (2026, bukan 2025/2026) hanya menjadi
    peringatan, karena tahun kalender dapat memuat masa dari dua tahun sidang. Panjang masa persidangan diatur tata
    tertib: empat bulan sebelum `akhir_masa_jabatan` dianggap masa terakhir dan hanya menjadi peringatan; kesalahan
    bila `persidangan_terakhir` diisi ya, atau reses berakhir setelah masa jabatan.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.recess import Held
from pipeline.model.told import told_list
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.text import squash

_MOST = 3
_LAST_SITTING = dt.timedelta(122)
"""Three sittings a year: the last one of the term begins some four months before its end."""
_SITTING_YEAR = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
_NO_RECESS = say("Masa persidangan terakhir dari masa jabatan tidak punya reses: periksa jadwalnya.")


def check(ctx: RecessContext) -> Iterator[Hit]:
    """Hits on the number of recesses of the year, on a second one of the sitting, and on the end of the term."""
    yield from _count(ctx)
    yield from _twice(ctx)
    yield from _end_of_term(ctx)


def _of_year(ctx: RecessContext) -> tuple[Held, ...]:
    """The other recesses of the same year, without copies of this one."""
    year = squash(ctx.recess.year)
    others = (held for held in ctx.history.others if held.id != ctx.item.id)
    return tuple(held for held in others if year and squash(held.year) == year and not _copy(ctx, held))


def _copy(ctx: RecessContext, held: Held) -> bool:
    recess = ctx.recess
    return recess.start is not None and (held.session, held.start) == (recess.session, recess.start)


def _count(ctx: RecessContext) -> Iterator[Hit]:
    others = _of_year(ctx)
    if len(others) < _MOST:
        return
    sitting_year = _SITTING_YEAR.fullmatch(ctx.recess.year.strip()) is not None
    yield Hit(
        ctx.key("tahun"),
        say(
            "reses ini yang ke-{n} pada tahun {year}; batasnya {most} kali",
            n=len(others) + 1,
            year=ctx.recess.year,
            most=_MOST,
        ),
        say(
            "Reses lain: {names}. Periksa `tahun` dan `masa` masing-masing; tahun sidang ditulis seperti 2025/2026.",
            names=told_list([_folder(held) for held in others[:6]]),
        ),
        Severity.ERROR if sitting_year else Severity.WARNING,
    )


def _twice(ctx: RecessContext) -> Iterator[Hit]:
    recess = ctx.recess
    if recess.session is None or not recess.year.strip():
        return
    for held in ctx.history.others:
        if held.id == ctx.item.id or squash(held.year) != squash(recess.year) or held.session != recess.session:
            continue
        if _copy(ctx, held):
            yield Hit(
                ctx.key("masa"),
                say(
                    "folder `{f}` memuat reses yang sama (masa {m} tahun {y})",
                    f=_folder(held),
                    m=recess.session,
                    y=recess.year,
                ),
                say("Bila itu salinan, pindahkan keluar dari folder `reses/`."),
                Severity.WARNING,
            )
        else:
            yield Hit(
                ctx.key("masa"),
                say(
                    "masa {m} tahun {y} sudah punya reses lain di folder `{f}`",
                    f=_folder(held),
                    m=recess.session,
                    y=recess.year,
                ),
                say("Satu masa persidangan punya satu reses: perbaiki `masa` atau `tahun` salah satunya."),
                None if _SITTING_YEAR.fullmatch(recess.year.strip()) else Severity.WARNING,
            )


def _end_of_term(ctx: RecessContext) -> Iterator[Hit]:
    recess, end = ctx.recess, ctx.office.term_end
    if recess.last_of_term:
        yield Hit(ctx.key("persidangan_terakhir"), say("reses pada masa persidangan terakhir masa jabatan"), _NO_RECESS)
        return
    if end is None or recess.start is None:
        return
    if (recess.end or recess.start) > end:
        yield Hit(
            ctx.key("selesai"),
            say("reses berakhir setelah masa jabatan DPRD ({d})", d=told_date(end)),
            say("Periksa `mulai` dan `selesai`, atau `akhir_masa_jabatan` di kantor.yaml."),
        )
    elif end - recess.start < _LAST_SITTING:
        yield Hit(
            ctx.key("mulai"),
            say("reses ini kurang dari empat bulan sebelum masa jabatan DPRD berakhir ({d})", d=told_date(end)),
            _NO_RECESS,
            Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )


def _folder(held: Held) -> str:
    return held.id.rpartition("/")[2]


RULE = Rule(
    code="RES-03",
    name="reses-terlalu-sering",
    severity=Severity.ERROR,
    about=say("Reses lebih dari tiga kali setahun, dua kali dalam satu masa, atau pada masa persidangan terakhir."),
    source="UU 23/2014 Pasal 125 dan Pasal 179",
    doc=__doc__,
    check=check,
)
