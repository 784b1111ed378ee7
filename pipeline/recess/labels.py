"""The groups in which a row of a recess is counted, in the words of the tables of totals."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.recap import Dimension, Recap, RowLabels
from pipeline.model.recess import Proposal
from pipeline.recess.grouping import labels
from pipeline.recess.ledger import OF_MEMBER, OF_ROW
from pipeline.recess.text import group_key


def row_labels(recap: Recap) -> RowLabels:
    """A function that gives the label of the group of a proposal in every dimension.

    "pekerjaan  umum" is told as "Pekerjaan Umum" where that is the label of its line, and an empty cell as
    "Tidak diisi": whoever sums rows by these labels gets the lines of ``recap.tables``.
    """
    printed = {dimension: labels(table) for dimension, table in recap.tables.items()}
    known: dict[Dimension, dict[str, str]] = {dimension: {} for dimension in printed}
    members = recap.members

    def label(dimension: Dimension, raw: str) -> str:
        found = known[dimension].get(raw)
        if found is None:
            found = known[dimension][raw] = printed[dimension][group_key(raw)]
        return found

    groups: dict[str, dict[Dimension, str]] = {}

    def of_member(id_: str) -> dict[Dimension, str]:
        if id_ not in groups:
            member = members.get(id_)
            groups[id_] = {one: label(one, read(member) if member else "") for one, read in OF_MEMBER.items()}
        return groups[id_]

    def of_row(row: Proposal) -> Mapping[Dimension, str]:
        return {**of_member(row.member_id), **{one: label(one, read(row)) for one, read in OF_ROW.items()}}

    return of_row
