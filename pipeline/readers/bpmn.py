"""Reads a BPMN file of ours back to the steps it was made of, also after it was changed in another program.

What BPMN itself says goes first: activities in document order, their names, lanes and flows. What it has no words for
comes from our own element in each activity (``pipeline.model.bpmn``); so do the exits as they were written, as long as
the drawn flow still says the same. An activity that was added elsewhere becomes a step without those facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from xml.etree.ElementTree import Element, XMLParser
from xml.parsers import expat

from pipeline.errors import UsageError
from pipeline.model.bpmn import FINISH_WORD, GAP, MODEL, OWN
from pipeline.model.finding import Stage
from pipeline.model.flow import FINISH, flow_of
from pipeline.model.message import Message, say
from pipeline.model.sop import END, Branch, Sop, Step, StepKind
from pipeline.readers.durations import parse_time

MAX_BYTES = 20_000_000
_B, _T = f"{{{MODEL}}}", f"{{{OWN}}}"
_ACTIVITIES = frozenset(
    _B + name
    for name in (
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
    )
)
_CHOICES = frozenset(_B + name for name in ("exclusiveGateway", "inclusiveGateway", "complexGateway"))


class BpmnError(UsageError):
    """A file that is no BPMN of ours."""


@dataclass(frozen=True, slots=True)
class BpmnSop:
    """What a BPMN file says of an SOP."""

    title: str
    actors: tuple[str, ...]
    steps: tuple[Step, ...]


def read_bpmn(data: bytes) -> BpmnSop:
    """The title, actors and steps in ``data``. Raises BpmnError for anything but a BPMN file that Tertib made."""
    root = _parse(data)
    process = _own_process(root)
    return _Reader(root, process).read()


def _parse(data: bytes) -> Element:
    """The root element. A document type is refused before it is read: entities have no business here."""
    if len(data) > MAX_BYTES:
        raise _fault(
            say("berkas BPMN lebih besar daripada {x} MB", x=MAX_BYTES // 1000000),
        )

    def refuse(*_: object) -> None:
        raise _fault(
            say("berkas BPMN memuat DOCTYPE, yang tidak pernah ada di dalam BPMN"),
        )

    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = refuse
    try:
        guard.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = error.lineno if isinstance(error, expat.ExpatError) else "?"
        raise _fault(say("isinya bukan XML yang utuh (baris {line})", line=line)) from error
    parser = XMLParser()
    parser.feed(data)
    root: Element = parser.close()
    return root


def _fault(why: Message) -> BpmnError:
    return BpmnError(
        say(
            "Berkas BPMN tidak dapat dibaca: {why}. Pakai berkas .bpmn yang dibuat `tertib build --also bpmn`.", why=why
        )
    )


def _own_process(root: Element) -> Element:
    if root.tag != _B + "definitions":
        raise _fault(say("isinya bukan BPMN 2.0"))
    for process in root.iter(_B + "process"):
        if process.find(f"{_B}extensionElements/{_T}sop") is not None or process.find(f".//{_T}langkah") is not None:
            return process
    raise _fault(say("bukan buatan Tertib"))


class _Reader:
    """Reads one process; only used by ``read_bpmn``."""

    def __init__(self, root: Element, process: Element) -> None:
        self.root, self.process = root, process
        self.nodes = {node.get("id", ""): node for node in process if node.tag != _B + "sequenceFlow"}
        work = [node for node in process if node.tag in _ACTIVITIES]
        parts = {node.get("id", ""): _part_of(node) for node in work if _part_of(node)}
        self.activities = [node for node in work if node.get("id", "") not in parts]
        self.rows = {node.get("id", ""): row for row, node in enumerate(self.activities)}
        self.parts = {name: self.rows.get(first) for name, first in parts.items()}
        self.leaving: dict[str, list[Element]] = {}
        self.entering: dict[str, int] = {}
        for link in process.findall(_B + "sequenceFlow"):
            self.leaving.setdefault(link.get("sourceRef", ""), []).append(link)
            target = link.get("targetRef", "")
            self.entering[target] = self.entering.get(target, 0) + 1
        lanes = list(process.iter(_B + "lane"))
        self.lanes = [lane for lane in lanes if lane.find(f"{_B}extensionElements/{_T}tanpaPelaksana") is None]
        self.lane_of = {lane.get("id", ""): index for index, lane in enumerate(self.lanes)}
        self.stands: dict[str, int | None] = {
            (ref.text or "").strip(): self.lane_of.get(lane.get("id", ""))
            for lane in lanes
            for ref in lane.findall(_B + "flowNodeRef")
        }

    def read(self) -> BpmnSop:
        actors = tuple(lane.get("name", "") for lane in self.lanes)
        steps = self._numbered([self._step(node) for node in self.activities])
        flow = flow_of(Sop("", Stage.DRAFT, actors=actors, steps=steps))
        drawn = [list(self._exits(node)) for node in self.activities]
        for row, exits in enumerate(drawn):
            said = {(edge.target, edge.label) for edge in flow.edges if edge.source == row}
            found = {(target, name) for target, name, _ in exits}
            if row not in flow.choices or steps[row].kind is StepKind.END:
                said, found = said or {(FINISH, "")}, found or {(FINISH, "")}
            if said != found:
                steps = (*steps[:row], self._redrawn(row, steps, exits), *steps[row + 1 :])
        return BpmnSop(self._title(), actors, steps)

    def _title(self) -> str:
        name = self.process.get("id", "")
        pools = [pool for pool in self.root.iter(_B + "participant") if pool.get("processRef") == name]
        title = (pools[0] if pools else self.process).get("name", "")
        return "" if title == GAP else title

    def _step(self, node: Element) -> Step:
        own = node.find(f"{_B}extensionElements/{_T}langkah")
        name = node.get("name", "")
        if own is None:
            lane = self.stands.get(node.get("id", ""))
            actors = () if lane is None else (self.lanes[lane].get("name", ""),)
            return Step(None, "" if name == GAP else name, actors, () if lane is None else (lane,))
        time = own.find(_T + "waktu")
        step = Step(
            number=_number(own, "no"),
            activity="" if own.get("kegiatan") == "" and name == GAP else name,
            actors=_texts(own, "pelaksana"),
            columns=tuple(self.lane_of.get(one.get("lajur", "")) for one in own.findall(_T + "pelaksana")),
            inputs=_texts(own, "kelengkapan"),
            time=None if time is None else parse_time(time.text or ""),
            outputs=_texts(own, "output"),
            remark=own.findtext(_T + "keterangan") or "",
            kind=_kind(own),
            branches=tuple(Branch(one.get("nama", ""), _target(one)) for one in own.findall(_T + "cabang")),
            next=tuple(_target(one) for one in own.findall(_T + "lanjut")),
            within=_number(own, "dalam"),
            reference=own.get("rujukan", ""),
            handover=own.get("diteruskan") == "ya",
        )
        return self._moved(step, node.get("id", ""))

    def _moved(self, step: Step, name: str) -> Step:
        """The step with the actor in whose lane it stands now, where that is another one than it says."""
        if name not in self.stands:
            return step
        lane = self.stands[name]
        known = [i for i, column in enumerate(step.columns) if column is not None]
        if lane == (step.columns[known[0]] if known else None):
            return step
        pairs = list(zip(step.actors, step.columns, strict=True))
        if lane is None:
            pairs = [pair for pair in pairs if pair[1] is None]
        else:
            at = known[0] if known else 0
            others = [pair for pair in pairs[at + len(known[:1]) :] if pair[1] != lane]
            pairs = [*pairs[:at], (self.lanes[lane].get("name", ""), lane), *others]
        return replace(step, actors=tuple(a for a, _ in pairs), columns=tuple(c for _, c in pairs))

    def _numbered(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """Activities that were added elsewhere get the numbers after the highest."""
        free = count(max((step.number for step in steps if step.number is not None), default=0) + 1)
        return tuple(
            step if node.find(f"{_B}extensionElements/{_T}langkah") is not None else replace(step, number=next(free))
            for step, node in zip(steps, self.activities, strict=True)
        )

    def _exits(self, node: Element) -> Iterator[tuple[int, str, bool]]:
        """Where the flow goes on after an activity: row or FINISH, name of the exit, whether it is one of a choice."""
        own = self.rows[node.get("id", "")]
        todo = [(link, "", False) for link in reversed(self.leaving.get(node.get("id", ""), []))]
        seen: set[tuple[str, str, bool]] = set()
        while todo:
            link, name, chosen = todo.pop()
            name = name or link.get("name", "")
            target = link.get("targetRef", "")
            if target not in self.nodes:
                raise _fault(say("alur {get} menuju unsur yang tidak ada", get=link.get("id", "")))
            part = self.parts.get(target)
            if part is not None and part != own:
                yield part, name, chosen
            elif target in self.rows:
                yield self.rows[target], name, chosen
            elif self.nodes[target].tag == _B + "endEvent":
                yield FINISH, name, chosen
            elif (target, name, chosen) not in seen:
                seen.add((target, name, chosen))
                chosen = chosen or self._chooses(target)
                todo += [(after, name, chosen) for after in reversed(self.leaving.get(target, []))]

    def _chooses(self, name: str) -> bool:
        """Is the node a gateway at which one of several ways is taken, not one that brings ways together?"""
        ways = len(self.leaving.get(name, ()))
        return self.nodes[name].tag in _CHOICES and (ways > 1 or self.entering.get(name, 0) < 2)

    def _redrawn(self, row: int, steps: Sequence[Step], exits: Sequence[tuple[int, str, bool]]) -> Step:
        """The step with the exits that were drawn in place of those it says."""
        step = steps[row]
        branches = tuple(Branch(name, self._number_of(target, steps)) for target, name, _ in exits if name)
        plain = [target for target, name, _ in exits if not name]
        decides = any(chosen for _, _, chosen in exits)
        kind = step.kind
        if decides and kind is StepKind.PROCESS:
            kind = StepKind.DECISION
        elif not decides and kind is StepKind.DECISION:
            kind = StepKind.PROCESS
        goes_on = plain == [row + 1] and kind is not StepKind.END and not branches and not decides
        ends = not plain or (plain == [FINISH] and (row == len(steps) - 1 or kind is StepKind.END))
        following = () if goes_on or ends else tuple(self._number_of(target, steps) for target in plain)
        if not exits and row < len(steps) - 1 and kind not in (StepKind.END, StepKind.DECISION):
            following = (END,)
        return replace(step, kind=kind, branches=branches, next=following)

    def _number_of(self, target: int, steps: Sequence[Step]) -> int:
        if target == FINISH:
            return END
        number = steps[target].number
        if number is None:
            raise _fault(
                say(
                    "langkah “{activity}” tidak bernomor, padahal alur menuju ke sana", activity=steps[target].activity
                ),
            )
        return number


def _part_of(node: Element) -> str:
    """The activity that ``node`` continues in other hands, "" where it is a step of its own."""
    own = node.find(f"{_B}extensionElements/{_T}penerusan")
    return "" if own is None else own.get("dari", "")


def _texts(own: Element, name: str) -> tuple[str, ...]:
    return tuple(one.text or "" for one in own.findall(_T + name))


def _number(own: Element, name: str) -> int | None:
    value = own.get(name)
    if value is None:
        return None
    if value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    raise _fault(say("{name} langkah bukan angka: “{value}”", name=name, value=value[:40]))


def _target(one: Element) -> int:
    if one.get("ke") == FINISH_WORD:
        return END
    number = _number(one, "ke")
    if number is None:
        raise _fault(say("tujuan suatu langkah hilang"))
    return number


def _kind(own: Element) -> StepKind:
    value = own.get("jenis", "")
    try:
        return StepKind(value)
    except ValueError:
        raise _fault(say("jenis langkah tidak dikenal: “{value}”", value=value[:40])) from None
