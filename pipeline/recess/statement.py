"""The sentence with which a report says that its tables agree (RES-12)."""

from __future__ import annotations

from pipeline.model.money import rupiah, thousands
from pipeline.model.recap import Recap


def statement(recap: Recap) -> str:
    """For print, in Indonesian. True of any recap that ``make_recap`` gave: it raises where a table does not agree."""
    total = recap.total
    if not total.heard:
        return "Tidak ada aspirasi yang tercatat; jumlah setiap tabel nol."
    counted = f"{thousands(total.heard)} aspirasi, {thousands(total.needs)} usulan"
    if total.recorded_amount is None:
        return f"Jumlah setiap tabel sama dengan jumlah keseluruhan: {counted}, tanpa perkiraan anggaran."
    text = f"Jumlah setiap tabel sama dengan jumlah keseluruhan: {counted}, {rupiah(total.amount)}"
    if total.unpriced:
        text += f" ({thousands(total.unpriced)} usulan tanpa perkiraan anggaran)"
    return f"{text}."
