"""The step from LibreOffice's PDF to one that holds: what it keeps of the outcome, and how faults are told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.errors import ProofError, TertibError
from pipeline.model.message import say
from pipeline.model.particulars import Attachment, Box, Check, Particulars, Relation, Signer, SigningPlace, Verdict
from pipeline.pdf import finish, proof
from pipeline.render import fonts
from pipeline.run.finishing import Finishing, carried_digest, check_again, unchecked_note
from pipeline.run.outcome import InternalError
from pipeline.run.state import Made

WHO = Particulars("kantor/sop/a", "A")
PLACE = SigningPlace(Signer("ttd", "Pejabat Contoh"), Box(1, 1, 1, 1, 1))
CHECKS = (Check("teks", Verdict.PASSED), Check("huruf", Verdict.NOT_CHECKED), Check("tag", Verdict.NOT_CHECKED))


def attached(name: str, data: bytes) -> Attachment:
    return Attachment(name, data, "application/json", Relation.SUPPLEMENT, "")


def test_the_digest_is_that_of_the_origin_alone() -> None:
    files = (attached("temuan.json", b"1"), attached("asal.json", b"2"), attached("a.docx", b"3"))
    told = Particulars("a", "A", attachments=files)
    assert carried_digest(told) == hashlib.sha256(b"2").hexdigest()
    assert carried_digest(Particulars("a", "A", attachments=files[:1])) == ""


class Steps:
    """Finish and proof, as they are called; ``error`` is raised by the proof."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.error: Exception | None = None
        monkeypatch.setattr(finish, "finish", self._finish)
        monkeypatch.setattr(proof, "prove_finished", self._prove)
        monkeypatch.setattr(fonts, "fonts_of", lambda data: (data.decode(),))

    def _finish(self, path: Path, particulars: Particulars, *, docx: Path) -> tuple[SigningPlace, ...]:
        self.calls.append(("finish", path.name, particulars, docx.name))
        return (PLACE,)

    def _prove(self, path: Path, name: str, *, fonts: tuple[str, ...]) -> tuple[Check, ...]:
        self.calls.append(("prove", path.name, name, fonts))
        if self.error is not None:
            raise self.error
        return CHECKS


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(monkeypatch)


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    path = tmp_path / "a.docx"
    path.write_bytes(b"huruf")
    return path


def test_it_is_finished_and_then_proved_under_its_own_name(steps: Steps, docx: Path) -> None:
    finished = Finishing("a.pdf", docx, WHO)(docx.with_name("kerja.pdf"))
    assert steps.calls == [
        ("finish", "kerja.pdf", WHO, "a.docx"),
        ("prove", "kerja.pdf", "a.pdf", ("huruf",)),
    ]
    assert (finished.places, finished.checks, finished.unchecked) == ((PLACE,), CHECKS, ("huruf", "tag"))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ProofError(say("teks hilang")), ProofError),
        (PermissionError(13, "locked"), PermissionError),
        (KeyError("x"), InternalError),
    ],
)
def test_only_faults_of_the_program_are_put_in_other_words(
    steps: Steps, docx: Path, error: Exception, kind: type[Exception]
) -> None:
    steps.error = error
    with pytest.raises(kind) as raised:
        Finishing("a.pdf", docx, WHO)(docx)
    assert (raised.value is error) is (kind is not InternalError)
    assert isinstance(raised.value, TertibError | OSError)


def test_checks_that_could_not_be_made_are_tried_again(steps: Steps, docx: Path) -> None:
    made = Made("a", "d", "p", {}, "k", 1, unchecked=("teks", "huruf", "tag"))
    again = check_again(made, docx.with_suffix(".pdf"), docx)
    assert again is not None
    assert again.unchecked == ("huruf", "tag")
    assert steps.calls == [("prove", "a.pdf", "a.pdf", ("huruf",))]
    steps.error = ProofError(say("teks hilang"))
    assert check_again(made, docx.with_suffix(".pdf"), docx) is None


def test_each_check_is_named_once() -> None:
    assert unchecked_note([]) is None
    note = unchecked_note(["huruf", "tag", "huruf"])
    assert note is not None
    assert "yang tidak diperiksa: huruf, tag. " in note.text("id")
