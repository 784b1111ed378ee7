"""Dasar hukum dicabut sebagian, atau sudah habis masanya.

Apa: Bagian peraturan yang dipakai masih berlaku: UU 17/2014 tidak lagi untuk DPRD, UU 23/2014 tidak lagi untuk sebagian
keuangan daerah, pedoman RKPD atau APBD hanya untuk tahunnya.
Mengapa: Peraturannya masih tercatat berlaku, tetapi bagian yang menjadi dasar SOP sudah tidak ada.
Salah: Undang-Undang Nomor 17 Tahun 2014 sebagai dasar SOP Sekretariat DPRD
Benar: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Sumber: UU 23/2014 Pasal 409 huruf d; UU 1/2022 Pasal 189. Pedoman tahunan dan undang-undang pembentukan kabupaten
menurut kelaziman.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import in_full, replacement
from pipeline.rules.citations import Citation
from pipeline.rules.register import Regulation, had_come
from pipeline.rules.special import PartlyRevoked, forms_regency, partly_revoked, yearly


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation of which the part that matters was revoked, or whose year is over."""
    cited = ctx.cited_shorts
    for index, citation in ctx.cited:
        if not citation.complete:
            continue
        row = ctx.register.find(citation)
        short = row.short if row is not None else citation.short
        case = partly_revoked(short)
        if case is not None:
            if case.by not in cited and case.concerns(sop.title, ctx.office.unit) and _had_come(ctx, case.by):
                yield _partly(index, case, ctx)
        elif row is not None and row.partly_by and not row.revoked and _had_come(ctx, row.partly_by[0]):
            yield _own(index, row)
        yield from _over(index, citation, row, ctx)


def _had_come(ctx: Context, by: str) -> bool:
    when = ctx.register.since(by)
    return when is None or had_come(when, ctx.day) or when == ctx.day.year


def _partly(index: int, case: PartlyRevoked, ctx: Context) -> Hit:
    row = ctx.register.named(case.by)
    new = replacement(row, ctx.register, ctx.day, gazettes=in_full(ctx)) if row is not None else case.by
    if case.council:
        help = say('Ganti dengan "{new}".', new=new)
    else:
        help = say('Bila SOP ini memakai ketentuan itu, tambahkan "{new}".', new=new)
    return Hit(("dasar_hukum", index), case.what, help, severity=case.severity, source=case.source)


def _own(index: int, row: Regulation) -> Hit:
    by = ", ".join(row.partly_by)
    return Hit(
        ("dasar_hukum", index),
        say("{r} sudah dicabut sebagian oleh {by}.", r=row.short, by=by),
        say("Periksa apakah pasal yang menjadi dasar SOP ini masih berlaku; bila tidak, ganti dengan {by}.", by=by),
        source=f"{by} mencabut sebagian {row.short}",
    )


def _over(index: int, citation: Citation, row: Regulation | None, ctx: Context) -> Iterator[Hit]:
    """Guidelines of another year, and the old laws that formed regencies."""
    about = row.about if row is not None else citation.about
    year = yearly(about)
    if year is not None and year not in (ctx.day.year, ctx.day.year + 1):
        yield Hit(
            ("dasar_hukum", index),
            say(
                "{r} hanya untuk tahun {y}, sedangkan SOP ini dinilai pada tahun {d}.",
                r=citation.short,
                y=year,
                d=ctx.day.year,
            ),
            say("Ganti dengan pedoman tahun yang sesuai, atau hapus: SOP berlaku lebih lama daripada pedoman itu."),
            source="Pedoman tahunan habis masanya sesudah tahunnya",
        )
    if forms_regency(citation.kind, citation.year, about):
        yield Hit(
            ("dasar_hukum", index),
            say(
                "Undang-undang pembentukan kabupaten dan kota sedang diganti satu per satu; status {r} belum pasti.",
                r=citation.short,
            ),
            say("Pastikan di JDIH apakah untuk daerah Anda sudah ada undang-undang yang baru."),
            severity=Severity.INFO,
            source="Undang-undang baru tentang kabupaten dan kota sejak 2022",
        )


RULE = Rule(
    code="HKM-02",
    name="dicabut-sebagian",
    severity=Severity.WARNING,
    summary=say("Dasar hukum dicabut sebagian, atau sudah habis masanya"),
    source="UU 23/2014 Pasal 409 huruf d; UU 1/2022 Pasal 189",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
