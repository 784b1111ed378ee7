"""Usulan tampaknya kewenangan tingkat pemerintahan lain.

Apa: Uraian menyebut hal yang bukan kewenangan daerah ini: bagi kabupaten/kota antara lain SMA, SMK, dan SLB, jalan
    nasional, jalan provinsi, irigasi 1.000 hektare atau lebih, kehutanan, pertambangan, dan jaringan listrik; bagi
    provinsi antara lain SD dan SMP, puskesmas, dan jalan kabupaten. Jalan desa hanya diberi catatan.
Mengapa: Usulan seperti itu ditolak saat diverifikasi, padahal dapat diteruskan ke tingkat yang berwenang.
Salah: Perbaikan jalan provinsi di depan pasar, kolom `kewenangan` kosong
Benar: Perbaikan jalan provinsi di depan pasar, kewenangan provinsi
Sumber: UU 23/2014 Lampiran; jalan desa: UU 6/2014. Dikenali dari kata-katanya, jadi hanya petunjuk: usulan tidak
    dihapus, dan yang menyebut tingkat itu sendiri di `kewenangan`, `opd`, atau uraiannya tidak diberi temuan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.authority import LEVELS, VILLAGE, Hint, hint
from pipeline.recess.rules.base import Hit, RecessContext, Rule


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each row that speaks of something of another level."""
    kind = ctx.office.region_kind
    for row, plain in zip(ctx.recess.proposals, ctx.plain, strict=True):
        found = hint(row, kind, plain)
        if found is not None:
            yield _hit(ctx, row, found)


def _hit(ctx: RecessContext, row: Proposal, found: Hint) -> Hit:
    level = LEVELS[found.level]
    return Hit(
        ctx.proposal(row, found.column),
        say("`{words}` tampaknya kewenangan {level}", words=found.words, level=level),
        say(
            "Bila benar, isi kolom `kewenangan` dengan {level} agar usulan ini dapat diteruskan ke sana; bila bukan, "
            "perjelas uraiannya.",
            level=level,
        ),
        severity=Severity.INFO if found.level == VILLAGE else None,
    )


RULE = Rule(
    code="PKR-05",
    name="kewenangan-lain",
    severity=Severity.WARNING,
    about=say("Usulan tampaknya kewenangan tingkat pemerintahan lain."),
    source="UU 23/2014 Lampiran; jalan desa: UU 6/2014",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
