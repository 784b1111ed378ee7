"""The proof of finished PDFs: the good one passes, every broken one is told as what it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import ProofError
from pipeline.model.particulars import Verdict
from pipeline.pdf.proof import OWN, prove_finished
from pipeline.pdf.validate import LEVELS
from tests.pdf.broken import BROKEN, FONTS, Broken


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "uji.pdf"


def test_the_good_one_passes_every_check(good: bytes, place: Path) -> None:
    place.write_bytes(good)
    checks = prove_finished(place, "uji.pdf", fonts=FONTS)
    assert [check.name for check in checks] == [*OWN, LEVELS["3a"], LEVELS["ua1"]]
    assert {check.verdict for check in checks} == {Verdict.PASSED}
    assert place.read_bytes() == good


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_every_broken_one_is_told_as_what_it_is(broken: Broken, good: bytes, place: Path) -> None:
    place.write_bytes(broken.make(good))
    with pytest.raises(ProofError) as caught:
        prove_finished(place, "uji.pdf", fonts=FONTS)
    told = caught.value.text("id")
    assert broken.said in told
    assert told.startswith("uji.pdf")
    assert "pikepdf" not in told


def test_a_font_that_was_replaced_is_told_with_what_to_install(good: bytes, place: Path) -> None:
    place.write_bytes(good)
    with pytest.raises(ProofError) as caught:
        prove_finished(place, "uji.pdf", fonts=("Cambria", "Bookman Old Style"))
    told = caught.value.text("id")
    assert "Bookman Old Style" in told
    assert "fonts-urw-base35" in told
    assert "Caladea" in told  # what was taken instead


def test_many_threads_may_prove_at_once(good: bytes, place: Path, tmp_path: Path) -> None:
    place.write_bytes(good)
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(BROKEN[-1].make(good))

    def prove(number: int) -> int:
        try:
            return len(prove_finished((place, broken)[number % 2], "uji.pdf", fonts=FONTS))
        except ProofError:
            return 0

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(prove, range(40)))
    assert counts == [len(OWN) + 2, 0] * 20
