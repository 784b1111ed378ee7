"""The report of a recess in the steps of an SOP: where it is written and to whom it goes. Asked by RES-06, RES-11."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context
from pipeline.rules.parties import Party, parties
from pipeline.rules.vocabulary import actor_groups

_REPORT = re.compile(r"\b(?:laporan|melaporkan|dilaporkan)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:pertanggungjawaban|keuangan|anggaran|kinerja|laporan\s+kegiatan\s+pendampingan)\b", re.IGNORECASE
)
_HANDING = frozenset(
    (
        *(
            "menyampaikan",
            "menyerahkan",
            "melaporkan",
            "mengirim",
            "mengirimkan",
            "mengajukan",
            "memberikan",
            "meneruskan",
        ),
        *("disampaikan", "diserahkan", "dilaporkan", "dikirim", "dikirimkan", "diajukan", "diberikan", "diteruskan"),
    )
)
_TAKING = frozenset(
    (
        *(
            "menerima",
            "memeriksa",
            "menelaah",
            "meneliti",
            "membaca",
            "membacakan",
            "menyetujui",
            "mengesahkan",
            "membahas",
        ),
        *("menyampaikan", "mendisposisikan"),
    )
)
"""What leaders do with a report that has reached them."""
_LEADERS = "pimpinan"


def report_rows(sop: Sop) -> tuple[int, ...]:
    """Rows whose activity speaks of the report, not of money or of performance."""
    return tuple(row for row, step in enumerate(sop.steps) if _speaks(step))


def _speaks(step: Step) -> bool:
    return bool(_REPORT.search(step.activity)) and not _OTHER.search(step.activity)


def receivers(sop: Sop, ctx: Context) -> Iterator[tuple[int, Party]]:
    """(row, who is handed the report) as the sentences say; only those whom the office or the common lists know."""
    for row in report_rows(sop):
        for clause in ctx.sentences[row].clauses:
            if clause.verb in _HANDING:
                found = (party for phrase in clause.recipients for party in parties(phrase, ctx.names))
                yield from ((row, party) for party in found if party.choices)


def reaches_leaders(sop: Sop, ctx: Context) -> bool:
    """Is the report handed to the leaders of the council, or do they work on it?"""
    if any(all(is_leader(choice) for choice in party.choices) for _, party in receivers(sop, ctx)):
        return True
    return any(
        is_leader(ctx.names.columns[column]) and (ctx.sentences[row].verb in _TAKING or sop.steps[row].handover)
        for row in report_rows(sop)
        for column in sop.steps[row].columns
        if column is not None
    )


def is_leader(name: str) -> bool:
    """Is ``name`` one of the names of the council's leaders?"""
    return actor_groups().get(name) == _LEADERS
