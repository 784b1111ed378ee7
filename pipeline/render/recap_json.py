"""The recap as versioned JSON: every line with its ids and the row it came from, so that one search finds it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.model.recap import Dimension, Need, Recap, Tally
from pipeline.model.recess import PROPOSALS, Proposal, RecessInput, TableSource

SCHEMA_VERSION = 1

KEYS: Mapping[Dimension, str] = {
    Dimension.DISTRICT: "dapil",
    Dimension.FRACTION: "fraksi",
    Dimension.COMMISSION: "komisi",
    Dimension.FIELD: "bidang",
    Dimension.AGENCY: "opd",
    Dimension.SUBDISTRICT: "kecamatan",
    Dimension.VILLAGE: "desa",
    Dimension.PRIORITY: "prioritas",
    Dimension.STATUS: "status",
}


def recap_json(item: RecessInput, recap: Recap) -> bytes:
    """The recap as UTF-8 JSON. Needs refer to proposals by position in ``proposals`` as well as by id."""
    recess = recap.recess
    source = item.tables[PROPOSALS]
    rows = sorted((row for need in recap.needs for row in need.rows), key=lambda row: row.row)
    needs = {id(row): need.number for need in recap.needs for row in need.rows}
    data = {
        "schema_version": SCHEMA_VERSION,
        "id": recess.id,
        "year": recess.year,
        "session": recess.session,
        "start": recess.start.isoformat() if recess.start else None,
        "end": recess.end.isoformat() if recess.end else None,
        "stage": recess.stage.value,
        "note": recess.note,
        "participants": recap.participants,
        "total": _tally(recap.total),
        "tables": {
            KEYS[dimension]: [{"label": line.label, **_tally(line.tally)} for line in table.lines]
            for dimension, table in recap.tables.items()
        },
        "members": [
            {
                "id": activity.member.id,
                "name": activity.member.name,
                "meetings": activity.meetings,
                "participants": activity.participants,
                "heard": activity.heard,
            }
            for activity in recap.activities
        ],
        "needs": [_need(need, source) for need in recap.needs],
        "proposals": [_proposal(row, needs[id(row)], source) for row in rows],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _tally(tally: Tally) -> dict[str, int | None]:
    """Sums are null where nothing was recorded."""
    return {
        "heard": tally.heard,
        "heard_amount": tally.recorded_heard_amount,
        "needs": tally.needs,
        "amount": tally.recorded_amount,
        "unpriced": tally.unpriced,
        "heard_unpriced": tally.heard_unpriced,
    }


def _need(need: Need, source: TableSource) -> dict[str, object]:
    return {
        "number": need.number,
        "text": need.lead.text,
        "amount": need.amount,
        "amounts": list(need.amounts),
        "proposals": [row.id for row in need.rows],
        "sources": [source.source(row.row) for row in need.rows],
        "members": list(dict.fromkeys(row.member_id for row in need.rows)),
    }


def _proposal(row: Proposal, need: int, source: TableSource) -> dict[str, object]:
    return {
        "id": row.id,
        "source": source.source(row.row),
        "need": need,
        "member": row.member_id,
        "meeting": row.meeting_id,
        "text": row.text,
        "field": row.field,
        "agency": row.agency,
        "subdistrict": row.subdistrict,
        "village": row.village,
        "location": row.location,
        "volume": row.volume,
        "unit": row.unit,
        "amount": row.amount,
        "priority": row.priority,
        "status": row.status,
        "remark": row.remark,
    }
