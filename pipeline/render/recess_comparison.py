"""This recess beside the one before it, as the template of the plenary asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.recap import Change, ComparedNeed, Comparison
from pipeline.model.recess import Held
from pipeline.render.recess_words import NOTHING, ROMAN, period, where
from pipeline.render.sop import GAP

MOST = 200
"""Repeated needs that the document lists; the workbook has all."""
_MEANING = {
    Change.DONE: "Dicatat pada reses sebelumnya dan dinyatakan selesai",
    Change.REPEATED: "Dicatat pada reses sebelumnya dan disampaikan lagi",
    Change.NEW: "Baru disampaikan pada reses ini",
    Change.OPEN: "Dicatat pada reses sebelumnya, belum selesai, dan tidak disampaikan lagi",
}


def comparison(found: Comparison | None) -> Mapping[str, object] | None:
    """What is printed of a comparison; None when there is nothing to compare with."""
    if found is None:
        return None
    repeated = [one for one in found.needs if one.change is Change.REPEATED and one.need and one.earlier]
    return {
        "reses": previous(found.previous),
        "keadaan": [
            {"nama": change.value, "arti": _MEANING[change], "usulan": found.counts.get(change, 0)} for change in Change
        ],
        "jumlah": sum(found.counts.values()),
        "berulang": [_repeated(one) for one in repeated[:MOST]],
        "selebihnya": max(len(repeated) - MOST, 0),
    }


def previous(held: Held) -> str:
    """ "Masa Persidangan III Tahun 2025 (1 s.d. 6 September 2025)"; its folder's name when it states nothing."""
    session = f"Masa Persidangan {ROMAN[held.session]}" if held.session else ""
    year = f"Tahun Sidang {held.year}" if "/" in held.year else f"Tahun {held.year}" if held.year else ""
    name = " ".join(part for part in (session, year) if part)
    dates = f" ({period(held.start, held.end)})" if held.start or held.end else ""
    return f"{name or held.id}{dates}"


def _repeated(one: ComparedNeed) -> Mapping[str, object]:
    need, earlier = one.need, one.earlier
    assert need is not None
    assert earlier is not None
    lead = need.lead
    return {
        "no": need.number,
        "uraian": f"{lead.text.rstrip(' .') or GAP}{_likeness(one)}",
        "lokasi": where(lead.location, lead.village, lead.subdistrict),
        "opd": lead.agency or NOTHING,
        "status": earlier.status or NOTHING,
        "dahulu": earlier.heard,
        "sekarang": len(need.rows),
        "sumber": earlier.source.rpartition(":")[2],
    }


def _likeness(one: ComparedNeed) -> str:
    return f" (kemiripan {one.score}%)" if one.score < 100 else ""
