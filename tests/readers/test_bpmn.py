"""BPMN read back after it was changed elsewhere, and files that are none of ours."""

from __future__ import annotations

import re

import pytest

from pipeline.model.sop import END, Branch, Sop, StepKind
from pipeline.readers.bpmn import BpmnError, read_bpmn
from pipeline.run.export import sop_bpmn
from tests.export.sops import sop, step

MADE = sop(
    step(1, 0, kind=StepKind.START, inputs=("Surat",), outputs=("Konsep",)),
    step(2, 1, kind=StepKind.DECISION, branches=(Branch("Ya", 3), Branch("Tidak", 1))),
    step(3, 0, 2, within=1),
    step(4, 2, kind=StepKind.END),
)


def changed(*edits: tuple[str, str], made: Sop = MADE) -> bytes:
    """The BPMN of ``made`` with texts replaced, as an editor would."""
    text = sop_bpmn(made).decode()
    for old, new in edits:
        assert re.search(old, text, re.DOTALL), old
        text = re.sub(old, new, text, count=1, flags=re.DOTALL)
    return text.encode()


def test_a_renamed_activity() -> None:
    steps = read_bpmn(changed(('name="Mengerjakan hal 2"', 'name="Memeriksa konsep"'))).steps
    assert steps[1].activity == "Memeriksa konsep"
    assert steps[1].branches == MADE.steps[1].branches


def test_an_exit_led_elsewhere_and_renamed() -> None:
    flow = r'name="Tidak" sourceRef="Keputusan_2" targetRef="Langkah_1"'
    steps = read_bpmn(changed((flow, 'name="Ditolak" sourceRef="Keputusan_2" targetRef="Langkah_4"'))).steps
    assert steps[1].branches == (Branch("Ya", 3), Branch("Ditolak", 4))
    assert (*steps[:1], *steps[2:]) == (*MADE.steps[:1], *MADE.steps[2:])


def test_an_exit_led_to_an_end() -> None:
    flow = r'name="Tidak" sourceRef="Keputusan_2" targetRef="Langkah_1"'
    steps = read_bpmn(changed((flow, 'name="Tidak" sourceRef="Keputusan_2" targetRef="Selesai_4"'))).steps
    assert steps[1].branches == (Branch("Ya", 3), Branch("Tidak", END))


def test_a_step_moved_to_another_lane() -> None:
    edits = (
        (r"<bpmn:flowNodeRef>Langkah_3</bpmn:flowNodeRef>\n", ""),
        (r'(<bpmn:lane id="Pelaksana_2"[^>]*>)', r"\1<bpmn:flowNodeRef>Langkah_3</bpmn:flowNodeRef>"),
    )
    moved = read_bpmn(changed(*edits)).steps[2]
    assert moved.actors == ("Pelaksana 2", "Pelaksana 3")
    assert moved.columns == (1, 2)


def test_a_lane_put_before_the_others() -> None:
    read = read_bpmn(changed(('(<bpmn:laneSet id="Pelaksana">)', r'\1<bpmn:lane id="Baru" name="Baru"/>')))
    assert read.actors == ("Baru", *MADE.actors)
    assert read.steps[2].columns == (1, 3)


def test_a_step_put_between() -> None:
    edits = (
        ('sourceRef="Langkah_3" targetRef="Langkah_4"', 'sourceRef="Langkah_3" targetRef="Baru"'),
        (
            "</bpmn:process>",
            '<bpmn:task id="Baru" name="Mengetik"/><bpmn:sequenceFlow id="x" sourceRef="Baru" targetRef="Langkah_4"/>'
            "</bpmn:process>",
        ),
        (r'(<bpmn:lane id="Pelaksana_2"[^>]*>)', r"\1<bpmn:flowNodeRef>Baru</bpmn:flowNodeRef>"),
    )
    steps = read_bpmn(changed(*edits)).steps
    assert steps[2].next == (5,)
    assert (steps[4].number, steps[4].activity, steps[4].actors, steps[4].next) == (
        5,
        "Mengetik",
        ("Pelaksana 2",),
        (4,),
    )


def test_a_choice_drawn_after_plain_work() -> None:
    edits = (
        ('sourceRef="Langkah_3" targetRef="Langkah_4"', 'sourceRef="Langkah_3" targetRef="Pilih"'),
        (
            "</bpmn:process>",
            '<bpmn:exclusiveGateway id="Pilih"/>'
            '<bpmn:sequenceFlow id="x" name="Ya" sourceRef="Pilih" targetRef="Langkah_4"/>'
            '<bpmn:sequenceFlow id="y" name="Tidak" sourceRef="Pilih" targetRef="Langkah_1"/></bpmn:process>',
        ),
    )
    found = read_bpmn(changed(*edits)).steps[2]
    assert (found.kind, found.branches, found.next) == (StepKind.DECISION, (Branch("Ya", 4), Branch("Tidak", 1)), ())


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="&b;"/>"""
FOREIGN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="t"/></process>
</definitions>"""


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "XML"),
        (b"<a", "XML"),
        (b"\xff\xfe<", "XML"),
        (b'<?xml version="1.0" encoding="tidak-ada"?><a/>', "XML"),
        (b"<a/>", "bukan BPMN"),
        (LAUGHS, "DOCTYPE"),
        (LAUGHS.decode().encode("utf-16"), "DOCTYPE"),
        (FOREIGN, "bukan buatan Tertib"),
        (b"<a>" + b"x" * 20_000_000 + b"</a>", "20 MB"),
        (changed((' no="2"', ' no="dua"')), "no langkah bukan angka"),
        (changed(('jenis="keputusan"', 'jenis="lain"')), "jenis langkah tidak dikenal"),
        (changed(('ke="3"', "")), "tujuan suatu langkah hilang"),
        (changed(('targetRef="Langkah_3"', 'targetRef="Hilang"')), "tidak ada"),
    ],
    ids=range(13),
)
def test_what_cannot_be_read_is_told(data: bytes, cause: str) -> None:
    with pytest.raises(BpmnError) as caught:
        read_bpmn(data)
    assert cause in caught.value.text("id")
    assert "tertib build --also bpmn" in caught.value.text("en")
