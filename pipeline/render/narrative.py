"""What the drawing of a page shows, told in sentences: the alt text of the flowchart.

The table beside the drawing is read aloud as it is, so the narrative tells only what stands nowhere else: who acts in
which step, and where the flow goes on. Every arrow is told once, at the step it leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model.flow import FINISH, Edge, Flow, flow_of
from pipeline.model.message import listed
from pipeline.model.naming import sop_name
from pipeline.model.plan import PagePlan, Plan, SymbolKind
from pipeline.model.sop import Sop, Step, StepKind

MOST = 3000
"""Characters (about four minutes of reading aloud) above which a page is told without its actors; the head of the table
and the alt text of each symbol name them too."""
_LONGEST = 80
"""Characters of a single name or label."""


def page_narratives(sop: Sop, plan: Plan) -> tuple[str, ...]:
    """One Indonesian text for each page of the flowchart; plain text, to be escaped where it is written.

    A decision tells each exit with its label, an arrow that goes up or stays "kembali", any other "lanjut"; arrows to
    and from other pages name their connectors.
    """
    teller = _Teller(sop, plan)
    return tuple(teller.tell(number) for number in range(len(plan.pages)))


class _Teller:
    """Tells page after page of one plan."""

    def __init__(self, sop: Sop, plan: Plan) -> None:
        self.sop, self.pages = sop, plan.pages
        self.flow: Flow = flow_of(sop)
        self.exits: dict[int, list[Edge]] = {}
        for edge in self.flow.edges:
            self.exits.setdefault(edge.source, []).append(edge)
        self.page_of = {row: number for number, page in enumerate(plan.pages) for row in page.rows}
        self.connectors = {edge: text for page in plan.pages for edge, text in _connectors(page, leaving=True)}
        self.waits: dict[int, list[str]] = {}
        for meeting in self.flow.meetings():
            groups = (self._alternatives(group) for group in meeting.sources if group != (meeting.split,))
            known = self.waits.setdefault(meeting.row, [])
            known += [group for group in groups if group not in known]

    def tell(self, number: int) -> str:
        """The text of page ``number`` (from 0)."""
        text = self._page(number, named=True)
        return text if len(text) <= MOST else self._page(number, named=False)

    def _page(self, number: int, *, named: bool) -> str:
        page = self.pages[number]
        return " ".join(
            [self._head(number), *self._arrivals(page), *(self._row(row, named=named) for row in page.rows)]
        )

    def _head(self, number: int) -> str:
        rows = self.pages[number].rows
        which = f", bagian {number + 1} dari {len(self.pages)}" if len(self.pages) > 1 else ""
        first, last = self._number(rows[0]), self._number(rows[-1])
        steps = f"langkah {first}" if len(rows) == 1 else f"langkah {first} sampai {last}"
        return f"Bagan alir {steps}{which}."

    def _arrivals(self, page: PagePlan) -> list[str]:
        arriving = [f"sambungan {text} ke langkah {self._number(edge.target)}" for edge, text in _connectors(page)]
        return [f"Masuk dari halaman lain: {listed(arriving)}."] if arriving else []

    def _row(self, row: int, *, named: bool) -> str:
        step = self.sop.steps[row]
        told = self._subject(row, step, named=named) + self._waiting(row) + self._leaving(row, step)
        names = [sop_name(_plain(name)) for name in step.references]
        return f"{told}. Lihat {listed(names)}." if names else f"{told}."

    def _subject(self, row: int, step: Step, *, named: bool) -> str:
        number = self._number(row)
        if row == 0 and self.flow.size > 1:
            text = f"Mulai pada langkah {number}"
        elif step.kind is StepKind.END:
            text = f"Selesai pada langkah {number}"
        else:
            text = f"Langkah {number}"
        who = self._actors(step) if named else ""
        if step.kind is StepKind.DECISION:
            return f"{text}, keputusan oleh {who}" if who else f"{text}, keputusan"
        return f"{text}, {who}" if who else text

    def _actors(self, step: Step) -> str:
        columns = list(dict.fromkeys(column for column in step.columns if column is not None))
        names = [_plain(self.sop.actors[column]) for column in columns]
        if not names:
            return "pelaksana yang belum diisi"
        if step.handover:
            return " lalu ".join(names)
        return " bersama ".join((names[0], listed(names[1:]))) if len(names) > 1 else names[0]

    def _waiting(self, row: int) -> str:
        groups = self.waits.get(row)
        return f", setelah langkah {listed(groups)} selesai" if groups else ""

    def _alternatives(self, rows: Sequence[int]) -> str:
        return " atau ".join(self._number(row) for row in rows)

    def _leaving(self, row: int, step: Step) -> str:
        edges = self.exits.get(row, [])
        lost = [f"tujuan langkah {target} tidak ada" for source, target in self.flow.dangling if source == row]
        if row in self.flow.choices:
            exits = [*(f"{_condition(edge)}, {self._going([edge])}" for edge in edges), *lost]
            return f": {'; '.join(exits)}" if exits else ", tanpa jalan keluar"
        if edges:
            return f", {'; '.join([self._going(edges), *lost])}"
        if lost:
            return f", {'; '.join(lost)}"
        return "" if step.kind is StepKind.END else ", tanpa langkah berikutnya"

    def _going(self, edges: Sequence[Edge]) -> str:
        """All of ``edges`` taken together, such as "lanjut bersamaan ke langkah 5 dan 6"."""
        on = [edge for edge in edges if edge.target > edge.source]
        back = [edge for edge in edges if FINISH != edge.target <= edge.source]
        ways = [self._to(verb, some) for verb, some in (("lanjut", on), ("kembali", back)) if some]
        ways += ["selesai"] * any(edge.target == FINISH for edge in edges)
        return ways[0] + "".join(f" dan bersamaan {way}" for way in ways[1:])

    def _to(self, verb: str, edges: Sequence[Edge]) -> str:
        targets = [f"{self._number(edge.target)}{self._elsewhere(edge)}" for edge in edges]
        together = " bersamaan" if len(edges) > 1 else ""
        return f"{verb}{together} ke langkah {listed(targets)}"

    def _elsewhere(self, edge: Edge) -> str:
        """Where the target is when it is on another page, and by which connector."""
        here, there = self.page_of.get(edge.source), self.page_of.get(edge.target)
        if here is None or there is None or here == there:
            return ""
        near = {1: "di halaman berikutnya", -1: "di halaman sebelumnya"}
        text = near.get(there - here, f"di bagian {there + 1}")
        connector = self.connectors.get(edge)
        return f" {text} (sambungan {connector})" if connector else f" {text}"

    def _number(self, row: int) -> str:
        return str(self.sop.steps[row].number or row + 1)


def _condition(edge: Edge) -> str:
    return f"jika {_plain(edge.label)}" if edge.label else "tanpa nama jalan"


def _connectors(page: PagePlan, *, leaving: bool = False) -> Iterable[tuple[Edge, str]]:
    """The arrows that leave the page, or come to it, with what stands in their connectors."""
    for line in page.lines:
        symbol = page.symbols[line.target if leaving else line.source]
        if line.edge is not None and symbol.kind is SymbolKind.CONNECTOR:
            yield line.edge, symbol.text


def _plain(text: str) -> str:
    """``text`` on one line, without signs that cannot be spoken or written in XML, and not longer than a name is."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
