"""The box of a region and the end of the council's term in ``kantor.yaml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.model.inputs import OfficeInput
from pipeline.model.office import Bounds
from pipeline.readers.office import read_office
from tests.readers.sample import Write

HEAD = "pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\n"
BOX = "batas_wilayah: {{selatan: {}, barat: {}, utara: {}, timur: {}}}\n"


def office(write: Write, tmp_path: Path, text: str) -> OfficeInput:
    write("k/kantor.yaml", HEAD + text)
    return read_office(tmp_path / "k", tmp_path)


def test_the_box_and_the_last_day(write: Write, tmp_path: Path) -> None:
    box = BOX.format('"-7,65"', 108.9, "-7.25", '"109,4"')
    found = office(write, tmp_path, box + "akhir_masa_jabatan: 2029-08-31\n")
    assert found.findings == ()
    assert found.office.bounds == Bounds(-7.65, 108.9, -7.25, 109.4)
    assert found.office.term_end == dt.date(2029, 8, 31)


WRONG = [
    (BOX.format("-7.25", "108.9", "-7.65", "109.4"), "MSK-27", "`selatan` harus lebih kecil"),
    (BOX.format("-7.65", "109.4", "-7.25", "108.9"), "MSK-27", "`barat` harus lebih kecil"),
    (BOX.format("108.9", "109", "-7.25", "109.4"), "MSK-27", "`108.9` bukan derajat antara -12 dan 7"),
    (BOX.format("7°39'", "108.9", "-7.25", "109.4"), "MSK-27", "bukan derajat"),
    ("batas_wilayah: {selatan: -7.65, utara: -7.25}\n", "MSK-24", "tanpa `barat`, `timur`"),
    ("batas_wilayah: -7.65\n", "MSK-09", "harus pasangan kunci"),
]


@pytest.mark.parametrize(("text", "code", "words"), WRONG)
def test_a_box_that_is_none_is_told_and_not_used(
    write: Write, tmp_path: Path, text: str, code: str, words: str
) -> None:
    found = office(write, tmp_path, text)
    assert [(finding.code, finding.place.line) for finding in found.findings] == [(code, 3)]
    assert words in found.findings[0].message.id
    assert found.office.bounds is None
